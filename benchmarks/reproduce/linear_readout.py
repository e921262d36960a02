"""What does a small MLP add to a linear recurrence?

    h_t = Lambda h_{t-1} + x_t,     y = w . h_{T-1} + b     or     y = MLP(h_{T-1})

(Orvieto et al. 2024, arXiv 2307.11888: a diagonal linear recurrence, then one MLP for all steps, approximates
every regular causal map. The recurrence stores, the MLP does all that is not linear. Real eigenvalues suffice
in theory; complex ones near the unit circle store far better.) Here T = 16 inputs go into a state of 16 real
numbers: 16 real eigenvalues, or 8 complex ones, each with its real and imaginary part. The eigenvalues are
fixed, only the read-out is fitted. It sees the last state alone, each number of it scaled to variance 1.

- ring: radius in [0.99, 1], equal phases. disk: uniform in area. real: equally spaced from -1 to 1.
- "real, read back": the same state as real, times V^-1, which gives back the 16 inputs up to rounding.

The linear read-out is the exact least-squares solution over all inputs, so what it cannot do is a fact and no
failure of training. What is known of it:

- An input k steps back is linear in the state: all of it can be explained.
- XOR of two coin flips, as +-1 their product x y. It has covariance 0 with 1, x, y and every other input, so
  the best linear prediction is 0, whatever the state: variance explained 0, a guess. (A threshold on a linear
  score can do better than guess: OR is right for three of the four pairs. No threshold gets all four.)
- Largest of w uniform inputs: cov(max, sum) = (w+1)/2 var(max) and var(max) = 12 w / ((w+1)^2 (w+2)) times
  the variance of one input, so linear explains 3 / (w + 2).

The MLP (one hidden layer, GELU) is trained on squared error, with AdamW as in all reproductions. Expected,
after trials with other seeds: on the ring a small MLP does what no linear read-out can; from the disk it
loses what is far back; from the real state it fails, though the same MLP succeeds once the state is read
back, so the information is there. That ten times the steps do not help was added after a first run of all
this. A tanh RNN with a linear read-out and about as many parameters as an MLP of 64 units stands beside,
trained in the same way.

Scaled down: 16 steps of one number, read at the last step alone. We have no table of the paper's numbers.
"Right" is the sign of y. Half of the bit sequences, and all uniform ones, are new to the MLP at the test.
Run: python benchmarks/reproduce/linear_readout.py    (--quick: tiny, writes nothing)
"""

import math
from collections.abc import Callable
from functools import partial
from typing import Any

from minirnn.base.plots import INK, draw_level, draw_line, figure_page, label_lines, save_both
from minirnn.layers.linear import vandermonde
from minirnn.layers.lru import ring_spectrum
from minirnn.layers.rnn import RNN
from minirnn.scan import scan

import numpy as np
import torch
import torch.nn.functional as F
from shared import IMAGES, Recipe, finish, fit, is_quick, parameters, show_verdict
from torch import Tensor, nn

T = 16
RING = (0.99, 1.0)
FAMILIES = ("ring", "disk", "real", "real, read back")
LAG, NEAR, FAR, WINDOW = 12, (2, 5), (2, 12), 8
TASKS = {
    "input": f"input {LAG} steps back",
    "near xor": f"XOR of {NEAR[0]} and {NEAR[1]} steps back",
    "far xor": f"XOR of {FAR[0]} and {FAR[1]} steps back",
    "maximum": f"largest of the last {WINDOW}",
}
XOR = ("near xor", "far xor")
RNN_UNITS = 32  # 32 * 32 + 3 * 32 + 1 parameters, where an MLP of 64 units has 16 * 64 + 2 * 64 + 1
SETTINGS: dict[str, Any] = {
    "widths": [1, 4, 16, 64],
    "rates": [1e-2, 3e-2],
    "steps": 3000,
    "batch": 128,
    "seeds": 5,
    "examples": 65_536,
}
QUICK = SETTINGS | {"widths": [1, 4], "steps": 20, "seeds": 2, "examples": 2048}
LONGER = 10  # times the steps, on the real state, in two seeds: was it only too short?
SOLVED, ENOUGH = 0.99, 16  # right at least; units from which an MLP should do it


def eigenvalues(family: str, seed: int) -> Tensor:
    """(16,) float64, or (8,) complex128 in the upper half plane."""
    if family.startswith("real"):
        return torch.linspace(-1, 1, T, dtype=torch.float64)
    torch.manual_seed(seed)
    radius, phase = ring_spectrum(T // 2, RING if family == "ring" else (0.0, 1.0), math.pi)
    if family == "ring":
        phase = math.pi * (torch.arange(T // 2, dtype=torch.float64) + 0.5) / (T // 2)
    return torch.polar(radius, phase)


def last_states(family: str, seed: int, x: Tensor) -> Tensor:
    """The 16 real numbers that are left of the rows of x (n, 16), float32 as in a layer: (n, 16)."""
    Lambda = eigenvalues(family, seed)
    a = Lambda.to(torch.complex64 if Lambda.is_complex() else torch.float32)
    rows = x.to(a.dtype)[..., None]
    h = torch.cat([scan(a, part.expand(-1, -1, len(a)).contiguous())[1] for part in rows.split(8192)])
    if h.is_complex():
        return torch.cat([h.real, h.imag], -1)
    if family == "real, read back":
        V = vandermonde(a.double(), T)
        return torch.linalg.solve(V, h.double().T).T.float()
    return h


def conditioning(family: str, seed: int) -> float:
    """Condition number of the map from the inputs to the state, each of its rows scaled to length 1."""
    rows = last_states(family, seed, torch.eye(T)).double().T
    return float(torch.linalg.cond(rows / rows.norm(dim=1, keepdim=True)))


def inputs(task: str, settings: dict[str, Any]) -> Tensor:
    """(n, 16) float32: all rows of bits as +-1, in random order, or rows of uniform numbers in [-1, 1]."""
    generator = torch.Generator().manual_seed(1)
    if task == "maximum":
        return 2 * torch.rand(settings["examples"], T, generator=generator) - 1
    numbers = torch.randperm(2**T, generator=generator)
    return 2.0 * ((numbers[:, None] >> torch.arange(T)) & 1) - 1


def answers(task: str, x: Tensor) -> Tensor:
    """(n,) what is to be said of the rows of x; k steps back is x[:, T - 1 - k]."""
    if task == "maximum":
        return x[:, T - WINDOW :].amax(1)
    lags = {"input": (LAG,), "near xor": NEAR, "far xor": FAR}[task]
    return torch.stack([x[:, T - 1 - k] for k in lags]).prod(0)


def explained(y: Tensor, found: Tensor) -> Tensor:
    """The share of the variance of y (..., n) that is explained, at least 0."""
    return (1 - (y - found).square().mean(-1) / y.var(-1, correction=0)).clamp(min=0)


def right(y: Tensor, found: Tensor) -> Tensor:
    """The share of signs that are right; where next to nothing is said, it is a guess: half right."""
    silent = found.abs() < 1e-3
    return torch.where(silent, 0.5, (y * found > 0).double()).mean(-1)


def least_squares(states: Tensor, y: Tensor) -> Tensor:
    """The best linear prediction of y (n,) from states (n, 16), in float64."""
    A = np.concatenate([states.double().numpy(), np.ones((len(states), 1))], 1)
    return torch.from_numpy(A @ np.linalg.lstsq(A, y.double().numpy(), rcond=None)[0])


class MLPs(nn.Module):
    """So many MLPs of one hidden layer side by side: (runs, n, 16) -> (runs, n)."""

    def __init__(self, runs: int, width: int) -> None:
        super().__init__()
        into, out = T**-0.5, width**-0.5
        self.W1 = nn.Parameter(torch.randn(runs, T, width) * into)
        self.b1 = nn.Parameter((2 * torch.rand(runs, 1, width) - 1) * into)
        self.W2 = nn.Parameter(torch.randn(runs, width, 1) * out)
        self.b2 = nn.Parameter(torch.zeros(runs, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        hidden = F.gelu(torch.baddbmm(self.b1, x, self.W1))
        return torch.baddbmm(self.b2, hidden, self.W2)[..., 0]


class RNNs(nn.Module):
    """So many tanh RNNs, each with a linear read-out of its last state: (runs, n, 16) -> (runs, n)."""

    def __init__(self, runs: int, units: int) -> None:
        super().__init__()
        layers = [RNN(1, units) for _ in range(runs)]
        self.W = nn.Parameter(torch.stack([layer.W.detach().T for layer in layers]))
        self.U = nn.Parameter(torch.stack([layer.U.detach().T for layer in layers]))
        self.b = nn.Parameter(torch.stack([layer.b.detach()[None] for layer in layers]))
        self.w = nn.Parameter(torch.randn(runs, units, 1) * units**-0.5)
        self.c = nn.Parameter(torch.zeros(runs, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        h = x.new_zeros(*x.shape[:2], self.W.shape[-1])
        for x_t in x.split(1, -1):
            h = torch.tanh(torch.baddbmm(x_t * self.U + self.b, h, self.W))
        return torch.baddbmm(self.c, h, self.w)[..., 0]


def squared_error(model: nn.Module, batch: tuple[Tensor, Tensor]) -> Tensor:
    """Summed over the runs, so that each learns as if it were alone."""
    x, y = batch
    return (model(x) - y).square().mean(-1).sum()


SCORES = {"explained": explained, "right": right}


def kept(task: str) -> list[str]:
    """Which scores say something of that task."""
    return [key for key in SCORES if task != "maximum" or key == "explained"]


def train(
    model: Callable[[], nn.Module], task: str, seen: Tensor, y: Tensor, settings: dict[str, Any]
) -> list[dict[str, Any]]:
    """Train a model for each of seen (runs, n, 16) at each rate: the scores of the best rate, by family.

    A half is trained on, a sixteenth decides on the rate (one for all seeds of a family), the rest is the
    test. Runs come family by family. A seed draws the same examples in all families.
    """
    runs, n, seeds = len(seen), len(y), settings["seeds"]
    check, test = slice(n // 2, n // 2 + n // 16), slice(n // 2 + n // 16, n)
    mean, spread, which = y.mean(), y.std(), torch.arange(runs)[:, None]

    def batches(step: int) -> tuple[Tensor, Tensor]:
        generator = torch.Generator().manual_seed(step)
        rows = torch.randint(n // 2, (seeds, settings["batch"]), generator=generator)
        rows = rows.repeat(runs // seeds, 1)
        return seen[which, rows], (y[rows] - mean) / spread

    tried = []
    for rate in settings["rates"]:
        torch.manual_seed(0)
        made = model()
        # No clip: it would join the runs.
        fit(made, batches, Recipe(settings["steps"], rate, clip=math.inf), loss_of=squared_error)
        with torch.no_grad():
            found = torch.cat([made(part) for part in seen.split(4096, 1)], 1) * spread + mean
        tried.append(
            {
                "rate": rate,
                "validation": explained(y[check], found[:, check]),
                **{key: SCORES[key](y[test], found[:, test]) for key in kept(task)},
            }
        )
    best = []
    for first in range(0, runs, seeds):
        own = slice(first, first + seeds)
        taken = max(tried, key=lambda each: float(each["validation"][own].mean()))
        scores = {key: [round(v, 4) for v in taken[key][own].tolist()] for key in kept(task)}
        best.append({"rate": taken["rate"], "parameters": parameters(made) // runs, **scores})
    return best


def study(settings: dict[str, Any]) -> dict[str, Any]:
    """All tasks: for each family the linear read-out and the MLP of every width; and the RNN."""
    seeds = settings["seeds"]
    linear: dict[str, Any] = {}
    mlp: dict[str, Any] = {}
    rnn: dict[str, Any] = {}
    longer: dict[str, Any] = {}
    for task in TASKS:
        x = inputs(task, settings)
        y = answers(task, x)
        states = torch.stack([last_states(f, s, x) for f in FAMILIES for s in range(seeds)])
        states = (states - states.mean(1, keepdim=True)) / states.std(1, keepdim=True)
        linear[task], mlp[task] = {}, {f: {} for f in FAMILIES}
        for number, family in enumerate(FAMILIES):
            found = [least_squares(each, y) for each in states[number * seeds : (number + 1) * seeds]]
            linear[task][family] = {
                key: [round(float(SCORES[key](y, each)), 6) for each in found] for key in kept(task)
            }
        for width in settings["widths"]:
            for family, row in zip(
                FAMILIES, train(partial(MLPs, len(states), width), task, states, y, settings), strict=True
            ):
                mlp[task][family][width] = row
                print(f"{task:9} {family:16} {width:3}  {row}", flush=True)
        if task in ("input", "far xor"):
            more = settings | {
                "seeds": 2,
                "steps": LONGER * settings["steps"],
                "rates": settings["rates"][-1:],
            }
            first = FAMILIES.index("real") * seeds
            model = partial(MLPs, 2, settings["widths"][-1])
            (longer[task],) = train(model, task, states[first : first + 2], y, more)
            print(f"{task:9} {'real, longer':20}  {longer[task]}", flush=True)
        (rnn[task],) = train(partial(RNNs, seeds, RNN_UNITS), task, x.expand(seeds, -1, -1), y, settings)
        print(f"{task:9} {'RNN':20}  {rnn[task]}", flush=True)
    return {
        "settings": {
            **settings,
            "inputs": T,
            "ring": RING,
            "tasks": TASKS,
            "rnn_units": RNN_UNITS,
            "longer": LONGER,
        },
        "condition": {f: [float(f"{conditioning(f, s):.4g}") for s in range(seeds)] for f in FAMILIES},
        "known": {"input": 1.0, "near xor": 0.0, "far xor": 0.0, "maximum": 3 / (WINDOW + 2)},
        "linear": linear,
        "mlp": mlp,
        "longer": longer,
        "rnn": rnn,
    }


def judge(results: dict[str, Any]) -> dict[str, bool]:
    """What was expected, and whether it came out."""
    linear, mlp, known = results["linear"], results["mlp"], results["known"]
    widths = results["settings"]["widths"]
    enough, largest = [w for w in widths if w >= ENOUGH], widths[-1]

    def near(task: str, tolerance: float) -> bool:
        rows = linear[task].values()
        return all(abs(found - known[task]) < tolerance for row in rows for found in row["explained"])

    def least(task: str, family: str, width: int, key: str = "right") -> float:
        return min(mlp[task][family][width][key])

    def most(task: str, family: str, key: str = "right") -> float:
        return max(max(row[key]) for row in mlp[task][family].values())

    def mean(family: str) -> float:
        return float(np.mean(mlp["maximum"][family][largest]["explained"]))

    return {
        f"linear read-out: all of the {TASKS['input']}, from every state": near("input", 1e-3),
        "linear read-out: nothing of an XOR, from any state": near("near xor", 1e-3)
        and near("far xor", 1e-3),
        "linear read-out: 3 / (w + 2) of the largest of w, from every state": near("maximum", 0.01),
        f"MLP of {ENOUGH} units or more on the ring: both XORs right (99 %), every seed": all(
            least(task, "ring", width) >= SOLVED for task in XOR for width in enough
        ),
        f"MLP of {largest} units on the ring: more than twice what linear explains of the largest": least(
            "maximum", "ring", largest, "explained"
        )
        > 2 * known["maximum"],
        f"MLP on the disk: the near XOR right (99 %) from {ENOUGH} units on, every seed": all(
            least("near xor", "disk", width) >= SOLVED for width in enough
        ),
        "MLP on the disk: the far XOR in some seed not": any(
            least("far xor", "disk", width) < SOLVED for width in enough
        ),
        "MLP on the real state: neither XOR right, at any width": all(
            most(task, "real") < SOLVED for task in XOR
        ),
        f"MLP of {largest} units on the real state, {LONGER} times the steps: not even an input right": all(
            max(row["right"]) < SOLVED for row in results["longer"].values()
        ),
        f"MLP on the real state, read back: both XORs right (99 %) from {ENOUGH} units on, every seed": all(
            least(task, "real, read back", width) >= SOLVED for task in XOR for width in enough
        ),
        "order for the largest: ring above disk, disk above real (means)": mean("ring")
        > mean("disk")
        > mean("real"),
        "tanh RNN with a linear read-out: both XORs right (99 %), every seed": all(
            min(results["rnn"][task]["right"]) >= SOLVED for task in XOR
        ),
    }


def show(results: dict[str, Any]) -> None:
    """Print the table: means over seeds, and their range."""

    def cell(found: list[float]) -> str:
        return f"{np.mean(found):6.1%} ({min(found):.1%} to {max(found):.1%})"

    print("\nCondition number from the inputs to the state, median:")
    print("  ".join(f"{f} {np.median(k):.3g}" for f, k in results["condition"].items()))
    largest = results["settings"]["widths"][-1]
    for task, name in TASKS.items():
        key = "explained" if task == "maximum" else "right"
        print(f"\n{name} ({key}; a linear read-out explains {results['known'][task]:.0%})")
        for family in FAMILIES:
            mlp = cell(results["mlp"][task][family][largest][key])
            print(f"  {family:16} linear {cell(results['linear'][task][family][key]):28} MLP {mlp}")
        print(f"  {'tanh RNN':16} {cell(results['rnn'][task][key])}")


def draw(results: dict[str, Any]) -> None:
    """Two panels: the far XOR and the largest, by the width of the MLP, a line for each kind of state."""
    widths, said = results["settings"]["widths"], []
    panels = {"far xor": ("right", "right", 0.5), "maximum": ("explained", "variance explained", None)}
    with figure_page() as (figure, _):
        figure.clear()
        for axes, (task, (key, name, level)) in zip(figure.subplots(1, 2), panels.items(), strict=True):
            for number, family in enumerate(FAMILIES):
                points = [(w, float(np.mean(results["mlp"][task][family][w][key]))) for w in widths]
                draw_line(axes, number, points, family)
                first, last = points[0][1], points[-1][1]
                ends = f"hidden units {widths[0]}: {first:.0%}, {widths[-1]}: {last:.0%}"
                said.append(f"{TASKS[task]}, {family}, {ends}.")
            level = results["known"][task] if level is None else level
            draw_level(axes, level, "linear read-out")
            said.append(f"{TASKS[task]}, linear read-out: {level:.0%}.")
            axes.set_title(TASKS[task], color=INK)
            axes.set_xscale("log", base=2)
            axes.set_xticks(widths, [str(w) for w in widths])
            axes.set_ylim((0.45, 1.02) if key == "right" else (0.0, 1.02))
            axes.yaxis.set_major_formatter(lambda y, _: f"{y:.0%}")
            axes.set_xlabel("hidden units of the MLP")
            axes.set_ylabel(name)
        label_lines(figure.axes[1])
        title = "A small MLP on the last state of a linear recurrence, beside the best linear read-out"
        save_both(figure, IMAGES / "reproduce-linear-readout.svg", title, " ".join(said))


def main(quick: bool = False) -> dict[str, Any]:
    """Print, and unless quick write the results and draw."""
    results = study(QUICK if quick else SETTINGS)
    results["verdict"] = judge(results)
    show(results)
    print()
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("linear-readout", results)
    return results


if __name__ == "__main__":
    main(is_quick())

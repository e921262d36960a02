"""How much of a gradient is left after k steps back?

    J_k = d h_T / d h_{T-k},      norm_k = |J_k|_F / sqrt(states),      so norm_0 = 1

The layers are as they start, nothing is trained; the inputs are white noise of variance 1. h is all of the
state: h and c of an LSTM, real and imaginary parts of the LRU.

What stands beside our numbers:

- Pascanu et al. 2013 (arXiv 1211.5063), for tanh: a largest singular value below 1 is sufficient for
  gradients to vanish, one above 1 is necessary for them to explode. W is orthogonal times a radius here, so
  that all its singular values and eigenvalues have that one size, and norm_k <= radius^k. Where the network
  is silent (no input, no bias) every slope of tanh is 1, and norm_k = radius^k.
- LRU (Orvieto et al. 2023, arXiv 2303.06349): J_k is diagonal, norm_k^2 the mean of |Lambda|^2k. Over a ring
  that is uniform in area, (r_max^(2k+2) - r_min^(2k+2)) / ((k+1) (r_max^2 - r_min^2)): on the whole disk
  1 / (k+1), a power of k and not an exponential.
- RG-LRU (De et al. 2024, arXiv 2402.19427): J_k is a product of decays a_t = a^(c r_t) whose gates r_t are
  the sigmoid of about N(0, 1), independent for white noise: norm_k^2 is the mean over a of E[a_t^2]^k.
- LSTM: none.

Nothing is scaled down.
Run: python benchmarks/reproduce/vanishing_gradients.py    (--quick: small, writes nothing)
"""

import math
import sys
from collections.abc import Callable
from typing import Any

from minirnn.base.plots import draw_line, figure_page, save_both
from minirnn.layers.contract import SequenceLayer
from minirnn.layers.lru import LRU
from minirnn.layers.lstm import LSTM
from minirnn.layers.rglru import RADIUS, RGLRU
from minirnn.layers.rnn import RNN

import numpy as np
import torch
from numpy.typing import NDArray
from shared import IMAGES, finish, show_verdict
from torch import Tensor

DISTANCES = (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 512, 1000)
RADII = (0.9, 1.0, 1.1, 2.0)
RINGS = {"LRU": (0.0, 1.0), "LRU ring": (0.9, 0.999)}
INITS = {"RG-LRU": "code", "RG-LRU paper": "paper"}
D, BATCH, SEEDS = 256, 4, 5


def lstm(d: int, forget: float) -> LSTM:
    """`forget` is added to the bias of the forget gate."""
    layer = LSTM(d, d)
    with torch.no_grad():
        layer.bias_ih[d : 2 * d] += forget
    return layer


def layers() -> dict[str, Callable[[int], SequenceLayer]]:
    """Name -> a layer of that width, as it starts."""
    return {
        **{f"RNN {r}": lambda d, r=r: RNN(d, d, "orthogonal", r) for r in RADII},
        "LSTM": lambda d: lstm(d, 0.0),
        "LSTM forget +1": lambda d: lstm(d, 1.0),
        **{name: lambda d, ring=ring: LRU(d, d, ring=ring) for name, ring in RINGS.items()},
        **{name: lambda d, init=init: RGLRU(d, init=init) for name, init in INITS.items()},
    }


def norms(layer: SequenceLayer, x: Tensor) -> NDArray[Any]:
    """norm_k for k = 0 .. time - 1, from one random vector of signs v for each row of x.

    The mean of |J^T v|^2 is |J|_F^2; with signs, no luck is involved where J is diagonal.
    """
    state = tuple(s.requires_grad_(s.is_floating_point()) for s in layer.initial_state(len(x)))
    states: list[Tensor] = []
    for x_t in x.unbind(1):
        _, state = layer.step(x_t, state)
        parts = [s for s in state if s.is_floating_point()]
        states += parts
    signs = [torch.randint(2, s.shape).to(s) * 2 - 1 for s in parts]
    sizes = []
    for g in torch.autograd.grad(parts, states, signs):
        largest = float(g.abs().max()) or 1.0  # squares of 2^1000 or of 10^-200 would be no numbers
        sizes.append(largest * float((g / largest).norm()))
    by_step = [math.hypot(*sizes[i : i + len(parts)]) for i in range(0, len(sizes), len(parts))]
    return np.array(by_step[::-1]) / math.sqrt(sum(s.numel() for s in parts))


def ring_norm(k: int, ring: tuple[float, float]) -> float:
    """norm_k of an LRU, expected over its start."""
    low, high = ring
    return math.sqrt((high ** (2 * k + 2) - low ** (2 * k + 2)) / ((k + 1) * (high**2 - low**2)))


def gate_norm(k: int, init: str, c: float = 8.0) -> float:
    """norm_k of an RG-LRU, expected over its start and inputs: Gauss-Hermite for r, midpoints for a."""
    z, weight = np.polynomial.hermite_e.hermegauss(80)
    u = (np.arange(20_000) + 0.5) / 20_000
    low, high = RADIUS
    if init == "paper":  # a^c is uniform
        log_a = np.log(low + (high - low) * u) / c
    else:  # a^2 is uniform
        log_a = np.log(low**2 + (high**2 - low**2) * u) / 2
    mean = np.exp(np.outer(2 * c * log_a, 1 / (1 + np.exp(-z)))) @ weight / weight.sum()
    return float(np.sqrt(np.mean(mean**k)))


def measure(
    d: int = D, batch: int = BATCH, seeds: int = SEEDS, distances: tuple[int, ...] = DISTANCES
) -> dict[str, Any]:
    """norm[layer][k] with the median and each seed's, silent[RNN][k], and what was expected of them."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)  # 2^1000 is no float32
    try:
        return _measure(d, batch, seeds, distances)
    finally:
        torch.set_default_dtype(before)


def _measure(d: int, batch: int, seeds: int, distances: tuple[int, ...]) -> dict[str, Any]:
    norm: dict[str, Any] = {}
    silent: dict[str, Any] = {}
    from_spectrum = 0.0
    for name, make in layers().items():
        curves = []
        for seed in range(seeds):
            torch.manual_seed(seed)
            layer = make(d)
            x = torch.randn(batch, max(distances) + 1, d)
            curves.append(norms(layer, x))
            if isinstance(layer, LRU):
                own = [layer.Lambda().abs().pow(2 * k).mean().sqrt().item() for k in distances]
                from_spectrum = max(from_spectrum, *np.abs(curves[-1][list(distances)] / own - 1))
        norm[name] = {
            k: {"median": float(np.median([c[k] for c in curves])), "seeds": [float(c[k]) for c in curves]}
            for k in distances
        }
        if isinstance(layer, RNN):
            torch.nn.init.zeros_(layer.b)
            curve = norms(layer, torch.zeros_like(x))
            silent[name] = {k: float(curve[k]) for k in distances}
    expected = {name: {k: ring_norm(k, ring) for k in distances} for name, ring in RINGS.items()}
    expected |= {name: {k: gate_norm(k, init) for k in distances} for name, init in INITS.items()}
    expected |= {f"RNN {r}": {k: r**k for k in distances} for r in RADII}
    return {
        "settings": {"width": d, "batch": batch, "seeds": seeds, "rings": RINGS, "dtype": "float64"},
        "norm": norm,
        "silent": silent,
        "expected": expected,
        "lru_from_its_own_spectrum_worst_relative_error": float(from_spectrum),
    }


def judge(results: dict[str, Any]) -> dict[str, bool]:
    """What was claimed, and whether it came out."""
    norm, expected = results["norm"], results["expected"]
    distances = list(norm["LSTM"])
    far, middle = distances[-2], [k for k in distances if k <= 100]

    def at(name: str, k: int) -> float:
        return norm[name][k]["median"]

    def near(name: str, ks: list[int], tolerance: float) -> bool:
        means = {k: float(np.mean(np.square(norm[name][k]["seeds"])) ** 0.5) for k in ks}
        return all(abs(means[k] / expected[name][k] - 1) < tolerance for k in ks)

    rnn = [f"RNN {r}" for r in RADII]
    return {
        "silent RNN: radius^k": all(
            abs(results["silent"][name][k] / expected[name][k] - 1) < 1e-9 for name in rnn for k in distances
        ),
        "RNN with inputs: never above radius^k": all(
            max(norm[name][k]["seeds"]) <= expected[name][k] * (1 + 1e-9) for name in rnn for k in distances
        ),
        "radius 0.9 vanishes": at("RNN 0.9", far) < 1e-9,
        "radius 1.1 vanishes all the same: above 1 is necessary to explode, not enough": at("RNN 1.1", far)
        < 1e-9,
        "radius 2 explodes": at("RNN 2.0", far) > 1e3,
        "LSTM as it starts keeps more than the RNN of radius 1": at("LSTM", far) > at("RNN 1.0", far),
        "a forget bias of +1 keeps more": at("LSTM forget +1", far) > at("LSTM", far),
        "LRU: norm is that of its own spectrum": results["lru_from_its_own_spectrum_worst_relative_error"]
        < 1e-9,
        "LRU: within 15 % of the ring's closed form up to 100 steps": all(
            near(name, middle, 0.15) for name in RINGS
        ),
        "RG-LRU: within 15 % of its closed form up to 100 steps": all(
            near(name, middle, 0.15) for name in INITS
        ),
        f"LRU and RG-LRU keep more than LSTM and the RNNs up to radius 1.1, {far} steps back": min(
            at(name, far) for name in (*RINGS, *INITS)
        )
        > max(at(name, far) for name in (*rnn[:3], "LSTM", "LSTM forget +1")),
    }


def show(results: dict[str, Any]) -> None:
    """Print the table."""
    norm, expected = results["norm"], results["expected"]
    columns = [k for k in norm["LSTM"] if k in (1, 3, 10, 30, 100, 300, 512, 1000)]
    print("Norm of d h_T / d h_{T-k}, medians; below it the closed form (for an RNN: an upper bound)")
    print(f"{'':20}" + "".join(f"{f'k = {k}':>11}" for k in columns))
    for name in norm:
        print(f"{name:20}" + "".join(f"{norm[name][k]['median']:11.2e}" for k in columns))
        if name in expected:
            print(f"{'':20}" + "".join(f"{expected[name][k]:11.2e}" for k in columns))


def draw(results: dict[str, Any]) -> None:
    """The norm against distance, both in logarithms; what is below 10^-10 is not drawn."""
    styles = {"RNN": 0, "LSTM": 1, "LRU": 2, "RG-LRU": 3}
    said, labelled = [], set[str]()
    low, high = 1e-10, 1e3
    with figure_page() as (figure, axes):
        for name, row in results["norm"].items():
            kind, _, which = name.partition(" ")
            points = [(k, row[k]["median"]) for k in row]
            inside = [(k, y) for k, y in points if low < y < high]
            draw_line(axes, styles[kind], inside, f"_{name}" if kind in labelled else kind)
            labelled.add(kind)
            below = -9 if which == "ring" else -3  # it would lie on "paper"
            axes.annotate(which, inside[-1], (5, below), textcoords="offset points", fontsize=9)
            said.append(f"{name}: " + ", ".join(f"{y:.1e} at {k}" for k, y in points if k in (10, 100)) + ".")
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_ylim(low, high)
        axes.set_xlim(0.9, 3000)
        axes.set_xlabel("steps back")
        axes.set_ylabel("norm of the gradient, 1 at the start")
        axes.legend(loc="lower left")
        title = "Gradient norm against distance, layers as they start"
        save_both(figure, IMAGES / "reproduce-vanishing-gradients.svg", title, " ".join(said))


def main(quick: bool = False) -> dict[str, Any]:
    """Print, and unless quick write the results and draw."""
    results = measure(32, 4, 3, (1, 3, 10, 30, 100, 120)) if quick else measure()
    results["verdict"] = judge(results)
    show(results)
    print()
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("vanishing-gradients", results)
    return results


if __name__ == "__main__":
    main("--quick" in sys.argv)

"""Temporal order: how long a gap does a plain RNN learn to bridge, with and without the clip and Omega?

    z_t = W h_{t-1} + U x_t + b,    h_t = tanh(z_t),    answer = softmax(V h_{T-1} + c)

Pascanu, Mikolov and Bengio 2013 (arXiv 1211.5063): stochastic gradient descent without momentum on the task
of minirnn/tasks/order.py. A run has solved a length when less than 1 % of 10,000 fresh sequences go wrong.

    clip     g <- g / |g| where the gradient g of all weights together is longer than 1
    Omega    beside the loss E: 4 times the mean, over steps and sequences, of
             (|dE/dz_t| / |dE/dz_{t+1}| - 1)^2

The gradient of Omega takes dE/dz_{t+1} and z_t as constants: then only W is left in
dE/dz_t = tanh'(z_t) * (W^T dE/dz_{t+1}), and one more product of matrices gives it. (The paper writes a sum
over steps; the mean, and which steps count, are as in its released code. That code also squares both norms
and takes dE/dh for dE/dz; there we do as the paper says.)

Hypothesis, which is what they report (their figure 7 shows curves and no numbers): as sequences grow, plain
descent fails first, then the clip alone; clip and Omega together are the most robust. Omega without the clip
usually explodes: we call it that when it meets a gradient 100 times as long as the clip allows.

Scaled down: some thousand updates instead of 5 million, and so learning rates up to ten times their .01, the
same for all variants; few lengths and seeds. As theirs: 50 units, batch 20, the clip, the weight, and the
start that they call basic tanh: W, U and V from N(0, .1^2), no bias.
All variants of a seed start from the same weights and see the same sequences in the same order. For each
variant the table shows the learning rate with which it solves most, over all lengths and seeds.

Run: python benchmarks/reproduce/temporal_order.py [--quick]
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from minirnn.base.plots import draw_line, figure_page, save_both
from minirnn.tasks.order import N_TOKENS, TEMPORAL_ORDER_CHANCE, temporal_order

import numpy as np
import torch
from shared import IMAGES, finish, is_quick, show_verdict, side_by_side
from torch import Tensor
from torch.nn.functional import one_hot

ANSWERS = 4
BOUND = 1e-20  # steps at which |dE/dz|^2 is smaller do not count in Omega
SOLVED, EXPLODED = 0.01, 100.0


class Variant(NamedTuple):
    """clip: how long a gradient may be. omega: the weight of Omega."""

    clip: float
    omega: float


VARIANTS = {
    "plain": Variant(math.inf, 0.0),
    "clip": Variant(1.0, 0.0),
    "clip and Omega": Variant(1.0, 4.0),
    "Omega alone": Variant(math.inf, 4.0),
}
ORDER = ("plain", "clip", "clip and Omega")  # from the least to the most robust, as published
SETTINGS: dict[str, Any] = {
    "units": 50,
    "batch": 20,
    "start": 0.1,
    "lengths": [10, 20, 30, 40, 50, 60],
    "rates": [0.01, 0.03, 0.1],
    "seeds": 3,
    "updates": 8000,
    "check every": 250,
    "test sequences": [1000, 10_000],
}
QUICK = SETTINGS | {
    "units": 10,
    "lengths": [10, 12],
    "rates": [0.1, 0.3],
    "seeds": 2,
    "updates": 60,
    "check every": 30,
    "test sequences": [100, 200],
}
PUBLISHED = {"order, from the most robust": list(ORDER[::-1]), "Omega alone": "usually explodes"}


class Weights(NamedTuple):
    """Those of many runs: W (runs, n, n), U (runs, 6, n), b (runs, n), V (runs, n, 4), c (runs, 4)."""

    W: Tensor
    U: Tensor
    b: Tensor
    V: Tensor
    c: Tensor


def start(runs: int, settings: dict[str, Any], seed: int) -> Weights:
    """The same weights for so many runs, float32."""
    n, rng = settings["units"], np.random.default_rng((seed, 1))
    made = [rng.normal(0, settings["start"], shape) for shape in ((n, n), (N_TOKENS, n), (n, ANSWERS))]
    W, U, V = (torch.tensor(each, dtype=torch.float32).repeat(runs, 1, 1) for each in made)
    return Weights(W, U, torch.zeros(runs, n), V, torch.zeros(runs, ANSWERS))


def states(weights: Weights, tokens: Tensor) -> Tensor:
    """tokens (time, runs, batch) int64 -> h (time, runs, batch, n)."""
    n_steps, runs, batch = tokens.shape
    rows = tokens + N_TOKENS * torch.arange(runs)[:, None]
    table = (weights.U + weights.b[:, None]).flatten(0, 1)
    h = table[rows.flatten()].view(n_steps, runs, batch, -1)
    back = weights.W.transpose(1, 2)
    h[0].tanh_()
    for t in range(1, n_steps):
        h[t].baddbmm_(h[t - 1], back).tanh_()
    return h


def scores(weights: Weights, last: Tensor) -> Tensor:
    """h of the last step (runs, batch, n) -> (runs, batch, 4)."""
    return torch.baddbmm(weights.c[:, None], last, weights.V)


def blames(W: Tensor, h: Tensor, last: Tensor) -> Tensor:
    """dE/dz (time, runs, batch, n) from h and from dE/dh at the last step (runs, batch, n)."""
    found = 1 - h.square()
    found[-1] *= last
    for t in range(len(h) - 2, -1, -1):
        found[t] *= torch.bmm(found[t + 1], W)
    return found


def outer(left: Tensor, right: Tensor) -> Tensor:
    """(time, runs, batch, n), (time, runs, batch, m) -> the sum of a run's outer products (runs, n, m)."""
    a, b = (each.transpose(0, 1).flatten(1, 2) for each in (left, right))
    return torch.bmm(a.transpose(1, 2), b)


def omega(h: Tensor, blame: Tensor) -> tuple[Tensor, Tensor]:
    """Omega (runs,) and its gradient for W (runs, n, n), with h and each dE/dz_{t+1} taken as constants.

    h, blame = dE/dz (time, runs, batch, n).
    """
    squares = blame.square().sum(-1)
    before, after = squares[:-1], squares[1:]
    counts = after >= BOUND
    n_counted = counts.sum((0, 2)).clamp(min=1)
    lengths = (before.sqrt(), after.clamp(min=BOUND).sqrt())
    ratio = torch.where(counts, lengths[0] / lengths[1], 1.0)
    value = (ratio - 1).square().sum((0, 2)) / n_counted
    # v = dE/dz_t = tanh'(z_t) * (W^T u) with u = dE/dz_{t+1}; d|v| / dW = u (v * tanh'(z_t))^T / |v|.
    down = lengths[0] * lengths[1] * n_counted[:, None]
    factor = torch.where(counts & (before > 0), 2 * (ratio - 1) / down, 0.0)
    own = blame[:-1] * (1 - h[:-1].square()) * factor.unsqueeze(-1)
    return value, outer(blame[1:], own)


def gradients(weights: Weights, tokens: Tensor, targets: Tensor) -> tuple[Tensor, Weights, Tensor, Tensor]:
    """Of the mean cross-entropy E: E (runs,), its gradients, and h and dE/dz for `omega`.

    tokens (time, runs, batch), targets (runs, batch).
    """
    h = states(weights, tokens)
    log_p = scores(weights, h[-1]).log_softmax(-1)
    loss = -log_p.gather(-1, targets[..., None]).mean((1, 2))
    off = (log_p.exp() - one_hot(targets, ANSWERS)) / targets.shape[1]
    blame = blames(weights.W, h, torch.bmm(off, weights.V.transpose(1, 2)))
    found = Weights(
        outer(blame[1:], h[:-1]),
        outer(one_hot(tokens, N_TOKENS).to(h), blame),
        blame.sum((0, 2)),
        torch.bmm(h[-1].transpose(1, 2), off),
        off.sum(1),
    )
    return loss, found, h, blame


def sequences(count: int, length: int, seed: tuple[int, ...]) -> tuple[Tensor, Tensor]:
    """Tokens (time, count) and targets (count,)."""
    batch = temporal_order(count, length, seed)
    return torch.from_numpy(batch.inputs.T.copy()), torch.from_numpy(batch.targets[:, -1].copy())


def wrong(weights: Weights, length: int, count: int, seed: tuple[int, ...]) -> list[float]:
    """For each run the share of so many fresh sequences that it gets wrong."""
    tokens, targets = sequences(count, length, seed)
    runs = len(weights.b)
    parts = []
    for some, right in zip(tokens.split(1000, 1), targets.split(1000), strict=True):
        h = states(weights, some[:, None].expand(-1, runs, -1))
        parts.append((scores(weights, h[-1]).argmax(-1) != right).sum(1))
    return [float(share) for share in sum(parts) / count]


def update(weights: Weights, tokens: Tensor, targets: Tensor, how: Tensor) -> Tensor:
    """One step of descent for all runs, in place; give the length of each gradient before the clip.

    tokens (time, batch), targets (batch,): the same for all runs. how (runs, 3): rate, clip, weight of Omega.
    """
    runs = len(how)
    rate, clip, weight = how.unbind(1)
    _, found, h, blame = gradients(weights, tokens[:, None].expand(-1, runs, -1), targets.expand(runs, -1))
    has = weight.nonzero()[:, 0]
    if len(has):
        _, for_W = omega(h[:, has], blame[:, has])
        found.W.index_add_(0, has, weight[has, None, None] * for_W)
    length = sum(g.flatten(1).square().sum(1) for g in found) ** 0.5
    step = rate * torch.where(length > clip, clip / length, 1.0)
    for p, g in zip(weights, found, strict=True):
        p -= step.view(-1, *[1] * (p.dim() - 1)) * g
    return length


def train(length: int, seed: int, settings: dict[str, Any]) -> list[dict[str, Any]]:
    """Every variant with every rate; a run ends when it has solved its length or is not finite any more."""
    runs = [
        {"variant": name, "rate": rate, "length": length, "seed": seed}
        | {"solved at": None, "wrong": 1 - TEMPORAL_ORDER_CHANCE.accuracy, "longest gradient": 0.0}
        for name in VARIANTS
        for rate in settings["rates"]
    ]
    how = torch.tensor([[run["rate"], *VARIANTS[run["variant"]]] for run in runs])
    weights, left = start(len(runs), settings, seed), torch.arange(len(runs))
    batch, every = settings["batch"], settings["check every"]
    few, many = settings["test sequences"]
    for done in range(every, settings["updates"] + 1, every):
        tokens, targets = sequences(batch * every, length, (seed, done))
        longest = torch.zeros(len(left))
        for some, right in zip(tokens.split(batch, 1), targets.split(batch), strict=True):
            longest = torch.maximum(longest, update(weights, some, right, how[left]))
        shares = wrong(weights, length, few, (seed, done, 2))
        stays = torch.stack([p.flatten(1).isfinite().all(1) for p in weights]).all(0)
        for i, share in enumerate(shares):
            run = runs[int(left[i])]
            grown = float(longest[i])
            run["longest gradient"] = max(run["longest gradient"], grown if math.isfinite(grown) else 1e38)
            if share < SOLVED:
                own = Weights(*(p[i : i + 1] for p in weights))
                share = wrong(own, length, many, (seed, done, 3))[0]
            run["wrong"] = min(run["wrong"], round(share, 4))
            if share < SOLVED:
                run["solved at"] = done
                stays[i] = False
        weights, left = Weights(*(p[stays] for p in weights)), left[stays]
        if not len(left):
            break
    print(
        f"length {length}, seed {seed}: {sum(r['solved at'] is not None for r in runs)} of {len(runs)}",
        flush=True,
    )
    return runs


def study(settings: dict[str, Any], run_all: Callable[..., list[Any]] = side_by_side) -> dict[str, Any]:
    """All runs, and what they say. The longest come first, so that two processes end together."""
    jobs = [(n, seed, settings) for n in settings["lengths"][::-1] for seed in range(settings["seeds"])]
    runs = [run for job in run_all(train, jobs) for run in job]
    return {"settings": settings, "published": PUBLISHED, **summary(runs, settings), "runs": runs}


def summary(runs: list[dict[str, Any]], settings: dict[str, Any]) -> dict[str, Any]:
    """For each variant its best rate and the share solved by length; pairs of variants; the verdict."""
    lengths, seeds, rates = settings["lengths"], settings["seeds"], settings["rates"]
    solved = {
        (run["variant"], run["rate"], run["length"], run["seed"]): run["solved at"] is not None
        for run in runs
    }

    def count(name: str, rate: float, n: int) -> int:
        return sum(solved[name, rate, n, seed] for seed in range(seeds))

    variants: dict[str, Any] = {}
    for name in VARIANTS:
        by_rate = {rate: sum(count(name, rate, n) for n in lengths) for rate in rates}
        rate = max(rates, key=by_rate.__getitem__)
        share = {n: count(name, rate, n) / seeds for n in lengths}
        own = [run for run in runs if run["variant"] == name]
        variants[name] = {
            "rate": rate,
            "share solved": share,
            "solved by rate": by_rate,
            "longest solved by all seeds": max((n for n in lengths if share[n] == 1), default=None),
            "longest solved by any run": max(
                (r["length"] for r in own if r["solved at"] is not None), default=None
            ),
            "updates": {
                n: sorted(
                    r["solved at"] for r in own if r["rate"] == rate and r["length"] == n and r["solved at"]
                )
                for n in lengths
            },
            "runs": len(own),
            "solved": sum(by_rate.values()),
            "exploded": sum(run["longest gradient"] > EXPLODED for run in own),
            "longest gradient, median": float(np.median([run["longest gradient"] for run in own])),
        }
    pairs = {}
    for low, high in (*zip(ORDER, ORDER[1:], strict=False), ("Omega alone", "clip and Omega")):
        both = [(solved[low, *rest], solved[high, *rest]) for name, *rest in solved if name == low]
        names = {(True, True): "both", (True, False): low, (False, True): high, (False, False): "neither"}
        pairs[f"{low} or {high}"] = {who: sum(p == case for p in both) for case, who in names.items()}
    return {"variants": variants, "pairs of runs: who solved": pairs, "verdict": verdict(variants, lengths)}


def verdict(variants: dict[str, Any], lengths: list[int]) -> dict[str, bool]:
    """What was published, by the best rate of each variant and over all runs, and whether it came out."""
    share = {name: row["share solved"] for name, row in variants.items()}
    total = {name: sum(row.values()) for name, row in share.items()}
    plain, clip, best = ORDER
    return {
        f"{high} solves no length less often than {low}, and more in all": all(
            share[high][n] >= share[low][n] for n in lengths
        )
        and total[high] > total[low]
        for low, high in ((plain, clip), (clip, best))
    } | {
        f"over all rates: {plain} < {clip} < {best}": variants[plain]["solved"]
        < variants[clip]["solved"]
        < variants[best]["solved"],
        f"Omega alone explodes in most runs (a gradient longer than {EXPLODED:g})": 2
        * variants["Omega alone"]["exploded"]
        > variants["Omega alone"]["runs"],
        f"Omega alone solves less than {best}": total["Omega alone"] < total[best],
    }


def draw(results: dict[str, Any]) -> None:
    """The share of seeds that solve each length; the lines stand a little apart where they would cover."""
    lengths, said = results["settings"]["lengths"], []
    with figure_page() as (figure, axes):
        for number, (name, row) in enumerate(results["variants"].items()):
            share = row["share solved"]
            points = [(n + 0.5 * number - 0.75, share[n]) for n in lengths]
            draw_line(axes, number, points, f"{name} (rate {row['rate']})")
            said.append(f"{name}: " + ", ".join(f"{share[n]:.0%} at {n}" for n in lengths) + ".")
        axes.set_xticks(lengths)
        axes.set_xlabel("length of the sequences")
        axes.set_ylabel("share of the seeds that solve it")
        axes.yaxis.set_major_formatter(lambda y, _: f"{y:.0%}")
        figure.legend(loc="outside lower center", ncols=2)
        title = "Temporal order solved, by the length of the sequences"
        save_both(figure, IMAGES / "reproduce-temporal-order.svg", title, " ".join(said))


def main(arguments: list[str] | None = None) -> dict[str, Any]:
    """Train all, print the table; write the results unless it is the quick run."""
    quick = is_quick(arguments)
    results = study(QUICK if quick else SETTINGS)
    print(
        f"{'':16}{'rate':>6}" + "".join(f"{f'T = {n}':>9}" for n in results["settings"]["lengths"]),
        " exploded",
    )
    for name, row in results["variants"].items():
        shares = "".join(f"{share:9.0%}" for share in row["share solved"].values())
        print(f"{name:16}{row['rate']:6}{shares}  {row['exploded']} of {row['runs']}")
        print(f"{'':16}solved by rate {row['solved by rate']}, updates {row['updates']}")
    for name, pair in results["pairs of runs: who solved"].items():
        print(name, pair)
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("temporal-order", results)
    return results


if __name__ == "__main__":
    main()

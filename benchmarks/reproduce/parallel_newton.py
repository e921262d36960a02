"""A nonlinear RNN as a sequence of scans: how many iterations does it take, and when is that faster?

    h_t = W tanh(h_{t-1}) + x_t,      entries of W normal with variance gain^2 / n, x_t white, deviation 0.5

What stands beside our numbers:

- Gonzalez et al. 2025 (arXiv 2508.16817): the sign of the largest Lyapunov exponent decides; below zero
  iterations stay few, also for long sequences, and above they are too many to be of use. (Their network: this
  one with n = 100 and small sines as input, float64, tolerance 1e-10, up to 3,000 steps. Ours: n = 16 and 256
  steps, as ELK inverts n x n matrices on one core; and white noise, as with sines so few units often end in
  a cycle.)
- Plain substitution forgets its guess by exp(exponent) a step: ln(1e10) / -exponent iterations.
- Gonzalez et al. 2024 (arXiv 2407.19115): quasi-DEER converges comparably to Newton; where DEER is unstable,
  ELK converges. Our case: the Lorenz equations in Euler steps of 0.01, from (1, 1, 1).
- Lim et al. 2023 (arXiv 2309.12252): by a file in their repository, one unit on a V100, DEER is 18 times as
  fast as the loop at 1,000 steps and 138 times at 10,000. Ours: this CPU, 4,096 steps.
- The loop wins somewhere: a step of it costs n^2, one of a scan of matrices n^3.

`solve` finds Jacobians by torch.func for any f, so a quasi method here pays for the whole Jacobian too and
only its scan is cheap. The timing is of the forward pass, on all cores, beside a loop in Python and the fused
loop of torch.nn.GRU.

Run: python benchmarks/reproduce/parallel_newton.py    (--quick: small, writes nothing; --only timing: that
part again, or lyapunov, length, size, lorenz; the results file keeps the others)
"""

import json
import math
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from minirnn.base.plots import INK, draw_level, draw_line, figure_page, label_lines, save_both
from minirnn.newton import METHODS, solve

import numpy as np
import torch
import torch.nn.functional as F
from shared import IMAGES, finish, show_verdict, side_by_side
from torch import Tensor

Step = Callable[[Tensor, Tensor], Tensor]
Rows = list[dict[str, Any]]
T, N, SEEDS, TOLERANCE = 256, 16, 3, 1e-10
GAINS = (0.5, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0)
SIZES = (1, 2, 4, 8, 16, 32)
DAMPING = (1e-4, 1e-3, 1e-2, 1e-1)
PUBLISHED = {
    "DEER, exponent below 0": "few iterations, also for long sequences",
    "DEER, exponent above 0": "too many to be of use",
    "quasi-DEER": "converges comparably to Newton",
    "ELK where DEER is unstable": "converges",
    "DEER faster than the loop, one unit on a V100, 1,000 steps": 18,
    "DEER faster than the loop, one unit on a V100, 10,000 steps": 138,
}


def tanh_rnn(n: int, gain: float, steps: int, seed: int) -> tuple[Step, Tensor, Tensor]:
    """f, x (1, steps, n) and h0 (1, n), float64."""
    random = torch.Generator().manual_seed(seed)
    W = torch.randn(n, n, generator=random, dtype=torch.float64) * gain / math.sqrt(n)
    x = 0.5 * torch.randn(1, steps, n, generator=random, dtype=torch.float64)
    return lambda h, x_t: F.linear(torch.tanh(h), W) + x_t, x, x.new_zeros(1, n)


def gru(n: int, steps: int, seed: int, batch: int = 1) -> tuple[Step, Tensor, Tensor, torch.nn.GRU]:
    """The step of torch's GRU as it starts, three white inputs, h0, and the GRU itself; float32."""
    torch.manual_seed(seed)
    module = torch.nn.GRU(3, n, batch_first=True).requires_grad_(False)
    W, U, b, c = module.weight_ih_l0, module.weight_hh_l0, module.bias_ih_l0, module.bias_hh_l0

    def f(h: Tensor, x_t: Tensor) -> Tensor:
        xr, xz, xn = F.linear(x_t, W.to(h), b.to(h)).chunk(3, -1)
        hr, hz, hn = F.linear(h, U.to(h), c.to(h)).chunk(3, -1)
        z = torch.sigmoid(xz + hz)
        return (1 - z) * torch.tanh(xn + torch.sigmoid(xr + hr) * hn) + z * h

    return f, torch.randn(batch, steps, 3), torch.zeros(batch, n), module


def loop(f: Step, x: Tensor, h: Tensor) -> Tensor:
    """All states, step by step."""
    states = []
    for x_t in x.unbind(1):
        h = f(h, x_t)
        states.append(h)
    return torch.stack(states, 1)


def exponent(f: Step, x: Tensor, h0: Tensor) -> float:
    """The largest Lyapunov exponent per step along the loop's trajectory from h0, by QR at every step."""
    h, Q = h0[0], torch.eye(h0.shape[1], dtype=h0.dtype)
    total = torch.zeros_like(h)
    for x_t in x[0]:
        Q, R = torch.linalg.qr(torch.func.jacrev(f)(h, x_t) @ Q)
        total += R.diagonal().abs().log()
        h = f(h, x_t)
    return float(total.max()) / x.shape[1]


def _solved(f: Step, x: Tensor, h0: Tensor, methods: tuple[str, ...] = METHODS) -> dict[str, Any]:
    """The exponent; for each method iterations, convergence and the distance from the loop's trajectory."""
    expected = loop(f, x, h0)
    row: dict[str, Any] = {"exponent": round(exponent(f, x, h0), 4)}
    for method in methods:
        found = solve(f, x, h0, method, tolerance=TOLERANCE)
        error = float((found.h - expected).abs().max())
        row[method] = {"iterations": found.iterations, "converged": found.converged, "error": error}
    return row


@torch.no_grad()
def tanh_row(
    n: int, gain: float, steps: int, seed: int, methods: tuple[str, ...] = METHODS
) -> dict[str, Any]:
    """One network."""
    row = _solved(*tanh_rnn(n, gain, steps, seed), methods)
    return {"kind": "rnn", "n": n, "gain": gain, "steps": steps, "seed": seed, **row}


@torch.no_grad()
def gru_row(n: int, steps: int, seed: int) -> dict[str, Any]:
    """One GRU, as it starts."""
    f, x, h0, _ = gru(n, steps, seed)
    return {"kind": "gru", "n": n, "steps": steps, "seed": seed, **_solved(f, x.double(), h0.double())}


def lyapunov(gains: tuple[float, ...] = GAINS, steps: int = T, seeds: int = SEEDS) -> Rows:
    """From contracting to chaotic."""
    return side_by_side(tanh_row, [(N, g, steps, s) for g in gains for s in range(seeds)])


def length(lengths: tuple[int, ...] = (64, 128, 256, 512, 1024)) -> Rows:
    """DEER on longer and longer sequences."""
    jobs = [(N, g, steps, s, ("deer",)) for g in (0.8, 2.5) for steps in lengths for s in range(SEEDS)]
    return side_by_side(tanh_row, jobs)


def size(sizes: tuple[int, ...] = SIZES, steps: int = T, seeds: int = SEEDS) -> Rows:
    """More and more states: the tanh RNN with gain 1.2 and the GRU."""
    rnn = side_by_side(tanh_row, [(n, 1.2, steps, s) for n in sizes for s in range(seeds)])
    return rnn + side_by_side(gru_row, [(n, steps, s) for n in sizes for s in range(seeds)])


@torch.no_grad()
def lorenz(steps: int = 400) -> Rows:
    """Products of Jacobians on a bad guess leave the range of numbers: damped or not."""

    def f(h: Tensor, x_t: Tensor) -> Tensor:
        a, b, c = h
        return h + 0.01 * torch.stack([10 * (b - a), a * (28 - c) - b, a * b - 8 / 3 * c])

    x, h0 = torch.zeros(1, steps, 1, dtype=torch.float64), torch.ones(1, 3, dtype=torch.float64)
    rows = []
    for method in METHODS:
        for damping in DAMPING if method.endswith("elk") else (0.0,):
            found = solve(f, x, h0, method, damping=damping, tolerance=TOLERANCE)
            row = {"iterations": found.iterations, "repaired": found.repaired, "converged": found.converged}
            rows.append({"method": method, "damping": damping, "steps": steps, **row})
    return rows


@torch.no_grad()
def timing(steps: int = 4096, sizes: tuple[int, ...] = SIZES, rounds: int = 3) -> Rows:
    """Milliseconds, medians: the GRU's trajectory by loops and by scans; of 16 up to 8 units (memory)."""
    from common import interleaved  # `shared` has made it known

    rows = []
    for batch, n in [(b, n) for b in (1, 16) for n in sizes if b * n <= 128]:
        f, x, h0, module = gru(n, steps, 0, batch)
        runs: dict[str, Callable[[], Any]] = {
            "python loop": lambda f=f, x=x, h0=h0: loop(f, x, h0),
            "fused loop": lambda module=module, x=x: module(x),
            "deer": lambda f=f, x=x, h0=h0: solve(f, x, h0, "deer"),
            "quasi-deer": lambda f=f, x=x, h0=h0: solve(f, x, h0, "quasi-deer"),
        }
        solved = {m: runs[m]() for m in ("deer", "quasi-deer")}
        error = max(float((s.h - module(x)[0]).abs().max()) for s in solved.values())
        iterations = {m: s.iterations for m, s in solved.items()}
        clock = interleaved(runs, rounds)
        row = {"batch": batch, "n": n, "steps": steps, "iterations": iterations, "error": error}
        rows.append({**row, "ms": {name: t["median"] for name, t in clock.items()}, "spread": clock})
    return rows


PARTS: dict[str, Callable[[], Rows]] = {
    "lyapunov": lyapunov,
    "length": length,
    "size": size,
    "lorenz": lorenz,
    "timing": timing,
}
QUICK: dict[str, Callable[[], Rows]] = {
    "lyapunov": lambda: [tanh_row(4, g, 32, 0) for g in (0.5, 3.0)],
    "length": lambda: [tanh_row(4, g, s, 0, ("deer",)) for g in (0.5, 3.0) for s in (8, 32)],
    "size": lambda: [row for n in (1, 4) for row in (tanh_row(n, 1.2, 32, 0), gru_row(n, 32, 0))],
    "lorenz": lambda: lorenz(60),
    "timing": lambda: timing(64, (1, 4), 1),
}


def _median(rows: Rows, method: str, **where: Any) -> float:
    chosen = [r for r in rows if all(r[k] == v for k, v in where.items())]
    return float(np.median([r[method]["iterations"] if method in METHODS else r[method] for r in chosen]))


def judge(parts: dict[str, Any]) -> dict[str, bool]:
    """What was claimed, and whether it came out."""
    rows, longer, sizes, clock = parts["lyapunov"], parts["length"], parts["size"], parts["timing"]
    steps = rows[0]["steps"]
    newton = [(r["exponent"], r["deer"]["iterations"]) for r in rows]
    below, above = [i for e, i in newton if e < -0.1], [i for e, i in newton if e > 0]
    ranks = [np.argsort(np.argsort(column)) for column in zip(*newton, strict=True)]
    short, long = longer[0]["steps"], longer[-1]["steps"]
    gains = sorted({r["gain"] for r in longer})
    growth = [
        _median(longer, "deer", gain=g, steps=long) / _median(longer, "deer", gain=g, steps=short)
        for g in gains
    ]
    quiet = [r for r in rows if r["gain"] == rows[0]["gain"]]
    quasi = [(r["quasi-deer"]["iterations"], math.log(1 / TOLERANCE) / -r["exponent"]) for r in quiet]
    widest = {
        kind: [r for r in sizes if r["kind"] == kind and r["n"] == sizes[-1]["n"]] for kind in ("rnn", "gru")
    }
    comparable = {
        kind: float(np.median([r["quasi-deer"]["iterations"] / r["deer"]["iterations"] for r in group])) <= 2
        for kind, group in widest.items()
    }
    plain = next(r for r in parts["lorenz"] if r["method"] == "deer")
    damped = [r for r in parts["lorenz"] if r["method"] == "elk"]
    one = {n: r["ms"] for r in clock if r["batch"] == 1 for n in [r["n"]]}
    first, last = one[min(one)], one[max(one)]
    solved = [(r["steps"], r[m], r["exponent"]) for r in rows + sizes + longer for m in METHODS if m in r]
    return {
        "all converged, in at most as many iterations as steps": all(
            s["converged"] and s["iterations"] <= limit for limit, s, _ in solved
        ),
        "exponent below -0.1: the trajectory is the loop's to 1e-7": all(
            s["error"] < 1e-7 for _, s, e in solved if e < -0.1
        ),
        "DEER: at most T/8 iterations where the exponent is below -0.1": max(below, default=steps)
        <= steps / 8,
        "DEER: at least T/4 iterations where the exponent is above 0": min(above, default=0) >= steps / 4,
        "DEER: rank correlation of exponent and iterations above 0.9": bool(np.corrcoef(*ranks)[0, 1] > 0.9),
        "DEER: iterations at most doubled by the longest sequence, contracting": growth[0] <= 2,
        "DEER: iterations grow at least half as much as the length, chaotic": growth[1] >= long / short / 2,
        "quasi-DEER at the smallest gain: within 30 % of plain substitution": all(
            abs(found / expected - 1) < 0.3 for found, expected in quasi
        ),
        "quasi-DEER takes at most twice the iterations of DEER, widest GRU": comparable["gru"],
        "quasi-DEER takes at most twice the iterations of DEER, widest tanh RNN": comparable["rnn"],
        "Lorenz: DEER leaves the range of numbers": plain["repaired"] > 0,
        "Lorenz: some ELK never does, with at most half the iterations": any(
            r["repaired"] == 0 and r["converged"] and 2 * r["iterations"] <= plain["iterations"]
            for r in damped
        ),
        "one unit: DEER is faster than the loop in Python": first["deer"] < first["python loop"],
        "one unit: DEER is faster than the fused loop": first["deer"] < first["fused loop"],
        "most units: DEER is faster than the loop in Python": last["deer"] < last["python loop"],
        "most units: DEER is faster than the fused loop": last["deer"] < last["fused loop"],
    }


def show(parts: dict[str, Any]) -> None:
    """Print the tables."""
    head = f"{'exponent':>10}" + "".join(f"{m:>12}" for m in METHODS)
    for part, key in (("lyapunov", "gain"), ("size", "n")):
        rows = parts[part]
        print(f"\nIterations for {rows[0]['steps']} steps, medians over seeds")
        print(f"{'':4}{key:>8}{head}   ln(1e10) / -exponent")
        for kind, value in dict.fromkeys((r["kind"], r[key]) for r in rows):
            where = {"kind": kind, key: value}
            e = _median(rows, "exponent", **where)
            cells = "".join(f"{_median(rows, m, **where):12.0f}" for m in METHODS)
            plain = f"{math.log(1e10) / -e:12.0f}" if e < -0.05 else ""
            print(f"{kind:4}{value:8}{e:10.3f}{cells}{plain}")
    print("\nDEER on longer sequences, medians over seeds")
    for gain, steps in dict.fromkeys((r["gain"], r["steps"]) for r in parts["length"]):
        where = {"gain": gain, "steps": steps}
        found = [_median(parts["length"], key, **where) for key in ("exponent", "deer")]
        print(f"gain {gain}  steps {steps:5}  exponent {found[0]:6.3f}  iterations {found[1]:4.0f}")
    print(f"\nThe Lorenz equations, {parts['lorenz'][0]['steps']} steps")
    for r in parts["lorenz"]:
        name = f"{r['method']:12}k = {r['damping']:<8}"
        print(f"{name}iterations {r['iterations']:4}  out of range {r['repaired']:4}")
    print(f"\nMilliseconds for {parts['timing'][0]['steps']} steps of a GRU, float32")
    print(f"{'batch':>5}{'units':>6}" + "".join(f"{name:>14}" for name in parts["timing"][0]["ms"]))
    for r in parts["timing"]:
        cells = "".join(f"{ms:14.1f}" for ms in r["ms"].values())
        print(f"{r['batch']:5}{r['n']:6}{cells}   {r['iterations']}")


def draw(parts: dict[str, Any]) -> None:
    """Iterations against the exponent, every network a point."""
    rows, said = parts["lyapunov"], []
    with figure_page() as (figure, axes):
        for number, method in enumerate(METHODS):
            points = sorted((r["exponent"], r[method]["iterations"]) for r in rows)
            draw_line(axes, number, points, method)
            axes.lines[-1].set(linestyle="", alpha=0.8)
            groups = {
                "below -0.1": [i for e, i in points if e < -0.1],
                "above 0": [i for e, i in points if e > 0],
            }
            said.append(
                f"{method}: " + ", ".join(f"{min(g)} to {max(g)} {w}" for w, g in groups.items()) + "."
            )
        axes.axvline(0, color=INK, linewidth=0.8)
        draw_level(axes, rows[0]["steps"], "as many as steps")
        axes.set_yscale("log", base=2)
        axes.yaxis.set_major_formatter(lambda y, _: f"{y:g}")
        axes.set_xlabel("largest Lyapunov exponent per step")
        axes.set_ylabel("iterations")
        label_lines(axes)
        title = f"Iterations for {rows[0]['steps']} steps of a tanh RNN against its largest Lyapunov exponent"
        save_both(figure, IMAGES / "reproduce-parallel-newton.svg", title, " ".join(said))


def main(quick: bool = False, only: tuple[str, ...] = ()) -> dict[str, Any]:
    """Print, and unless quick write the results and draw."""
    path = (
        Path(__file__).parents[1]
        / "results"
        / f"reproduce-parallel-newton-{os.cpu_count()}core-{platform.machine().lower()}.json"
    )
    kept = json.loads(path.read_text(encoding="utf-8")) if only else {}
    parts: dict[str, Any] = {}
    spent: dict[str, float] = kept.get("minutes_of_parts", {})
    for name, run in (QUICK if quick else PARTS).items():
        if only and name not in only:
            parts[name] = kept[name]
            continue
        start = time.perf_counter()
        parts[name] = run()
        spent[name] = round((time.perf_counter() - start) / 60, 1)
    settings = {
        "steps": T,
        "states": N,
        "seeds": SEEDS,
        "tolerance": TOLERANCE,
        "damping": 0.01,
        "input": 0.5,
    }
    minutes = round(sum(spent.values()), 1)
    results = {"minutes": minutes, "minutes_of_parts": spent, "settings": settings, "published": PUBLISHED}
    if only:  # what this run took is not what all parts take
        results["processor minutes"] = kept.get("processor minutes")
    results |= {"verdict": judge(parts), **parts}
    show(parts)
    print()
    show_verdict(results["verdict"])
    if not quick:
        draw(parts)
        finish("parallel-newton", results)
    return results


if __name__ == "__main__":
    chosen = sys.argv[sys.argv.index("--only") + 1].split(",") if "--only" in sys.argv else []
    if set(chosen) - set(PARTS):
        raise SystemExit(f"--only is {','.join(chosen)}, expected some of {', '.join(PARTS)}")
    main("--quick" in sys.argv, tuple(chosen))

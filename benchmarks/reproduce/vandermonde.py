"""Where must the eigenvalues be, so that the last state still holds the whole input?

    h_j = sum_k Lambda_j^(L - 1 - k) x_k,     h = V x,     x = V^+ h

(Orvieto et al. 2024, arXiv 2307.11888.) A diagonal linear recurrence with input weights 1 maps L inputs to
its last state by a Vandermonde matrix V. Distinct eigenvalues make it invertible; its condition number says
how many digits the way back costs. To invert V is to interpolate: h_j is the value at Lambda_j of the
polynomial whose coefficients are the inputs.

What stands beside our numbers:

- The paper's claim, in words: real eigenvalues suffice in theory, complex ones near the unit circle store far
  better in practice. We have no table of its numbers.
- Closed forms. Roots of unity: V / sqrt(N) is unitary, so the condition number is exactly 1. One radius r and
  equal phases: r^-(N-1). Real equispaced: in the 1-norm e^(-pi/4) / pi e^(N (pi/4 + ln(2)/2)) for large N
  (Gautschi 1990, "How (un)stable are Vandermonde systems?").
  For L > N white inputs the best guess from N numbers is wrong by sqrt(1 - N/L).
- What float64's own singular values say: beyond 1/eps = 4.5e15 that is rounding error, which many a table of
  condition numbers shows. Here the inverse is computed with 80 digits.

Nothing is scaled down: V is no larger than 128 x 64. Where something is random, the median over seeds.
Run: python benchmarks/reproduce/vandermonde.py    (--quick: two sizes, three seeds, writes nothing)
"""

import math
import sys
from typing import Any

from minirnn.base.plots import draw_level, draw_line, figure_page, label_lines, save_both
from minirnn.layers.linear import vandermonde
from minirnn.layers.lru import ring_spectrum
from minirnn.scan import scan

import numpy as np
import torch
from mpmath import mp  # torch needs sympy, and sympy mpmath
from numpy.typing import NDArray
from shared import IMAGES, finish, show_verdict
from torch import Tensor

RANDOM = ("disk", "ring, random phases", "ring, equal phases")
FAMILIES = ("real", *RANDOM, "roots of unity")
RING = (0.99, 1.0)
SIZES, SEEDS = (8, 16, 32, 64), 101
PRECISIONS = ("float32", "float64")
LENGTHS = (4, 8, 16, 24, 32, 48, 64, 96, 128)


def eigenvalues(family: str, N: int, seed: int) -> Tensor:
    """(N,), float64 or complex128."""
    if family == "real":
        return torch.linspace(-1, 1, N, dtype=torch.float64)
    torch.manual_seed(seed)
    radius, phase = ring_spectrum(N, (0.0, 1.0) if family == "disk" else RING, 2 * math.pi)
    if family in ("ring, equal phases", "roots of unity"):
        phase = 2 * math.pi * torch.arange(N, dtype=torch.float64) / N
    return torch.polar(torch.ones_like(radius) if family == "roots of unity" else radius, phase)


def inverse(Lambda: Tensor) -> NDArray[Any]:
    """V^-1 of the square V, rounded to complex128 only at the end.

    Column j holds the coefficients of the polynomial that is 1 at Lambda_j and 0 at all the others.
    """
    with mp.workdps(80):
        nodes = [mp.mpmathify(complex(z)) for z in Lambda]
        product = [mp.one]
        for z in nodes:
            product = [a - z * b for a, b in zip([*product, 0], [0, *product], strict=True)]
        columns = []
        for j, z in enumerate(nodes):
            quotient = [mp.one]
            for coefficient in product[1:-1]:
                quotient.append(quotient[-1] * z + coefficient)
            at_node = mp.fprod(z - other for i, other in enumerate(nodes) if i != j)
            columns.append([complex(c / at_node) for c in quotient])
    return np.array(columns).T


def condition(Lambda: Tensor, norm: int = 2) -> float:
    """|V| |V^-1| of the square V. Both norms are accurate, where a smallest singular value is not."""
    V = vandermonde(Lambda, len(Lambda)).numpy()
    return float(np.linalg.norm(V, norm) * np.linalg.norm(inverse(Lambda), norm))


def error(Lambda: Tensor, length: int, dtype: torch.dtype, seed: int) -> float:
    """|found - x| / |x| for white noise x, found from the last state alone by least squares.

    The recurrence runs in `dtype`; the least squares is in float64 and drops what the state's rounding hides.
    """
    x = torch.randn(length, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    a = Lambda.to(dtype.to_complex()) if Lambda.is_complex() else Lambda.to(dtype)
    # The rounded eigenvalues are those of the recurrence, so V is built from them.
    V = vandermonde(a.to(Lambda.dtype), length).numpy()
    b = x.to(a.dtype)[:, None].expand(-1, len(a))
    h = scan(a, b.unsqueeze(0).contiguous())[1][0]
    found = np.linalg.lstsq(V, h.to(Lambda.dtype).numpy(), rcond=length * torch.finfo(dtype).eps)[0]
    return float(np.linalg.norm(found.real - x.numpy()) / np.linalg.norm(x.numpy()))


def measure(sizes: tuple[int, ...] = SIZES, seeds: int = SEEDS) -> dict[str, Any]:
    """All numbers, for each family and each N or L."""
    conditions: dict[str, Any] = {f: {} for f in FAMILIES}
    square: dict[str, Any] = {f: {} for f in FAMILIES}
    by_length: dict[str, Any] = {f: {} for f in FAMILIES}
    for family in FAMILIES:
        draws = range(seeds) if family in RANDOM else range(1)
        for N in sizes:
            all_Lambda = [eigenvalues(family, N, seed) for seed in draws]
            found = [condition(Lambda) for Lambda in all_Lambda]
            seen = [float(np.linalg.cond(vandermonde(Lambda, N))) for Lambda in all_Lambda]
            conditions[family][N] = {
                "median": float(np.median(found)),
                "median as float64 sees it": float(np.median(seen)),
                "seeds": [float(f"{k:.6g}") for k in found],
            }
            square[family][N] = _errors(family, N, N, seeds)
        for length in [n for n in LENGTHS if n <= 2 * max(sizes)]:
            by_length[family][length] = _errors(family, max(sizes), length, seeds)
    real = [eigenvalues("real", N, 0) for N in sizes]
    growth = math.pi / 4 + math.log(2) / 2
    beyond = {n: math.sqrt(1 - max(sizes) / n) for n in LENGTHS if max(sizes) < n <= 2 * max(sizes)}
    return {
        "settings": {"sizes": sizes, "seeds": seeds, "ring": RING, "width_by_length": max(sizes)},
        "condition": conditions,
        "error_square": square,
        "error_by_length": by_length,
        "closed_form": {
            "roots of unity": 1.0,
            "real, 1-norm": [condition(Lambda, 1) for Lambda in real],
            "real, 1-norm, asymptotic": [math.exp(growth * N - math.pi / 4) / math.pi for N in sizes],
            "error beyond the width": beyond,
        },
    }


def _errors(family: str, N: int, length: int, seeds: int) -> dict[str, Any]:
    """Medians over seeds, of eigenvalues where they are random and of inputs always."""
    draws = [(eigenvalues(family, N, seed), seed) for seed in range(seeds)]
    return {
        str(dtype).removeprefix("torch."): float(np.median([error(a, length, dtype, s) for a, s in draws]))
        for dtype in (torch.float32, torch.float64)
    }


def judge(results: dict[str, Any]) -> dict[str, bool]:
    """What was claimed, and whether it came out."""
    sizes = results["settings"]["sizes"]
    kappa = {f: [results["condition"][f][N]["median"] for N in sizes] for f in FAMILIES}
    closed = results["closed_form"]
    ratio = [a / b for a, b in zip(closed["real, 1-norm"], closed["real, 1-norm, asymptotic"], strict=True)]
    errors, eps = results["error_square"], {d: torch.finfo(getattr(torch, d)).eps for d in PRECISIONS}
    return {
        "roots of unity: condition number 1": all(abs(k - 1) < 1e-9 for k in kappa["roots of unity"]),
        "real: tends to the asymptotic form": all(np.diff(ratio) < 0) and 1 < ratio[-1] < 1.1,
        "order: real worse than disk, disk worse than ring with equal phases, ring worse than roots": all(
            kappa["real"][i] > kappa["disk"][i] > kappa["ring, equal phases"][i] > kappa["roots of unity"][i]
            for i in range(len(sizes))
        ),
        "random phases on the ring store better than the disk at every N": all(
            ring < disk for ring, disk in zip(kappa["ring, random phases"], kappa["disk"], strict=True)
        ),
        "random phases cost at least 100 times the equal ones": all(
            a > 100 * b
            for a, b in zip(kappa["ring, random phases"], kappa["ring, equal phases"], strict=True)
        ),
        "error of reconstruction within N eps times the condition number": all(
            errors[f][N][d] <= N * eps[d] * kappa[f][i]
            for f in FAMILIES
            for i, N in enumerate(sizes)
            for d in PRECISIONS
        ),
        "beyond the width roots of unity lose the share sqrt(1 - N/L)": all(
            abs(results["error_by_length"]["roots of unity"][n]["float64"] / expected - 1) < 0.1
            for n, expected in closed["error beyond the width"].items()
        ),
        "float64 sees the true condition numbers (within 1 %)": all(
            abs(row["median as float64 sees it"] / row["median"] - 1) < 0.01
            for f in FAMILIES
            for row in results["condition"][f].values()
        ),
    }


def show(results: dict[str, Any]) -> None:
    """Print the tables."""
    sizes = results["settings"]["sizes"]
    print("Condition number of V (N x N), medians; in brackets what float64's singular values say")
    print(f"{'':20}" + "".join(f"{f'N = {N}':>20}" for N in sizes))
    for f in FAMILIES:
        rows = [results["condition"][f][N] for N in sizes]
        cells = [f"{row['median']:.3g} ({row['median as float64 sees it']:.3g})" for row in rows]
        print(f"{f:20}" + "".join(f"{cell:>20}" for cell in cells))
    for name, key in [("N inputs from N states", "error_square"), ("L inputs", "error_by_length")]:
        table = results[key]
        print(f"\nRelative error of the inputs read back: {name}; medians")
        for dtype in PRECISIONS:
            print(f"{dtype:20}" + "".join(f"{n:>9}" for n in table["real"]))
            for f in FAMILIES:
                print(f"{f:20}" + "".join(f"{row[dtype]:9.1e}" for row in table[f].values()))


def draw(results: dict[str, Any]) -> None:
    """Condition number against N."""
    sizes = results["settings"]["sizes"]
    said = []
    with figure_page() as (figure, axes):
        for number, f in enumerate(FAMILIES):
            points = [(N, results["condition"][f][N]["median"]) for N in sizes]
            draw_line(axes, number, points, f)
            said.append(f"{f}: " + ", ".join(f"{k:.3g} at N = {N}" for N, k in points) + ".")
        for dtype in PRECISIONS:
            edge = 1 / torch.finfo(getattr(torch, dtype)).eps
            draw_level(axes, edge, f"no digit left in {dtype}")
        axes.set_yscale("log")
        axes.set_xticks(sizes)
        axes.set_xlabel("states N = inputs")
        axes.set_ylabel("condition number of V")
        label_lines(axes)
        title = "Condition number of the map from the inputs to the last state"
        save_both(figure, IMAGES / "reproduce-vandermonde.svg", title, " ".join(said))


def main(quick: bool = False) -> dict[str, Any]:
    """Print, and unless quick write the results and draw."""
    results = measure((8, 16), 3) if quick else measure()
    results["verdict"] = judge(results)
    show(results)
    print()
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("vandermonde", results)
    return results


if __name__ == "__main__":
    main("--quick" in sys.argv)

"""How far is each scan from the truth, as the sequence grows?

For each method, length T and kind of decay: the largest error over all steps,

    max_t |h_t - exact_t| / s_t,    s_t = sum of the absolute values of all terms of h_t,

in units of float32's rounding (eps = 2^-23). Dividing by `s_t` makes the number fair when terms
cancel. The exact answer is the float64 loop of `minirnn.scan.oracle`.

Run: python benchmarks/scan_error.py    (about two minutes; writes benchmarks/results/)
"""

from common import save
from minirnn.scan import METHODS, scan, scan_numpy

import numpy as np
import torch

LENGTHS = (10, 100, 1_000, 10_000, 100_000, 1_000_000)
DIM = 4


def decays(kind: str, seq_len: int, random: np.random.Generator) -> np.ndarray:
    """`(time, dim)` decays: what gates make, almost one, one, or of both signs."""
    shape = (seq_len, DIM)
    if kind == "gates":
        return random.uniform(0.0, 1.0, shape)
    if kind == "slow":
        return random.uniform(0.9, 0.999, shape)
    if kind == "almost one":
        return np.full(shape, 1 - 1e-6)
    if kind == "one":
        return np.ones(shape)
    return random.choice([-1.0, 1.0], shape) * random.uniform(0.99, 1.0, shape)


KINDS = ("gates", "slow", "almost one", "one", "both signs")
EPS = float(np.finfo(np.float32).eps)


def error_in_eps(method: str, kind: str, seq_len: int, seed: int = 0) -> float:
    """The largest scaled error of one method on one sequence, in units of float32 eps."""
    random = np.random.default_rng(seed)
    a = decays(kind, seq_len, random).astype(np.float32)
    b = random.standard_normal(a.shape).astype(np.float32)
    exact, _ = scan_numpy(a, b)
    scale, _ = scan_numpy(np.abs(a), np.abs(b))
    h, _ = scan(torch.from_numpy(a), torch.from_numpy(b), method=method)
    return float(np.max(np.abs(h.numpy() - exact) / scale)) / EPS


def main() -> None:
    """Print the table and write the results file."""
    table: dict[str, dict[str, dict[str, float]]] = {}
    print(f"{'':14}{'decay':>12}" + "".join(f"{'T=' + format(t, ','):>12}" for t in LENGTHS))
    for kind in KINDS:
        for method in METHODS:
            row = {str(t): round(error_in_eps(method, kind, t), 2) for t in LENGTHS}
            table.setdefault(method, {})[kind] = row
            print(f"{method:14}{kind:>12}" + "".join(f"{v:12.1f}" for v in row.values()), flush=True)
    print(save("scan-error", {"unit": "float32 eps", "dim": DIM, "error": table}))


if __name__ == "__main__":
    main()

"""The one primitive of the course: a linear recurrence along time, and every way to compute it.

    h_t = a_t * h_{t-1} + b_t

`scan` is the front door; the methods behind it are one file each, to be read side by side:
`sequential` (the loop), `hillis_steele` (fewest rounds), `blelloch` (least work of the trees),
`blocked` (the fast one on a CPU), `log_space` (logarithms: for teaching), `triton_scan` (the fast one on a
GPU; its arithmetic is in `triton_numbers`), and `oracle.scan_numpy`. `operator` makes torch's operator of
them, `pieces` and `across` cut time over processes, `matrix` scans with matrices.

The gradient of a scan is a scan run backwards. With `g_t = dL/dh_t` summed over all paths,

    g_t = grad_t + conj(a_{t+1}) g_{t+1},    dL/db_t = g_t,    dL/da_t = g_t conj(h_{t-1}),

so nothing is taped: the backward pass keeps `a` and `h`, and runs the same method in reverse.
(Martin and Cundy, arXiv 1709.04057, section 2.2; the conjugates are torch's convention.)

Rounding. Let `s_t` be the same recurrence on absolute values, and eps the spacing of the dtype at 1.
Every method but `log_space` is within `(1 + 2 T) eps s_t` of the exact answer, always; with decays
that vary or stay below one, measured up to T = 10^6, within `(1 + log2(T) / 4) eps s_t`. For
`log_space` multiply by `1 + max_t |log(a_1 ... a_t)|`, which soon leaves no digit. (Complex numbers:
four times as much.) `benchmarks/scan_error.py` makes the table; the tests hold us to it.
"""

import torch
from torch import Tensor

from minirnn.scan.operator import METHODS, check_triton, fastest, run
from minirnn.scan.oracle import scan_numpy
from minirnn.scan.pieces import cut, cut_over

__all__ = ["METHODS", "cut_over", "scan", "scan_numpy"]

_ACCUMULATE = {torch.float16: torch.float32, torch.bfloat16: torch.float32}
_DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128)


def scan(
    a: Tensor,
    b: Tensor,
    h0: Tensor | None = None,
    *,
    reset: Tensor | None = None,
    reverse: bool = False,
    method: str = "auto",
) -> tuple[Tensor, Tensor]:
    """Solve `h_t = a_t * h_{t-1} + b_t` for all t.

    Args:
        a: decay, `(..., time, dim)`, or `(dim,)` when it is the same at every step.
        b: input, `(..., time, dim)`, of the dtype of `a`: real or complex, half to double.
        h0: state before the first step, `(..., dim)`; zero if absent. Of the dtype of `b`, or for
            half inputs also the float32 that an earlier call returned.
        reset: bool, `(..., time)`. Where True the state before that step is dropped: a new document
            begins. No gradient crosses it. (The state must be finite: 0 times infinity is not 0.)
        reverse: run from the last step to the first, `h_t = a_t * h_{t+1} + b_t`.
        method: a name in `METHODS`; "triton", the kernel for NVIDIA GPUs, not for double precision; or
            "auto": the fastest where the tensors are.

    Returns:
        `h (..., time, dim)` in the dtype of `b`, and `h_last (..., dim)`, the state after the final
        step, in the dtype the state is kept in: float32 for half inputs, else that of `b`. With no
        steps at all, `h` is empty and `h_last` is `h0`. Both are differentiable.

        Inside `cut_over(group)` these are one rank's piece of a longer sequence, `a`, `b` and `reset` its
        consecutive piece, which may be empty. Then `h0` is what the first rank gives (the last, if
        `reverse`); that of other ranks is ignored. `h` is that of this rank's piece, and `h_last` is the same
        on every rank: the state after the whole sequence, ready to be the next call's `h0`. The gradients are
        those of the sum of all ranks' losses. That of an `a` of shape `(dim,)`, which all ranks share, comes
        as each rank's part of it, to be added up, as with any weight. Only the first rank's `h0` has a
        gradient. See `minirnn.scan.across`.

    Raises:
        ValueError: shapes, dtypes or devices do not fit together, or the method is unknown.

    All methods agree up to rounding, with one exception in kind: where `|a| > 1` for very long, the
    products of `a` that the parallel methods form can overflow although `h` itself would not.
    """
    _check(a, b, h0, reset, method)
    if method == "auto":
        method = fastest(b)
    state_dtype = _ACCUMULATE.get(b.dtype, b.dtype)
    h0 = b.new_zeros(b.shape[:-2] + b.shape[-1:], dtype=state_dtype) if h0 is None else h0.to(state_dtype)
    group = cut()
    if reset is not None and (group is not None or method != "triton"):  # the kernel does it on the way
        a = torch.where(reset.unsqueeze(-1), torch.zeros((), dtype=a.dtype, device=a.device), a)
    if group is not None:
        from minirnn.scan.across import scan_across  # late: not every build of torch can be distributed

        return scan_across(a, b, h0, reverse, method, group)
    return run(a, b, h0, reset if method == "triton" else None, reverse, method)


def _check(a: Tensor, b: Tensor, h0: Tensor | None, reset: Tensor | None, method: str) -> None:
    if b.dim() < 2:
        raise ValueError(f"scan: b has shape {tuple(b.shape)}; it needs (..., time, dim).")
    if a.shape not in (b.shape, b.shape[-1:]):
        raise ValueError(
            f"scan: a has shape {tuple(a.shape)} and b has {tuple(b.shape)}; "
            f"a needs {tuple(b.shape)}, or {tuple(b.shape[-1:])} for one decay at all steps."
        )
    state_shape = b.shape[:-2] + b.shape[-1:]
    if h0 is not None and h0.shape != state_shape:
        raise ValueError(
            f"scan: h0 has shape {tuple(h0.shape)} and b has {tuple(b.shape)}; h0 needs {tuple(state_shape)}."
        )
    if reset is not None and reset.shape != b.shape[:-1]:
        raise ValueError(
            f"scan: reset has shape {tuple(reset.shape)} and b has {tuple(b.shape)}; "
            f"reset needs {tuple(b.shape[:-1])}."
        )
    if b.dtype not in _DTYPES:
        raise ValueError(f"scan: b is {b.dtype}; it needs a floating or complex dtype.")
    if a.dtype != b.dtype:
        raise ValueError(f"scan: a is {a.dtype} and b is {b.dtype}; convert one so that they agree.")
    if h0 is not None and h0.dtype not in (b.dtype, _ACCUMULATE.get(b.dtype, b.dtype)):
        raise ValueError(f"scan: h0 is {h0.dtype} and b is {b.dtype}; convert one so that they agree.")
    if reset is not None and reset.dtype != torch.bool:
        raise ValueError(f"scan: reset is {reset.dtype}; it needs torch.bool.")
    for name, x in (("a", a), ("h0", h0), ("reset", reset)):
        if x is not None and x.device != b.device:
            raise ValueError(f"scan: {name} is on {x.device} and b is on {b.device}; move one.")
    if method == "triton":
        check_triton(b)
    elif method != "auto" and method not in METHODS:
        known = ", ".join([*METHODS, "triton"])
        raise ValueError(f"scan: method is {method!r}; it needs 'auto' or one of {known}.")

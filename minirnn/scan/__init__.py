"""The one primitive of the course: a linear recurrence along time, and every way to compute it.

    h_t = a_t * h_{t-1} + b_t

`scan` is the front door; the methods behind it are one file each, to be read side by side:
`sequential` (the loop), `hillis_steele` (fewest rounds), `blelloch` (least work of the trees),
`blocked` (the fast one on a CPU), `log_space` (logarithms: for teaching), `triton_scan` (the fast one on a
GPU), and `oracle.scan_numpy`.

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

import os
import warnings
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

import torch
from torch import Tensor

from minirnn.scan.blelloch import blelloch
from minirnn.scan.blocked import blocked
from minirnn.scan.derivatives import before, ends, joined, more_than_first, primals, transformed
from minirnn.scan.hillis_steele import hillis_steele
from minirnn.scan.log_space import log_space
from minirnn.scan.oracle import scan_numpy
from minirnn.scan.pieces import cut, cut_over
from minirnn.scan.sequential import sequential

__all__ = ["METHODS", "cut_over", "scan", "scan_numpy"]

METHODS: dict[str, Callable[..., None]] = {
    "sequential": sequential,
    "hillis_steele": hillis_steele,
    "blelloch": blelloch,
    "blocked": blocked,
    "log_space": log_space,
}

# Not imported before it is used: it takes a second, and is not there on every system.
_TRITON = find_spec("triton") is not None
_TRITON_DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.complex64)
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
        method = _fastest(b)
    state_dtype = _ACCUMULATE.get(b.dtype, b.dtype)
    h0 = b.new_zeros(b.shape[:-2] + b.shape[-1:], dtype=state_dtype) if h0 is None else h0.to(state_dtype)
    group = cut()
    if reset is not None and (group is not None or method != "triton"):  # the kernel does it on the way
        a = torch.where(reset.unsqueeze(-1), torch.zeros((), dtype=a.dtype, device=a.device), a)
    if group is not None:
        from minirnn.scan.across import scan_across  # late: not every build of torch can be distributed

        return scan_across(a, b, h0, reverse, method, group)
    return _run(a, b, h0, reset if method == "triton" else None, reverse, method)


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
        _check_triton(b)
    elif method != "auto" and method not in METHODS:
        known = ", ".join([*METHODS, "triton"])
        raise ValueError(f"scan: method is {method!r}; it needs 'auto' or one of {known}.")


def _check_triton(b: Tensor) -> None:
    if not _TRITON:
        raise ValueError(
            "scan: method 'triton' needs the package triton, which is not installed; use 'auto'."
        )
    if b.dtype not in _TRITON_DTYPES:
        names = ", ".join(str(dtype) for dtype in _TRITON_DTYPES)
        raise ValueError(f"scan: method 'triton' knows {names}, and b is {b.dtype}; use 'auto'.")
    if not b.is_cuda and os.environ.get("TRITON_INTERPRET") != "1":
        raise ValueError(f"scan: method 'triton' needs a GPU, and b is on {b.device}; use 'auto'.")


def _fastest(b: Tensor) -> str:
    return "triton" if b.is_cuda and _TRITON and b.dtype in _TRITON_DTYPES else "blocked"


@cache
def _say_that_triton_is_missing() -> None:
    warnings.warn(
        "scan: the package triton is not installed, so scans on this GPU are many times slower than they "
        "could be; it comes with PyTorch's CUDA builds for Linux.",
        stacklevel=2,
    )


def _run(
    a: Tensor, b: Tensor, h0: Tensor, reset: Tensor | None, reverse: bool, method: str
) -> tuple[Tensor, Tensor]:
    if b.numel() == 0:
        # A sum over nothing, so that gradients still exist.
        return b + 0 * a, h0.clone()
    if not torch.compiler.is_compiling():
        return _Scan.apply(a, b, h0, reset, reverse, method)
    # torch.compile knows no class with a `jvp`. It sees the operator's first gradient, torch.func none of it.
    return (_loop if transformed() else _linear_scan)(a, b, h0, reset, reverse, method)


def _loop(
    a: Tensor, b: Tensor, h0: Tensor, reset: Tensor | None, reverse: bool, method: str
) -> tuple[Tensor, Tensor]:
    """The scan in operations that torch knows all about, with a graph as long as time."""
    a = a if reset is None else torch.where(reset.unsqueeze(-1), 0, a)
    steps, h, states = list(zip(*(x.expand(b.shape).unbind(-2) for x in (a, b)), strict=True)), h0, []
    for a_t, b_t in reversed(steps) if reverse else steps:
        h = a_t * h + b_t
        states.append(h)
    return torch.stack(states[::-1] if reverse else states, -2).to(b.dtype), h


# An operator of its own, so that torch.compile treats the loop over time as one step.
@torch.library.custom_op("minirnn::linear_scan", mutates_args=())
def _linear_scan(
    a: Tensor, b: Tensor, h0: Tensor, reset: Tensor | None, reverse: bool, method: str
) -> tuple[Tensor, Tensor]:
    if method == "triton":
        from minirnn.scan import triton_scan

        return triton_scan.forward(a, b, h0, reset, reverse)
    if b.is_cuda and not _TRITON and method == "blocked":
        _say_that_triton_is_missing()
    a_wide, b_wide = a.to(h0.dtype).expand(b.shape), b.to(h0.dtype)
    h = b_wide.new_empty(b.shape)
    METHODS[method](a_wide, b_wide, h0, h, reverse)
    return h.to(b.dtype), h[..., 0 if reverse else -1, :].clone()


@_linear_scan.register_fake
def _(
    a: Tensor, b: Tensor, h0: Tensor, reset: Tensor | None, reverse: bool, method: str
) -> tuple[Tensor, Tensor]:
    return b.new_empty(b.shape), h0.new_empty(h0.shape)


def _setup_context(ctx, inputs, output) -> None:  # type: ignore[no-untyped-def]
    a, _, h0, reset, ctx.reverse, ctx.method = inputs
    ctx.save_for_backward(a, h0, output[0], reset)


def _backward(ctx, grad_h: Tensor, grad_last: Tensor):  # type: ignore[no-untyped-def]
    a, h0, h, reset = ctx.saved_tensors
    gradients = _linear_scan_backward(a, h0, h, grad_h, grad_last, reset, ctx.reverse, ctx.method)
    return *gradients, None, None, None


@torch.library.custom_op("minirnn::linear_scan_backward", mutates_args=())
def _linear_scan_backward(
    a: Tensor,
    h0: Tensor,
    h: Tensor,
    grad_h: Tensor,
    grad_last: Tensor,
    reset: Tensor | None,
    reverse: bool,
    method: str,
) -> tuple[Tensor, Tensor, Tensor]:
    if method == "triton":
        from minirnn.scan import triton_scan

        return triton_scan.backward(a, h0, h, reset, grad_h, grad_last, reverse)
    return _gradients(a, h0, h, grad_h, grad_last, reverse, method)


@_linear_scan_backward.register_fake
def _(
    a: Tensor,
    h0: Tensor,
    h: Tensor,
    grad_h: Tensor,
    grad_last: Tensor,
    reset: Tensor | None,
    reverse: bool,
    method: str,
) -> tuple[Tensor, Tensor, Tensor]:
    return a.new_empty(a.shape), h.new_empty(h.shape), h0.new_empty(h0.shape)


def _gradients(
    a: Tensor, h0: Tensor, h: Tensor, grad_h: Tensor, grad_last: Tensor, reverse: bool, method: str
) -> tuple[Tensor, Tensor, Tensor]:
    first, last, earlier, later = ends(reverse)  # written for the forward scan
    a_wide, grad_wide = a.to(h0.dtype).expand(h.shape), grad_h.to(h0.dtype)
    # The conjugate of the whole equation has `a` without its conjugate, which saves a copy of `a`.
    g = grad_wide.conj_physical() if h.is_complex() else torch.empty_like(h, dtype=h0.dtype)
    source = g if h.is_complex() else grad_wide
    g[..., last, :] = source[..., last, :] + grad_last.conj()
    METHODS[method](
        a_wide[..., later, :], source[..., earlier, :], g[..., last, :], g[..., earlier, :], not reverse
    )
    if h.is_complex():
        g.conj_physical_()

    grad_a = torch.empty_like(g)
    torch.mul(g[..., later, :], h[..., earlier, :].conj(), out=grad_a[..., later, :])
    torch.mul(g[..., first, :], h0.conj(), out=grad_a[..., first, :])
    grad_a = grad_a.sum_to_size(a.shape)
    grad_h0 = a_wide[..., first, :].conj() * g[..., first, :]
    return grad_a.to(a.dtype), g.to(h.dtype), grad_h0.resolve_conj()


_linear_scan.register_autograd(_backward, setup_context=_setup_context)


class _Scan(torch.autograd.Function):
    """The operator with all its derivatives. Each of them is made of scans, so there is no last one."""

    @staticmethod
    def forward(
        a: Tensor, b: Tensor, h0: Tensor, reset: Tensor | None, reverse: bool, method: str
    ) -> tuple[Tensor, Tensor]:
        return _linear_scan(a, b, h0, reset, reverse, method)

    @staticmethod
    def setup_context(ctx, inputs, output) -> None:  # type: ignore[no-untyped-def]
        _setup_context(ctx, inputs, output)
        a, _, h0, reset, _, _ = inputs
        ctx.save_for_forward(a, h0, output[0], reset)

    @staticmethod
    def backward(ctx, grad_h: Tensor, grad_last: Tensor):  # type: ignore[no-untyped-def]
        if not more_than_first(grad_h, grad_last):
            return _backward(ctx, grad_h, grad_last)
        a, h0, h, reset = ctx.saved_tensors
        a_kept = a if reset is None else torch.where(reset.unsqueeze(-1), 0, a)
        first, last, earlier, later = ends(ctx.reverse)
        a_wide, grad_wide = a_kept.to(h0.dtype).expand(h.shape).conj(), grad_h.to(h0.dtype)
        g_last = grad_wide[..., last, :] + grad_last
        g, g_first = _run(
            a_wide[..., later, :], grad_wide[..., earlier, :], g_last, None, not ctx.reverse, ctx.method
        )
        g = joined(g, g_last, ctx.reverse)
        grad_a = g * before(h, h0, ctx.reverse).conj()
        if reset is not None:
            grad_a = torch.where(reset.unsqueeze(-1), 0, grad_a)
        if a.shape != h.shape:
            grad_a = grad_a.flatten(0, -2).sum(0)
        grad_h0 = a_wide[..., first, :] * g_first
        return grad_a.to(a.dtype), g.to(h.dtype), grad_h0, None, None, None

    @staticmethod
    def jvp(ctx, da, db, dh0, *_):  # type: ignore[no-untyped-def]
        """dh_t = a_t dh_{t-1} + (da_t h_{t-1} + db_t), a scan again."""
        *saved, reset = ctx.saved_tensors
        with primals(saved) as (a, h0, h):
            a_wide, da_wide = a.to(h0.dtype).expand(h.shape), da.to(h0.dtype)
            if reset is not None:
                da_wide = torch.where(reset.unsqueeze(-1), 0, da_wide)
            source = db.to(h0.dtype) + da_wide * before(h, h0, ctx.reverse)
            dh, dh_last = _run(a_wide, source, dh0, reset, ctx.reverse, ctx.method)
            return dh.to(h.dtype), dh_last

    @staticmethod
    def vmap(info, in_dims, a, b, h0, reset, reverse, method):  # type: ignore[no-untyped-def]
        """One more dimension in front: a scan takes any number of them."""
        a_dim, b_dim, h0_dim, reset_dim = in_dims[:4]
        shape = (info.batch_size, *(b.shape if b_dim is None else b.movedim(b_dim, 0).shape[1:]))

        def batched(x: Tensor, dim: int | None, shape: tuple[int, ...]) -> Tensor:
            return (x if dim is None else x.movedim(dim, 0)).expand(shape)

        if a_dim is not None and a.ndim == 2:  # a decay that holds at all steps, another for each sample
            a, a_dim = a.movedim(a_dim, 0).unflatten(0, (-1, *[1] * (len(shape) - 2))), 0
        if a_dim is not None or a.ndim > 1:
            a = batched(a, a_dim, shape)
        b, h0 = batched(b, b_dim, shape), batched(h0, h0_dim, shape[:-2] + shape[-1:])
        reset = None if reset is None else batched(reset, reset_dim, shape[:-1])
        return _run(a, b, h0, reset, reverse, method), (0, 0)

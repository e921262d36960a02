"""The scan as an operator of torch's, with all its derivatives.

Forward it runs one of METHODS. The gradient of a scan is a scan run backwards (`gradients`), and so are all
further derivatives (`_Scan`). What torch.compile may see of it is one step (`linear_scan`).
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
from minirnn.scan.derivatives import (
    batched,
    before,
    ends,
    joined,
    more_than_first,
    primals,
    taped,
    transformed,
)
from minirnn.scan.hillis_steele import hillis_steele
from minirnn.scan.log_space import log_space
from minirnn.scan.sequential import sequential

METHODS: dict[str, Callable[..., None]] = {
    "sequential": sequential,
    "hillis_steele": hillis_steele,
    "blelloch": blelloch,
    "blocked": blocked,
    "log_space": log_space,
}

# Not imported before it is used: it takes a second, and is not there on every system.
TRITON = find_spec("triton") is not None
TRITON_DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.complex64)


def fastest(b: Tensor) -> str:
    """The method that "auto" stands for where b is."""
    return "triton" if b.is_cuda and TRITON and b.dtype in TRITON_DTYPES else "blocked"


def check_triton(b: Tensor) -> None:
    """Raise ValueError unless the kernel can run where b is."""
    if not TRITON:
        raise ValueError(
            "scan: method 'triton' needs the package triton, which is not installed; use 'auto'."
        )
    if b.dtype not in TRITON_DTYPES:
        names = ", ".join(str(dtype) for dtype in TRITON_DTYPES)
        raise ValueError(f"scan: method 'triton' knows {names}, and b is {b.dtype}; use 'auto'.")
    if not b.is_cuda and os.environ.get("TRITON_INTERPRET") != "1":
        raise ValueError(f"scan: method 'triton' needs a GPU, and b is on {b.device}; use 'auto'.")


@cache
def say_that_triton_is_missing() -> None:
    """Warn, once, that a GPU is there and the kernel for it is not."""
    warnings.warn(
        "scan: the package triton is not installed, so scans on this GPU are many times slower than they "
        "could be; it comes with PyTorch's CUDA builds for Linux.",
        stacklevel=2,
    )


def run(
    a: Tensor, b: Tensor, h0: Tensor, reset: Tensor | None, reverse: bool, method: str
) -> tuple[Tensor, Tensor]:
    """h and h_last of `scan`, with all derivatives: its arguments checked, h0 in the dtype of the state.

    Of the methods the kernel alone knows resets; for all others they are zeros in a.
    """
    if b.numel() == 0:
        # A sum over nothing, so that gradients still exist.
        return b + 0 * a, h0.clone()
    if not torch.compiler.is_compiling():
        if not taped(a, b, h0) and not batched(a, b, h0):
            return linear_scan(a, b, h0, reset, reverse, method)  # without a node, so sooner
        return _Scan.apply(a, b, h0, reset, reverse, method)
    # torch.compile knows no class with a `jvp`. It sees the operator's first gradient, torch.func none of it.
    return (_loop if transformed() else linear_scan)(a, b, h0, reset, reverse, method)


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
def linear_scan(
    a: Tensor, b: Tensor, h0: Tensor, reset: Tensor | None, reverse: bool, method: str
) -> tuple[Tensor, Tensor]:
    """`run` with a first gradient, for b of one number or more."""
    if method == "triton":
        from minirnn.scan import triton_scan

        return triton_scan.forward(a, b, h0, reset, reverse)
    if b.is_cuda and not TRITON and method == "blocked":
        say_that_triton_is_missing()
    a_wide, b_wide = a.to(h0.dtype).expand(b.shape), b.to(h0.dtype)
    h = b_wide.new_empty(b.shape)
    METHODS[method](a_wide, b_wide, h0, h, reverse)
    return h.to(b.dtype), h[..., 0 if reverse else -1, :].clone()


@linear_scan.register_fake
def _(
    a: Tensor, b: Tensor, h0: Tensor, reset: Tensor | None, reverse: bool, method: str
) -> tuple[Tensor, Tensor]:
    return b.new_empty(b.shape), h0.new_empty(h0.shape)


def _setup_context(ctx, inputs, output) -> None:  # type: ignore[no-untyped-def]
    a, _, h0, reset, ctx.reverse, ctx.method = inputs
    ctx.save_for_backward(a, h0, output[0], reset)


def _backward(ctx, grad_h: Tensor, grad_last: Tensor):  # type: ignore[no-untyped-def]
    a, h0, h, reset = ctx.saved_tensors
    gradients = linear_scan_backward(a, h0, h, grad_h, grad_last, reset, ctx.reverse, ctx.method)
    return *gradients, None, None, None


@torch.library.custom_op("minirnn::linear_scan_backward", mutates_args=())
def linear_scan_backward(
    a: Tensor,
    h0: Tensor,
    h: Tensor,
    grad_h: Tensor,
    grad_last: Tensor,
    reset: Tensor | None,
    reverse: bool,
    method: str,
) -> tuple[Tensor, Tensor, Tensor]:
    """The gradients of a, b and h0, from those of h and h_last."""
    if method == "triton":
        from minirnn.scan import triton_scan

        return triton_scan.backward(a, h0, h, reset, grad_h, grad_last, reverse)
    return gradients(a, h0, h, grad_h, grad_last, reverse, method)


@linear_scan_backward.register_fake
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


def gradients(
    a: Tensor, h0: Tensor, h: Tensor, grad_h: Tensor, grad_last: Tensor, reverse: bool, method: str
) -> tuple[Tensor, Tensor, Tensor]:
    """The same by any method in METHODS: one scan in reverse, and two products."""
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


linear_scan.register_autograd(_backward, setup_context=_setup_context)


class _Scan(torch.autograd.Function):
    """The operator with all its derivatives. Each of them is made of scans, so there is no last one."""

    @staticmethod
    def forward(
        a: Tensor, b: Tensor, h0: Tensor, reset: Tensor | None, reverse: bool, method: str
    ) -> tuple[Tensor, Tensor]:
        return linear_scan(a, b, h0, reset, reverse, method)

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
        g, g_first = run(
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
            dh, dh_last = run(a_wide, source, dh0, reset, ctx.reverse, ctx.method)
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
        return run(a, b, h0, reset, reverse, method), (0, 0)

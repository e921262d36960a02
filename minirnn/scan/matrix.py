"""A scan whose decay is a matrix.

    h_t = A_t h_{t-1} + b_t

The pair (A, b) stands for the map h -> A h + b, and one map after another is again such a map,

    (A, b) then (A', b') = (A' A, A' b + b').

That is all a scan needs. Matrices do not commute, but then the later one just stands on the left. `tree_scan`
is for maps of any kind of which two make one: join the steps in pairs, solve the pairs, which are half as
many, and fill in the steps between. These are 2 log2(T) rounds of batched products. The price is work: to
join two maps costs n^3, where one step of a loop costs n^2.

The gradient is a scan run backwards, as in `minirnn.scan`:

    g_t = grad_t + A_{t+1}^T g_{t+1},    dL/db_t = g_t,    dL/dA_t = g_t h_{t-1}^T,    dL/dh_0 = A_1^T g_1.

Source: Blelloch, CMU-CS-90-190, 1990, section 1.4, where the operators are any that are associative.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from minirnn.scan.derivatives import before, ends, joined, primals
from minirnn.scan.pieces import must_be_whole

Maps = tuple[Tensor, ...]


def matrix_scan(A: Tensor, b: Tensor, h0: Tensor, *, reverse: bool = False) -> tuple[Tensor, Tensor]:
    """Solve `h_t = A_t h_{t-1} + b_t` for all t.

    Args:
        A: decay, `(..., time, n, n)`.
        b: input, `(..., time, n)`. All three are float32, or all float64.
        h0: state before the first step, `(..., n)`.
        reverse: run from the last step to the first, `h_t = A_t h_{t+1} + b_t`.

    Returns:
        `h (..., time, n)` and `h_last (..., n)`, the state after the final step: `h0` if there are no steps.
        Both are differentiable, any number of times.

    Raises:
        ValueError: shapes, dtypes or devices do not fit together, or time is cut over processes.

    The products of A that the tree forms can overflow where h itself would not.
    """
    must_be_whole("matrix_scan")
    _check(A, b, h0)
    if b.numel() == 0:
        # A sum over nothing, so that gradients still exist.
        return b + A.sum(-1), h0.clone()
    # torch.compile knows no class with a `jvp`, but it can tape the tree.
    h = (_run if torch.compiler.is_compiling() else _MatrixScan.apply)(A, b, h0, reverse)
    return h, h[..., 0 if reverse else -1, :]


def covariance_scan(A: Tensor, C: Tensor, Q: Tensor) -> Tensor:
    """Solve `P_t = C_t + A_t (I + P_{t-1} Q_t)^-1 P_{t-1} A_t^T` for all t, from P_0 = 0.

    This is how the covariance of a Kalman filter goes from step to step, and two such maps make one. (Särkkä
    and García-Fernández, arXiv 1905.13002, without the means.) Its gradient is taped.

    Args:
        A: `(..., time, n, n)`, like C and Q, which are symmetric and positive semidefinite.

    Returns:
        P `(..., time, n, n)`. Where numbers overflow it has no meaning, but nothing is raised.

    Raises:
        ValueError: time is cut over processes.
    """
    must_be_whole("covariance_scan")
    eye = torch.eye(A.shape[-1], dtype=A.dtype, device=A.device)

    def join(first: Maps, then: Maps) -> Maps:
        (A0, C0, Q0), (A1, C1, Q1) = first, then
        M = torch.linalg.inv_ex(eye + C0 @ Q1)[0]
        return A1 @ M @ A0, C1 + A1 @ M @ C0 @ A1.mT, Q0 + A0.mT @ Q1 @ M @ A0

    def act(step: Maps, P: Tensor) -> Tensor:
        A, C, Q = step
        return C + A @ torch.linalg.inv_ex(eye + P @ Q)[0] @ P @ A.mT

    return tree_scan(join, act, (A, C, Q), A.new_zeros(*A.shape[:-3], *eye.shape), A.ndim - 3)


def tree_scan(
    join: Callable[[Maps, Maps], Maps],
    act: Callable[[Maps, Tensor], Tensor],
    maps: Maps,
    start: Tensor,
    dim: int,
) -> Tensor:
    """All states s_t = act(map_t, s_{t-1}), s_0 = `start`.

    maps: tensors that together hold one map for each step; time is their dimension `dim`, as in the result.
    join: maps, and the maps right after each of them -> both in one.
    """
    seq_len = maps[0].shape[dim]

    def every_second(begin: int, end: int | None = None) -> tuple[Tensor, ...]:
        return tuple(m[(*[slice(None)] * dim, slice(begin, end, 2))] for m in maps)

    if seq_len < 2:
        return act(maps, start.unsqueeze(dim).narrow(dim, 0, seq_len))
    odd = tree_scan(join, act, join(every_second(0, seq_len - 1), every_second(1)), start, dim)
    before = torch.cat([start.unsqueeze(dim), odd.narrow(dim, 0, (seq_len - 1) // 2)], dim)
    even = act(every_second(0), before)
    pairs = torch.stack([even.narrow(dim, 0, seq_len // 2), odd], dim + 1)
    states = pairs.reshape(*pairs.shape[:dim], -1, *pairs.shape[dim + 2 :])
    return states if seq_len % 2 == 0 else torch.cat([states, even.narrow(dim, seq_len // 2, 1)], dim)


def _run(A: Tensor, b: Tensor, h0: Tensor, reverse: bool) -> Tensor:
    if reverse:
        return _run(A.flip(-3), b.flip(-2), h0, False).flip(-2)
    return tree_scan(_join, _act, (A, b), h0, b.ndim - 2)


def _join(first: Maps, then: Maps) -> Maps:
    return then[0] @ first[0], _act(then, first[1])


def _act(step: Maps, h: Tensor) -> Tensor:
    A, b = step
    return b + _apply(A, h)


def _apply(A: Tensor, v: Tensor) -> Tensor:
    return (A @ v.unsqueeze(-1)).squeeze(-1)


class _MatrixScan(torch.autograd.Function):
    """The scan without a tape: A and h are kept, and each of its derivatives is made of such scans."""

    @staticmethod
    def forward(A: Tensor, b: Tensor, h0: Tensor, reverse: bool) -> Tensor:
        return _run(A, b, h0, reverse)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        A, _, h0, ctx.reverse = inputs
        ctx.save_for_backward(A, h0, output)
        ctx.save_for_forward(A, h0, output)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:
        A, h0, h = ctx.saved_tensors
        first, last, earlier, later = ends(ctx.reverse)  # written for the forward scan
        At, g_last = A.mT, grad[..., last, :]
        g, g_first = matrix_scan(At[..., later, :, :], grad[..., earlier, :], g_last, reverse=not ctx.reverse)
        g, grad_h0 = joined(g, g_last, ctx.reverse), _apply(At[..., first, :, :], g_first)
        return g.unsqueeze(-1) * before(h, h0, ctx.reverse).unsqueeze(-2), g, grad_h0, None

    @staticmethod
    def jvp(ctx: Any, dA: Tensor, db: Tensor, dh0: Tensor, _: None) -> Tensor:
        """dh_t = A_t dh_{t-1} + (dA_t h_{t-1} + db_t)."""
        with primals(ctx.saved_tensors) as (A, h0, h):
            source = db + _apply(dA, before(h, h0, ctx.reverse))
            return matrix_scan(A, source, dh0, reverse=ctx.reverse)[0]

    @staticmethod
    def vmap(info: Any, in_dims: tuple[Any, ...], *args: Any) -> tuple[Tensor, int]:
        """One more dimension in front: a scan takes any number of them."""
        *tensors, reverse = args
        A, b, h0 = (
            x.expand(info.batch_size, *x.shape) if dim is None else x.movedim(dim, 0)
            for x, dim in zip(tensors, in_dims, strict=False)
        )
        return matrix_scan(A, b, h0, reverse=reverse)[0], 0


def _check(A: Tensor, b: Tensor, h0: Tensor) -> None:
    if b.ndim < 2:
        raise ValueError(f"matrix_scan: b has shape {tuple(b.shape)}; it needs (..., time, n).")
    n = b.shape[-1]
    for name, x, shape in [("A", A, (*b.shape, n)), ("h0", h0, (*b.shape[:-2], n))]:
        if x.shape != shape:
            raise ValueError(
                f"matrix_scan: {name} has shape {tuple(x.shape)} and b has {tuple(b.shape)}; "
                f"{name} needs {tuple(shape)}."
            )
        if x.dtype != b.dtype or x.device != b.device:
            raise ValueError(
                f"matrix_scan: {name} is {x.dtype} on {x.device} and b is {b.dtype} on {b.device}; "
                "they need to be the same."
            )
    if b.dtype not in (torch.float32, torch.float64):
        raise ValueError(f"matrix_scan: b is {b.dtype}; it needs to be torch.float32 or torch.float64.")

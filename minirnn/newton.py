"""A nonlinear RNN, solved for all its states at once by a sequence of scans.

A guess h' of the states of h_t = f(h_{t-1}, x_t) leaves residuals r_t = f(h'_{t-1}, x_t) - h'_t. Linearise f
around the guess, at all t in parallel. The correction e = h - h' then follows a linear recurrence, a scan,

    e_t = A_t e_{t-1} + r_t,    h_t = f(h'_{t-1}, x_t) + A_t e_{t-1},

and h is the next guess. Repeat until the residuals vanish. The methods differ in the matrix A_t:

    deer         J_t = df/dh at (h'_{t-1}, x_t): Newton's method, quadratic near the solution
    quasi-deer   the diagonal of J_t: more iterations, but the scan is one of vectors
    elk          (1 - k) (I + k S_t)^-1 J_t, S_t = J_t P_{t-1} J_t^T: damped where errors grow along time
    quasi-elk    the same with the diagonal of J_t

P_t = (1 - k) (I + k S_t)^-1 (I + S_t), P_0 = 0, is the covariance in a Kalman filter. Its model is the
linearised f with unit noise, and it observes the guess, with noise (1 - k) / k. P is a scan too. For k = 0
elk is deer; for k = 1 nothing is passed on, which is plain substitution.

Whatever A_t is, the first i states are exact after i iterations, as e stays 0 there. So T iterations always
suffice. It takes few where f forgets its past, and nearly all where f is chaotic.

Sources. deer: Lim et al., arXiv 2309.12252. The others: Gonzalez et al., arXiv 2407.19115. One form for all:
Gonzalez et al., arXiv 2509.21716. The elk of the paper is a Levenberg-Marquardt step, the mean of
a Kalman smoother; its released code takes the mean of the filter. Ours is the filter's without its last term,
minus the gain times r_t, which draws h_t back to the guess: with it, no state would ever be exact.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.func import jacrev, vjp, vmap

from minirnn.scan import scan
from minirnn.scan.derivatives import batched, by_steps, once, transformed
from minirnn.scan.matrix import covariance_scan, matrix_scan
from minirnn.scan.pieces import must_be_whole

METHODS = ("deer", "quasi-deer", "elk", "quasi-elk")
ONCE = (
    "newton.solve: the gradient of its trajectory can be differentiated no further here; torch.func "
    "(grad, jvp, hessian) can, and so can a loop over time."
)
Step = Callable[[Tensor, Tensor], Tensor]
TOLERANCE = {torch.float32: 1e-5, torch.float64: 1e-10}


@dataclass(frozen=True)
class Solution:
    """What `solve` found, and how far to trust it.

    h: (batch, time, d), the trajectory, differentiable.
    converged: the last residual is within the tolerance. If False, h is only the last guess.
    iterations: how many there were.
    residuals: max |f(h_{t-1}, x_t) - h_t| / max(1, |h_t|) after each: the last is that of h; it may be
        infinite. That is what single steps leave; along time such errors add up, or grow where f forgets
        nothing.
    error: how far h is from the trajectory, to first order: max |e_t| / max(1, |h_t|), e the correction that
        one more step of Newton's would make (with the quasi methods by the diagonal alone, a mere guess). It
        is within the tolerance, or where no more steps made it smaller: rounding, many times over. inf where
        h has not converged.
    repaired: how many iterations led a state out of the range of numbers. Such states were put back to h0.
    exact_gradient: the gradient of h is that of backpropagation through time.
    """

    h: Tensor
    converged: bool
    iterations: int
    residuals: tuple[float, ...]
    error: float
    repaired: int
    exact_gradient: bool


def solve(
    f: Step,
    x: Tensor,
    h0: Tensor,
    method: str = "deer",
    *,
    damping: float = 0.01,
    tolerance: float | None = None,
    max_iterations: int | None = None,
    exact_gradient: bool = True,
) -> Solution:
    """Find all states of h_t = f(h_{t-1}, x_t). The first guess is h0 at every step.

    Args:
        f: one step of one sample, h (d,), x_t (d_in,) -> h (d,), of operations that `torch.func` can batch
            and differentiate. Gradients reach x, h0 and whatever f refers to.
        x: inputs, `(batch, time, d_in)`.
        h0: state before the first step, `(batch, d)`, float32 or float64.
        method: a name in `METHODS`.
        damping: the k of elk and quasi-elk, from 0 to 1.
        tolerance: for the residual, and for the error as far as rounding lets it; 1e-5 in float32 and 1e-10
            in float64 if absent.
        max_iterations: as many as there are steps if absent, which always suffices.
        exact_gradient: for the quasi methods. True costs one full Jacobian, (batch, time, d, d), and a scan
            of matrices backwards. With False the gradient is approximate: by the diagonal.

    Under `torch.func` and in forward mode nothing may depend on numbers, so f runs step by step there: all
    derivatives are right, and the solution says that it has converged, with no residuals.

    Raises:
        ValueError: shapes or dtypes do not fit together, an argument is out of range, or time is cut over
            processes.
        RuntimeError: a second derivative is asked for, other than by `torch.func`.
    """
    must_be_whole("newton.solve")
    _check(x, h0, method, damping, max_iterations)
    if transformed() and x.shape[1]:
        h = by_steps(lambda x_t, state: (f_h := vmap(f)(state[0], x_t), (f_h,)), x, (h0,), None)[0]
        return Solution(h, True, x.shape[1], (), 0.0, 0, True)
    h = h0.detach().unsqueeze(1).expand(-1, x.shape[1], -1)
    if h.numel() == 0:
        return Solution(h, True, 0, (), 0.0, 0, True)
    tolerance = TOLERANCE[h.dtype] if tolerance is None else tolerance
    most = x.shape[1] if max_iterations is None else max_iterations
    diagonal = method.startswith("quasi")
    residuals, repaired, error = list[float](), 0, math.inf
    with torch.no_grad():
        f_h, A = _linearise(f, _before(h, h0), x, diagonal)
        while True:
            # An exact state has no error to pass on. A = 0 says so: 0 times an infinite slope, or times an
            # overflow of products, would not be 0.
            exact = (f_h == h).all(-1).cumprod(1).bool()
            after = torch.cat([torch.ones_like(exact[:, :1]), exact[:, :-1]], 1)
            step = A.masked_fill(after.view(*after.shape, *[1] * (A.ndim - 2)), 0)
            close = bool(residuals) and residuals[-1] <= tolerance
            if method.endswith("elk") and not close:
                step = _damp(step, damping)
            e = _linear_scan(step, f_h - h)
            if close:  # so close that e is what is missing: go on as long as that pays
                error, last = _largest(e, h), error
                if not tolerance < error < last / 2:
                    break
            if len(residuals) == most:
                break
            guess = f_h + _apply(step, _before(e, torch.zeros_like(h0)))
            usable = guess.isfinite().all(-1, keepdim=True)
            guess = torch.where(usable, guess, h0.unsqueeze(1))
            f_guess, A_guess = _linearise(f, _before(guess, h0), x, diagonal)
            residual = _largest(f_guess - guess, guess)
            if close and residual > tolerance:
                break
            h, f_h, A = guess, f_guess, A_guess
            residuals.append(residual)
            repaired += not bool(usable.all())
    converged = residuals[-1] <= tolerance
    before = _before(h, h0.detach())
    f_h = vmap(f)(before.flatten(0, 1), x.flatten(0, 1)).view_as(h)
    if torch.is_grad_enabled() and (f_h.requires_grad or h0.requires_grad):
        J = _linearise(f, before, x, False)[1] if diagonal and exact_gradient else A
        h = _Implicit.apply(h, J, f_h, h0, f, before, x.detach())
    is_exact = converged and (exact_gradient or not diagonal)
    return Solution(h, converged, len(residuals), tuple(residuals), error, repaired, is_exact)


class _Implicit(torch.autograd.Function):
    """h as it is, with the gradient of its equation h_t = f(h_{t-1}, x_t) instead of that of the iterations.

    If the equation holds before and after a small change of f by df_t, h moves by dh_t = J_t dh_{t-1} + df_t.
    The transpose of this is backpropagation through time: g_t = grad_t + J_{t+1}^T g_{t+1}, dL/df_t = g_t.
    """

    @staticmethod
    def forward(  # type: ignore[no-untyped-def]
        ctx, h: Tensor, J: Tensor, f_h: Tensor, h0: Tensor, f: Step, before: Tensor, x: Tensor
    ) -> Tensor:
        h = h.clone()
        ctx.save_for_backward(J, before, x, h)
        ctx.f = f
        return h

    @staticmethod
    def backward(ctx, grad: Tensor) -> tuple[Tensor | None, ...]:  # type: ignore[no-untyped-def]
        J, before, x, h = ctx.saved_tensors
        with torch.no_grad():
            J = J.mT if J.ndim == 4 else J
            # The state of this scan is J_t^T g_t: what reaches h_{t-1}, and at last h0.
            back = _linear_scan(J, _apply(J, grad), reverse=True)
            if J.ndim == 4 and not bool((J if batched(grad) else back).isfinite().all()):
                back = _through_time(ctx.f, before, x, grad)
            grad_f, grad_h0 = torch.cat([grad[:, :-1] + back[:, 1:], grad[:, -1:]], 1), back[:, 0]
        if torch.is_grad_enabled():  # J, too, depends on everything, which is not in the formula
            grad_f, grad_h0 = (once(z, ONCE, grad, h) for z in (grad_f, grad_h0))
        return None, None, grad_f, grad_h0, None, None, None


def _through_time(f: Step, before: Tensor, x: Tensor, grad: Tensor) -> Tensor:
    """J_t^T g_t by f's own gradient, step by step: a product of matrices makes 0 times infinity of its parts
    that have nothing to do with each other, or overflows where the gradient itself does not.
    """
    reached = [torch.zeros_like(grad[:, 0])]
    for t in reversed(range(grad.shape[1])):
        (back,) = vjp(lambda h, t=t: vmap(f)(h, x[:, t]), before[:, t])[1](grad[:, t] + reached[-1])
        reached.append(back)
    return torch.stack(reached[:0:-1], 1)


def _check(x: Tensor, h0: Tensor, method: str, damping: float, max_iterations: int | None) -> None:
    if x.ndim != 3 or h0.ndim != 2 or x.shape[0] != h0.shape[0]:
        shapes = f"x has shape {tuple(x.shape)} and h0 {tuple(h0.shape)}"
        raise ValueError(f"{shapes}, expected (batch, time, d_in) and (batch, d)")
    if h0.dtype not in TOLERANCE or x.dtype != h0.dtype:
        raise ValueError(f"x has dtype {x.dtype} and h0 {h0.dtype}, expected both float32 or both float64")
    if method not in METHODS:
        raise ValueError(f"method is {method!r}, expected one of {', '.join(METHODS)}")
    if not 0 <= damping <= 1:
        raise ValueError(f"damping is {damping}, expected a number from 0 to 1")
    if max_iterations is not None and max_iterations < 1:
        raise ValueError(f"max_iterations is {max_iterations}, expected at least 1")


@torch.no_grad()
def _linearise(f: Callable[..., Tensor], h: Tensor, x: Tensor, diagonal: bool) -> tuple[Tensor, Tensor]:
    """f(h_t, x_t) (batch, time, d) and its Jacobian (batch, time, d, d), or the diagonal of that."""

    def twice(h_t: Tensor, x_t: Tensor) -> tuple[Tensor, Tensor]:
        f_h = f(h_t, x_t)
        if f_h.shape != h_t.shape or f_h.dtype != h_t.dtype:
            have, want = (f"{tuple(z.shape)} {z.dtype}" for z in (f_h, h_t))
            raise ValueError(f"f gives {have} for a state {want}, expected the same")
        return f_h, f_h

    def one(h_t: Tensor, x_t: Tensor) -> tuple[Tensor, Tensor]:
        J, f_h = jacrev(twice, has_aux=True)(h_t, x_t)
        return f_h, torch.diagonal(J) if diagonal else J

    f_h, J = vmap(one)(h.flatten(0, 1), x.flatten(0, 1))
    return f_h.view_as(h), J.unflatten(0, h.shape[:2])


def _largest(error: Tensor, h: Tensor) -> float:
    """max |error| / max(1, |h|), inf where it is no number."""
    return float((error / h.abs().clamp(min=1)).abs().max().nan_to_num(math.inf, math.inf))


def _damp(J: Tensor, k: float) -> Tensor:
    """The A_t of elk. A diagonal J is d filters of one dimension."""
    if J.ndim == 3:
        return _damp(J.mT.flatten(0, 1)[..., None, None], k).view(J.mT.shape).mT
    eye = torch.eye(J.shape[-1], dtype=J.dtype, device=J.device)
    P = covariance_scan((1 - k) * J, (1 - k) * eye.expand_as(J), k * J.mT @ J)
    S = J @ _before(P, torch.zeros_like(J[:, 0])) @ J.mT
    return (1 - k) * torch.linalg.inv_ex(eye + k * S)[0] @ J


def _before(h: Tensor, h0: Tensor) -> Tensor:
    """h_{t-1} at every t, h (batch, time, ...)."""
    return torch.cat([h0.unsqueeze(1), h[:, :-1]], 1)


# Matrices are (batch, time, d, d), and diagonal ones (batch, time, d).
def _linear_scan(A: Tensor, b: Tensor, reverse: bool = False) -> Tensor:
    run = matrix_scan if A.ndim == 4 else scan
    return run(A, b, torch.zeros_like(b[:, 0]), reverse=reverse)[0]


def _apply(A: Tensor, v: Tensor) -> Tensor:
    return (A @ v.unsqueeze(-1)).squeeze(-1) if A.ndim == 4 else A * v

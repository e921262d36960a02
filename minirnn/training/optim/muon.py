"""Muon: momentum whose every direction counts the same.

    M = mu M + G,    U = orthogonalise(G + mu M),    W = (1 - lr wd) W - lr sqrt(max(1, rows / columns)) U

A gradient matrix is usually dominated by a few directions. Replacing `M = P diag(s) Q^T` by `P Q^T` lets
the weak directions learn as fast as the strong ones. The exact factors would need a singular value
decomposition; five rounds of a polynomial do nearly as well, with matrix products alone:

    X = M / |M|,    A = X X^T,    X = c0 X + (c1 A + c2 A^2) X,    (c0, c1, c2) = (3.4445, -4.7750, 2.0315).

The polynomial works on each singular value by itself and pushes it to between about 0.7 and 1.2; its
slope at zero is made as steep as possible, which is why it does not settle at exactly one.

For matrices inside a network only. Embeddings, gains and biases belong to AdamW.

Source: Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks". `torch.optim.Muon` is
the same rule; this one handles equal shapes together and stays in float32, both faster on a CPU.
"""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonalise(matrices: Tensor, rounds: int = 5) -> Tensor:
    """Bring all singular values near one, keeping their directions. `(..., rows, columns)`, floating."""
    c0, c1, c2 = COEFFICIENTS
    x = matrices.flatten(0, -3) if matrices.ndim > 2 else matrices.unsqueeze(0)
    tall = x.shape[-2] > x.shape[-1]
    x = x.mT if tall else x
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(rounds):
        a = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(a, a, a, beta=c1, alpha=c2), x, beta=c0)
    return (x.mT if tall else x).reshape(matrices.shape)


class Muon(torch.optim.Optimizer):
    """Muon for parameters of two or more dimensions; the last two are the matrix, others are a stack of them.

    lr: step size, in units of a matrix with singular values of one. momentum: `mu` above. weight_decay:
    decoupled, `wd` above. Raises ValueError for a parameter that is no matrix.

    As in torch's fused optimisers, `found_inf` may be set to a tensor of shape (): where it is 1, a step
    leaves the weights and their momentum as they are, and the host need not know of it.
    """

    found_inf: Tensor | None = None

    def __init__(
        self, params: Iterable[Tensor], lr: float = 0.02, momentum: float = 0.95, weight_decay: float = 0.0
    ) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})
        for group in self.param_groups:
            for p in group["params"]:
                if p.ndim < 2:
                    raise ValueError(f"Muon needs matrices, but got a parameter of shape {tuple(p.shape)}.")

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:  # type: ignore[override]
        """Update all parameters that have a gradient. Gives what `closure`, if any, returns."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            by_shape: dict[torch.Size, list[Tensor]] = {}
            for p in group["params"]:
                if p.grad is not None:
                    by_shape.setdefault(p.shape, []).append(p)
            for shape, parameters in by_shape.items():
                wanted = torch.stack([self._wanted(p, group["momentum"]) for p in parameters])
                step = group["lr"] * max(1.0, shape[-2] / shape[-1]) ** 0.5
                for p, direction in zip(parameters, orthogonalise(wanted), strict=True):
                    after = self._draft(p)
                    after.mul_(1 - group["lr"] * group["weight_decay"]).add_(direction, alpha=-step)
                    self._keep(p, after)
        return loss

    def _wanted(self, p: Tensor, momentum: float) -> Tensor:
        """The gradient after Nesterov's momentum."""
        assert p.grad is not None
        state = self.state[p]
        if not state:
            state["momentum_buffer"] = torch.zeros_like(p)
        buffer: Tensor = state["momentum_buffer"]
        after = self._draft(buffer).mul_(momentum).add_(p.grad)
        self._keep(buffer, after)
        return p.grad.add(after, alpha=momentum)

    def _draft(self, old: Tensor) -> Tensor:
        """What to work on in place: `old` itself, or a copy where the step may be one to leave out."""
        return old if self.found_inf is None else old.clone()

    def _keep(self, old: Tensor, draft: Tensor) -> None:
        if self.found_inf is not None:
            old.copy_(torch.where(self.found_inf > 0, old, draft))

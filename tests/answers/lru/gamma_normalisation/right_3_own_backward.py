# verdict: right
# what: Defines an autograd.Function with the gradient written by hand.
# diagnosis: none
import torch
from torch import Tensor


class _Gamma(torch.autograd.Function):
    @staticmethod
    def forward(ctx, nu_log):
        nu = torch.exp(nu_log)
        gamma = torch.sqrt(-torch.expm1(-2 * nu))
        ctx.save_for_backward(nu, gamma)
        return gamma

    @staticmethod
    def backward(ctx, grad):
        nu, gamma = ctx.saved_tensors
        return grad * nu * torch.exp(-2 * nu) / gamma


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    return _Gamma.apply(nu_log)

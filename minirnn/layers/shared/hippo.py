"""HiPPO: eigenvalues that let a state hold a whole past, as coefficients of Legendre polynomials.

    A_nk = -sqrt((2n+1)(2k+1)) for n > k,   -(n+1) for n = k,   0 for n < k;      P_n = sqrt(n + 1/2)
    A + P P^T = V diag(Lambda) V^*

(Gu et al. 2020, arXiv 2008.07669; Gu et al. 2022, "S4", arXiv 2111.00396, theorem 1.) The sum is -1/2 on the
diagonal plus a skew-symmetric matrix, hence Re Lambda = -1/2.
"""

import torch
from torch import Tensor


def hippo_normal(d_state: int) -> tuple[Tensor, Tensor]:
    """The normal part of HiPPO-LegS: Lambda (d_state/2,) and V (d_state, d_state/2), complex128.

    Of each conjugate pair the one with Im Lambda > 0, in rising order. d_state is even.
    """
    n = torch.arange(d_state, dtype=torch.float64)
    root = torch.sqrt(2 * n + 1)
    A = -torch.tril(root[:, None] * root, -1) - torch.diag(n + 1)
    P = torch.sqrt(n + 0.5)
    skew = A + P[:, None] * P + 0.5 * torch.eye(d_state, dtype=torch.float64)
    # -i times a skew-symmetric matrix is Hermitian, and has the frequencies for eigenvalues.
    frequency, V = torch.linalg.eigh(-1j * skew)
    upper = frequency[d_state // 2 :]
    return torch.complex(torch.full_like(upper, -0.5), upper), V[:, d_state // 2 :]

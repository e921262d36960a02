# verdict: right
# what: Stacks cosine and sine parts and looks at the pair as a complex number.
# diagnosis: none
import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    phase = theta_log.exp()
    parts = torch.stack([phase.cos(), phase.sin()], dim=-1)
    return torch.view_as_complex(nu_log.exp().neg().exp().unsqueeze(-1) * parts)

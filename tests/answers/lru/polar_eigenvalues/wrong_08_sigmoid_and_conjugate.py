# verdict: wrong
# what: Two errors: the size is sigmoid(-nu_log) (another way to stay below 1), and the phase turns in the negative direction.
# diagnosis: The size is exp(-exp(nu_log)), not a sigmoid, and +i exp(theta_log) turns counterclockwise.
# told: mistake sigmoid_for_size
import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    magnitude = torch.sigmoid(-nu_log)
    angle = theta_log.exp()
    return torch.complex(magnitude * angle.cos(), -magnitude * angle.sin())

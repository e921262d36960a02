# verdict: right
# what: Factors 1 - r ** 2 = (1 - r)(1 + r), with expm1 for the first factor, and takes the root of each.
# diagnosis: none
import math  # noqa: F401

import numpy as np  # noqa: F401
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    minus_nu = nu_log.exp().neg()
    below, above = torch.expm1(minus_nu).neg(), torch.exp(minus_nu).add(1)
    return below.pow(0.5) * above.pow(0.5)

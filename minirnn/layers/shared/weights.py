"""How weights start.

A linear map `y = W x` keeps the variance of its input when its weights have variance 1/fan-in
(LeCun et al. 1998, "Efficient BackProp", section 4.6): that is how every map here starts.
"""

import math

import torch
from torch import nn


def linear(d_in: int, d_out: int) -> nn.Linear:
    """A linear map without bias whose weights are normal with variance 1/d_in."""
    layer = nn.Linear(d_in, d_out, bias=False)
    nn.init.normal_(layer.weight, std=1 / math.sqrt(d_in))
    return layer


def uniform(bound: float, *shape: int) -> nn.Parameter:
    """A parameter of this shape, uniform in [-bound, bound]."""
    return nn.Parameter(torch.empty(shape).uniform_(-bound, bound))

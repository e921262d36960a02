"""Complex states between real inputs and outputs, without a complex product.

    b = B x       x is real: the real and the imaginary rows of B, side by side, make one real product
    y = Re(C h)   = Re(C) Re(h) - Im(C) Im(h), a real product too. Mind the minus.

Outside a layer a complex number is a pair of real ones, the last dimension of a weight or state: so every
dtype, optimiser and file format can hold it.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from minirnn.layers.shared.precision import state_dtype


def as_complex(pairs: Tensor) -> Tensor:
    """Real and imaginary parts (..., 2), in any memory layout -> complex (...), never below complex64.

    torch.view_as_complex saves the copy, but wants the two side by side and at an even place. A graph cannot
    be asked where that is.
    """
    pairs = pairs.to(state_dtype(pairs.dtype))
    if not torch.compiler.is_compiling() and pairs.is_contiguous() and pairs.storage_offset() % 2 == 0:
        return torch.view_as_complex(pairs)
    return torch.complex(*pairs.unbind(-1))


def enter(B: Tensor, x: Tensor) -> Tensor:
    """B x, complex (..., d_state), for B (d_state, 2, d_in), its parts in the middle, and x (..., d_in)."""
    b = F.linear(x, B.flatten(0, 1).to(x.dtype)).to(state_dtype(x.dtype))
    return torch.view_as_complex(b.unflatten(-1, (-1, 2)))


def read(C: Tensor, h: Tensor, dtype: torch.dtype) -> Tensor:
    """Re(C h), (..., d_out) in `dtype`, for C (d_out, d_state, 2) and complex h (..., d_state)."""
    rows = torch.stack([C[..., 0], -C[..., 1]], -1).flatten(1)
    return F.linear(torch.view_as_real(h).flatten(-2).to(dtype), rows.to(dtype))

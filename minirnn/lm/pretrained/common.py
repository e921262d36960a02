"""What the files of the architectures share: the shape of `names`, a check of config.json, a convolution."""

from collections.abc import Callable
from typing import Any

from torch import Tensor

from minirnn.base.errors import UsageError

# Our parameter's name -> the name or names of the tensors it is made from, and how (None: as it is).
Names = dict[str, tuple[str | tuple[str, ...], Callable[..., Tensor] | None]]


def expect(config: dict[str, Any], **values: Any) -> None:
    """Raise UsageError unless each of these keys of config.json is missing or has this one value."""
    for name, value in values.items():
        if name in config and config[name] != value:
            raise UsageError(
                f"config.json says {name} = {config[name]!r}, but minirnn has this model with {value!r} only."
            )


def channels_last(weight: Tensor) -> Tensor:
    """The weights of a convolution by channel: (dim, 1, width) -> (width, dim)."""
    return weight.squeeze(1).t()

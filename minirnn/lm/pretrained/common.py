"""What the files of all architectures share: the shape of their `names`, and a check of config.json."""

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

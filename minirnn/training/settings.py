"""What to train and how: what was asked for, and what holds.

A `TrainConfig` is what somebody asks for; None in it means "as the preset does it". `resolve` makes
`Settings` of it, in which nothing is None: the gaps are filled from the preset's recipe before the run
starts. The run folder keeps the settings, so that a later change of a recipe changes no run that exists.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

import torch

from minirnn.base.errors import UsageError, UserError
from minirnn.base.run_folder import CONFIG, read_config
from minirnn.lm import preset_config
from minirnn.presets import PRESETS

DEFAULT_MINUTES = 2.0
# So that no share of a run becomes zero by rounding: two thousand years, and a billion steps.
MOST = {"minutes": 1e9, "steps": 10**9}


@dataclass(frozen=True)
class TrainConfig:
    """What is asked of a run; None stands for the preset's own value.

    Give minutes (wall-clock from the first step on, with validation and checkpoints, without compiling) or
    steps.
    batch: streams side by side. seq_len: tokens in a window. width, depth: of the model. lr: the peak.
    carry: whether the state goes on from window to window. keep_best: end with the weights of the best
    estimate of the validation loss instead of the last ones. compiled: on a CUDA device, compile the model
    and calculate in bfloat16.
    """

    corpus: str = "pydoc"
    tokens: Literal["chars", "bytes"] = "chars"
    preset: str = "hawk"
    minutes: float | None = None
    steps: int | None = None
    seed: int = 0
    device: str = "auto"
    batch: int | None = None
    seq_len: int | None = None
    width: int | None = None
    depth: int | None = None
    lr: float | None = None
    carry: bool | None = None
    keep_best: bool | None = None
    compiled: bool | None = None


@dataclass(frozen=True)
class Length:
    """How long a run is, from its beginning: so many steps, or so many minutes."""

    amount: float
    unit: Literal["steps", "minutes"]

    def share(self, step: int, seconds: float) -> float:
        """The share of the run that is done after so many steps and seconds, 0 to 1."""
        return min(1.0, step / self.amount if self.unit == "steps" else seconds / (60 * self.amount))

    def __str__(self) -> str:
        return f"{self.amount:,} steps" if self.unit == "steps" else f"{self.amount:g} minutes"


@dataclass(frozen=True)
class Settings:
    """What holds for a run: the fields of TrainConfig, all decided."""

    corpus: str
    tokens: Literal["chars", "bytes"]
    preset: str
    length: Length
    seed: int
    device: str
    batch: int
    seq_len: int
    width: int
    depth: int
    lr: float
    carry: bool
    keep_best: bool
    compiled: bool

    def stored(self) -> dict[str, Any]:
        """As config.json has it under `train`: with minutes and steps, one of which is None."""
        stored = asdict(self) | {"minutes": None, "steps": None, self.length.unit: self.length.amount}
        del stored["length"]
        return {field.name: stored[field.name] for field in fields(TrainConfig)}


def resolve(config: TrainConfig) -> Settings:
    """Fill in the preset's values. Raises UsageError for a number or a name that cannot be meant."""
    check_numbers(config)
    # The size of the vocabulary, not yet known, changes neither width nor depth.
    model = preset_config(config.preset, 256, d_model=config.width, n_layers=config.depth)
    defaults = asdict(PRESETS[config.preset].recipe) | {"width": model.d_model, "depth": model.n_layers}
    given = {name: value for name, value in asdict(config).items() if value is not None}
    return _settings(defaults | given)


def _settings(stored: dict[str, Any]) -> Settings:
    """The settings that `stored` names, with the one of steps and minutes that it has, as their length."""
    others = {name: value for name, value in stored.items() if name not in ("steps", "minutes")}
    return Settings(**others, length=asked_length(stored.get("steps"), stored.get("minutes")))


def asked_length(steps: int | None, minutes: float | None) -> Length:
    """The length that is asked for; DEFAULT_MINUTES if none is."""
    if steps is not None:
        return Length(steps, "steps")
    return Length(DEFAULT_MINUTES if minutes is None else minutes, "minutes")


def check_numbers(config: TrainConfig) -> None:
    """Raise UsageError for a number that cannot be meant."""
    if config.minutes is not None and config.steps is not None:
        raise UsageError("Give --minutes or --steps, not both.")
    for name in ("minutes", "steps", "batch", "seq_len", "width", "depth", "lr"):
        value = getattr(config, name)
        if value is not None and not 0 < value < math.inf:
            raise UsageError(f"--{name.replace('_', '-')} must be above 0, but it is {value}.")
        if value is not None and value > MOST.get(name, math.inf):
            raise UsageError(f"--{name} must be at most {MOST[name]:,.0f}, but it is {value}.")
    if not 0 <= config.seed < 1 << 63:
        raise UsageError(f"--seed must be 0 or more and below 2^63, but it is {config.seed}.")


def stored_settings(run_dir: Path, asked: TrainConfig) -> Settings:
    """The settings a run was begun with, which win over those asked for now (but for the device)."""
    stored = read_config(run_dir)["train"]
    if stored.keys() != {field.name for field in fields(TrainConfig)}:
        raise UserError(f"{run_dir / CONFIG} has other training settings than this version of minirnn knows.")
    settings = _settings(stored)
    return replace(settings, device=asked.device) if asked.device != "auto" else settings


def differing(asked: TrainConfig, settings: Settings, but: set[str]) -> list[str]:
    """What is asked for, says no default, and is not as in `settings`; `but` these names."""
    has = settings.stored()
    return [
        f"{field.name} {getattr(asked, field.name)} (it has {has[field.name]})"
        for field in fields(TrainConfig)
        if getattr(asked, field.name) not in (field.default, has[field.name]) and field.name not in but
    ]


def choose_device(name: str) -> torch.device:
    """The device of that name; "auto" is the first of cuda, mps and cpu that is there. Raises UsageError."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name == "auto":
        name = next(device for device in there if there[device])
    if name not in there:
        raise UsageError(f"Unknown device {name!r}: use auto, cpu, cuda or mps.")
    if not there[name]:
        raise UsageError(f"This torch finds no {name} device here: use --device auto or --device cpu.")
    return torch.device(name)

"""Checkpoints of published models, read into our own layers.

    model = load("mamba-130m-hf")        a folder with config.json and model.safetensors, sharded or not
    logits, state = model(tokens)        the contract of every language model here

One file for each architecture, with two functions: `build(config)` makes the model, with any weights, and
`names(config)` says from which tensors of the checkpoint each of its parameters is made. Only safetensors are
read: they hold numbers, while a pickled checkpoint is a program that runs when it is opened.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from minirnn.base.errors import UsageError
from minirnn.layers.contract import Device, DType
from minirnn.lm.pretrained.common import Names
from minirnn.lm.stack import Stack, TiedHead

ARCHITECTURES = {  # model_type of config.json -> where `build` and `names` are
    "mamba": "minirnn.lm.pretrained.mamba",
    "mamba2": "minirnn.lm.pretrained.mamba2",
    "recurrent_gemma": "minirnn.lm.pretrained.recurrent_gemma",
}
CONFIG, WEIGHTS, INDEX, HEAD = (
    "config.json",
    "model.safetensors",
    "model.safetensors.index.json",
    "lm_head.weight",
)
RANDOM = (nn.init.normal_, nn.init.uniform_, nn.init.kaiming_uniform_)
FLOATS = (torch.float32, torch.float64, torch.bfloat16, torch.float16)


def load(path: str | Path, device: Device = None, dtype: DType = None) -> Stack:
    """The model in the folder `path`, as `save_pretrained` of the transformers library writes it.

    It is on `device` (default: the CPU), in `dtype` (default: that of the embedding in the file) and in
    evaluation mode. All of it, the residual stream too, is in this one dtype. Raises UsageError, in one
    sentence, for a folder that holds no such model.
    """
    folder = Path(path)
    config = _config(folder)
    module = importlib.import_module(ARCHITECTURES[config["model_type"]])
    try:
        with torch.random.fork_rng(devices=[]), _Unfilled():
            model: Stack = module.build(config)
        names: Names = module.names(config)
    except UsageError as error:
        raise UsageError(f"{folder}: {error}") from error
    except KeyError as error:
        raise UsageError(f"{folder / CONFIG} lacks {error}.") from error
    except (ValueError, TypeError, RuntimeError, ArithmeticError) as error:
        raise UsageError(f"{folder / CONFIG} describes no model: {error}.") from error
    _fill(model, names, _Files(folder), torch.device(device or "cpu"), dtype)
    return model.to(device or "cpu").eval()


def _config(folder: Path) -> dict[str, Any]:
    """The content of config.json, with a model_type that we know."""
    if not folder.is_dir():
        raise UsageError(
            f"There is no folder {folder}: download the checkpoint first, for example with "
            "huggingface_hub.snapshot_download, and give the folder that it returns."
        )
    config = _json(folder / CONFIG)
    if "model_type" not in config:
        raise UsageError(
            f"{folder / CONFIG} has no model_type, so transformers did not write it; of the original Mamba "
            "checkpoints take those whose name ends in -hf."
        )
    if config["model_type"] not in tuple(ARCHITECTURES):
        raise UsageError(
            f"{folder / CONFIG} has the unknown model_type {config['model_type']!r}; known are "
            f"{', '.join(ARCHITECTURES)}."
        )
    return config


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise UsageError(f"{path.parent} has no {path.name}: give the folder of a checkpoint.") from error
    except OSError as error:
        raise UsageError(f"Cannot read {path}: {error.strerror or error}.") from error
    except ValueError as error:
        raise UsageError(f"{path} is broken: {error}; fetch it again.") from error
    if not isinstance(content, dict):
        raise UsageError(f"{path} is broken: it holds no table; fetch it again.")
    return content


class _Files:
    """The safetensors files of a folder: which tensors there are, and each when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: dict[str, tuple[Path, str]] = {}
        for path in self._paths():
            for name in self._open(path, lambda file: file.keys()):
                # Some published files say "embedding" and some "embeddings"; transformers takes both too.
                self.found[name.replace("backbone.embedding.", "backbone.embeddings.")] = (path, name)

    def __getitem__(self, name: str) -> Tensor:
        if name not in self.found:
            raise UsageError(f"{self.folder} lacks the tensor {name}, which its {CONFIG} asks for.")
        path, stored = self.found[name]
        tensor: Tensor = self._open(path, lambda file: file.get_tensor(stored))
        if tensor.dtype not in FLOATS:
            raise UsageError(f"{name} in {path} has dtype {tensor.dtype}, expected one of {FLOATS}.")
        return tensor

    def _paths(self) -> list[Path]:
        if (self.folder / WEIGHTS).exists():
            return [self.folder / WEIGHTS]
        if (self.folder / INDEX).exists():
            where = _json(self.folder / INDEX).get("weight_map")
            if not isinstance(where, dict) or not all(isinstance(file, str) for file in where.values()):
                raise UsageError(f"{self.folder / INDEX} is broken: it has no weight_map; fetch it again.")
            # A name from a file is not to be trusted: with a folder in it, it could point anywhere.
            return [self.folder / Path(file).name for file in sorted(set(where.values()))]
        raise UsageError(
            f"{self.folder} has neither {WEIGHTS} nor {INDEX}: pickled weights (.bin, .pt) are not read, "
            "since opening them can run any program."
        )

    def _open(self, path: Path, use: Callable[[Any], Any]) -> Any:
        try:
            with safe_open(path, framework="pt") as file:
                return use(file)
        except FileNotFoundError as error:
            raise UsageError(f"{path} is missing: fetch it again.") from error
        except SafetensorError as error:
            raise UsageError(f"{path} is broken: {error}; fetch it again.") from error
        except OSError as error:
            raise UsageError(f"Cannot read {path}: {error.strerror or error}.") from error


def _fill(model: Stack, names: Names, files: _Files, device: torch.device, dtype: DType) -> None:
    """Put the tensors into the model; UsageError for one that is missing, too many or of a wrong shape."""
    weights: dict[str, Tensor] = {}
    used: set[str] = set()
    for ours, wanted in model.named_parameters():
        sources, change = names[ours]
        sources = (sources,) if isinstance(sources, str) else sources
        found = [files[name] for name in sources]
        used.update(sources)
        try:
            made = change(*found) if change else found[0]
        except (RuntimeError, ValueError, IndexError):
            made = None
        if made is None or made.shape != wanted.shape:
            shapes = " and ".join(f"{name} {tuple(t.shape)}" for name, t in zip(sources, found, strict=True))
            raise UsageError(
                f"{files.folder} has {shapes}, which does not fit {ours} {tuple(wanted.shape)}, as its "
                f"{CONFIG} wants it."
            )
        dtype = dtype or made.dtype  # the embedding comes first
        # A copy in memory of its own: the file may change or go while the model lives.
        weights[ours] = made.to(device, dtype, copy=True, memory_format=torch.contiguous_format)
    unused = files.found.keys() - used
    if isinstance(model.head, TiedHead) and HEAD in unused:
        repeats = torch.equal(files[HEAD].to(device, dtype), weights["embedding.weight"])
        unused -= {HEAD} if repeats else set()
    if unused:
        raise UsageError(
            f"{files.folder} holds {min(unused)}, which the model of its {CONFIG} has no place for "
            f"({len(unused)} such in all)."
        )
    model.load_state_dict(weights, assign=True)


class _Unfilled(TorchFunctionMode):
    """Inside, torch.nn.init does nothing: weights about to be replaced need no random numbers."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        if func in RANDOM:
            return args[0] if args else kwargs["tensor"]
        return func(*args, **kwargs)

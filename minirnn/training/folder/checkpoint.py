"""Checkpoints that a crash at any moment cannot break.

A checkpoint is two files of the same step: `trainer-<step>.safetensors` (optimisers, carried state,
counters) and `checkpoint.safetensors` (the weights), whose header names the first. They are made in
this order:

    write trainer-<step>  ->  replace checkpoint.safetensors  ->  delete older trainer files

The one atomic replacement in the middle is the commit: before it the old pair counts, after it the new
one, and there is no moment in between. Each single write is atomic (base/files.py). Nothing is ever pickled:
tensors are safetensors, the rest JSON.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from minirnn.base.errors import UserError
from minirnn.base.files import write_atomic
from minirnn.base.run_folder import CONFIG, FORMAT, TRAINERS, WEIGHTS, broken, check_version, read_config
from minirnn.base.wording import command
from minirnn.lm import LanguageModel, LMConfig
from minirnn.text.vocabulary import Vocabulary


def clean(run_dir: Path, keep_trainer: str | None = None) -> None:
    """Remove what a crash left behind: temporary files and, if one is to be kept, all other trainer files."""
    stale = list(run_dir.glob(".*.tmp"))
    if keep_trainer is not None:
        stale += [path for path in run_dir.glob(TRAINERS) if path.name != keep_trainer]
    for path in stale:
        # A file that cannot be removed harms nothing: the next clean tries again.
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def trainer_file(step: int) -> str:
    """The name of the file that holds the trainer's state of a step."""
    return TRAINERS.replace("*", str(step))


def flatten(tree: Any, name: str = "") -> tuple[dict[str, Tensor], Any]:
    """Split a nest of dicts, lists and tuples into its tensors by name and a JSON-able rest.

    In the rest a tensor is {"tensor": its name} and a container one of {"dict": [[key, value], ...]},
    {"list": [...]}, {"tuple": [...]}, so that `unflatten` gives back tuples and integer keys as they
    were. The leaves are tensors, str, int, float, bool and None. Raises ValueError for anything else.
    """
    if isinstance(tree, Tensor):
        return {name: tree.detach().cpu().contiguous().clone()}, {"tensor": name}
    if tree is None or isinstance(tree, str | int | float):
        return {}, tree
    if not isinstance(tree, dict | list | tuple):
        raise ValueError(
            f"{name or 'the tree'} is a {type(tree).__name__}; only tensors and JSON types can be saved"
        )
    tensors: dict[str, Tensor] = {}
    rest: list[Any] = []
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        found, plain = flatten(value, f"{name}.{key}" if name else str(key))
        if repeated := tensors.keys() & found.keys():
            raise ValueError(f"two tensors have the same name {sorted(repeated)[0]!r}")
        tensors |= found
        rest.append([key, plain] if isinstance(tree, dict) else plain)
    return tensors, {type(tree).__name__: rest}


def unflatten(tensors: dict[str, Tensor], plain: Any) -> Any:
    """The tree that `flatten` split. Raises ValueError or KeyError for what it cannot have made."""
    if not isinstance(plain, dict):
        return plain
    ((kind, content),) = plain.items()
    if kind == "tensor":
        return tensors[content]
    if kind == "dict":
        return {key: unflatten(tensors, value) for key, value in content}
    if kind not in ("list", "tuple"):
        raise ValueError(f"unknown container {kind!r}")
    items = [unflatten(tensors, value) for value in content]
    return tuple(items) if kind == "tuple" else items


def save_checkpoint(run_dir: Path, model: nn.Module, trainer: dict[str, Any], step: int) -> None:
    """Save the weights and the trainer's state (a tree for `flatten`) as the one checkpoint of `run_dir`.

    Raises UserError when a file cannot be written; the checkpoint before it is then still whole.
    """
    name = trainer_file(step)
    tensors, plain = flatten(trainer)
    weights, _ = flatten(model.state_dict())
    write_atomic(run_dir / name, _packed(tensors, {"step": step, "tree": plain}))
    write_atomic(run_dir / WEIGHTS, _packed(weights, {"step": step, "trainer": name}))
    clean(run_dir, keep_trainer=name)


def load_checkpoint(run_dir: Path, model: nn.Module) -> tuple[int, dict[str, Any]]:
    """Put the saved weights into `model` and give (step, the trainer's state); its tensors are on the CPU.

    Raises UserError, having changed no file and no weight, when either file is missing, broken or not ours.
    """
    weights, header = _read_weights(run_dir, model)
    try:
        # A name from a file is not to be trusted: with a folder in it, it could point anywhere.
        path, step = run_dir / Path(header["trainer"]).name, int(header["step"])
    except (ValueError, KeyError, TypeError) as error:
        raise broken(run_dir / WEIGHTS) from error
    tensors, header = _read(path)
    if header.get("step") != step:
        raise UserError(
            f"{path} is of step {header.get('step')}, but the weights beside it are of step {step}: "
            "restore both files from one copy."
        )
    try:
        trainer = unflatten(tensors, header["tree"])
    except (ValueError, KeyError, TypeError) as error:
        raise broken(path) from error
    if not isinstance(trainer, dict):
        raise broken(path)
    model.load_state_dict(weights)
    return step, trainer


def _read_weights(run_dir: Path, model: nn.Module) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The saved weights, which fit `model`, and the header of their file; UserError if they do not fit."""
    path = run_dir / WEIGHTS
    saved, header = _read(path)
    needed = model.state_dict()
    for name in sorted(needed.keys() | saved.keys()):
        here, there = (
            f"{source[name].dtype} of shape {tuple(source[name].shape)}" if name in source else "missing"
            for source in (saved, needed)
        )
        if here != there:
            raise UserError(
                f"{path} does not fit the model of {CONFIG}: {name} is {here} in the file and {there} in the "
                "model; restore the file from a copy, or train again under another name."
            )
    return saved, header


def build_model(run_dir: Path, config: dict[str, Any]) -> tuple[LanguageModel, Vocabulary]:
    """A new model, with fresh weights, and the vocabulary that `config` (of `run_dir`) describes."""
    try:
        model = LanguageModel(LMConfig.from_dict(config["model"]))
        vocabulary = Vocabulary.from_dict(config["vocabulary"])
    except (ValueError, TypeError, KeyError) as error:
        raise UserError(
            f"{run_dir / CONFIG} describes no model of this version of minirnn: {error}."
        ) from error
    return model, vocabulary


def load_model(
    run_dir: Path | str, device: torch.device | str = "cpu"
) -> tuple[LanguageModel, Vocabulary, dict[str, Any]]:
    """The trained model of a run, on `device` and in evaluation mode, its vocabulary and its config.json.

    Raises UsageError when there is no such run and UserError when its files are broken.
    """
    run_dir = Path(run_dir)
    config = read_config(run_dir)
    model, vocabulary = build_model(run_dir, config)
    model.load_state_dict(_read_weights(run_dir, model)[0])
    return model.to(device).eval(), vocabulary, config


def _packed(tensors: dict[str, Tensor], header: dict[str, Any]) -> bytes:
    # One entry, because safetensors writes several in any order: equal states make equal files.
    entry = json.dumps({"format": FORMAT, **header}, allow_nan=False)
    return safetensors.torch.save(tensors, {"minirnn": entry})


def _read(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The tensors and the header of one of our safetensors files; UserError if it is not one."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(
            f"{path} is missing: restore it from a copy, or train again under another name."
        ) from error
    except OSError as error:
        raise UserError(f"Cannot read {path}: {error.strerror or error}.") from error
    try:
        loaded = safetensors.torch.load(data)
        length = int.from_bytes(data[:8], "little")
        entries = json.loads(data[8 : 8 + length]).get("__metadata__", {})
        if "minirnn" not in entries:
            raise UserError(f"{path} was not written by minirnn: give a run that `{command()} train` made.")
        header = json.loads(entries["minirnn"])
        check_version(path, header["format"])
    except UserError:
        raise
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise broken(path) from error
    # A copy lies where torch aligns memory: sums then round exactly as in a run that never stopped.
    return {name: tensor.clone() for name, tensor in loaded.items()}, header

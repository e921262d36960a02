"""What is the limit at 8, 64 and 512 devices?

Two halves, kept apart. *Arithmetic*: the model is built without memory and its parameters are counted; what
one block keeps for its backward pass is counted while it runs; the rest are formulas with the figures of
ASSUMED, which are data-sheet figures and guesses of ours, not measurements. *Measured*, on this machine, with
processes on CPU (gloo): what the formulas say about bytes, against the bytes that the processes hand to torch
(which must be equal) and those that they write to their sockets as the system counts them (Linux; with what
gloo adds); how long a message takes, by size; how the time of a step goes with the length of a piece.

Run: python benchmarks/many_devices.py    (about three minutes; writes benchmarks/results/)
"""

import argparse
import dataclasses
import json
import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from common import save
from minirnn.blocks import GatedMLP, RecurrentBlock, ResidualBlock
from minirnn.layers.rglru import RGLRU
from minirnn.lm import LanguageModel, LMConfig, preset_config
from minirnn.scan import cut_over, scan
from minirnn.scan.across import LABEL

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import Tensor

DEVICES = (8, 64, 512)
ASSUMED: dict[str, tuple[float, str]] = {
    "arithmetic per device, FLOP/s": (990e12, "data sheet: dense bfloat16 peak of one card"),
    "memory per device, bytes": (80e9, "data sheet"),
    "memory bandwidth, bytes/s": (3.35e12, "data sheet"),
    "link inside a node, bytes/s one way": (450e9, "data sheet"),
    "link between nodes, bytes/s one way and device": (
        50e9,
        "data sheet: one 400 Gbit/s adapter for each card",
    ),
    "devices in a node": (8, "data sheet"),
    "a message inside a node, s": (5e-6, "a round guess of ours"),
    "a message between nodes, s": (15e-6, "a round guess of ours"),
}
FLOPS, MEMORY, BANDWIDTH, LINK_IN, LINK_OUT, NODE, WAIT_IN, WAIT_OUT = (
    value for value, _ in ASSUMED.values()
)
MODEL = {"vocab_size": 32_000, "d_model": 2048, "n_layers": 32}
CONV_WIDTH = 4  # that of hawk's recurrent blocks
TOKENS = 2**20  # in one step, on all devices together
SEQUENCE = 2048  # in data parallel: the length of a sequence; in sequence parallel there is one of TOKENS
WEIGHT_BYTES = {
    "weights, bfloat16": 2,
    "weights, float32": 4,
    "gradient, float32": 4,
    "AdamW's two averages": 8,
}


# The arithmetic


def model_size() -> tuple[LMConfig, int]:
    """The config, and its number of parameters, counted on the model itself (built without memory)."""
    config = preset_config("hawk", **MODEL)
    with torch.device("meta"):
        model = LanguageModel(config)
    return config, sum(p.numel() for p in model.parameters())


def kept_numbers(d_model: int) -> int:
    """How many 4-byte numbers one hawk block keeps per token for its backward pass, weights not counted."""
    d_rnn = 3 * d_model // 2
    block = ResidualBlock(
        d_model, RecurrentBlock(d_model, d_rnn, RGLRU(d_rnn, d_model // 32)), GatedMLP(d_model, 2 * d_model)
    )
    weights = {p.untyped_storage().data_ptr() for p in block.parameters()}
    kept: dict[int, Tensor] = {}

    def keep(x: Tensor) -> Tensor:
        if x.untyped_storage().data_ptr() not in weights:
            kept[x.untyped_storage().data_ptr()] = x  # held, so that no other takes its place
        return x

    totals = []
    for tokens in (64, 192):
        x = torch.randn(1, tokens, d_model, requires_grad=True)
        kept.clear()
        with torch.autograd.graph.saved_tensors_hooks(keep, lambda x: x):
            block(x)
        totals.append(sum(each.untyped_storage().nbytes() for each in kept.values()))
    return round((totals[1] - totals[0]) / 128 / 4)  # what does not grow with the tokens drops out


def all_reduce_seconds(size: float, devices: int) -> float:
    """2 (N-1)/N of `size`: all inside each node, and an eighth for each device between the nodes."""
    nodes = devices / NODE
    inside = 2 * (NODE - 1) / NODE * size / LINK_IN
    between = 2 * (nodes - 1) / nodes * size / NODE / LINK_OUT
    return inside + between


def sequence_parallel_seconds(config: LMConfig, devices: int) -> tuple[float, float]:
    """What one step waits for its messages, and the bytes a rank sends on average for all layers.

    Of each layer and direction: up and down the tree of the scan, 2 log2(N) messages one after the other; of
    the convolution one to the neighbour and log2(N) down a tree. All are short, so waiting is all they cost.
    """
    # Of the levels of a tree, those over distances below a node's size stay inside a node.
    inside = math.log2(min(devices, NODE))
    between = math.log2(devices / NODE)
    wait = 3 * inside * WAIT_IN + 3 * between * WAIT_OUT + (WAIT_OUT if between else WAIT_IN)
    state = config.d_rnn * 4
    tail = (CONV_WIDTH - 1) * config.d_rnn * 4
    sent = (devices - 1) / devices * (4 * state + 2 * tail)
    return 2 * config.n_layers * wait, 2 * config.n_layers * sent


def arithmetic() -> dict[str, Any]:
    """All tables of the first half."""
    config, parameters = model_size()
    per_width = {width: kept_numbers(width) / width for width in (128, 256)}
    per_token = round(per_width[256] * config.d_model) * 4 * config.n_layers
    fixed = {name: each * parameters for name, each in WEIGHT_BYTES.items()}
    logits = 2 * 4 * config.vocab_size  # and their gradient
    inputs_only = 4 * config.d_model * config.n_layers  # recomputed: each block keeps its input alone
    time_rows, memory_rows, sequence_rows = [], [], []
    for devices in DEVICES:
        local = TOKENS // devices
        compute = 6 * parameters * local / FLOPS
        traffic = 2 * per_token * local / BANDWIDTH
        update = (2 * sum(WEIGHT_BYTES.values()) - 4) * parameters / BANDWIDTH
        gradients = all_reduce_seconds(4 * parameters, devices)
        wait, sent = sequence_parallel_seconds(config, devices)
        parts = {"compute": compute, "activations through memory": traffic, "update": update}
        ways = {
            "data parallel": parts | {"gradients": gradients, "waiting for states": 0.0},
            "sequence parallel": parts | {"gradients": gradients, "waiting for states": wait},
        }
        for way, seconds in ways.items():
            time_rows.append(
                {"devices": devices, "way": way, "tokens a device": local}
                | {f"{name}, ms": _digits(1e3 * s) for name, s in seconds.items()}
                | {"largest": max(seconds, key=lambda name: seconds[name])}
            )
        sequence_rows.append(
            {
                "devices": devices,
                "messages one after the other, a layer": 2 * round(3 * math.log2(devices) + 1),
                "MB a rank sends for states, a step": _digits(sent / 1e6),
                "MB a rank sends for gradients, a step": _digits(
                    2 * (devices - 1) / devices * 4 * parameters / 1e6
                ),
                "waiting for states, ms": _digits(1e3 * wait),
            }
        )
        free = MEMORY - sum(fixed.values())
        for way, tokens in (("data parallel", SEQUENCE), ("sequence parallel", local)):
            whole, thin = tokens * (per_token + logits), tokens * (inputs_only + logits)
            thin += tokens * per_token / config.n_layers  # one block at a time is made again
            memory_rows.append(
                {
                    "devices": devices,
                    "way": way,
                    "tokens at a time": tokens,
                    "weights and optimiser, GB": _digits(sum(fixed.values()) / 1e9),
                    "activations, GB": _digits(whole / 1e9),
                    "with recomputation, GB": _digits(thin / 1e9),
                    "fits": "yes" if whole <= free else "with recomputation" if thin <= free else "no",
                }
            )
    return {
        "model": [
            {"what": "layers (L)", "value": config.n_layers},
            {"what": "width (d)", "value": config.d_model},
            {"what": "width of the recurrence (r)", "value": config.d_rnn},
            {"what": "symbols (V)", "value": config.vocab_size},
            {"what": "parameters (P), counted", "value": parameters},
            *({"what": f"bytes per parameter: {k}", "value": v} for k, v in WEIGHT_BYTES.items()),
            *(
                {"what": f"numbers that a block keeps per token, counted at d = {w}", "value": f"{n:.3g} d"}
                for w, n in per_width.items()
            ),
            {"what": "so bytes of activations per token, all layers", "value": per_token},
            {"what": "bytes of one layer's state", "value": 4 * config.d_rnn},
            {"what": "tokens in a step, on all devices", "value": TOKENS},
        ],
        "assumed": [{"what": k, "value": f"{v:g}", "source": s} for k, (v, s) in ASSUMED.items()],
        "time": time_rows,
        "memory": memory_rows,
        "sequence": sequence_rows,
        "balance": [
            {
                "devices": n,
                "gradients, ms": _digits(1e3 * (seconds := all_reduce_seconds(4 * parameters, n))),
                "tokens a device that take as long": (tokens := round(seconds * FLOPS / (6 * parameters))),
                "tokens on all": tokens * n,
            }
            for n in DEVICES
        ],
    }


def _digits(x: float) -> float:
    """Three digits."""
    return float(f"{x:.3g}")


# The measurements


def states_sent(size: int, place: int, backward: bool) -> int:
    """By the formula: how many states the rank at a place of the tree sends, and how many messages."""
    children = [d for d in (1, 2, 4, 8, 16) if place % (2 * d) == 0 and place + d < size]
    up, down = (3, 1) if backward else (2, 2)
    return up * (place > 0) + down * len(children)


def messages_sent(size: int, place: int) -> int:
    """How many messages the rank at a place of the tree sends."""
    return (place > 0) + len([d for d in (1, 2, 4, 8, 16) if place % (2 * d) == 0 and place + d < size])


@contextmanager
def counted() -> Iterator[dict[str, int]]:
    """The bytes that this process hands to torch, and those that it writes, as the system counts them."""
    count, isend = {"handed to torch": 0}, dist.isend
    written = _written()

    def counting(x: Tensor, *args: Any, **kwargs: Any) -> Any:
        count["handed to torch"] += x.numel() * x.element_size()
        return isend(x, *args, **kwargs)

    dist.isend = counting
    try:
        yield count
    finally:
        dist.isend = isend
        dist.barrier()
        if written is not None:
            count["written"] = (_written() or 0) - written


def _written() -> int | None:
    """The bytes that this process has ever written, also to sockets; None where the system does not say."""
    file = Path("/proc/self/io")
    if not file.exists():
        return None
    return next(int(line.split()[1]) for line in file.read_text().splitlines() if line.startswith("wchar"))


def scan_bytes(times: list[int], dim: int) -> list[dict[str, Any]]:
    """One layer's scan, forward and backward, at several lengths of a piece."""
    rank, size = dist.get_rank(), dist.get_world_size()
    with cut_over(dist.group.WORLD):
        scan(torch.ones(1, 1), torch.ones(1, 1))  # connections are made at the first use
    with counted() as barrier:
        pass
    rows: dict[str, dict[str, Any]] = {}
    for name, place in (("forward", rank), ("backward", size - 1 - rank)):
        formula = 4 * dim * states_sent(size, place, name == "backward") + LABEL * messages_sent(size, place)
        rows[name] = {"ranks": size, "rank": rank, "direction": name, "by the formula": formula}
    for steps in times:
        a, b = (torch.rand(1, steps, dim, requires_grad=True) for _ in range(2))
        with counted() as forward:
            with cut_over(dist.group.WORLD):
                h, _ = scan(a, b)
        with counted() as backward:
            h.sum().backward()
        for name, count in (("forward", forward), ("backward", backward)):
            rows[name][f"handed to torch, {steps} steps a rank"] = count["handed to torch"]
            if "written" in count:
                rows[name][f"written, {steps}"] = count["written"] - barrier["written"]
    return list(rows.values())


def all_reduce_bytes(numbers: int) -> dict[str, Any]:
    """An all-reduce, as of gradients."""
    size, x = dist.get_world_size(), torch.ones(numbers)
    dist.all_reduce(x)
    with counted() as barrier:
        pass
    with counted() as count:
        dist.all_reduce(x)
    row = {"ranks": size, "rank": dist.get_rank(), "bytes of the gradient": 4 * numbers}
    row["by the formula"] = round(2 * (size - 1) / size * 4 * numbers)
    if "written" in count:
        row["written"] = count["written"] - barrier["written"]
    return row


def message_times(sizes: list[int], rounds: int) -> list[dict[str, Any]]:
    """Half of the time there and back, from rank 0 to rank 1."""
    rows = []
    for size in sizes:
        x, times = torch.zeros(size, dtype=torch.uint8), []
        for _ in range(rounds):
            start = time.perf_counter()
            for turn in (0, 1):
                if dist.get_rank() == turn:
                    dist.send(x, 1 - turn)
                else:
                    dist.recv(x, turn)
            times.append(1e6 * (time.perf_counter() - start) / 2)
        rows.append({"bytes": size, "us": _spread(times)})
    return rows


def step_times(lengths: list[int], rounds: int) -> list[dict[str, Any]]:
    """Forward and backward of one hawk layer on this rank's piece, alone and as a part of the whole."""
    torch.manual_seed(0)
    config = dataclasses.replace(preset_config("hawk", 64, d_model=64, n_layers=1))
    model = LanguageModel(config)
    rows = []
    for length in lengths:
        tokens, row = torch.zeros(1, length, dtype=torch.int64), {}
        for name, group in (("alone", None), ("with its group", dist.group.WORLD)):
            times = []
            for _ in range(rounds):
                dist.barrier()
                start = time.perf_counter()
                with cut_over(group):
                    model(tokens)[0].sum().backward()
                times.append(1e3 * (time.perf_counter() - start))
            row[f"{name}, ms"] = _spread(times[1:])
        rows.append({"ranks": dist.get_world_size(), "steps a rank": length} | row)
    return rows


def _spread(times: list[float]) -> dict[str, float]:
    return {
        "median": _digits(statistics.median(times)),
        "min": _digits(min(times)),
        "max": _digits(max(times)),
    }


def on_processes(size: int, work: Callable[..., Any], *args: Any) -> list[Any]:
    """What work(*args) returns on each of `size` processes."""
    with tempfile.TemporaryDirectory() as folder:
        mp.spawn(_serve, (size, folder, work, args), nprocs=size)
        return [json.loads((Path(folder) / f"{rank}.json").read_text()) for rank in range(size)]


def _serve(rank: int, size: int, folder: str, work: Callable[..., Any], args: tuple[Any, ...]) -> None:
    torch.set_num_threads(1)
    store = dist.FileStore(os.path.join(folder, "store"), size)
    dist.init_process_group("gloo", store=store, rank=rank, world_size=size)
    result = work(*args)
    dist.barrier()
    dist.destroy_process_group()
    (Path(folder) / f"{rank}.json").write_text(json.dumps(result))


def on_one_of(quick: bool) -> dict[str, Any]:
    """All that is measured in one group of processes."""
    size = dist.get_world_size()
    lengths, rounds = ([256, 512], 3) if quick else ([1024, 2048, 4096, 8192], 12)
    seen: dict[str, Any] = {}
    if size > 1:
        seen["bytes of a scan"] = scan_bytes([64, 4096], 256)
        seen["bytes of an all-reduce"] = [all_reduce_bytes(3 * 2**18)]
    if size == 2:
        sizes = [64, 1024, 16_384, 262_144, 4_194_304]
        seen["messages"] = message_times(sizes, 5 if quick else 100)
    if size <= 2:
        seen["steps"] = step_times(lengths, rounds)
    return seen


def measured(quick: bool) -> dict[str, Any]:
    """All tables of the second half."""
    seen: dict[str, list[dict[str, Any]]] = {}
    for size in (1, 2) if quick else (1, 2, 3, 4):
        for rank, tables in enumerate(on_processes(size, on_one_of, quick)):
            for name, rows in tables.items():
                if name.startswith("bytes") or rank == 0:
                    seen.setdefault(name, []).extend(rows)
    first, last = seen["messages"][0], seen["messages"][-1]
    rest = last["us"]["min"] - first["us"]["min"]
    scans, sums = seen["bytes of a scan"], seen["bytes of an all-reduce"]
    return {
        "verdict": {
            "every rank hands to torch what the formula says, however long its piece is": all(
                row[key] == row["by the formula"] for row in scans for key in row if key.startswith("handed")
            ),
            "an all-reduce writes what the formula says, within 1 %": all(
                abs(row["written"] / row["by the formula"] - 1) < 0.01 for row in sums if "written" in row
            ),
        },
        **seen,
        "message at its best, in parts": {
            "waiting, us": first["us"]["min"],
            "bytes/s": _digits(1e6 * (last["bytes"] - first["bytes"]) / rest),
        },
    }


def main() -> None:
    """Print the tables and write the results file."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--quick", action="store_true", help="few rounds, to see that it runs; writes nothing"
    )
    options = parser.parse_args()
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    seen = measured(options.quick)
    results = {
        "verdict": seen.pop("verdict"),
        "load of the machine before it began": load,
        "arithmetic": arithmetic(),
        "measured": seen,
    }
    print(json.dumps(results, indent=1))
    if not options.quick:
        print(save("many-devices", results))


if __name__ == "__main__":
    main()

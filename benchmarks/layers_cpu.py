"""How fast does each layer train on a CPU? Forward and backward of a layer of width 256, in one run.

Every layer reads (batch, time, 256) and gives the same shape back; `nn.GRU` and `nn.LSTM` are torch's own,
and the Transformer block is global attention and a gated MLP. Times are medians over interleaved rounds, in
milliseconds; each layer also as how many times faster than nn.GRU it is. Memory is the growth of the
process's peak during one call: of S6 in tensors of all its states, (batch, time, width * states), and of the
delta rule and its relatives in tensors like their input.

`BARS` says how many times faster than nn.GRU a layer is to be. What others published was measured on GPUs
(`PUBLISHED`: Orvieto et al. 2023, arXiv 2303.06349, table 4, training steps per second on an A100; for
minGRU, Feng et al. 2024, arXiv 2410.01201, a training step on a T4, which we know from others). A GPU has
thousands of cores that a loop over time leaves idle, two cores have little to gain: the order can be
compared, the factors cannot.

Run: python benchmarks/layers_cpu.py [--threads 2]    (about five minutes; writes benchmarks/results/ and
docs/images/layers-cpu.svg; --figure only draws what the results file has)
"""

import argparse
import json
import math
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from common import RESULTS, interleaved, peak_bytes, save, show_verdict
from minirnn.base.plots import INK, LINES, figure_page, save_both
from minirnn.blocks import GatedMLP, ResidualBlock
from minirnn.blocks.mamba import Mamba2Block, MambaBlock
from minirnn.layers.attention import Attention
from minirnn.layers.cglru import CGLRU
from minirnn.layers.delta_rule import DeltaRule
from minirnn.layers.deltanet import DeltaNet
from minirnn.layers.gru import GRU
from minirnn.layers.linear import LinearRNN
from minirnn.layers.lru import LRU
from minirnn.layers.lstm import LSTM
from minirnn.layers.mamba3 import Mamba3
from minirnn.layers.mingru import MinGRU, MinLSTM
from minirnn.layers.rglru import RGLRU
from minirnn.layers.rnn import RNN
from minirnn.layers.s4d import S4D
from minirnn.layers.s5 import S5
from minirnn.layers.s6 import S6
from minirnn.layers.ssd import SSD
from minirnn.training.machine import keep_freed_memory

import torch
from torch import Tensor, nn

SHAPES = [(16, 256, 256), (4, 2048, 256)]
WIDTH = 256
STATES = 16  # of S6
LAYERS: dict[str, Callable[[], nn.Module]] = {
    "nn.GRU": lambda: nn.GRU(WIDTH, WIDTH, batch_first=True),
    "nn.LSTM": lambda: nn.LSTM(WIDTH, WIDTH, batch_first=True),
    "Transformer block": lambda: ResidualBlock(WIDTH, Attention(WIDTH, 8, 8), GatedMLP(WIDTH, 2 * WIDTH)),
    "RNN": lambda: RNN(WIDTH, WIDTH),
    "GRU": lambda: GRU(WIDTH, WIDTH),
    "LSTM": lambda: LSTM(WIDTH, WIDTH),
    "LinearRNN": lambda: LinearRNN(WIDTH, WIDTH),
    "LRU": lambda: LRU(WIDTH, WIDTH),
    "S4D": lambda: S4D(WIDTH, 64),
    "S5": lambda: S5(WIDTH, WIDTH),
    "minGRU": lambda: MinGRU(WIDTH, WIDTH),
    "minLSTM": lambda: MinLSTM(WIDTH, WIDTH),
    "S6": lambda: S6(WIDTH, STATES),
    "SSD": lambda: SSD(WIDTH, 64, 64),
    "RG-LRU": lambda: RGLRU(WIDTH, 8),
    "CG-LRU": lambda: CGLRU(WIDTH, 8),
    "DeltaNet": lambda: DeltaNet(WIDTH, 4),
    "KDA": lambda: DeltaRule(WIDTH, 4, decay="channel"),
    "GDN-2": lambda: DeltaRule(WIDTH, 4, decay="channel", erase="channel"),
    "DeltaProduct": lambda: DeltaRule(WIDTH, 4, decay="none", steps=2, negative=True),
    "Mamba block": lambda: MambaBlock(WIDTH),
    "Mamba-2 block": lambda: Mamba2Block(WIDTH),
    "Mamba-3": lambda: Mamba3(WIDTH),
}
IMAGE = Path(__file__).parents[1] / "docs" / "images" / "layers-cpu.svg"
# Times faster than nn.GRU, at least; one number for each of SHAPES.
BARS = {"RG-LRU": (3, 8), "minGRU": (3, 8), "LRU": (1.5, 4), "SSD": (None, 3), "S6": (0.5, 1)}
MEMORY_BAR = 6  # of S6, at most
DELTA = ("DeltaNet", "KDA", "GDN-2", "DeltaProduct")  # whose memory is also measured
PUBLISHED = {
    "LRU over a tanh RNN, A100, 1,024 steps": 8,
    "LRU over a tanh RNN, A100, 16,384 steps": 17,
    "minGRU over GRU, T4, 512 steps (second-hand)": 175,
    "minGRU over GRU, T4, 4,096 steps (second-hand)": 1324,
}


def step(layer: nn.Module, shape: tuple[int, int, int]) -> Callable[[], None]:
    """A call that runs forward and backward, with gradients for the input and all weights."""
    torch.manual_seed(0)
    x, grad = torch.randn(shape, requires_grad=True), torch.randn(shape)

    def call() -> None:
        x.grad = None
        layer.zero_grad()
        y: Tensor = layer(x)[0]
        y.backward(grad)

    return call


def memory_of(name: str, shape: tuple[int, int, int]) -> float:
    """Growth of this process's peak during one call, in tensors like x. To be called in a fresh process."""
    layer = LAYERS[name]()
    step(layer, (1, 64, WIDTH))()  # load code, start threads
    call = step(layer, shape)
    before = peak_bytes()
    call()
    return (peak_bytes() - before) / (4 * math.prod(shape))


def memory_in_a_child(name: str, shape: tuple[int, int, int]) -> float:
    """`memory_of`, in a process of its own."""
    command = [sys.executable, __file__, "--memory", name, *map(str, shape)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1])


def verdict(times: dict[str, dict[str, Any]], memory: dict[str, float]) -> dict[str, bool]:
    """The bars, layer by layer and shape by shape, and who is faster than the Transformer block."""
    claims = {}
    for name, bars in BARS.items():
        for shape, bar in zip(map(str, SHAPES), bars, strict=True):
            if bar is not None:
                faster = times[shape][name]["faster than nn.GRU"]
                claims[f"{name}: at least {bar} times as fast as nn.GRU on {shape}"] = faster >= bar
    for shape, tensors in memory.items():
        claims[f"S6: at most {MEMORY_BAR} tensors of all states on {shape}"] = tensors <= MEMORY_BAR
    longest = times[str(SHAPES[-1])]
    slowest = min(longest[name]["tokens per second"] for name in ("LRU", "S5", "minGRU", "SSD", "RG-LRU"))
    block = longest["Transformer block"]["tokens per second"]
    claims[f"every scan of width {WIDTH} above the Transformer block on {SHAPES[-1]}"] = slowest > block
    return claims


def draw(times: dict[str, dict[str, Any]]) -> None:
    """One row for each layer, a bar for each shape: tokens per second, the fastest on long input on top."""
    rows = sorted(times[str(SHAPES[-1])], key=lambda name: times[str(SHAPES[-1])][name]["tokens per second"])
    said = []
    with figure_page() as (figure, axes):
        figure.set_figheight(5.6)
        for number, shape in enumerate(map(str, SHAPES)):
            speeds = [times[shape][name]["tokens per second"] for name in rows]
            places = [row + 0.4 * number - 0.2 for row in range(len(rows))]
            color, hatch = LINES[number][0], "/" * (3 - 3 * number)
            axes.barh(places, speeds, 0.38, color=color, hatch=hatch, edgecolor=INK, label=shape)
            best = zip(reversed(rows), reversed(speeds), strict=True)
            said.append(f"{shape}: " + ", ".join(f"{name} {speed:,}" for name, speed in best) + ".")
        axes.set_yticks(range(len(rows)), rows)
        axes.xaxis.set_major_formatter(lambda x, _: f"{x:,.0f}")
        axes.set_xlabel("tokens per second, forward and backward")
        axes.grid(axis="x", color=INK, alpha=0.25, linewidth=0.6)
        axes.legend(loc="lower right", title="batch, time, width")
        title = f"Training speed of layers of width {WIDTH} on a CPU"
        save_both(figure, IMAGE, title, " ".join(said))


def main() -> None:
    """Print the table, write the results file and draw the figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--figure", action="store_true", help="only draw what was measured before")
    parser.add_argument(
        "--memory", nargs=4, metavar=("NAME", "BATCH", "TIME", "WIDTH"), help="used by itself"
    )
    options = parser.parse_args()
    if options.figure:
        path = RESULTS / f"layers-cpu-{os.cpu_count()}core-{platform.machine().lower()}.json"
        draw(json.loads(path.read_text(encoding="utf-8"))["times"])
        return
    torch.set_num_threads(options.threads)
    if options.memory:
        name, batch, time, width = options.memory
        print(memory_of(name, (int(batch), int(time), int(width))))
        return
    keep_freed_memory()
    times: dict[str, dict[str, Any]] = {}
    memory: dict[str, float] = {}
    of_delta: dict[str, dict[str, float]] = {}
    for shape in SHAPES:
        torch.manual_seed(0)
        runs = {name: step(make(), shape) for name, make in LAYERS.items()}
        rows = times[str(shape)] = interleaved(runs, rounds=9)
        gru = rows["nn.GRU"]["median"]
        print(f"\n{shape}{'ms':>22}{'faster than nn.GRU':>22}")
        for name, row in rows.items():
            row["faster than nn.GRU"] = round(gru / row["median"], 2)
            row["tokens per second"] = round(1000 * shape[0] * shape[1] / row["median"])
            print(f"  {name:20}{row['median']:14.2f}{row['faster than nn.GRU']:18.2f}", flush=True)
        memory[str(shape)] = round(memory_in_a_child("S6", shape) / STATES, 2)
        of_delta[str(shape)] = {name: round(memory_in_a_child(name, shape), 1) for name in DELTA}
    memories = {"peak memory of S6": memory, "peak memory of the delta rule": of_delta}
    print(json.dumps(memories, indent=1))
    claims = verdict(times, memory)
    show_verdict(claims)
    draw(times)
    results = {"unit": "ms", "published": PUBLISHED, "verdict": claims, "times": times}
    print(save("layers-cpu", results | memories))


if __name__ == "__main__":
    main()

"""How fast does each layer train on a CPU? Forward and backward of a layer of width 256, in one run.

Every layer reads (batch, time, 256) and gives the same shape back; `nn.GRU` and `nn.LSTM` are torch's own,
and the Transformer block is global attention and a gated MLP. Times are medians over interleaved rounds, in
milliseconds; each layer also as how many times faster than nn.GRU it is. The memory of S6 is the growth of
the process's peak during one call, in tensors of (batch, time, width * states).

Run: python benchmarks/layers_cpu.py [--threads 2]    (about five minutes; writes benchmarks/results/)
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import torch
from common import interleaved, peak_bytes, save
from torch import Tensor, nn

from minirnn.blocks import GatedMLP, ResidualBlock
from minirnn.layers.attention import Attention
from minirnn.layers.deltanet import DeltaNet
from minirnn.layers.gru import GRU
from minirnn.layers.linear import LinearRNN
from minirnn.layers.lru import LRU
from minirnn.layers.lstm import LSTM
from minirnn.layers.mingru import MinGRU, MinLSTM
from minirnn.layers.rglru import RGLRU
from minirnn.layers.rnn import RNN
from minirnn.layers.s4d import S4D
from minirnn.layers.s5 import S5
from minirnn.layers.s6 import S6
from minirnn.layers.ssd import SSD
from minirnn.mamba import Mamba2Block, MambaBlock
from minirnn.speed import keep_freed_memory

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
    "DeltaNet": lambda: DeltaNet(WIDTH, 4),
    "Mamba block": lambda: MambaBlock(WIDTH),
    "Mamba-2 block": lambda: Mamba2Block(WIDTH),
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


def s6_memory(shape: tuple[int, int, int]) -> float:
    """Growth of this process's peak during one call of S6. To be called in a fresh process."""
    layer = LAYERS["S6"]()
    step(layer, (1, 64, WIDTH))()  # load code, start threads
    call = step(layer, shape)
    before = peak_bytes()
    call()
    batch, time, width = shape
    return (peak_bytes() - before) / (4 * batch * time * width * STATES)


def main() -> None:
    """Print the table and write the results file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", metavar="SHAPE", help="used by itself")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.memory:
        print(s6_memory(tuple(map(int, options.memory.split(",")))))  # type: ignore[arg-type]
        return
    keep_freed_memory()
    times: dict[str, dict[str, Any]] = {}
    memory: dict[str, float] = {}
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
        command = [sys.executable, __file__, "--memory", ",".join(map(str, shape))]
        child = subprocess.run(command, capture_output=True, text=True, check=True)
        memory[str(shape)] = round(float(child.stdout.split()[-1]), 2)
    print(json.dumps({"peak memory of S6": memory}, indent=1))
    print(save("layers-cpu", {"unit": "ms", "times": times, "peak memory of S6": memory}))


if __name__ == "__main__":
    main()

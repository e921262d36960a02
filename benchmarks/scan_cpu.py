"""The scan on a CPU: every method, its peers, and the floor, in one run.

- *floor*: `torch.add(a, b, out=c)`, one pass over the same memory. No scan can be faster.
- our methods; `loop`: what one writes first, a Python loop that autograd tapes. (Each `b[:, t]` gets a
  gradient as large as `b`, so its backward pass costs T^2.)
- `mambapy`: the parallel scan of the mambapy package (`pip install mambapy`).
- `associative_scan`: torch's own operator (a prototype), eager and compiled.
- `nn.GRU` of the same width: what people use when they need a recurrent layer.

Times are medians over interleaved rounds, in milliseconds; what takes more than three seconds a call is
called once. Memory is the growth of the process's peak
during one call, in units of one output tensor. All contenders run with freed memory kept by the process
(glibc's default returns large blocks to the system, and each tensor is then paid for page by page);
`--default-memory` measures without that.

Run: python benchmarks/scan_cpu.py [--threads 2]    (about twenty minutes; writes benchmarks/results/)
"""

import argparse
import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

from common import geometric_mean, interleaved, peak_bytes, save
from minirnn.scan import METHODS, scan
from minirnn.training.machine import keep_freed_memory

import torch
from torch import Tensor

SHAPES = [(16, 256, 256), (32, 256, 384), (4, 2048, 256), (1, 16384, 256), (8, 4096, 1536)]
BIG = 10_000_000  # numbers in a tensor from which on a few rounds must do
SLOW = 3000.0  # milliseconds


def loop(a: Tensor, b: Tensor) -> Tensor:
    """The recurrence as first written down."""
    h, states = torch.zeros_like(b[:, 0]), []
    for t in range(b.shape[1]):
        h = a[:, t] * h + b[:, t]
        states.append(h)
    return torch.stack(states, 1)


def contenders(shape: tuple[int, int, int]) -> dict[str, Callable[[Tensor, Tensor], Tensor]]:
    """Name -> a function from `a, b` to `h`."""
    from mambapy.pscan import pscan
    from torch._higher_order_ops.associative_scan import associative_scan

    def combine(x: tuple[Tensor, Tensor], y: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        return y[0] * x[0], y[0] * x[1] + y[1]

    def torch_scan(a: Tensor, b: Tensor) -> Tensor:
        return associative_scan(combine, (a, b), dim=1, combine_mode="generic")[1]

    torch.compiler.reset()  # else the shapes before would count against its limit of recompilations
    gru = torch.nn.GRU(shape[2], shape[2], batch_first=True)
    runs: dict[str, Callable[[Tensor, Tensor], Tensor]] = {"auto": lambda a, b: scan(a, b)[0]}
    for name in METHODS:
        runs[name] = lambda a, b, name=name: scan(a, b, method=name)[0]  # type: ignore[misc]
    runs["loop"] = loop
    runs["mambapy"] = lambda a, b: pscan(a.unsqueeze(-1), b.unsqueeze(-1)).squeeze(-1)
    runs["associative_scan"] = torch_scan
    runs["associative_scan compiled"] = torch.compile(torch_scan)
    runs["nn.GRU"] = lambda a, b: gru(b)[0]
    return runs


def inputs(shape: tuple[int, int, int]) -> tuple[Tensor, Tensor, Tensor]:
    """Decays as gates make them, inputs, and a gradient to send back."""
    torch.manual_seed(0)
    a, b, grad = torch.rand(shape).mul_(0.1).add_(0.9), torch.randn(shape), torch.randn(shape)
    return a.requires_grad_(), b.requires_grad_(), grad


def measure(shape: tuple[int, int, int], rounds: int) -> dict[str, dict[str, Any]]:
    """Forward and forward+backward times of all contenders that run at this shape."""
    a, b, grad = inputs(shape)
    out = torch.empty(shape)

    def forward(run: Callable[[Tensor, Tensor], Tensor]) -> Callable[[], None]:
        def call() -> None:
            with torch.no_grad():
                run(a, b)

        return call

    def both(run: Callable[[Tensor, Tensor], Tensor]) -> Callable[[], None]:
        def call() -> None:
            a.grad = b.grad = None
            run(a, b).backward(grad)

        return call

    def floor() -> None:
        with torch.no_grad():
            torch.add(a, b, out=out)

    result: dict[str, dict[str, Any]] = {}
    runs: dict[str, Callable[[], None]] = {"floor": floor}
    for name, run in contenders(shape).items():
        for kind, call in (("forward", forward(run)), ("forward+backward", both(run))):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    if "compiled" in name:
                        call()
                    start = time.perf_counter()
                    call()
                took = round(1e3 * (time.perf_counter() - start), 1)
                if took > SLOW:
                    result[f"{name} {kind}"] = {"median": took, "calls": 1}
                else:
                    runs[f"{name} {kind}"] = call
            except Exception as error:  # a peer that cannot do this is a result too
                result[f"{name} {kind}"] = {"failed": f"{type(error).__name__}: {error}"[:200]}
    return result | interleaved(runs, rounds)


def peak_memory(name: str, shape: tuple[int, int, int], kind: str) -> float:
    """Growth of this process's peak during one call, in output tensors. To be called in a fresh process."""
    run = contenders(shape)[name]
    small = [x[:1, :64, :64].detach().clone().requires_grad_() for x in inputs((1, 64, shape[2]))]
    run(small[0], small[1]).sum().backward()  # load code, start threads
    a, b, grad = inputs(shape)
    before = peak_bytes()
    if kind == "forward":
        with torch.no_grad():
            run(a, b)
    else:
        run(a, b).backward(grad)
    return (peak_bytes() - before) / (4 * b.numel())


def main() -> None:
    """Print the tables, check the bars, write the results file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--default-memory", action="store_true")
    parser.add_argument("--memory", nargs=3, metavar=("NAME", "SHAPE", "KIND"), help="used by itself")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.memory:
        name, shape, kind = options.memory
        print(peak_memory(name, tuple(map(int, shape.split(","))), kind))  # type: ignore[arg-type]
        return
    kept = not options.default_memory and keep_freed_memory()
    times: dict[str, dict[str, Any]] = {}
    for shape in SHAPES:
        big = shape[0] * shape[1] * shape[2] > BIG
        rows = times[str(shape)] = measure(shape, rounds=5 if big else 15)
        print(f"\n{shape}  floor {rows['floor']['median']:.3f} ms")
        for name in contenders(shape):
            cells = [rows[f"{name} {kind}"] for kind in ("forward", "forward+backward")]
            texts = [f"{c['median']:10.3f}" if "median" in c else f"{'failed':>10}" for c in cells]
            print(f"  {name:26}" + "".join(texts), flush=True)

    memory: dict[str, dict[str, float]] = {}
    for name in ("auto", "mambapy"):
        for kind in ("forward", "forward+backward"):
            command = [sys.executable, __file__, "--memory", name, "8,4096,1536", kind]
            child = subprocess.run(command, capture_output=True, text=True, check=True)
            memory.setdefault(name, {})[kind] = round(float(child.stdout.split()[-1]), 2)

    def ratios(top: str, bottom: str) -> list[float]:
        return [round(rows[top]["median"] / rows[bottom]["median"], 3) for rows in times.values()]

    to_peer = ratios("auto forward", "mambapy forward")
    to_peer_both = ratios("auto forward+backward", "mambapy forward+backward")
    summary = {
        "auto / mambapy, forward": to_peer,
        "auto / mambapy, forward, geometric mean": round(geometric_mean(to_peer), 3),
        "auto / mambapy, forward+backward": to_peer_both,
        "auto / mambapy, forward+backward, geometric mean": round(geometric_mean(to_peer_both), 3),
        "auto, forward+backward / forward": ratios("auto forward+backward", "auto forward"),
        "auto / floor, forward": ratios("auto forward", "floor"),
        "peak memory at (8, 4096, 1536), in outputs": memory,
    }
    print(json.dumps(summary, indent=1))
    name = "scan-cpu-default-memory" if options.default_memory else "scan-cpu"
    print(save(name, {"unit": "ms", "freed memory kept": kept, "summary": summary, "times": times}))


if __name__ == "__main__":
    main()

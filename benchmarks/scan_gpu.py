"""The scan on a GPU: our kernel, its peers, and the limit that memory sets, in one run.

A scan reads a and b and writes h: three numbers for each element. Its backward pass reads a, h and the
gradient and writes two gradients: five. *Effective bandwidth* is these bytes by the time taken, whatever was
really moved. The limit is a copy from device memory to device memory, of tensors of the same shape, in the
same run, counted in the same way: one number read and one written for each element.

Peers, each if it is installed: `accelerated-scan`, the HGRN kernel of `flash-linear-attention`, torch's own
`associative_scan` compiled, and cuDNN's `nn.GRU` of the same width (another recurrence, and what people use).

Times are medians of calls between two events of the device, with the cache overwritten before each; the
contenders take turns.

Run: python benchmarks/scan_gpu.py    (needs an NVIDIA GPU; a few minutes; writes benchmarks/results/)
"""

import statistics
import sys
import warnings
from collections.abc import Callable
from typing import Any

from common import save
from minirnn.scan import scan

import torch
from torch import Tensor

SHAPES = [(8, 4096, 1536), (1, 131072, 512), (64, 512, 1024), (16, 2048, 2560)]
DTYPES = (torch.float32, torch.bfloat16)
LARGEST = 2  # shapes that the bars are for
BARS = {"forward": 0.9, "forward+backward": 0.8}
MOVED = {"forward": 3, "forward+backward": 8}  # numbers for each element
ROUNDS = 30

Scan = Callable[[Tensor, Tensor], Tensor]


def contenders(shape: tuple[int, int, int], dtype: torch.dtype) -> dict[str, Scan]:
    """Name -> a function from a, b (batch, time, dim) to h."""
    found: dict[str, Scan] = {"minirnn": lambda a, b: scan(a, b, method="triton")[0]}
    try:
        from accelerated_scan.triton import scan as accelerated

        # It wants (batch, dim, time): the tensors are made that way for it, so that no copy is timed.
        found["accelerated-scan"] = lambda a, b: accelerated(a.mT, b.mT).mT
    except ImportError:
        pass
    try:
        from fla.ops.hgrn import chunk_hgrn

        # It takes log a, which is made outside the clock.
        found["fla hgrn"] = lambda log_a, b: chunk_hgrn(b, log_a)[0]
    except ImportError:
        pass
    from torch._higher_order_ops.associative_scan import associative_scan

    def combine(x: tuple[Tensor, Tensor], y: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        return y[0] * x[0], y[0] * x[1] + y[1]

    def torch_scan(a: Tensor, b: Tensor) -> Tensor:
        return associative_scan(combine, (a, b), dim=1, combine_mode="generic")[1]

    torch.compiler.reset()
    found["associative_scan compiled"] = torch.compile(torch_scan)
    gru = torch.nn.GRU(shape[2], shape[2], batch_first=True, device="cuda", dtype=dtype)
    found["nn.GRU"] = lambda a, b: gru(b)[0]
    return found


def inputs(name: str, shape: tuple[int, int, int], dtype: torch.dtype) -> tuple[Tensor, Tensor, Tensor]:
    """a, b and a gradient for h, laid out as the contender wants them."""
    random = torch.Generator("cuda").manual_seed(0)
    make = {"device": "cuda", "generator": random}
    a, b, grad = torch.rand(shape, **make) * 0.1 + 0.9, torch.randn(shape, **make), torch.randn(shape, **make)
    a, b, grad = (x.to(dtype) for x in (a.log() if name == "fla hgrn" else a, b, grad))
    if name == "accelerated-scan":
        a, b, grad = (x.mT.contiguous().mT for x in (a, b, grad))
    return a.requires_grad_(), b.requires_grad_(), grad


def calls(
    name: str, run: Scan, shape: tuple[int, int, int], dtype: torch.dtype
) -> dict[str, Callable[[], None]]:
    """The two things to time."""
    a, b, grad = inputs(name, shape, dtype)

    def forward() -> None:
        with torch.no_grad():
            run(a, b)

    def both() -> None:
        a.grad = b.grad = None
        run(a, b).backward(grad)

    return {"forward": forward, "forward+backward": both}


def milliseconds(runs: dict[str, Callable[[], None]], rounds: int) -> dict[str, dict[str, float]]:
    """Each once a round, in turn, between two events."""
    cache = torch.empty(2**28, dtype=torch.int8, device="cuda")  # more than any cache of a GPU
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            cache.zero_()
            start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
            start.record()
            run()
            end.record()
            end.synchronize()
            times[name].append(start.elapsed_time(end))
    return {
        name: {"median": round(statistics.median(t), 4), "min": round(min(t), 4), "max": round(max(t), 4)}
        for name, t in times.items()
    }


def measure(shape: tuple[int, int, int], dtype: torch.dtype) -> dict[str, Any]:
    """Times and effective bandwidths of all contenders at this shape."""
    source = torch.randn(shape, device="cuda").to(dtype)
    target = torch.empty_like(source)
    runs: dict[str, Callable[[], None]] = {"copy": lambda: target.copy_(source)}
    failed = {}
    for name, run in contenders(shape, dtype).items():
        ways = calls(name, run, shape, dtype)
        for way, call in ways.items():
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    for _ in range(3):  # compile, and let every allocation happen
                        call()
                    torch.cuda.synchronize()
                runs[f"{name} {way}"] = call
            except Exception as error:  # a peer that cannot do this is a result too
                failed[f"{name} {way}"] = f"{type(error).__name__}: {error}"[:200]
    times = milliseconds(runs, ROUNDS)
    size = source.numel() * source.element_size()
    copy = 2 * size / times["copy"]["median"]
    rows: dict[str, Any] = {"copy": times.pop("copy") | {"GB/s": round(copy / 1e6)}}
    for name, found in times.items():
        speed = MOVED[name.rsplit(" ", 1)[1]] * size / found["median"]
        rows[name] = found | {"GB/s": round(speed / 1e6), "of copy": round(speed / copy, 3)}
    return rows | {name: {"failed": why} for name, why in failed.items()}


def verdict(results: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The bars: a fraction of the copy on the two largest shapes, and faster than each peer on all."""
    by_size = sorted(SHAPES, key=lambda s: s[0] * s[1] * s[2], reverse=True)
    fractions = {
        f"{key} {way}": rows[f"minirnn {way}"]["of copy"]
        for key, rows in results.items()
        if key.startswith(tuple(str(shape) for shape in by_size[:LARGEST]))
        for way in BARS
    }
    slower = [
        f"{key} {name}"
        for key, rows in results.items()
        for name, row in rows.items()
        if name != "copy" and not name.startswith("minirnn ") and "median" in row
        and row["median"] <= rows[f"minirnn {name.rsplit(' ', 1)[1]}"]["median"]
    ]  # fmt: skip
    held = all(value >= BARS[name.rsplit(" ", 1)[1]] for name, value in fractions.items())
    return {
        "fraction of the copy, largest shapes": fractions,
        "bars": BARS,
        "bars held": held,
        "peers that were faster": slower,
    }


def main() -> None:
    """Print the tables, check the bars, write the results file."""
    if not torch.cuda.is_available():
        print(
            "scan_gpu: this torch finds no NVIDIA GPU here, and there is nothing to measure.", file=sys.stderr
        )
        raise SystemExit(2)
    import triton

    results: dict[str, Any] = {}
    for dtype in DTYPES:
        for shape in SHAPES:
            key = f"{shape} {str(dtype).removeprefix('torch.')}"
            rows = results[key] = measure(shape, dtype)
            print(f"\n{key}")
            for name, row in rows.items():
                if "failed" in row:
                    print(f"  {name:44} failed: {row['failed']}")
                else:
                    share = f"{row['of copy']:.2f} of copy" if "of copy" in row else ""
                    print(f"  {name:44} {row['median']:9.3f} ms {row['GB/s']:6} GB/s  {share}", flush=True)
    summary = verdict(results)
    for name, value in summary.items():
        print(f"{name}: {value}")
    results = {"triton": triton.__version__, "unit": "ms", "summary": summary, "times": results}
    print(save("scan-gpu", results, gpu=True))


if __name__ == "__main__":
    main()

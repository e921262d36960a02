"""The kernels as the compiler makes them for a GPU. That takes no GPU, but a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
RESULTS = sorted((BENCHMARKS / "results").glob("scan-registers-*.json"))


def run(code):
    """In a process without the interpreter, which the tests beside this turn on: there nothing compiles."""
    environment = {name: value for name, value in os.environ.items() if name != "TRITON_INTERPRET"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BENCHMARKS, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def rows():
    """All variants, compiled."""
    return run("import json, scan_registers as s; print(json.dumps(s.measure()))")


def test_sizes_of_one_compile_too():
    """One step, one channel, one chain: Triton puts such a 1 into the code, where other rules hold for it."""
    code = """
import json, torch, scan_registers
from minirnn.scan import triton_scan
sizes = [("chains", "tiles", "seq_len", "dim", "a_batch", "a_time"), ("chains",), ("dim", "a_time")]
kernels, dtypes = (triton_scan._forward, triton_scan._backward), (torch.float32, torch.complex64)
made = [
    scan_registers.compiled(kernel, dtype, 16, 90, ones)["registers"]
    for kernel in kernels for dtype in dtypes for ones in sizes
]
print(json.dumps(made))
"""
    assert all(registers > 16 for registers in run(code))


def test_every_variant_compiles_for_both_gpus(rows):
    variants = {(row["gpu"], row["kernel"], row["dtype"], row["tiles"]) for row in rows}
    assert len(rows) == len(variants) == 2 * 2 * 3 * 2
    assert {row["gpu"] for row in rows} == {"sm_80", "sm_90"}


def test_what_a_tile_holds_fits_the_registers(rows):
    for row in rows:
        assert row["spilled_bytes"] <= 16, row
        assert row["programs_per_multiprocessor"] >= 2, row


def test_float32_leaves_the_time_to_memory(rows):
    """Fewer instructions for each number than an H200 can start while it moves the number's bytes."""
    for row in rows:
        if row["dtype"] == "float32" and row["gpu"] == "sm_90":
            assert row["instructions_per_number"] < 74, row


def test_the_record_is_of_these_kernels(rows):
    """Registers may differ by a compiler's version; which variants there are may not."""
    (file,) = RESULTS
    recorded = json.loads(file.read_text(encoding="utf-8"))["rows"]
    key = lambda row: (row["gpu"], row["kernel"], row["dtype"], row["tiles"])  # noqa: E731
    assert sorted(map(key, recorded)) == sorted(map(key, rows))

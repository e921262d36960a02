"""What the compiler makes of the scan kernels: compiled for two GPUs, on a machine that has none.

For each kernel, GPU, dtype and way of working (tiles that wait for the one before, or groups): the registers
of a thread; bytes that did not fit into them and are spilled to memory; the instructions for each number of a
tile; and how many programs fit on a multiprocessor with these registers. None of this is a time.

The room that there is, by the data sheet of an H200: 4.8 TB/s are 1.7 numbers of a float32 scan (12 bytes)
for each clock of each of its 132 multiprocessors at 1.75 GHz, and a multiprocessor starts 128 lanes a clock.
That is about 74 instructions for each number, and half of that for bfloat16.

Run: python benchmarks/scan_registers.py    (about a minute; needs triton, which need not be able to run)
"""

import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from common import save

import torch

GPUS = (80, 90)
DTYPES = (torch.float32, torch.bfloat16, torch.complex64)
REGISTERS = 65536  # of a multiprocessor, on both GPUs


def compiled(
    kernel: Any, dtype: torch.dtype, group: int, gpu: int, ones: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Figures of one compiled kernel. ones: sizes that are 1, which Triton compiles for by themselves."""
    from minirnn.scan import triton_scan

    import triton
    from triton.backends.compiler import GPUTarget
    from triton.compiler import ASTSource

    parts = 2 if dtype.is_complex else 1
    constants = {
        "reset": None,
        "REVERSE": False,
        "COMPLEX": dtype.is_complex,
        "STRETCHES": triton_scan.STRETCHES,
        "ROWS": triton_scan.ROWS,
        "WIDTH": triton_scan.WIDTH // parts,
        "GROUP": group,
    }
    constants |= dict.fromkeys(ones, 1)
    state = "*i64" if dtype.is_complex else "*fp32"
    number = {torch.float32: "*fp32", torch.bfloat16: "*bf16", torch.complex64: "*i64"}[dtype]
    types = {"ticket": "*i64", "mail": "*i64"} | dict.fromkeys(
        ("h0", "h_last", "grad_last", "grad_h0"), state
    )
    types |= dict.fromkeys(("chains", "tiles", "seq_len", "dim", "a_batch", "a_time"), "i32")
    names = kernel.arg_names
    signature = {name: "constexpr" if name in constants else types.get(name, number) for name in names}
    # As the launcher finds them at common sizes: multiples of 16.
    multiples = {
        (i,): [["tt.divisibility", 16]]
        for i, name in enumerate(names)
        if name not in constants and name not in ("chains", "tiles")
    }
    source = ASTSource(kernel, signature, constants, multiples)
    options = {"num_warps": triton_scan.WARPS}
    built = triton.compile(source, target=GPUTarget("cuda", gpu, 32), options=options)

    tool = Path(triton.__file__).parent / "backends" / "nvidia" / "bin" / "cuobjdump"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "kernel.cubin")
        file.write_bytes(built.asm["cubin"])
        usage, code = (
            subprocess.run([tool, option, file], capture_output=True, text=True, check=True).stdout
            for option in ("-res-usage", "-sass")
        )
    found = {name: int(value) for name, value in re.findall(r"(REG|STACK|SHARED):(\d+)", usage)}
    instructions = len(re.findall(r"/\*[0-9a-f]{4,}\*/ +[A-Z@]", code))
    threads = 32 * triton_scan.WARPS
    numbers = triton_scan.STRETCHES * triton_scan.ROWS * triton_scan.WIDTH // parts
    return {
        "kernel": kernel.__name__.strip("_"),
        "gpu": f"sm_{gpu}",
        "dtype": str(dtype).removeprefix("torch."),
        "tiles": "each waits for the one before" if group == 1 else f"groups of {group}",
        "registers": found["REG"],
        "spilled_bytes": found["STACK"],
        "shared_bytes": found["SHARED"],
        "instructions_per_number": round(instructions * threads / numbers, 1),
        "programs_per_multiprocessor": REGISTERS // (found["REG"] * threads),
    }


def measure() -> list[dict[str, Any]]:
    """All combinations."""
    from minirnn.scan import triton_scan

    return [
        compiled(kernel, dtype, group, gpu)
        for gpu in GPUS
        for kernel in (triton_scan._forward, triton_scan._backward)
        for dtype in DTYPES
        for group in (1, triton_scan.STRETCHES)
    ]


def main() -> None:
    """Print the table and write the results file."""
    import triton

    rows = measure()
    for row in rows:
        print(
            f"{row['gpu']}  {row['kernel']:8}  {row['dtype']:9}  {row['tiles']:29}  "
            f"{row['registers']:3} registers  {row['spilled_bytes']:3} bytes spilled  "
            f"{row['instructions_per_number']:6} instructions a number  "
            f"{row['programs_per_multiprocessor']} programs"
        )
    print(save("scan-registers", {"triton": triton.__version__, "rows": rows}))


if __name__ == "__main__":
    main()

"""A number as a kernel of the scan has it, real or complex: arithmetic, memory, and mail between programs.

A number is a tuple, (real,) or (real, imaginary), so one text of a kernel does for both kinds. Arithmetic is
in float32, whatever lies in memory.

A program that needs a number of another one gets it by *mail*: memory that starts as zeros. A word of mail is
32 bits of a number beside a 1 that says "written". They are one word, so whoever sees the 1 has the number.
"""

import triton
import triton.language as tl


@triton.jit
def add(x, y):
    """x + y."""
    if len(x) == 1:
        return (x[0].to(tl.float32) + y[0].to(tl.float32),)
    else:
        return (x[0] + y[0], x[1] + y[1])


@triton.jit
def mul(x, y):
    """x y."""
    if len(x) == 1:
        return (x[0].to(tl.float32) * y[0].to(tl.float32),)
    else:
        return (x[0] * y[0] - x[1] * y[1], x[0] * y[1] + x[1] * y[0])


@triton.jit
def wide(x):
    """The same in float32."""
    if len(x) == 1:
        return (x[0].to(tl.float32),)
    else:
        return x


@triton.jit
def conj(x):
    """The conjugate of x."""
    if len(x) == 1:
        return x
    else:
        return (x[0], -x[1])


@triton.jit
def where(condition, x, otherwise: tl.constexpr):
    """x, or a real constant where the condition does not hold."""
    if len(x) == 1:
        return (tl.where(condition, x[0], otherwise),)
    else:
        return (tl.where(condition, x[0], otherwise), tl.where(condition, x[1], 0.0))


@triton.jit
def load(x, at, mask, COMPLEX: tl.constexpr, OTHER: tl.constexpr = 0):
    """The number as it lies in memory; OTHER (0 or 1) outside the mask. A complex64 is one 64-bit word."""
    if COMPLEX:
        ONE: tl.constexpr = 0x3F800000  # the bits of 1.0
        word = tl.load(x + at, mask=mask, other=ONE * OTHER)
        real = word.to(tl.int32).to(tl.float32, bitcast=True)
        return (real, (word >> 32).to(tl.int32).to(tl.float32, bitcast=True))
    else:
        return (tl.load(x + at, mask=mask, other=1.0 * OTHER),)


@triton.jit
def store(x, at, value, mask):
    """Write a number as `load` reads it."""
    if len(value) == 1:
        tl.store(x + at, value[0].to(x.dtype.element_ty), mask=mask)
    else:
        real = value[0].to(tl.int32, bitcast=True).to(tl.int64) & 0xFFFFFFFF
        imaginary = value[1].to(tl.int32, bitcast=True).to(tl.int64) << 32
        tl.store(x + at, real | imaginary, mask=mask)


@triton.jit
def send(mail, at, value, mask):
    """Mail a number to whoever waits for it at `at`."""
    for i in tl.static_range(len(value)):
        word = (value[i].to(tl.int32, bitcast=True).to(tl.int64) << 32) | 1
        tl.atomic_xchg(mail + at * len(value) + i, word, mask=mask, sem="relaxed")


@triton.jit
def receive(mail, at, mask, COMPLEX: tl.constexpr):
    """Wait for the mail at all of `at`; 0 outside the mask. Volatile: look again each time."""
    PARTS: tl.constexpr = 2 if COMPLEX else 1
    parts = ()
    for i in tl.static_range(PARTS):
        word = tl.load(mail + at * PARTS + i, mask=mask, other=1, volatile=True)
        while tl.min(tl.min(word & 1, 1), 0) == 0:
            word = tl.load(mail + at * PARTS + i, mask=mask, other=1, volatile=True)
        parts = parts + ((word >> 32).to(tl.int32).to(tl.float32, bitcast=True),)
    return parts

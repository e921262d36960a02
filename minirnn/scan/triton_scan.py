"""The scan as a GPU wants it: every number is read once and written once.

    h_t = a_t * h_{t-1} + b_t

A scan does two operations for every twelve bytes that it moves, so memory decides how fast it is. The kernel
moves `a`, `b` and `h` once each. One *program*, a block of threads, takes one *tile*: some steps of some
channels. It keeps the tile in registers, as STRETCHES of ROWS steps side by side, and does what `blocked.py`
does:

1. *Summarise*: walk through all stretches at once; each becomes one map `h -> A h + B`.
2. *Carry*: a small scan over these maps tells where each stretch starts, given where the tile starts.
3. *Fill in*: once the state before the tile is known, walk again and write `h`.

That state belongs to the tile before, and so to another program. It comes by *mail*
(`minirnn.scan.triton_numbers`). Programs take tickets as they start and wait for lower tickets alone: no wait
can last for ever.

With many channels there is no wait: the tile before ended long ago. With few, tiles that follow each other
run at the same time. So tiles form groups. Each mails the map of its whole tile before it waits; it takes
the maps of its group's earlier tiles all at once; and it needs a state only from the group before. Which
numbers are combined never depends on who was first, so results repeat bit for bit.

The backward pass is the same walk with time turned round (see `minirnn.scan`), and one step longer: what the
first step hands on is the gradient of `h0`.

Sources: Merrill and Garland, "Single-pass Parallel Prefix Scan with Decoupled Look-back", NVIDIA technical
report NVR-2016-002, for the one pass in which tiles wait for each other. (There a tile looks back until it
meets a state; here always to the start of its group.) Martin and Cundy, arXiv 1709.04057, for the gradient.
"""

from contextlib import nullcontext

import torch
import triton
import triton.language as tl
from torch import Tensor

from minirnn.scan.triton_numbers import add, conj, load, mul, receive, send, store, where, wide

# A tile: 128 steps of 32 channels (of 16 complex ones) fit into the registers of 4 x 32 threads.
STRETCHES, ROWS, WIDTH, WARPS = 16, 8, 32, 4
FULL = 256  # chains of tiles: so many side by side keep a GPU busy without groups


@triton.jit
def _then(a0, b0, c0, d0, a1, b1, c1, d1):
    """(a, b): a row of maps as one map. (c, d): all but its last as one map. Two rows make one."""
    return a1 * a0, a1 * b0 + b1, c1 * a0, c1 * b0 + d1


@triton.jit
def _then_complex(a0, a0i, b0, b0i, c0, c0i, d0, d0i, a1, a1i, b1, b1i, c1, c1i, d1, d1i):
    a, c = mul((a1, a1i), (a0, a0i)), mul((c1, c1i), (a0, a0i))
    b = add(mul((a1, a1i), (b0, b0i)), (b1, b1i))
    d = add(mul((c1, c1i), (b0, b0i)), (d1, d1i))
    return a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1]


@triton.jit
def _running(A, B):
    """Maps (n, width) in a row -> for each n those up to and with it in one, and those before it in one."""
    zero = tl.zeros(A[0].shape, tl.float32)
    if len(A) == 1:
        A0, B0, C0, D0 = tl.associative_scan((A[0], B[0], zero + 1, zero), 0, _then)
        return (A0,), (B0,), (C0,), (D0,)
    else:
        A0, A1, B0, B1, C0, C1, D0, D1 = tl.associative_scan(
            (A[0], A[1], B[0], B[1], zero + 1, zero, zero, zero), 0, _then_complex
        )
        return (A0, A1), (B0, B1), (C0, C1), (D0, D1)


@triton.jit
def _last(x):
    """(n, width) -> the last row, (1, width)."""
    last = tl.arange(0, x[0].shape[0])[:, None] == x[0].shape[0] - 1
    if len(x) == 1:
        return (tl.sum(tl.where(last, x[0], 0.0), 0, keep_dims=True),)
    else:
        real = tl.sum(tl.where(last, x[0], 0.0), 0, keep_dims=True)
        return (real, tl.sum(tl.where(last, x[1], 0.0), 0, keep_dims=True))


@triton.jit
def _solve(
    a, b, start, mail, chain, tile, tiles,
    COMPLEX: tl.constexpr, WIDTH: tl.constexpr, GROUP: tl.constexpr,
):  # fmt: skip
    """The state before each stretch of a tile, (stretches, width), and after the tile, (1, width).

    a, b: a tuple with an entry (stretches, width) for each row. start: the state before the first tile.
    """
    A, B = wide(a[0]), wide(b[0])
    for r in tl.static_range(1, len(a)):
        A, B = mul(a[r], A), add(mul(a[r], B), b[r])
    A, B, A_before, B_before = _running(A, B)
    A, B = _last(A), _last(B)

    # A box for each tile: the state before it and, where there are groups, its A and its B.
    SLOTS: tl.constexpr = 1 if GROUP == 1 else 3
    column = tl.arange(0, WIDTH)[None, :]
    boxes = chain.to(tl.int64) * tiles * SLOTS * WIDTH + column
    if GROUP > 1:
        send(mail, boxes + (tile * SLOTS + 1) * WIDTH, A, column >= 0)
        send(mail, boxes + (tile * SLOTS + 2) * WIDTH, B, column >= 0)
    group = tile // GROUP * GROUP
    state = receive(mail, boxes + group * SLOTS * WIDTH, (group > 0) & (column >= 0), COMPLEX)
    state = add(state, where(group == 0, start, 0.0))
    if GROUP > 1:
        other = group + tl.arange(0, GROUP)[:, None]
        earlier = (other < tile) & (column >= 0)
        A_all = receive(mail, boxes + (other * SLOTS + 1) * WIDTH, earlier, COMPLEX)
        B_all = receive(mail, boxes + (other * SLOTS + 2) * WIDTH, earlier, COMPLEX)
        A_all, B_all, _, _ = _running(where(earlier, A_all, 1.0), B_all)
        state = add(mul(_last(A_all), state), _last(B_all))
    after = add(mul(A, state), B)
    goes_on = ((tile + 1) % GROUP == 0) & (tile + 1 < tiles)
    send(mail, boxes + (tile + 1) * SLOTS * WIDTH, after, goes_on & (column >= 0))
    return add(mul(A_before, state), B_before), after


@triton.jit
def _place(ticket, chains, dim, STRETCHES: tl.constexpr, ROWS: tl.constexpr, WIDTH: tl.constexpr):
    """Take a ticket -> chain, tile, batch, then the first step (stretches, 1) and the channel (1, width)."""
    number = tl.atomic_add(ticket, 1).to(tl.int32)
    chain, tile = number % chains, number // chains
    blocks = tl.cdiv(dim, WIDTH)
    step = (tile * STRETCHES + tl.arange(0, STRETCHES)[:, None]) * ROWS
    channel = chain % blocks * WIDTH + tl.arange(0, WIDTH)[None, :]
    # Offsets in memory can be beyond 2^31, so what they are made of has 64 bits.
    return chain, tile, (chain // blocks).to(tl.int64), step, channel


@triton.jit
def _forward(
    a, b, h0, reset, h, h_last, ticket, mail, chains, tiles, seq_len, dim, a_batch, a_time,
    REVERSE: tl.constexpr, COMPLEX: tl.constexpr,
    STRETCHES: tl.constexpr, ROWS: tl.constexpr, WIDTH: tl.constexpr, GROUP: tl.constexpr,
):  # fmt: skip
    """a (batch, time, dim) with strides a_batch, a_time, 1; b and h contiguous; h0, h_last (batch, dim)."""
    chain, tile, batch, step, d = _place(ticket, chains, dim, STRETCHES, ROWS, WIDTH)
    inside = d < dim
    # Step s of the walk is time `t + s * way`.
    way = -1 if REVERSE else 1
    t = (seq_len - 1 - step if REVERSE else step).to(tl.int64)
    a_at, at = batch * a_batch + t * a_time + d, (batch * seq_len + t) * dim + d
    reset_at = batch * seq_len + t
    a_rows, b_rows = (), ()
    for r in tl.static_range(ROWS):
        there = (step + r < seq_len) & inside
        # A step beyond the end changes nothing: h = 1 h + 0.
        decay = load(a, a_at + r * way * a_time, there, COMPLEX, 1)
        if reset is not None:
            keep = tl.load(reset + reset_at + r * way, mask=step + r < seq_len, other=0) == 0
            decay = where(keep, decay, 0.0)
        a_rows = a_rows + (decay,)
        b_rows = b_rows + (load(b, at + r * way * dim, there, COMPLEX),)

    start = load(h0, batch * dim + d, inside, COMPLEX)
    state, after = _solve(a_rows, b_rows, start, mail, chain, tile, tiles, COMPLEX, WIDTH, GROUP)
    for r in tl.static_range(ROWS):
        state = add(mul(a_rows[r], state), b_rows[r])
        store(h, at + r * way * dim, state, (step + r < seq_len) & inside)
    store(h_last, batch * dim + d, after, inside & (tile == tiles - 1))


@triton.jit
def _backward(
    a, h0, h, reset, grad_h, grad_last, grad_a, grad_b, grad_h0,
    ticket, mail, chains, tiles, seq_len, dim, a_batch, a_time,
    REVERSE: tl.constexpr, COMPLEX: tl.constexpr,
    STRETCHES: tl.constexpr, ROWS: tl.constexpr, WIDTH: tl.constexpr, GROUP: tl.constexpr,
):  # fmt: skip
    """The walk back, from grad_last: g = conj(a) g + grad_h, with the decay of the step before.

    One step more than there are times, with nothing to add, gives the gradient of h0.
    """
    chain, tile, batch, step, d = _place(ticket, chains, dim, STRETCHES, ROWS, WIDTH)
    inside = d < dim
    way = 1 if REVERSE else -1
    t = (step if REVERSE else seq_len - 1 - step).to(tl.int64)
    a_at, at = batch * a_batch + t * a_time + d, (batch * seq_len + t) * dim + d
    reset_at = batch * seq_len + t
    a_rows, g_rows, h_rows = (), (), ()
    for r in tl.static_range(ROWS):
        came = (step + r >= 1) & (step + r <= seq_len)
        decay = load(a, a_at + (r - 1) * way * a_time, came & inside, COMPLEX, 1)
        if reset is not None:
            keep = tl.load(reset + reset_at + (r - 1) * way, mask=came, other=0) == 0
            decay = where(keep, decay, 0.0)
        a_rows = a_rows + (conj(decay),)
        there = (step + r < seq_len) & inside
        g_rows = g_rows + (load(grad_h, at + r * way * dim, there, COMPLEX),)

    start = load(grad_last, batch * dim + d, inside, COMPLEX)
    g, after = _solve(a_rows, g_rows, start, mail, chain, tile, tiles, COMPLEX, WIDTH, GROUP)
    for r in tl.static_range(ROWS):
        # What a_t was multiplied with: the state before, which for the first time is h0.
        before = load(h, at + (r + 1) * way * dim, (step + r + 1 < seq_len) & inside, COMPLEX)
        initial = load(h0, batch * dim + d, (step + r + 1 == seq_len) & inside, COMPLEX)
        h_rows = h_rows + (add(before, initial),)
    for r in tl.static_range(ROWS):
        there = (step + r < seq_len) & inside
        g = add(mul(a_rows[r], g), g_rows[r])
        store(grad_b, at + r * way * dim, g, there)
        slope = mul(g, conj(h_rows[r]))
        if reset is not None:
            keep = tl.load(reset + reset_at + r * way, mask=step + r < seq_len, other=0) == 0
            slope = where(keep, slope, 0.0)
        store(grad_a, at + r * way * dim, slope, there)
    store(grad_h0, batch * dim + d, after, inside & (tile == tiles - 1))


def forward(a: Tensor, b: Tensor, h0: Tensor, reset: Tensor | None, reverse: bool) -> tuple[Tensor, Tensor]:
    """h and h_last, for arguments that `minirnn.scan.scan` has checked: nothing empty, h0 given."""
    h, h_last = b.new_empty(b.shape), h0.new_empty(h0.shape)
    _launch(_forward, b.shape, 0, reverse, a, (b, h0, reset, h, h_last))
    return h, h_last


def backward(
    a: Tensor, h0: Tensor, h: Tensor, reset: Tensor | None, grad_h: Tensor, grad_last: Tensor, reverse: bool
) -> tuple[Tensor, Tensor, Tensor]:
    """The gradients of a, b and h0."""
    # A decay that holds at all steps gets the sum over them, which wants the digits of the state.
    summed = a.shape != h.shape
    grad_a = h.new_empty(h.shape, dtype=h0.dtype if summed else h.dtype)
    grad_b, grad_h0 = h.new_empty(h.shape), h0.new_empty(h0.shape)
    tensors = (h0, h, reset, grad_h, grad_last, grad_a, grad_b, grad_h0)
    _launch(_backward, h.shape, 1, reverse, a, tensors)
    return grad_a.sum_to_size(a.shape).to(a.dtype), grad_b, grad_h0


def _launch(
    kernel: triton.JITFunction,
    shape: torch.Size,
    extra_steps: int,
    reverse: bool,
    a: Tensor,
    tensors: tuple[Tensor | None, ...],
) -> None:
    seq_len, dim = shape[-2:]
    batch = shape[:-2].numel()
    parts = 2 if a.is_complex() else 1
    width = min(WIDTH // parts, triton.next_power_of_2(dim))
    chains = batch * triton.cdiv(dim, width)
    tiles = triton.cdiv(seq_len + extra_steps, STRETCHES * ROWS)
    group = 1 if tiles == 1 or chains >= FULL else STRETCHES
    boxes = chains * tiles * (1 if group == 1 else 3) * width * parts
    head = 16  # the ticket, in 128 bytes of its own
    mail = torch.zeros(head + boxes, dtype=torch.int64, device=a.device)
    strides = (0, 0) if a.shape != shape else (seq_len * dim, dim)
    with torch.cuda.device(a.device) if a.is_cuda else nullcontext():
        kernel[(chains * tiles,)](
            *map(_plain, (a, *tensors)), mail, mail[head:], chains, tiles, seq_len, dim, *strides,
            REVERSE=reverse, COMPLEX=a.is_complex(),
            STRETCHES=STRETCHES, ROWS=ROWS, WIDTH=width, GROUP=group, num_warps=WARPS,
        )  # fmt: skip


def _plain(x: Tensor | None) -> Tensor | None:
    """Contiguous, and a complex64 as one word of 64 bits. (What the kernel writes to is that already.)"""
    if x is None:
        return None
    x = x.resolve_conj().contiguous()
    return x.view(torch.int64) if x.is_complex() else x

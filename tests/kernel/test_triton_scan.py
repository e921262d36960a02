"""The kernel in Triton's interpreter, on a CPU, against a plain loop in float64 that autograd tapes.

`python -m pytest tests/kernel` needs the extra `gpu-test`. The interpreter takes a tenth of a second for a
tile, so tiles are small here: groups, boundaries and rests then come up within a hundred steps.
"""

import os

os.environ["TRITON_INTERPRET"] = "1"  # before triton is imported

import numpy as np
import pytest
import torch

from minirnn.scan import scan, scan_numpy, triton_scan

DTYPES = [torch.float32, torch.complex64, torch.bfloat16, torch.float16]
# Where a GPU rounds to bfloat16 the interpreter cuts off, which costs a digit.
DIGITS = {torch.float32: 2**-20, torch.complex64: 2**-19, torch.bfloat16: 2**-6, torch.float16: 2**-10}


@pytest.fixture
def small_tiles(monkeypatch):
    """Tiles of 8 steps of 4 channels, in groups of 4: 33 steps are more than a group."""
    for name, value in (("STRETCHES", 4), ("ROWS", 2), ("WIDTH", 4)):
        monkeypatch.setattr(triton_scan, name, value)


def loop(a, b, h0, reset, reverse):
    """The recurrence in double precision, as one first writes it, on autograd's tape."""
    h, steps = h0, []
    times = range(b.shape[-2])
    for t in reversed(times) if reverse else times:
        if reset is not None:
            h = torch.where(reset[..., t, None], torch.zeros_like(h), h)
        h = (a if a.dim() == 1 else a[..., t, :]) * h + b[..., t, :]
        steps.append(h)
    return torch.stack(steps[::-1] if reverse else steps, -2), h


def problem(shape, dtype, *, constant=False, reset=False, seed=0):
    """a, b, h0 and reset; decays of size up to 1 with any sign or phase."""
    random = torch.Generator().manual_seed(seed)
    b = torch.randn(shape, dtype=dtype, generator=random)
    a = torch.randn(shape[-1:] if constant else shape, dtype=dtype, generator=random)
    a = (a / a.abs().clamp_min(1)).to(dtype)
    state = torch.float32 if dtype.itemsize == 2 else dtype
    h0 = torch.randn(*shape[:-2], shape[-1], dtype=state, generator=random)
    return a, b, h0, torch.rand(shape[:-1], generator=random) < 0.1 if reset else None


def assert_equals_the_loop(a, b, h0, reset, reverse):
    """Values and all gradients, through h and h_last."""
    double = torch.complex128 if b.is_complex() else torch.float64
    ours = [x.detach().clone().requires_grad_() for x in (a, b, h0)]
    exact = [x.detach().to(double).requires_grad_() for x in (a, b, h0)]
    h, h_last = scan(*ours, reset=reset, reverse=reverse, method="triton")
    exact_h, exact_last = loop(*exact, reset, reverse)
    assert h.dtype == b.dtype and h_last.dtype == h0.dtype
    random = torch.Generator().manual_seed(1)
    weights = [torch.randn(x.shape, dtype=x.dtype, generator=random) for x in (h, h_last)]
    gradients = torch.autograd.grad((h, h_last), ours, weights)
    expected = torch.autograd.grad((exact_h, exact_last), exact, [w.to(double) for w in weights])
    pairs = zip((h, h_last, *gradients), (exact_h, exact_last, *expected), strict=True)
    for got, right in pairs:
        error = (got.detach().to(double) - right.detach()).abs().max()
        assert error <= DIGITS[b.dtype] * max(1.0, right.detach().abs().max()), error


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("seq_len", [1, 8, 41])
def test_values_and_gradients_of_every_length(small_tiles, dtype, seq_len, reverse):
    """Less than a tile, a whole one, and more than a group with a rest; one block of channels and a rest."""
    assert_equals_the_loop(*problem((1, seq_len, 5), dtype), reverse)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("dtype", [torch.float32, torch.complex64])
@pytest.mark.parametrize("constant", [False, True])
def test_documents_and_decays_that_never_change(small_tiles, dtype, constant, reverse):
    assert_equals_the_loop(*problem((2, 37, 3), dtype, constant=constant, reset=True), reverse)


@pytest.mark.parametrize("dtype", [torch.float32, torch.complex64])
def test_many_channels_pass_the_state_from_tile_to_tile(small_tiles, dtype, monkeypatch):
    monkeypatch.setattr(triton_scan, "FULL", 2)
    assert_equals_the_loop(*problem((2, 37, 5), dtype, reset=True), False)


def test_tiles_of_the_real_size():
    """Two blocks of channels, the second nearly empty, and two tiles of time."""
    assert_equals_the_loop(*problem((1, 140, 36), torch.float32), False)


def test_no_gradient_crosses_a_reset(small_tiles):
    a, b, h0, _ = problem((1, 21, 3), torch.float32)
    a.requires_grad_(), b.requires_grad_(), h0.requires_grad_()
    reset = torch.zeros(1, 21, dtype=torch.bool)
    reset[0, 13] = True
    scan(a, b, h0, reset=reset, method="triton")[0][:, 13:].sum().backward()
    assert not b.grad[:, :13].any() and not a.grad[:, :14].any() and not h0.grad.any()
    assert b.grad[:, 13:].all() and a.grad[:, 14:].all()


def test_any_strides_and_any_number_of_dimensions(small_tiles):
    random = torch.Generator().manual_seed(3)
    a = torch.rand(3, 2, 5, 11, generator=random).transpose(-1, -2)
    b = torch.randn(3, 2, 1, 5, generator=random).expand(3, 2, 11, 5)
    h, last = scan(a, b, method="triton")
    exact, exact_last = scan_numpy(a.numpy(), b.numpy())
    np.testing.assert_allclose(h.numpy(), exact, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(last.numpy(), exact_last, rtol=1e-5, atol=1e-6)
    z = torch.randn(7, 3, dtype=torch.complex64, generator=random)
    exact, _ = scan_numpy(0.5 * z.numpy().conj(), z.numpy())
    np.testing.assert_allclose(
        scan(0.5 * z.conj(), z, method="triton")[0].numpy(), exact, rtol=1e-5, atol=1e-6
    )


def test_two_calls_with_carried_state_equal_one(small_tiles):
    a, b, h0, reset = problem((2, 50, 3), torch.float32, reset=True)
    whole, last = scan(a, b, h0, reset=reset, method="triton")
    first, state = scan(a[:, :19], b[:, :19], h0, reset=reset[:, :19], method="triton")
    second, state = scan(a[:, 19:], b[:, 19:], state, reset=reset[:, 19:], method="triton")
    torch.testing.assert_close(torch.cat([first, second], 1), whole, rtol=1e-5, atol=1e-6)
    torch.testing.assert_close(state, last, rtol=1e-5, atol=1e-6)


def test_half_inputs_keep_a_float32_state(small_tiles):
    a, b = torch.full((60, 2), 0.998).bfloat16(), torch.full((60, 2), 0.01).bfloat16()
    _, last = scan(a, b, method="triton")
    np.testing.assert_allclose(last.numpy(), scan_numpy(a.float().numpy(), b.float().numpy())[1], rtol=1e-6)


def test_nothing_at_all():
    h0 = torch.rand(2, 3)
    h, last = scan(torch.rand(2, 0, 3), torch.rand(2, 0, 3), h0, method="triton")
    assert h.shape == (2, 0, 3) and torch.equal(last, h0)


def test_inputs_are_never_written_to(small_tiles):
    a, b, h0, reset = problem((2, 9, 3), torch.complex64, reset=True)
    before = [x.clone() for x in (a, b, h0, reset)]
    leaves = [x.requires_grad_() for x in (a, b, h0)]
    scan(*leaves, reset=reset, method="triton")[0].abs().sum().backward()
    assert all(torch.equal(x, y) for x, y in zip((a, b, h0, reset), before, strict=True))


def test_it_is_one_step_to_torch_compile(small_tiles):
    torch.compiler.reset()
    a, b, h0, reset = problem((2, 12, 3), torch.float32, reset=True)
    a.requires_grad_(), b.requires_grad_()

    def loss(a, b):
        h, last = scan(a, b, h0, reset=reset, method="triton")
        return (h * h).sum() + last.sum()

    plain = torch.autograd.grad(loss(a, b), (a, b))
    graphed = torch.autograd.grad(torch.compile(loss, backend="aot_eager", fullgraph=True)(a, b), (a, b))
    for x, y in zip(plain, graphed, strict=True):
        torch.testing.assert_close(x, y)


def test_the_operator_keeps_its_promises_to_torch(small_tiles):
    a, b, h0, reset = problem((2, 6, 3), torch.bfloat16, reset=True)
    arguments = (a.requires_grad_(), b.requires_grad_(), h0, reset, False, "triton")
    torch.library.opcheck(torch.ops.minirnn.linear_scan.default, arguments)


def test_double_precision_is_not_for_the_kernel():
    b = torch.zeros(3, 2, dtype=torch.float64)
    with pytest.raises(ValueError, match=r"float32, torch\.complex64, and b is torch\.float64; use 'auto'"):
        scan(b, b, method="triton")

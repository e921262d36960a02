"""The kernel on a GPU, against double precision on the CPU, at sizes that the interpreter cannot reach."""

import numpy as np
import pytest
import torch

from minirnn.lm import LanguageModel, preset_config
from minirnn.scan import scan, scan_numpy

DTYPES = [torch.float32, torch.complex64, torch.bfloat16, torch.float16]
DIGITS = {torch.float32: 2**-20, torch.complex64: 2**-19, torch.bfloat16: 2**-7, torch.float16: 2**-10}


def problem(shape, dtype, *, constant=False, reset=False, seed=0):
    """a, b, h0 and reset on the GPU; decays of size up to 1 with any sign or phase."""
    random = torch.Generator("cuda").manual_seed(seed)
    make = {"dtype": dtype, "device": "cuda", "generator": random}
    a, b = torch.randn(shape[-1:] if constant else shape, **make), torch.randn(shape, **make)
    a = (a / a.abs().clamp_min(1)).to(dtype)
    state = torch.float32 if dtype.itemsize == 2 else dtype
    h0 = torch.randn(*shape[:-2], shape[-1], dtype=state, device="cuda", generator=random)
    kept = torch.rand(shape[:-1], device="cuda", generator=random) < 0.01 if reset else None
    return a, b, h0, kept


def assert_equals_double(a, b, h0, reset, reverse):
    """Values and gradients, through h and h_last, against the blocked scan in double precision on the CPU."""
    double = torch.complex128 if b.is_complex() else torch.float64
    ours = [x.detach().clone().requires_grad_() for x in (a, b, h0)]
    exact = [x.detach().cpu().to(double).requires_grad_() for x in (a, b, h0)]
    h, h_last = scan(*ours, reset=reset, reverse=reverse)
    kept = None if reset is None else reset.cpu()
    exact_h, exact_last = scan(*exact, reset=kept, reverse=reverse, method="blocked")
    random = torch.Generator("cuda").manual_seed(1)
    weights = [torch.randn(x.shape, dtype=x.dtype, device="cuda", generator=random) for x in (h, h_last)]
    gradients = torch.autograd.grad((h, h_last), ours, weights)
    expected = torch.autograd.grad((exact_h, exact_last), exact, [w.cpu().to(double) for w in weights])
    for got, right in zip((h, h_last, *gradients), (exact_h, exact_last, *expected), strict=True):
        error = (got.detach().cpu().to(double) - right.detach()).abs().max()
        assert error <= DIGITS[b.dtype] * max(1.0, right.detach().abs().max()), error


def test_auto_is_the_kernel():
    a, b, h0, _ = problem((2, 40, 5), torch.float32)
    assert torch.equal(scan(a, b, h0)[0], scan(a, b, h0, method="triton")[0])


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("seq_len", [1, 2, 127, 128, 129, 1009, 2053])
def test_every_length(dtype, seq_len, reverse):
    assert_equals_double(*problem((3, seq_len, 37), dtype), reverse)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("dim", [1, 3, 16, 31, 33, 257])
def test_every_width(dtype, dim):
    assert_equals_double(*problem((2, 300, dim), dtype, reset=True), False)


@pytest.mark.parametrize("constant", [False, True])
@pytest.mark.parametrize("dtype", [torch.float32, torch.complex64])
def test_many_channels(dtype, constant):
    """More chains of tiles than `FULL`: each tile waits for the one before."""
    assert_equals_double(*problem((16, 700, 1024), dtype, constant=constant, reset=True), False)


@pytest.mark.parametrize("dtype", [torch.float32, torch.complex64])
def test_long_and_narrow(dtype):
    """2^17 steps, which is 64 groups of tiles that run at the same time."""
    assert_equals_double(*problem((1, 2**17, 40), dtype, reset=True), False)


def test_more_than_two_to_the_31_numbers():
    shape = (33, 2**16, 1024)
    a = torch.full((1, 1, 1), 0.5, dtype=torch.bfloat16, device="cuda").expand(shape).contiguous()
    b = torch.ones(shape, dtype=torch.bfloat16, device="cuda")
    assert b.numel() > 2**31
    b[-1, -1] = torch.arange(1024, device="cuda") % 7
    h, last = scan(a, b)
    expected = 1.0 + torch.arange(1024, device="cuda") % 7  # half of 2, where the sum has long settled
    assert torch.equal(last[-1], expected.float())
    assert torch.equal(h[-1, -1].float(), expected.float())
    assert torch.equal(h[-1, 100], torch.full((1024,), 2.0, device="cuda", dtype=torch.bfloat16))


@pytest.mark.parametrize("shape", [(1, 2**16, 64), (8, 1024, 1536)])
def test_fifty_runs_are_bit_identical(shape):
    a, b, h0, _ = problem(shape, torch.float32)
    a.requires_grad_(), b.requires_grad_(), h0.requires_grad_()

    def run():
        h, last = scan(a, b, h0)
        return (
            h.detach(),
            last.detach(),
            *torch.autograd.grad((h, last), (a, b, h0), (b.detach(), h0.detach())),
        )

    first = run()
    for _ in range(49):
        assert all(torch.equal(x, y) for x, y in zip(first, run(), strict=True))


def test_two_calls_with_carried_state_equal_one():
    a, b, h0, reset = problem((2, 5000, 48), torch.float32, reset=True)
    whole, last = scan(a, b, h0, reset=reset)
    first, state = scan(a[:, :1777], b[:, :1777], h0, reset=reset[:, :1777])
    second, state = scan(a[:, 1777:], b[:, 1777:], state, reset=reset[:, 1777:])
    torch.testing.assert_close(torch.cat([first, second], 1), whole, rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(state, last, rtol=1e-5, atol=1e-5)


def test_double_precision_takes_another_way():
    a, b, h0, _ = problem((2, 300, 5), torch.float64)
    h, _ = scan(a, b, h0)
    exact, _ = scan_numpy(*(x.cpu().numpy() for x in (a, b, h0)))
    np.testing.assert_allclose(h.cpu().numpy(), exact, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("preset", ["hawk", "griffin", "lru", "mamba", "mingru"])
def test_a_model_with_it_compiles(preset):
    """The compiled model gives the loss and the gradients of the plain one, and both those of the CPU."""
    torch.compiler.reset()
    torch.manual_seed(0)
    model = LanguageModel(preset_config(preset, 50, d_model=64)).cuda()
    tokens = torch.randint(50, (4, 160), device="cuda")

    def loss(model, tokens):
        logits, _ = model(tokens)
        return torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), tokens[:, 1:].flatten())

    def gradients(step, model, tokens):
        model.zero_grad()
        value = step(model, tokens)
        value.backward()
        return [value.detach().cpu(), *(p.grad.cpu().clone() for p in model.parameters())]

    plain = gradients(loss, model, tokens)
    compiled = gradients(torch.compile(loss), model, tokens)
    on_cpu = gradients(loss, model.cpu(), tokens.cpu())
    for x, y, z in zip(plain, compiled, on_cpu, strict=True):
        torch.testing.assert_close(x, y, rtol=1e-3, atol=1e-5)
        torch.testing.assert_close(x, z, rtol=1e-3, atol=1e-5)

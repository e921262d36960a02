"""The scan against what is not the scan: a float64 loop, scipy's filter, finite differences."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import lfilter
from torch.autograd import gradcheck

from minirnn.scan import METHODS, operator, scan, scan_numpy
from minirnn.scan.blocked import blocked, chunk_count

ALL = [*METHODS, "auto"]
PRECISE = [m for m in ALL if m != "log_space"]
SINGLE, DOUBLE = 2.0**-23, 2.0**-52
EPS = {torch.float32: SINGLE, torch.float64: DOUBLE, torch.complex64: SINGLE, torch.complex128: DOUBLE}


def assert_matches_loop(a, b, h0=None, reset=None, reverse=False, method="auto", worst_case=False):
    """Compare with the float64 loop, within the bounds stated in `minirnn.scan`."""
    h, h_last = scan(a, b, h0, reset=reset, reverse=reverse, method=method)
    arrays = [None if x is None else x.detach().numpy() for x in (a, b, h0)]
    keep = None if reset is None else reset.numpy()
    exact, exact_last = scan_numpy(*arrays, reset=keep, reverse=reverse)
    sizes = [None if x is None else np.abs(x) for x in arrays]
    size, size_last = scan_numpy(*sizes, reset=keep, reverse=reverse)
    seq_len = max(b.shape[-2], 1)
    bound = 1 + 2 * seq_len if worst_case else 1 + np.log2(seq_len) / 4
    if method == "log_space":
        decay = np.maximum(np.abs(np.broadcast_to(arrays[0], b.shape)), torch.finfo(b.dtype).tiny)
        if keep is not None:
            decay = np.where(keep[..., None], torch.finfo(b.dtype).tiny, decay)
        bound *= 1 + np.abs(np.cumsum(np.log(decay), axis=-2)).max(initial=0)
    # A complex multiplication rounds about four times where a real one rounds once.
    bound *= EPS[b.dtype] * (4 if b.is_complex() else 1)
    tiny = 64 * torch.finfo(b.dtype).tiny
    assert h.dtype == b.dtype and h.shape == b.shape
    np.testing.assert_array_less(np.abs(h.detach().numpy() - exact), bound * size + tiny)
    np.testing.assert_array_less(np.abs(h_last.detach().numpy() - exact_last), bound * size_last + tiny)


@st.composite
def problems(draw):
    """Shapes, lengths, strides, dtypes, resets and the decays at which things break."""
    batch = draw(st.sampled_from([(), (1,), (3,), (2, 2)]))
    seq_len, dim = draw(st.integers(0, 300)), draw(st.integers(1, 5))
    dtype = draw(st.sampled_from([torch.float32, torch.float64, torch.complex64, torch.complex128]))
    random = torch.Generator().manual_seed(draw(st.integers(0, 2**31)))

    def strided(*shape):
        layout = draw(st.sampled_from(["plain", "time last", "every other", "expanded"]))
        if layout == "time last" and len(shape) >= 2:
            swapped = (*shape[:-2], shape[-1], shape[-2])
            return torch.randn(swapped, dtype=dtype, generator=random).transpose(-1, -2)
        if layout == "every other":
            return torch.randn(*shape[:-1], 2 * shape[-1], dtype=dtype, generator=random)[..., ::2]
        if layout == "expanded" and len(shape) >= 2:
            return torch.randn(*shape[:-2], 1, shape[-1], dtype=dtype, generator=random).expand(shape)
        return torch.randn(*shape, dtype=dtype, generator=random)

    b = strided(*batch, seq_len, dim)
    a = strided(dim) if draw(st.booleans()) else strided(*batch, seq_len, dim)
    size = draw(st.sampled_from([0.0, 1e-30, 0.5, 0.99, 1 - 1e-6, 1.0, 1.02, None]))
    if size is None:
        a = a / a.abs().clamp_min(1.0)
    else:
        a = size * torch.sgn(a) if draw(st.booleans()) else torch.full_like(a, size)
    h0 = strided(*batch, dim) if draw(st.booleans()) else None
    reset = torch.rand(*batch, seq_len, generator=random) < 0.1 if draw(st.booleans()) else None
    return a, b, h0, reset, draw(st.booleans())


@pytest.mark.parametrize("method", ALL)
@given(problem=problems())
@settings(max_examples=120, deadline=None)
def test_every_method_equals_the_float64_loop(method, problem):
    assert_matches_loop(*problem, method=method, worst_case=True)


@pytest.mark.parametrize("method", PRECISE)
@pytest.mark.parametrize("seq_len", [1, 10, 1_000, 30_000])
@pytest.mark.parametrize("low, high", [(0.0, 1.0), (0.9, 0.999), (1 - 1e-6, 1.0), (-1.0, 1.0)])
def test_rounding_stays_within_the_stated_bound(method, seq_len, low, high):
    random = np.random.default_rng(seq_len)
    a = torch.from_numpy(random.uniform(low, high, (seq_len, 3)).astype(np.float32))
    b = torch.from_numpy(random.standard_normal((seq_len, 3)).astype(np.float32))
    assert_matches_loop(a, b, method=method)


def test_log_space_loses_digits_where_the_loop_does_not():
    random = np.random.default_rng(0)
    a = torch.from_numpy(random.uniform(0.0, 1.0, (10_000, 2)).astype(np.float32))
    b = torch.ones(10_000, 2)
    exact, _ = scan_numpy(a.numpy(), b.numpy())
    error = {m: np.abs(scan(a, b, method=m)[0].numpy() / exact - 1).max() for m in ("log_space", "blocked")}
    assert error["blocked"] < 1e-6 < 1e-5 < error["log_space"]


@pytest.mark.parametrize("method", ALL)
def test_a_constant_decay_is_scipys_filter(method):
    random = np.random.default_rng(1)
    b = random.standard_normal((500, 1))
    expected = lfilter([1.0], [1.0, -0.97], b[:, 0])
    h, h_last = scan(torch.tensor([0.97], dtype=torch.float64), torch.from_numpy(b), method=method)
    np.testing.assert_allclose(h[:, 0].numpy(), expected, rtol=0, atol=1e-11)
    assert h_last.item() == pytest.approx(expected[-1], abs=1e-11)


def test_the_loop_itself_on_numbers_done_by_hand():
    a, b = np.array([[2.0], [3.0], [0.5]]), np.array([[1.0], [1.0], [4.0]])
    h, last = scan_numpy(a, b, np.array([10.0]))
    assert h[:, 0].tolist() == [21.0, 64.0, 36.0] and last.tolist() == [36.0]
    h, last = scan_numpy(a, b, np.array([10.0]), reverse=True)
    assert h[:, 0].tolist() == [57.0, 28.0, 9.0] and last.tolist() == [57.0]
    h, _ = scan_numpy(a, b, np.array([10.0]), reset=np.array([False, True, False]))
    assert h[:, 0].tolist() == [21.0, 1.0, 4.5]


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("dtype", [torch.float64, torch.complex128])
def test_gradients_of_everything_match_finite_differences(method, reverse, dtype):
    random = torch.Generator().manual_seed(2)
    b = torch.randn(2, 7, 2, dtype=dtype, generator=random, requires_grad=True)
    h0 = torch.randn(2, 2, dtype=dtype, generator=random, requires_grad=True)
    reset = torch.zeros(2, 7, dtype=torch.bool)
    reset[0, 4] = reset[1, 0] = True
    how = {"reverse": reverse, "method": method}
    for shape in [(2, 7, 2), (2,)]:
        a = torch.randn(*shape, dtype=dtype, generator=random, requires_grad=True)
        assert gradcheck(lambda a, b, h0: scan(a, b, h0, **how), (a, b, h0))
        assert gradcheck(lambda a, b, h0: scan(a, b, h0, reset=reset, **how), (a, b, h0))
        assert gradcheck(lambda a, b: scan(a, b, **how)[0], (a, b))
        assert gradcheck(lambda a, b, h0: scan(a, b, h0, **how)[1], (a, b, h0))


@pytest.mark.parametrize("dtype", [torch.float32, torch.complex64])
@pytest.mark.parametrize("method", PRECISE)
def test_long_gradients_in_single_precision_match_double(method, dtype):
    random = torch.Generator().manual_seed(3)
    a, b, w = (torch.randn(2, 700, 8, dtype=dtype, generator=random) for _ in range(3))
    a = a / a.abs().clamp_min(1.0)

    def gradients(to):
        leaves = [x.detach().to(to).requires_grad_() for x in (a, b)]
        h = scan(*leaves, method="sequential" if to in (torch.float64, torch.complex128) else method)[0]
        (h * w.to(to)).sum().abs().backward()
        return [x.grad for x in leaves]

    double = torch.complex128 if dtype.is_complex else torch.float64
    for single, exact in zip(gradients(dtype), gradients(double), strict=True):
        assert (single.to(double) - exact).abs().max() < 1e-5 * exact.abs().max()


def test_no_gradient_crosses_a_reset():
    a, b = (torch.rand(1, 9, 2, dtype=torch.float64, requires_grad=True) for _ in range(2))
    h0 = torch.rand(1, 2, dtype=torch.float64, requires_grad=True)
    reset = torch.zeros(1, 9, dtype=torch.bool)
    reset[0, 5] = True
    scan(a, b, h0, reset=reset)[0][:, 5:].sum().backward()
    assert not b.grad[:, :5].any() and not a.grad[:, :6].any() and not h0.grad.any()
    assert b.grad[:, 5:].all() and a.grad[:, 6:].all()


@pytest.mark.parametrize("method", PRECISE)
@pytest.mark.parametrize("reverse", [False, True])
def test_two_halves_with_carried_state_equal_the_whole(method, reverse):
    random = torch.Generator().manual_seed(4)
    a, b = (torch.rand(3, 50, 4, dtype=torch.float64, generator=random) for _ in range(2))
    h0 = torch.rand(3, 4, dtype=torch.float64, generator=random)
    whole, last = scan(a, b, h0, reverse=reverse, method=method)
    parts = [slice(0, 17), slice(17, 50)]
    pieces, state = {}, h0
    for i in reversed(range(2)) if reverse else range(2):
        pieces[i], state = scan(a[:, parts[i]], b[:, parts[i]], state, reverse=reverse, method=method)
    torch.testing.assert_close(torch.cat([pieces[0], pieces[1]], 1), whole, rtol=1e-13, atol=1e-13)
    torch.testing.assert_close(state, last, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
@pytest.mark.parametrize("method", PRECISE)
def test_half_inputs_keep_a_float32_state(method, dtype):
    a, b = torch.full((400, 2), 0.998).to(dtype), torch.full((400, 2), 0.01).to(dtype)
    h, last = scan(a, b, method=method)
    exact, exact_last = scan_numpy(a.float().numpy(), b.float().numpy())
    assert h.dtype == dtype and last.dtype == torch.float32
    np.testing.assert_allclose(last.numpy(), exact_last, rtol=1e-5)
    np.testing.assert_allclose(h.float().numpy(), exact, rtol=2**-8)
    assert scan(a, b, last)[1].dtype == torch.float32
    a.requires_grad_(), b.requires_grad_()
    scan(a, b, method=method)[0].float().sum().backward()
    assert a.grad.dtype == b.grad.dtype == dtype


def test_no_steps_give_the_state_back():
    h0 = torch.rand(2, 3, requires_grad=True)
    a, b = (torch.rand(2, 0, 3, requires_grad=True) for _ in range(2))
    h, last = scan(a, b, h0)
    assert h.shape == (2, 0, 3) and torch.equal(last, h0)
    last.sum().backward()
    assert torch.equal(h0.grad, torch.ones(2, 3))
    h.sum().backward()
    assert a.grad.shape == b.grad.shape == (2, 0, 3)


def test_backward_keeps_only_decay_and_states():
    """Memory is inputs plus outputs: no tape through the loop."""
    a, b = (torch.rand(2, 64, 8, requires_grad=True) for _ in range(2))
    kept = []
    with torch.autograd.graph.saved_tensors_hooks(lambda x: kept.append(x.numel()) or x, lambda x: x):
        scan(a, b)
    assert sum(kept) <= 2 * a.numel() + 2 * 8


def test_inputs_are_never_written_to():
    for method in ALL:
        a, b, h0 = torch.rand(2, 40, 3), torch.rand(2, 40, 3), torch.rand(2, 3)
        before = [x.clone() for x in (a, b, h0)]
        scan(a, b, h0, method=method)
        assert all(torch.equal(x, y) for x, y in zip((a, b, h0), before, strict=True)), method


def test_chunks_cover_short_long_narrow_and_wide():
    assert chunk_count(10_000, 10**7) == 1, "a wide step fills the machine on its own"
    assert chunk_count(3, 1) == 1, "too short to cut"
    for seq_len in (8, 100, 1_001, 65_536):
        assert 1 < chunk_count(seq_len, 16) <= seq_len // 4


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("seq_len", [8, 9, 31, 100, 257, 1_000])
def test_blocked_may_overwrite_its_input(seq_len, reverse):
    random = torch.Generator().manual_seed(5)
    a, b = (torch.rand(2, seq_len, 3, dtype=torch.float64, generator=random) for _ in range(2))
    exact, _ = scan_numpy(a.numpy(), b.numpy(), reverse=reverse)
    blocked(a, b, torch.zeros(2, 3, dtype=torch.float64), b, reverse)
    np.testing.assert_allclose(b.numpy(), exact, rtol=1e-12)


def test_it_is_one_step_to_torch_compile():
    torch.compiler.reset()
    a, b = (torch.rand(2, 33, 4, dtype=torch.float64, requires_grad=True) for _ in range(2))
    h0 = torch.rand(2, 4, dtype=torch.float64)
    reset = torch.rand(2, 33) < 0.2

    def loss(a, b):
        h, last = scan(a, b, h0, reset=reset)
        return (h * h).sum() + last.sum()

    plain = torch.autograd.grad(loss(a, b), (a, b))
    graphed = torch.autograd.grad(torch.compile(loss, backend="aot_eager", fullgraph=True)(a, b), (a, b))
    for x, y in zip(plain, graphed, strict=True):
        torch.testing.assert_close(x, y)


@pytest.mark.parametrize("op_dtype", [torch.float32, torch.complex64, torch.bfloat16])
def test_the_operators_keep_their_promises_to_torch(op_dtype):
    a, b = (torch.rand(2, 6, 3).to(op_dtype).requires_grad_() for _ in range(2))
    h0 = torch.rand(2, 3).to(torch.float32 if op_dtype == torch.bfloat16 else op_dtype)
    torch.library.opcheck(torch.ops.minirnn.linear_scan.default, (a, b, h0, None, False, "blocked"))


def test_what_auto_takes(monkeypatch):
    """The kernel for what it knows, where it is; a GPU without it is told so, once."""
    there = SimpleNamespace(is_cuda=True, dtype=torch.float32)
    monkeypatch.setattr(operator, "TRITON", True)
    assert operator.fastest(there) == "triton"
    assert operator.fastest(SimpleNamespace(is_cuda=True, dtype=torch.float64)) == "blocked"
    assert operator.fastest(torch.zeros(2, 2)) == "blocked"
    monkeypatch.setattr(operator, "TRITON", False)
    assert operator.fastest(there) == "blocked"
    operator.say_that_triton_is_missing.cache_clear()
    with pytest.warns(UserWarning, match="triton is not installed") as told:
        operator.say_that_triton_is_missing()
        operator.say_that_triton_is_missing()
    assert len(told) == 1


@pytest.mark.parametrize(
    "there, dtype, words",
    [
        (False, torch.float32, "not installed"),
        (True, torch.float64, "float64"),
        (True, torch.float32, "on cpu"),
    ],
)
def test_where_the_kernel_cannot_run_the_reason_is_given(there, dtype, words, monkeypatch):
    monkeypatch.setattr(operator, "TRITON", there)
    monkeypatch.delenv("TRITON_INTERPRET", raising=False)
    b = torch.zeros(5, 3, dtype=dtype)
    with pytest.raises(ValueError, match=words) as error:
        scan(b, b, method="triton")
    assert "use 'auto'" in str(error.value)


X = torch.zeros(2, 5, 3)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: scan(X[:, :4], X), ["(2, 4, 3)", "(2, 5, 3)"]),
        (lambda: scan(X[0, 0, :2], X), ["(2,)", "(3,)"]),
        (lambda: scan(X, X, X[:, 0, :2]), ["h0", "(2, 2)", "(2, 3)"]),
        (lambda: scan(X, X, reset=torch.zeros(2, 4, dtype=torch.bool)), ["reset", "(2, 4)", "(2, 5)"]),
        (lambda: scan(X, X, reset=torch.zeros(2, 5)), ["reset", "float32", "bool"]),
        (lambda: scan(X.double(), X), ["float64", "float32"]),
        (lambda: scan(X.to(torch.complex64), X), ["complex64", "float32"]),
        (lambda: scan(X.int(), X.int()), ["int32", "floating or complex"]),
        (lambda: scan(X, X, X[:, 0].double()), ["h0", "float64", "float32"]),
        (lambda: scan(X.to("meta"), X), ["meta", "cpu"]),
        (lambda: scan(X[0, 0], X[0, 0]), ["(3,)", "(..., time, dim)"]),
        (lambda: scan(X, X, method="magic"), ["magic", "hillis_steele"]),
    ],
)
def test_a_misfit_is_named(call, words):
    with pytest.raises(ValueError) as error:
        call()
    message = str(error.value)
    assert all(word in message for word in words) and "\n" not in message

"""Scans of matrices against what they are not: a numpy loop, finite differences, the diagonal scan."""

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.autograd import gradcheck

from minirnn.scan import scan
from minirnn.scan.matrix import covariance_scan, matrix_scan


def problem(
    seq_len: int, n: int = 3, batch: tuple[int, ...] = (2,), dtype: torch.dtype = torch.float64
) -> list[Tensor]:
    """A (..., time, n, n) with a spectral radius of about 1, b (..., time, n), h0 (..., n)."""
    random = torch.Generator().manual_seed(seq_len)
    shapes = [(*batch, seq_len, n, n), (*batch, seq_len, n), (*batch, n)]
    A, b, h0 = (torch.randn(shape, generator=random, dtype=torch.float64) for shape in shapes)
    return [x.to(dtype) for x in (A / n**0.5, b, h0)]


def loop(A: Tensor, b: Tensor, h0: Tensor, reverse: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """The recurrence step by step, in float64."""
    A_, b_, h = (np.asarray(x.detach(), dtype=np.float64) for x in (A, b, h0))
    out = np.empty_like(b_)
    steps = range(b_.shape[-2])
    for t in reversed(steps) if reverse else steps:
        h = np.einsum("...ij,...j->...i", A_[..., t, :, :], h) + b_[..., t, :]
        out[..., t, :] = h
    return out, h


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("seq_len", range(41))
def test_equals_the_loop_at_every_length(seq_len: int, reverse: bool) -> None:
    inputs = problem(seq_len)
    before = [x.clone() for x in inputs]
    h, last = matrix_scan(*inputs, reverse=reverse)
    expected, expected_last = loop(*inputs, reverse=reverse)
    assert h.shape == (2, seq_len, 3) and last.shape == (2, 3)
    np.testing.assert_allclose(h, expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(last, expected_last, rtol=0, atol=1e-12)
    assert all(torch.equal(x, y) for x, y in zip(inputs, before, strict=True))


@pytest.mark.parametrize("batch", [(), (1,), (2, 3), (0,)], ids=str)
@pytest.mark.parametrize("n", [1, 5])
def test_any_batch_and_size(batch: tuple[int, ...], n: int) -> None:
    inputs = problem(7, n, batch)
    h, last = matrix_scan(*inputs)
    expected, expected_last = loop(*inputs)
    np.testing.assert_allclose(h, expected, rtol=0, atol=1e-13)
    np.testing.assert_allclose(last, expected_last, rtol=0, atol=1e-13)


def test_any_strides() -> None:
    A, b, h0 = problem(9)
    strided = (A.mT.contiguous().mT, b.mT.contiguous().mT, h0.repeat_interleave(2, 0)[::2])
    assert not any(x.is_contiguous() for x in strided)
    np.testing.assert_allclose(matrix_scan(*strided)[0], loop(A, b, h0)[0], rtol=0, atol=1e-13)
    constant = A[:, :1].expand_as(A)
    np.testing.assert_allclose(matrix_scan(constant, b, h0)[0], loop(constant, b, h0)[0], rtol=0, atol=1e-13)


def test_single_precision_over_a_long_sequence() -> None:
    inputs = problem(1_000, 8, dtype=torch.float32)
    h, last = matrix_scan(*inputs)
    expected, _ = loop(*inputs)
    assert h.dtype == last.dtype == torch.float32
    np.testing.assert_allclose(h, expected, rtol=0, atol=1e-5 * np.abs(expected).max())


@pytest.mark.parametrize("reverse", [False, True])
def test_diagonal_matrices_are_the_plain_scan(reverse: bool) -> None:
    _, b, h0 = problem(37)
    a = torch.rand(b.shape, dtype=torch.float64)
    for found, want in zip(
        matrix_scan(torch.diag_embed(a), b, h0, reverse=reverse), scan(a, b, h0, reverse=reverse), strict=True
    ):
        torch.testing.assert_close(found, want, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("seq_len", [0, 1, 2, 3, 6, 11])
def test_gradients_match_finite_differences(seq_len: int, reverse: bool) -> None:
    inputs = [x.requires_grad_() for x in problem(seq_len, 2)]
    assert gradcheck(lambda A, b, h0: matrix_scan(A, b, h0, reverse=reverse), inputs)
    assert gradcheck(lambda A, b, h0: matrix_scan(A, b, h0, reverse=reverse)[1], inputs)


def test_no_steps_give_the_state_back() -> None:
    A, b, h0 = inputs = [x.requires_grad_() for x in problem(0)]
    h, last = matrix_scan(*inputs)
    assert torch.equal(last, h0) and last.data_ptr() != h0.data_ptr()
    (h.sum() + last.sum()).backward()
    assert A.grad.shape == A.shape and b.grad.shape == b.shape and torch.equal(h0.grad, torch.ones_like(h0))


def test_backward_leaves_its_inputs_alone() -> None:
    inputs = [x.requires_grad_() for x in problem(7)]
    h, _ = matrix_scan(*inputs)
    weight = torch.ones_like(h)
    torch.autograd.grad(h, inputs, weight)
    assert torch.equal(weight, torch.ones_like(h))


def test_backward_keeps_only_decays_and_states() -> None:
    """Memory is inputs plus outputs: no tape through the tree."""
    inputs = [x.requires_grad_() for x in problem(64)]
    kept: list[int] = []
    with torch.autograd.graph.saved_tensors_hooks(lambda x: kept.append(x.numel()) or x, lambda x: x):
        matrix_scan(*inputs)
    assert sum(kept) <= sum(x.numel() for x in inputs) + inputs[1].numel()


@pytest.mark.parametrize("seq_len", [0, 1, 2, 3, 8, 21])
@pytest.mark.parametrize("batch", [(), (2,), (2, 3)], ids=str)
def test_covariances_equal_the_loop(batch: tuple[int, ...], seq_len: int) -> None:
    n, random = 3, torch.Generator().manual_seed(seq_len)
    A, C, Q = (torch.randn(*batch, seq_len, n, n, generator=random, dtype=torch.float64) for _ in range(3))
    C, Q = C @ C.mT, Q @ Q.mT
    P, expected = torch.zeros(*batch, n, n, dtype=torch.float64), []
    for t in range(seq_len):
        A_t, C_t, Q_t = (z[..., t, :, :] for z in (A, C, Q))
        P = C_t + A_t @ torch.linalg.solve(torch.eye(n, dtype=torch.float64) + P @ Q_t, P) @ A_t.mT
        expected.append(P)
    found = covariance_scan(A, C, Q)
    assert found.shape == (*batch, seq_len, n, n)
    if seq_len:
        torch.testing.assert_close(found, torch.stack(expected, -3), rtol=1e-9, atol=1e-9)


def test_covariances_of_a_filter_settle_where_the_riccati_equation_says() -> None:
    """Growth by 2 in each step, unit noise, observations with variance 3: x = 4 p + 1, p = 3 x / (x + 3)."""
    k = 1 / (1 + 3)
    one = torch.ones(400, 1, 1, dtype=torch.float64)
    P = covariance_scan((1 - k) * 2 * one, (1 - k) * one, k * 4 * one)
    settled = 1 + 7**0.5 / 2
    assert P[0].item() == pytest.approx(1 - k) and P[-1].item() == pytest.approx(settled, rel=1e-12)


@pytest.mark.parametrize("size", [1e300, 1e150, torch.nan])
def test_covariances_never_raise(size: float) -> None:
    """Squared, the first is no number, and to the second 1 is nothing: then the inverse does not exist."""
    A = torch.full((9, 2, 2), size, dtype=torch.float64)
    assert covariance_scan(A, A, A).shape == A.shape


A, B, H0 = torch.zeros(2, 5, 3, 3), torch.zeros(2, 5, 3), torch.zeros(2, 3)


@pytest.mark.parametrize(
    "inputs, words",
    [
        ((A[:, :4], B, H0), ["A has shape", "(2, 4, 3, 3)", "(2, 5, 3)", "(2, 5, 3, 3)"]),
        ((A[..., :2], B, H0), ["A has shape", "(2, 5, 3, 2)", "(2, 5, 3)"]),
        ((A, B, H0[:1]), ["h0 has shape", "(1, 3)", "(2, 5, 3)", "(2, 3)"]),
        ((A[0, 0, 0], B[0, 0], H0[0]), ["b has shape", "(3,)", "(..., time, n)"]),
        ((A.double(), B, H0), ["A is torch.float64", "b is torch.float32"]),
        ((A, B, H0.double()), ["h0 is torch.float64", "b is torch.float32"]),
        ((A.to("meta"), B, H0), ["meta", "cpu"]),
        ((A.bfloat16(), B.bfloat16(), H0.bfloat16()), ["torch.bfloat16", "torch.float32"]),
    ],
)
def test_a_misfit_is_named(inputs: tuple[Tensor, Tensor, Tensor], words: list[str]) -> None:
    with pytest.raises(ValueError) as error:
        matrix_scan(*inputs)
    message = str(error.value)
    assert all(word in message for word in words) and "\n" not in message

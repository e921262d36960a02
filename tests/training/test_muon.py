"""Muon against the singular value decomposition, a step by hand, and torch's own."""

import pytest
import torch

from minirnn.training.optim.muon import Muon, orthogonalise


@pytest.mark.parametrize("shape", [(64, 64), (128, 64), (64, 256), (3, 40, 24)])
def test_singular_values_come_near_one_and_directions_stay(shape):
    random = torch.Generator().manual_seed(0)
    matrices = torch.randn(shape, generator=random, dtype=torch.float64)
    result = orthogonalise(matrices)
    p, values, qt = torch.linalg.svd(matrices, full_matrices=False)
    x = values / values.norm(dim=-1, keepdim=True)
    for _ in range(5):
        x = 3.4445 * x - 4.7750 * x**3 + 2.0315 * x**5
    torch.testing.assert_close(result, p @ torch.diag_embed(x) @ qt, atol=1e-6, rtol=0)
    # A square random matrix has one value near zero, which five rounds do not lift; others have none.
    assert x.max() < 1.3 and (shape[-1] == shape[-2] or x.min() > 0.5)


def test_two_steps_by_hand():
    w = torch.nn.Parameter(torch.tensor([[2.0, 0.0], [0.0, 2.0], [0.0, 0.0]], dtype=torch.float64))
    optimizer = Muon([w], lr=0.1, momentum=0.5, weight_decay=0.2)
    expected, buffer = w.detach().clone(), torch.zeros_like(w)
    for scale in (1.0, -3.0):
        gradient = torch.tensor([[1.0, 2.0], [0.0, 1.0], [1.0, 0.0]], dtype=torch.float64) * scale
        w.grad = gradient.clone()
        optimizer.step()
        buffer = 0.5 * buffer + gradient
        direction = orthogonalise(gradient + 0.5 * buffer)
        expected = expected * (1 - 0.1 * 0.2) - 0.1 * (3 / 2) ** 0.5 * direction
    torch.testing.assert_close(w.detach(), expected)


def test_it_is_the_rule_of_torch():
    random = torch.Generator().manual_seed(1)
    start = [torch.randn(shape, generator=random) for shape in [(24, 16), (16, 24), (24, 16)]]
    gradients = [[torch.randn(w.shape, generator=random) for w in start] for _ in range(3)]

    def train(make):
        ws = [torch.nn.Parameter(w.clone()) for w in start]
        optimizer = make(ws)
        for step in gradients:
            for w, g in zip(ws, step, strict=True):
                w.grad = g.clone()
            optimizer.step()
        return ws

    ours = train(lambda ws: Muon(ws, lr=0.05, weight_decay=0.1))
    theirs = train(lambda ws: torch.optim.Muon(ws, lr=0.05, weight_decay=0.1, momentum=0.95))
    for x, y, w in zip(ours, theirs, start, strict=True):
        # theirs rounds to bfloat16 inside; the moves are compared, not the weights
        assert (x - y).norm() < 0.05 * (y - w).norm()


def test_a_stack_is_so_many_matrices_and_a_vector_is_refused():
    random = torch.Generator().manual_seed(2)
    stack = torch.randn(4, 6, 5, generator=random)
    together = orthogonalise(stack)
    for matrix, result in zip(stack, together, strict=True):
        torch.testing.assert_close(orthogonalise(matrix), result)
    with pytest.raises(ValueError, match=r"\(5,\)"):
        Muon([torch.nn.Parameter(torch.zeros(5))])


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_a_step_that_is_left_out_leaves_no_trace(value):
    random = torch.Generator().manual_seed(3)
    start, *good = (torch.randn(4, 6, generator=random) for _ in range(4))
    results = []
    for gradients in (good, [torch.full((4, 6), value), *good[:2], torch.full((4, 6), value), good[2]]):
        p = torch.nn.Parameter(start.clone())
        optimizer = Muon([p], lr=0.1, weight_decay=0.1)
        optimizer.found_inf = torch.zeros(())
        for gradient in gradients:
            optimizer.found_inf.fill_(not gradient.isfinite().all())
            p.grad = gradient.clone()
            optimizer.step()
        results.append((p.detach(), optimizer.state[p]["momentum_buffer"]))
    assert all(torch.equal(*pair) for pair in zip(*results, strict=True))

"""The gradients against autograd and finite differences, the clip, the verdict, and the committed run."""

import importlib
import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch

from minirnn.course import results
from minirnn.layers.rnn import RNN
from minirnn.tasks.order import temporal_order

ROOT = Path(__file__).parents[2]


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks" / "reproduce"))
    return importlib.import_module("temporal_order")


@pytest.fixture
def some(script):
    """Three runs in float64 whose gradients neither vanish nor are alike, and a batch for each."""
    torch.manual_seed(0)
    n, runs, batch, n_steps = 5, 3, 4, 12
    shapes = ((n, n), (6, n), (n,), (n, 4), (4,))
    weights = script.Weights(*(0.5 * torch.randn(runs, *shape, dtype=torch.float64) for shape in shapes))
    tokens, targets = torch.randint(6, (n_steps, runs, batch)), torch.randint(4, (runs, batch))
    return weights, tokens, targets


def losses(weights, tokens, targets):
    """The same network, one run at a time, by the library's layer: losses (runs,)."""
    found = []
    for run in range(len(weights.b)):
        W, U, b, V, c = (p[run] for p in weights)
        layer = RNN(6, len(b)).double()
        x = torch.nn.functional.one_hot(tokens[:, run].T, 6).double()
        made = torch.func.functional_call(layer, {"W": W, "U": U.T, "b": b}, (x,))[1][0]
        found.append(torch.nn.functional.cross_entropy(made @ V + c, targets[run]))
    return torch.stack(found)


def test_gradients_are_those_of_autograd_through_the_library_s_layer(script, some):
    weights, tokens, targets = some
    leaves = script.Weights(*(p.clone().requires_grad_() for p in weights))
    expected = losses(leaves, tokens, targets)
    grads = torch.autograd.grad(expected.sum(), leaves)
    loss, found, _, _ = script.gradients(weights, tokens, targets)
    torch.testing.assert_close(loss, expected.detach(), rtol=1e-10, atol=0)
    for name, one, other in zip(script.Weights._fields, found, grads, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-9, atol=1e-12, msg=name)


def frozen_omega(W, h, blame):
    """Omega of one run by its definition, a loop over steps and sequences, where only W is free."""
    terms = []
    for t in range(len(h) - 1):
        for u, state in zip(blame[t + 1], h[t], strict=True):
            if u @ u >= 1e-20:
                terms.append(((1 - state**2) * (W.T @ u)).norm() / u.norm())
    return sum((ratio - 1) ** 2 for ratio in terms) / len(terms)


def test_omega_and_its_gradient_with_blame_and_states_held_fast(script, some):
    weights, tokens, targets = some
    _, _, h, blame = script.gradients(weights, tokens, targets)
    value, grad = script.omega(h, blame)
    for run in range(3):
        W = weights.W[run].clone().requires_grad_()
        expected = frozen_omega(W, h[:, run], blame[:, run])
        assert float(value[run]) == pytest.approx(expected.item(), rel=1e-10)
        (by_autograd,) = torch.autograd.grad(expected, W)
        torch.testing.assert_close(grad[run], by_autograd, rtol=1e-9, atol=1e-12)
        for i, j in ((0, 0), (1, 3), (4, 2)):
            ends = []
            for sign in (1, -1):
                moved = weights.W[run].clone()
                moved[i, j] += sign * 1e-6
                ends.append(float(frozen_omega(moved, h[:, run], blame[:, run])))
            assert float(grad[run, i, j]) == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-5, abs=1e-9)


def test_the_fixed_parts_matter(script, some):
    """What is left out of Omega's gradient is not nothing: the whole derivative is another one."""
    weights, tokens, targets = some
    _, _, h, blame = script.gradients(weights, tokens, targets)
    _, grad = script.omega(h, blame)

    def whole(W):
        _, _, h, blame = script.gradients(weights._replace(W=W), tokens, targets)
        return script.omega(h, blame)[0]

    step = torch.zeros_like(weights.W)
    step[:, 1, 3] = 1e-6
    slope = (whole(weights.W + step) - whole(weights.W - step)) / 2e-6
    assert (slope - grad[:, 1, 3]).abs().min() > 1e-3


def test_steps_without_blame_do_not_count(script, some):
    weights, tokens, targets = some
    _, _, h, blame = script.gradients(weights, tokens, targets)
    blame[:6] *= 1e-12  # the squares of these are below the bound; step 5 still has step 6 after it
    value, grad = script.omega(h, blame)
    assert torch.isfinite(grad).all()
    for run in range(3):
        terms = [(blame[t, run].norm(dim=-1) / blame[t + 1, run].norm(dim=-1) - 1) ** 2 for t in range(5, 11)]
        assert float(value[run]) == pytest.approx(float(torch.cat(terms).mean()), rel=1e-10)
    nothing = torch.zeros_like(blame)
    value, grad = script.omega(h, nothing)
    assert not value.any() and not grad.any()


def test_one_update_of_all_variants_against_autograd_one_by_one(script):
    settings = script.SETTINGS | {"units": 7, "start": 0.6}
    weights = script.start(len(script.VARIANTS), settings, 3)
    before = [p.clone() for p in weights]
    tokens, targets = script.sequences(20, 15, (5,))
    how = torch.tensor([[0.5, *variant] for variant in script.VARIANTS.values()])
    how[1:3, 1] = 0.05  # so that the clip bites
    lengths = script.update(weights, tokens, targets, how)
    for run, (rate, clip, weight) in enumerate(how.tolist()):
        own = script.Weights(*(p[run : run + 1].double().requires_grad_() for p in before))
        loss = losses(own, tokens[:, None], targets[None])[0]
        grads = list(torch.autograd.grad(loss, own))
        with torch.no_grad():
            _, _, h, blame = script.gradients(own, tokens[:, None], targets[None])
        W = own.W[0].detach().requires_grad_()
        grads[0] = grads[0] + weight * torch.autograd.grad(frozen_omega(W, h[:, 0], blame[:, 0]), W)[0]
        length = math.sqrt(sum(float(g.square().sum()) for g in grads))
        assert float(lengths[run]) == pytest.approx(length, rel=1e-4)
        shrink = min(1.0, clip / length)
        assert (shrink < 1) == (run in (1, 2))
        for p, old, g in zip(weights, before, grads, strict=True):
            torch.testing.assert_close(
                p[run], (old[run] - rate * shrink * g[0]).float(), rtol=1e-4, atol=1e-6
            )


def test_sequences_are_those_of_the_task_and_errors_are_counted(script):
    tokens, targets = script.sequences(6, 20, (1, 2))
    batch = temporal_order(6, 20, (1, 2))
    np.testing.assert_array_equal(tokens.T, batch.inputs)
    np.testing.assert_array_equal(targets, batch.targets[:, -1])
    # Whoever always says 2 (BA) is wrong as often as the answer is another.
    weights = script.start(1, script.SETTINGS, 0)
    weights.V.zero_()
    weights.c[0, 2] = 1
    expected = float((torch.from_numpy(temporal_order(2000, 20, (9,)).targets[:, -1]) != 2).float().mean())
    assert script.wrong(weights, 20, 2000, (9,)) == [pytest.approx(expected)]


def made_up(script, limit):
    """Runs as if each variant solved lengths up to limit[variant], at its largest rate alone."""
    s = script.SETTINGS
    return [
        {"variant": name, "rate": rate, "length": n, "seed": seed, "wrong": 0.0}
        | {"solved at": 250 if rate == max(s["rates"]) and n <= limit[name] else None}
        | {"longest gradient": 1e4 if name == "Omega alone" else 2.0}
        for name in script.VARIANTS
        for rate in s["rates"]
        for n in s["lengths"]
        for seed in range(s["seeds"])
    ]


def test_the_verdict_says_yes_to_the_published_order_and_no_to_its_reverse(script):
    lengths = script.SETTINGS["lengths"]
    limit = {"plain": lengths[1], "clip": lengths[2], "clip and Omega": lengths[4], "Omega alone": lengths[1]}
    found = script.summary(made_up(script, limit), script.SETTINGS)
    assert all(found["verdict"].values())
    row = found["variants"]["clip"]
    assert row["rate"] == max(script.SETTINGS["rates"])
    assert row["longest solved by all seeds"] == lengths[2]
    assert list(row["share solved"].values()) == [1, 1, 1, 0, 0, 0]
    assert found["pairs of runs: who solved"]["plain or clip"]["clip"] == script.SETTINGS["seeds"]
    limit = {"plain": lengths[4], "clip": lengths[2], "clip and Omega": lengths[1], "Omega alone": lengths[4]}
    claims = script.summary(made_up(script, limit), script.SETTINGS)["verdict"]
    assert [held for claim, held in claims.items() if not claim.startswith("Omega alone explodes")] == [
        False
    ] * 4


def test_the_committed_verdict_is_what_its_runs_say(script):
    kept = results.load("reproduce-temporal-order")
    found = script.summary(kept["runs"], kept["settings"])
    assert json.loads(json.dumps(found)) == {name: kept[name] for name in found}
    assert kept["settings"] == script.SETTINGS


def test_the_tiny_run(script, capsys, monkeypatch):
    monkeypatch.setattr(script.study, "__defaults__", (lambda f, jobs: [f(*job) for job in jobs],))
    found = script.main(["--quick"])
    quick = script.QUICK
    per_variant = len(quick["rates"]) * len(quick["lengths"]) * quick["seeds"]
    assert len(found["runs"]) == len(script.VARIANTS) * per_variant
    assert all(run["longest gradient"] > 0 and 0 <= run["wrong"] <= 0.75 for run in found["runs"])
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in found["verdict"])

"""The script's tiny version, the diagonal layer of its own, and its score of models that are known."""

import importlib
from pathlib import Path

import numpy as np
import pytest
import torch

from minirnn.tasks.groups import elements

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    script = importlib.import_module("state_tracking")
    monkeypatch.setattr(script, "side_by_side", lambda function, jobs: [function(*job) for job in jobs])
    return script


def test_the_tiny_run(script, capsys):
    results = script.main(["--quick"])
    assert list(results["studies"]) == ["parity, 1 layer", "S_3, 1 layer", "S_3, 2 layers"]
    assert set(results["studies"]["parity, 1 layer"]) == set(script.KINDS)
    for table in results["studies"].values():
        for row in table.values():
            (run,) = row["runs"]
            assert row["median"] == row["best fitted"] == run["accuracy"]
            assert set(run["accuracy"]) == {40, 64, 96, 128, 192, 256}
            assert max(np.abs(list(run["accuracy"].values()))) < 0.5  # two steps teach nothing
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in results["verdict"])


def test_one_signed_diagonal_state_does_parity(script):
    """a_t = 1 - 2 x_t and b_t = x_t: a state that starts at 0 is flipped between 0 and 1."""
    layer = script.SignedDiagonal(2, 1)
    with torch.no_grad():
        # The inputs (1, 0) and (0, 1) stand for 0 and 1; tanh(+-20) is +-1 in float32.
        layer.into.weight.copy_(torch.tensor([[20.0, -20.0], [0.0, 1.0]]))
        batch = script.make("parity", 4, 256, (0,))
        y, _ = layer(torch.eye(2)[torch.from_numpy(batch.inputs)])
    np.testing.assert_array_equal(y[..., 0].numpy(), batch.targets)


def test_a_diagonal_state_follows_s3_by_wandering_off(script):
    """The maps i -> +-i + c modulo 3, on integers: read modulo 3 they are right, and they grow."""
    layer, images = script.SignedDiagonal(6, 1), elements(3)
    with torch.no_grad():
        c = (images[:, 0] + 1) % 3 - 1
        sign = 1 - 2 * ((images[:, 1] - images[:, 0]) % 3 == 2)
        layer.into.weight.copy_(torch.from_numpy(np.stack([20.0 * sign, c])))
        batch = script.make("S_3", 200, 256, (0,))
        y, _ = layer(torch.eye(6)[torch.from_numpy(batch.inputs)])
    states = y[..., 0].numpy()
    np.testing.assert_array_equal(states % 3, images[batch.targets][..., 0])
    early, late = (np.sqrt((states[:, n - 8 : n] ** 2).mean()) for n in (40, 256))
    assert 1.5 < late / early < 4  # the square root of 256 / 40 is 2.5


def test_its_step_is_its_forward(script):
    torch.manual_seed(0)
    layer, x = script.SignedDiagonal(3, 5), torch.randn(2, 7, 3)
    y, (last,) = layer(x)
    state = layer.initial_state(2)
    for t in range(7):
        y_t, state = layer.step(x[:, t], state)
        torch.testing.assert_close(y_t, y[:, t])
    torch.testing.assert_close(state[0], last)


@pytest.mark.parametrize("name", ["signed diagonal", "deltanet negative"])
def test_the_lowest_eigenvalue_is_that_of_the_step(script, name):
    torch.manual_seed(3)
    model = script.TaskModel(lambda: script.KINDS[name].make(8), 8, 1, 2, 2).double()
    block = model.blocks[0]
    layer, lowest = block.mixer, []
    for symbol in (0, 1):
        x = block.norm_mixer(model.embed(torch.tensor([symbol])))

        def advance(h, x=x):
            return layer.step(x, (h,))[1][0]

        (h,) = layer.initial_state(1, dtype=torch.float64)
        J = torch.autograd.functional.jacobian(advance, h).reshape(h.numel(), h.numel())
        lowest.append(float(torch.linalg.eigvals(J).real.min()))
    assert script.lowest_eigenvalue(model) == pytest.approx(min(lowest), abs=1e-4)


class Oracle(torch.nn.Module):
    """The scores of a model that knows the answer up to some step, and then says 0."""

    def __init__(self, script, task, until, coarse=None):
        super().__init__()
        batch = script.make(task, 64, 256, (99,))
        self.known = {row.tobytes(): answer for row, answer in zip(batch.inputs, batch.targets, strict=True)}
        self.until, self.coarse = until, coarse

    def forward(self, inputs):
        answers = np.stack([self.known[row.numpy().tobytes()] for row in inputs])
        if self.coarse is not None:
            answers = self.coarse[answers]
        answers[:, self.until :] = 0
        return torch.nn.functional.one_hot(torch.from_numpy(answers), 6).float()


@pytest.mark.parametrize("task", ["parity", "S_3"])
def test_the_scaled_accuracy_of_known_models(script, task):
    settings = script.SETTINGS | {"test sequences": 64}
    assert set(script.scaled_accuracy(Oracle(script, task, 256), task, settings).values()) == {1.0}
    half = script.scaled_accuracy(Oracle(script, task, 96), task, settings)
    assert [half[n] for n in (40, 64, 96)] == [1.0] * 3
    assert all(abs(half[n]) < 0.15 for n in (128, 192, 256))


def test_who_knows_the_sign_alone_is_right_once_in_three(script):
    """One even permutation is said for all even ones, one odd for all odd ones."""
    odd = [round(np.linalg.det(np.eye(3)[images])) < 0 for images in elements(3)]
    coarse = np.where(odd, odd.index(True), odd.index(False))
    settings = script.SETTINGS | {"test sequences": 64, "lengths": [256]}
    model = Oracle(script, "S_3", 256, coarse)
    scores = [
        script.scaled_accuracy(model, "S_3", settings | {"lengths": [n, 256]})[n] for n in range(8, 257, 8)
    ]
    assert np.mean(scores) == pytest.approx(script.SIGN_ALONE, abs=0.02)
    assert pytest.approx(0.2) == script.SIGN_ALONE


def test_the_verdict(script):
    lengths = [40, 256]

    def table(names, good):
        rows = {}
        for name in names:
            scores = dict.fromkeys(lengths, 1.0 if name in good else 0.05)
            family = script.KINDS[name].family
            rows[name] = {"eigenvalues": family, "median": scores, "best fitted": scores}
        return rows

    can = ["signed diagonal", "deltanet negative", "gru"]
    studies = {
        "parity, 1 layer": table(script.KINDS, can),
        "S_3, 1 layer": table(script.tried("S_3"), ["gru"]),
        "S_3, 2 layers": table(script.tried("S_3"), ["gru", "signed diagonal"]),
    }
    said = script.verdict(studies, lengths)
    assert said["parity: mingru random at all lengths"]
    assert said["parity: signed diagonal perfect at 256"]
    assert not said["parity: lru perfect at 40"]
    assert not said["parity: rnn perfect at 40"]
    assert said["S_3, 1: mingru not above the sign alone at 40"]
    assert not said["S_3, 1: signed diagonal above the sign alone at 40"]
    assert said["S_3, 2: signed diagonal perfect at 256, best fitted seed"]
    assert not said["S_3, 2: signed diagonal loses from 40 to 256"]
    assert said["S_3, 1: gru perfect at 256, best fitted seed"]
    assert not said["S_3, 2: deltanet negative perfect at 40, best fitted seed"]

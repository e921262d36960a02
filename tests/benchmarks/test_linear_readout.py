"""The script's tiny version, its closed forms, and that runs side by side are runs alone."""

import copy
import importlib
import itertools
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from minirnn.layers.rnn import RNN

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("linear_readout")


def test_the_tiny_run(script, capsys):
    results = script.main(quick=True)
    verdict = results["verdict"]
    known = [claim for claim in verdict if claim.startswith("linear read-out")]
    assert len(known) == 3 and all(verdict[claim] for claim in known)
    for task in script.XOR:
        for family in script.FAMILIES:
            assert results["linear"][task][family]["right"] == [0.5, 0.5]
            rows = results["mlp"][task][family]
            assert list(rows) == [1, 4] and all(len(row["right"]) == 2 for row in rows.values())
            # Twenty steps of training do not teach an XOR: no answer can leak.
            assert max(max(row["right"]) for row in rows.values()) < 0.9
    assert "right" not in results["rnn"]["maximum"]
    assert results["mlp"]["input"]["ring"][4]["parameters"] == 16 * 4 + 4 + 4 + 1
    assert json.loads(json.dumps(results))["verdict"] == verdict
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in verdict)


def test_the_rnn_has_about_the_parameters_of_the_largest_mlp(script):
    largest = script.SETTINGS["widths"][-1]
    sizes = [
        sum(p.numel() for p in model.parameters())
        for model in (script.RNNs(1, script.RNN_UNITS), script.MLPs(1, largest))
    ]
    assert abs(sizes[0] / sizes[1] - 1) < 0.05


def test_no_threshold_on_a_linear_score_is_above_three_of_four():
    pairs = np.array(list(itertools.product([-1, 1], repeat=2)))
    xor = pairs.prod(1)
    weights = itertools.product(np.linspace(-2, 2, 9), repeat=3)
    assert max(np.mean(np.sign(pairs @ [v, w] + b + 1e-9) == xor) for v, w, b in weights) == 0.75


@pytest.mark.parametrize("window", [1, 3, 8])
def test_what_linear_explains_of_the_largest(script, window):
    """From many draws; 3 / (w + 2) is all of it where only one input counts."""
    x = torch.rand(400_000, window, generator=torch.Generator().manual_seed(0))
    y = x.amax(1).double()
    found = script.explained(y, script.least_squares(x, y))
    assert float(found) == pytest.approx(3 / (window + 2), abs=0.005)


@pytest.mark.parametrize("family", ["ring", "disk", "real"])
def test_the_state_is_a_sum_of_powers_times_inputs(script, family):
    x = script.inputs("maximum", {"examples": 50})
    Lambda = script.eigenvalues(family, 3).numpy()
    expected = sum(Lambda ** (15 - k) * x.numpy()[:, [k]] for k in range(16))
    parts = [expected.real, expected.imag] if np.iscomplexobj(expected) else [expected]
    found = script.last_states(family, 3, x)
    assert found.shape == (50, 16)
    np.testing.assert_allclose(found.numpy(), np.concatenate(parts, 1), atol=1e-5)


def test_what_is_read_back_are_the_inputs(script):
    x = script.inputs("maximum", {"examples": 50})
    # Rounding of the state, 6e-8 of it, grows by at most the condition number.
    torch.testing.assert_close(script.last_states("real, read back", 0, x), x, atol=0.02, rtol=0)
    assert script.conditioning("real, read back", 0) == pytest.approx(1, abs=0.02)
    assert script.conditioning("real", 0) > 1e5 > 2 > script.conditioning("ring", 0)


def test_the_answers(script):
    x = torch.arange(1.0, 17)[None]  # the last is 16, k steps back is 16 - k
    assert [float(script.answers(task, x)) for task in script.TASKS] == [4, 14 * 11, 14 * 4, 16]
    falling = x.flip(1)  # the last eight are 8 to 1
    assert float(script.answers("maximum", falling)) == 8
    bits = script.inputs("input", {})
    assert len(bits.unique(dim=0)) == 2**16 and set(bits.unique().tolist()) == {-1, 1}


def test_saying_nothing_is_a_guess(script):
    y = torch.tensor([1.0, -1.0, 1.0, -1.0])
    assert float(script.right(y, torch.zeros(4))) == 0.5
    assert float(script.right(y, torch.tensor([0.2, -3.0, -0.1, 0.0]))) == (1 + 1 + 0 + 0.5) / 4


def test_networks_side_by_side_are_networks_alone(script):
    torch.manual_seed(0)
    x = torch.randn(2, 5, 16)
    many = script.RNNs(2, 6)
    for run in range(2):
        alone = RNN(1, 6)
        with torch.no_grad():
            for name in ("W", "U"):
                getattr(alone, name).copy_(getattr(many, name)[run].T)
            alone.b.copy_(many.b[run, 0])
        h, _ = alone(x[run, :, :, None])
        torch.testing.assert_close(many(x)[run], (h[:, -1] @ many.w[run] + many.c[run])[:, 0])
    many = script.MLPs(2, 6)
    for run in range(2):
        hidden = torch.nn.functional.gelu(x[run] @ many.W1[run] + many.b1[run])
        torch.testing.assert_close(many(x)[run], (hidden @ many.W2[run] + many.b2[run])[:, 0])


def test_a_run_learns_as_if_it_were_alone(script):
    """What the other family sees changes nothing; and a lag of the inputs themselves is learned."""
    settings = {"seeds": 1, "batch": 32, "rates": [3e-2], "steps": 150}
    x = script.inputs("maximum", {"examples": 2048})
    y = script.answers("input", x)

    def model():
        return script.MLPs(2, 4)

    one, other = script.train(model, "maximum", torch.stack([x, 100 * x.flip(1)]), y, settings)
    again, _ = script.train(model, "maximum", torch.stack([x, x]), y, settings)
    assert one == again != other
    assert one["explained"][0] > 0.95


def test_the_verdict(script):
    fine = {"explained": [0.9, 0.9], "right": [1.0, 1.0]}
    poor = {"explained": [0.4, 0.4], "right": [0.7, 1.0]}
    none = {"explained": [0.1, 0.1], "right": [0.7, 0.8]}
    by_family = {"ring": fine, "disk": poor, "real": none, "real, read back": fine}
    mlp = {task: {f: {16: row} for f, row in by_family.items()} for task in script.TASKS}
    mlp["near xor"]["disk"] = {16: fine}
    known = {"input": 1.0, "near xor": 0.0, "far xor": 0.0, "maximum": 0.3}
    results = {
        "settings": {"widths": [16]},
        "known": known,
        "linear": {t: {f: {"explained": [known[t]] * 2} for f in by_family} for t in script.TASKS},
        "mlp": mlp,
        "longer": {"input": none, "far xor": none},
        "rnn": dict.fromkeys(script.XOR, fine),
    }
    assert all(script.judge(results).values())

    def broken(change):
        worse = copy.deepcopy(results)
        change(worse)
        return [claim for claim, held in script.judge(worse).items() if not held]

    assert broken(lambda r: r["linear"]["far xor"]["disk"].update(explained=[0.0, 0.1])) == [
        "linear read-out: nothing of an XOR, from any state"
    ]
    assert len(broken(lambda r: r["mlp"]["far xor"]["ring"].update({16: poor}))) == 1
    assert len(broken(lambda r: r["mlp"]["near xor"]["real"].update({16: poor}))) == 1
    assert len(broken(lambda r: r["mlp"]["near xor"]["disk"].update({16: poor}))) == 1
    assert len(broken(lambda r: r["mlp"]["far xor"]["disk"].update({16: fine}))) == 1
    assert len(broken(lambda r: r["mlp"]["far xor"]["real, read back"].update({16: poor}))) == 1
    assert len(broken(lambda r: r["mlp"]["maximum"]["ring"].update({16: poor}))) == 2
    assert len(broken(lambda r: r["longer"].update(input=fine))) == 1
    assert len(broken(lambda r: r["rnn"].update({"far xor": none}))) == 1


def test_the_figure_says_its_numbers(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    widths = [1, 4]
    row = {
        1: {"right": [0.5, 0.6], "explained": [0.1, 0.2]},
        4: {"right": [0.9, 1.0], "explained": [0.4, 0.6]},
    }
    script.draw(
        {
            "settings": {"widths": widths},
            "known": {"far xor": 0.0, "maximum": 0.3},
            "mlp": {task: dict.fromkeys(script.FAMILIES, row) for task in ("far xor", "maximum")},
        }
    )
    page = (tmp_path / "reproduce-linear-readout.svg").read_text(encoding="utf-8")
    for words in (
        "XOR of 2 and 12 steps back, ring, hidden units 1: 55%, 4: 95%",
        "largest of the last 8, linear read-out: 30%",
        "XOR of 2 and 12 steps back, linear read-out: 50%",
    ):
        assert words in page

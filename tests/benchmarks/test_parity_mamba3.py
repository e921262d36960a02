"""The script's tiny version, the layer without its turn, and a state that is parity by hand."""

import importlib
import math
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from minirnn.tasks.groups import parity

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("parity_mamba3")


def test_the_tiny_run(script, capsys):
    results = script.main(quick=True)
    assert results["chance"] == 1 / 2
    assert list(results["starts"][script.AT_ONE]) == list(script.LAYERS)
    assert list(results["starts"][script.DEFAULT]) == ["Mamba-3", "Mamba-2"]
    for row in results["starts"].values():
        for cell in row.values():
            assert [run["seed"] for run in cell["runs"]] == [0, 1]
            assert {cell["rate"], cell["other rates"][0]["rate"]} == set(script.SETTINGS["rates"])
            assert cell["runs"][0]["validation loss"] <= cell["other rates"][0]["validation loss"]
            for n, score in cell["scaled accuracy, median of the seeds"].items():
                assert score == pytest.approx(sum(run["scaled accuracy"][n] for run in cell["runs"]) / 2)
                assert abs(score) < 0.6  # nothing leaks from the targets
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in results["verdict"])


def test_about_equally_many_numbers_to_learn(script):
    sizes = [
        script.parameters(script.model_of(name, script.DEFAULT, script.SETTINGS)) for name in script.LAYERS
    ]
    assert max(sizes) / min(sizes) < 1.02


def test_delta_starts_where_it_is_said_to(script):
    for name, start in script.CASES:
        model = script.model_of(name, start, script.SETTINGS)
        (bias,) = (p for path, p in model.named_parameters() if path.endswith("dt_bias"))
        delta = F.softplus(bias)
        if start == script.AT_ONE:
            assert torch.allclose(delta, torch.ones_like(delta))
        else:
            assert delta.min() >= 0.001 * (1 - 1e-4) and delta.max() <= 0.1 * (1 + 1e-4)


def test_without_the_turn_the_angle_decides_nothing_and_with_it_something(script):
    """theta is the fifth part of what the map of the input makes: larger weights there are larger angles."""
    x = torch.randn(2, 12, script.WIDTH)
    for name, changes in (("Mamba-3", True), ("Mamba-3 without the turn", False)):
        torch.manual_seed(0)
        layer = script.LAYERS[name]()
        before, _ = layer(x)
        at = sum(layer.sizes[:4])
        with torch.no_grad():
            layer.into.weight[at : at + layer.sizes[4]] *= 5
        after, _ = layer(x)
        assert torch.allclose(before, after, atol=1e-6) is not changes


def test_the_alternating_sum_of_the_docstring_is_parity():
    batch = parity(8, 200, (3,))
    phi = math.pi * torch.from_numpy(batch.inputs).cumsum(1)
    writes = torch.from_numpy(batch.inputs).double()
    # q_t . k_s = cos(phi_t - phi_s) for a key and a query of length 1 that differ in their turn alone
    read = torch.cos(phi.unsqueeze(2).double() - phi.unsqueeze(1).double()).tril()
    assert torch.allclose((read * writes.unsqueeze(1)).sum(2), torch.from_numpy(batch.targets).double())


def test_scaled_accuracy_of_the_right_the_wrong_and_the_same_answer(script):
    class Says(torch.nn.Module):
        def __init__(self, flip):
            super().__init__()
            self.flip = flip

        def forward(self, inputs):
            return F.one_hot((inputs.cumsum(1) + self.flip) % 2, 2).float()

    settings = script.QUICK | {"lengths": [16, 40]}
    assert script.scaled_accuracy(Says(0), settings) == {16: 1.0, 40: 1.0}
    assert script.scaled_accuracy(Says(1), settings) == {16: -1.0, 40: -1.0}


def test_the_nearest_turn_is_one_that_the_layer_makes(script):
    torch.manual_seed(4)
    model = script.model_of("Mamba-3", script.AT_ONE, script.SETTINGS)
    told = script.nearest_turn(model)["turn at 0 and 1, in half turns"]
    block = model.blocks[0]
    with torch.no_grad():
        _, (phi, *_) = block.mixer(block.norm_mixer(model.embed(torch.tensor([[0], [1]]))))
    off = phi[0].cos().acos() + (-phi[1].cos()).acos()  # whole turns do not count
    said = torch.tensor(told) * math.pi
    assert float(said[0].cos().acos() + (-said[1].cos()).acos()) == pytest.approx(float(off.min()), abs=2e-3)
    made = torch.stack([(phi[i] - said[i]).cos() for i in (0, 1)]).sum(0)
    assert float(made.max()) == pytest.approx(2.0, abs=1e-5)


def test_the_verdict(script):
    def row(turned, still, second, far):
        return dict(zip(script.LAYERS, ({40: turned, 256: far}, {40: still}, {40: second}), strict=True))

    def held(median):
        return list(script.verdict(median, [40, 256], 40).values())

    other = {"Mamba-3": {40: 1.0}, "Mamba-2": {40: 0.0}}
    assert held({script.AT_ONE: row(1.0, 0.0, 0.0, 1.0), script.DEFAULT: other}) == [True] * 7
    failed = {"Mamba-3": {40: 0.5}, "Mamba-2": {40: 0.5}}
    assert held({script.AT_ONE: row(0.5, 0.5, 0.5, 0.05), script.DEFAULT: failed}) == [False] * 7
    assert held({script.AT_ONE: row(1.0, 0.0, 0.0, 0.5), script.DEFAULT: other}).count(False) == 1


def test_the_figure_says_its_numbers(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    scores = {40: 0.987, 256: 0.25}
    cell = {"scaled accuracy, median of the seeds": scores, "runs": [{"scaled accuracy": scores}]}
    settings = script.SETTINGS | {"lengths": [40, 256]}
    script.draw({"settings": settings, "starts": {script.AT_ONE: dict.fromkeys(script.LAYERS, cell)}})
    page = (tmp_path / "reproduce-parity-mamba3.svg").read_text(encoding="utf-8")
    assert "Mamba-2: 0.99 at 40, 0.25 at 256" in page

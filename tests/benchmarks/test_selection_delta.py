"""Who listens and who does not, the two measurements against loops, the verdict, and the committed run."""

import importlib
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from minirnn.course import results
from minirnn.layers.s6 import S6

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("selection_delta")


@pytest.fixture
def model(script):
    """A small model in which Delta differs much from token to token."""
    torch.manual_seed(0)
    made = script.TaskModel(lambda: script.Partly(8, 3, script.VARIANTS["Delta, B and C"]), 8, 1, 6, 6, 8)
    with torch.no_grad():
        made.blocks[0].mixer.dt_proj.bias.fill_(-1)
        made.blocks[0].mixer.dt_proj.weight.mul_(3)
    return made


def test_what_does_not_listen_is_the_same_at_all_inputs(script):
    for reads in script.VARIANTS.values():
        torch.manual_seed(0)
        layer = script.Partly(8, 3, reads)
        made = layer._select(torch.randn(2, 5, 8), torch.float32)
        for name, part in zip(("Delta", "B", "C"), made, strict=False):
            spread = (part - part[:1, :1]).abs().amax()
            assert (spread > 1e-3) if name in reads else (spread == 0), (reads, name)


def test_where_all_listen_it_is_the_library_s_layer(script):
    torch.manual_seed(0)
    layer = script.Partly(8, 3, script.VARIANTS["Delta, B and C"])
    usual = S6(8, 3)
    usual.load_state_dict({name: p for name, p in layer.state_dict().items() if name != "constant"})
    x = torch.randn(2, 7, 8)
    torch.testing.assert_close(layer(x)[0], usual(x)[0])
    sizes = {
        sum(p.numel() for p in script.Partly(8, 3, reads).parameters()) for reads in script.VARIANTS.values()
    }
    assert len(sizes) == 1


@torch.no_grad()
def test_what_is_kept_and_how_long_steps_last_by_single_steps_of_the_layer(script, model):
    settings = script.SETTINGS | {"length": 6, "n_data": 2, "n_symbols": 4, "batch": 5, "examples": 10}
    batches = script.data(settings, (0, 1), 6)
    assert [batch.inputs.shape for batch in batches] == [(5, 8)] * 2
    found = script.look(model, batches, marker=5)
    block = model.blocks[0]
    layer = block.mixer
    shares = {"blank": [], "symbol": [], "marker": []}
    kind = ["blank", *["symbol"] * 4, "marker"]
    for tokens in np.concatenate([batch.inputs for batch in batches]):
        state = layer.initial_state(1)
        for token in tokens:
            x = block.norm_mixer(model.embed(torch.tensor([token])))
            delta, B, _, _ = layer._select(x, torch.float32)
            before, (after,) = state[0][0], layer.step(x, state)[1]
            kept = after[0] - torch.outer(B[0], delta[0] * x[0])  # the step less what it writes
            if before.any():
                shares[kind[token]].append(float(kept.norm() / before.norm()))
            state = (after,)
    for name, each in shares.items():
        assert found["kept"][name] == pytest.approx(np.mean(each), abs=2e-5)
    x = block.norm_mixer(model.embed(torch.arange(6)))
    delta = torch.nn.functional.softplus(layer.dt_proj(layer.x_proj(x)[:, : layer.dt_rank])).numpy()
    rows = {"blank": delta[0], "symbol": delta[1:5].mean(0), "marker": delta[5]}
    for name, row in rows.items():
        assert found["delta"][name] == pytest.approx(row.mean(), abs=1e-5)
        assert found["median delta"][name] == pytest.approx(np.median(row), abs=1e-5)
    assert found["channels slower at blanks"] == np.mean(rows["blank"] < rows["symbol"])


@torch.no_grad()
def test_the_clock_that_runs_on(script, model):
    """Delta at blanks is that of the symbols, elsewhere its own; afterwards the layer is as before."""
    settings = script.SETTINGS | {"length": 6, "n_data": 2, "n_symbols": 4, "batch": 5, "examples": 5}
    (batch,) = script.data(settings, (0, 1), 6)
    block = model.blocks[0]
    layer, seen = block.mixer, []
    before = model(torch.from_numpy(batch.inputs))

    def read(C, h, x):
        seen.append(
            layer._select(block.norm_mixer(model.embed(torch.from_numpy(batch.inputs))), torch.float32)[0]
        )
        return S6._read(layer, C, h, x)

    layer._read = read
    score = script.clock_runs_on(model, [batch], marker=5)
    del layer._read
    assert 0 <= score <= 1 and layer.forced is None
    torch.testing.assert_close(model(torch.from_numpy(batch.inputs)), before, rtol=0, atol=0)
    own = layer._select(block.norm_mixer(model.embed(torch.arange(6))), torch.float32)[0]
    own[0] = own[1:5].mean(0)
    torch.testing.assert_close(seen[0], own[torch.from_numpy(batch.inputs)])


def made_up(script, solved, blank, symbol, long=1.0):
    """Variants as if those with Delta solved the task, with such a Delta at blanks and symbols."""
    lengths = script.SETTINGS["lengths"]
    run = {"delta": {"blank": blank, "symbol": symbol}, "median delta": {"blank": blank, "symbol": symbol}}
    run |= {"kept": {"blank": 1 - blank, "symbol": 1 - symbol}, "clock runs on": 0.1}
    found = {}
    for name, reads in script.VARIANTS.items():
        score = solved if "Delta" in reads else 0.5
        found[name] = {
            "median": dict.fromkeys(lengths, score) | {lengths[-1]: long * score},
            "runs": [run, run],
        }
    return found


def test_the_verdict(script):
    assert all(script.verdict(made_up(script, 1.0, 0.01, 0.5)).values())
    held = script.verdict(made_up(script, 0.9, 0.5, 0.01, long=0.5))
    assert [claim for claim, kept in held.items() if kept] == [
        "nothing from the input: does not solve it",
        "B and C from the input: does not solve it",
        "Delta: below one half in every run where the clock runs on",
        "Delta, B and C: below one half in every run where the clock runs on",
    ]
    found = made_up(script, 1.0, 0.01, 0.5)
    found["nothing"]["median"] = dict.fromkeys(script.SETTINGS["lengths"], 0.96)
    found["Delta"]["runs"][1] = found["Delta"]["runs"][1] | {"clock runs on": 0.6}
    assert sum(not kept for kept in script.verdict(found).values()) == 2


def test_the_committed_verdict_is_what_its_runs_say(script):
    kept = results.load("reproduce-selection-delta")
    settings = kept["settings"]
    assert settings == script.SETTINGS
    for found in kept["variants"].values():
        assert [run["seed"] for run in found["runs"]] == settings["seeds"]
        assert {run["rate"] for run in found["runs"]} == {found["rate"]}
        others = [run["validation"] for run in found["other rates"]]
        assert found["runs"][0]["validation"] >= max(others)
        for n, median in found["median"].items():
            assert median == np.median([run["accuracy"][n] for run in found["runs"]])
    assert json.loads(json.dumps(script.verdict(kept["variants"]))) == kept["verdict"]
    assert len({run["parameters"] for found in kept["variants"].values() for run in found["runs"]}) == 1


def test_the_tiny_run(script, capsys):
    found = script.main(quick=True)
    assert list(found["variants"]) == list(script.VARIANTS) and found["chance"] == 1 / 8
    for name, variant in found["variants"].items():
        for run in variant["runs"]:
            assert (
                max(run["accuracy"].values()) < 0.5
            )  # three steps teach nothing: nothing leaks from the targets
            if "Delta" not in script.VARIANTS[name]:
                assert run["delta"]["blank"] == pytest.approx(run["delta"]["symbol"])
                assert run["clock runs on"] == run["accuracy"][8]
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in found["verdict"])


def test_the_figure_says_its_numbers(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    variants = made_up(script, 0.987, 0.01, 0.5, long=0.5)
    for found in variants.values():
        found["runs"] = [{"accuracy": found["median"]}] * 2
    script.draw({"settings": script.SETTINGS, "chance": 1 / 8, "variants": variants})
    page = (tmp_path / "reproduce-selection-delta.svg").read_text(encoding="utf-8")
    for words in ("Delta: 98.7% at 40", "nothing: 50.0% at 40, 50.0% at 80, 25.0% at 160", "chance"):
        assert words in page

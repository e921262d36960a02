"""The script's tiny version, its pictures, and what it says of a run that explodes."""

import importlib
from pathlib import Path

import numpy as np
import pytest
import torch

LADDER = ("dense", "diagonal", "exponential", "stable", "ring", "gamma")

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("lru_ladder")


@pytest.fixture
def data(script):
    return script.pictures(script.QUICK)


def test_the_tiny_run(script, capsys):
    results = script.main(quick=True)
    assert tuple(results["rungs"]) == LADDER
    assert results["chance"] == 0.1
    for rung, found in results["rungs"].items():
        assert [run["seed"] for run in found["runs"]] == [0, 1]
        many = 4 if rung in LADDER[:3] else 2
        assert (found["all runs"], found["exploded"], found["outside"]) == (many, 0, 0)
        for part in ("known", "unseen"):
            assert found[part] == pytest.approx(sum(run[part] for run in found["runs"]) / 2, abs=1e-4)
        for run in found["runs"]:
            if rung in ("ring", "gamma"):
                assert 0.99 <= run["largest at start"] <= 0.9999
            else:
                assert run["largest at start"] == 0.6
    # Each step of the ladder, all of them together, and its two ends.
    assert [len(claims) for claims in results["verdict"].values()] == [8, 8]
    assert results["verdict"] == script.verdicts(results["rungs"])["verdict"]


def test_each_rung_has_its_rate_and_three_are_also_tried_too_fast(script):
    rates = {rung: 0.1 * place for place, rung in enumerate(LADDER, 1)}

    def fake(function, jobs):
        assert function is script.train
        return [
            {
                "rate": rate,
                "seed": seed,
                "known": rate + seed,
                "unseen": 0.0,
                "exploded": rate == 9,
                "largest at end": 0.9,
            }
            for _, rate, seed, _, _ in jobs
        ]

    rungs = script.study(script.QUICK | {"rates": rates, "too fast": 9}, fake)["rungs"]
    for place, rung in enumerate(LADDER):
        found = rungs[rung]
        assert [(run["rate"], run["seed"]) for run in found["runs"]] == [(rates[rung], 0), (rates[rung], 1)]
        assert found["known"] == pytest.approx(rates[rung] + 0.5)
        assert [run["rate"] for run in found["too fast"]] == ([9, 9] if place < 3 else [])
        assert found["exploded"] == (2 if place < 3 else 0)


def test_the_pictures(script, data):
    assert set(data) == {"train", "known", "unseen"}
    for batch in data.values():
        assert batch.inputs.shape == (10, 784, 1) and batch.inputs.dtype == np.float32
        assert sorted(batch.targets[:, 0]) == list(range(10)) and batch.mask.all()
    pages = [batch.inputs for batch in data.values()]
    assert all(not np.array_equal(a, b) for i, a in enumerate(pages) for b in pages[:i])
    train = script.pictures(script.QUICK | {"training pictures": 500})["train"].inputs
    assert abs(train.mean()) < 0.2 and abs(train.std() - 1) < 0.2


def test_the_mean_over_time_is_read(script):
    torch.manual_seed(0)
    model = script.Pooled(lambda: script.ladder("gamma", 4, 4), 4, 1, 1, 10, 4, floats=True)
    x = torch.randn(2, 30, 1)
    every = super(script.Pooled, model).forward(x)
    torch.testing.assert_close(model(x), every.mean(1, keepdim=True))


def test_an_explosion_is_told(script, data):
    """1.3^784 is 1e89: no float32. The stable form moves the same eigenvalues inside."""
    large = script.QUICK | {"radius": 1.3}
    exploded = script.train("dense", 1e-3, 0, large, data)
    assert exploded["exploded"] and exploded["loss"] is None
    stable = script.train("stable", 1e-3, 0, large, data)
    assert not stable["exploded"] and np.isfinite(stable["loss"])
    assert stable["largest at start"] == pytest.approx(1, abs=1e-4)


def test_the_verdict(script):
    published = script.PUBLISHED
    assert all(script.verdict(published).values())
    for name, score, wrong in [
        ("diagonal", 0.70, {"diagonal above dense", "exponential below diagonal", "dense below all others"}),
        ("exponential", 0.88, {"exponential below diagonal", "stable above exponential"}),
        ("stable", 0.885, {"ring above stable"}),
        ("gamma", 0.875, {"gamma above ring", "gamma above all others"}),
    ]:
        found = script.verdict(published | {name: score})
        assert {claim for claim, held in found.items() if not held} == wrong | {"order as published"}


def test_seeds_are_counted_one_by_one(script):
    scores = script.PUBLISHED
    low = scores | {"gamma": 0.1}
    rungs = {
        rung: {
            "known": scores[rung],
            "unseen": low[rung],
            "exploded": 0,
            "outside": 0,
            "runs": [{"known": s[rung], "unseen": low[rung]} for s in (scores, low, scores)],
        }
        for rung in LADDER
    }
    found = script.verdicts(rungs)
    assert all(found["verdict"]["known fonts"].values())
    agree = found["seeds that agree"]
    assert agree["known fonts"]["gamma above ring"] == 2 and agree["known fonts"]["ring above stable"] == 3
    assert agree["unseen fonts"]["gamma above ring"] == 0
    assert not found["verdict"]["unseen fonts"]["gamma above all others"]


def test_what_left_the_circle_is_counted(script):
    run = {"known": 0.5, "unseen": 0.5, "exploded": False, "largest at end": 0.99}
    out, gone = run | {"largest at end": 1.01}, run | {"exploded": True, "largest at end": None}
    calm = {rung: script.gather(rung, [run, run], [run]) for rung in LADDER}
    found = script.verdicts(calm)["stability"]
    assert list(found.values()) == [False] * 3 + [True] * 3
    wild = calm | {rung: script.gather(rung, [run, out], [gone]) for rung in LADDER[:3]}
    assert (wild["dense"]["exploded"], wild["dense"]["outside"], wild["dense"]["all runs"]) == (1, 1, 3)
    assert all(script.verdicts(wild)["stability"].values())
    broken = wild | {"ring": script.gather("ring", [out, run], [])}
    assert list(script.verdicts(broken)["stability"].values()) == [True] * 4 + [False, True]


def test_the_figure_says_its_numbers(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    rungs = {
        rung: {
            "known": 0.1 * place + 0.123,
            "unseen": 0.1 * place,
            "published": script.PUBLISHED[rung],
            "runs": [{"known": 0.1 * place + 0.123, "unseen": 0.1 * place}],
        }
        for place, rung in enumerate(LADDER)
    }
    script.draw({"rungs": rungs, "chance": 0.1})
    page = (tmp_path / "reproduce-lru-ladder.svg").read_text(encoding="utf-8")
    for words in ("known fonts: dense 12.3%", "gamma 62.3%", "never seen: dense 0.0%", "stable 87.2%"):
        assert words in page

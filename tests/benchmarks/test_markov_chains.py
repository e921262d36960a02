"""The script's tiny version, its rules against a count by hand, and its verdict on invented gaps."""

import importlib
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    script = importlib.import_module("markov_chains")
    monkeypatch.setattr(script, "side_by_side", lambda function, jobs: [function(*job) for job in jobs])
    return script


def test_the_tiny_run(script, capsys):
    results = script.main(["--quick"])
    found = {(row["block"], row["order"], row["symbols"], row["conv_width"]): row for row in results["rows"]}
    assert set(found) == {(*case, width) for case, widths in script.WIDTHS.items() for width in widths}
    for (_, order, symbols, _), row in found.items():
        best = results["rules"][script.kind(order, symbols)]["loss of the rule"]
        assert row["gap"] == pytest.approx(row["runs"][0]["loss"] - best)
        assert row["gap"] > 0  # three steps do not teach the best answer
    assert list(results["rules"]) == ["order 1", "order 2", "order 1 with 3 symbols"]
    for rule, symbols in zip(results["rules"].values(), (2, 2, 3), strict=True):
        assert rule["loss of the rule"] + rule["gap of a guess"] == pytest.approx(math.log(symbols))
        assert 0 < rule["gap of the rule of order 0"] < rule["gap of a guess"]
    second = results["rules"]["order 2"]
    assert second["gap of the rule of order 1"] < second["gap of the rule of order 0"]
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in results["verdict"])


@pytest.mark.parametrize(
    ("order", "of_rule", "symbols"), [(1, 1, 2), (2, 2, 2), (2, 1, 2), (2, 0, 2), (1, 1, 3), (1, 0, 3)]
)
def test_the_rule_is_laplaces(script, order, of_rule, symbols):
    chains = script.test_chains(order, symbols, script.QUICK)
    losses = []
    for tokens, targets in zip(chains.inputs, chains.targets, strict=True):
        whole, counts = [*tokens, targets[-1]], Counter()
        for t in range(of_rule, len(whole)):
            context = tuple(whole[t - of_rule : t])
            n = counts[context, whole[t]]
            p = (n + 1) / (sum(counts[context, symbol] for symbol in range(symbols)) + symbols)
            counts[context, whole[t]] += 1
            if t >= order:
                losses.append(-math.log(p))
    assert script.rule_loss(chains, of_rule, symbols) == pytest.approx(np.mean(losses))


@pytest.mark.parametrize("name", ["mamba", "mamba2"])
def test_a_convolution_of_1_sees_one_symbol(script, name):
    """Of four taps for each channel, one is left."""
    import torch

    wide, bare = (script.block(name, 8, 8, width) for width in (4, 1))
    channels = 16 if name == "mamba" else 32
    sizes = [sum(p.numel() for p in block.parameters()) for block in (wide, bare)]
    assert sizes[0] - sizes[1] == 3 * channels
    assert bare.conv.weight.shape == torch.Size([1, channels])


def test_the_verdict(script):
    alone = {"order 1": 0.07, "order 2": 0.12, "order 1 with 3 symbols": 0.15}
    rules = {chains: {"gap of the rule of order 0": gap} for chains, gap in alone.items()}
    gaps = {1: 0.06, 2: 0.05, 3: 0.009, 4: 0.002}

    def claims(change):
        rows = [
            dict(zip(("block", "order", "symbols", "conv_width"), (*case, width), strict=True))
            | {"gap": (gaps | change)[width]}
            for case, widths in script.WIDTHS.items()
            for width in widths
        ]
        return script.verdict(rows, rules)

    said = claims({})
    assert said["mamba, order 1: within 0.01 of the rule"]
    assert said["mamba, order 2: not within 0.01 without convolution"]
    assert not said["mamba, order 2: gap of 0.1 or more without convolution"]
    assert said["order 1: counting symbols alone is already within 0.1 of the rule"]
    assert not said["order 2: counting symbols alone is already within 0.1 of the rule"]
    assert not said["mamba2, order 1: a convolution of 2 is enough"]
    assert said["mamba2, order 2: a convolution of 2 is not enough"]
    assert said["mamba2, order 2: a convolution of 3 is enough"]
    for case in ("mamba2, order 2", "mamba2, order 1 with 3 symbols"):
        assert claims({1: 0.11})[f"{case}: gap of 0.1 or more without convolution"]
    assert not said["order 1 with 3 symbols: counting symbols alone is already within 0.1 of the rule"]
    assert not claims({4: 0.02})["mamba2, order 1: within 0.01 of the rule"]

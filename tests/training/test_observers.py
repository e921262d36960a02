"""When each observer of a run is due; what they do is tested in whole runs (test_run.py)."""

from types import SimpleNamespace

import pytest
import torch

from minirnn.training.observers import Checkpoint, Estimate, Log, Report, Sample
from minirnn.training.progress import Progress
from minirnn.training.settings import TrainConfig, resolve


def stand_in(**asked):
    """What the observers need of a trainer to say when they are due; it remembers what they told it."""
    settings = resolve(TrainConfig(device="cpu", **asked))
    calls = []
    reporter = SimpleNamespace(progress=lambda info: calls.append(info["step"]))
    return SimpleNamespace(
        now=Progress(settings, torch.device("cpu")),
        settings=settings,
        loss=SimpleNamespace(seconds=None),
        reporter=reporter,
        save=lambda: calls.append("saved"),
        calls=calls,
    )


def test_a_line_at_each_tenth_step():
    trainer = stand_in(steps=40)
    log, due = Log(trainer), []
    for trainer.now.step in range(1, 41):
        due += [trainer.now.step] if log.due() else []
    assert due == [10, 20, 30, 40]


@pytest.mark.parametrize(("keep_best", "parts"), [(False, 10), (True, 30)])
def test_an_estimate_at_the_end_of_each_part(keep_best, parts):
    trainer = stand_in(steps=60, keep_best=keep_best)
    estimate, due = Estimate(trainer), []
    for trainer.now.step in range(1, 61):
        if estimate.due():
            due.append(trainer.now.step)
            trainer.now.estimates += 1
    assert due == list(range(60 // parts, 61, 60 // parts))


def test_what_is_due_by_the_clock_counts_from_the_last_time():
    trainer = stand_in(minutes=10)
    trainer.now.seconds = 100.0  # of an earlier process
    log = SimpleNamespace(means=dict)
    report, sample, checkpoint = Report(trainer, log), Sample(trainer), Checkpoint(trainer)
    assert not (report.due() or sample.due() or checkpoint.due())
    trainer.now.seconds = 100.25
    assert report.due() and not sample.due()
    report.act()
    assert not report.due() and trainer.calls == [0]
    trainer.now.seconds = 102.0
    assert sample.due() and not checkpoint.due()
    trainer.now.seconds = 117.0  # two seconds late: the next one counts from here
    assert checkpoint.due()
    checkpoint.act()
    trainer.now.seconds = 131.9
    assert not checkpoint.due()
    trainer.now.seconds = 132.0
    assert checkpoint.due() and trainer.calls == [0, "saved"]


def test_a_run_that_became_longer_has_had_the_estimates_of_its_new_share():
    trainer = stand_in(steps=40)
    trainer.now.step, trainer.now.estimates = 20, 9
    Estimate(trainer)
    assert trainer.now.estimates == 5

"""Runs that meet another trainer, that go on after their end, that lost a file, or whose numbers are none."""

import json
import math
import os
import signal

import pytest
import torch

from minirnn.base.errors import UsageError, UserError
from minirnn.base.files import unlock
from minirnn.base.run_folder import LOCK, describe, final_line, is_run, read_config
from minirnn.text import corpus
from minirnn.text.ngram import baselines
from minirnn.training import loop, observers
from minirnn.training import run as train
from minirnn.training.folder.checkpoint import load_model
from minirnn.training.folder.owner import own
from minirnn.training.optim.optimizers import schedule
from minirnn.training.settings import TrainConfig, resolve
from tests.training.runs import Recorder, contents, metrics, small, write_text
from tests.training.test_run import Clock


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(train, "SAMPLE_LENGTH", 5)
    monkeypatch.setattr(observers, "LOG_STEPS", 1)
    monkeypatch.setattr(observers, "REPORT_SECONDS", 0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def text(tmp_path):
    return write_text(tmp_path)


def at_step(number, action):
    return Recorder(lambda info: info["step"] == number and action())


def stop():
    signal.raise_signal(signal.SIGINT)


def weights(run_dir):
    return (run_dir / "checkpoint.safetensors").read_bytes()


def go_on(run_dir, reporter=None, **asked):
    return train.train(TrainConfig(**asked), run_dir, resume=True, reporter=reporter or Recorder())


# -- one owner ---------------------------------------------------------------------------------------


def test_a_second_trainer_gets_its_own_name(tmp_path, text):
    """It begins while the first one trains, under the name that was free when both looked."""
    first, results = tmp_path / "runs" / "text-hawk-1", []

    def begin():
        config = small(text, seed=4, steps=3)
        results.append(train.train(config, first, next_free=True, reporter=Recorder()))

    one = train.train(small(text, steps=3), first, next_free=True, reporter=at_step(2, begin))
    (two,) = results
    assert [one.run_dir.name, two.run_dir.name] == ["text-hawk-1", "text-hawk-2"]
    for result, seed in ((one, 3), (two, 4)):
        train.train(small(text, steps=3, seed=seed), tmp_path / f"{seed}", reporter=Recorder())
        assert weights(result.run_dir) == weights(tmp_path / f"{seed}")
        assert metrics(result.run_dir) == metrics(tmp_path / f"{seed}")
        assert read_config(result.run_dir)["train"]["seed"] == seed


@pytest.mark.parametrize("resume", [False, True])
def test_a_second_trainer_of_a_run_gets_a_sentence(tmp_path, text, resume):
    run_dir, said = tmp_path / "run", []

    def again():
        before = contents(run_dir)
        (run_dir / "config.json").rename(tmp_path / "hidden")  # as if the first had not come so far
        if resume:
            (tmp_path / "hidden").rename(run_dir / "config.json")
        with pytest.raises(UsageError, match="run is being trained by another process") as caught:
            train.train(small(text), run_dir, resume=resume, reporter=Recorder())
        said.append(str(caught.value))
        if not resume:
            (tmp_path / "hidden").rename(run_dir / "config.json")
        assert contents(run_dir) == before

    # Only at step 0 is the folder of a run like that of a start that was killed.
    reporter = at_step(1, again)
    train.train(small(text), run_dir, reporter=reporter)
    assert len(said) == 1
    train.train(small(text), tmp_path / "whole", reporter=Recorder())
    assert weights(run_dir) == weights(tmp_path / "whole")


def test_what_a_killed_start_leaves_blocks_nobody(tmp_path, text):
    run_dir = tmp_path / "a-1"
    run_dir.mkdir()
    (run_dir / LOCK).touch()
    (run_dir / ".checkpoint.safetensors.7.tmp").write_bytes(b"half")
    assert (
        train.train(small(text, steps=2), run_dir, next_free=True, reporter=Recorder()).run_dir.name == "a-2"
    )
    assert train.train(small(text, steps=2), run_dir, reporter=Recorder()).run_dir.name == "a-1"


def test_an_error_gives_the_run_back(tmp_path, text):
    with pytest.raises(UserError, match="diverged"):
        train.train(small(text, lr=1e30), tmp_path / "run", reporter=Recorder())
    unlock(own(tmp_path / "run", print))


def test_the_final_line_of_somebody_else_is_not_taken(tmp_path, text):
    run_dir = tmp_path / "run"
    train.train(small(text), run_dir, reporter=at_step(5, stop))
    theirs = {"step": 3, "tokens": 96, "final": True, "val_loss": 0.25, "window": 256, "stream_loss": 0.25}
    with open(run_dir / "metrics.jsonl", "a", encoding="utf-8") as file:
        file.write(json.dumps(theirs | {"baselines": [], "seconds": 1.0}) + "\n")
    result = go_on(run_dir)
    assert result.step == 12 and result.val_loss != 0.25 and result.baselines
    (final,) = [line for line in metrics(run_dir) if line.get("final")]
    assert final["step"] == 12


# -- longer than was planned -------------------------------------------------------------------------


@pytest.fixture
def finished(tmp_path, text):
    """A finished run of 12 steps."""
    train.train(small(text), tmp_path / "run", reporter=Recorder())
    return tmp_path / "run"


def test_a_finished_run_goes_on(tmp_path, text, finished):
    before, (old,) = metrics(finished), [line for line in metrics(finished) if line.get("final")]
    reporter = Recorder()
    result = go_on(finished, reporter, steps=24)
    assert (result.status, result.step) == ("finished", 24)
    assert reporter.all("start")[0]["first_step"] == 12
    (message,) = reporter.all("message")
    assert "from 12 steps to 24 steps in all" in message and f"{schedule(0.5):.0%} of its peak" in message
    assert read_config(finished)["train"] == resolve(small(text, steps=24)).stored()

    lines = metrics(finished)
    kept = [line for line in before if not line.get("final")]
    assert lines[: len(kept)] == kept
    rates = [line["lr"] for line in lines if "loss" in line]
    assert rates[12:] == pytest.approx([8e-3 * schedule(step / 24) for step in range(12, 24)])
    (final,) = [line for line in lines if line.get("final")]
    assert final["step"] == 24 and final["val_loss"] < old["val_loss"]
    estimates = [line["step"] for line in lines if "val_loss" in line and not line.get("final")]
    assert [step for step in estimates if step > 12] == [15, 17, 20, 22]  # at 6, 7, 8 and 9 tenths
    model, *_ = load_model(finished)
    data = corpus.load(str(text))
    assert result.val_loss == pytest.approx(train.evaluate_window(model, data.val, 256))
    assert list(result.baselines) == baselines(data.train, data.val, data.vocabulary.size)
    assert (describe(finished).step, describe(finished).finished) == (24, True)
    again = Recorder()
    assert go_on(finished, again, steps=24).step == 24 and "is finished" in again.all("message")[0]


@pytest.mark.parametrize("asked", [{"steps": 12}, {"steps": 3}, {"minutes": 1e-9}])
def test_what_is_not_more_leaves_it_as_it_is(finished, asked):
    before, reporter = contents(finished), Recorder()
    assert go_on(finished, reporter, **asked).step == 12
    assert "is finished" in reporter.all("message")[-1]
    assert contents(finished) == before


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"steps": 24, "minutes": 1.0}, "not both"),
        ({"steps": -1}, "--steps must be above 0"),
        ({"minutes": math.nan}, "--minutes must be above 0"),
    ],
)
def test_a_length_that_cannot_be_meant(finished, asked, words):
    before = contents(finished)
    with pytest.raises(UsageError, match=words):
        go_on(finished, **asked)
    assert contents(finished) == before


def test_an_unfinished_run_keeps_its_length(tmp_path, text):
    train.train(small(text), tmp_path / "run", reporter=at_step(5, stop))
    reporter = Recorder()
    assert go_on(tmp_path / "run", reporter, steps=24).step == 12
    assert "ignored: steps 24 (it has 12)" in reporter.all("message")[0]


def test_a_lengthened_run_resumes_bit_for_bit(tmp_path, finished, text):
    train.train(small(text), tmp_path / "whole", reporter=Recorder())
    go_on(tmp_path / "whole", steps=20)
    assert go_on(finished, at_step(15, stop), steps=20).status == "interrupted"
    assert final_line(finished) is None and not describe(finished).finished
    assert go_on(finished).step == 20
    assert weights(finished) == weights(tmp_path / "whole")
    assert metrics(finished) == metrics(tmp_path / "whole")


def test_killed_at_each_moment_of_lengthening(tmp_path, finished, text, monkeypatch):
    class Crash(BaseException):
        pass

    train.train(small(text), tmp_path / "whole", reporter=Recorder())
    go_on(tmp_path / "whole", steps=14)
    real = {name: getattr(os, name) for name in ("replace", "unlink")}
    calls = 0

    def begun(*_):
        raise Crash

    for at in range(1, 9):
        calls = 0

        def crash(*args, name, at=at, **more):
            nonlocal calls
            calls += 1
            if calls == at:
                raise Crash
            return real[name](*args, **more)

        with monkeypatch.context() as patch, pytest.raises(Crash):
            patch.setattr(loop, "run", begun)
            for name in real:
                patch.setattr(os, name, lambda *args, name=name, **more: crash(*args, name=name, **more))
            go_on(finished, steps=14)
    assert calls < 8, "not each moment was tried"
    assert go_on(finished, steps=14).step == 14
    assert weights(finished) == weights(tmp_path / "whole")
    assert metrics(finished) == metrics(tmp_path / "whole")


def test_minutes_count_from_the_beginning(tmp_path, text, monkeypatch):
    Clock(monkeypatch)
    config = small(text, steps=None, minutes=0.2)
    assert train.train(config, tmp_path / "run", reporter=Recorder()).step == 12
    reporter = Recorder()
    result = go_on(tmp_path / "run", reporter, minutes=0.5)
    assert (result.step, result.seconds) == (30, 30)
    assert "from 0.2 minutes to 0.5 minutes in all" in reporter.all("message")[0]
    rates = [line["lr"] for line in metrics(tmp_path / "run") if "loss" in line]
    assert rates[12:] == pytest.approx([8e-3 * schedule(second / 30) for second in range(12, 30)])
    # From the clock to a number of steps.
    assert go_on(tmp_path / "run", steps=31).step == 31
    assert read_config(tmp_path / "run")["train"]["minutes"] is None


def test_a_longer_run_may_find_better_weights(tmp_path, text):
    train.train(small(text, keep_best=True), tmp_path / "run", reporter=Recorder())
    reporter = Recorder()
    result = go_on(tmp_path / "run", reporter, steps=24)
    assert "from its best weights" in reporter.all("message")[0]
    assert 12 < result.best["step"] <= 24


# -- a file is lost ----------------------------------------------------------------------------------


@pytest.mark.parametrize("also", [[], ["loss.svg"]])
def test_metrics_that_are_lost_are_made_again_as_far_as_possible(finished, also):
    (old,) = [line for line in metrics(finished) if line.get("final")]
    for name in ["metrics.jsonl", *also]:
        (finished / name).unlink()
    reporter = Recorder()
    result = go_on(finished, reporter)
    assert (result.status, result.val_loss) == ("finished", old["val_loss"])
    (message,) = reporter.all("message")
    assert "metrics.jsonl of run is lost" in message
    assert metrics(finished) == [old]
    assert "The training loss is lost." in (finished / "loss.svg").read_text(encoding="utf-8")
    assert describe(finished).finished and describe(finished).step == 12


def test_a_run_that_stops_before_its_first_line_has_lost_nothing(tmp_path, text, monkeypatch):
    monkeypatch.setattr(observers, "LOG_STEPS", 10)
    train.train(small(text), tmp_path / "run", reporter=at_step(1, stop))
    reporter = Recorder()
    go_on(tmp_path / "run", reporter)
    assert reporter.all("message") == []


def test_one_run_that_cannot_be_read_hides_no_other(tmp_path, finished):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "config.json").write_bytes((finished / "config.json").read_bytes())
    (broken / "metrics.jsonl").mkdir()
    assert "Cannot read" in describe(broken).problem


# -- numbers that are none ---------------------------------------------------------------------------


def strict(run_dir):
    """All text that a run leaves, which must be JSON as the standard has it."""
    lines = (run_dir / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    json.loads((run_dir / "config.json").read_bytes(), parse_constant=pytest.fail)
    return [json.loads(line, parse_constant=pytest.fail) for line in lines]


@pytest.mark.parametrize("bad", [math.nan, math.inf])
@pytest.mark.parametrize("where", ["observers", "train"])
def test_a_validation_loss_that_is_no_number_is_told(tmp_path, text, monkeypatch, bad, where):
    monkeypatch.setattr(
        {"observers": observers, "train": train}[where], "evaluate_window", lambda *_, **__: bad
    )
    with pytest.raises(
        UserError, match=f"diverged after step .* on the validation text is {bad}.*smaller --lr"
    ):
        train.train(small(text), tmp_path / "run", reporter=Recorder())
    assert all("final" not in line for line in strict(tmp_path / "run"))
    assert not (tmp_path / "run" / "sample.txt").exists()


def test_a_state_that_grows_without_bound_is_told(tmp_path, text, monkeypatch):
    monkeypatch.setattr(train, "evaluate_stream", lambda *_, **__: math.nan)
    reporter = Recorder()
    result = train.train(small(text), tmp_path / "run", reporter=reporter)
    assert (result.status, result.stream_loss) == ("finished", None)
    assert "no finite numbers" in reporter.all("message")[0]
    assert strict(tmp_path / "run")[-1]["stream_loss"] is None


# -- what cannot be meant ----------------------------------------------------------------------------


@pytest.mark.parametrize("carry", [True, False])
def test_a_window_longer_than_the_text_is_refused(tmp_path, text, carry):
    with pytest.raises(
        UsageError, match=r"A window of 1,350 characters is longer .* has 1,350: .*--seq-len 1349"
    ):
        train.train(small(text, seq_len=1350, carry=carry), tmp_path / "run", reporter=Recorder())
    assert not (tmp_path / "run").exists()
    train.train(small(text, seq_len=1349, steps=1), tmp_path / "run", reporter=Recorder())


def test_a_length_beyond_all_bounds(tmp_path, text):
    for asked in ({"minutes": 1e307}, {"steps": 10**400}):
        with pytest.raises(UsageError, match="must be at most"):
            train.train(small(text, **{"steps": None} | asked), tmp_path / "run", reporter=Recorder())


def test_what_is_a_run_folder(tmp_path, finished):
    assert is_run(finished)
    for name in ("config.json", "trainer-12.safetensors", LOCK):
        folder = tmp_path / f"only {name}"
        folder.mkdir()
        (folder / name).write_bytes((finished / name).read_bytes())
        assert is_run(folder)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "config.json").write_text('{"format": 1}', encoding="utf-8")
    assert not is_run(tmp_path / "other") and not is_run(tmp_path) and not is_run(tmp_path / "none")

"""The reporters and the words: exact strings for small cases, and what must never appear on a screen."""

import io
import math
import re
from pathlib import Path

import pytest
from rich.console import Console

from minirnn.base import wording
from minirnn.text.ngram import Baseline
from minirnn.training.reports import lines as said
from minirnn.training.reports import live
from minirnn.training.reports.chart import chart_range, loss_chart
from minirnn.training.reports.live import LiveReporter, View, make_reporter
from minirnn.training.reports.plain import PlainReporter
from minirnn.training.reports.reporter import Result

INFO = {
    "run": "runs/x-hawk-1",
    "corpus_description": "a text",
    "tokens": "chars",
    "train_tokens": 9000,
    "val_tokens": 1000,
    "vocab_size": 27,
    "preset": "hawk",
    "model_parameters": 12345,
    "width": 32,
    "depth": 2,
    "steps": None,
    "minutes": 2.0,
    "device_used": "cpu",
    "threads": 2,
    "threads_vary": True,
    "batch": 4,
    "seq_len": 64,
    "lr": 0.008,
    "carry": True,
    "first_step": 0,
}


def at(fraction, **changes):
    info = {
        "step": round(fraction * 100),
        "fraction": fraction,
        "loss": math.log(16) * (1 - fraction / 2),
        "val_loss": None,
        "tokens_per_second": 12345,
        "seconds_left": 100 * (1 - fraction),
        "lr": 0.004,
    }
    return info | changes


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that only the test moves."""
    now = [1000.0]
    monkeypatch.setattr(live.time, "monotonic", lambda: now[0])
    return now


def recorded(width=80, height=24, encoding="utf-8", **options):
    stream = Terminal()
    stream.encoding = encoding
    console = Console(
        file=stream, width=width, height=height, force_terminal=True, markup=False, highlight=False, **options
    )
    return console, stream


def test_losses_are_in_nats_and_bits():
    assert wording.format_loss(math.log(2)) == "0.6931 nats/char  1.0000 bits/char"
    assert wording.format_loss(1.5712) == "1.5712 nats/char  2.2668 bits/char"
    assert wording.format_loss(0.0, "bytes") == "0.0000 nats/byte  0.0000 bits/byte"


@pytest.mark.parametrize(
    ("seconds", "text"), [(-1, "0:00"), (7.4, "0:07"), (59.6, "1:00"), (102, "1:42"), (7380, "2:03:00")]
)
def test_seconds(seconds, text):
    assert wording.format_seconds(seconds) == text


def test_printable_disarms_control_characters_and_what_the_encoding_lacks():
    assert wording.printable("a\x1b[31m\x07\u202e\x9b\rb\n\tc") == "a\ufffd[31m\ufffd\ufffd\ufffd\ufffdb\n\tc"
    assert wording.printable("é€\x1b", "cp1252") == "é€?"
    assert wording.printable("é€", "ascii") == "??"


def test_the_start_says_whether_the_state_is_carried():
    carried = "\n".join(said.start_lines(INFO))
    assert "truncated backpropagation through time" in carried and "12,345 parameters" in carried
    assert "for 2 minutes on cpu" in carried and "Going on" not in carried
    assert "with 1 or 2 threads, whichever is faster:" in carried
    assert "with 2 threads:" in "\n".join(said.start_lines(INFO | {"threads_vary": False}))
    assert "with 1 thread:" in "\n".join(said.start_lines(INFO | {"threads": 1}))
    fresh = said.start_lines(INFO | {"carry": False, "steps": 5000, "minutes": None, "first_step": 70})
    assert "starts at zero" in fresh[-2] and "step 70" in fresh[-1] and "for 5,000 steps" in "\n".join(fresh)


def result(val_loss, **changes):
    counted = tuple(Baseline(order, 0.1, nats) for order, nats in enumerate((3.0, 2.5, 2.0, 1.75, 1.8, 1.9)))
    return Result("finished", Path("runs/x"), 1200, 62.0, val_loss, 64, 1.4, counted, **changes)


def test_the_summary_sets_the_network_beside_all_six_ngrams():
    lines = said.summary_lines(result(1.5, samples=("one\ntwo", "three")), "hawk", "chars")
    text = "\n".join(lines)
    assert "1,200 steps in 1:02" in lines[0]
    for order, nats in enumerate((3.0, 2.5, 2.0, 1.75, 1.8, 1.9)):
        assert re.search(rf"order {order} +{nats:.4f} +{nats / math.log(2):.4f} ", text)
    assert re.search(r"hawk +1\.5000 +2\.1640 .*64", text)
    assert re.search(r"hawk +1\.4000 +2\.0198 .*carried", text)
    assert "0.36 bits/char better than the best n-gram (order 3)" in text  # (1.75 - 1.5) / ln 2
    assert text.index("Sample 1:\n    one\n    two") < text.index("Sample 2:\n    three")


def test_the_summary_is_honest_about_a_network_that_lost():
    text = "\n".join(said.summary_lines(result(2.0), "gru", "bytes"))
    assert "0.36 bits/byte worse" in text and "better than" not in text


def test_plain_lines_come_at_each_twentieth_and_each_minute(clock):
    out = io.StringIO()
    with PlainReporter(out) as reporter:
        reporter.start(INFO)
        begun = len(out.getvalue().splitlines())
        for percent in range(1, 101):
            reporter.progress(at(percent / 100))
        lines = out.getvalue().splitlines()[begun:]
        assert len(lines) == 21 and lines[0].startswith("  1%  step 1  loss") and lines[-1].startswith("100%")
        reporter.progress(at(1.0))
        clock[0] += 61
        reporter.progress(at(1.0, val_loss=math.log(2)))
    last = out.getvalue().splitlines()[begun + 21 :]
    assert len(last) == 1
    assert last[0] == (
        "100%  step 100  loss 1.3863 nats/char  2.0000 bits/char  "
        "validation 0.6931 nats/char  1.0000 bits/char  12,345 characters/s  0:00 left"
    )


def test_plain_prints_only_what_is_new_of_the_text_and_no_control_characters(clock):
    out = io.StringIO()
    reporter = PlainReporter(out)
    reporter.sample("first\x1b[2J\n")
    reporter.progress(at(0.01))
    reporter.progress(at(0.3))
    reporter.sample("first\x1b[2J\nsecond")
    reporter.progress(at(0.4))
    reporter.progress(at(0.6))
    text = out.getvalue()
    assert text.count("first") == 1 and text.count("second") == 1 and text.count("The model writes:") == 2
    assert text.index("second") > text.index(" 60%")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


@pytest.mark.parametrize(
    ("plain", "terminal", "environment", "kind"),
    [
        (False, True, {}, LiveReporter),
        (True, True, {}, PlainReporter),
        (False, False, {}, PlainReporter),
        (False, True, {"NO_COLOR": "1"}, PlainReporter),
        (False, True, {"NO_COLOR": ""}, LiveReporter),
        (False, True, {"TERM": "dumb"}, PlainReporter),
    ],
)
def test_which_reporter(monkeypatch, plain, terminal, environment, kind):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert type(make_reporter(plain, Terminal() if terminal else io.StringIO())) is kind


def test_the_chart_is_a_diagonal_for_a_line():
    points = [((x + 0.5) / 8, 4 - x / 7 * 3) for x in range(8)]  # from 4 down to 1, cut off at 2 * 1
    assert chart_range(points) == (1.0, 2.0)
    points = [((x + 0.5) / 4, 4.0 - 0.5 * x) for x in range(4)]  # 4, 3.5, 3, 2.5
    assert loss_chart(points, 4, 4, braille=False) == ["*   ", " *  ", "  * ", "   *"]
    # Half way through the run the right half is empty; the gap between the two points is filled.
    assert loss_chart([(0.01, 4.0), (0.49, 3.0)], 8, 3, braille=False) == ["*       ", " **     ", "   *    "]


def test_the_chart_in_braille():
    # Two columns of four dots: the upper left, then down the right side to the lowest.
    dots = 0x01 + 0x08 + 0x10 + 0x20 + 0x80
    assert loss_chart([(0.1, 2.0), (0.9, 1.0)], 1, 1, braille=True) == [chr(0x2800 + dots)]
    assert loss_chart([(0.1, 2.0), (0.4, 1.0)], 2, 1, braille=True)[0][1] == chr(0x2800)


def test_a_flat_loss_makes_a_flat_chart():
    assert loss_chart([(0.1, 2.0), (0.9, 2.0)], 4, 2, braille=False) == ["    ", "****"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10), (20, 3), (5, 1)])
@pytest.mark.parametrize("unicode", [True, False])
def test_the_view_fits_and_keeps_the_end_of_the_text(size, unicode):
    width, height = size
    view = View(unicode)
    assert view.lines(width, height) == []
    for percent in range(1, 80):
        view.take(at(percent / 100))
    view.write("\n".join(f"line {n} " + "x" * n for n in range(100)) + "\nthe end", "utf-8")
    hidden = view.lines(width, height)
    assert not any("the end" in line for line in hidden)
    for _ in range(200):
        view.reveal(0.25)
    lines = view.lines(width, height)
    assert 0 < len(lines) <= height and all(len(line) <= width for line in lines)
    if height >= 10:
        assert lines[-1] == "the end"
    if width >= 80:
        assert any("1.6774 nats/char  2.4200 bits/char" in line for line in lines)  # ln 16 * (1 - 0.79 / 2)
    if not unicode:
        assert "\n".join(lines).isascii()


def test_the_view_charts_means():
    view = View(False)
    for loss, fraction in ((2.0, 0.5), (6.0, 0.5), (3.0, 0.7)):
        view.take(at(fraction, loss=loss))
    rows = view.lines(80, 24)[5:11]
    assert rows[0].split("|")[0].strip() == "4.00" and rows[-1].split("|")[0].strip() == "3.00"


def test_new_text_appears_bit_by_bit():
    view = View(True)
    view.take(at(0.5))
    view.write("a" * 40, "utf-8")
    counts = []
    for _ in range(12):
        counts.append(max(line.count("a") for line in [*view.lines(80, 24)[13:], ""]))
        view.reveal(0.25)
    assert counts[0] == 0 and counts == sorted(counts) and len(set(counts)) > 5 and counts[-1] == 40


def test_an_old_windows_console_gets_no_braille():
    console, _ = recorded(legacy_windows=True)
    assert not LiveReporter(console).view.unicode


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_the_live_view_renders_and_gives_the_terminal_back(clock, encoding):
    console, out = recorded(encoding=encoding, legacy_windows=False)
    with LiveReporter(console) as reporter:
        reporter.message("Downloading: €uro [bold]")
        reporter.start(INFO)
        for percent in range(5, 101, 5):
            clock[0] += 0.3
            reporter.progress(at(percent / 100, val_loss=1.25))
            reporter.sample("x" * 10 + "€[red]" + "x" * percent)
        assert "Training is over" in out.getvalue()
        reporter.finish(result(1.5))
    text = out.getvalue()
    text.encode(encoding)  # nothing that the terminal cannot write
    assert "[bold]" in text and "[red]" in text  # no markup
    assert "1.2500 nats/char  1.8034 bits/char" in text and "12,345 characters/s" in text
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h") == 1  # the cursor hides once and comes back
    last = text[text.rindex("loss  ") :]
    assert "x" * 10 not in last and "Training is over" not in last


def test_the_live_view_is_drawn_at_most_four_times_a_second(clock):
    console, _ = recorded()
    with LiveReporter(console) as reporter:
        reporter.start(INFO)
        drawn = []
        reporter._draw = lambda: drawn.append(clock[0])
        for n in range(1000):
            clock[0] += 0.01
            reporter.progress(at(n / 1001))
    assert 38 <= len(drawn) <= 41


def test_the_cursor_comes_back_after_an_error(clock):
    console, out = recorded()
    with pytest.raises(RuntimeError), LiveReporter(console) as reporter:
        reporter.start(INFO)
        reporter.progress(at(0.5))
        raise RuntimeError
    assert out.getvalue().rindex("\x1b[?25h") > out.getvalue().rindex("\x1b[?25l")

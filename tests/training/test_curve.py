"""The figures, read back from their SVG: the numbers must be where the drawing says they are."""

import json
import math
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from minirnn.base.errors import UserError
from minirnn.base.inks import GROUND, INK, LINES, RULE
from minirnn.training.reports.curve import loss_against_time, loss_curve

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def make_run(folder, lines, tokens="chars"):
    folder.mkdir(exist_ok=True)
    config = {"format": 1, "model": {}, "train": {"tokens": tokens}, "corpus": {}, "vocabulary": {}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "metrics.jsonl").write_text(text, encoding="utf-8")
    return folder


def losses(count=300):
    steps = range(1, count + 1)
    return [{"step": s, "tokens": s * 64, "loss": 2 + math.exp(-s / 40), "seconds": s} for s in steps]


FINAL = {
    "step": 300,
    "tokens": 19200,
    "val_loss": 2.1,
    "final": True,
    "baselines": [{"order": 0, "beta": 1.0, "nats": 3.0}, {"order": 1, "beta": 0.1, "nats": 2.5}],
}


def curve(root, color):
    """The points (x, y), in SVG units, of the one line of that colour, and its style."""
    (axes,) = [group for group in root.iter(SVG + "g") if group.get("id") == "axes_1"]
    drawn = [path for group in axes if "line2d" in group.get("id") for path in group.findall(SVG + "path")]
    ((line, style),) = [(path.get("d"), path.get("style")) for path in drawn if color in path.get("style")]
    return np.array([[float(x), float(y)] for x, y in re.findall(r"[ML] ([-\d.]+) ([-\d.]+)", line)]), style


def texts(root):
    return ["".join(text.itertext()) for text in root.iter(SVG + "text")]


def maps(root):
    """The linear map from SVG units to data of each axis, x, left and right, by the labels of its ticks."""
    ticks = {"x": [], "left": [], "right": []}
    for group in root.iter(SVG + "g"):
        if name := re.fullmatch(r"([xy])tick_\d+", group.get("id", "")):
            text = next(group.iter(SVG + "text"))
            value = float("".join(text.itertext()).replace(",", ""))
            place = float(list(group.iter(SVG + "use"))[-1].get(name[1]))
            side = "left" if "text-anchor: end" in text.get("style") else "right"
            ticks["x" if name[1] == "x" else side].append((place, value))
    return {where: np.poly1d(np.polyfit(*zip(*found, strict=True), 1)) for where, found in ticks.items()}


def test_the_curve_shows_training_validation_and_the_best_ngram(tmp_path):
    validation = [{"step": s, "tokens": s * 64, "val_loss": 2.2 + 20 / s, "seconds": s} for s in (100, 200)]
    path = loss_curve(make_run(tmp_path / "run", [*losses(), *validation, FINAL]))
    assert path == tmp_path / "run" / "loss.svg"
    root = ET.parse(path).getroot()
    axis = maps(root)

    points, solid = curve(root, LINES[0][0])
    assert len(points) == 100  # 300 losses as means of three neighbours
    for k in (0, 50, 99):
        steps = np.arange(3 * k + 1, 3 * k + 4)
        assert axis["x"](points[k, 0]) == pytest.approx(64 * steps.mean(), abs=1)
        assert axis["left"](points[k, 1]) == pytest.approx((2 + np.exp(-steps / 40)).mean(), abs=1e-3)
    points, dashed = curve(root, LINES[1][0])
    assert axis["x"](points[:, 0]) == pytest.approx([6400, 12800], abs=1)
    assert axis["left"](points[:, 1]) == pytest.approx([2.4, 2.3], abs=1e-3)
    points, _ = curve(root, LINES[2][0])
    assert axis["x"](points[:, 0]) == pytest.approx([19200], abs=1)
    assert axis["left"](points[:, 1]) == pytest.approx([2.1], abs=1e-3)
    points, dotted = curve(root, f"stroke: {INK}")
    assert axis["left"](points[:, 1]) == pytest.approx([2.5, 2.5], abs=1e-3)
    assert axis["right"](points[:, 1]) == pytest.approx([2.5 / math.log(2)] * 2, abs=1e-3)

    dashes = {re.search(r"dasharray: ([^;]+)|$", style).group(1) for style in (solid, dashed, dotted)}
    assert len(dashes) == 3  # they differ without colour
    axes = {"loss in nats/char", "bits/char", "characters seen"}
    assert axes | {"training", "validation", "best n-gram (order 1)"} <= set(texts(root))


def test_the_axis_shows_every_end_and_leaves_out_the_steep_beginning(tmp_path):
    steps = range(1, 301)
    falling = [
        {"step": s, "tokens": s * 64, "loss": 0.6 + 4 * math.exp(-s / 20), "seconds": s} for s in steps
    ]
    validation = [{"step": 150, "tokens": 9600, "val_loss": 1.3, "seconds": 150}]
    best = [{"order": 3, "beta": 0.1, "nats": 1.5}]
    final = FINAL | {"val_loss": 1.2, "baselines": best}
    root = ET.parse(loss_curve(make_run(tmp_path / "run", [*falling, *validation, final]))).getroot()
    (area,) = root.findall(f".//{SVG}clipPath/{SVG}rect")
    top, height = float(area.get("y")), float(area.get("height"))
    highest, lowest = (maps(root)["left"](y) for y in (top, top + height))
    assert lowest < 0.6 and 1.5 < highest < 2.5


def test_title_and_description_say_what_is_seen(tmp_path):
    path = loss_curve(make_run(tmp_path / "a & b <c>", [*losses(), FINAL]))
    root = ET.parse(path).getroot()
    assert root.get("role") == "img" and [child.tag for child in root][:2] == [SVG + "title", SVG + "desc"]
    assert root[0].text == "Loss of the run a & b <c>"
    for words in ("from 2.95 to 2.00 nats/char", "2.1000", "order 1, reaches 2.5000"):
        assert words in root[1].text


def test_the_same_run_gives_the_same_bytes_in_another_process(tmp_path):
    run = make_run(tmp_path / "run", [*losses(), FINAL], tokens="bytes")
    first = loss_curve(run).read_bytes()
    assert b"bytes seen" in first and b"nats/byte" in first and b"char" not in first.replace(b"charset", b"")
    (run / "loss.svg").unlink()
    code = f"from minirnn.training.reports.curve import loss_curve; loss_curve({str(run)!r})"
    # The user's own settings of matplotlib change nothing either.
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\nfont.size: 30\n", encoding="utf-8")
    others = {"MATPLOTLIBRC": str(tmp_path), "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=os.environ | others)
    assert (run / "loss.svg").read_bytes() == first


def test_a_run_of_one_step_has_a_curve_and_a_run_of_none_says_so(tmp_path):
    root = ET.parse(loss_curve(make_run(tmp_path / "one", losses(1)))).getroot()
    assert "training" in texts(root) and "validation" not in texts(root)
    with pytest.raises(UserError, match="no losses to draw yet"):
        loss_curve(make_run(tmp_path / "none", [{"step": 0, "tokens": 0, "val_loss": 3.0, "seconds": 0}]))
    assert [path.name for path in (tmp_path / "none").glob("*.svg")] == []


def test_runs_against_time(tmp_path):
    names = ["hawk", "gru", "transformer", "lstm", "griffin"]
    results = {name: [(10.0, 2.5 + k / 10), (94.0, 1.5 + k / 10)] for k, name in enumerate(names)}
    path = loss_against_time(results, tmp_path / "time.svg")
    root = ET.parse(path).getroot()
    axis = maps(root)
    colors = [color for color, _, _ in LINES]
    styles, markers = set(), set()
    for k, (name, color) in enumerate(zip(names, colors, strict=True)):
        points, style = curve(root, color)
        assert axis["x"](points[:, 0]) == pytest.approx([10, 94], abs=0.1), name
        assert axis["left"](points[-1, 1]) == pytest.approx(1.5 + k / 10, abs=1e-3), name
        styles.add(re.search(r"dasharray: ([^;]+)|$", style).group(1))
        defined = [path for path in root.iter(SVG + "path") if path.get("id")]
        markers.add(next(path.get("d") for path in defined if color in path.get("style")))
    assert len(styles) == 5 and len(markers) == 5
    assert [text for text in texts(root) if text in names] == names
    assert root[1].text.startswith("griffin reaches 1.9000") and "hawk reaches 1.5000" in root[1].text
    assert sorted(path.name for path in tmp_path.glob("*.svg")) == ["time-narrow.svg", "time.svg"]
    with pytest.raises(ValueError, match="gru"):
        loss_against_time({"gru": []}, tmp_path / "none.svg")


def test_all_colours_are_those_that_read_on_light_and_dark_pages(tmp_path):
    curve_page = loss_curve(make_run(tmp_path / "run", [*losses(), FINAL])).read_text(encoding="utf-8")
    runs = {str(k): [(0.0, 2.0), (1.0, 1.0)] for k in range(5)}
    page = curve_page + loss_against_time(runs, tmp_path / "time.svg").read_text(encoding="utf-8")
    # tests/base/test_plots.py has their contrasts.
    assert set(re.findall(r"#[0-9a-f]{6}", page)) == {INK, RULE, GROUND, *(color for color, _, _ in LINES)}


def test_matplotlib_and_torch_wait_until_a_figure_is_made():
    modules = "minirnn.base.plots, minirnn.training.reports.curve"
    code = f"import sys, {modules}; sys.exit('matplotlib' in sys.modules or 'torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)

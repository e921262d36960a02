"""The loss as SVG: of one run, and of several runs against the clock.

Losses stand on the left axis in nats per token and on the right in bits, `bits = nats / ln 2`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minirnn.base.errors import UserError
from minirnn.base.plots import INK, draw_level, draw_line, figure_page, label_lines, save_both, save_figure
from minirnn.base.run_folder import CURVE, read_config, read_metrics
from minirnn.base.wording import UNITS, WORDS, bits

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMOOTHING = 100  # the training loss is shown as so many means over equal parts of the run


def loss_curve(run_dir: Path | str) -> Path:
    """Draw the losses of a run against the tokens seen into `loss.svg` in its folder, and give the path.

    From metrics.jsonl: the training loss, the estimates of the validation loss, and, when the run is
    finished, the loss on the whole validation split beside the best n-gram. A finished run may have lost
    the others. Raises UserError when the run has no losses yet or the file cannot be written.
    """
    run_dir = Path(run_dir)
    config, metrics = read_config(run_dir), read_metrics(run_dir)
    tokens = config["train"]["tokens"]
    # A loss that is no number (null in the file) has no place on a curve.
    training = [(line["tokens"], line["loss"]) for line in metrics if line.get("loss") is not None]
    measured = [line for line in metrics if line.get("val_loss") is not None]
    validation = [(line["tokens"], line["val_loss"]) for line in measured if not line.get("final")]
    final = next((line for line in measured if line.get("final")), None)
    if not training and final is None:
        raise UserError(f"The run {run_dir.name} has no losses to draw yet: train it further with --resume.")
    means = _means(training) if training else []
    said = [
        f"The training loss goes from {means[0][1]:.2f} to {means[-1][1]:.2f} nats/{UNITS[tokens]}."
        if means
        else "The training loss is lost."
    ]
    shown = [loss for _, loss in means + validation]
    ends = [line[-1][1] for line in (means, validation) if line]
    with figure_page() as (figure, axes):
        if means:
            draw_line(axes, 0, means, "training", marked=len(means) == 1)
        if validation:
            draw_line(axes, 1, validation, "validation")
        if final is not None:
            # A point by itself: the estimates are of a part of the split, easier or harder than all of it.
            draw_line(axes, 2, [(final["tokens"], final["val_loss"])], "validation, all of it")
            ends.append(final["val_loss"])
            said.append(f"The loss on the whole validation split is {final['val_loss']:.4f}.")
            if final["baselines"]:
                best = min(final["baselines"], key=lambda baseline: baseline["nats"])
                draw_level(axes, best["nats"], f"best n-gram (order {best['order']})")
                said.append(f"The best n-gram, of order {best['order']}, reaches {best['nats']:.4f}.")
                ends.append(best["nats"])
        _axes(axes, f"{WORDS[tokens]} seen", UNITS[tokens], shown, ends)
        return save_figure(figure, run_dir / CURVE, f"Loss of the run {run_dir.name}", " ".join(said))


def loss_against_time(
    results: Mapping[str, Sequence[tuple[float, float]]], path: Path | str, *, unit: str = "char"
) -> Path:
    """Draw runs, name -> [(seconds of training, validation loss in nats)], into an SVG and give its path.

    Each line has its own dash, and its name at its end. Raises ValueError when there is nothing to draw.
    """
    if not results or not all(results.values()):
        raise ValueError(
            f"each run needs one point or more; got { ({n: len(p) for n, p in results.items()}) }"
        )
    ends = sorted(((points[-1][1], name) for name, points in results.items()), reverse=True)
    with figure_page() as (figure, axes):
        for number, (name, points) in enumerate(results.items()):
            draw_line(axes, number, points, name)
        shown = [loss for points in results.values() for _, loss in points]
        _axes(axes, "seconds of training", unit, shown, [loss for loss, _ in ends])
        said = " ".join(f"{name} reaches {loss:.4f} nats/{unit}." for loss, name in ends)
        return save_both(figure, Path(path), "Validation loss against training time", said)


def _means(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The means of at most SMOOTHING groups of neighbours, in order."""
    size = math.ceil(len(points) / SMOOTHING)
    groups = [points[start : start + size] for start in range(0, len(points), size)]
    return [(sum(x for x, _ in g) / len(g), sum(y for _, y in g) / len(g)) for g in groups]


def _axes(axes: Axes, across: str, unit: str, losses: Sequence[float], ends: Sequence[float]) -> None:
    """Labels, limits, the axis in bits, and the legend. ends: the values that must be seen."""
    low, high = min([*losses, *ends]), max([*losses, *ends])
    # The steep first moments would flatten all that follows.
    high = min(high, 1.5 * max(ends))
    margin = 0.06 * (high - low) or 0.1
    axes.set_ylim(low - margin, high + margin)
    axes.set_xlim(left=0)
    axes.set_xlabel(across)
    axes.set_ylabel(f"loss in nats/{unit}")
    millions = axes.get_xlim()[1] >= 2e6
    axes.xaxis.set_major_formatter(lambda x, _: f"{x / 1e6:g} M" if millions else f"{x:,g}")
    # An axis is converted in arrays, which the two annotated functions of floats take as well.
    convert: Any = (bits, _nats)
    axes.secondary_yaxis("right", functions=convert).set_ylabel(f"bits/{unit}")
    axes.grid(axis="y", color=INK, alpha=0.25, linewidth=0.6)
    label_lines(axes)


def _nats(bits: float) -> float:
    return bits * math.log(2)

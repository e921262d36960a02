"""What is each part of a hybrid's block worth?

The hybrid of `hybrid_ratio` with one block of attention above two recurrent ones, trained in the same way on
the same text, whole and without one part at a time:

- norm: x + f(x) in place of x + f(RMSNorm(x)), in all blocks; the norm before the last map stays.
- convolution: the recurrent blocks' taps are 0, but for the present one, which is 1, and stay so.
- gate: y = W_out core(...) in the recurrent blocks, without the factor GeLU(W_gate x).
- decay that listens: r and i of the RG-LRU are learned constants, the same at every step.
- MLP, in all blocks.
- residual: f(RMSNorm(x)) in place of x + f(RMSNorm(x)), in all blocks.

The weights that go with a part are not given back elsewhere; `parameters` counts those that are trained. Each
has two learning rates with the first seed; the one with the lower training loss is taken for the others.
Loss: nats per character of the validation part, in windows of 128. None: the training exploded.

What is expected: every part is worth something, and the residual stream most. In TRecViT's table (another
model, of video, in points) 66.7 becomes 15.5 without skips, 66.0 without gates, 64.9 without convolution.
`verdict` was written before the run. Run: python benchmarks/reproduce/block_ablation.py [--quick]
"""

import math
import statistics
from typing import Any

from minirnn.base.plots import INK, LINES, figure_page, save_both
from minirnn.blocks import RecurrentBlock, ResidualBlock
from minirnn.layers.contract import Output, State
from minirnn.layers.rglru import RGLRU
from minirnn.layers.shared.weights import linear
from minirnn.lm.evaluate import evaluate_window
from minirnn.lm.model import LanguageModel
from minirnn.text.corpus import load

import hybrid_ratio
import numpy as np
import torch
from hybrid_ratio import DESIGNS, FEW, build, train_text
from shared import IMAGES, finish, is_quick, show_verdict, side_by_side
from torch import Tensor, nn

WHOLE = "the whole block"
PARTS = (WHOLE, "norm", "convolution", "gate", "decay that listens", "MLP", "residual")
KEPT = ("d_model", "d_mlp", "d_rnn", "gate blocks", "heads", "seeds", "text")
SETTINGS: dict[str, Any] = {key: hybrid_ratio.SETTINGS[key] for key in KEPT} | {"rates": [3e-3, 1e-2]}
QUICK = SETTINGS | {"text": hybrid_ratio.QUICK["text"], "seeds": 2}
SHORT = {"decay that listens": "listening decay"}
FAR = 0.35  # nats above the whole block, where the figure ends
PUBLISHED = {"TRecViT": 66.7, "without skip": 15.5, "without gates": 66.0, "without convolution": 64.9}


class Ungated(RecurrentBlock):
    """y = W_out core(conv(W_in x)), for whole sequences."""

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the state after the last step."""
        u, conv_state = self.conv(self.into(x), state[:1], reset=reset)
        h, core_state = self.core(u, state[1:], reset=reset)
        return self.out(h), conv_state + core_state


class Straight(ResidualBlock):
    """MLP(RMSNorm(mixer(RMSNorm(x)))), for whole sequences."""

    def run(self, x: Tensor, state: State | None, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> the same shape, and the state after the last step."""
        x, state = self.mixer(self.norm_mixer(x), state, reset=reset)
        return (x if self.mlp is None else self._mlp(x)), state


def without(part: str, model: LanguageModel) -> LanguageModel:
    """The untrained model itself, with that part taken out."""
    for block in model.blocks:
        assert isinstance(block, ResidualBlock)
        if part == "norm":
            block.norm_mixer = block.norm_mlp = nn.Identity()  # type: ignore[assignment]
        elif part == "MLP":
            block.mlp = None
        elif part == "residual":
            block.__class__ = Straight
        mixer = block.mixer
        if not isinstance(mixer, RecurrentBlock):
            continue
        if part == "convolution":
            fix(mixer.conv.weight)
            fix(mixer.conv.bias)
            mixer.conv.weight.data[-1] = 1
        elif part == "gate":
            mixer.__class__ = Ungated
            mixer.into = linear(mixer.into.in_features, mixer.into.out_features // 2)
        elif part == "decay that listens":
            assert isinstance(mixer.core, RGLRU)
            fix(mixer.core.gate_weight)
    return model


def fix(weight: nn.Parameter) -> None:
    """To zero, for good."""
    weight.data.zero_()
    weight.requires_grad_(False)


def trained(model: nn.Module) -> int:
    """How many numbers are learned."""
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def train(part: str, rate: float, seed: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Train without that part once; give its losses, None where it exploded."""
    corpus = load("pydoc")
    torch.manual_seed(seed)
    model = without(part, build(DESIGNS[FEW], corpus.vocabulary.size, settings))
    losses = train_text(model, corpus, seed, settings | {"rate": rate})
    scores = {
        "training loss": float(np.mean(losses[-50:])),
        "loss": evaluate_window(model, corpus.val, settings["text"]["window"]),
    }
    found: dict[str, Any] = {"rate": rate, "seed": seed, "parameters": trained(model)}
    found |= {what: round(score, 4) if math.isfinite(score) else None for what, score in scores.items()}
    print(f"{part:18} {found}", flush=True)
    return found


def study(settings: dict[str, Any]) -> dict[str, Any]:
    """Each part: the rates with the first seed, then the best one with the others."""
    grid = [(part, rate, 0, settings) for part in PARTS for rate in settings["rates"]]
    tried = dict(zip([job[:2] for job in grid], side_by_side(train, grid), strict=True))

    def training_loss(key: tuple[str, float]) -> float:
        loss = tried[key]["training loss"]
        return math.inf if loss is None or tried[key]["loss"] is None else float(loss)

    best = {part: min((key for key in tried if key[0] == part), key=training_loss) for part in PARTS}
    more = [(*best[part], seed, settings) for part in PARTS for seed in range(1, settings["seeds"])]
    again = side_by_side(train, more)
    parts = {}
    for part in PARTS:
        runs = [tried[best[part]], *(run for job, run in zip(more, again, strict=True) if job[0] == part)]
        losses = [run["loss"] for run in runs]
        parts[part] = {
            "parameters": runs[0]["parameters"],
            "rate": best[part][1],
            "loss": {"mean": None if None in losses else round(statistics.mean(losses), 4), "runs": losses},
            "other rates": [run for key, run in tried.items() if key[0] == part and key != best[part]],
        }
    return {
        "settings": settings,
        "pattern": DESIGNS[FEW].pattern,
        "published, of another model": PUBLISHED,
        "parts": parts,
        "verdict": verdict(parts),
    }


def verdict(parts: dict[str, Any]) -> dict[str, bool]:
    """What was expected, by the means; what exploded has lost most."""
    loss = {
        part: math.inf if found["loss"]["mean"] is None else found["loss"]["mean"]
        for part, found in parts.items()
    }
    rest = [part for part in PARTS if part != WHOLE]
    return {
        **{f"the loss is higher without: {part}": loss[part] > loss[WHOLE] for part in rest},
        "the residual is worth most": max(rest, key=lambda part: loss[part]) == "residual",
    }


def draw(results: dict[str, Any]) -> None:
    """A row for each part: the loss without it, mean and seeds, against that of the whole.

    What exploded, or stands far to the right, is said in words, so that the others can be told apart.
    """
    parts, said = results["parts"], []
    whole = parts[WHOLE]["loss"]["mean"]
    with figure_page() as (figure, axes):
        for row, (part, found) in enumerate(parts.items()):
            color, _, marker = LINES[0 if row else 1]
            mean, runs = found["loss"]["mean"], found["loss"]["runs"]
            name = part if part == WHOLE else f"without {part}"
            near = [run for run in runs if run is not None and run < whole + FAR]
            if near:
                axes.plot(near, [row] * len(near), "|", color=color, markersize=14)
            words = f"{mean:.3f}" if mean is not None else f"exploded in {runs.count(None)} of {len(runs)}"
            if mean is not None and mean < whole + FAR:
                axes.plot([mean], [row], marker, color=color, markersize=6)
            else:
                arrow = "" if mean is None else " \N{RIGHTWARDS ARROW}"
                place = (whole + FAR, row)
                note = axes.annotate(
                    f"{words}{arrow}", place, (0, 7 if near else -4), ha="right", textcoords="offset points"
                )
                note.set_in_layout(False)
            said.append(f"{name[0].upper()}{name[1:]}: {words}.")
        axes.axvline(whole, color=INK, linestyle=(0, (1, 2)), linewidth=1)
        axes.grid(axis="x", color=INK, alpha=0.25, linewidth=0.6)
        axes.set_xlim(whole - 0.04, whole + FAR)
        axes.set_yticks(
            range(len(parts)), [part if part == WHOLE else f"no {SHORT.get(part, part)}" for part in parts]
        )
        axes.set_ylim(len(parts) - 0.5, -0.6)
        axes.set_xlabel("loss (nats per character)")
        title = "What each part of a hybrid's block is worth"
        save_both(figure, IMAGES / "reproduce-block-ablation.svg", title, " ".join(said))


def main(arguments: list[str] | None = None) -> dict[str, Any]:
    """Train all, print the table; write results and figure unless it is the quick run."""
    quick = is_quick(arguments)
    results = study(QUICK if quick else SETTINGS)
    print(f"\n{'without':18} {'weights':>8} {'rate':>6}   loss of each seed")
    for part, found in results["parts"].items():
        print(f"{part:18} {found['parameters']:8,} {found['rate']:6g}  ", *found["loss"]["runs"])
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("block-ablation", results)
    return results


if __name__ == "__main__":
    main()

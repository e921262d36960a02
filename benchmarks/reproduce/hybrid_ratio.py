"""How much attention does a hybrid need, for its loss and for its recall?

Four residual blocks, each with an MLP. `DESIGNS` says which of them hold attention (A); the others hold
Griffin's recurrent block around an RG-LRU (R). Both kinds have about as many weights. Attention is global,
with rotary positions, so no window limits what can be looked up; one more design has a local window, as
Griffin has. Each is trained twice from scratch, with the same steps, recipe and learning rate for all:

- on text, the characters of the help pages that come with Python ("pydoc"), in windows of 128. Loss: nats
  per character of the validation part, read in windows as long as in training, and in longer ones. Some
  characters follow six that stood in the window before, in the same order, so that what came then can be
  looked up; the loss of these "repeats" and that of the others are shown apart.
- on associative recall (`minirnn.tasks.mqar`): pairs of a key and a value, then each key again, whose value
  is to be said. Over the first 30 % of training the pairs grow from 2 to 8, four tokens for each. Recall: the
  share of right answers with 8 pairs among 32 tokens, as in training, and among up to 8 times as many, most
  of them noise. A model that knows the values, but not whose they are, is right once in 8.

What is published: Wang, Zhu et al. 2025, "A Systematic Analysis of Hybrid Linear Attention", arXiv
2507.06457 (72 models; we have its abstract): the loss stays stable over the ratios, recall rises with more
layers of attention. De et al. 2024, "Griffin", arXiv 2402.19427, figure 5: beyond the trained length
recurrence, with and without local attention, goes on getting better, and global attention with rotary
positions does not. `verdict` asks for that; it was written before the run. (A first run was stopped: it had
700 steps for recall, in which RRAR had not learned it, with the first seed.)

Scaled down: models of some 50,000 weights, hundreds of steps, one text, one task, characters for tokens.
Run: python benchmarks/reproduce/hybrid_ratio.py [--quick]
"""

import statistics
from typing import Any, NamedTuple

from minirnn.base.plots import INK, LINES, draw_level, figure_page, save_both
from minirnn.lm.evaluate import evaluate_window
from minirnn.lm.model import LanguageModel, LMConfig
from minirnn.tasks.common import Batch
from minirnn.tasks.mqar import mqar, shown_chance
from minirnn.text.corpus import Corpus, load
from minirnn.training.batches import Cut, windows

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from shared import IMAGES, Recipe, finish, fit, is_quick, parameters, show_verdict, side_by_side
from torch import Tensor, nn


class Design(NamedTuple):
    """pattern: the mixers from below, R or A. window: of attention; None: it sees all of the past."""

    pattern: str
    window: int | None = None

    @property
    def share(self) -> float:
        """Of the blocks, those with attention."""
        return self.pattern.count("A") / len(self.pattern)


DESIGNS = {
    "0": Design("RRRR"),
    "1/4": Design("RRAR"),
    "1/2": Design("RARA"),
    "1": Design("AAAA"),
    "1/4, window 16": Design("RRAR", 16),
}
NONE, FEW, LOCAL, ALL = "0", "1/4", "1/4, window 16", "1"
SHARES = [name for name, design in DESIGNS.items() if design.window is None]
MIXERS = {"R": "rglru", "A": "attention"}
SETTINGS: dict[str, Any] = {
    "d_model": 32,
    "d_mlp": 64,
    "d_rnn": 32,
    "gate blocks": 4,
    "heads": 2,
    "rate": 1e-2,
    "seeds": 2,
    "text": {"steps": 600, "batch": 8, "window": 128, "windows": [128, 256, 512, 1024]},
    "recall": {
        "steps": 1500,
        "tokens": 1024,
        "vocabulary": 64,
        "pairs": [2, 4, 8],
        "growing": 0.3,
        "lengths": [32, 64, 128, 256],
        "test sequences": 512,
    },
}
QUICK = SETTINGS | {
    "text": SETTINGS["text"] | {"steps": 2, "windows": [128, 1024]},
    "recall": SETTINGS["recall"] | {"steps": 2, "lengths": [32, 64], "test sequences": 32},
}
PUBLISHED = {
    "loss against the share of attention": "stable",
    "recall against the share of attention": "rises",
    "loss beyond the trained length, Hawk and Griffin": "falls up to 4 x at least",
    "loss beyond the trained length, global attention with RoPE": "does not",
}
FLAT, SOLVED = 0.05, 0.95
TOLD = 6  # characters that must have stood there before
TEST = 99


def build(design: Design, vocabulary: int, settings: dict[str, Any]) -> LanguageModel:
    """The untrained model."""
    return LanguageModel(
        LMConfig(
            preset="hybrid",
            vocab_size=vocabulary,
            d_model=settings["d_model"],
            n_layers=len(design.pattern),
            pattern=tuple(MIXERS[letter] for letter in design.pattern),
            d_mlp=settings["d_mlp"],
            d_rnn=settings["d_rnn"],
            n_blocks=settings["gate blocks"],
            n_heads=settings["heads"],
            n_kv_heads=settings["heads"],
            window=design.window,
            rope_fraction=1.0,
            d_state=settings["d_rnn"],
            dropout=0.0,
        )
    )


# -- text ----------------------------------------------------------------------------------------------


def text_loss(model: nn.Module, batch: tuple[Tensor, Tensor, bool]) -> Tensor:
    """In nats per character."""
    inputs, targets, _ = batch
    return F.cross_entropy(model(inputs)[0].flatten(0, 1), targets.flatten())


def train_text(model: LanguageModel, corpus: Corpus, seed: int, settings: dict[str, Any]) -> list[float]:
    """Train on windows of the text that start from nothing; give the losses."""
    text = settings["text"]
    cut = Cut(text["batch"], text["window"], carry=False, seed=seed)
    recipe = Recipe(text["steps"], settings["rate"])
    return fit(model, lambda step: windows(corpus.train, step, cut), recipe, loss_of=text_loss)


def follows_a_repeat(tokens: NDArray[np.int64], told: int = TOLD) -> NDArray[np.bool_]:
    """Whether the `told` tokens that end at a step stood before in its row, in that order: (rows, time) bool.

    If so, what came after them then may be what comes now. tokens: (rows, time), below 1,000 if told is 6.
    """
    base = int(tokens.max()) + 1
    if base**told >= 2**63:
        raise ValueError(f"{told} tokens below {base} do not fit into one number")
    seen = np.zeros(tokens.shape, bool)
    if tokens.shape[1] <= told:
        return seen
    pieces = np.lib.stride_tricks.sliding_window_view(tokens, told, axis=1)
    codes = pieces @ base ** np.arange(told, dtype=np.int64)
    earlier = np.tri(codes.shape[1], k=-1, dtype=bool)
    seen[:, told - 1 :] = ((codes[:, :, None] == codes[:, None, :]) & earlier).any(2)
    return seen


@torch.no_grad()
def repeats_and_others(model: LanguageModel, ids: NDArray[Any], window: int) -> dict[str, float]:
    """The loss of the characters that could be looked up in the window, of the others, and their share."""
    rows = (len(ids) - 1) // window
    inputs = ids[: rows * window].reshape(rows, window).astype(np.int64)
    targets = ids[1 : rows * window + 1].reshape(rows, window).astype(np.int64)
    logits = model(torch.from_numpy(inputs))[0]
    losses = F.cross_entropy(logits.flatten(0, 1), torch.from_numpy(targets).flatten(), reduction="none")
    loss, seen = losses.numpy().reshape(rows, window), follows_a_repeat(inputs)
    return {
        "repeats": round(float(loss[seen].mean()), 4),
        "others": round(float(loss[~seen].mean()), 4),
        "share of repeats": round(float(seen.mean()), 4),
    }


def measure_text(model: LanguageModel, corpus: Corpus, seed: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Train a model on the text; give its losses on the validation part."""
    text = settings["text"]
    losses = train_text(model, corpus, seed, settings)
    return {
        "seed": seed,
        "loss": {n: round(evaluate_window(model, corpus.val, n), 4) for n in text["windows"]},
        **repeats_and_others(model, corpus.val, text["window"]),
        "training loss": round(float(np.mean(losses[-50:])), 4),
        "parameters": parameters(model),
    }


def on_text(name: str, seed: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Train one design on the text once."""
    corpus = load("pydoc")
    torch.manual_seed(seed)
    model = build(DESIGNS[name], corpus.vocabulary.size, settings)
    found = measure_text(model, corpus, seed, settings)
    print(f"text   {name:15} {found}", flush=True)
    return found


# -- recall --------------------------------------------------------------------------------------------


class Scores(nn.Module):
    """The scores alone of a model that gives scores and state."""

    def __init__(self, model: LanguageModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, tokens: Tensor) -> Tensor:
        """tokens (batch, time) -> scores (batch, time, vocab_size)."""
        return self.model(tokens)[0]


@torch.no_grad()
def recalled(model: nn.Module, pairs: int, length: int, recall: dict[str, Any]) -> float:
    """The share of right answers, on new sequences."""
    batch = mqar(recall["test sequences"], length, pairs, recall["vocabulary"], (TEST, pairs, length))
    right = model(torch.from_numpy(batch.inputs)).argmax(-1).numpy() == batch.targets
    return round(float(right[batch.mask].mean()), 4)


def measure_recall(model: LanguageModel, seed: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Train a model on recall; give its share of right answers."""
    recall = settings["recall"]
    fewest, most = recall["pairs"][0], recall["pairs"][-1]
    scores = Scores(model)

    def batches(step: int) -> Batch:
        grown = min(1.0, step / (recall["growing"] * recall["steps"]))
        pairs = fewest + int(grown * (most - fewest))
        length = 4 * pairs
        return mqar(recall["tokens"] // length, length, pairs, recall["vocabulary"], (seed, step))

    losses = fit(scores, batches, Recipe(recall["steps"], settings["rate"]))
    return {
        "seed": seed,
        "pairs": {n: recalled(scores, n, 4 * n, recall) for n in recall["pairs"]},
        "lengths": {n: recalled(scores, most, n, recall) for n in recall["lengths"]},
        "training loss": round(float(np.mean(losses[-50:])), 4),
        "parameters": parameters(model),
    }


def on_recall(name: str, seed: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Train one design on recall once."""
    torch.manual_seed(seed)
    model = build(DESIGNS[name], settings["recall"]["vocabulary"], settings)
    found = measure_recall(model, seed, settings)
    print(f"recall {name:15} {found}", flush=True)
    return found


# -- both ----------------------------------------------------------------------------------------------


def state_bytes(design: Design, vocabulary: int, settings: dict[str, Any], tokens: int) -> int:
    """What the state of one sequence takes after so many tokens, at least as many as the window."""
    model = build(design, vocabulary, settings)
    empty = model.initial_state(1)
    after = model.step(torch.zeros(1, dtype=torch.int64), empty)[1]
    at_first, then = (sum(part.nbytes for part in state) for state in (empty, after))
    return at_first + tokens * (then - at_first)


def mean_and_runs(values: list[float]) -> dict[str, Any]:
    """Of one number, over the seeds."""
    return {"mean": round(statistics.mean(values), 4), "runs": values}


def study(settings: dict[str, Any]) -> dict[str, Any]:
    """Every design on both tasks with every seed."""
    seeds = range(settings["seeds"])
    jobs = [(name, seed, settings) for seed in seeds for name in DESIGNS]
    asked = side_by_side(on_recall, jobs)
    read = side_by_side(on_text, jobs)
    text, recall = settings["text"], settings["recall"]
    designs = {}
    for name, design in DESIGNS.items():
        texts, recalls = (
            [run for job, run in zip(jobs, runs, strict=True) if job[0] == name] for runs in (read, asked)
        )
        designs[name] = {
            "pattern": design.pattern,
            "share": round(design.share, 4),
            "window": design.window,
            "parameters": texts[0]["parameters"],
            "state bytes": {
                n: state_bytes(design, recall["vocabulary"], settings, n) for n in (1_000, 100_000)
            },
            "loss": mean_and_runs([run["loss"][text["window"]] for run in texts]),
            "repeats": mean_and_runs([run["repeats"] for run in texts]),
            "others": mean_and_runs([run["others"] for run in texts]),
            "extrapolation": {n: mean_and_runs([run["loss"][n] for run in texts]) for n in text["windows"]},
            "recall": mean_and_runs([run["lengths"][recall["lengths"][0]] for run in recalls]),
            "recall by pairs": {
                n: mean_and_runs([run["pairs"][n] for run in recalls]) for n in recall["pairs"]
            },
            "recall by length": {
                n: mean_and_runs([run["lengths"][n] for run in recalls]) for n in recall["lengths"]
            },
            "training loss": {
                "text": [run["training loss"] for run in texts],
                "recall": [run["training loss"] for run in recalls],
            },
        }
    corpus = load("pydoc")
    return {
        "settings": settings,
        "text": {
            "what": corpus.description,
            "sha256": corpus.sha256,
            "characters": len(corpus.train) + len(corpus.val),
            "share of repeats": read[0]["share of repeats"],
        },
        "chance": shown_chance(recall["pairs"][-1]).accuracy,
        "published": PUBLISHED,
        "designs": designs,
        "verdict": verdict(designs, text["windows"]),
    }


def verdict(designs: dict[str, Any], lengths: list[int]) -> dict[str, bool]:
    """What is published, and whether it came out."""
    loss, recall, repeats, others = (
        {name: found[what]["mean"] for name, found in designs.items()}
        for what in ("loss", "recall", "repeats", "others")
    )
    seeds = {name: found["recall"]["runs"] for name, found in designs.items()}
    shares, trained, longest = [loss[name] for name in SHARES], lengths[0], lengths[-1]
    worse = {
        name: found["extrapolation"][longest]["mean"] - found["extrapolation"][trained]["mean"]
        for name, found in designs.items()
    }
    return {
        f"loss on text: all shares within {FLAT} nats": max(shares) - min(shares) < FLAT,
        f"recall: with a share of {FEW}, every seed is above every seed without attention": min(seeds[FEW])
        > max(seeds[NONE]),
        f"recall: a share of {FEW} solves it ({SOLVED:.0%} or more), no attention does not": recall[FEW]
        >= SOLVED
        > recall[NONE],
        "recall: no share recalls less than the one before": all(
            recall[a] <= recall[b] for a, b in zip(SHARES, SHARES[1:], strict=False)
        ),
        "recall: the local window recalls less than global attention in the same place": recall[LOCAL]
        < recall[FEW],
        f"loss on text: from none to {FEW}, repeats gain more than the others": repeats[NONE] - repeats[FEW]
        > others[NONE] - others[FEW],
        f"windows of {longest}: without attention, the loss is lower than at {trained}": worse[NONE] < 0,
        f"windows of {longest}: with local attention, the loss is lower than at {trained}": worse[LOCAL] < 0,
        f"windows of {longest}: with global attention alone, it is higher": worse[ALL] > 0,
    }


def draw(results: dict[str, Any]) -> None:
    """Loss and recall against the share, and the loss against the window's length."""
    # A result that was read again has numbers for the names "0" and "1".
    designs, said = {str(name): found for name, found in results["designs"].items()}, []
    across = [designs[name]["share"] for name in SHARES]
    local = designs[LOCAL]
    with figure_page() as (figure, axes):
        figure.clear()
        figure.set_figheight(3.9)
        loss, recall, length = figure.subplots(1, 3)
        for axes, what in ((loss, "loss"), (recall, "recall")):
            color, dash, marker = LINES[0]
            means = [designs[name][what]["mean"] for name in SHARES]
            axes.plot(*(across, means), color=color, ls=dash, marker=marker, label="global attention")
            for name in SHARES:
                runs = designs[name][what]["runs"]
                axes.plot([designs[name]["share"]] * len(runs), runs, "_", color=color, markersize=9)
                said.append(f"{what}, share {name}: {designs[name][what]['mean']:.3f}.")
            color, _, marker = LINES[1]
            axes.plot(
                *([local["share"]], [local[what]["mean"]]),
                color=color,
                ls="",
                marker=marker,
                label=f"window of {local['window']}",
            )
            said.append(f"{what}, share {LOCAL}: {local[what]['mean']:.3f}.")
            runs = local[what]["runs"]
            axes.plot([local["share"]] * len(runs), runs, "_", color=color, markersize=9)
            axes.set_xticks(across, SHARES)
            axes.set_xlabel("share of attention")
        loss.set_title("text: loss (nats/character)", color=INK)
        lowest, highest = (pick(designs[name]["loss"]["mean"] for name in DESIGNS) for pick in (min, max))
        loss.set_ylim(lowest - 0.15, highest + 0.15)
        recall.set_title("recall (right answers)", color=INK)
        recall.set_ylim(0, 1.05)
        recall.yaxis.set_major_formatter(lambda y, _: f"{y:.0%}")
        draw_level(recall, results["chance"], "a guess among the values")
        lengths = results["settings"]["text"]["windows"]
        for row, name in enumerate(DESIGNS):
            color, dash, marker = LINES[row % len(LINES)]
            points = [designs[name]["extrapolation"][n]["mean"] for n in lengths]
            length.plot(*(lengths, points), color=color, ls=dash, marker=marker, label=f"share {name}")
            said.append(
                f"loss in windows, share {name}: "
                + ", ".join(f"{p:.3f} of {n}" for n, p in zip(lengths, points, strict=True))
                + "."
            )
        length.set_xscale("log", base=2)
        length.set_xticks(lengths, [str(n) for n in lengths])
        length.set_xlabel(f"window (trained at {lengths[0]})")
        length.set_title("text: loss in longer windows", color=INK)
        for axes in (loss, recall, length):
            axes.grid(axis="y", color=INK, alpha=0.25, linewidth=0.6)
        known = {
            label: handle
            for axes in (recall, length)
            for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)
        }
        figure.legend(known.values(), known, loc="outside lower center", ncols=3)
        title = "How much attention a hybrid needs: loss and recall against its share"
        save_both(figure, IMAGES / "reproduce-hybrid-ratio.svg", title, " ".join(said))


def main(arguments: list[str] | None = None) -> dict[str, Any]:
    """Train all, print the table; write results and figure unless it is the quick run."""
    quick = is_quick(arguments)
    results = study(QUICK if quick else SETTINGS)
    print(f"\n{'share':15} {'weights':>8} {'loss':>6} {'repeats':>7} {'others':>6} {'recall':>6}   each")
    for name, found in results["designs"].items():
        scores = [found[what]["mean"] for what in ("loss", "repeats", "others", "recall")]
        seeds = "  ".join(f"{run:.3f}" for run in found["recall"]["runs"])
        print(f"{name:15} {found['parameters']:8,} " + " ".join(f"{score:6.3f}" for score in scores), seeds)
        for what in ("extrapolation", "recall by length"):
            print(" " * 15, what, {n: each["mean"] for n, each in found[what].items()})
    print(f"chance {results['chance']:.1%}")
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("hybrid-ratio", results)
    return results


if __name__ == "__main__":
    main()

"""Markov chains: does one Mamba block learn to count, and what is its convolution for?

Chains with a new kernel for every sequence, rows ~ Dirichlet(1, .., 1). The best predictor is the add-beta
rule (see `minirnn.tasks.markov`), with beta = 1 that of Laplace. A layer's *gap* is its loss less that of the
rule, in nats per symbol, both on the same test sequences.

The paper (Bondaschi et al. 2026, "From Markov to Laplace", ICLR): one layer of Mamba-2 matches the rule for
all orders tried, 1 to 4; its convolution must be wider than the order, since it has to bring each symbol
together with its context before the state counts them; without it the gap is 0.113 +- 0.032 at width 10 and
0.158 +- 0.055 at width 100 (table 3; we do not know for chains of which order). Its settings: width 8 and 8
states in the code, 64 chains of 256 symbols at a time, 10,000 steps at a rate of 1e-3 (in the code 2e-3).

Here: the same width, states and length, but 32 chains at a time, and `steps` steps at a larger rate, so that
it takes minutes on two cores. Mamba-2 is the paper's layer, in our block with one head; Mamba, whose every
channel and state decays at its own speed, stands beside it on binary chains. All runs on one number of
symbols have the same settings.

Beside the gaps stand those of the add-beta rules of lower orders, which see less context than there is. That
of order 0 counts the symbols alone, which a layer can do without a convolution: where its gap is small, a
missing convolution cannot cost much. For binary chains of order 1 it is 0.075, so a layer that can count
never loses 0.1 there, and the claim of such a gap has to fail. With three symbols it is 0.145. They take more
steps to learn, and twice the width.

Run: python benchmarks/reproduce/markov_chains.py [--quick]
"""

import statistics
from typing import Any

from minirnn.base.plots import INK, LINES, draw_level, figure_page, label_lines, save_both
from minirnn.blocks.mamba import Mamba2Block, MambaBlock
from minirnn.layers.contract import SequenceLayer
from minirnn.tasks.common import Batch
from minirnn.tasks.markov import add_beta, markov_chain, markov_chance, mean_loss

import torch
from shared import (
    IMAGES,
    Recipe,
    TaskModel,
    finish,
    fit,
    is_quick,
    loss_and_accuracy,
    parameters,
    show_verdict,
    side_by_side,
)

BETA = 1.0
WITHIN, BEYOND = 0.01, 0.1  # what the gap is asked to be with a convolution, and without
NO_CONVOLUTION, WIDE = 1, 4
# For each block, order and number of symbols.
WIDTHS = {
    ("mamba2", 1, 2): (1, 2, 4),
    ("mamba2", 2, 2): (1, 2, 3, 4),
    ("mamba2", 1, 3): (1, 4),
    ("mamba", 1, 2): (1, 4),
    ("mamba", 2, 2): (1, 4),
}
CHAINS = ((1, 2), (2, 2), (1, 3))  # order and symbols
PUBLISHED = {"gap without convolution, d = 10": (0.113, 0.032), "d = 100": (0.158, 0.055)}
SETTINGS: dict[str, Any] = {
    "d_model": {2: 8, 3: 16},  # by the number of symbols
    "d_state": 8,
    "length": 256,
    "batch": 32,
    "steps": {2: 600, 3: 1500},
    "rate": 1e-2,
    "weight_decay": 1e-3,
    "seeds": 3,
    "test chains": 1000,
}
QUICK = SETTINGS | {"length": 24, "batch": 4, "steps": {2: 3, 3: 3}, "seeds": 1, "test chains": 50}
POOL = 50  # batches drawn at once: a chain is a loop over time, whatever the number of chains


def block(name: str, d_model: int, d_state: int, conv_width: int) -> SequenceLayer:
    """The Mamba block, or that of Mamba-2 with one head, as in the paper."""
    if name == "mamba":
        return MambaBlock(d_model, d_state, conv_width=conv_width)
    return Mamba2Block(d_model, d_state, head_dim=2 * d_model, conv_width=conv_width)


def test_chains(order: int, symbols: int, settings: dict[str, Any]) -> Batch:
    return markov_chain(settings["test chains"], settings["length"], order, symbols, BETA, (99, order))


def rule_loss(batch: Batch, order: int, symbols: int) -> float:
    """The loss of the add-beta rule of that order, over the same steps."""
    return mean_loss(add_beta(batch.inputs, order, symbols, BETA), batch)


def train(
    name: str, order: int, symbols: int, conv_width: int, seed: int, settings: dict[str, Any]
) -> dict[str, Any]:
    """Train one block once; give its gap."""
    torch.manual_seed(seed)
    d_model, batch = settings["d_model"][symbols], settings["batch"]
    model = TaskModel(
        lambda: block(name, d_model, settings["d_state"], conv_width), d_model, 1, symbols, symbols
    )
    pool: list[Batch] = []

    def batches(step: int) -> Batch:
        if step % POOL == 0:
            key = (seed, order, step)
            pool[:] = [markov_chain(batch * POOL, settings["length"], order, symbols, BETA, key)]
        rows = slice(batch * (step % POOL), batch * (step % POOL + 1))
        return Batch(*(part[rows] for part in pool[0]))

    recipe = Recipe(settings["steps"][symbols], settings["rate"], settings["weight_decay"], slow=1.0)
    fit(model, batches, recipe)
    test = test_chains(order, symbols, settings)
    with torch.no_grad():
        loss = loss_and_accuracy(model, test)[0].item()
    gap = loss - rule_loss(test, order, symbols)
    case = f"{name:7} order {order}, {symbols} symbols, convolution {conv_width}"
    print(f"{case}, seed {seed}: gap {gap:.4f}", flush=True)
    return {"seed": seed, "loss": loss, "gap": gap, "parameters": parameters(model)}


def study(settings: dict[str, Any]) -> dict[str, Any]:
    """All blocks, orders and convolutions with all seeds, beside the rules."""
    cases = [(*case, width) for case, widths in WIDTHS.items() for width in widths]
    jobs = [(*case, seed, settings) for case in cases for seed in range(settings["seeds"])]
    runs = side_by_side(train, jobs)
    rows: list[dict[str, Any]] = []
    for case in cases:
        own = [run for job, run in zip(jobs, runs, strict=True) if job[:4] == case]
        named = dict(zip(("block", "order", "symbols", "conv_width"), case, strict=True))
        rows.append({**named, "gap": statistics.median(run["gap"] for run in own), "runs": own})
    rules = {}
    for order, symbols in CHAINS:
        chains = test_chains(order, symbols, settings)
        best = rule_loss(chains, order, symbols)
        lower = {f"gap of the rule of order {k}": rule_loss(chains, k, symbols) - best for k in range(order)}
        rules[kind(order, symbols)] = {
            "loss of the rule": best,
            "gap of a guess": markov_chance(symbols).nats - best,
            **lower,
        }
    return {
        "settings": settings,
        "published": PUBLISHED,
        "rows": rows,
        "rules": rules,
        "verdict": verdict(rows, rules),
    }


def kind(order: int, symbols: int) -> str:
    """How chains are called: order 1, order 1 with 3 symbols."""
    return f"order {order}" + (f" with {symbols} symbols" if symbols > 2 else "")


def verdict(rows: list[dict[str, Any]], rules: dict[str, dict[str, float]]) -> dict[str, bool]:
    """The bars, for each block and kind of chain, by the medians over the seeds."""
    gap = {(row["block"], row["order"], row["symbols"], row["conv_width"]): row["gap"] for row in rows}
    claims = {}
    for name, *chain in WIDTHS:
        case = f"{name}, {kind(*chain)}"
        claims[f"{case}: within {WITHIN} of the rule"] = gap[name, *chain, WIDE] <= WITHIN
        bare = gap[name, *chain, NO_CONVOLUTION]
        claims[f"{case}: not within {WITHIN} without convolution"] = bare > WITHIN
        claims[f"{case}: gap of {BEYOND} or more without convolution"] = bare >= BEYOND
    for chains, rule in rules.items():
        counting = rule["gap of the rule of order 0"]
        claims[f"{chains}: counting symbols alone is already within {BEYOND} of the rule"] = counting < BEYOND
    claims["mamba2, order 1: a convolution of 2 is enough"] = gap["mamba2", 1, 2, 2] <= WITHIN
    claims["mamba2, order 2: a convolution of 2 is not enough"] = gap["mamba2", 2, 2, 2] > WITHIN
    claims["mamba2, order 2: a convolution of 3 is enough"] = gap["mamba2", 2, 2, 3] <= WITHIN
    return claims


def draw(results: dict[str, Any]) -> None:
    """The gap against the width of the convolution, for both blocks and orders, with all seeds."""
    said = []
    with figure_page() as (figure, axes):
        figure.set_figheight(4.4)
        for number, (name, *chain) in enumerate(WIDTHS):
            color, dash, marker = LINES[number]
            case = [name, *chain]
            own = [row for row in results["rows"] if [row[k] for k in ("block", "order", "symbols")] == case]
            points = [(row["conv_width"], row["gap"]) for row in own]
            axes.plot(
                *zip(*points, strict=True),
                color=color,
                ls=dash,
                marker=marker,
                label=f"{name}, {kind(*chain)}",
            )
            for row in own:
                gaps = [run["gap"] for run in row["runs"]]
                axes.plot([row["conv_width"]] * len(gaps), gaps, "_", color=color, markersize=11)
            shown = ", ".join(f"{gap:.4f} with {width}" for width, gap in points)
            said.append(f"{name}, {kind(*chain)}: gap {shown}.")
        for chains, rule in results["rules"].items():
            gap = rule["gap of the rule of order 0"]
            draw_level(axes, gap, f"counting symbols alone, {chains}")
            said.append(f"Counting symbols alone: {gap:.4f} for {chains}.")
        axes.set_xticks([1, 2, 3, 4], ["1 (none)", "2", "3", "4"])
        axes.set_ylim(bottom=0)
        axes.set_xlabel("width of the convolution")
        axes.set_ylabel("loss above the add-β rule, nats/symbol")
        axes.grid(axis="y", color=INK, alpha=0.25, linewidth=0.6)
        label_lines(axes)
        title = "One Mamba block on Markov chains, by the width of its convolution"
        save_both(figure, IMAGES / "reproduce-markov-chains.svg", title, " ".join(said))


def main(arguments: list[str] | None = None) -> dict[str, Any]:
    """Train all, print the table; write results and figure unless it is the quick run."""
    quick = is_quick(arguments)
    results = study(QUICK if quick else SETTINGS)
    print(f"\n{'block':7} {'order':>5} {'symbols':>7} {'convolution':>11} {'gap':>7}   gap, by seed")
    for row in results["rows"]:
        seeds = "  ".join(f"{run['gap']:.4f}" for run in row["runs"])
        case = f"{row['block']:7} {row['order']:5} {row['symbols']:7} {row['conv_width']:11}"
        print(f"{case} {row['gap']:7.4f}   {seeds}")
    for chains, rule in results["rules"].items():
        print(f"{chains}: " + ", ".join(f"{name} {value:.4f}" for name, value in rule.items()))
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("markov-chains", results)
    return results


if __name__ == "__main__":
    main()

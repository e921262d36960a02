"""What a state of fixed size can hold: pairs written into an SSD state by hand, and read out again.

Nothing is trained here. Keys are random directions of length 1 in d_state dimensions, values random
directions in head_dim. All pairs are written with decay 1, S = sum over j of v_j k_j^T, by the code of the
layer (minirnn/layers/ssd.py), and then each key is asked for:

    S k_i = v_i + sum over j != i of (k_j . k_i) v_j

The first term is the answer, the second what the other pairs add to it. As k_j . k_i is 1 / d_state in mean
square, the second grows with the number of pairs and shrinks with d_state. The answer is the token whose
value is most alike, of `values` tokens. Attention reads the same keys and values with sharp weights,
softmax(sharpness k_j . k_i), and keeps all of them.

The hypothesis, written before the run: what is recalled rises with d_state; the more pairs, the larger
d_state has to be for 95 %; attention recalls at least as much at each d_state. It says what a state could
hold with random keys, not what training finds: for that see state_size_recall.py, where it found much less.

Run: python benchmarks/reproduce/state_capacity.py [--quick]
"""

import itertools
from typing import Any

from minirnn.base.plots import draw_line, figure_page, label_lines, save_both
from minirnn.layers.ssd import ssd_chunked

import torch
import torch.nn.functional as F
from shared import IMAGES, finish, is_quick, show_verdict

SETTINGS: dict[str, Any] = {
    "n_pairs": [4, 16, 64],
    "d_states": [1, 2, 4, 8, 16, 32, 64, 128],
    "head_dim": 64,
    "values": 64,
    "sharpness": 100.0,
    "trials": 100,
    "seeds": 2,
}
QUICK = SETTINGS | {"n_pairs": [4, 8], "d_states": [2, 64], "trials": 20}
HELD = 0.95


@torch.no_grad()
def recall(n_pairs: int, d_state: int, seed: int, settings: dict[str, Any]) -> dict[str, float]:
    """The share of values named right, from a state and by attention with the same keys and values."""
    generator = torch.Generator().manual_seed(seed)
    trials = settings["trials"]
    keys = F.normalize(torch.randn(trials, n_pairs, d_state, generator=generator), dim=-1)
    table = F.normalize(torch.randn(settings["values"], settings["head_dim"], generator=generator), dim=-1)
    tokens = torch.rand(trials, settings["values"], generator=generator).argsort(-1)[:, :n_pairs]
    values = table[tokens]
    nothing = torch.zeros_like(keys)
    x = torch.cat([values, torch.zeros_like(values)], 1).unsqueeze(2)  # first all are written, then read
    B, C = torch.cat([keys, nothing], 1), torch.cat([nothing, keys], 1)
    empty = torch.zeros(trials, 1, settings["head_dim"], d_state)
    y, _ = ssd_chunked(x, torch.zeros(trials, 2 * n_pairs, 1), B, C, empty)
    weights = (settings["sharpness"] * keys @ keys.mT).softmax(-1)
    found = {"state": y[:, n_pairs:, 0], "attention": weights @ values}
    return {
        name: round(float(((read @ table.T).argmax(-1) == tokens).float().mean()), 4)
        for name, read in found.items()
    }


def study(settings: dict[str, Any]) -> dict[str, Any]:
    """Every number of pairs, every d_state; the means of the seeds."""
    pairs: dict[str, Any] = {}
    for n in settings["n_pairs"]:
        pairs[f"{n} pairs"] = {}
        for d_state in settings["d_states"]:
            runs = [recall(n, d_state, seed, settings) for seed in range(settings["seeds"])]
            pairs[f"{n} pairs"][d_state] = {
                name: round(sum(run[name] for run in runs) / len(runs), 4) for name in ("state", "attention")
            } | {"state, each seed": [run["state"] for run in runs]}
    return {"settings": settings, "pairs": pairs, "verdict": verdict(pairs)}


def verdict(pairs: dict[str, Any]) -> dict[str, bool]:
    """What was expected, and whether it came out."""
    claims = {}
    for name, row in pairs.items():
        scores = [cell["state"] for cell in row.values()]
        claims[f"{name}: no larger d_state recalls less"] = all(a <= b for a, b in itertools.pairwise(scores))
    needed = [
        next((d_state for d_state, cell in row.items() if cell["state"] >= HELD), float("inf"))
        for row in pairs.values()
    ]
    claims["more pairs need a larger d_state for 95 %"] = all(a < b for a, b in itertools.pairwise(needed))
    claims["attention recalls at least as much at each d_state"] = all(
        cell["attention"] >= cell["state"] for row in pairs.values() for cell in row.values()
    )
    return claims


def draw(results: dict[str, Any]) -> None:
    """Recall against d_state, a line for each number of pairs."""
    sizes, said = results["settings"]["d_states"], []
    with figure_page() as (figure, axes):
        for number, (name, row) in enumerate(results["pairs"].items()):
            draw_line(axes, number, list(enumerate(cell["state"] for cell in row.values())), name)
            said.append(f"{name}: " + ", ".join(f"{c['state']:.0%} with {d}" for d, c in row.items()) + ".")
        axes.set_xticks(range(len(sizes)), [str(size) for size in sizes])
        axes.set_ylim(0, 1.06)
        axes.yaxis.set_major_formatter(lambda y, _: f"{y:.0%}")
        axes.set_xlabel("d_state")
        axes.set_ylabel("values named right")
        label_lines(axes)
        title = "Pairs read from a state: random keys, nothing trained"
        save_both(figure, IMAGES / "reproduce-state-capacity.svg", title, " ".join(said))


def main(quick: bool = False) -> dict[str, Any]:
    """Write and read, print the table; write results and figure unless it is the quick run."""
    results = study(QUICK if quick else SETTINGS)
    for name, row in results["pairs"].items():
        print(f"\n{name:10} {'state':>7} {'attention':>10}")
        for d_state, cell in row.items():
            print(f"{d_state:10} {cell['state']:7.1%} {cell['attention']:10.1%}")
    show_verdict(results["verdict"])
    if not quick:
        draw(results)
        finish("state-capacity", results)
    return results


if __name__ == "__main__":
    main(is_quick())

"""Train and write the small selective network of the figure delta-text, with what torch computes from it.

    OMP_NUM_THREADS=1 python docs/widgets/export_delta_text.py

It takes half a minute. The network is one residual block with S6 and an MLP. A text has 4 to 32 places, each
a blank or one of eight digits, and then three markers, at which the last three digits are to be named in
their order ("none" where there were fewer). As in selective copying, the blanks have to be passed by. SEED
is one of three that were tried: the other two networks show the same.

It writes delta-text-weights.js beside itself, weights rounded to DIGITS places, and
tests/site/delta-text.numbers.json, what torch computes in float64 from the rounded weights, with which the
tests of both sides compare. Another torch gives other weights.
"""

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "benchmarks" / "reproduce"))

import numpy as np  # noqa: E402
import torch  # noqa: E402
from shared import Recipe, TaskModel, accuracy, fit  # noqa: E402

from minirnn.layers.s6 import S6  # noqa: E402
from minirnn.tasks.common import Batch, Seed  # noqa: E402

WEIGHTS = HERE / "delta-text-weights.js"
RECORDED = HERE.parents[1] / "tests" / "site" / "delta-text.numbers.json"
SYMBOLS, NAMED = 8, 3
MARKER = SYMBOLS + 1
WIDTH, STATES, D_MLP = 24, 4, 48
SEED, STEPS, RATE = 1, 2500, 3e-2
DIGITS = 4
TEXTS = ("3..1....2.", "..........", "12345678", "7...", "....5..6..", "8..8.8....1.")
PAGE = """/* A small selective network, trained by export_delta_text.py beside this file. */

export const ABOUT = {about};

/** Each tensor by its name: its shape and its numbers, row by row. */
export const WEIGHTS = {{
{rows}
}};
"""


def build() -> TaskModel:
    """One block around S6: tokens in, a score for "none" and for each digit out."""
    return TaskModel(lambda: S6(WIDTH, STATES), WIDTH, 1, MARKER + 1, MARKER, D_MLP)


def examples(batch: int, seed: Seed, shortest: int = 4, longest: int = 32) -> Batch:
    """Texts of one length and their last digits; where there were fewer than NAMED, 0 stands first."""
    rng = np.random.default_rng(seed)
    length = int(rng.integers(shortest, longest + 1))
    often = rng.uniform(0, 0.6, (batch, 1))
    text = np.where(rng.random((batch, length)) < often, rng.integers(1, MARKER, (batch, length)), 0)
    inputs = np.pad(text, ((0, 0), (0, NAMED)), constant_values=MARKER)
    targets = np.zeros_like(inputs)
    for row, digits in zip(targets, text, strict=True):
        last = digits[digits > 0][-NAMED:]
        row[len(row) - len(last) :] = last
    mask = np.zeros(inputs.shape, bool)
    mask[:, length:] = True
    return Batch(inputs, targets, mask)


def tokens(text: str) -> torch.Tensor:
    """ "3.1" as (1, time): the digits, 0 for a blank, and the markers."""
    return torch.tensor([[0 if c == "." else int(c) for c in text] + [MARKER] * NAMED])


@torch.no_grad()
def record(model: TaskModel) -> list[dict[str, Any]]:
    """For each of TEXTS, in float64: Delta at each step, the last state, the scores at the markers."""
    block: Any = model.double().blocks[0]
    found = []
    for text in TEXTS:
        x = block.norm_mixer(model.embed(tokens(text)))
        delta = block.mixer._select(x, torch.float64)[0][0]
        (h,) = block.mixer(x)[1]
        found.append({"text": text, "delta": delta, "state": h[0], "scores": model(tokens(text))[0, -NAMED:]})
    return [
        {k: v if isinstance(v, str) else np.round(v.numpy(), 9).tolist() for k, v in row.items()}
        for row in found
    ]


@torch.no_grad()
def usual_size(model: TaskModel) -> list[float]:
    """The largest |h| of the first state of each channel over some texts: for the page's colours."""
    block: Any = model.blocks[0]
    batch = torch.from_numpy(examples(64, (SEED, 3), 12, 12).inputs)
    state, largest = block.mixer.initial_state(64), torch.zeros(WIDTH)
    for x_t in block.norm_mixer(model.embed(batch)).unbind(1):
        _, state = block.mixer.step(x_t, state)
        largest = torch.maximum(largest, state[0][:, 0].abs().float().amax(0))
    return [round(size, 3) for size in largest.tolist()]


def train() -> TaskModel:
    """The network, its weights rounded."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    model = build()
    fit(model, lambda step: examples(64, (SEED, 0, step)), Recipe(STEPS, RATE))
    with torch.no_grad():
        for weight in model.parameters():
            weight.copy_(torch.from_numpy(np.round(weight.numpy(), DIGITS)))
    return model


def page(model: TaskModel) -> str:
    """The text of delta-text-weights.js."""
    weights = model.state_dict()
    about = {
        "accuracy": round(accuracy(model, [examples(64, (SEED, 1, i)) for i in range(64)]), 4),
        "weights": sum(weight.numel() for weight in weights.values()),
        "states": STATES,
        "named": NAMED,
        "size": usual_size(model),
    }
    rows = []
    for name, weight in weights.items():
        numbers = [float(f"{x:.{DIGITS}f}") for x in weight.flatten().tolist()]
        rows.append(f"  {json.dumps(name)}: {json.dumps({'shape': list(weight.shape), 'values': numbers})},")
    return PAGE.format(about=json.dumps(about), rows="\n".join(rows))


def read(text: str) -> dict[str, torch.Tensor]:
    """The weights of delta-text-weights.js, float64."""
    body = text.split("export const WEIGHTS = ")[1].rstrip().removesuffix(";").replace(",\n}", "\n}")
    return {
        name: torch.tensor(each["values"], dtype=torch.float64).view(each["shape"])
        for name, each in json.loads(body).items()
    }


def main() -> None:
    """Train, and write both files."""
    WEIGHTS.write_text(page(train()), encoding="utf-8", newline="\n")
    model = build().double()
    model.load_state_dict(read(WEIGHTS.read_text(encoding="utf-8")))
    RECORDED.write_text(json.dumps(record(model)) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

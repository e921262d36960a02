"""Does a token cost the same at position 100,000 as at position 100?

For every preset, with one thread: symbols per second of `generate` as `minirnn sample` calls it, the time
of one `step` early and late in a text, and the bytes of the state there. A recurrent state has one size for
ever; a global key-value cache grows, so the Transformer is asked at position 10,000 only.

Weights are fresh ones: speed does not depend on what a model has learned. The measurements of all presets
and positions take turns, so that a slow moment of the machine hits all alike.

Run: python benchmarks/generate.py    (about two minutes; writes benchmarks/results/)
"""

import json
from collections.abc import Callable
from typing import Any

from common import interleaved, save
from minirnn.layers.contract import State
from minirnn.lm import LanguageModel, preset_config
from minirnn.lm.generate import generate
from minirnn.presets import GPU_PRESETS, PRESETS
from minirnn.text.corpus import Corpus, load

import torch

EARLY, LATE, LATE_IF_GROWING = 100, 100_000, 10_000
CHUNK = 2_000  # tokens that one forward call reads on the way to a position
TOKENS, STEPS, ROUNDS = 500, 100, 15


def state_after(model: LanguageModel, tokens: torch.Tensor) -> State:
    """The state when `tokens` (time,) are read."""
    state: State | None = None
    for chunk in tokens.split(CHUNK):
        _, state = model(chunk[None], state)
    assert state is not None
    return state


def size(state: State) -> int:
    """The state in bytes."""
    return sum(tensor.numel() * tensor.element_size() for tensor in state)


def writing(model: LanguageModel, corpus: Corpus) -> Callable[[], object]:
    """A call that writes TOKENS symbols."""
    return lambda: "".join(generate(model, corpus.vocabulary, "", TOKENS, seed=0))


def stepping(model: LanguageModel, state: State) -> Callable[[], None]:
    """A call that reads STEPS tokens one by one, always from the same state on."""
    token = torch.zeros(1, dtype=torch.int64)

    def call() -> None:
        now = state
        for _ in range(STEPS):
            _, now = model.step(token, now)

    return call


@torch.inference_mode()
def main() -> None:
    """Print the table and write the results file."""
    torch.set_num_threads(1)
    corpus = load("pydoc")
    text = torch.from_numpy(corpus.train[:LATE].astype("int64"))
    runs: dict[str, Callable[[], object]] = {}
    results: dict[str, dict[str, Any]] = {}
    for preset in (name for name in PRESETS if name not in GPU_PRESETS):
        torch.manual_seed(0)
        model = LanguageModel(preset_config(preset, corpus.vocabulary.size)).eval()
        late = LATE_IF_GROWING if model.state_grows else LATE
        states = {position: state_after(model, text[:position]) for position in (EARLY, late)}
        results[preset] = {
            "parameters": sum(p.numel() for p in model.parameters()),
            "positions": [EARLY, late],
            "state bytes": [size(state) for state in states.values()],
        }
        runs[f"{preset} writes"] = writing(model, corpus)
        for position, state in states.items():
            runs[f"{preset} at {position}"] = stepping(model, state)
    times = interleaved(runs, ROUNDS)
    for preset, row in results.items():
        steps = [times[f"{preset} at {position}"]["median"] / STEPS for position in row["positions"]]
        row["symbols per second"] = round(1000 * TOKENS / times[f"{preset} writes"]["median"])
        row["milliseconds per step"] = [round(step, 4) for step in steps]
        row["late / early"] = round(steps[1] / steps[0], 3)
    print(json.dumps(results, indent=1))
    print(save("generate", {"threads": 1, "results": results, "times": times}))


if __name__ == "__main__":
    main()

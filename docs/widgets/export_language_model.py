"""Write the weights of the language model in the page: one file of bytes, and one that says what they are.

    minirnn train --preset hawk --width 96 --depth 2 --steps 3000 --seed 0 --run page --plain
    OMP_NUM_THREADS=1 python docs/widgets/export_language_model.py runs/page

The first command takes a minute or two of CPU. It trains on the default corpus: the language reference that
comes with the running Python (`pydoc_data.topics`, here of Python 3.11.7). None of that text is shipped, only
weights learned from it by this package's own code. Another Python or torch gives other weights.

    W_ij = s_i q_ij,    s_i = max_j |W_ij| / 127,    q_ij = round(W_ij / s_i)

Each row of a matrix has a scale s_i, float32, and its numbers q_ij are int8. A row makes one output (or is
the vector of one symbol), so its error stays its own. Vectors are float32 as they are, and so is the little
convolution. language-model.bin holds first all that is float32, then all int8, little-endian; where each
tensor begins stands in language-model.json, in bytes. language-model-network.js beside this file reads both.
tests/site/language-model.logits.json holds what torch computes, in float64, from the weights in that file.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from minirnn.lm import LanguageModel
from minirnn.lm.evaluate import evaluate_stream
from minirnn.text.corpus import Vocabulary, load
from minirnn.training.folder.checkpoint import load_model

HERE = Path(__file__).parent
RECORDED = HERE.parents[1] / "tests" / "site" / "language-model.logits.json"
NAME = "language-model"
TEXTS = ("\n", "def ", 'The "with" statement is used to wrap the execution of a block with methods')
READ = 512  # characters of the validation text that the usual size of the states is measured on


def quantise(matrix: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """(rows, columns) -> one scale a row, float32, and the whole numbers, int8. A row of zeros stays one."""
    scale = (np.abs(matrix).max(1) / np.float32(127)).astype(np.float32)
    numbers = np.rint(matrix / np.where(scale == 0, np.float32(1), scale)[:, None])
    return scale, numbers.clip(-127, 127).astype(np.int8)


def rows(name: str, tensor: Tensor) -> Tensor:
    """A weight as the file has it: the gates of the RG-LRU turned, so that a row makes one output."""
    return tensor.transpose(1, 2).flatten(0, 1) if name.endswith("gate_weight") else tensor


def pack(weights: dict[str, Tensor]) -> tuple[bytes, dict[str, Any]]:
    """The bytes of all weights; for each its shape and its begin: "scales" and "int8", or "float32"."""
    floats, wholes, places = b"", b"", {}
    for name, tensor in weights.items():
        array = rows(name, tensor).detach().float().numpy()
        place: dict[str, Any] = {"shape": list(array.shape)}
        if array.ndim == 2 and not name.endswith("conv.weight"):
            scale, numbers = quantise(array)
            place |= {"scales": len(floats), "int8": len(wholes)}
            floats, wholes = floats + scale.astype("<f4").tobytes(), wholes + numbers.tobytes()
        else:
            place = {"shape": [array.size] if array.ndim != 2 else place["shape"], "float32": len(floats)}
            floats += array.astype("<f4").tobytes()
        places[name] = place
    for place in places.values():
        if "int8" in place:
            place["int8"] += len(floats)
    return floats + wholes, places


def unpack(data: bytes, places: dict[str, Any], weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """What `pack` left of weights with these names and shapes, float32."""

    def read(kind: str, start: int, count: int) -> NDArray[np.float32]:
        return np.frombuffer(data, kind, count, start).astype(np.float32)

    found = {}
    for name, old in weights.items():
        place = places[name]
        if "int8" in place:
            n, m = place["shape"]
            array = read("<f4", place["scales"], n)[:, None] * read("i1", place["int8"], n * m).reshape(n, m)
        else:
            array = read("<f4", place["float32"], old.numel())
        tensor = torch.from_numpy(array)
        if name.endswith("gate_weight"):
            blocks, width, gates = old.shape
            tensor = tensor.view(blocks, gates, width).transpose(1, 2)
        found[name] = tensor.reshape(old.shape).contiguous()
    return found


@torch.no_grad()
def record(model: LanguageModel, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """For each of TEXTS the logits after its last character, and each block's h, in float64."""
    model = model.double()
    records = []
    for text in TEXTS:
        logits, state = model(torch.from_numpy(vocabulary.encode(text))[None])
        numbers = {"logits": logits[0, -1], "states": torch.stack([state[i][0] for i in hidden(model)])}
        records.append({"text": text} | {key: rounded(v.tolist()) for key, v in numbers.items()})
    model.float()
    return records


def rounded(numbers: Any) -> Any:
    """A nest of lists with seven places kept of each number."""
    return round(numbers, 7) if isinstance(numbers, float) else [rounded(number) for number in numbers]


def hidden(model: LanguageModel) -> range:
    """Where in the state each block's h stands; before it come the inputs of the convolution."""
    return range(1, len(model.initial_state(1)), 3)


@torch.no_grad()
def usual_size(model: LanguageModel, ids: NDArray[Any]) -> list[float]:
    """The root mean square of each block's h over a text: where the page's colours are strong."""
    state, squares = model.initial_state(1), torch.zeros(len(hidden(model)), dtype=torch.float64)
    for token in torch.from_numpy(ids.astype(np.int64)):
        _, state = model.step(token[None], state)
        squares += torch.stack([state[i].double().square().mean() for i in hidden(model)])
    return [round(x, 4) for x in (squares / len(ids)).sqrt().tolist()]


def export(run: Path, folder: Path, recorded: Path) -> dict[str, Any]:
    """Write the two files to `folder` and the record to `recorded`; returns what the page is told.

    Raises ValueError for a run of another preset than hawk, or whose tokens are bytes.
    """
    model, vocabulary, config = load_model(run)
    if config["model"]["pattern"] != ["rglru"] or vocabulary.kind != "chars":
        raise ValueError(f"{run} is not a run of preset hawk with characters: the page cannot compute it")
    settings = config["train"]
    corpus = load(settings["corpus"], settings["tokens"])
    if corpus.sha256 != config["corpus"]["sha256"]:
        raise ValueError(f"the corpus {settings['corpus']} is not the one that {run} was trained on")
    before = evaluate_stream(model, corpus.val)
    weights = {name: weight.clone() for name, weight in model.state_dict().items()}
    data, places = pack(weights)
    model.load_state_dict(unpack(data, places, weights))
    about = {
        "preset": config["model"]["preset"],
        "corpus": config["corpus"]["description"],
        "steps": settings["steps"],
        "weights": sum(weight.numel() for weight in weights.values()),
        "bytes": len(data),
        "nats_float32": round(before, 4),
        "nats_int8": round(evaluate_stream(model, corpus.val), 4),
        "state_size": usual_size(model, corpus.val[:READ]),
    }
    sizes = {key: config["model"][key] for key in ("d_model", "n_layers", "d_mlp", "d_rnn", "n_blocks")}
    content = {"about": about, "sizes": sizes, "symbols": "".join(vocabulary.symbols), "tensors": places}
    folder.joinpath(f"{NAME}.bin").write_bytes(data)
    for path, what in ((folder / f"{NAME}.json", content), (recorded, record(model, vocabulary))):
        path.write_text(json.dumps(what, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    return about


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the weights of the language model in the page.")
    parser.add_argument("run", type=Path, help="the folder of a finished run")
    print(json.dumps(export(parser.parse_args().run, HERE, RECORDED), indent=1))

"""What the node tests hold the matrix in chunks to: L from minirnn, multiplications counted as they are done.

The three forms are computed here with numbers that count their products, and have to give the same outputs.
python tests/site/test_chunked_matrix_numbers.py writes the file again.
"""

import json
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from minirnn.layers.ssd import segment_sums, ssd_recurrent

FILE = Path(__file__).with_name("chunked-matrix.numbers.json")
SIZE = 8


def decays() -> list[float]:
    """Those of the figure."""
    source = (Path(__file__).parents[2] / "docs" / "widgets" / "chunked-matrix.js").read_text(
        encoding="utf-8"
    )
    return [float(each) for each in re.findall(r"[\d.]+", source.split("DECAYS = [")[1].split("]")[0])]


class Counter:
    """Products that are counted."""

    def __init__(self):
        self.products = 0

    def times(self, a, b):
        out = np.multiply(a, b)
        self.products += out.size
        return out

    def at(self, matrix, vector):
        return self.times(matrix, vector).sum(-1)


def step_by_step(x, a, B, C):
    count, h, y = Counter(), None, []
    for t in range(len(a)):
        write = count.times(x[t][:, None], B[t])
        h = write if h is None else count.times(a[t], h) + write
        y.append(count.at(h, C[t]))
    return np.array(y), count.products


def in_chunks(x, a, B, C, length):
    """With one chunk of all steps this is the form all at once."""
    count, h, y = Counter(), None, []
    for start in range(0, len(a), length):
        end = min(start + length, len(a))
        for t in range(start, end):
            out = np.zeros(x.shape[1])
            for s in range(start, t + 1):
                weight = count.times(np.prod(a[s + 1 : t + 1]), count.at(C[t], B[s]))
                out = out + count.times(weight, x[s])
            if h is not None:
                out = out + count.times(np.prod(a[start : t + 1]), count.at(h, C[t]))
            y.append(out)
        if end == len(a):
            break
        written = sum(
            count.times(count.times(np.prod(a[s + 1 : end]), x[s])[:, None], B[s]) for s in range(start, end)
        )
        h = written if h is None else count.times(np.prod(a[start:end]), h) + written
    return np.array(y), count.products


def numbers():
    """L rounded, since how the last digits come out differs between machines; and the counts."""
    a = np.array(decays())
    rng = np.random.default_rng(10)
    x, B, C = (rng.standard_normal((len(a), SIZE)) for _ in range(3))
    with_steps, steps = step_by_step(x, a, B, C)
    counts = []
    for length in range(1, len(a) + 1):
        y, products = in_chunks(x, a, B, C, length)
        assert y == pytest.approx(with_steps, abs=1e-10)
        counts.append(products)
    L = torch.exp(segment_sums(torch.tensor(np.log(a))))
    return {
        "decays": a.tolist(),
        "L": [[round(value, 12) for value in row] for row in L.tolist()],
        "step by step": steps,
        "in chunks": counts,
    }


def test_the_file_holds_what_python_computes():
    stored, found = json.loads(FILE.read_text(encoding="utf-8")), numbers()
    assert np.array(stored.pop("L")) == pytest.approx(np.array(found.pop("L")), abs=1e-11)
    assert stored == found


def test_the_loop_here_is_the_one_of_the_layer():
    a = np.array(decays())
    rng = np.random.default_rng(11)
    x, B, C = (rng.standard_normal((len(a), SIZE)) for _ in range(3))
    tensors = [torch.tensor(z)[None] for z in (x[:, None], np.log(a)[:, None], B, C)]
    y, _ = ssd_recurrent(*tensors, torch.zeros(1, 1, SIZE, SIZE, dtype=torch.float64))
    assert step_by_step(x, a, B, C)[0] == pytest.approx(y[0, :, 0].numpy(), abs=1e-12)


if __name__ == "__main__":
    FILE.write_text(json.dumps(numbers()) + "\n", encoding="utf-8")

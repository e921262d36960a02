"""What the node tests hold the memory bill to: the bytes of the states of our layers, in bfloat16.

Flags and counters are left out; of a cache that grows, a size of -1 stands for the tokens.
python tests/site/test_memory_bill_numbers.py writes the file again.
"""

import json
import math
from pathlib import Path

import torch

from minirnn.blocks import RecurrentBlock
from minirnn.layers.attention import Attention
from minirnn.layers.rglru import RGLRU

FILE = Path(__file__).with_name("memory-bill.numbers.json")
LAYERS, WIDTH, WINDOW = 24, 2560, 2048


def recurrent_bytes() -> int:
    with torch.device("meta"):
        block = RecurrentBlock(WIDTH, WIDTH, RGLRU(WIDTH, n_blocks=10)).to(torch.bfloat16)
        return sum(part.nbytes for part in block.initial_state(1) if part.is_floating_point())


def attention_bytes(tokens: int, window: int | None) -> int:
    with torch.device("meta"):
        layer = Attention(WIDTH, n_heads=10, n_kv_heads=1, window=window)
    slots = tokens if window is None else min(tokens, window)
    keys, values, _ = layer.state_shapes
    assert keys[1] == (-1 if window is None else window)
    return sum(2 * math.prod((shape[0], slots, shape[2])) for shape in (keys, values))


def numbers() -> list[dict[str, int]]:
    found = []
    for tokens in (1, 1_000, 2_048, 2_049, 10_000, 100_000, 1_000_000):
        recurrent, full = recurrent_bytes(), attention_bytes(tokens, None)
        found.append(
            {
                "tokens": tokens,
                "recurrence": LAYERS * recurrent,
                "griffin": 16 * recurrent + 8 * attention_bytes(tokens, WINDOW),
                "hybrid": 18 * recurrent + 6 * full,
                "attention": LAYERS * full,
            }
        )
    return found


def test_the_file_holds_what_python_computes():
    assert json.loads(FILE.read_text(encoding="utf-8")) == numbers()


def test_a_cache_that_grows_takes_what_is_counted():
    layer = Attention(64, n_heads=2, n_kv_heads=1).to(torch.bfloat16)
    state = layer(torch.zeros(1, 5, 64, dtype=torch.bfloat16))[1]
    assert sum(part.nbytes for part in state if part.is_floating_point()) == 5 * 2 * 32 * 2


if __name__ == "__main__":
    FILE.write_text(json.dumps(numbers(), indent=1) + "\n", encoding="utf-8")

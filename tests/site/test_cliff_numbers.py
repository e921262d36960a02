"""What the node tests hold the cliff to: the loss with sixty digits, its slope by finite differences.

python tests/site/test_cliff_numbers.py writes the file again.
"""

import json
from decimal import Decimal, localcontext
from pathlib import Path

FILE = Path(__file__).with_name("cliff.numbers.json")
PLACES = [
    ("2", "-2.5"),
    ("4.5", "-2.5"),
    ("4.8", "-2.5"),
    ("4.8192", "-2.5"),
    ("4.81929", "-2.5"),
    ("4.8195", "-2.5"),
    ("4.83", "-2.5"),
    ("6.5", "-2.5"),
    ("860", "-2.5"),
    ("-90", "-2.5"),
    ("5.622", "-3"),
    ("5.622856", "-3"),
    ("3.97", "-2"),
    ("3", "-1.5"),
    ("7", "-1"),
]


def loss(w: Decimal, b: Decimal) -> Decimal:
    def sigmoid(z: Decimal) -> Decimal:
        return 1 / (1 + (-z).exp())

    z = Decimal("0.5")
    for _ in range(50):
        z = w * sigmoid(z) + b
    return (sigmoid(z) - Decimal("0.7")) ** 2


def numbers() -> list[dict[str, float]]:
    found = []
    with localcontext() as context:
        context.prec = 60
        step = Decimal("1e-20")
        for each in PLACES:
            w, b = map(Decimal, each)
            slope = (loss(w + step, b) - loss(w - step, b)) / (2 * step)
            found.append({"w": float(w), "b": float(b), "loss": float(loss(w, b)), "slope": float(slope)})
    return found


def test_the_file_holds_what_python_computes():
    assert json.loads(FILE.read_text(encoding="utf-8")) == numbers()


if __name__ == "__main__":
    FILE.write_text(json.dumps(numbers(), indent=1) + "\n", encoding="utf-8")

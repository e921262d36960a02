# verdict: wrong
# what: Adds and compares in float32, so a u close to a border falls into the wrong piece.
# diagnosis: In float32 a number close to a border is rounded onto it; keep the totals and u in double precision.
# told: mistake too_few_digits
import numpy as np


def sample_text(
    probabilities: dict[str, dict[str, float]], vocabulary: str, start: str, uniforms: list[float]
) -> str:
    P = np.array([[probabilities[a][b] for b in vocabulary] for a in vocabulary], dtype=np.float32)
    edges = np.cumsum(P, axis=1)
    rolls = np.asarray(uniforms, dtype=np.float32)
    state = vocabulary.index(start)
    out = [start]
    for u in rolls:
        state = min(int(np.sum(edges[state] <= u)), len(vocabulary) - 1)
        out.append(vocabulary[state])
    return "".join(out)

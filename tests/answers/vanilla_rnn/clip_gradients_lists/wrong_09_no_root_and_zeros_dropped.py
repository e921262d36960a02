# verdict: wrong
# what: two errors: the square root is missing, and zeros are left out of the new lists, which become shorter.
# diagnosis: The length needs math.sqrt; and a zero has its place in the list, so keep it, or all later numbers move.
# told: mistake square_root_forgotten
import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    length = sum(v * v for vs in gradients.values() for v in vs)
    scale = max_norm / length if length > max_norm else 1
    return {name: [v * scale for v in vs if v != 0] for name, vs in gradients.items()}

# verdict: wrong
# what: zeros are guarded, but any other arrow is brought to the length max_norm, also one that was shorter.
# diagnosis: If the length is not greater than max_norm every number stays as it is; you stretch short arrows.
# told: mistake short_arrows_made_longer
import math


def clip_gradients_lists(gradients: dict[str, list[float]], max_norm: float) -> dict[str, list[float]]:
    everything = []
    for numbers in gradients.values():
        everything.extend(numbers)
    length = math.hypot(*everything)
    if length == 0:
        factor = 1.0  # nothing to do, and do not divide by 0
    else:
        factor = max_norm / length
    return {name: [factor * n for n in numbers] for name, numbers in gradients.items()}

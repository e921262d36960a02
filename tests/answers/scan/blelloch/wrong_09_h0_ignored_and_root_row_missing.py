# verdict: wrong
# what: Two errors: the root is handed zero instead of h0, and the row of the root is left out of the rows.
# diagnosis: The root is handed h0, and rows must begin with that row of one number.
# told: mistake h0_forgotten
def _join(left, right):
    return left[0] * right[0], right[0] * left[1] + right[1]


def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    levels = [list(zip(a, b))]
    while len(levels[-1]) > 1:
        it = iter(levels[-1])
        levels.append([_join(left, right) for left, right in zip(it, it)])
    states = [0.0]
    rows = []
    for level in levels[-2::-1]:
        new_states = []
        for j in range(len(states)):
            new_states.append(states[j])
            new_states.append(level[2 * j][0] * states[j] + level[2 * j][1])
        states = new_states
        rows.append(states)
    h = [x * s + y for (x, y), s in zip(levels[0], states)]
    return rows, h

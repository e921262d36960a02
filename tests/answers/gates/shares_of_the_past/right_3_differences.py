# verdict: right
# what: The share of an input is the difference of two products of keeps.
# diagnosis: none
def shares_of_the_past(keep: list[float]) -> list[float]:
    """The shares that the start and all inputs have in the last state.

    Args:
        keep: for each step, how much of the old state is kept, from 0 to 1; may be empty.

    Returns:
        One more number than `keep` has: the share of the state before the first step, then that of the
        input of each step, in order.
    """
    left, marks = 1.0, [1.0]
    for k in keep[::-1]:
        left = left * k
        marks.append(left)
    shares = [a - b for a, b in zip(marks, marks[1:])]
    return [left, *shares[::-1]]

# verdict: wrong
# what: Finds the decay by running the steps from 1 and from 0 and subtracting, which loses it when the inputs are big.
# diagnosis: Subtracting two nearly equal big numbers loses the small decay; multiply the two decays instead.
# told: mistake decay_by_subtraction
def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    def run(h):
        h = first[0] * h + first[1]
        h = then[0] * h + then[1]
        return h

    at_zero = run(0.0)
    at_one = run(1.0)
    # straight line: slope and intercept
    return (at_one - at_zero, at_zero)

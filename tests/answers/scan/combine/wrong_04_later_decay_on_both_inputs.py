# verdict: wrong
# what: Multiplies the later input by the later decay as well.
# diagnosis: The step is a * h + b: the decay multiplies the old state only, and the step's own input is added after that.
# told: mistake both_inputs_decayed
def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    def step(pair, h):
        decay, inp = pair
        return decay * (h + inp)

    a = then[0] * first[0]
    b = step(then, first[1])
    return a, b

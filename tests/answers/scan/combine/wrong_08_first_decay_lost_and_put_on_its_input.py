# verdict: wrong
# what: Two errors: the decay kept is only the later one, and the first input gets the first decay instead of the later one.
# diagnosis: The joint decay is the product of both decays, and the first input must be multiplied by the later decay.
# told: mistake first_decay_on_its_own_input
def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    new_a = then[0]                          # the later step decides how much is kept
    new_b = first[0] * first[1] + then[1]
    return new_a, new_b

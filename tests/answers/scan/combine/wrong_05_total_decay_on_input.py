# verdict: wrong
# what: Multiplies the first input by the product of both decays.
# diagnosis: The first input enters after the first decay has acted, so only the later decay still multiplies it.
# told: mistake first_input_decayed_twice
def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    a = 1.0
    for pair in (first, then):
        a *= pair[0]
    b = a * first[1] + then[1]
    return (a, b)

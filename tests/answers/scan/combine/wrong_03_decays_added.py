# verdict: wrong
# what: Adds the decays instead of multiplying them.
# diagnosis: Decays are applied one after the other to h, and two multiplications in a row multiply by the product, not by the sum.
# told: mistake decays_added
def combine(first: tuple[float, float], then: tuple[float, float]) -> tuple[float, float]:
    (a_first, b_first), (a_then, b_then) = first, then
    # both decays act on h
    a = a_first + a_then
    b = a_then * b_first + b_then
    return (a, b)

# verdict: wrong
# what: Runs the plain loop over time and returns only the start and the final states, without the rounds between.
# diagnosis: The last row is right, but the exercise asks for the row after each doubling round, which a loop over time never has.
# told: mistake only_start_and_end
def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    h = 0
    states = []
    for decay, inp in zip(a, b):
        h = decay * h + inp
        states.append(h)
    return [list(b), states]

# verdict: wrong
# what: Runs the plain loop over time and cuts the rows out of its states, so one long chain of operations waits for each other.
# diagnosis: The numbers are right, but they come from a loop over time; build the pairs up the tree and hand the states down.
# told: Make the rows in the tree, not in a loop over time
def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    T = len(b)
    h = []
    state = h0
    for t in range(T):
        state = a[t] * state + b[t]
        h.append(state)
    before = [h0] + h[:-1]
    rows = []
    stride = T
    while stride >= 1:
        rows.append(before[::stride])
        stride //= 2
    return rows, h

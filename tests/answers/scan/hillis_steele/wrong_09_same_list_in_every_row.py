# verdict: wrong
# what: Appends the same working list after every round, so all the rows end up equal to the last one.
# diagnosis: You stored one and the same list several times; append a copy, or each later round changes the earlier rows too.
# told: mistake one_list_in_all_rows
def hillis_steele(a: list[float], b: list[float]) -> list[list[float]]:
    decays = list(a)
    state = list(b)
    rows = [state]
    d = 1
    while d < len(state):
        # from the right, so that nothing is overwritten too early
        for t in range(len(state) - 1, d - 1, -1):
            state[t] += decays[t] * state[t - d]
            decays[t] *= decays[t - d]
        rows.append(state)
        d *= 2
    return rows

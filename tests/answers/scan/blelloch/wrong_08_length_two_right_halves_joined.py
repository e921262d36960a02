# verdict: wrong
# what: One and two steps are handled rightly by special cases; longer lists join step i with step i + T/2 instead of with its neighbour.
# diagnosis: Only neighbours in time can be joined to one step; your tree joins a step with one half a sequence later, and T <= 2 hides it.
# told: mistake halves_joined_both_ways
def blelloch(a: list[float], b: list[float], h0: float) -> tuple[list[list[float]], list[float]]:
    T = len(a)
    if T == 1:
        return [[h0]], [a[0] * h0 + b[0]]
    if T == 2:
        mid = a[0] * h0 + b[0]
        return [[h0], [h0, mid]], [mid, a[1] * mid + b[1]]
    levels = [list(zip(a, b))]
    while len(levels[-1]) > 1:
        cur = levels[-1]
        half = len(cur) // 2
        levels.append(
            [(l[0] * r[0], r[0] * l[1] + r[1]) for l, r in zip(cur[:half], cur[half:])]
        )
    rows = [[h0]]
    for cur in levels[-2::-1]:
        starts = rows[-1]
        half = len(starts)
        rows.append(starts + [cur[i][0] * starts[i] + cur[i][1] for i in range(half)])
    return rows, [x * s + y for x, y, s in zip(a, b, rows[-1])]

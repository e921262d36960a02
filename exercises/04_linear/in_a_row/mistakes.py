"""What goes wrong when halls in a row become one, and other ways to get it right."""


def _grown(factors, grow):
    weights = [factors[0]]
    for c in factors[1:]:
        weights = grow(weights, c)
    return weights


def _by_one_clap(factors):
    heard = [1.0] + [0.0] * len(factors)
    for c in factors:
        for t in range(1, len(heard)):
            heard[t] += c * heard[t - 1]
    weights = []
    for t in range(1, len(heard)):
        weights.append(heard[t] - sum(w * heard[t - 1 - k] for k, w in enumerate(weights)))
    return weights


def signs_all_plus(factors):
    """All your weights are added. The second hall sees $y_t - c\\,y_{t-1}$ in place of h, and this minus
    stays: put it in, multiply out, and keep the signs."""
    return _grown(
        factors,
        lambda w, c: [w[0] + c, *(w[k] + c * w[k - 1] for k in range(1, len(w))), c * w[-1]],
    )


def factors_themselves(factors):
    """You return the factors. They say what each hall keeps of its *own* old value; the weights are for old
    values of the last hall alone."""
    return list(factors)


def order_reversed(factors):
    """Your weights are right but in reverse order. w[0] belongs to the latest old value, y[t-1]."""
    return _by_one_clap(factors)[::-1]


def right_by_one_clap(factors):
    """Claps once, and solves for one weight after the other."""
    return _by_one_clap(factors)


def right_one_hall_more(factors):
    """By one hall after the other, the last one first."""
    if len(factors) == 1:
        return (factors[0],)
    c, w = factors[0], right_one_hall_more(factors[1:])
    return (w[0] + c, *(w[k] - c * w[k - 1] for k in range(1, len(w))), -c * w[-1])

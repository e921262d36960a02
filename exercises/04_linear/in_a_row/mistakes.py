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


def _product(factors):
    product = 1.0
    for c in factors:
        product *= c
    return product


def signs_all_plus(factors):
    """You add in every place. For h you have y[t] - c * y[t-1], and this minus stays: put it in, multiply
    out, and keep the signs."""
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


def on_the_wrong_side(factors):
    """All your signs are turned. The old values move to the other side of the equation, and there each
    changes its sign: one hall of 0.5 has the weight 0.5."""
    return [-w for w in _by_one_clap(factors)]


def answer_to_one_clap(factors):
    """You return what is heard of one clap. The weights belong to old values of y, not to old claps."""
    heard = [1.0] + [0.0] * len(factors)
    for c in factors:
        for t in range(1, len(heard)):
            heard[t] += c * heard[t - 1]
    return heard[1:]


def sum_and_product_alone(factors):
    """You use the sum and the product of all factors, which is right for two halls. With three there are
    products of two of them as well: put the halls together one by one."""
    if len(factors) == 1:
        return list(factors)
    weights = [0.0] * len(factors)
    weights[0], weights[-1] = sum(factors), -_product(factors)
    return weights


def one_common_factor(factors):
    """You make one factor of all halls and take its powers. Each hall keeps its own factor: put the second
    line of the statement into the first, and multiply out."""
    return [_product(factors) ** (k + 1) for k in range(len(factors))]


def side_by_side(factors):
    """Your halls stand side by side and their sounds are averaged. In a row each one plays what the one
    before it gives."""
    return [sum(c ** (k + 1) for c in factors) / len(factors) for k in range(len(factors))]


def own_value_kept(factors):
    """Your list begins with the 1 of y[t] itself. That is what is computed: only the n old values have
    weights."""
    return [1.0, *_by_one_clap(factors)]


def equal_halls_once(factors):
    """You count equal factors once. Two halls with the same factor are still two halls, and each needs an old
    value more."""
    different = sorted(set(factors))
    return _by_one_clap(different) + [0.0] * (len(factors) - len(different))


def last_hall_alone(factors):
    """You keep the last hall only. The ones before it change what it gets to play."""
    return [factors[-1], *(0.0 for _ in factors[1:])]


def right_by_one_clap(factors):
    """Claps once, and solves for one weight after the other."""
    return _by_one_clap(factors)


def right_one_hall_more(factors):
    """By one hall after the other, the last one first."""
    if len(factors) == 1:
        return (factors[0],)
    c, w = factors[0], right_one_hall_more(factors[1:])
    return (w[0] + c, *(w[k] - c * w[k - 1] for k in range(1, len(w))), -c * w[-1])

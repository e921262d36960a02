"""What goes wrong with the shares of a mix, and other ways to get them."""


def _walk(keep, enter, begin=1.0):
    shares, left = [], begin
    for k in reversed(keep):
        shares.append(enter(k) * left)
        left *= k
    return [left, *reversed(shares)]


def keeps_and_writes_exchanged(keep):
    """You take `keep` for the share of the new. It says how much of the old state stays, and the input fills
    up the rest."""
    return _walk([1 - k for k in keep], lambda k: 1 - k)


def own_keep_counted(keep):
    """You shrink an input by the keep number of its own step. It has just come in, and only later steps can
    shrink it."""
    return _walk(keep, lambda k: (1 - k) * k)


def earlier_steps_counted(keep):
    """You multiply by the keep numbers of the steps *before* an input. What came earlier cannot shrink what
    comes later: take the product over the steps after it."""
    shares, left = [], 1.0
    for k in keep:
        shares.append((1 - k) * left)
        left *= k
    return [left, *shares]


def input_enters_whole(keep):
    """Your inputs enter whole. Only the share that the old state leaves free is filled with the input."""
    return _walk(keep, lambda k: 1.0)


def start_left_out(keep):
    """The share of the state before the first step is missing. It comes first in the list."""
    return _walk(keep, lambda k: 1 - k)[1:]


def start_at_the_end(keep):
    """The share of the start stands at the end of your list. It comes first."""
    left, *shares = _walk(keep, lambda k: 1 - k)
    return [*shares, left]


def newest_first(keep):
    """Your shares are right, but in the wrong order: the start comes first, and the last input last."""
    return _walk(keep, lambda k: 1 - k)[::-1]


def inputs_backwards(keep):
    """The shares of the inputs run backwards. After that of the start comes that of x[0]."""
    left, *shares = _walk(keep, lambda k: 1 - k)
    return [left, *reversed(shares)]


def divided(keep):
    """You divide products of keep numbers. Where one of them is 0, nothing can be divided by it: walk from
    the end instead, and multiply."""
    total = so_far = 1.0
    for k in keep:
        total *= k
    shares = [total]
    for k in keep:
        so_far *= k
        shares.append((1 - k) * total / so_far if so_far else 0.0)
    return shares


def start_shared_out(keep):
    """You scale the shares of the inputs so that they add up to 1, and nothing is left for the start. With
    the start, they add up to 1 already."""
    left, *shares = _walk(keep, lambda k: 1 - k)
    total = sum(shares)
    return [0.0, *(share / total for share in shares)] if total else [left, *shares]


def one_keep_for_all(keep):
    """You take a power of one keep number. Each step has its own, so what is left is a product of all of
    them."""
    if not keep:
        return [1.0]
    k, n = keep[-1], len(keep)
    return [k**n, *((1 - k) * k ** (n - 1 - t) for t in range(n))]


def only_the_next_step(keep):
    """You shrink an input by the step right after it and no further. All later steps shrink it."""
    n = len(keep)
    shares = [(1 - keep[t]) * (keep[t + 1] if t + 1 < n else 1.0) for t in range(n)]
    return [keep[0] if keep else 1.0, *shares]


def right_forwards(keep):
    """Step by step, each share that is there is shrunk."""
    products = [1.0]
    for k in reversed(keep):
        products.append(products[-1] * k)
    products.reverse()
    return [products[0], *(products[t + 1] - products[t] for t in range(len(keep)))]


def right_in_a_generator(keep):
    """What is left, from the end on, and what each step takes of it."""

    def from_the_end():
        left = 1.0
        for k in keep[::-1]:
            yield left - left * k
            left *= k
        yield left

    return list(from_the_end())[::-1]

"""What goes wrong when a gradient is judged, and other ways to get it right."""

WORDS = ("right", "decay", "direction", "conjugate", "state")


def _pass(word, a, h, h0, grad):
    """(grad_a, grad_b) of the pass with that word."""

    def bar(x):
        return x if word == "conjugate" else x.conjugate()

    steps = len(a)
    order = range(steps) if word == "direction" else range(steps - 1, -1, -1)
    g, carried = [0.0] * steps, 0.0
    for t in order:
        g[t] = grad[t] + carried
        if word == "direction":
            carried = bar(a[t + 1]) * g[t] if t + 1 < steps else 0.0
        else:
            carried = bar(a[t if word != "decay" else t - 1]) * g[t]
    before = h if word == "state" else [h0, *h[:-1]]
    return [bar(x) * y for x, y in zip(before, g, strict=True)], g


def _off(one, other):
    return max(abs(x - y) for x, y in zip(one, other, strict=True))


def _first(args, words=WORDS, parts=(0, 1), limit=1e-6, otherwise="right"):
    """The first of these words whose pass agrees with what was returned."""
    *given, grad_a, grad_b = args
    for word in words:
        made = _pass(word, *given)
        if all(_off(made[part], (grad_a, grad_b)[part]) < limit for part in parts):
            return word
    return otherwise


def compared_exactly(*args):
    """You compare with ==. The gradients have been rounded, so they are never exactly those that you compute:
    ask whether the difference is small."""
    return _first(args, limit=1e-300)


def grad_b_alone(*args):
    """You look only at grad_b. A pass may have that right and grad_a wrong: the state of the wrong step shows
    nowhere else."""
    return _first(args, parts=(1,))


def first_entry_alone(*args):
    """You look only at the first entry of grad_a. If h0 is zero it says nothing: compare all of both
    lists."""
    *given, grad_a, _ = args
    for word in WORDS:
        if abs(_pass(word, *given)[0][0] - grad_a[0]) < 1e-6:
            return word
    return "right"


def last_step_alone(*args):
    """You look only at the last step. Three of the five passes are alike there: compare all steps."""
    *given, grad_a, grad_b = args
    for word in WORDS:
        made = _pass(word, *given)
        if max(abs(made[0][-1] - grad_a[-1]), abs(made[1][-1] - grad_b[-1])) < 1e-6:
            return word
    return "right"


def decay_and_direction_swapped(*args):
    """You take "decay" and "direction" for each other. "decay" still runs backwards, but with the decay of
    its own step; "direction" runs forwards."""
    word = _first(args)
    return {"decay": "direction", "direction": "decay"}.get(word, word)


def conjugate_for_real_numbers(*args):
    """For real numbers you say "conjugate". There a conjugate changes nothing, so nothing is broken: try
    "right" first."""
    return _first(args, words=("conjugate", "right", "decay", "direction", "state"))


def conjugate_never(*args):
    """You never say "conjugate". For complex numbers a pass without conjugates is wrong: try it as well."""
    return _first(args, words=("right", "decay", "direction", "state"))


def real_parts_alone(*args):
    """You compare only the real parts of given numbers. Take the numbers as they are: the fault may be in the
    imaginary parts, and the conjugates are lost with them."""

    def real(x):
        return [y.real for y in x] if isinstance(x, list) else x.real

    return _first([real(x) for x in args])


def decays_conjugated_states_not(*args):
    """Your "right" conjugates the decays but not the states. Every number that multiplies a gradient is
    conjugated, h and h0 as well."""
    a, h, h0, grad, grad_a, grad_b = args
    bars = [x.conjugate() for x in h], h0.conjugate()
    for word in WORDS:
        made = _pass(word, a, *(bars if word != "conjugate" else (h, h0)), grad)
        if _off(made[0], grad_a) < 1e-6 and _off(made[1], grad_b) < 1e-6:
            return word
    return "right"


def h0_forgotten(*args):
    """You take zero for the state before the first step. It is h0, and the first entry of grad_a depends on
    it."""
    a, h, _, *rest = args
    return _first((a, h, 0.0, *rest))


def always_right(*args):
    """You find every pass right. Your differences are compared with a limit that is too large, or not at
    all."""
    return "right"


def right_by_traces(a, h, h0, grad, grad_a, grad_b):
    """Reads the traces: first the last step, then one rule after the other."""
    near = 1e-6
    if abs(grad_b[-1] - grad[-1]) > near:
        return "direction"
    steps = range(len(a) - 1)

    def holds(factor):
        return all(abs(grad[t] + factor(t) * grad_b[t + 1] - grad_b[t]) < near for t in steps)

    before = [h0, *h[:-1]]
    if holds(lambda t: a[t + 1].conjugate()):
        pairs = zip(grad_a, grad_b, strict=True)
        fits = all(abs(x - u.conjugate() * y) < near for (x, y), u in zip(pairs, before, strict=True))
        return "right" if fits else "state"
    return "conjugate" if holds(lambda t: a[t + 1]) else "decay"


def right_by_the_closest(*args):
    """Computes all five and takes the one that is closest; the first of equals."""
    *given, grad_a, grad_b = args
    distance = {}
    for word in WORDS:
        made = _pass(word, *given)
        distance[word] = round(_off(made[0] + made[1], grad_a + grad_b), 6)
    return min(distance, key=distance.get)

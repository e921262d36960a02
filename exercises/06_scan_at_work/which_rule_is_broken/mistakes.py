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


def _unconjugated(word, a, h, h0, grad):
    """The same, but without conjugates: those of conjugates are the numbers themselves."""
    return _pass(word, [x.conjugate() for x in a], [x.conjugate() for x in h], h0.conjugate(), grad)


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


def compared_exactly_the_last_is_left(*args):
    """You compare with ==, so none of your passes fits and the word that is left over comes back. The
    gradients have been rounded: ask whether the difference is small."""
    return _first(args, words=WORDS[:-1], limit=1e-300, otherwise="state")


def grad_b_right_means_state(*args):
    """If grad_b is right and grad_a is not, you say "state" at once. With real decays a pass that conjugates
    nothing has a right grad_b, too, for only the states are complex there. Look at grad_a before you say
    it."""
    word, right_b = _first(args), _first(args, ("right",), (1,), otherwise="")
    return "state" if right_b and word != "right" else word


def sizes_compared(*args):
    """You compare only the sizes of the numbers. A complex number and its conjugate have the same size:
    subtract first, and then take the size of the difference."""
    for word in ("right", "decay", "direction", "state"):
        made = _pass(word, *args[:4])
        if all(_off(map(abs, one), map(abs, two)) < 1e-6 for one, two in zip(made, args[4:], strict=True)):
            return word
    return "conjugate"


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
    """You look only at the last step. Several of the five passes are alike there: compare all steps."""
    *given, grad_a, grad_b = args
    for word in WORDS:
        made = _pass(word, *given)
        if max(abs(made[0][-1] - grad_a[-1]), abs(made[1][-1] - grad_b[-1])) < 1e-6:
            return word
    return "right"


def any_entry_is_enough(*args):
    """You take a pass for the right one as soon as some entry of each list agrees. Several passes are alike
    at some steps, so one entry proves nothing: all of them must agree."""
    *given, grad_a, grad_b = args
    for word in WORDS:
        made = _pass(word, *given)
        if all(
            any(abs(x - y) < 1e-6 for x, y in zip(one, other, strict=True))
            for one, other in zip(made, (grad_a, grad_b), strict=True)
        ):
            return word
    return "right"


def decay_never(*args):
    """You never say "decay". The decay that this pass takes is that of its own step, a[t], where a[t+1] would
    be right; it is not the one of the step before."""
    return _first(args, words=("right", "direction", "conjugate", "state"))


def grad_a_from_the_right_g(*args):
    """You say "state" for passes that are "decay" or "direction". Their grad_a is made by the right rule, but
    from their own g, which is wrong: put that g into it."""
    word = _first(args)
    return "state" if word in ("decay", "direction") else word


def decay_and_direction_swapped(*args):
    """You take "decay" and "direction" for each other. "decay" still runs backwards, but with the decay of
    its own step; "direction" runs forwards."""
    word = _first(args)
    return {"decay": "direction", "direction": "decay"}.get(word, word)


def conjugate_for_real_numbers(*args):
    """For real numbers you say "conjugate". There a conjugate changes nothing, so nothing is broken: try
    "right" first."""
    return _first(args, words=("conjugate", "right", "decay", "direction", "state"))


def no_conjugates(*args):
    """None of your passes has conjugates, so you are right for real numbers only. All passes but "conjugate"
    conjugate what they multiply a gradient by: the decays, the states and h0."""
    *given, grad_a, grad_b = args
    for word in ("right", "decay", "direction", "state"):
        made = _unconjugated(word, *given)
        if _off(made[0], grad_a) < 1e-6 and _off(made[1], grad_b) < 1e-6:
            return word
    return "conjugate"


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


def last_state_for_h0(*args):
    """Before the first step you take h[-1], which in Python is the last state. The state before the first
    step is h0."""
    a, h, _, *rest = args
    return _first((a, h, h[-1], *rest), otherwise="state")


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
        for word, states in (("right", before), ("state", h)):
            if _off([x.conjugate() * y for x, y in zip(states, grad_b, strict=True)], grad_a) < near:
                return word
        return "conjugate"
    return "conjugate" if holds(lambda t: a[t + 1]) else "decay"


def right_by_the_closest(*args):
    """Computes all five and takes the one that is closest; the first of equals."""
    *given, grad_a, grad_b = args
    distance = {}
    for word in WORDS:
        made = _pass(word, *given)
        distance[word] = round(_off(made[0] + made[1], grad_a + grad_b), 6)
    return min(distance, key=distance.get)

"""What goes wrong in a diagnosis, and other ways to make it."""

import cmath
import math


def _responses(Lambda, B, C, length, power=2, root=0.5):
    """What each of the four cases would give."""
    gamma = [max(0.0, 1 - abs(value) ** power) ** root for value in Lambda]

    def run(read, scale):
        rows = []
        for k in range(length):
            states = [value**k * g * b for value, g, b in zip(Lambda, scale, B, strict=True)]
            rows.append(sum(read(c, z) for c, z in zip(C, states, strict=True)))
        return rows

    def last(c, z):
        return (c * z).real

    def early(c, z):
        return c.real * z.real

    right = run(last, gamma)
    return {
        "none": right,
        "gamma": run(last, [1.0] * len(Lambda)),
        "late": [0.0, *right[:-1]],
        "real": run(early, gamma),
    }


def _nearest(found, response, upto=None):
    def miss(rule):
        return max(abs(a - b) for a, b in list(zip(found[rule], response, strict=True))[:upto])

    return min(found, key=miss)


def _diagnose(Lambda, B, C, response, *, leave=(), upto=None):
    if any(abs(value) >= 1 for value in Lambda):
        return "circle"
    found = _responses(Lambda, B, C, len(response))
    return _nearest({rule: row for rule, row in found.items() if rule not in leave}, response, upto)


def _first(found, fits):
    """The first case of which fits(predicted) says yes; "none" if there is none."""
    return next((rule for rule, predicted in found.items() if fits(predicted)), "none")


def first_zero_is_late(Lambda, B, C, response):
    """You say "late" whenever the response begins with 0. A sound layer can begin with 0, too, where the
    first product of C and the state is imaginary. Compare the whole response."""
    if all(abs(value) < 1 for value in Lambda) and abs(response[0]) < 1e-9:
        return "late"
    return _diagnose(Lambda, B, C, response)


def growth_is_outside(Lambda, B, C, response):
    """You look for "circle" in the response. A sound layer with several states can grow for a while, and
    one with an eigenvalue outside can shrink for a while. Look at the sizes of the eigenvalues."""
    if max(map(abs, response)) > 1.2 * abs(response[0]) + 1e-9:
        return "circle"
    inside = [value if abs(value) < 1 else value / abs(value) * 0.999 for value in Lambda]
    return _diagnose(inside, B, C, response)


def parts_instead_of_size(Lambda, B, C, response):
    """You look at the real and the imaginary part by themselves. Both can be below 1 where the size is not,
    as in 0.8 + 0.8i: take the absolute value of the whole number."""
    if any(abs(value.real) >= 1 or abs(value.imag) >= 1 for value in Lambda):
        return "circle"
    return _nearest(_responses(Lambda, B, C, len(response)), response)


def only_if_all_are_outside(Lambda, B, C, response):
    """You say "circle" only if all eigenvalues are outside. A single one that is not inside breaks the
    rule."""
    if all(abs(value) >= 1 for value in Lambda):
        return "circle"
    return _nearest(_responses(Lambda, B, C, len(response)), response)


def circle_allowed(Lambda, B, C, response):
    """You let eigenvalues pass that lie exactly on the unit circle. The rule is that all lie inside."""
    if any(abs(value) > 1 for value in Lambda):
        return "circle"
    return _diagnose([value * (1 - 1e-12) for value in Lambda], B, C, response)


def only_the_first_outside(Lambda, B, C, response):
    """You look only at the first eigenvalue. One that is not inside is enough, wherever it stands."""
    if abs(Lambda[0]) >= 1:
        return "circle"
    return _diagnose([value if abs(value) < 1 else 0.5j for value in Lambda], B, C, response)


def real_part_as_size(Lambda, B, C, response):
    """You look at the real parts of the eigenvalues. The size of a complex number is its absolute value:
    1.2i is outside, and its real part is 0."""
    if any(abs(value.real) >= 1 for value in Lambda):
        return "circle"
    return _diagnose([value / max(1.0, abs(value) * 1.0001) for value in Lambda], B, C, response)


def only_the_first_output(Lambda, B, C, response):
    """You compare only the first output. Two cases can agree there and differ later: compare all steps."""
    return _diagnose(Lambda, B, C, response, upto=1)


def roughly_the_same(Lambda, B, C, response):
    """You take the first case that is roughly the same. Two cases may differ by no more than 0.001, so a case
    that is off by that much is not the one: take the nearest, or leave far less room."""
    if any(abs(value) >= 1 for value in Lambda):
        return "circle"
    found = _responses(Lambda, B, C, len(response))
    return _first(found, lambda row: all(abs(a - b) < 0.02 for a, b in zip(row, response, strict=True)))


def compared_exactly(Lambda, B, C, response):
    """You compare with ==. The response has been rounded, and so are the numbers that you compute: ask
    whether the difference is small."""
    if any(abs(value) >= 1 for value in Lambda):
        return "circle"
    return _first(_responses(Lambda, B, C, len(response)), lambda row: list(row) == list(response))


def signs_cancel(Lambda, B, C, response):
    """You add up the differences with their signs, so a step that is too high makes up for one that is too
    low. Take the size of each difference first."""
    if any(abs(value) >= 1 for value in Lambda):
        return "circle"
    found = _responses(Lambda, B, C, len(response))
    return min(found, key=lambda rule: round(abs(sum(found[rule]) - sum(response)), 6))


def real_never_found(Lambda, B, C, response):
    """You never answer "real". If the real part of the state is taken before it is multiplied by C, the
    product of the two imaginary parts is missing."""
    return _diagnose(Lambda, B, C, response, leave=("real",))


def gamma_never_found(Lambda, B, C, response):
    """You never answer "gamma". Without the factor each state is larger by one over its own gamma."""
    return _diagnose(Lambda, B, C, response, leave=("gamma",))


def one_gamma_for_all(Lambda, B, C, response):
    """You divide the whole response by one gamma. Each state has its own, so with several states the layer
    without gamma is not simply larger: leave gamma out in each state, and then add up."""
    if any(abs(value) >= 1 for value in Lambda):
        return "circle"
    found = _responses(Lambda, B, C, len(response))
    found["gamma"] = [y / (1 - abs(Lambda[0]) ** 2) ** 0.5 for y in found["none"]]
    return _first(found, lambda row: all(abs(a - b) < 1e-6 for a, b in zip(row, response, strict=True)))


def late_never_found(Lambda, B, C, response):
    """You never answer "late". A layer that reads the state before it is renewed gives the right outputs,
    each one step later."""
    return _diagnose(Lambda, B, C, response, leave=("late",))


def always_sound(Lambda, B, C, response):
    """You always find the layer sound, unless an eigenvalue is outside. Compare the response with what a
    sound layer would give."""
    return "circle" if any(abs(value) >= 1 for value in Lambda) else "none"


def gamma_not_squared(Lambda, B, C, response):
    """Your gamma is the root of 1 - |Lambda|. It is the root of one minus the *square* of the size."""
    if any(abs(value) >= 1 for value in Lambda):
        return "circle"
    return _nearest(_responses(Lambda, B, C, len(response), power=1), response)


def gamma_without_root(Lambda, B, C, response):
    """Your gamma is 1 - |Lambda|^2. It is the square root of that."""
    if any(abs(value) >= 1 for value in Lambda):
        return "circle"
    return _nearest(_responses(Lambda, B, C, len(response), root=1), response)


def right_by_the_loop(Lambda, B, C, response):
    """Step by step, and the first rule that fits."""
    if max(map(abs, Lambda)) >= 1.0:
        return "circle"
    gamma = [cmath.sqrt(1 - abs(value) ** 2).real for value in Lambda]
    names = ["none", "gamma", "late", "real"]
    for t, y in enumerate(response):
        if t == 0:
            h = [g * b for g, b in zip(gamma, B, strict=True)]
            loud, before = list(B), [0j] * len(B)
        else:
            before, h = h, [value * z for value, z in zip(Lambda, h, strict=True)]
            loud = [value * z for value, z in zip(Lambda, loud, strict=True)]
        would = {
            "none": sum(c * z for c, z in zip(C, h, strict=True)).real,
            "gamma": sum(c * z for c, z in zip(C, loud, strict=True)).real,
            "late": sum(c * z for c, z in zip(C, before, strict=True)).real,
            "real": sum(c.real * z.real for c, z in zip(C, h, strict=True)),
        }
        names = [name for name in names if abs(would[name] - y) < 1e-6]
    return names[0]


def right_by_powers(Lambda, B, C, response):
    """Each step by itself: after t steps a state is its power of Lambda."""
    if any(abs(value) >= 1 for value in Lambda):
        return "circle"

    def read(t, shrunk=True, real=False):
        y = 0
        for value, b, c in zip(Lambda, B, C, strict=True):
            h = value**t * b * (math.sqrt(1 - abs(value) ** 2) if shrunk else 1) if t >= 0 else 0
            y += c.real * h.real if real else (c * h).real
        return y

    steps = range(len(response))
    found = {
        "none": [read(t) for t in steps],
        "gamma": [read(t, shrunk=False) for t in steps],
        "late": [read(t - 1) for t in steps],
        "real": [read(t, real=True) for t in steps],
    }
    return min(found, key=lambda name: sum(abs(y - z) for y, z in zip(found[name], response, strict=True)))

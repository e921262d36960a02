"""What goes wrong when all is made from one clap, and other ways to get it right."""


def _one(silence, clap, when, loudness):
    return [(y - quiet) / loudness for y, quiet in zip(clap[when:], silence[when:], strict=True)]


def _sums(one, x):
    return [sum(x[s] * one[t - s] for s in range(t + 1)) for t in range(len(x))]


def silence_not_taken_away(silence, clap, when, loudness, x):
    """You take the recording with the clap as it is. What sounds from before is in it, too: take `silence`
    away to get what the clap alone has added."""
    one = [y / loudness for y in clap[when:]]
    return [quiet + y for quiet, y in zip(silence, _sums(one, x), strict=False)]


def silence_not_put_back(silence, clap, when, loudness, x):
    """You give what the claps add, but the box still sounds from before: `silence` comes on top, once."""
    return _sums(_one(silence, clap, when, loudness), x)


def loudness_forgotten(silence, clap, when, loudness, x):
    """You take the recorded clap for a clap of 1. Divide by its loudness first."""
    one = _one(silence, clap, when, 1.0)
    return [quiet + y for quiet, y in zip(silence, _sums(one, x), strict=False)]


def right_layer_by_layer(silence, clap, when, loudness, x):
    """Adds one layer for each clap."""
    one, total = _one(silence, clap, when, loudness), silence[: len(x)]
    for s, now in enumerate(x):
        layer = [0.0] * s + [now * y for y in one]
        total = [y + more for y, more in zip(total, layer, strict=False)]
    return total


def right_as_a_tuple(silence, clap, when, loudness, x):
    """Divides the claps by the loudness, and not the answer."""
    added = [clap[t] - silence[t] for t in range(when, len(clap))]
    louder = [now / loudness for now in x]
    return tuple(silence[t] + y for t, y in enumerate(_sums(added, louder)))

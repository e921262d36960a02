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


def when_forgotten(silence, clap, when, loudness, x):
    """You take the answer to the clap from step 0 on. The clap came at step `when`, and its answer begins
    there."""
    one = [(y - quiet) / loudness for y, quiet in zip(clap, silence, strict=True)]
    return [quiet + y for quiet, y in zip(silence, _sums(one, x), strict=False)]


def silence_moved_too(silence, clap, when, loudness, x):
    """You take `silence` from step `when` on. Each recording begins anew, and so does your answer: what
    sounds from before begins at its step 0."""
    sums = _sums(_one(silence, clap, when, loudness), x)
    return [silence[when + t] + y for t, y in enumerate(sums)]


def no_echoes(silence, clap, when, loudness, x):
    """You multiply each clap by one number alone. Every clap has an answer of its own, which begins at its
    step and goes on: all of them add up."""
    one = _one(silence, clap, when, loudness)
    return [silence[t] + one[t] * now for t, now in enumerate(x)]


def weights_the_wrong_way_round(silence, clap, when, loudness, x):
    """You give the oldest clap the weight of the newest. The clap of step s is t - s steps old at step t, so
    its weight is that of age t - s."""
    one = _one(silence, clap, when, loudness)
    return [silence[t] + sum(x[s] * one[s] for s in range(t + 1)) for t in range(len(x))]


def one_factor_guessed(silence, clap, when, loudness, x):
    """You read a single factor off the recording, as if the box were a loop of one number. It may be any box
    in which what claps add keeps both laws: use the whole answer to the clap."""
    one = _one(silence, clap, when, loudness)
    a, h, answer = (one[1] / one[0] if len(one) > 1 and one[0] else 0.0), 0.0, []
    for t, now in enumerate(x):
        h = a * h + now * one[0]
        answer.append(silence[t] + h)
    return answer


def silence_once_for_each_clap(silence, clap, when, loudness, x):
    """You add what sounds from before once for each clap. It sounds once, however many claps there are."""
    sums = _sums(_one(silence, clap, when, loudness), x)
    return [(t + 1) * silence[t] + y for t, y in enumerate(sums)]


def silence_moved_with_each_clap(silence, clap, when, loudness, x):
    """With each clap you add `silence` once more, moved along with the clap. What moves with a clap is only
    what it adds; what sounds from before begins at step 0, once."""
    one = _one(silence, clap, when, loudness)
    return [sum(silence[t - s] + x[s] * one[t - s] for s in range(t + 1)) for t in range(len(x))]


def silence_once_for_each_number(silence, clap, when, loudness, x):
    """You add the whole of `silence` once for each number of x. It sounds once, however many claps there are:
    begin with it, and then add what the claps add."""
    sums = _sums(_one(silence, clap, when, loudness), x)
    return [len(x) * silence[t] + y for t, y in enumerate(sums)]


def silence_made_louder(silence, clap, when, loudness, x):
    """You multiply what sounds from before by the claps. Only what a clap adds grows with the clap: `silence`
    comes on top, once and as it is."""
    one = _one(silence, clap, when, loudness)
    return [sum(x[s] * (silence[t] + one[t - s]) for s in range(t + 1)) for t in range(len(x))]


def clap_of_now_left_out(silence, clap, when, loudness, x):
    """You leave out the clap of step t itself. It is heard at once, so the sum goes up to s = t."""
    one = _one(silence, clap, when, loudness)
    return [silence[t] + sum(x[s] * one[t - s] for s in range(t)) for t in range(len(x))]


def future_heard(silence, clap, when, loudness, x):
    """You sum over all claps, later ones as well. In Python a negative place counts from the end and nobody
    complains: stop at s = t."""
    one = _one(silence, clap, when, loudness)
    return [silence[t] + sum(x[s] * one[t - s] for s in range(len(x))) for t in range(len(x))]


def loudness_multiplied(silence, clap, when, loudness, x):
    """You multiply by the loudness. A clap of 1 would have had the recorded answer divided by it."""
    one = [y * loudness**2 for y in _one(silence, clap, when, loudness)]
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

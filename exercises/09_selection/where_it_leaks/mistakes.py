"""What goes wrong when one looks for a leak, and other ways to find it."""

import math

CASES = ("none", "tail kept", "state kept", "tail lost", "state lost")


def _serve(case, taps, pieces, new, short=False, once=False, together=False):
    """short: the tail is made of the last piece alone. once: only the first piece that a rule speaks of
    breaks it. together: tail and state share their fate."""
    past, h, outputs, broken = [0.0] * (len(taps) - 1), 0.0, [], False
    for number, (piece, begins) in enumerate(zip(pieces, new, strict=True)):
        if number:
            when = "kept" if begins else "lost"
            tail, state = (case == f"{what} {when}" and not (once and broken) for what in ("tail", "state"))
            if together:
                tail = state = tail or state
            broken = broken or tail or state
            if begins != tail:
                past = [0.0] * len(past)
            if begins != state:
                h = 0.0
        row = []
        for x in piece:
            past = [x, *past]
            v = sum(a * b for a, b in zip(taps, past, strict=True))
            past.pop()
            delta = math.log1p(math.exp(v))
            h = math.exp(-delta) * h + delta * v
            row.append(h)
        if short:
            past = [*reversed(piece), *[0.0] * len(taps)][: len(taps) - 1]
        outputs.append(row)
    return outputs


def _off(case, taps, pieces, new, outputs, **how):
    rows = zip(_serve(case, taps, pieces, new, **how), outputs, strict=True)
    return max(abs(a - b) for mine, theirs in rows for a, b in zip(mine, theirs, strict=True))


def _nearest(taps, pieces, new, outputs, cases=CASES, **how):
    return min(cases, key=lambda case: _off(case, taps, pieces, new, outputs, **how))


def _first(taps, pieces, new, outputs, room=1e-6, cases=CASES, **how):
    fits = (case for case in cases if _off(case, taps, pieces, new, outputs, **how) < room)
    return next(fits, "none")


def never_the_tail(taps, pieces, new, outputs):
    """You never suspect the tail. The convolution has a memory of its own, which can be kept or lost like
    the state."""
    return _nearest(taps, pieces, new, outputs, ("none", "state kept", "state lost"))


def always_sound(taps, pieces, new, outputs):
    """You find this server sound, though it breaks a rule. Run all five cases; and if you compare with
    ==, no case ever fits, because the outputs have been rounded: ask whether the difference is small."""
    return "none"


def kept_and_lost_swapped(taps, pieces, new, outputs):
    """You swap kept and lost. Kept is what should have been cleared where a new text begins; lost is what
    should have been carried where a text goes on."""
    found = _nearest(taps, pieces, new, outputs)
    return found.replace("kept", "x").replace("lost", "kept").replace("x", "lost")


def tail_of_the_last_piece_alone(taps, pieces, new, outputs):
    """You make the tail of the last piece alone. If a piece is shorter than the tail, the tail reaches
    back over several pieces: carry it on from number to number."""
    return _first(taps, pieces, new, outputs, short=True)


def tail_and_state_swapped(taps, pieces, new, outputs):
    """You swap the tail and the state. The tail holds inputs, for the convolution; the state is h."""
    found = _nearest(taps, pieces, new, outputs)
    return found.replace("tail", "x").replace("state", "tail").replace("x", "state")


def new_read_the_wrong_way(taps, pieces, new, outputs):
    """You read `new` the wrong way round. True says that the piece begins a new text, and there tail and
    state are to be emptied."""
    return _nearest(taps, pieces, [not begins for begins in new], outputs)


def taps_turned_round(taps, pieces, new, outputs):
    """You give the first tap to the oldest step. The first one is for the step itself."""
    return _nearest(taps[::-1], pieces, new, outputs)


def tail_and_state_together(taps, pieces, new, outputs):
    """In your servers tail and state are kept or lost together. They are two things, and a server can
    clear the one and forget the other."""
    return _nearest(taps, pieces, new, outputs, together=True)


def only_the_last_output(taps, pieces, new, outputs):
    """You compare the last output alone. Two servers can agree there and differ before: compare all
    outputs."""
    for case in CASES:
        if abs(_serve(case, taps, pieces, new)[-1][-1] - outputs[-1][-1]) < 1e-6:
            return case
    return "none"


def broken_once(taps, pieces, new, outputs):
    """In your servers a rule is broken once, at the first piece that it speaks of. A server that breaks a
    rule breaks it at each of them."""
    return _first(taps, pieces, new, outputs, once=True)


def first_wrong_piece_decides(taps, pieces, new, outputs):
    """You look whether the first wrong piece begins a new text. A tail that was kept may show for the
    first time in a later piece, because a tap can be 0: try all four rules."""
    rows = zip(_serve("none", taps, pieces, new), outputs, new, strict=True)
    for mine, theirs, begins in rows:
        if any(abs(a - b) > 1e-6 for a, b in zip(mine, theirs, strict=True)):
            when = "kept" if begins else "lost"
            return _first(taps, pieces, new, outputs, cases=(f"tail {when}",)).replace(
                "none", f"state {when}"
            )
    return "none"


def wide_tolerance(taps, pieces, new, outputs):
    """You take the first case that is roughly right. Two cases may differ by little more than 0.001, so
    take the nearest, or leave far less room."""
    return _first(taps, pieces, new, outputs, room=0.05)


def never_the_state(taps, pieces, new, outputs):
    """You never suspect the state. It can be kept or lost like the tail."""
    return _nearest(taps, pieces, new, outputs, ("none", "tail kept", "tail lost"))


def tail_kept_never_found(taps, pieces, new, outputs):
    """You never answer "tail kept": where a new text begins and the tail is still that of the old one.
    Run that case, too."""
    return _first(taps, pieces, new, outputs, cases=[case for case in CASES if case != "tail kept"])


def state_kept_never_found(taps, pieces, new, outputs):
    """You never answer "state kept": where a new text begins and the state is still that of the old one.
    Run that case, too."""
    return _first(taps, pieces, new, outputs, cases=[case for case in CASES if case != "state kept"])


def tail_lost_never_found(taps, pieces, new, outputs):
    """You never answer "tail lost": where a text goes on and its tail is gone. Run that case, too."""
    return _first(taps, pieces, new, outputs, cases=[case for case in CASES if case != "tail lost"])


def state_lost_never_found(taps, pieces, new, outputs):
    """You never answer "state lost": where a text goes on and its state is gone. Run that case, too."""
    return _first(taps, pieces, new, outputs, cases=[case for case in CASES if case != "state lost"])


def right_by_the_first_that_fits(taps, pieces, new, outputs):
    """The first case that fits everywhere."""
    for case in CASES:
        rows = zip(_serve(case, taps, pieces, new), outputs, strict=True)
        if all(abs(a - b) < 1e-4 for mine, theirs in rows for a, b in zip(mine, theirs, strict=True)):
            return case
    return "none"


def right_by_least_squares(taps, pieces, new, outputs):
    """The case with the smallest sum of squares."""

    def off(case):
        rows = zip(_serve(case, taps, pieces, new), outputs, strict=True)
        return sum((a - b) ** 2 for mine, theirs in rows for a, b in zip(mine, theirs, strict=True))

    return sorted(CASES, key=off)[0]

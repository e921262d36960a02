"""What goes wrong with a ring, and other ways to do it."""

from collections import deque


def _line(ring, seen):
    """What the ring holds, oldest first."""
    window = len(ring)
    return [ring[p % window] for p in range(max(0, seen - window), seen)]


def _after(ring, seen, new, shift=0):
    after = list(ring)
    for i, key in enumerate(new):
        after[(seen + i + shift) % len(ring)] = key
    return after


def _views(line, new, window):
    everything = line + list(new)
    ends = range(len(line) + 1, len(everything) + 1)
    return [everything[max(0, end - window) : end] for end in ends]


def all_written_before_any_looks(ring, seen, new):
    """You write all tokens into the ring before the first one looks, so it finds later keys where its own
    past has been. Write one and look, then the next; or unroll the ring into a line first."""
    window = len(ring)
    after = _after(ring, seen, new)
    views = [
        [after[p % window] for p in range(max(0, seen + i - window + 1), seen + i + 1)]
        for i in range(len(new))
    ]
    return views, after


def past_ignored(ring, seen, new):
    """Your new tokens see each other and nothing of what was read before. What lies in the ring is their
    past, too."""
    return _views([], new, len(ring)), _after(ring, seen, new)


def as_it_lies(ring, seen, new):
    """You list the keys slot by slot. Asked for is the order of time, oldest first, and in a full ring the
    oldest key lies right after the newest one."""
    after, views = list(ring), []
    for i, key in enumerate(new):
        after[(seen + i) % len(ring)] = key
        views.append([k for k in after if k is not None])
    return views, after


def _one_by_one(ring, seen, new, look, at=0):
    """Write each key and look: look(slots, position) -> what it sees."""
    after, views = list(ring), []
    for p, key in enumerate(new, seen):
        after[(p + at) % len(ring)] = key
        views.append(look(after, p))
    return views, after


def _around(after, slot):
    """All slots, that of the newest key last."""
    return after[slot + 1 :] + after[: slot + 1]


def zero_is_empty(ring, seen, new):
    """You leave out keys that are 0.0, because Python counts 0.0 as false. Ask whether a slot is None."""
    return _one_by_one(ring, seen, new, lambda after, p: [k for k in _around(after, p % len(ring)) if k])


def looks_before_writing(ring, seen, new):
    """Your tokens look before their own key is written, so they do not see themselves, and see one key too
    many of the past. Write first, over the key that has just fallen out of the window, and then look."""
    after, views = list(ring), []
    for p, key in enumerate(new, seen):
        slot = p % len(ring)
        views.append([k for k in after[slot:] + after[:slot] if k is not None])
        after[slot] = key
    return views, after


def positions_from_zero(ring, seen, new):
    """You count positions from 0 in each piece. They count from the beginning of the text, so the first new
    token has position `seen`."""
    after, views = list(ring), []
    for p, key in enumerate(new):
        after[p % len(ring)] = key
        views.append([k for k in _around(after, p % len(ring)) if k is not None])
    return views, after


def ring_returned_as_a_line(ring, seen, new):
    """You return the keys oldest first. What comes back is the ring itself, with position p in slot p % w, or
    the next piece will look in the wrong slots."""
    line = (_line(ring, seen) + list(new))[-len(ring) :]
    return _views(_line(ring, seen), new, len(ring)), line + [None] * (len(ring) - len(line))


def long_piece_shifted(ring, seen, new):
    """Of a piece that is longer than the ring you write only the end, but to the slots of its beginning. A
    key keeps the position that it has in the text, also if the keys before it are skipped."""
    return _views(_line(ring, seen), new, len(ring)), _after(ring, seen, new[-len(ring) :])


def empty_slots_seen(ring, seen, new):
    """Your tokens see slots that nothing has been written to. While the ring is not full there are fewer keys
    than slots."""
    return _one_by_one(ring, seen, new, lambda after, p: _around(after, p % len(ring)))


def count_not_kept_up(ring, seen, new):
    """You count what can be seen once for the whole piece. Each new token adds one, until the ring is
    full."""
    count = min(seen + 1, len(ring))
    return _one_by_one(
        ring, seen, new, lambda after, p: [after[q % len(ring)] for q in range(p - count + 1, p + 1)]
    )


def one_slot_too_far(ring, seen, new):
    """You write each key one slot too far. Positions count from 0, so the next token has position `seen`, not
    `seen + 1`."""
    return _views(_line(ring, seen), new, len(ring)), _after(ring, seen, new, 1)


def newest_first(ring, seen, new):
    """You list the keys newest first. Asked for is oldest first."""
    return [view[::-1] for view in _views(_line(ring, seen), new, len(ring))], _after(ring, seen, new)


def one_key_too_many(ring, seen, new):
    """Your tokens see w keys beside their own. The own key is one of the w."""
    return _views(_line(ring, seen), new, len(ring) + 1), _after(ring, seen, new)


def all_of_the_piece_seen(ring, seen, new):
    """Every token of a piece sees what the last one sees. A token sees what came up to itself, and nothing
    later."""
    last = (_line(ring, seen) + list(new))[-len(ring) :]
    return [last for _ in new], _after(ring, seen, new)


def right_one_by_one(ring, seen, new):
    """Write one and look."""
    window, after, views = len(ring), list(ring), []
    for p, key in enumerate(new, seen):
        after[p % window] = key
        views.append([after[q % window] for q in range(max(0, p + 1 - window), p + 1)])
    return views, after


def right_with_a_queue(ring, seen, new):
    """A queue that forgets by itself."""
    queue = deque(_line(ring, seen), maxlen=len(ring))
    views = []
    for key in new:
        queue.append(key)
        views.append(list(queue))
    after = [None] * len(ring)
    for k, key in enumerate(reversed(queue), 1):
        after[(seen + len(new) - k) % len(ring)] = key
    return views, after

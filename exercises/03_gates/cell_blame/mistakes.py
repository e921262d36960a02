"""What goes wrong on the way back through the cells, and other ways to go it."""

import numpy as np


def _walk(f, shown, gate):
    blame = shown.copy()
    for t in reversed(range(len(f) - 1)):
        blame[t] += gate(t) * blame[t + 1]
    return blame


def _shown(o, c, grad_h):
    return grad_h * o * (1 - np.tanh(c) ** 2)


def own_gate(f, o, c, grad_h):
    """You hand blame back through the keep gate of the same step. Between c_t and c_{t+1} stands the gate of
    the later step, f_{t+1}."""
    return _walk(f, _shown(o, c, grad_h), lambda t: f[t])


def slope_left_out(f, o, c, grad_h):
    """You left out the slope of tanh. The cell is shown through tanh, and where tanh is flat a nudge shows
    less."""
    return _walk(f, grad_h * o, lambda t: f[t + 1])


def show_gate_left_out(f, o, c, grad_h):
    """You left out the show gate. What o holds back, the loss cannot see."""
    return _walk(f, grad_h * (1 - np.tanh(c) ** 2), lambda t: f[t + 1])


def later_steps_left_out(f, o, c, grad_h):
    """You count only what is shown at once. A nudge of the cell is also kept for later steps."""
    return _shown(o, c, grad_h)


def slope_of_the_cell(f, o, c, grad_h):
    """Your slope is 1 - c^2. The slope of tanh is 1 minus the square of what tanh has made: 1 - tanh(c)^2."""
    return _walk(f, grad_h * o * (1 - c**2), lambda t: f[t + 1])


def never_forgets(f, o, c, grad_h):
    """You hand back all of the blame. On its way to the step before it is multiplied by the keep gate."""
    return _walk(f, _shown(o, c, grad_h), lambda t: 1.0)


def forwards(f, o, c, grad_h):
    """You walk from the first step to the last. A cell is blamed for what comes after it: begin at the
    end."""
    rows, carry = [], 0.0
    for keep, shown in zip(f, _shown(o, c, grad_h), strict=True):
        carry = carry * keep + shown
        rows.append(carry)
    return np.array(rows)


def one_step_ahead(f, o, c, grad_h):
    """You look one step ahead and no further. What comes back from the next cell is *all* of its blame, with
    that of the steps after it."""
    shown = _shown(o, c, grad_h)
    blame = shown.copy()
    blame[:-1] += f[1:] * shown[1:]
    return blame


def divided(f, o, c, grad_h):
    """You divide products of gates. A gate may be 0, and a product of many is 0 in floats: walk back step by
    step instead, and multiply."""
    products = np.cumprod(f, axis=0)
    with np.errstate(all="ignore"):
        sums = np.cumsum((_shown(o, c, grad_h) * products)[::-1], axis=0)[::-1]
        return np.nan_to_num(sums / products)


def back_through_the_state(f, o, c, grad_h):
    """You send the blame of the later cells through o and the slope as well. The way along the cell does not
    lead through h: only what this step shows is multiplied by them."""
    blame, carry = np.zeros_like(c), np.zeros(c.shape[1])
    for t in reversed(range(len(c))):
        blame[t] = (grad_h[t] + carry) * o[t] * (1 - np.tanh(c[t]) ** 2)
        carry = f[t] * blame[t]
    return blame


def blame_of_the_state(f, o, c, grad_h):
    """You start from grad_h as it is. It is the blame of h, and on its way to the cell it goes through o and
    the slope of tanh."""
    return _walk(f, grad_h, lambda t: f[t + 1])


def right_by_products(f, o, c, grad_h):
    """Sums over all later steps, with the products of the gates between."""
    time, shown = len(c), _shown(o, c, grad_h)
    blame = np.zeros_like(c)
    for t in range(time):
        left = np.ones_like(c[0])
        for s in range(t, time):
            left = left * f[s] if s > t else left
            blame[t] += left * shown[s]
    return blame


def right_carried(f, o, c, grad_h):
    """With one carry, from the end."""
    rows, carry = [], np.zeros(c.shape[1])
    for keep, show, cell, grad in zip(f[::-1], o[::-1], c[::-1], grad_h[::-1], strict=True):
        carry = carry + grad * show / np.cosh(cell) ** 2
        rows.append(carry)
        carry = carry * keep
    return np.array(rows[::-1])

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

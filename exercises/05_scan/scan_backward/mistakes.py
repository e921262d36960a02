"""What goes wrong on the way back, and other ways to get it right."""

import numpy as np


def _back(a, h, h0, grad, shift=1, conj=np.conj, conj_state=np.conj):
    """g[t] = grad[t] + conj(a[t + shift]) g[t+1], and the three answers."""
    g = [grad[-1]]
    for t in range(len(a) - 2, -1, -1):
        g.insert(0, grad[t] + conj(a[t + shift]) * g[0])
    g = np.array(g)
    return conj_state(np.append(h0, h[:-1])) * g, g, conj(a[0]) * g[0]


def decay_of_the_same_step(a, h, h0, grad):
    """On the way from g[t+1] back to g[t] you use a[t]. Between the states t and t+1 lies the step t+1, and
    with it that step's decay."""
    return _back(a, h, h0, grad, shift=0)


def state_after_instead_of_before(a, h, h0, grad):
    """Your grad_a uses the state after the step. In the formula, a[t] multiplies the state before it."""
    _, g, grad_h0 = _back(a, h, h0, grad)
    return np.conj(h) * g, g, grad_h0


def only_its_own_step(a, h, h0, grad):
    """Your gradients stop at their own step: g is just grad. A push on h[t] also moves all later states,
    and they move the loss."""
    return np.conj(np.append(h0, h[:-1])) * grad, grad, np.conj(a[0]) * grad[0]


def run_forwards(a, h, h0, grad):
    """Your scan over the gradients runs forwards in time. A push on h[t] moves the states after it, not
    those before: start at the last step and walk back."""
    g = [grad[0]]
    for t in range(1, len(a)):
        g.append(grad[t] + np.conj(a[t]) * g[-1])
    g = np.array(g)
    return np.conj(np.append(h0, h[:-1])) * g, g, np.conj(a[0]) * g[0]


def h0_taken_as_zero(a, h, h0, grad):
    """Your first grad_a is zero, as if the state before the first step were zero. It is h0."""
    grad_a, g, grad_h0 = _back(a, h, h0, grad)
    grad_a[0] = 0.0
    return grad_a, g, grad_h0


def grad_h0_without_its_decay(a, h, h0, grad):
    """Your grad_h0 is g[0]. But h0 is not the first state: a step lies between them, with its decay."""
    grad_a, g, _ = _back(a, h, h0, grad)
    return grad_a, g, g[0]


def no_conjugates(a, h, h0, grad):
    """For real numbers all is right. For complex ones the conjugates are missing: every number that
    multiplies a gradient is conjugated, the decays and the states."""
    return _back(a, h, h0, grad, conj=np.array, conj_state=np.array)


def states_not_conjugated(a, h, h0, grad):
    """You conjugate the decays, but not the states in grad_a. The state before a step also multiplies a
    gradient there."""
    return _back(a, h, h0, grad, conj_state=np.array)


def decays_not_conjugated(a, h, h0, grad):
    """You conjugate the states, but not the decays. They multiply gradients too, on the way from g[t+1]
    back to g[t] and in grad_h0."""
    return _back(a, h, h0, grad, conj=np.array)


def right_by_turning_round(a, h, h0, grad):
    """Turns time round, runs a scan forwards with lists, and turns the answer round."""
    decays = [0.0, *reversed([x.conjugate() for x in a[1:].tolist()])]
    g, state = [], 0.0
    for decay, b in zip(decays, reversed(grad.tolist()), strict=True):
        state = decay * state + b
        g.append(state)
    g.reverse()
    before = [h0, *h.tolist()[:-1]]
    return [x.conjugate() * y for x, y in zip(before, g, strict=True)], g, a[0].conjugate() * g[0]


def right_by_rounds(a, h, h0, grad):
    """In log T rounds: every step looks ahead 1, 2, 4, ... steps."""
    decay, g, d = np.append(np.conj(a[1:]), 0.0), grad.copy(), 1
    while d < len(g):
        g[:-d] = g[:-d] + decay[:-d] * g[d:]
        decay[:-d] = decay[:-d] * decay[d:]
        d *= 2
    return g * np.conj(np.append(h0, h[:-1])), g, g[0] * np.conj(a[0])

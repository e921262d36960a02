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


def one_step_ahead(a, h, h0, grad):
    """You look only one step ahead: to grad[t] you add the way through grad[t+1]. But a push on h[t+1] moves
    h[t+2] as well; it is the whole effect g[t+1] that comes back."""
    ahead = np.append(np.conj(a[1:]) * grad[1:], 0.0)
    g = grad + ahead
    return np.conj(np.append(h0, h[:-1])) * g, g, np.conj(a[0]) * g[0]


def decays_left_out(a, h, h0, grad):
    """Your g is the sum of all later gradients. On the way from one state to the one before, what comes back
    is multiplied by the decay between them."""
    g = np.cumsum(grad[::-1])[::-1]
    return np.conj(np.append(h0, h[:-1])) * g, g, np.conj(a[0]) * g[0]


def own_part_left_out(a, h, h0, grad):
    """Your g holds only what comes back from later states. A push on h[t] also does what grad[t] says, right
    there."""
    _, whole, _ = _back(a, h, h0, grad)
    g = np.append(np.conj(a[1:]) * whole[1:], 0.0)
    return np.conj(np.append(h0, h[:-1])) * g, g, np.conj(a[0]) * g[0]


def carried_with_the_decay_of_two_steps_on(a, h, h0, grad):
    """On the way from g[t+1] back to g[t] you use a[t+2]. Between the states t and t+1 lies the step t+1, and
    with it that step's decay."""
    g = [grad[-1]]
    for t in range(len(a) - 2, -1, -1):
        decay = np.conj(a[t + 2]) if t + 2 < len(a) else 0.0
        g.insert(0, grad[t] + decay * g[0])
    g = np.array(g)
    return np.conj(np.append(h0, h[:-1])) * g, g, np.conj(a[0]) * g[0]


def whole_effect_decayed_with_it(a, h, h0, grad):
    """You multiply grad[t] by the decay as well. Only what comes back from the later state passes through a
    step; what grad[t] says happens right there."""
    g = [grad[-1]]
    for t in range(len(a) - 2, -1, -1):
        g.insert(0, np.conj(a[t + 1]) * (grad[t] + g[0]))
    g = np.array(g)
    return np.conj(np.append(h0, h[:-1])) * g, g, np.conj(a[0]) * g[0]


def first_step_not_reached(a, h, h0, grad):
    """Your way back stops one step too early: g[0] is still grad[0]. The first state, too, has an effect
    through the later ones."""
    g = np.append(grad[0], _back(a, h, h0, grad)[1][1:])
    return np.conj(np.append(h0, h[:-1])) * g, g, np.conj(a[0]) * g[0]


def last_gradient_counted_twice(a, h, h0, grad):
    """Your g of the last step is more than grad there. No state comes after the last one, so nothing
    comes back: start the way back from zero, or from grad of the last step."""
    g, carry = [], grad[-1]
    for t in range(len(a) - 1, -1, -1):
        carry = grad[t] + (np.conj(a[t + 1]) if t + 1 < len(a) else 1.0) * carry
        g.insert(0, carry)
    g = np.array(g)
    return np.conj(np.append(h0, h[:-1])) * g, g, np.conj(a[0]) * g[0]


def grad_h0_through_all_decays(a, h, h0, grad):
    """Your grad_h0 multiplies g[0] by the product of all decays. The effect of h[0] on all later states
    is in g[0] already; between h0 and h[0] lies one step."""
    grad_a, g, _ = _back(a, h, h0, grad)
    return grad_a, g, np.conj(np.prod(a)) * g[0]


def grad_h0_through_the_last_state_alone(a, h, h0, grad):
    """Your grad_h0 follows h0 to the last state alone. Each state on the way has a gradient of its own:
    it is a[0] times g[0], which holds all of them."""
    grad_a, g, _ = _back(a, h, h0, grad)
    return grad_a, g, np.conj(np.prod(a)) * grad[-1]


def decays_without_a_sign(a, h, h0, grad):
    """You use the sizes of the decays without their signs or phases. The conjugate of a number is not its
    size: a negative decay stays negative."""
    return _back(np.abs(a), h, h0, grad)


def inputs_decayed(a, h, h0, grad):
    """Your grad_b is multiplied by the decay of its own step. b[t] is added after the decay: a push on
    b[t] by one pushes h[t] by one."""
    grad_a, g, grad_h0 = _back(a, h, h0, grad)
    return grad_a, np.conj(a) * g, grad_h0


def decay_in_place_of_the_state(a, h, h0, grad):
    """Your grad_a is g times the decay. A push on a[t] moves h[t] by the number that a[t] multiplies, the
    state before the step."""
    _, g, grad_h0 = _back(a, h, h0, grad)
    return np.conj(a) * g, g, grad_h0


def grad_a_from_grad_alone(a, h, h0, grad):
    """Your grad_a uses grad[t], which is only what h[t] does right there. A push on a[t] moves h[t] and
    with it all later states: use the whole effect g[t]."""
    _, g, grad_h0 = _back(a, h, h0, grad)
    return np.conj(np.append(h0, h[:-1])) * grad, g, grad_h0


def grad_a_is_g(a, h, h0, grad):
    """Your grad_a is the same as your grad_b. A push on a[t] by one moves h[t] not by one, but by the
    state that a[t] multiplies."""
    _, g, grad_h0 = _back(a, h, h0, grad)
    return g, g, grad_h0


def first_state_twice(a, h, h0, grad):
    """Your first grad_a uses h[0]. The state before the first step is h0, which stands outside the array
    h."""
    _, g, grad_h0 = _back(a, h, h0, grad)
    return np.conj(np.append(h[0], h[:-1])) * g, g, grad_h0


def last_state_before_the_first(a, h, h0, grad):
    """Your first grad_a uses the last state: h[-1] is the last entry in Python. The state before the
    first step is h0."""
    _, g, grad_h0 = _back(a, h, h0, grad)
    return np.conj(np.roll(h, 1)) * g, g, grad_h0


def grad_h0_from_grad_alone(a, h, h0, grad):
    """Your grad_h0 uses grad[0], which is only what h[0] does right there. A push on h0 moves all later
    states, too: use the whole effect g[0]."""
    grad_a, g, _ = _back(a, h, h0, grad)
    return grad_a, g, np.conj(a[0]) * grad[0]


def grad_h0_times_h0(a, h, h0, grad):
    """Your grad_h0 is g[0] times h0. That is the gradient of a[0]; a push on h0 by one pushes h[0] by
    a[0]."""
    grad_a, g, _ = _back(a, h, h0, grad)
    return grad_a, g, np.conj(h0) * g[0]


def returned_backwards(a, h, h0, grad):
    """Your gradients are right, but they run from the last step to the first, in the order in which you found
    them. Turn them round."""
    grad_a, g, grad_h0 = _back(a, h, h0, grad)
    return grad_a[::-1], g[::-1], grad_h0


def g_left_backwards(a, h, h0, grad):
    """Your g runs from the last step to the first, in the order in which you found it. Turn it round
    before you multiply it by the states."""
    _, g, grad_h0 = _back(a, h, h0, grad)
    return np.conj(np.append(h0, h[:-1])) * g[::-1], g[::-1], grad_h0


def parts_swapped(a, h, h0, grad):
    """Your gradients are right, but you return (grad_b, grad_a, grad_h0). That of a comes first."""
    grad_a, g, grad_h0 = _back(a, h, h0, grad)
    return g, grad_a, grad_h0


def h0_not_conjugated(a, h, h0, grad):
    """In grad_a you conjugate the states but not h0. It is the state that a[0] multiplies, and follows
    the same rule."""
    _, g, grad_h0 = _back(a, h, h0, grad)
    return np.append(h0, np.conj(h[:-1])) * g, g, grad_h0


def first_decay_not_conjugated(a, h, h0, grad):
    """In grad_h0 the decay a[0] is not conjugated. It multiplies a gradient there, like the decays on the way
    back."""
    grad_a, g, _ = _back(a, h, h0, grad)
    return grad_a, g, a[0] * g[0]


def only_the_first_decay_conjugated(a, h, h0, grad):
    """You conjugate the decay in grad_h0, but not those on the way from g[t+1] back to g[t]."""
    grad_a, g, _ = _back(a, h, h0, grad, conj=np.array)
    return grad_a, g, np.conj(a[0]) * g[0]


def gradients_conjugated(a, h, h0, grad):
    """You conjugate the gradients. The other factor is the one to conjugate: the number that multiplies a
    gradient, a decay or a state."""
    g = [grad[-1]]
    for t in range(len(a) - 2, -1, -1):
        g.insert(0, grad[t] + a[t + 1] * np.conj(g[0]))
    g = np.array(g)
    return np.append(h0, h[:-1]) * np.conj(g), g, a[0] * np.conj(g[0])


def real_results(a, h, h0, grad):
    """You drop the imaginary parts of your results. With complex numbers the gradients are complex, too:
    an array made for floats cannot hold them."""
    grad_a, g, grad_h0 = _back(a, h, h0, grad)
    return grad_a.real, g.real, grad_h0


def real_on_the_way(a, h, h0, grad):
    """You drop the imaginary part of g at each step. With complex numbers the gradients are complex, too:
    an array made for floats cannot hold them."""
    g = [grad[-1].real]
    for t in range(len(a) - 2, -1, -1):
        g.insert(0, (grad[t] + np.conj(a[t + 1]) * g[0]).real)
    g = np.array(g)
    return np.conj(np.append(h0, h[:-1])) * g, g, np.conj(a[0]) * g[0]


def products_divided(a, h, h0, grad):
    """You divide by products of decays. One decay of zero, or a thousand small ones, make such a product
    zero, and then nothing can be divided by it. Walk back from the last step instead."""
    products = np.cumprod(np.conj(a))
    with np.errstate(all="ignore"):
        g = np.cumsum((products * grad)[::-1])[::-1] / products
    return np.conj(np.append(h0, h[:-1])) * g, g, np.conj(a[0]) * g[0]


def products_from_the_end_divided(a, h, h0, grad):
    """You divide by products of decays, counted from the end. One decay of zero, or a thousand small
    ones, make such a product zero, and then nothing can be divided by it. Walk back from the last step
    instead."""
    products = np.append(np.cumprod(np.conj(a[:0:-1]))[::-1], 1.0)
    with np.errstate(all="ignore"):
        g = products * np.cumsum((grad / products)[::-1])[::-1]
    return np.conj(np.append(h0, h[:-1])) * g, g, np.conj(a[0]) * g[0]


def single_precision(a, h, h0, grad):
    """Your numbers are rounded to 32 bits: they keep only about 7 digits, and become infinite beyond
    3e38. Keep the dtype that came in."""
    with np.errstate(all="ignore"):
        kind = np.complex64 if np.iscomplexobj(a) else np.float32
        narrow = [np.asarray(x).astype(kind) for x in (a, h, h0, grad)]
        return tuple(np.asarray(x).astype(kind) for x in _back(*narrow))


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

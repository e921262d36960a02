"""What goes wrong in a step, and other ways to get it right."""

import torch


def _step(x_t, h, Lambda, gamma, B, C, D):
    h = Lambda * h + gamma * (x_t.to(B.dtype) @ B.T)
    return (h @ C.T).real + D * x_t, h


def state_not_carried(x_t, h, Lambda, gamma, B, C, D):
    """Your new state does not depend on the old one. The step starts from the h it is given, multiplied by
    Lambda."""
    return _step(x_t, torch.zeros_like(h), Lambda, gamma, B, C, D)


def old_state_returned(x_t, h, Lambda, gamma, B, C, D):
    """Your output is right, but you hand on the state you were handed. The next step needs the new one."""
    return _step(x_t, h, Lambda, gamma, B, C, D)[0], h


def output_of_the_old_state(x_t, h, Lambda, gamma, B, C, D):
    """Your output is made from the state before the step, so this input reaches it one step late. Renew the
    state first, then read it."""
    return (h @ C.T).real + D * x_t, _step(x_t, h, Lambda, gamma, B, C, D)[1]


def gamma_forgotten(x_t, h, Lambda, gamma, B, C, D):
    """gamma is missing: it multiplies what enters the state, B x_t."""
    return _step(x_t, h, Lambda, torch.ones_like(gamma), B, C, D)


def gamma_on_the_state(x_t, h, Lambda, gamma, B, C, D):
    """You multiply the whole new state by gamma. Then the old state shrinks by it at every step, as if
    Lambda were smaller. gamma belongs to the input alone."""
    h = gamma * (Lambda * h + x_t.to(B.dtype) @ B.T)
    return (h @ C.T).real + D * x_t, h


def D_forgotten(x_t, h, Lambda, gamma, B, C, D):
    """The direct way D * x_t is missing from your output."""
    return _step(x_t, h, Lambda, gamma, B, C, torch.zeros_like(D))


def real_part_before_C(x_t, h, Lambda, gamma, B, C, D):
    """You take the real part of the state before C. But the imaginary part of C times that of h is real and
    belongs to the output: multiply first, then take the real part."""
    h = _step(x_t, h, Lambda, gamma, B, C, D)[1]
    return h.real @ C.real.T + D * x_t, h


def C_conjugated(x_t, h, Lambda, gamma, B, C, D):
    """Your C is conjugated. .mH and .H transpose and conjugate; the formula only wants the rows and columns
    exchanged."""
    h = _step(x_t, h, Lambda, gamma, B, C, D)[1]
    return (h @ C.conj().T).real + D * x_t, h


def B_conjugated(x_t, h, Lambda, gamma, B, C, D):
    """Your B is conjugated. .mH and .H transpose and conjugate; the formula only wants the rows and columns
    exchanged."""
    return _step(x_t, h, Lambda, gamma, B.conj(), C, D)


def size_instead_of_real_part(x_t, h, Lambda, gamma, B, C, D):
    """You take the size of C h. The output is its real part, which can also be negative."""
    h = _step(x_t, h, Lambda, gamma, B, C, D)[1]
    return (h @ C.T).abs() + D * x_t, h


def right_with_einsum(x_t, h, Lambda, gamma, B, C, D):
    """Sums over named indices; gamma goes into B."""
    b = torch.einsum("sm,bm->bs", gamma[:, None] * B, x_t.to(B.dtype))
    new = torch.einsum("s,bs->bs", Lambda, h) + b
    return torch.einsum("ms,bs->bm", C, new).real + x_t * D, new


def right_with_real_numbers(x_t, h, Lambda, gamma, B, C, D):
    """Real and imaginary parts apart, so that no matrix product is complex."""
    re = Lambda.real * h.real - Lambda.imag * h.imag + gamma * (x_t @ B.real.T)
    im = Lambda.real * h.imag + Lambda.imag * h.real + gamma * (x_t @ B.imag.T)
    return re @ C.real.T - im @ C.imag.T + D * x_t, torch.complex(re, im)

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
    """You hand on the state you were handed. The next step needs the new one."""
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


def Lambda_forgotten(x_t, h, Lambda, gamma, B, C, D):
    """The old state is not multiplied by Lambda: it must decay and turn before the input is added."""
    h = h + gamma * (x_t.to(B.dtype) @ B.T)
    return (h @ C.T).real + D * x_t, h


def Lambda_on_the_input(x_t, h, Lambda, gamma, B, C, D):
    """You multiply the input by Lambda as well. Only the old state decays; what has just come in has not
    waited yet."""
    h = Lambda * (h + gamma * (x_t.to(B.dtype) @ B.T))
    return (h @ C.T).real + D * x_t, h


def Lambda_conjugated(x_t, h, Lambda, gamma, B, C, D):
    """Your Lambda is conjugated, so the state turns the other way."""
    return _step(x_t, h, Lambda.conj(), gamma, B, C, D)


def only_the_size_of_Lambda(x_t, h, Lambda, gamma, B, C, D):
    """You multiply the old state by the size of Lambda only. Lambda is complex: the state must turn as
    well as decay."""
    return _step(x_t, h, Lambda.abs().to(h.dtype), gamma, B, C, D)


def only_the_real_part_of_Lambda(x_t, h, Lambda, gamma, B, C, D):
    """You use only the real part of Lambda. Lambda is complex: multiply by all of it."""
    return _step(x_t, h, Lambda.real.to(h.dtype), gamma, B, C, D)


def only_the_real_part_of_B(x_t, h, Lambda, gamma, B, C, D):
    """You use only the real part of B. To multiply a complex matrix by a real input, make the input
    complex; do not make the matrix real."""
    return _step(x_t, h, Lambda, gamma, B.real.to(B.dtype), C, D)


def only_the_real_part_of_the_state(x_t, h, Lambda, gamma, B, C, D):
    """You hand on only the real part of the state. The state is complex and stays so; only the output is
    real."""
    y_t, h = _step(x_t, h, Lambda, gamma, B, C, D)
    return y_t, h.real


def real_part_carried(x_t, h, Lambda, gamma, B, C, D):
    """You take the real part of the old state. The state is complex and stays so; only the output is real."""
    return _step(x_t, h.real.to(h.dtype), Lambda, gamma, B, C, D)


def B_and_C_conjugated(x_t, h, Lambda, gamma, B, C, D):
    """Your B and C are conjugated. .mH and .H transpose and conjugate; the formula only wants the rows
    and columns exchanged."""
    return _step(x_t, h, Lambda, gamma, B.conj(), C.conj(), D)


def D_as_a_dot_product(x_t, h, Lambda, gamma, B, C, D):
    """You multiply D and x_t as two vectors, which gives one number for the whole row. D * x_t is number
    by number: each input has its own factor."""
    y_t, h = _step(x_t, h, Lambda, gamma, B, C, torch.zeros_like(D))
    return y_t + (x_t @ D)[:, None], h


def input_added_without_D(x_t, h, Lambda, gamma, B, C, D):
    """You add x_t itself to the output. The direct way is D * x_t, number by number."""
    return _step(x_t, h, Lambda, gamma, B, C, torch.ones_like(D))


def D_alone_added(x_t, h, Lambda, gamma, B, C, D):
    """You add D to the output without the input. The direct way is D * x_t, number by number."""
    y_t, h = _step(x_t, h, Lambda, gamma, B, C, torch.zeros_like(D))
    return y_t + D, h


def D_inside_the_state(x_t, h, Lambda, gamma, B, C, D):
    """You multiply the input by D before it enters the state. D * x_t goes directly to the output."""
    h = Lambda * h + gamma * ((D * x_t).to(B.dtype) @ B.T)
    return (h @ C.T).real + D * x_t, h


def imaginary_part(x_t, h, Lambda, gamma, B, C, D):
    """You take the imaginary part of C h. The output is its real part."""
    h = _step(x_t, h, Lambda, gamma, B, C, D)[1]
    return (h @ C.T).imag + D * x_t, h


def twice_the_real_part(x_t, h, Lambda, gamma, B, C, D):
    """You take the real part twice, as if the conjugate twins of the states were there as well. The
    formula has the real part once."""
    h = _step(x_t, h, Lambda, gamma, B, C, D)[1]
    return 2 * (h @ C.T).real + D * x_t, h


def gamma_from_Lambda(x_t, h, Lambda, gamma, B, C, D):
    """You compute gamma from Lambda. It is an argument: in training it moves away from that value, so use
    the one that is given."""
    gamma = torch.sqrt(1 - Lambda.abs() ** 2)
    return _step(x_t, h, Lambda, gamma, B, C, D)


def gamma_squared(x_t, h, Lambda, gamma, B, C, D):
    """gamma appears twice. It multiplies what enters the state once."""
    return _step(x_t, h, Lambda, gamma**2, B, C, D)


def gamma_on_the_output(x_t, h, Lambda, gamma, B, C, D):
    """You multiply by gamma when the state is read. It belongs to what enters the state, B x_t."""
    h = Lambda * h + (x_t.to(B.dtype) @ B.T)
    return ((gamma * h) @ C.T).real + D * x_t, h


def gamma_on_the_old_state(x_t, h, Lambda, gamma, B, C, D):
    """gamma multiplies the old state and not the input. It belongs to what enters the state, B x_t."""
    h = gamma * Lambda * h + (x_t.to(B.dtype) @ B.T)
    return (h @ C.T).real + D * x_t, h


def input_forgotten(x_t, h, Lambda, gamma, B, C, D):
    """The input does not enter the state: gamma times B x_t is missing."""
    h = Lambda * h
    return (h @ C.T).real + D * x_t, h


def input_subtracted(x_t, h, Lambda, gamma, B, C, D):
    """What enters the state has the wrong sign: it is added."""
    h = Lambda * h - gamma * (x_t.to(B.dtype) @ B.T)
    return (h @ C.T).real + D * x_t, h


def tanh_around_the_state(x_t, h, Lambda, gamma, B, C, D):
    """You put the state through a tanh. The LRU is linear: there is none."""
    h = torch.tanh(Lambda * h + gamma * (x_t.to(B.dtype) @ B.T))
    return (h @ C.T).real + D * x_t, h


def state_without_the_input_returned(x_t, h, Lambda, gamma, B, C, D):
    """You hand on the state before the input has entered it. The next step needs the state after this one."""
    return _step(x_t, h, Lambda, gamma, B, C, D)[0], Lambda * h


def B_not_transposed(x_t, h, Lambda, gamma, B, C, D):
    """Your B works the wrong way round. A row of x_t times B is not B times x_t: for rows, the matrix must be
    transposed, also where it fits without."""
    h = Lambda * h + gamma * (x_t.to(B.dtype) @ B)
    return (h @ C.T).real + D * x_t, h


def C_not_transposed(x_t, h, Lambda, gamma, B, C, D):
    """Your C works the wrong way round. A row of h times C is not C times h: for rows, the matrix must be
    transposed, also where it fits without."""
    h = Lambda * h + gamma * (x_t.to(B.dtype) @ B.T)
    return (h @ C).real + D * x_t, h


def matrices_not_transposed(x_t, h, Lambda, gamma, B, C, D):
    """Your B and C work the wrong way round. A row times a matrix is not the matrix times the row: for rows,
    both must be transposed, also where they fit without."""
    h = Lambda * h + gamma * (x_t.to(B.dtype) @ B)
    return (h @ C).real + D * x_t, h


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

"""What goes wrong in the layer, and other ways to get it right."""

import torch


def _states(Lambda, b, h):
    """A loop over time."""
    states = []
    for t in range(b.shape[1]):
        h = Lambda * h + b[:, t]
        states.append(h)
    return torch.stack(states, dim=1)


def _enter(x, gamma, B):
    return gamma * (x.to(B.dtype) @ B.T)


def _read(states, x, C, D):
    return (states @ C.T).real + D * x


def state_not_carried(x, h, Lambda, gamma, B, C, D):
    """You start from zero and not from the state you were handed. A text that comes in pieces would forget
    everything at every cut."""
    states = _states(Lambda, _enter(x, gamma, B), torch.zeros_like(h))
    return _read(states, x, C, D), states[:, -1]


def first_state_returned(x, h, Lambda, gamma, B, C, D):
    """You hand on the state after the first step. The next piece begins where
    this one ends."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, 0]


def old_state_returned(x, h, Lambda, gamma, B, C, D):
    """You hand on the state you were handed. The next piece begins where this
    one ends."""
    return _read(_states(Lambda, _enter(x, gamma, B), h), x, C, D), h


def one_step_late(x, h, Lambda, gamma, B, C, D):
    """Your outputs are one step late: y_t is read from the state before x_t came in. A scan that gives the
    state after each step is what the formula asks for."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    before = torch.cat([h[:, None], states[:, :-1]], dim=1)
    return _read(before, x, C, D), states[:, -1]


def gamma_forgotten(x, h, Lambda, gamma, B, C, D):
    """gamma is missing: it multiplies what enters the state, B x_t."""
    states = _states(Lambda, x.to(B.dtype) @ B.T, h)
    return _read(states, x, C, D), states[:, -1]


def gamma_at_every_step(x, h, Lambda, gamma, B, C, D):
    """gamma multiplies the state at every step of your scan, as if it belonged to Lambda. It belongs to the
    input alone."""
    states = _states(gamma * Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, -1]


def gamma_after_the_scan(x, h, Lambda, gamma, B, C, D):
    """The state that is handed in gets multiplied by gamma, either itself or with all states after the scan.
    From a state of zero that makes no difference, but any other would shrink in every piece. gamma belongs to
    the input."""
    states = gamma * _states(Lambda, x.to(B.dtype) @ B.T, h)
    return _read(states, x, C, D), states[:, -1]


def D_forgotten(x, h, Lambda, gamma, B, C, D):
    """The direct way D * x is missing from your outputs."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, torch.zeros_like(D)), states[:, -1]


def real_part_before_C(x, h, Lambda, gamma, B, C, D):
    """You take the real part of the states before C. But the imaginary part of C times that of h is real
    and belongs to the output: multiply first, then take the real part."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return states.real @ C.real.T + D * x, states[:, -1]


def C_conjugated(x, h, Lambda, gamma, B, C, D):
    """Your C is conjugated. .mH and .H transpose and conjugate; the formula only wants the rows and columns
    exchanged."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C.conj(), D), states[:, -1]


def Lambda_forgotten(x, h, Lambda, gamma, B, C, D):
    """The states do not decay: Lambda is missing. It is what the scan multiplies by at every step."""
    states = _states(torch.ones_like(Lambda), _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, -1]


def Lambda_on_the_input(x, h, Lambda, gamma, B, C, D):
    """You multiply the input by Lambda as well. Only the old state decays; what has just come in has not
    waited yet."""
    states = _states(Lambda, Lambda * _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, -1]


def Lambda_conjugated(x, h, Lambda, gamma, B, C, D):
    """Your Lambda is conjugated, so the states turn the other way."""
    states = _states(Lambda.conj(), _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, -1]


def only_the_size_of_Lambda(x, h, Lambda, gamma, B, C, D):
    """Your scan uses the size of Lambda only. Lambda is complex: the states must turn as well as decay."""
    states = _states(Lambda.abs(), _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, -1]


def only_the_real_part_of_Lambda(x, h, Lambda, gamma, B, C, D):
    """You use only the real part of Lambda. Lambda is complex: multiply by all of it."""
    states = _states(Lambda.real, _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, -1]


def only_the_real_part_of_B(x, h, Lambda, gamma, B, C, D):
    """You use only the real part of B. To multiply a complex matrix by a real input, make the input
    complex; do not make the matrix real."""
    states = _states(Lambda, _enter(x, gamma, B.real.to(B.dtype)), h)
    return _read(states, x, C, D), states[:, -1]


def B_conjugated(x, h, Lambda, gamma, B, C, D):
    """Your B is conjugated. .mH and .H transpose and conjugate; the formula only wants the rows and
    columns exchanged."""
    states = _states(Lambda, _enter(x, gamma, B.conj()), h)
    return _read(states, x, C, D), states[:, -1]


def B_and_C_conjugated(x, h, Lambda, gamma, B, C, D):
    """Your B and C are conjugated. .mH and .H transpose and conjugate; the formula only wants the rows
    and columns exchanged."""
    states = _states(Lambda, _enter(x, gamma, B.conj()), h)
    return _read(states, x, C.conj(), D), states[:, -1]


def D_as_a_dot_product(x, h, Lambda, gamma, B, C, D):
    """You multiply D and x as vectors, which gives one number for each step. D * x is number by number:
    each input has its own factor."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, torch.zeros_like(D)) + (x @ D)[..., None], states[:, -1]


def input_added_without_D(x, h, Lambda, gamma, B, C, D):
    """You add x itself to the outputs. The direct way is D * x, number by number."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, torch.ones_like(D)), states[:, -1]


def D_alone_added(x, h, Lambda, gamma, B, C, D):
    """You add D to the outputs without the input. The direct way is D * x, number by number."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, torch.zeros_like(D)) + D, states[:, -1]


def imaginary_part(x, h, Lambda, gamma, B, C, D):
    """You take the imaginary part of C h. The output is its real part."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return (states @ C.T).imag + D * x, states[:, -1]


def size_instead_of_real_part(x, h, Lambda, gamma, B, C, D):
    """You take the size of C h. The output is its real part, which can also be negative."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return (states @ C.T).abs() + D * x, states[:, -1]


def twice_the_real_part(x, h, Lambda, gamma, B, C, D):
    """You take the real part twice, as if the conjugate twins of the states were there as well. The
    formula has the real part once."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return 2 * (states @ C.T).real + D * x, states[:, -1]


def only_the_real_part_of_the_state(x, h, Lambda, gamma, B, C, D):
    """You hand on only the real part of the state. The state is complex and stays so; only the outputs
    are real."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, -1].real


def all_states_returned(x, h, Lambda, gamma, B, C, D):
    """You hand on the states of all steps. The next piece needs only the one after the last step."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, D), states


def last_of_the_batch_returned(x, h, Lambda, gamma, B, C, D):
    """You hand on the states of the last row of the batch. Time is the middle dimension: take the last
    step of every row."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[-1]


def time_kept_in_the_state(x, h, Lambda, gamma, B, C, D):
    """Your state still has a dimension for time, of length 1. The state handed on has the shape (batch,
    d_state), like the one handed in."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, -1:]


def state_before_the_last_step_returned(x, h, Lambda, gamma, B, C, D):
    """You hand on the state before the last step. The next piece begins after it, so take the last state
    of all."""
    states = torch.cat([h[:, None], _states(Lambda, _enter(x, gamma, B), h)], dim=1)
    return _read(states[:, 1:], x, C, D), states[:, -2]


def initial_state_not_decayed(x, h, Lambda, gamma, B, C, D):
    """The state that is handed in goes into the first step without Lambda. It decays like every other:
    the first state is Lambda h + gamma B x_0."""
    b = _enter(x, gamma, B)
    b = torch.cat([b[:, :1] + h[:, None], b[:, 1:]], dim=1)
    states = _states(Lambda, b, torch.zeros_like(h))
    return _read(states, x, C, D), states[:, -1]


def initial_state_decayed_twice(x, h, Lambda, gamma, B, C, D):
    """The state that is handed in decays twice: _scan multiplies it by Lambda itself, so hand it over as
    it is."""
    states = _states(Lambda, _enter(x, gamma, B), Lambda * h)
    return _read(states, x, C, D), states[:, -1]


def initial_state_at_every_step(x, h, Lambda, gamma, B, C, D):
    """You add the state that was handed in at every step. It enters once, before the first step."""
    b = _enter(x, gamma, B) + (Lambda * h)[:, None]
    states = _states(Lambda, b, torch.zeros_like(h))
    return _read(states, x, C, D), states[:, -1]


def each_step_alone(x, h, Lambda, gamma, B, C, D):
    """Your steps do not depend on each other: each starts from the state that was handed in. A state is
    made from the one before."""
    states = (Lambda * h)[:, None] + _enter(x, gamma, B)
    return _read(states, x, C, D), states[:, -1]


def gamma_from_Lambda(x, h, Lambda, gamma, B, C, D):
    """You compute gamma from Lambda. It is an argument: in training it moves away from that value, so use
    the one that is given."""
    gamma = torch.sqrt(1 - Lambda.abs() ** 2)
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, -1]


def gamma_squared(x, h, Lambda, gamma, B, C, D):
    """gamma appears twice. It multiplies what enters the state once."""
    states = _states(Lambda, _enter(x, gamma**2, B), h)
    return _read(states, x, C, D), states[:, -1]


def gamma_when_reading(x, h, Lambda, gamma, B, C, D):
    """You multiply by gamma when the states are read. It belongs to what enters them, B x_t."""
    states = _states(Lambda, x.to(B.dtype) @ B.T, h)
    return _read(gamma * states, x, C, D), states[:, -1]


def time_reversed(x, h, Lambda, gamma, B, C, D):
    """Your scan runs from the last step to the first. The state goes with time, from the first to the
    last."""
    states = _states(Lambda, _enter(x, gamma, B).flip(1), h).flip(1)
    return _read(states, x, C, D), states[:, -1]


def tanh_around_the_state(x, h, Lambda, gamma, B, C, D):
    """You put the states through a tanh. The LRU is linear: there is none, and no scan could have one."""
    states = torch.tanh(_states(Lambda, _enter(x, gamma, B), h))
    return _read(states, x, C, D), states[:, -1]


def batch_taken_for_time(x, h, Lambda, gamma, B, C, D):
    """Your scan runs over the batch. Time is the middle dimension."""
    states = _states(Lambda, _enter(x, gamma, B).transpose(0, 1), h[:1].expand(x.shape[1], -1)).transpose(
        0, 1
    )
    return _read(states, x, C, D), states[:, -1]


def input_forgotten(x, h, Lambda, gamma, B, C, D):
    """The input does not enter the states: gamma times B x_t is missing."""
    states = _states(Lambda, 0 * _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, -1]


def _powers(Lambda, number):
    """Lambda ** 0, Lambda ** 1, ...: as many as that, one below the other."""
    ones = torch.ones_like(Lambda)[None]
    return torch.cumprod(torch.cat([ones, Lambda.expand(number - 1, -1)]), dim=0)


def right_as_one_product(x, h, Lambda, gamma, B, C, D):
    """All powers of Lambda in one table (time, time, d_state): no scan, but work that grows like the
    square."""
    time = x.shape[1]
    lag = torch.arange(time)[:, None] - torch.arange(time)[None, :]
    powers = _powers(Lambda, time + 1)
    power = powers[lag.clamp(min=0)] * (lag >= 0)[..., None]
    states = torch.einsum("tsn,bsn->btn", power, _enter(x, gamma, B))
    states = states + powers[1:] * h[:, None]
    return _read(states, x, C, D), states[:, -1]


def right_by_convolution(x, h, Lambda, gamma, B, C, D):
    """With fast Fourier transforms: the states are the inputs convolved with the powers of Lambda."""
    time = x.shape[1]
    powers = _powers(Lambda, time + 1)
    b = torch.einsum("btm,nm->btn", x.to(B.dtype), gamma[:, None] * B)
    spectrum = torch.fft.fft(b, n=2 * time, dim=1) * torch.fft.fft(powers[:-1], n=2 * time, dim=0)
    states = torch.fft.ifft(spectrum, dim=1)[:, :time] + powers[1:] * h[:, None]
    y = states.real @ C.real.T - states.imag @ C.imag.T
    return y + D * x, states[:, -1]

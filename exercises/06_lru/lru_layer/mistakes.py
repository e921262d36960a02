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
    """The outputs are right, but you hand on the state after the first step. The next piece begins where
    this one ends."""
    states = _states(Lambda, _enter(x, gamma, B), h)
    return _read(states, x, C, D), states[:, 0]


def old_state_returned(x, h, Lambda, gamma, B, C, D):
    """The outputs are right, but you hand on the state you were handed. The next piece begins where this
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
    """You multiply the states by gamma after the scan. From a state of zero that gives the same, but a
    state that is handed in would shrink in every piece. gamma belongs to the input."""
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


def right_as_one_product(x, h, Lambda, gamma, B, C, D):
    """All powers of Lambda in one table (time, time, d_state): no scan, but work that grows like the
    square."""
    time = x.shape[1]
    lag = torch.arange(time)[:, None] - torch.arange(time)[None, :]
    power = torch.exp(torch.log(Lambda) * lag.clamp(min=0)[..., None]) * (lag >= 0)[..., None]
    states = torch.einsum("tsn,bsn->btn", power, _enter(x, gamma, B))
    carried = torch.exp(torch.log(Lambda) * torch.arange(1, time + 1)[:, None])
    states = states + carried * h[:, None]
    return _read(states, x, C, D), states[:, -1]


def right_by_convolution(x, h, Lambda, gamma, B, C, D):
    """With fast Fourier transforms: the states are the inputs convolved with the powers of Lambda."""
    time = x.shape[1]
    steps = torch.arange(time + 1)[:, None]
    powers = torch.exp(torch.log(Lambda) * steps)
    b = torch.einsum("btm,nm->btn", x.to(B.dtype), gamma[:, None] * B)
    spectrum = torch.fft.fft(b, n=2 * time, dim=1) * torch.fft.fft(powers[:-1], n=2 * time, dim=0)
    states = torch.fft.ifft(spectrum, dim=1)[:, :time] + powers[1:] * h[:, None]
    y = states.real @ C.real.T - states.imag @ C.imag.T
    return y + D * x, states[:, -1]

"""What goes wrong when the block of Griffin is put together, and other ways to do it."""

import torch
import torch.nn.functional as F


def _norm(x, weight):
    return x / (x.pow(2).mean(-1, keepdim=True) + 1e-6).sqrt() * weight


def _conv(u, tail, taps):
    u = torch.cat([tail, u], 1)
    steps = u.shape[1] - 3
    return sum(taps[k] * u[:, k : k + steps] for k in range(4)), u[:, -3:]


def _recur(u, h, decay):
    states = []
    for u_t in u.unbind(1):
        h = decay * h + (1 - decay**2).sqrt() * u_t
        states.append(h)
    return torch.stack(states, 1), h


def _mixer(z, tail, h, weights):
    u, tail = _conv(z @ weights["into"], tail, weights["taps"])
    u, h = _recur(u, h, weights["decay"])
    return (F.gelu(z @ weights["gate"]) * u) @ weights["out"], tail, h


def _mlp(z, weights):
    return (F.gelu(z @ weights["mlp_gate"]) * (z @ weights["mlp_up"])) @ weights["mlp_out"]


def norm_after_adding(x, tail, h, weights):
    """You put the norm on the stream, after adding. Here it stands on the loop: the stream itself is only
    ever added to."""
    y, tail, h = _mixer(x, tail, h, weights)
    x = _norm(x + y, weights["norm_time"])
    return _norm(x + _mlp(x, weights), weights["norm_features"]), tail, h


def mlp_beside_the_mixer(x, tail, h, weights):
    """Your MLP reads the stream from before the mixer. The second line comes after the first: it reads what
    the mixer has added, too."""
    y, tail, h = _mixer(_norm(x, weights["norm_time"]), tail, h, weights)
    return x + y + _mlp(_norm(x, weights["norm_features"]), weights), tail, h


def first_addition_dropped(x, tail, h, weights):
    """You add the MLP to the stream that came in, so what the mixer has added is lost. Add to the new
    stream."""
    y, tail, h = _mixer(_norm(x, weights["norm_time"]), tail, h, weights)
    return x + _mlp(_norm(x + y, weights["norm_features"]), weights), tail, h


def right_in_functions(x, tail, h, weights):
    """Mixer and MLP as functions of their own."""
    y, tail, h = _mixer(_norm(x, weights["norm_time"]), tail, h, weights)
    x = x + y
    return x + _mlp(_norm(x, weights["norm_features"]), weights), tail, h


def right_step_by_step(x, tail, h, weights):
    """One step at a time."""
    outputs = []
    for t in range(x.shape[1]):
        x_t = x[:, t : t + 1]
        y, tail, h = _mixer(_norm(x_t, weights["norm_time"]), tail, h, weights)
        x_t = x_t + y
        outputs.append(x_t + _mlp(_norm(x_t, weights["norm_features"]), weights))
    return torch.cat(outputs, 1), tail, h

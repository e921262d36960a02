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


def _block(x, tail, h, weights, mixer=_mixer, mlp=_mlp):
    y, tail, h = mixer(_norm(x, weights["norm_time"]), tail, h, weights)
    x = x + y
    return x + mlp(_norm(x, weights["norm_features"]), weights), tail, h


def norm_on_the_stream(x, tail, h, weights):
    """You add to the normed stream. The norm stands only on the loop: keep the stream itself, and add to
    that."""
    x = _norm(x, weights["norm_time"])
    y, tail, h = _mixer(x, tail, h, weights)
    x = _norm(x + y, weights["norm_features"])
    return x + _mlp(x, weights), tail, h


def gelu_on_the_memory(x, tail, h, weights):
    """You bend the memory by GeLU and leave the gate as it is. It is the other way round: the gate goes
    through GeLU, and the memory from its linear map through the convolution and the recurrence."""

    def mixer(z, tail, h, weights):
        u, tail = _conv(z @ weights["into"], tail, weights["taps"])
        u, h = _recur(u, h, weights["decay"])
        return (z @ weights["gate"] * F.gelu(u)) @ weights["out"], tail, h

    return _block(x, tail, h, weights, mixer)


def gate_without_gelu(x, tail, h, weights):
    """The GeLU is missing on the gate of the mixer."""

    def mixer(z, tail, h, weights):
        u, tail = _conv(z @ weights["into"], tail, weights["taps"])
        u, h = _recur(u, h, weights["decay"])
        return (z @ weights["gate"] * u) @ weights["out"], tail, h

    return _block(x, tail, h, weights, mixer)


def gated_before_it_is_remembered(x, tail, h, weights):
    """You multiply by the gate before the recurrence, so the gate decides what is stored. Here it comes
    after, and decides what of the memory is shown at this step."""

    def mixer(z, tail, h, weights):
        u, tail = _conv(z @ weights["into"], tail, weights["taps"])
        u, h = _recur(u * F.gelu(z @ weights["gate"]), h, weights["decay"])
        return u @ weights["out"], tail, h

    return _block(x, tail, h, weights, mixer)


def recurrence_before_convolution(x, tail, h, weights):
    """Your recurrence comes before the convolution. The convolution prepares what the recurrence takes in, so
    it is first."""

    def mixer(z, tail, h, weights):
        u, h = _recur(z @ weights["into"], h, weights["decay"])
        u, tail = _conv(u, tail, weights["taps"])
        return (F.gelu(z @ weights["gate"]) * u) @ weights["out"], tail, h

    return _block(x, tail, h, weights, mixer)


def convolution_left_out(x, tail, h, weights):
    """The convolution is missing on the branch of the memory."""

    def mixer(z, tail, h, weights):
        u = z @ weights["into"]
        _, tail = _conv(u, tail, weights["taps"])
        u, h = _recur(u, h, weights["decay"])
        return (F.gelu(z @ weights["gate"]) * u) @ weights["out"], tail, h

    return _block(x, tail, h, weights, mixer)


def one_norm_for_both(x, tail, h, weights):
    """You use the weight of the first norm in both. Each line has a norm of its own."""
    return _block(x, tail, h, {**weights, "norm_features": weights["norm_time"]})


def tail_of_this_piece_alone(x, tail, h, weights):
    """You make the new tail from this piece alone. A piece may be shorter than three steps, and then a part
    of the old tail is still in the new one: the convolution returns it."""
    u = _norm(x, weights["norm_time"]) @ weights["into"]
    x, tail, h = _block(x, tail, h, weights)
    tail = torch.zeros_like(tail)
    steps = min(3, u.shape[1])
    tail[:, 3 - steps :] = u[:, -steps:]
    return x, tail, h


def old_tail_returned(x, tail, h, weights):
    """You return the tail that you were given. The next piece needs the inputs that the convolution has seen
    last."""
    x, _, h = _block(x, tail, h, weights)
    return x, tail, h


def old_state_returned(x, tail, h, weights):
    """You return the state that you were given, so the next piece knows nothing of this one."""
    x, tail, _ = _block(x, tail, h, weights)
    return x, tail, h


def mlp_reads_the_addition_alone(x, tail, h, weights):
    """Your MLP reads what the mixer has added, and not the stream to which it was added. What both lines read
    is the stream."""
    y, tail, h = _mixer(_norm(x, weights["norm_time"]), tail, h, weights)
    return x + y + _mlp(_norm(y, weights["norm_features"]), weights), tail, h


def state_begins_with_zeros(x, tail, h, weights):
    """Your recurrence begins with zeros, whatever was handed in. h is what the steps before have left behind:
    without it tokens after a cached beginning do not see it."""
    return _block(x, tail, torch.zeros_like(h), weights)


def tail_begins_with_zeros(x, tail, h, weights):
    """Your convolution begins with zeros, whatever was handed in. The tail holds the three inputs before this
    piece."""
    return _block(x, torch.zeros_like(tail), h, weights)


def mlp_branches_swapped(x, tail, h, weights):
    """You put the GeLU on mlp_up. It belongs on mlp_gate."""
    return _block(x, tail, h, {**weights, "mlp_gate": weights["mlp_up"], "mlp_up": weights["mlp_gate"]})


def mlp_left_out(x, tail, h, weights):
    """The second line is missing: after the mixer the MLP adds to the stream, too."""
    return _block(x, tail, h, weights, mlp=lambda z, weights: 0.0)


def nothing_normed(x, tail, h, weights):
    """The norms are missing. At the head of each loop the stream is normed, and what is added comes from
    that."""
    y, tail, h = _mixer(x, tail, h, weights)
    x = x + y
    return x + _mlp(x, weights), tail, h


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

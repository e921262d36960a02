"""What goes wrong when the guesses of a network are judged."""

import numpy as np


def _log_softmax(logits, axis=-1):
    z = logits - logits.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def _costs(logits, symbols):
    return -np.take_along_axis(_log_softmax(logits), symbols[..., None], axis=-1)[..., 0]


def not_shifted(logits, symbols):
    """You judge the guess of step t by symbol t, which the network has just read. It must be judged by the
    next symbol. Which guess is then about which symbol?"""
    return float(_costs(logits, symbols).mean())


def not_shifted_but_cut(logits, symbols):
    """You cut guesses and symbols at the same end, so each guess still meets the symbol that was just read.
    One of the two loses its last step, the other its first."""
    return float(_costs(logits[:, :-1], symbols[:, :-1]).mean())


def shifted_the_wrong_way(logits, symbols):
    """Your shift goes the wrong way: you judge each guess by the symbol before it, so the network is asked
    about the past. Swap which of the two loses its first step."""
    return float(_costs(logits[:, 1:], symbols[:, :-1]).mean())


def wraps_around(logits, symbols):
    """Your last guess is judged by the first symbol of the sequence, as with np.roll, which wraps around. It
    cannot be judged at all, because nothing comes after it."""
    return float(_costs(logits, np.roll(symbols, -1, axis=1)).mean())


def sum_instead_of_mean(logits, symbols):
    """You add the surprises up, so a longer text or a larger batch gets a worse loss. Take the mean over all
    judged guesses."""
    return float(_costs(logits[:, :-1], symbols[:, 1:]).sum())


def mean_over_batch_only(logits, symbols):
    """You take the mean over the batch but the sum over time, so the loss grows with the length. Take the
    mean over both."""
    return float(_costs(logits[:, :-1], symbols[:, 1:]).sum(axis=1).mean())


def divided_by_time(logits, symbols):
    """You divide by the number of steps, but one guess per sequence is not judged. How many terms does your
    sum have?"""
    return float(_costs(logits[:, :-1], symbols[:, 1:]).sum()) / symbols.size


def base_two(logits, symbols):
    """Your loss is in bits: you used the logarithm to base 2. We ask for nats, the natural logarithm."""
    return float(_costs(logits[:, :-1], symbols[:, 1:]).mean()) / float(np.log(2))


def softmax_over_time(logits, symbols):
    """Your probabilities add up to 1 along time. They must add up to 1 over the vocabulary, at each step by
    itself: look at the axis of your sum."""
    log_p = _log_softmax(logits[:, :-1], axis=1)
    return -float(np.take_along_axis(log_p, symbols[:, 1:, None], axis=-1).mean())


def no_softmax(logits, symbols):
    """You average the logits themselves. They are not log-probabilities yet: the logarithm of the sum of
    their exponentials is missing."""
    return -float(np.take_along_axis(logits[:, :-1], symbols[:, 1:, None], axis=-1).mean())


def logarithm_of_the_mean(logits, symbols):
    """You average the probabilities and take one logarithm of the mean. That hides the worst guesses. First
    the logarithm of each, then the mean."""
    return -float(np.log(np.exp(-_costs(logits[:, :-1], symbols[:, 1:])).mean()))


def small_number_hides_zero(logits, symbols):
    """You add a small number before the logarithm, or cut the probabilities off. That hides a guess that was
    very wrong: it should cost 1000 and costs you about 28. Take the logarithm on paper, then no p can become
    0."""
    p = np.exp(_log_softmax(logits[:, :-1]))
    return -float(np.log(np.take_along_axis(p, symbols[:, 1:, None], axis=-1) + 1e-12).mean())


def overflow(logits, symbols):
    """Your loss is right for small logits and infinite for large ones: exp of a large number is infinite.
    Subtract the largest logit of each step first."""
    with np.errstate(all="ignore"):
        log_p = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    return -float(np.take_along_axis(log_p[:, :-1], symbols[:, 1:, None], axis=-1).mean())


def largest_of_all_steps(logits, symbols):
    """You subtract the largest logit of the whole array. If another step has much smaller logits, all its
    exponentials become 0, and their logarithm is infinite. Subtract from each step its own largest logit."""
    z = logits - logits.max()
    with np.errstate(all="ignore"):
        log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    return -float(np.take_along_axis(log_p[:, :-1], symbols[:, 1:, None], axis=-1).mean())


def right_one_guess_at_a_time(logits, symbols):
    """Two loops, and for each guess the logarithm of the sum of exp(logit - logit of the symbol that
    came)."""
    costs = []
    for guesses, sequence in zip(logits, symbols, strict=True):
        for t in range(len(sequence) - 1):
            costs.append(np.logaddexp.reduce(guesses[t] - guesses[t, sequence[t + 1]]))
    return sum(costs) / len(costs)


def right_one_hot(logits, symbols):
    """Picks the symbol that came by multiplying with a one-hot array."""
    log_p = _log_softmax(logits)[:, :-1]
    one_hot = np.eye(logits.shape[-1])[symbols[:, 1:]]
    return -(log_p * one_hot).sum() / one_hot.sum()


def right_float32_inside(logits, symbols):
    """Computes in float32."""
    return float(_costs(logits[:, :-1].astype(np.float32), symbols[:, 1:]).mean())

"""What goes wrong when the guesses of a network are judged."""

import numpy as np


def _log_softmax(logits, axis=-1):
    z = logits - logits.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


def _costs(logits, symbols):
    return -np.take_along_axis(_log_softmax(logits), symbols[..., None], axis=-1)[..., 0]


def _judged(logits, symbols):
    return _costs(logits[:, :-1], symbols[:, 1:])


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
    return float(_judged(logits, symbols).sum())


def mean_over_batch_only(logits, symbols):
    """You take the mean over the batch but the sum over time, so the loss grows with the length. Take the
    mean over both."""
    return float(_judged(logits, symbols).sum(axis=1).mean())


def divided_by_time(logits, symbols):
    """You divide by the number of steps, but one guess per sequence is not judged. How many terms does your
    sum have?"""
    return float(_judged(logits, symbols).sum()) / symbols.size


def base_two(logits, symbols):
    """Your loss is in bits: you used the logarithm to base 2. We ask for nats, the natural logarithm."""
    return float(_judged(logits, symbols).mean()) / float(np.log(2))


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


def one_loss_for_each_sequence(logits, symbols):
    """You take the mean over time only and return one loss for each sequence. We ask for one float, the mean
    over all judged guesses of all sequences."""
    return _judged(logits, symbols).mean(axis=1)


def one_loss_for_each_time(logits, symbols):
    """You take the mean over the batch only and return one loss for each time. We ask for one float, the mean
    over all judged guesses."""
    return _judged(logits, symbols).mean(axis=0)


def one_loss_for_each_guess(logits, symbols):
    """You return the loss of each guess. We ask for one float, their mean."""
    return _judged(logits, symbols)


def first_sequence_only(logits, symbols):
    """You judge the first sequence of the batch only. If you loop over the sequences: the return belongs
    after the loop."""
    return float(_judged(logits[:1], symbols[:1]).mean())


def last_sequence_only(logits, symbols):
    """You judge the last sequence of the batch only. If you loop over the sequences, every one must add to
    the sum."""
    return float(_judged(logits[-1:], symbols[-1:]).mean())


def sum_over_batch(logits, symbols):
    """You take the mean over time but the sum over the batch, so the loss grows with the batch. Take the mean
    over both."""
    return float(_judged(logits, symbols).mean(axis=1).sum())


def first_guess_only(logits, symbols):
    """You judge the first guess of each sequence only. Every guess but the last of a sequence is judged."""
    return float(_judged(logits, symbols)[:, 0].mean())


def last_guess_only(logits, symbols):
    """You judge the last guess of each sequence only. Every guess that something follows is judged."""
    return float(_judged(logits, symbols)[:, -1].mean())


def base_ten(logits, symbols):
    """You used the logarithm to base 10. We ask for nats, the natural logarithm."""
    return float(_judged(logits, symbols).mean()) / float(np.log(10))


def sign_forgotten(logits, symbols):
    """Your loss is negative. The logarithm of a probability is at most 0; the surprise is minus that."""
    return -float(_judged(logits, symbols).mean())


def mean_probability(logits, symbols):
    """You return the mean probability of the symbols that came. The loss is the mean of -log of it."""
    return float(np.exp(-_judged(logits, symbols)).mean())


def one_minus_probability(logits, symbols):
    """You return the mean of 1 - p. The surprise at a symbol is -log p, not the part of the probability that
    it lacks."""
    return float((1 - np.exp(-_judged(logits, symbols))).mean())


def whole_distribution(logits, symbols):
    """You average the surprise at all symbols of the vocabulary. Only the one that came counts."""
    return -float(_log_softmax(logits[:, :-1]).mean())


def entropy(logits, symbols):
    """You weigh the surprise at each symbol by its own probability. That is what the network expects to pay;
    it pays for the symbol that came."""
    log_p = _log_softmax(logits[:, :-1])
    return -float((np.exp(log_p) * log_p).sum(axis=-1).mean())


def favourite_instead_of_what_came(logits, symbols):
    """You take the largest probability of each step. What counts is that of the symbol that came next."""
    return -float(_log_softmax(logits[:, :-1]).max(axis=-1).mean())


def share_of_wrong_guesses(logits, symbols):
    """You count how often the likeliest symbol is not the one that came. The loss is the mean of -log p of
    the symbol that came."""
    return float((logits[:, :-1].argmax(axis=-1) != symbols[:, 1:]).mean())


def perplexity(logits, symbols):
    """You return exp of the loss, the perplexity. We ask for the mean surprise itself, in nats."""
    return float(np.exp(np.minimum(_judged(logits, symbols).mean(), 600)))


def softmax_over_everything(logits, symbols):
    """Your probabilities add up to 1 over the whole array. They must add up to 1 over the vocabulary, at each
    step by itself: look at the axis of your sum."""
    cut = logits[:, :-1]
    log_p = _log_softmax(cut.reshape(1, -1)).reshape(cut.shape)
    return -float(np.take_along_axis(log_p, symbols[:, 1:, None], axis=-1).mean())


def softmax_twice(logits, symbols):
    """You take softmax twice: what goes into the second one are probabilities already, no longer logits."""
    return float(_costs(np.exp(_log_softmax(logits[:, :-1])), symbols[:, 1:]).mean())


def largest_forgotten_for_the_symbol(logits, symbols):
    """You subtract the largest logit under the sum, and not from the logit of the symbol that came. Then the
    two do not fit together any more: use the smaller numbers everywhere."""
    return float((_judged(logits, symbols) - logits[:, :-1].max(axis=-1)).mean())


def symbol_left_out_of_the_sum(logits, symbols):
    """Your sum leaves out the symbol that came. Probabilities add up to 1 over all symbols, so it belongs to
    the sum, too."""
    rest = np.where(np.arange(logits.shape[-1]) == symbols[:, 1:, None], -np.inf, logits[:, :-1])
    picked = np.take_along_axis(logits[:, :-1], symbols[:, 1:, None], axis=-1)[..., 0]
    return float((np.logaddexp.reduce(rest, axis=-1) - picked).mean())


def logit_of_the_symbol_left_out(logits, symbols):
    """You average the logarithms of the sums and leave out the logits of the symbols that came. They are
    subtracted from them."""
    return float(np.logaddexp.reduce(logits[:, :-1], axis=-1).mean())


def zero_replaced(logits, symbols):
    """You replace a probability that has become 0 by a tiny number before the logarithm. That hides a guess
    that was very wrong: it should cost 1000 and costs you about 691. Take the logarithm on paper, then no p
    can become 0."""
    return -float(np.log(np.maximum(np.exp(-_judged(logits, symbols)), 1e-300)).mean())


def exp_of_low_logits(logits, symbols):
    """Your loss is right for large logits, and not finite where all logits of a step are far below 0: then
    every exponential is 0. Subtract the largest logit of each step whatever it is, not only when it is
    large."""
    top = np.maximum(logits.max(axis=-1, keepdims=True), 0)
    with np.errstate(all="ignore"):
        log_p = logits - top - np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
    return -float(np.take_along_axis(log_p[:, :-1], symbols[:, 1:, None], axis=-1).mean())


def skips_two(logits, symbols):
    """You judge each guess by the symbol after the next one. The guess of step t is about symbol t + 1."""
    if symbols.shape[1] < 3:
        return float("nan")
    return float(_costs(logits[:, :-2], symbols[:, 2:]).mean())


def rounded(logits, symbols):
    """You round the loss to four digits. The example is only printed like that: return all digits."""
    return round(float(_judged(logits, symbols).mean()), 4)


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

"""Multi-query associative recall: many pairs first, then each key once more; say its value, there and then.

    4 9 2 7 3 8    2 6 1 5 4 0 7 3 3 9    inputs: the pairs 4 -> 9, 2 -> 7, 3 -> 8; then keys among noise
                   7       9       8      targets, where the key of a pair stands again: its value

All pairs have to be kept until their keys come, so the state must be large enough for them: what a model of
fixed state can recall rises with its size, while attention needs none. Where keys come again is drawn from a
power law: most of them early, some very late. In between stand tokens drawn from the whole vocabulary; in a
small one, one of them may be a key of a pair by chance, and that place does not count.

Tokens: 1 to vocab_size // 2 - 1 are keys, those from vocab_size // 2 on values. In a sequence no key and no
value is in two pairs. Chance: a network that knows which tokens are values, and no more, is right once in
`values(vocab_size)`; one that keeps the values of the sequence, but not whose they are, once in n_pairs.

(Arora et al. 2023, "Zoology", arXiv 2312.04927, section 3 and appendix; the power law, its exponent and the
noise as in their released code. They train on several lengths and numbers of pairs at once.)
"""

import numpy as np

from minirnn.tasks.common import Batch, Chance, Seed, at_least, guess

POWER = 0.01  # the place of a key has probability like place^(POWER - 1)


def values(vocab_size: int) -> int:
    """How many of the tokens are values."""
    return vocab_size - vocab_size // 2


def mqar_chance(vocab_size: int) -> Chance:
    """The score per answer of a network that knows which tokens are values."""
    return guess(values(vocab_size))


def shown_chance(n_pairs: int) -> Chance:
    """The score per answer of a network that keeps the values of the sequence, but not whose they are."""
    return guess(n_pairs)


def mqar(batch: int, length: int, n_pairs: int, vocab_size: int, seed: Seed) -> Batch:
    """n_pairs pairs of a key and a value, then each of the keys once more, anywhere in the rest.

    inputs, targets (batch, length) int64; the n_pairs steps at which a key stands again count. After each
    there is room for its value, as in a text, but noise stands there. Early pairs tend to be asked for early.
    Raises ValueError for n_pairs < 1, length < 4 n_pairs, an odd length, or vocab_size < 2 (n_pairs + 1).
    """
    at_least(1, batch=batch, n_pairs=n_pairs)
    at_least(4 * n_pairs, length=length)
    at_least(2 * (n_pairs + 1), vocab_size=vocab_size)
    if length % 2:
        raise ValueError(f"length is {length}, expected an even number")
    rng, n_keys, shown = np.random.default_rng(seed), vocab_size // 2, 2 * n_pairs
    inputs = rng.integers(0, vocab_size, (batch, length))
    keys = 1 + rng.random((batch, n_keys - 1)).argsort(1)[:, :n_pairs]
    held = n_keys + rng.random((batch, values(vocab_size))).argsort(1)[:, :n_pairs]
    inputs[:, 0:shown:2], inputs[:, 1:shown:2] = keys, held
    # The smallest of exponential waiting times with these rates are a draw without replacement.
    rates = np.arange(1, (length - shown) // 2 + 1) ** (POWER - 1)
    places = shown + 2 * (rng.exponential(size=(batch, len(rates))) / rates).argsort(1)[:, :n_pairs]
    rows = np.arange(batch)[:, None]
    inputs[rows, places] = keys
    targets, mask = np.zeros((batch, length), np.int64), np.zeros((batch, length), bool)
    targets[rows, places], mask[rows, places] = held, True
    return Batch(inputs, targets, mask)

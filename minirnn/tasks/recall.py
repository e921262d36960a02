"""Associative recall: find the key in the past, and say what stood beside it.

Induction heads: random symbols, and a trigger (!) that comes twice, somewhere and at the very end.

    4 1 3 ! 2 0 3 1 4 !    inputs
                      2    target, at the last step: what followed the trigger the first time

One pair has to be kept, and where it comes is not known: the layer must be able to store at will, but
needs little room. (Gu and Dao 2023, "Mamba", arXiv 2312.00752, appendix E.1, after Fu et al. 2022,
arXiv 2212.14052: n_symbols = 15, trained at length 256, tested far beyond.)

Phone book: names with their numbers, then one of the names again; its number is to be continued.

    Ann 3 1 Bob 0 4 Cat 9 9 Bob 0    inputs
                              0 4    targets, at the last two steps

All pairs have to be kept, because any may be asked for: with enough entries every state of fixed size is
too small, while attention only needs the book to be inside its window. (Jelassi et al. 2024, "Repeat After
Me", arXiv 2402.01032; De et al. 2024, "Griffin", arXiv 2402.19427, section 6.) After the first digit the
inputs hold the right digits so far, as in language modelling.

Chance: uniform among the symbols, and among the ten digits. (In a short induction sequence a network that
counts symbols does a little better: what followed the trigger is one of those that are there.)
"""

import numpy as np

from minirnn.tasks.common import Batch, Chance, Seed, at_least, guess, last_steps

N_DIGITS = 10
PHONE_BOOK_CHANCE = guess(N_DIGITS)


def induction_heads_chance(n_symbols: int) -> Chance:
    """The score of a network that cannot find the trigger."""
    return guess(n_symbols)


def induction_heads(batch: int, length: int, n_symbols: int, seed: Seed) -> Batch:
    """The symbol after the first trigger, which stands anywhere with the same probability.

    Tokens: 0 to n_symbols - 1 are symbols, n_symbols is the trigger.
    inputs, targets (batch, length) int64; the last step counts.
    Raises ValueError for length < 3 or n_symbols < 2.
    """
    at_least(1, batch=batch)
    at_least(3, length=length)
    at_least(2, n_symbols=n_symbols)
    rng = np.random.default_rng(seed)
    inputs = rng.integers(0, n_symbols, (batch, length))
    targets = np.zeros((batch, length), np.int64)
    rows, place = np.arange(batch), rng.integers(0, length - 2, batch)
    inputs[rows, place] = inputs[:, -1] = n_symbols
    targets[:, -1] = inputs[rows, place + 1]
    return Batch(inputs, targets, last_steps(batch, length))


def phone_book(batch: int, n_entries: int, n_digits: int, n_names: int, seed: Seed) -> Batch:
    """The number of one of n_entries people; each entry is a name and n_digits digits.

    Tokens: 0 to 9 are digits, 10 to 9 + n_names are names, all different within a book.
    inputs, targets (batch, n_entries * (n_digits + 1) + n_digits) int64; the last n_digits steps count.
    Raises ValueError for n_entries < 1, n_digits < 1 or n_names < n_entries.
    """
    at_least(1, batch=batch, n_entries=n_entries, n_digits=n_digits)
    at_least(n_entries, n_names=n_names)
    rng = np.random.default_rng(seed)
    names = N_DIGITS + rng.random((batch, n_names)).argsort(1)[:, :n_entries]
    numbers = rng.integers(0, N_DIGITS, (batch, n_entries, n_digits))
    entries = np.concatenate([names[..., None], numbers], 2)
    asked = entries[np.arange(batch), rng.integers(0, n_entries, batch)]
    text = np.concatenate([entries.reshape(batch, -1), asked], 1)
    mask = last_steps(batch, text.shape[1] - 1, n_digits)
    return Batch(text[:, :-1], np.where(mask, text[:, 1:], 0), mask)

"""The n-gram baselines against dictionaries, closed forms and numbers worked out by hand."""

import math
from collections import Counter

import numpy as np
import pytest

import minirnn.text.ngram
from minirnn.text.ngram import Baseline, baselines

NATURAL = (
    "the cat sat on the mat and the dog sat on the log; the cat saw the dog and the dog saw the cat, "
    "and then the cat and the dog sat together on the mat, not on the log. "
) * 3 + "a new ending that was not there before, with the cat, the quick fox and a zebra"


def by_loop(train, val, vocab_size, order, beta):
    """The definition, one token at a time."""
    pairs, contexts = Counter(), Counter()
    for t in range(order, len(train)):
        context = tuple(train[t - order : t])
        pairs[context, train[t]] += 1
        contexts[context] += 1
    text, loss = list(train) + list(val), 0.0
    for t in range(len(train), len(text)):
        context = tuple(text[t - order : t])
        p = (pairs[context, text[t]] + beta) / (contexts[context] + beta * vocab_size)
        loss -= math.log(p)
    return loss / len(val)


def natural():
    symbols = sorted(set(NATURAL))
    ids = [symbols.index(c) for c in NATURAL]
    return ids[:480], ids[480:], len(symbols)


def drawn(vocab_size, seed):
    # Squared, so that some symbols are common and some of the vocabulary never appears.
    ids = (np.random.default_rng(seed).random(400) ** 2 * vocab_size).astype(int).tolist()
    return ids[:350], ids[350:], vocab_size


TEXTS = {
    "natural": natural(),
    "two": drawn(2, 0),
    "seven": drawn(7, 1),
    "bytes": drawn(256, 2),
    "rare": drawn(9000, 3),
}


@pytest.mark.parametrize("chunk", [7, 64, 1 << 22])
@pytest.mark.parametrize("table", [0, 3000, 1 << 26])
@pytest.mark.parametrize("name", TEXTS)
def test_every_order_and_beta_equals_the_loop(monkeypatch, name, table, chunk):
    monkeypatch.setattr(minirnn.text.ngram, "TABLE", table)
    monkeypatch.setattr(minirnn.text.ngram, "CHUNK", chunk)
    train, val, vocab_size = TEXTS[name]
    for beta in (2.5, 0.05):
        got = baselines(np.array(train), np.array(val), vocab_size, range(6), [beta])
        assert [b.order for b in got] == list(range(6))
        for b in got:
            assert b.beta == beta
            assert b.nats == pytest.approx(by_loop(train, val, vocab_size, b.order, beta), rel=1e-12)


@pytest.mark.parametrize("table", [0, 1 << 26])
def test_contexts_are_numbered_by_rank_without_gaps(monkeypatch, table):
    monkeypatch.setattr(minirnn.text.ngram, "TABLE", table)
    monkeypatch.setattr(minirnn.text.ngram, "CHUNK", 50)
    contexts, symbols = np.random.default_rng(0).integers(0, 9, (2, 120))
    pairs = list(zip(contexts.tolist(), symbols.tolist(), strict=True))
    rank = {pair: i for i, pair in enumerate(sorted(set(pairs)))}
    numbers, size = minirnn.text.ngram._number(contexts.astype(np.int32), 9, symbols, 9)
    assert numbers.tolist() == [rank[pair] for pair in pairs]
    assert size == len(rank) < 81


def test_the_best_beta_of_the_default_five_wins():
    train, val, vocab_size = TEXTS["natural"]
    got = baselines(np.array(train), np.array(val), vocab_size)
    assert [b.order for b in got] == [0, 1, 2, 3, 4, 5]
    for b in got:
        losses = {beta: by_loop(train, val, vocab_size, b.order, beta) for beta in (1, 0.3, 0.1, 0.03, 0.01)}
        assert b.beta == min(losses, key=losses.get)
        assert b.nats == pytest.approx(min(losses.values()), rel=1e-12)


def test_worked_by_hand():
    # train = a a b a, val = b c, V = 3, beta = 1/2.
    # order 0: n(a) = 3, n(b) = 1, n = 4: p(b) = 1.5/5.5, p(c) = 0.5/5.5.
    # order 1: n(a, a) = 1, n(a, b) = 1, n(b, a) = 1: p(b | a) = 1.5/3.5, p(c | b) = 0.5/2.5.
    # order 3: one context, aab; the contexts of val, aba and bab, were never seen: 1/3 each.
    got = baselines(np.array([0, 0, 1, 0]), np.array([1, 2]), 3, [0, 1, 3], [0.5])
    expected = [
        -(math.log(1.5 / 5.5) + math.log(0.5 / 5.5)) / 2,
        -(math.log(1.5 / 3.5) + math.log(0.5 / 2.5)) / 2,
        math.log(3),
    ]
    assert [b.nats for b in got] == pytest.approx(expected, rel=1e-14)


def test_validation_starts_from_the_end_of_training():
    # After "0 1" always comes "0": the one validation token is predicted by a context inside train.
    [b] = baselines(np.array([0, 1] * 500), np.array([0]), 2, [2], [0.01])
    assert b.nats == pytest.approx(-math.log(499.01 / 499.02), rel=1e-9)


def test_a_huge_beta_gives_the_uniform_distribution():
    train, val, vocab_size = TEXTS["natural"]
    for b in baselines(np.array(train), np.array(val), vocab_size, betas=[1e12]):
        assert b.nats == pytest.approx(math.log(vocab_size), abs=1e-8)


def test_a_periodic_text_costs_nothing_once_the_context_tells_the_place():
    # The period is a b a c: one symbol before does not tell what follows a, two do.
    ids = np.array([0, 1, 0, 2] * 5000)
    one, two = baselines(ids[:16000], ids[16000:], 3, [1, 2])
    assert one.nats == pytest.approx(math.log(2) / 2, abs=1e-3)
    assert 0 < two.nats < 1e-5


def test_drawn_at_random_no_order_beats_the_entropy():
    p = np.array([0.5, 0.25, 0.125, 0.125])
    ids = np.random.default_rng(0).choice(4, 200_000, p=p)
    entropy = -(p * np.log(p)).sum()
    for b in baselines(ids[:180_000], ids[180_000:], 4, range(4)):
        assert b.nats == pytest.approx(entropy, abs=0.02)


def test_256_symbols_of_order_8_do_not_overflow():
    # 256 ** 9 is beyond 64 bits; a repeated text must still be found again, an unseen one must not.
    rng = np.random.default_rng(0)
    once, other = rng.integers(0, 256, (2, 2000))
    ids = np.concatenate([once, once]).astype(np.uint8)
    [seen] = baselines(ids[:3900], ids[3900:], 256, [8], [0.01])
    assert seen.nats == pytest.approx(math.log((1 + 2.56) / 1.01), rel=1e-9)
    # Only the first token's context, the end of train, was seen before, and with another symbol after it.
    [unseen] = baselines(ids[:3900], other.astype(np.uint8), 256, [8], [0.01])
    assert unseen.nats == pytest.approx((math.log(3.56 / 0.01) + 1999 * math.log(256)) / 2000, rel=1e-9)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.int64])
def test_any_integer_type_gives_the_same_and_is_left_alone(dtype):
    train, val, vocab_size = TEXTS["bytes"]
    a, b = np.array(train, dtype), np.array(val, dtype)
    expected = baselines(np.array(train), np.array(val), vocab_size)
    assert baselines(a, b, vocab_size) == expected
    assert a.tolist() == train and b.tolist() == val


def test_orders_come_back_as_asked():
    train, val, vocab_size = TEXTS["seven"]
    every = baselines(np.array(train), np.array(val), vocab_size)
    assert baselines(np.array(train), np.array(val), vocab_size, [4, 1]) == [every[4], every[1]]
    assert baselines(np.array(train), np.array(val), vocab_size, []) == []


def test_a_text_shorter_than_the_context_is_uniform():
    got = baselines(np.array([0, 1]), np.array([1]), 2, [5], [0.1])
    assert got == [Baseline(5, 0.1, pytest.approx(math.log(2)))]


@pytest.mark.parametrize(
    ("train", "val", "options", "named"),
    [
        ([0, 3], [1], {}, ["train", "from 0 to 3", "vocab_size 3 allows 0 to 2"]),
        ([0, 1], [-1], {}, ["val", "-1"]),
        ([], [1], {}, ["train is empty"]),
        ([1], [], {}, ["val is empty"]),
        ([[0, 1]], [1], {}, ["train", "(1, 2)"]),
        ([0.5, 1.0], [1], {}, ["train", "float64"]),
        ([0, 1], [1], {"orders": [2, -1]}, ["order", "-1"]),
        ([0, 1], [1], {"betas": [0.1, 0.0]}, ["betas", "0.0"]),
        ([0, 1], [1], {"betas": []}, ["betas"]),
    ],
)
def test_bad_input_is_named(train, val, options, named):
    arrays = [np.array(x, None if x else int) for x in (train, val)]
    with pytest.raises(ValueError) as raised:
        baselines(*arrays, 3, **options)
    for word in named:
        assert word in str(raised.value)

"""Markov chains against their exact law; the add-beta rule against Bayes, by enumeration and by sampling."""

import itertools
import math

import numpy as np
import pytest
from scipy.stats import betabinom, chi2_contingency, chisquare

from minirnn.tasks.common import Batch
from minirnn.tasks.markov import (
    add_beta,
    expected_loss,
    markov_chain,
    markov_chance,
    mean_loss,
    switching_chain,
)

# order, symbols, beta, switch
LAWS = [(0, 3, 0.5, 0.0), (1, 2, 0.5, 0.0), (1, 3, 1.0, 0.0), (2, 2, 2.0, 0.0)]
LAWS += [(0, 2, 0.5, 0.3), (1, 2, 1.0, 0.3), (2, 2, 0.5, 0.2)]


def probability(tokens, order, n_symbols, beta, switch):
    """The chance of this very sequence, with the kernels integrated out (the Dirichlet-multinomial law)."""
    p, counts, segment = 1.0, {}, []

    def finish():
        q = 1.0
        for n in counts.values():
            q *= math.exp(math.lgamma(n_symbols * beta) - math.lgamma(n_symbols * beta + sum(n)))
            q *= math.exp(sum(math.lgamma(beta + m) - math.lgamma(beta) for m in n))
        return q

    for x in tokens:
        if x == n_symbols:
            p *= switch * finish()
            counts, segment = {}, []
            continue
        p *= 1 - switch
        if len(segment) < order:
            p /= n_symbols
        else:
            context = tuple(segment[len(segment) - order :])
            counts.setdefault(context, [0] * n_symbols)[x] += 1
        segment.append(x)
    return p * finish()


def every(length, n_symbols, switch):
    return list(itertools.product(range(n_symbols + (switch > 0)), repeat=length))


def whole(batch: Batch):
    return np.concatenate([batch.inputs, batch.targets[:, -1:]], 1)


@pytest.mark.parametrize("law", LAWS)
def test_sequences_come_as_often_as_they_should(law):
    order, n_symbols, beta, switch = law
    if switch:
        batch = switching_chain(20_000, 4, order, n_symbols, beta, switch, 1)
    else:
        batch = markov_chain(20_000, 4, order, n_symbols, beta, 1)
    assert (batch.inputs[:, 1:] == batch.targets[:, :-1]).all()
    sequences = every(5, n_symbols, switch)
    base = n_symbols + (switch > 0)
    counts = np.bincount(whole(batch) @ base ** np.arange(5)[::-1], minlength=base**5)
    expected = 20_000 * np.array([probability(s, *law) for s in sequences])
    assert expected.sum() == pytest.approx(20_000)
    rare = expected < 5
    observed = np.append(counts[~rare], counts[rare].sum() + 1)
    assert chisquare(observed, np.append(expected[~rare], expected[rare].sum() + 1)).pvalue > 1e-4


@pytest.mark.parametrize("switch", [0.0, 0.2])
@pytest.mark.parametrize("order", [0, 1, 2])
def test_a_step_counts_once_its_context_is_whole(order, switch):
    inputs, _, mask = switching_chain(50, 20, order, 2, 1.0, switch, 0)
    for row, counted in zip(inputs.tolist(), mask.tolist(), strict=True):
        for t in range(20):
            context = row[max(t + 1 - order, 0) : t + 1]
            assert counted[t] == (len(context) == order and 2 not in context)
    assert (2 in inputs) == (switch > 0)


def test_one_kernel_for_one_sequence():
    inputs = markov_chain(2, 8000, 1, 3, 1.0, 0).inputs
    tables = np.zeros((2, 2, 3, 3), int)
    for row in range(2):
        for half in range(2):
            part = inputs[row, 4000 * half : 4000 * (half + 1)]
            np.add.at(tables[row, half], (part[:-1], part[1:]), 1)
    for context in range(3):
        first, second = tables[:, :, context]
        for halves in (first, second):
            assert chi2_contingency(halves[:, halves.sum(0) > 0]).pvalue > 1e-4
        assert chi2_contingency(np.stack([first.sum(0), second.sum(0)])).pvalue < 1e-6


@pytest.mark.parametrize("law", LAWS)
def test_add_beta_gives_every_sequence_its_probability(law):
    _, n_symbols, _, switch = law
    sequences = np.array(every(6, n_symbols, switch))
    p = add_beta(sequences, *law)
    assert p.shape == (*sequences.shape, n_symbols + 1)
    np.testing.assert_allclose(p.sum(2), 1, rtol=1e-12)
    for tokens, prediction in zip(sequences.tolist(), p, strict=True):
        for t in range(5):
            ratio = probability(tokens[: t + 2], *law) / probability(tokens[: t + 1], *law)
            assert prediction[t, tokens[t + 1]] == pytest.approx(ratio, rel=1e-9)


@pytest.mark.parametrize(("order", "n_symbols", "beta"), [(1, 2, 1.0), (2, 2, 0.5), (1, 3, 0.7)])
def test_add_beta_is_the_posterior_mean_over_kernels(order, n_symbols, beta):
    # Bayes by brute force: kernels from the prior, each weighted with the likelihood of what was seen.
    rng = np.random.default_rng(0)
    kernels = rng.dirichlet([beta] * n_symbols, (400_000, n_symbols**order))
    for seed in range(3):
        [tokens] = markov_chain(1, 12, order, n_symbols, beta, seed).inputs
        log_weight, contexts = np.zeros(len(kernels)), []
        for t in range(order, len(tokens) + 1):
            context = 0
            for x in tokens[t - order : t]:
                context = n_symbols * context + int(x)
            contexts.append(context)
            if t < len(tokens):
                log_weight += np.log(kernels[:, context, tokens[t]])
        weight = np.exp(log_weight - log_weight.max())
        mean = weight @ kernels[:, contexts[-1]] / weight.sum()
        best = add_beta(tokens[None], order, n_symbols, beta)[0, -1, :-1]
        np.testing.assert_allclose(best, mean, atol=0.01)


def test_add_beta_by_hand():
    # The example of the text. 1 was followed by 0 three times, and by nothing else: 4/5 for beta = 1.
    tokens = np.array([[0, 1, 0, 0, 1, 0, 0, 1, 0, 1]])
    p = add_beta(tokens, 1, 2, 1.0)[0]
    assert p[-1].tolist() == pytest.approx([4 / 5, 1 / 5, 0])
    # Before the last symbol the context is 0, which was followed by 1, 0, 1, 0, 1.
    assert p[-2].tolist() == pytest.approx([3 / 7, 4 / 7, 0])
    assert p[0].tolist() == pytest.approx([1 / 2, 1 / 2, 0])
    # A switch (2) wipes the counts, and takes its share.
    p = add_beta(np.array([[0, 1, 0, 1, 0, 2, 0, 1, 0]]), 1, 2, 1.0, switch=0.1)[0]
    assert p[4].tolist() == pytest.approx([0.9 / 4, 0.9 * 3 / 4, 0.1])
    assert p[5].tolist() == p[6].tolist() == pytest.approx([0.45, 0.45, 0.1])
    assert p[8].tolist() == pytest.approx([0.9 / 3, 0.9 * 2 / 3, 0.1])


def test_add_beta_takes_any_integers_and_leaves_them():
    tokens = markov_chain(3, 20, 2, 3, 1.0, 0).inputs
    for dtype in (np.uint8, np.int32, np.uint64):
        other = tokens.astype(dtype)
        assert (add_beta(other, 2, 3, 1.0) == add_beta(tokens, 2, 3, 1.0)).all()
        assert (other == tokens).all()
    assert add_beta(np.zeros((2, 0), int), 1, 2, 1.0).shape == (2, 0, 3)


@pytest.mark.parametrize("switch", [0.0, 0.05])
def test_no_other_rule_does_better(switch):
    batch = switching_chain(400, 100, 1, 3, 0.6, switch, 0)

    def loss(order, beta, switch):
        return mean_loss(add_beta(batch.inputs, order, 3, beta, switch), batch)

    best = loss(1, 0.6, switch)
    assert best < min(loss(1, 0.3, switch), loss(1, 1.2, switch), loss(0, 0.6, switch), loss(2, 0.6, switch))
    assert best < loss(1, 0.6, 0.1)
    assert best < markov_chance(3).nats


def test_a_kernel_without_chance_is_learnt_at_once():
    # With a tiny beta each context has one successor: seen once, it is known.
    inputs, targets, _ = markov_chain(100, 60, 1, 3, 1e-4, 0)
    p = add_beta(inputs, 1, 3, 1e-4)
    known = (inputs[:, :-1, None] == inputs[:, None, -1:]).any((1, 2))
    right = p[:, -1].argmax(1) == targets[:, -1]
    assert known.mean() > 0.9 and right[known].mean() > 0.98


def test_mean_loss_counts_the_mask_alone():
    batch = Batch(np.zeros((1, 3), int), np.array([[0, 1, 1]]), np.array([[True, False, True]]))
    p = np.array([[[0.5, 0.5], [0.9, 0.1], [0.75, 0.25]]])
    assert mean_loss(p, batch) == pytest.approx((math.log(2) + math.log(4)) / 2)
    uniform = np.full((1, 3, 2), 0.5)
    assert mean_loss(uniform, batch) == pytest.approx(markov_chance(2).nats)
    assert markov_chance(2).accuracy == 0.5


@pytest.mark.parametrize("law", [(0, 2, 0.5, 0.0), (1, 2, 0.5, 0.0), (2, 2, 1.0, 0.0), (1, 2, 1.0, 0.2)])
def test_expected_loss_by_enumeration(law):
    order, n_symbols, beta, switch = law
    total = counted = 0.0
    for tokens in every(6, n_symbols, switch):
        p = probability(tokens, *law)
        for t in range(5):
            context = tokens[max(t + 1 - order, 0) : t + 1]
            if len(context) == order and n_symbols not in context:
                before, after = (probability(tokens[:n], *law) for n in (t + 1, t + 2))
                total -= p * math.log(after / before)
                counted += p
    loss, error = expected_loss(5, order, n_symbols, beta, 0, switch, samples=4000)
    assert error < 0.01
    assert abs(loss - total / counted) < 4 * error


def test_expected_loss_of_order_0_in_closed_form():
    # After n symbols the count of each is beta-binomial.
    beta, n_symbols, length = 0.5, 3, 30
    losses = []
    for n in range(1, length + 1):
        m = np.arange(n + 1)
        p = (m + beta) / (n + n_symbols * beta)
        losses.append(-n_symbols * (betabinom.pmf(m, n, beta, (n_symbols - 1) * beta) * p * np.log(p)).sum())
    loss, error = expected_loss(length, 0, n_symbols, beta, 0, samples=4000)
    assert error < 0.01 and abs(loss - np.mean(losses)) < 4 * error


def test_the_standard_error_is_the_spread_of_the_estimate():
    estimates = [expected_loss(20, 2, 2, 1.0, seed, 0.3, samples=50) for seed in range(200)]
    spread = np.std([loss for loss, _ in estimates], ddof=1)
    assert np.mean([error for _, error in estimates]) == pytest.approx(spread, rel=0.15)

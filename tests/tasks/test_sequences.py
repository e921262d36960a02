"""Copying, adding, order, groups and recall: each solved by a program that reads one step at a time.

Such a solver proves two things: that the answer can be had from the inputs, and that it comes in time.
"""

import itertools
import math
from collections import Counter

import numpy as np
import pytest
from scipy.stats import chisquare

from minirnn.tasks import adding as adding_task
from minirnn.tasks import order as order_task
from minirnn.tasks.adding import adding
from minirnn.tasks.copying import copying, copying_chance, selective_copying
from minirnn.tasks.groups import (
    PARITY_CHANCE,
    elements,
    multiplication_table,
    parity,
    permutations,
    permutations_chance,
)
from minirnn.tasks.mqar import mqar, mqar_chance, shown_chance
from minirnn.tasks.order import temporal_order
from minirnn.tasks.recall import PHONE_BOOK_CHANCE, induction_heads, induction_heads_chance, phone_book


def uniform(values, support) -> bool:
    """Whether integer values fall on all of `support`, only there, and evenly (chi-square, one in 10,000)."""
    counts = Counter(np.asarray(values).ravel().tolist())
    assert set(counts) == set(support)
    return len(counts) == 1 or chisquare([counts[v] for v in support]).pvalue > 1e-4


# Copying


def queue(tokens, marker):
    """Keep all that is not blank; at each marker give the oldest one out."""
    kept, said = [], []
    for x in tokens:
        if x == marker:
            said.append(kept.pop(0))
        elif x != 0:
            kept.append(x)
    assert kept == []
    return said


@pytest.mark.parametrize(
    "batch",
    [
        copying(20, 5, 9, 6, 0),
        copying(20, 1, 0, 6, 0),
        selective_copying(20, 30, 5, 6, 0),
        selective_copying(20, 5, 5, 6, 0),
    ],
)
def test_copying_by_a_queue(batch):
    for inputs, targets, mask in zip(*batch, strict=True):
        assert queue(inputs.tolist(), 7) == targets[mask].tolist()


def test_copying_is_a_fixed_delay():
    inputs, targets, mask = copying(50, 4, 6, 3, 0)
    assert (inputs[:, :4] > 0).all() and (inputs[:, 4:10] == 0).all() and (inputs[:, 10:] == 4).all()
    assert mask.tolist() == [[False] * 10 + [True] * 4] * 50
    assert (targets[:, 10:] == inputs[:, :4]).all() and (targets[:, :10] == 0).all()
    assert uniform(inputs[:, :4], range(1, 4))


def test_selective_copying_takes_every_set_of_places_as_often():
    inputs, targets, mask = selective_copying(6000, 6, 2, 3, 0)
    places = [tuple(np.flatnonzero(row)) for row in inputs[:, :6]]
    pairs = list(itertools.combinations(range(6), 2))
    assert uniform([pairs.index(p) for p in places], range(15))
    assert uniform(targets[mask], range(1, 4))
    assert (inputs[:, 6:] == 4).all() and mask.tolist() == [[False] * 6 + [True] * 2] * 6000


def test_copying_chance_is_the_best_score_without_memory():
    # Without the data only the prior is left: of all equally likely data, what share does one answer hit?
    every = list(itertools.product(range(1, 4), repeat=2))
    best = max(np.mean([x == y for data in every for x, y in zip(data, said, strict=True)]) for said in every)
    accuracy, nats = copying_chance(3)
    assert best == pytest.approx(accuracy) and nats == pytest.approx(math.log(len(every)) / 2)


# Adding


def test_adding_by_a_running_sum():
    inputs, targets, mask = adding(200, 37, 0)
    total = np.zeros(200)
    for number, mark in inputs.transpose(1, 2, 0).astype(float):
        total += number * mark / 2
    np.testing.assert_allclose(targets[mask], total, atol=1e-7)
    assert set(np.unique(inputs[..., 1])) == {0, 1} and (inputs[..., 1].sum(1) == 2).all()
    assert mask[:, -1].all() and mask.sum() == 200 and (targets[:, :-1] == 0).all()


@pytest.mark.parametrize(
    ("length", "first", "second"), [(40, range(4), range(4, 20)), (19, [0], range(1, 9))]
)
def test_adding_marks_stand_in_the_first_tenth_and_before_the_middle(length, first, second):
    inputs = adding(4000, length, 0).inputs
    marks = np.array([np.flatnonzero(row) for row in inputs[..., 1]])
    assert uniform(marks[:, 0], first) and uniform(marks[:, 1], second)
    numbers = inputs[..., 0]
    assert 0 <= numbers.min() < 0.01 and 0.99 < numbers.max() < 1
    assert numbers.mean() == pytest.approx(0.5, abs=0.005)
    assert numbers.var() == pytest.approx(1 / 12, abs=0.002)


def test_adding_chance_by_integration():
    x, y = np.meshgrid(*[(np.arange(2000) + 0.5) / 2000] * 2)
    squared_error = ((x + y) / 2 - 0.5) ** 2
    assert squared_error.mean() == pytest.approx(adding_task.CHANCE_SQUARED_ERROR, rel=1e-5)
    right = squared_error <= adding_task.RIGHT_SQUARED_ERROR
    assert right.mean() == pytest.approx(adding_task.CHANCE_ACCURACY, abs=2e-3)
    assert pytest.approx(0.64) == adding_task.CHANCE_ACCURACY
    one_known = ((x + y) / 2 - (x / 2 + 0.25)) ** 2
    assert one_known.mean() == pytest.approx(adding_task.HALF_SQUARED_ERROR, rel=1e-5)


def test_adding_chance_on_the_task_itself():
    batch = adding(20_000, 10, 0)
    error = ((batch.targets[batch.mask] - 0.5) ** 2).mean()
    assert error == pytest.approx(adding_task.CHANCE_SQUARED_ERROR, rel=0.03)


# Temporal order


def test_temporal_order_by_listing_the_events():
    inputs, targets, mask = temporal_order(300, 29, 0)
    answers = {(0, 0): 0, (0, 1): 1, (1, 0): 2, (1, 1): 3}
    said = [answers[tuple(x for x in row.tolist() if x < 2)] for row in inputs]
    assert said == targets[mask].tolist()
    assert mask[:, -1].all() and mask.sum() == 300 and (targets[:, :-1] == 0).all()


@pytest.mark.parametrize("length", [40, 15, 10])
def test_temporal_order_places_and_classes_are_even(length):
    inputs, targets, _ = temporal_order(6000, length, 0)
    places = np.array([np.flatnonzero(row < 2) for row in inputs])
    tenth = length / 10
    assert uniform(places[:, 0], range(int(tenth), int(2 * tenth)))
    assert uniform(places[:, 1], range(int(5 * tenth), int(6 * tenth)))
    assert uniform(targets[:, -1], range(4))
    assert uniform(inputs[inputs >= 2], range(2, 6))


def test_temporal_order_chance_by_enumeration():
    classes = list(itertools.product([0, 1], repeat=2))
    assert (1 / len(classes), pytest.approx(math.log(len(classes)))) == order_task.TEMPORAL_ORDER_CHANCE
    knowing_the_first = [c for c in classes if c[0] == 1]
    assert order_task.ONE_EVENT_CHANCE.accuracy == 1 / len(knowing_the_first)
    assert len(np.unique(temporal_order(200, 20, 0).inputs)) == order_task.N_TOKENS


# Parity and permutations


def test_parity_by_counting():
    inputs, targets, mask = parity(50, 40, 0)
    for t in range(40):
        assert targets[:, t].tolist() == [row[: t + 1].tolist().count(1) % 2 for row in inputs]
    assert mask.all() and uniform(inputs, range(2))


@pytest.mark.parametrize("degree", [2, 3, 4, 5])
def test_permutations_by_products_of_matrices(degree):
    # P(g) has its ones at (g(i), i), so that it takes the unit vector e_i to e_g(i).
    order = list(itertools.permutations(range(degree)))
    matrices = np.zeros((len(order), degree, degree))
    for g, images in enumerate(order):
        for i, image in enumerate(images):
            matrices[g, image, i] = 1
    inputs, targets, mask = permutations(8, 30, degree, 0)
    for row, answers in zip(inputs, targets, strict=True):
        product = np.eye(degree)
        for g, answer in zip(row, answers, strict=True):
            product = matrices[g] @ product
            assert (product == matrices[answer]).all()
    assert mask.all()
    assert [tuple(g) for g in elements(degree).tolist()] == order


def test_permutations_uniform_and_the_example_of_the_text():
    assert uniform(permutations(200, 50, 3, 0).inputs, range(6))
    names = ["".join(map(str, g)) for g in elements(3)]
    table = multiplication_table(3)
    state, states = 0, []
    for move in ("102", "021", "210"):
        state = table[names.index(move), state]
        states.append(names[state])
    assert states == ["102", "201", "021"]


@pytest.mark.parametrize("degree", [2, 3, 5, 6])
def test_the_table_is_a_group(degree):
    table = multiplication_table(degree)
    n = math.factorial(degree)
    assert table.shape == (n, n) and (table[0] == np.arange(n)).all() and (table[:, 0] == np.arange(n)).all()
    assert (np.sort(table, 0) == np.arange(n)[:, None]).all() and (np.sort(table, 1) == np.arange(n)).all()
    a, b, c = np.random.default_rng(0).integers(0, n, (3, 500))
    assert (table[table[a, b], c] == table[a, table[b, c]]).all()
    assert (table == table.T).all() == (degree == 2)


def test_permutations_of_two_are_parity():
    assert all((a == b).all() for a, b in zip(permutations(9, 30, 2, 4), parity(9, 30, 4), strict=True))


@pytest.mark.parametrize("missed", [0, 1, 2])
def test_who_misses_a_move_can_only_guess(missed):
    # Of all sequences of three moves that agree but for one place, every product is reached once.
    table, known = multiplication_table(3), [4, 1, 3]
    reached = []
    for move in range(6):
        moves = [*known[:missed], move, *known[missed + 1 :]]
        reached.append(table[moves[2], table[moves[1], moves[0]]])
    assert sorted(reached) == list(range(6))
    assert permutations_chance(3) == (1 / 6, pytest.approx(math.log(6)))
    assert permutations_chance(5).accuracy == 1 / 120
    assert (0.5, pytest.approx(math.log(2))) == PARITY_CHANCE


# Recall


def test_induction_heads_by_looking_back():
    inputs, targets, mask = induction_heads(500, 9, 4, 0)
    for row, answer in zip(inputs.tolist(), targets[mask].tolist(), strict=True):
        assert row.count(4) == 2 and row[-1] == 4
        assert row[row.index(4) + 1] == answer < 4
    assert mask[:, -1].all() and mask.sum() == 500 and (targets[:, :-1] == 0).all()


def test_induction_heads_places_and_symbols_are_even():
    inputs, targets, _ = induction_heads(6000, 9, 4, 0)
    assert uniform(inputs.argmax(1), range(7))
    assert uniform(targets[:, -1], range(4)) and uniform(inputs[inputs < 4], range(4))
    accuracy, nats = induction_heads_chance(4)
    assert max(Counter(targets[:, -1].tolist()).values()) / 6000 == pytest.approx(accuracy, abs=0.02)
    assert nats == pytest.approx(math.log(4))


def test_phone_book_by_a_dictionary():
    inputs, targets, mask = phone_book(300, 6, 3, 9, 0)
    for row, answer, counted in zip(inputs.tolist(), targets, mask, strict=True):
        entries = [row[i : i + 4] for i in range(0, 24, 4)]
        book = {name: number for name, *number in entries}
        assert len(book) == 6 and all(10 <= name < 19 for name in book)
        assert all(0 <= digit < 10 for number in book.values() for digit in number)
        asked, *said = row[24:]
        assert answer[counted].tolist() == book[asked] and said == book[asked][:-1]
    assert mask.tolist() == [[False] * 24 + [True] * 3] * 300 and (targets[:, :24] == 0).all()


def test_phone_book_names_numbers_and_questions_are_even():
    inputs, targets, mask = phone_book(6000, 3, 2, 5, 0)
    names = inputs[:, [0, 3, 6]]
    assert uniform(names, range(10, 15)) and uniform(targets[mask], range(10))
    assert uniform((names == inputs[:, [9]]).argmax(1), range(3))
    triples = list(itertools.permutations(range(10, 15), 3))
    assert uniform([triples.index(tuple(t)) for t in names.tolist()], range(60))
    # The digits of an answer are no function of the rest of the book: all pairs come equally often.
    assert uniform(10 * targets[:, -2] + targets[:, -1], range(100))
    assert (0.1, pytest.approx(math.log(10))) == PHONE_BOOK_CHANCE


@pytest.mark.parametrize(
    ("length", "n_pairs", "vocab_size"), [(4, 1, 4), (12, 3, 8), (40, 4, 30), (64, 16, 35)]
)
def test_mqar_by_a_dictionary(length, n_pairs, vocab_size):
    inputs, targets, mask = mqar(200, length, n_pairs, vocab_size, 0)
    n_keys = vocab_size // 2
    for tokens, answers, counts in zip(inputs.tolist(), targets.tolist(), mask.tolist(), strict=True):
        book = dict(zip(tokens[: 2 * n_pairs : 2], tokens[1 : 2 * n_pairs : 2], strict=True))
        assert len(book) == len(set(book.values())) == n_pairs
        assert all(0 < key < n_keys <= value < vocab_size for key, value in book.items())
        asked = [t for t in range(length) if counts[t]]
        assert all(t >= 2 * n_pairs and t % 2 == 0 for t in asked)
        assert sorted(tokens[t] for t in asked) == sorted(book)
        assert all(answers[t] == book[tokens[t]] for t in asked)


def test_mqar_draws_places_by_the_power_law_without_replacement():
    n = 20_000
    inputs, _, mask = mqar(n, 10, 2, 12, 2)
    law = np.arange(1, 4) ** -0.99
    law /= law.sum()
    asked = np.where(mask, inputs, 0)[:, 4::2]
    first, second = ((asked == inputs[:, k, None]).argmax(1) for k in (0, 2))
    assert chisquare(np.bincount(first), n * law).pvalue > 1e-4
    pairs = {(a, b): law[a] * law[b] / (1 - law[a]) for a, b in itertools.permutations(range(3), 2)}
    counts = Counter(zip(first.tolist(), second.tolist(), strict=True))
    assert chisquare([counts[pair] for pair in pairs], [n * p for p in pairs.values()]).pvalue > 1e-4
    keys = np.bincount(inputs[:, :4:2].ravel(), minlength=6)
    assert keys[0] == 0 and chisquare(keys[1:]).pvalue > 1e-4


def test_what_a_guess_scores_in_mqar():
    assert mqar_chance(7).accuracy == 1 / 4 and shown_chance(5).accuracy == 1 / 5
    _, targets, mask = mqar(5000, 12, 3, 9, 3)
    assert chisquare(np.bincount(targets[mask])[4:]).pvalue > 1e-4  # any of the values may be the answer

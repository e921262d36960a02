"""What every task promises: shapes, dtypes, one seed for one batch, no state, clear errors, no imports."""

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from minirnn.tasks.adding import adding
from minirnn.tasks.common import Batch, guess, last_steps
from minirnn.tasks.copying import copying, selective_copying
from minirnn.tasks.digits import digits
from minirnn.tasks.groups import multiplication_table, parity, permutations
from minirnn.tasks.markov import add_beta, expected_loss, markov_chain, switching_chain
from minirnn.tasks.mqar import mqar
from minirnn.tasks.order import temporal_order
from minirnn.tasks.recall import induction_heads, phone_book
from minirnn.tasks.shapes import moving_shapes

# Each with the shape of its inputs, the number of its tokens (0: not tokens) and how many steps count.
TASKS: dict[str, tuple[Callable[..., Batch], tuple[int, ...], int, int]] = {
    "copying": (lambda seed: copying(9, 4, 7, 5, seed), (9, 15), 7, 4),
    "selective_copying": (lambda seed: selective_copying(9, 11, 4, 5, seed), (9, 15), 7, 4),
    "adding": (lambda seed: adding(9, 23, seed), (9, 23, 2), 0, 1),
    "temporal_order": (lambda seed: temporal_order(9, 23, seed), (9, 23), 6, 1),
    "parity": (lambda seed: parity(9, 13, seed), (9, 13), 2, 13),
    "permutations": (lambda seed: permutations(9, 13, 4, seed), (9, 13), 24, 13),
    "induction_heads": (lambda seed: induction_heads(9, 13, 6, seed), (9, 13), 7, 1),
    "phone_book": (lambda seed: phone_book(9, 5, 3, 8, seed), (9, 23), 18, 3),
    "mqar": (lambda seed: mqar(9, 16, 3, 10, seed), (9, 16), 10, 3),
    "markov_chain": (lambda seed: markov_chain(9, 13, 2, 3, 1.0, seed), (9, 13), 3, 12),
    "switching_chain": (lambda seed: switching_chain(9, 13, 0, 3, 1.0, 0.2, seed), (9, 13), 4, 13),
    "moving_shapes": (lambda seed: moving_shapes(9, 5, 7, 3, seed), (9, 5, 7, 7), 0, 1),
}


@pytest.mark.parametrize("name", TASKS)
def test_shapes_and_dtypes(name):
    task, shape, tokens, counted = TASKS[name]
    inputs, targets, mask = task(seed=0)
    assert inputs.shape == shape and targets.shape == mask.shape == shape[:2]
    assert inputs.dtype == (np.int64 if tokens else np.float32)
    assert targets.dtype == (np.float32 if name == "adding" else np.int64)
    assert mask.dtype == bool and (mask.sum(1) == counted).all()
    if tokens:
        seen = np.unique(np.concatenate([task(seed=seed).inputs for seed in range(60)]))
        assert seen.tolist() == list(range(tokens))


@pytest.mark.parametrize("name", TASKS)
def test_the_seed_alone_decides(name):
    task = TASKS[name][0]
    np.random.seed(0)
    before = np.random.get_state()[1].copy()
    first = task(seed=(3, 1))
    for array in first:
        array[:] = 0  # what a caller does to a batch must not reach the next one
    one, two, other = task(seed=(3, 1)), task(seed=(3, 1)), task(seed=(3, 2))
    assert all((a == b).all() for a, b in zip(one, two, strict=True))
    assert (one.inputs != other.inputs).any() and (one.targets != other.targets).any()
    assert (task(seed=5).inputs != task(seed=6).inputs).any()
    assert (np.random.get_state()[1] == before).all()


@pytest.mark.parametrize("name", TASKS)
def test_the_arrays_of_a_batch_are_separate(name):
    arrays = TASKS[name][0](seed=0)
    for i, a in enumerate(arrays):
        assert a.flags.writeable
        assert not any(np.shares_memory(a, b) for b in arrays[i + 1 :])


def test_a_guess_scores_what_the_uniform_distribution_scores():
    p = np.full(6, 1 / 6)
    accuracy, nats = guess(6)
    assert accuracy == pytest.approx(1 / 6) and nats == pytest.approx(-(p * np.log(p)).sum())


def test_the_last_steps():
    assert last_steps(2, 4).tolist() == [[False, False, False, True]] * 2
    assert last_steps(1, 4, 3).tolist() == [[False, True, True, True]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: copying(0, 1, 1, 2, 0), "batch is 0, expected at least 1"),
        (lambda: copying(1, 0, 1, 2, 0), "n_data is 0, expected at least 1"),
        (lambda: copying(1, 1, -1, 2, 0), "delay is -1, expected at least 0"),
        (lambda: copying(1, 1, 1, 1, 0), "n_symbols is 1, expected at least 2"),
        (lambda: selective_copying(0, 1, 1, 2, 0), "batch is 0, expected at least 1"),
        (lambda: selective_copying(1, 1, 0, 2, 0), "n_data is 0, expected at least 1"),
        (lambda: selective_copying(1, 3, 4, 2, 0), "length is 3, expected at least 4"),
        (lambda: selective_copying(1, 1, 1, 1, 0), "n_symbols is 1, expected at least 2"),
        (lambda: adding(0, 10, 0), "batch is 0, expected at least 1"),
        (lambda: adding(1, 9, 0), "length is 9, expected at least 10"),
        (lambda: temporal_order(0, 10, 0), "batch is 0, expected at least 1"),
        (lambda: temporal_order(1, 9, 0), "length is 9, expected at least 10"),
        (lambda: parity(0, 1, 0), "batch is 0, expected at least 1"),
        (lambda: parity(1, 0, 0), "length is 0, expected at least 1"),
        (lambda: permutations(0, 1, 3, 0), "batch is 0, expected at least 1"),
        (lambda: permutations(1, 0, 3, 0), "length is 0, expected at least 1"),
        (lambda: permutations(1, 1, 1, 0), "degree is 1, expected 2 to 6"),
        (lambda: multiplication_table(7), "degree is 7, expected 2 to 6"),
        (lambda: induction_heads(0, 3, 2, 0), "batch is 0, expected at least 1"),
        (lambda: induction_heads(1, 2, 2, 0), "length is 2, expected at least 3"),
        (lambda: induction_heads(1, 3, 1, 0), "n_symbols is 1, expected at least 2"),
        (lambda: phone_book(0, 1, 1, 1, 0), "batch is 0, expected at least 1"),
        (lambda: phone_book(1, 0, 1, 1, 0), "n_entries is 0, expected at least 1"),
        (lambda: phone_book(1, 1, 0, 1, 0), "n_digits is 0, expected at least 1"),
        (lambda: phone_book(1, 3, 1, 2, 0), "n_names is 2, expected at least 3"),
        (lambda: mqar(0, 4, 1, 4, 0), "batch is 0, expected at least 1"),
        (lambda: mqar(1, 4, 0, 4, 0), "n_pairs is 0, expected at least 1"),
        (lambda: mqar(1, 10, 3, 8, 0), "length is 10, expected at least 12"),
        (lambda: mqar(1, 13, 3, 8, 0), "length is 13, expected an even number"),
        (lambda: mqar(1, 12, 3, 7, 0), "vocab_size is 7, expected at least 8"),
        (lambda: markov_chain(0, 1, 1, 2, 1.0, 0), "batch is 0, expected at least 1"),
        (lambda: markov_chain(1, 0, 0, 2, 1.0, 0), "length is 0, expected at least 1"),
        (lambda: markov_chain(1, 2, 3, 2, 1.0, 0), "length is 2, expected at least 3"),
        (lambda: markov_chain(1, 1, -1, 2, 1.0, 0), "order is -1, expected at least 0"),
        (lambda: markov_chain(1, 1, 1, 1, 1.0, 0), "n_symbols is 1, expected at least 2"),
        (lambda: markov_chain(1, 1, 1, 2, 0.0, 0), "beta is 0.0, expected more than 0"),
        (lambda: markov_chain(1, 1, 1, 2, float("nan"), 0), "beta is nan, expected more than 0"),
        (lambda: switching_chain(1, 1, 1, 2, 1.0, 1.0, 0), "switch is 1.0, expected a probability below 1"),
        (lambda: switching_chain(1, 1, 1, 2, 1.0, -0.1, 0), "switch is -0.1, expected a probability below 1"),
        (lambda: expected_loss(1, 1, 2, 1.0, 0, samples=1), "samples is 1, expected at least 2"),
        (lambda: add_beta(np.zeros((1, 2), int), -1, 2, 1.0), "order is -1, expected at least 0"),
        (lambda: add_beta(np.zeros(2, int), 1, 2, 1.0), "tokens has shape (2,) and dtype int64"),
        (lambda: add_beta(np.zeros((1, 2)), 1, 2, 1.0), "tokens has shape (1, 2) and dtype float64"),
        (lambda: add_beta(np.array([[0, 3]]), 1, 2, 1.0), "tokens go from 0 to 3, expected 0 to 2"),
        (lambda: add_beta(np.array([[-1, 1]]), 1, 2, 1.0), "tokens go from -1 to 1, expected 0 to 2"),
        (lambda: digits("val", 1, 0), 'split is \'val\', expected "train" or "test"'),
        (lambda: digits("train", 0, 0), "per_class is 0, expected at least 1"),
        (lambda: moving_shapes(0, 2, 6, 2, 0), "batch is 0, expected at least 1"),
        (lambda: moving_shapes(1, 2, 5, 2, 0), "size is 5, expected at least 6"),
        (lambda: moving_shapes(1, 2, 6, 1, 0), "visible is 1, expected at least 2"),
        (lambda: moving_shapes(1, 2, 6, 3, 0), "frames is 2, expected at least 3"),
    ],
)
def test_impossible_sizes_are_named(call, message):
    with pytest.raises(ValueError) as raised:
        call()
    assert str(raised.value).startswith(message)


def test_the_smallest_sizes_work():
    for batch in (
        copying(1, 1, 0, 2, 0),
        selective_copying(1, 1, 1, 2, 0),
        adding(1, 10, 0),
        temporal_order(1, 10, 0),
        parity(1, 1, 0),
        permutations(1, 1, 2, 0),
        induction_heads(1, 3, 2, 0),
        phone_book(1, 1, 1, 1, 0),
        mqar(1, 4, 1, 4, 0),
        markov_chain(1, 1, 1, 2, 1.0, 0),
        markov_chain(1, 3, 3, 2, 1.0, 0),
        moving_shapes(1, 2, 6, 2, 0),
    ):
        assert batch.mask.any()


def test_tasks_import_nothing_but_numpy():
    # They stand beside the rest of the library and lean on none of it; pictures load matplotlib when drawn.
    program = (
        "import importlib, pkgutil, sys, minirnn.tasks as tasks\n"
        "names = ['minirnn.tasks.' + m.name for m in pkgutil.iter_modules(tasks.__path__)]\n"
        "for name in names: importlib.import_module(name)\n"
        "roots = ('minirnn', 'torch', 'matplotlib', 'scipy')\n"
        "print(*sorted(m for m in sys.modules if m.split('.')[0] in roots\n"
        "              and m not in names))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["minirnn", "minirnn.base", "minirnn.base.threads", "minirnn.tasks"], (
        done.stderr
    )

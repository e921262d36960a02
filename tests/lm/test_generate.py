"""Sampling against closed forms, with a stand-in model whose distribution is written down in the test."""

import math

import numpy as np
import pytest
import torch
from scipy import stats

from minirnn.base.errors import UsageError, UserError
from minirnn.lm import LanguageModel, preset_config
from minirnn.lm.generate import draw, generate, keep_top_k, keep_top_p, tempered
from minirnn.text.corpus import Vocabulary

LETTERS = Vocabulary("chars", ("\n", "a", "b", "c"))
BYTES = Vocabulary("bytes", ())


class Script(torch.nn.Module):
    """Predicts, with certainty, the symbol at its position of a fixed text; the state is the position."""

    def __init__(self, ids, size):
        super().__init__()
        self.ids, self.size = ids, size
        self.seen, self.modes, self.graph = [], [], []

    def logits(self, position):
        row = torch.full((1, self.size), -50.0)
        row[0, self.ids[position % len(self.ids)]] = 50.0
        return row

    def forward(self, tokens, state=None, *, reset=None, only_last=False):
        assert only_last  # the logits of a long prompt and a large vocabulary would fill the memory
        self.seen.append(tokens.tolist())
        self.modes.append(self.training)
        self.graph.append(torch.is_inference_mode_enabled())
        return self.logits(0)[None], (torch.tensor([1]),)

    def step(self, token, state):
        assert token.shape == (1,)
        self.seen.append(int(token))
        self.graph.append(torch.is_inference_mode_enabled())
        position = int(state[0])
        return self.logits(position), (torch.tensor([position + 1]),)


class Fixed(torch.nn.Module):
    """The same distribution after every symbol."""

    def __init__(self, probabilities):
        super().__init__()
        self.row = torch.tensor([probabilities]).log()

    def forward(self, tokens, state=None, *, reset=None, only_last=False):
        return self.row[None], ()

    def step(self, token, state):
        return self.row, ()


def probabilities(logits):
    return logits.softmax(-1).tolist()


def test_temperature_is_the_power_of_the_probabilities():
    p = torch.tensor([0.5, 0.3, 0.2], dtype=torch.float64)
    for temperature in (0.5, 1.0, 2.0):
        want = p ** (1 / temperature) / (p ** (1 / temperature)).sum()
        assert probabilities(tempered(p.log(), temperature)) == pytest.approx(want.tolist())


def test_top_k_keeps_the_k_likeliest_and_renormalises():
    p = torch.tensor([[0.1, 0.4, 0.2, 0.3], [0.7, 0.1, 0.15, 0.05]], dtype=torch.float64)
    kept = keep_top_k(p.log(), 2).softmax(-1)
    assert kept[0].tolist() == pytest.approx([0, 4 / 7, 0, 3 / 7])
    assert kept[1].tolist() == pytest.approx([0.7 / 0.85, 0, 0.15 / 0.85, 0])
    assert torch.equal(keep_top_k(p, 4), p) and torch.equal(keep_top_k(p, 9), p)


def test_top_k_keeps_exactly_k_when_values_tie():
    assert int(keep_top_k(torch.zeros(1, 7), 3).isfinite().sum()) == 3


@pytest.mark.parametrize(
    ("p", "want"),
    [
        (0.01, [0, 1, 0, 0]),
        (0.5, [0, 1, 0, 0]),  # the likeliest alone reaches 0.5
        (0.51, [0, 2 / 3, 0, 1 / 3]),
        (0.7, [0, 2 / 3, 0, 1 / 3]),
        (0.8, [0, 4 / 7, 1 / 7, 2 / 7]),
        (0.99, [0.125, 0.5, 0.125, 0.25]),
    ],
)
def test_top_p_keeps_the_smallest_set_that_reaches_p(p, want):
    start = torch.tensor([0.125, 0.5, 0.125, 0.25], dtype=torch.float64).log()
    if p == 0.8:  # two symbols tie for the third place; either may be the one
        got = sorted(probabilities(keep_top_p(start, p)))
        assert got == pytest.approx(sorted(want))
    else:
        assert probabilities(keep_top_p(start, p)) == pytest.approx(want)


def test_top_p_against_brute_force():
    rng = np.random.default_rng(0)
    for _ in range(50):
        p = rng.dirichlet(np.ones(6) * 0.5)
        threshold = rng.uniform(0.05, 0.95)
        total, nucleus = 0.0, set()
        for index in sorted(range(6), key=lambda i: -p[i]):
            if total >= threshold:
                break
            nucleus.add(index)
            total += p[index]
        kept = keep_top_p(torch.from_numpy(p).log()[None], threshold)[0].isfinite()
        assert set(torch.nonzero(kept).flatten().tolist()) == nucleus


def test_draw_composes_temperature_then_top_k_then_top_p():
    # p^2 is proportional to 25, 16, 9, 4, 1; the best three keep 25/50, 16/50, 9/50; the nucleus of 0.6
    # is the first two: 25/41 and 16/41. In any other order the nucleus differs.
    logits = torch.tensor([5.0, 4.0, 3.0, 2.0, 1.0], dtype=torch.float64).log().expand(4000, -1)
    ids = draw(logits, torch.Generator().manual_seed(0), temperature=0.5, top_k=3, top_p=0.6)
    counts = torch.bincount(ids, minlength=5).tolist()
    assert counts[2:] == [0, 0, 0]
    assert stats.binomtest(counts[0], 4000, 25 / 41).pvalue > 1e-4


def test_draws_follow_the_distribution():
    p = [0.5, 0.3, 0.15, 0.05]
    text = "".join(generate(Fixed(p), LETTERS, "a", 4000, temperature=1.0, seed=3))
    counts = [text.count(symbol) for symbol in LETTERS.symbols]
    assert sum(counts) == 4000
    assert stats.chisquare(counts, [4000 * x for x in p]).pvalue > 1e-4


@pytest.mark.parametrize("temperature", [0, 1e-310])
def test_zero_and_tiny_temperature_take_the_likeliest(temperature):
    text = "".join(generate(Fixed([0.2, 0.3, 0.4, 0.1]), LETTERS, "a", 30, temperature=temperature, seed=0))
    assert text == "b" * 30


WAYS = [
    {"temperature": temperature, "top_k": top_k, "top_p": top_p}
    for temperature in (0, 1e-9, 1)
    for top_k in (None, 1, 2, 9)
    for top_p in (None, 0.1, 0.5, 1)
]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_what_is_no_number_is_never_drawn(way):
    inf, nan = math.inf, math.nan
    good = [1.0, 5.0, 2.0]
    for bad in ([1, nan, 2], [nan, 1, 2], [1, 2, nan], [nan] * 3, [1, inf, 2], [inf, -inf, 0], [-inf] * 3):
        for rows in ([bad], [good, bad], [bad, good]):
            with pytest.raises(UserError, match="diverged"):
                draw(torch.tensor(rows, dtype=torch.float64), torch.Generator(), **way)
    # Minus infinity among numbers is a probability of 0.
    rows = torch.tensor([[-inf, 3.0, -inf]] * 5, dtype=torch.float64)
    assert draw(rows, torch.Generator(), **way).tolist() == [1] * 5


@pytest.mark.parametrize("way", WAYS[::5], ids=str)
@pytest.mark.parametrize("at", [0, 2])
def test_a_text_ends_with_the_error_where_the_numbers_end(way, at):
    class Diverges(Script):
        def logits(self, position):
            return super().logits(position) * (math.nan if position == at else 1)

    pieces = generate(Diverges([1, 2, 3, 0], 4), LETTERS, "a", 5, seed=0, **way)
    assert [next(pieces) for _ in range(at)] == ["a", "b"][:at]
    with pytest.raises(UserError, match="diverged"):
        next(pieces)


def test_the_prompt_primes_the_state_and_each_symbol_is_fed_back():
    model = Script([1, 2, 3, 0], 4)
    assert list(generate(model, LETTERS, "ba", 6, seed=0)) == ["a", "b", "c", "\n", "a", "b"]
    assert model.seen == [[[2, 1]], 1, 2, 3, 0, 1]  # the sixth symbol needs no further step


@pytest.mark.parametrize(
    ("vocabulary", "start"),
    [(Vocabulary("chars", ("\t", "\n")), 1), (Vocabulary("chars", ("a", "b")), 0), (BYTES, 10)],
)
def test_an_empty_prompt_starts_after_a_newline_or_the_first_symbol(vocabulary, start):
    model = Script([0], vocabulary.size)
    list(generate(model, vocabulary, "", 1, seed=0))
    assert model.seen == [[[start]]]


def test_a_prompt_has_the_line_ends_that_a_corpus_has():
    for prompt in ("a\r\nb", "a\rb", "\ufeffa\nb"):
        model = Script([2], 4)
        "".join(generate(model, LETTERS, prompt, 1))
        assert model.seen[0] == [[1, 0, 2]]
    model = Script([2], 4)
    "".join(generate(model, LETTERS, "\ufeff", 1))
    assert model.seen[0] == [[0]]
    model = Script([2], 256)
    "".join(generate(model, BYTES, "a\r\n", 1))
    assert model.seen[0] == [[97, 13, 10]]


def test_no_tokens_make_no_text():
    assert list(generate(Script([1], 4), LETTERS, "a", 0)) == []


def test_bytes_are_decoded_when_a_character_is_complete():
    text = "aé€😀"
    data = list(text.encode())
    model = Script(data, 256)
    assert list(generate(model, BYTES, "é", len(data), seed=0)) == ["a", "é", "€", "😀"]
    assert model.seen[0] == [list("é".encode())]
    # Cut in the middle of a character, and bytes that are no UTF-8: U+FFFD, never an exception.
    assert "".join(generate(Script(data, 256), BYTES, "a", 2, seed=0)) == "a\ufffd"
    assert "".join(generate(Script([0xFF, 0x62], 256), BYTES, "a", 2, seed=0)) == "\ufffdb"


def test_same_seed_same_text_and_the_global_generator_is_untouched():
    model = Fixed([0.25] * 4)
    torch.manual_seed(1)
    before = torch.get_rng_state()
    first = "".join(generate(model, LETTERS, "a", 40, seed=7))
    assert torch.equal(torch.get_rng_state(), before)
    torch.manual_seed(2)
    assert "".join(generate(model, LETTERS, "a", 40, seed=7)) == first
    assert "".join(generate(model, LETTERS, "a", 40, seed=8)) != first
    assert "".join(generate(model, LETTERS, "a", 40)) != "".join(generate(model, LETTERS, "a", 40))


@pytest.mark.parametrize("training", [True, False])
def test_the_models_mode_comes_back_and_inference_mode_does_not_leak(training):
    model = Script([1], 4).train(training)
    pieces = generate(model, LETTERS, "a", 5, seed=0)
    next(pieces)
    assert model.modes == [False] and not torch.is_inference_mode_enabled()
    next(pieces)
    assert not torch.is_inference_mode_enabled() and all(model.graph)
    pieces.close()  # given up half way
    assert model.training is training
    list(generate(model, LETTERS, "a", 5, seed=0))
    assert model.training is training


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"temperature": -0.1}, "temperature"),
        ({"temperature": math.nan}, "temperature"),
        ({"temperature": math.inf}, "temperature"),
        ({"top_k": 0}, "top-k"),
        ({"top_p": 0.0}, "top-p"),
        ({"top_p": 1.01}, "top-p"),
        ({"top_p": math.nan}, "top-p"),
        ({"tokens": -1}, "tokens"),
        ({"seed": -1}, "seed"),
        ({"seed": 1 << 63}, "seed"),
        ({"prompt": "z"}, "z"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_the_call(settings, says):
    arguments = {"prompt": "a", "tokens": 3} | settings
    with pytest.raises(UsageError, match=says):
        generate(Script([1], 4), LETTERS, **arguments)


@pytest.mark.parametrize("preset", ["hawk", "griffin", "transformer", "gru"])
def test_greedy_text_of_a_real_model_is_what_whole_forwards_say(preset):
    torch.manual_seed(0)
    model = LanguageModel(preset_config(preset, LETTERS.size, d_model=32, n_layers=1)).double()
    text = "abcab"
    for _ in range(6):
        logits, _ = model(torch.from_numpy(LETTERS.encode(text)).unsqueeze(0))
        text += LETTERS.symbols[int(logits[0, -1].argmax())]
    assert "".join(generate(model, LETTERS, "abcab", 6, temperature=0)) == text[5:]

"""Text from a language model, one symbol at a time: `x_{t+1} ~ softmax(logits_t / temperature)`.

The prompt is read in one `forward` call, which leaves its summary in the state; from there each new
symbol costs one `step`, and for a recurrent model that cost does not grow with the position.

Three ways to shape the distribution before drawing from it: temperature (Ackley, Hinton & Sejnowski
1985), top-k (Fan, Lewis & Dauphin 2018, section 5.3) and top-p, or nucleus (Holtzman et al. 2020,
arXiv 1904.09751, section 3.1, equations 2 and 3).
"""

import codecs
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor

from minirnn.base.errors import UsageError, UserError
from minirnn.lm.model import LanguageModel
from minirnn.text.vocabulary import Vocabulary, normal


def tempered(logits: Tensor, temperature: float) -> Tensor:
    """Logits of `p_i^(1/temperature) / sum_j p_j^(1/temperature)`: `logits / temperature`.

    Below 1 the likely symbols gain, above 1 they lose; 0 is the limit "always the likeliest", which
    the caller takes with `argmax`. logits: (..., vocab), any float dtype; temperature > 0.
    """
    return logits / temperature


def keep_top_k(logits: Tensor, k: int) -> Tensor:
    """Logits with all but the k largest set to minus infinity: `p_i = 0` unless i is among the k likeliest.

    Exactly k survive even when values tie. logits: (..., vocab); k >= vocab changes nothing.
    """
    if k >= logits.shape[-1]:
        return logits
    best = logits.topk(k, dim=-1)
    return torch.full_like(logits, -torch.inf).scatter(-1, best.indices, best.values)


def keep_top_p(logits: Tensor, p: float) -> Tensor:
    """Logits outside the nucleus set to minus infinity.

    The nucleus is the smallest set V of likeliest symbols with `sum_{i in V} p_i >= p`. A symbol is in
    it when the probability of all likelier ones together is still below p, so the likeliest is always
    in. logits: (..., vocab); 0 < p <= 1.
    """
    ordered, order = logits.sort(dim=-1, descending=True, stable=True)
    probability = ordered.softmax(dim=-1)
    likelier = probability.cumsum(dim=-1) - probability
    return torch.full_like(logits, -torch.inf).scatter(
        -1, order, ordered.masked_fill(likelier >= p, -torch.inf)
    )


def draw(
    logits: Tensor, generator: torch.Generator, *, temperature: float, top_k: int | None, top_p: float | None
) -> Tensor:
    """Draw one symbol for each row of logits (batch, vocab), float64; returns ids (batch,), int64.

    The order is temperature, then top-k, then top-p, each renormalised over what the one before left.
    temperature 0 takes the likeliest symbol and draws nothing. A symbol whose logit is minus infinity never
    comes. Raises UserError for nan, for infinity, and for a row in which no symbol can come.
    """
    # The largest is nan if any logit is, and infinite if one is plus or all are minus infinity.
    largest = logits.amax(dim=-1, keepdim=True)
    if not bool(largest.isfinite().all()):
        raise UserError(
            "The model predicts no finite numbers, so it can write nothing: its training diverged."
        )
    if temperature == 0:
        return logits.argmax(dim=-1)
    # Relative to the largest, in float64, so that no temperature, however small, overflows.
    logits = tempered(logits - largest, temperature)
    if top_k is not None:
        logits = keep_top_k(logits, top_k)
    if top_p is not None and top_p < 1:
        logits = keep_top_p(logits, top_p)
    return torch.multinomial(logits.softmax(dim=-1), 1, generator=generator).squeeze(-1)


def check_settings(
    tokens: int, temperature: float, top_k: int | None, top_p: float | None, seed: int | None
) -> None:
    """Raise `UsageError` for a number that cannot be meant."""
    if tokens < 0:
        raise UsageError(f"The number of tokens must be 0 or more, but it is {tokens}.")
    if not 0 <= temperature < float("inf"):
        raise UsageError(
            f"The temperature must be 0 (always the likeliest symbol) or more, but it is {temperature}."
        )
    if top_k is not None and top_k < 1:
        raise UsageError(f"top-k keeps the k likeliest symbols, so k must be 1 or more, but it is {top_k}.")
    if top_p is not None and not 0 < top_p <= 1:
        raise UsageError(f"top-p is a probability above 0 and at most 1, but it is {top_p}.")
    if seed is not None and not 0 <= seed < 1 << 63:
        raise UsageError(f"The seed must be 0 or more and below 2^63, but it is {seed}.")


def generate(
    model: LanguageModel,
    vocabulary: Vocabulary,
    prompt: str,
    tokens: int,
    *,
    temperature: float = 0.8,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int | None = None,
    device: torch.device | str = "cpu",
) -> Iterator[str]:
    """Stream the continuation of `prompt` as pieces of text; the prompt itself is not repeated.

    `tokens` symbols are drawn; for a byte vocabulary several of them may make one character. The same
    seed gives the same text (None: fresh text each time), whatever the global random generator does,
    and never moves that generator. An empty prompt starts after a newline. The model must be on
    `device`; it is put into evaluation mode until the iterator ends or is closed, and then put back.

    Raises `UsageError`, before the first piece, for a number out of range or for a character of the
    prompt that the vocabulary lacks.
    """
    check_settings(tokens, temperature, top_k, top_p, seed)
    ids = _prompt_ids(vocabulary, prompt).to(device)
    # The draw happens on the CPU whatever the device, so that a seed means the same text everywhere.
    generator = torch.Generator()
    if seed is None:
        generator.seed()
    else:
        generator.manual_seed(seed)
    settings: dict[str, Any] = {"temperature": temperature, "top_k": top_k, "top_p": top_p}
    return _stream(model, vocabulary, ids, tokens, generator, settings)


def _prompt_ids(vocabulary: Vocabulary, prompt: str) -> Tensor:
    if vocabulary.kind == "chars":
        prompt = normal(prompt)
    if prompt:
        return torch.from_numpy(vocabulary.encode(prompt)).unsqueeze(0)
    if vocabulary.kind == "bytes":
        start = ord("\n")
    else:
        start = vocabulary.symbols.index("\n") if "\n" in vocabulary.symbols else 0
    return torch.tensor([[start]])


# As a decorator inference_mode is entered anew for each piece, so it never leaks to the caller
# between two pieces as a `with` around the `yield` would.
@torch.inference_mode()
def _stream(
    model: LanguageModel,
    vocabulary: Vocabulary,
    ids: Tensor,
    tokens: int,
    generator: torch.Generator,
    settings: dict[str, Any],
) -> Iterator[str]:
    was_training = model.training
    model.eval()
    try:
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        symbols = vocabulary.symbols if vocabulary.kind == "chars" else None
        last_logits, state = model(ids, only_last=True)
        logits = last_logits[:, 0]
        for position in range(tokens):
            token = draw(logits.cpu().double(), generator, **settings)
            index = int(token.item())
            piece = symbols[index] if symbols is not None else decoder.decode(bytes((index,)))
            if piece:
                yield piece
            if position + 1 < tokens:
                logits, state = model.step(token.to(ids.device), state)
        if rest := decoder.decode(b"", final=True):
            yield rest
    finally:
        model.train(was_training)

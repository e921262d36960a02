"""What the comparisons with transformers share; `theirs` is its model, `ours` one with the same weights."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from minirnn.layers.contract import State
from minirnn.lm.pretrained.common import Names
from minirnn.lm.stack import Stack

TOLERANCE = {torch.float32: 1e-5, torch.float64: 1e-13}
States = Callable[[Any], list[Tensor]]  # their cache -> what our state should be


class _Double(TorchFunctionMode):
    """transformers works in float32 in places whatever the weights are; inside, it does so in float64."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        func = torch.Tensor.double if func is torch.Tensor.float else func
        args = [torch.float64 if value is torch.float32 else value for value in args]
        kwargs = {k: torch.float64 if v is torch.float32 else v for k, v in (kwargs or {}).items()}
        return func(*args, **kwargs)


def in_dtype(dtype: torch.dtype) -> Any:
    """A context in which transformers computes all in float64, if that is `dtype`."""
    return _Double() if dtype == torch.float64 else nullcontext()


def shaken(model: nn.Module, seed: int = 0) -> nn.Module:
    """The model with noise on every weight: what starts at zero or one could hide a swapped name.

    The embedding, random from the start, stays small: else a model with a tied head repeats what it reads.
    """
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "embed" not in name:
                by = 0.4 if p.ndim == 1 else 1.2 * p.shape[-1] ** -0.5
                p.add_(by * torch.randn(p.shape, generator=generator))
    return model.eval()


def copied(theirs: nn.Module, ours: Stack, names: Names) -> Stack:
    """Our model with their weights."""
    weights = {}
    tensors = theirs.state_dict()
    for name, (sources, change) in names.items():
        found = [tensors[s] for s in ((sources,) if isinstance(sources, str) else sources)]
        weights[name] = change(*found) if change else found[0]
    ours.to(next(theirs.parameters()).dtype).load_state_dict(weights)
    return ours.eval()


def random_tokens(vocab: int, time: int) -> Tensor:
    """(2, time) int64, below `vocab`."""
    return torch.randint(vocab, (2, time), generator=torch.Generator().manual_seed(time))


def assert_near(actual: Tensor, expected: Tensor, what: str) -> None:
    """Equal up to the tolerance of their dtype, relative to the largest number of the tensor expected."""
    assert actual.dtype == expected.dtype and actual.shape == expected.shape, what
    scale = float(expected.detach().abs().max())
    assert scale > 0, f"{what}: nothing to compare"
    worst = float((actual - expected).detach().abs().max()) / scale
    assert worst <= TOLERANCE[expected.dtype], f"{what}: {worst:.2e} of the largest number {scale:.2e}"


def assert_states_near(state: State, cache: Any, states: States) -> None:
    for i, (s, expected) in enumerate(zip(state, states(cache), strict=True)):
        assert_near(s, expected, f"state {i}")


def assert_same_call(ours: Stack, theirs: nn.Module, x: Tensor, states: States) -> None:
    """Logits, the stream after each block and after the last norm, and states of one call."""
    streams: list[Tensor] = []
    with _streams(ours, streams):
        logits, state = ours(x)
    with in_dtype(logits.dtype):
        expected = theirs(x, use_cache=True, output_hidden_states=True)
    for i, (stream, other) in enumerate(zip(streams, expected.hidden_states, strict=True)):
        assert_near(stream, other, f"stream {i}")
    assert_near(logits, expected.logits, "logits")
    assert_states_near(state, expected.cache_params, states)


def assert_same_gradients(ours: Stack, theirs: nn.Module, names: Names, x: Tensor) -> None:
    """Of the mean loss with respect to every weight, ours brought into their layout."""
    ours.zero_grad()
    theirs.zero_grad()
    for model in (ours, theirs):
        with in_dtype(ours.norm.weight.dtype) if model is theirs else nullcontext():
            logits = model(x[:, :-1])[0] if model is ours else theirs(x[:, :-1], use_cache=False).logits
            F.cross_entropy(logits.flatten(0, 1), x[:, 1:].flatten()).backward()
    parameters = dict(theirs.named_parameters())
    compared = set()
    for name, p in ours.named_parameters():
        sources, change = names[name]
        sources = (sources,) if isinstance(sources, str) else sources
        inputs = tuple(parameters[s].detach() for s in sources)
        back = (p.grad,) if change is None else torch.autograd.functional.vjp(change, inputs, p.grad)[1]
        for source, gradient in zip(sources, back, strict=True):
            assert_near(gradient, parameters[source].grad, f"gradient of {source}")
            compared.add(source)
    assert compared == parameters.keys()


@torch.no_grad()
def assert_same_with_a_cache(
    ours: Stack, theirs: nn.Module, x: Tensor, lengths: list[int], states: States
) -> None:
    """Calls of these lengths, each going on from the one before; those of one token are steps with us."""
    state, cache = None, None
    for part in x[:, : sum(lengths)].split(lengths, 1):
        if part.shape[1] == 1 and state is not None:
            logits, state = ours.step(part[:, 0], state)
            logits = logits[:, None]
        else:
            logits, state = ours(part, state)
        with in_dtype(logits.dtype):
            expected = theirs(part, cache_params=cache, use_cache=True)
        cache = expected.cache_params
        assert_near(logits, expected.logits, f"logits of the {part.shape[1]} tokens")
        assert_states_near(state, cache, states)


@torch.no_grad()
def assert_same_greedy_text(ours: Stack, theirs: nn.Module, x: Tensor, new: int = 12) -> None:
    with in_dtype(ours.norm.weight.dtype):
        # Without a mask it would take some tokens of the prompt for padding.
        expected = theirs.generate(x, attention_mask=torch.ones_like(x), max_new_tokens=new, do_sample=False)
    logits, state = ours(x)
    token, text = logits[:, -1].argmax(-1), [x]
    for _ in range(new):
        text.append(token[:, None])
        logits, state = ours.step(token, state)
        token = logits.argmax(-1)
    assert torch.equal(torch.cat(text, 1), expected)
    assert len(expected[:, x.shape[1] :].unique()) > 2, "so constant a text shows nothing"


@contextmanager
def _streams(model: Stack, found: list[Tensor]) -> Iterator[None]:
    """Inside, a call of the model appends the stream after each block and after the last norm."""
    hooks = [
        block.register_forward_hook(lambda _module, _inputs, output: found.append(output[0]))
        for block in model.blocks
    ]
    hooks.append(model.norm.register_forward_hook(lambda _module, _inputs, output: found.append(output)))
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()

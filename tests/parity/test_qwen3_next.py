"""The gated delta rule and the mixer around it, against Qwen3-Next's in transformers with the same weights.

Only the mixer: the rest of Qwen3-Next, a mixture of experts and gated attention, is no recurrence. Its mixer
is built here from the parts of this package. It differs from our `DeltaNet` layer by a short convolution on
q, k and v, a norm and a gate on each head's output, and by q / sqrt(d_key); its heads may share q and k.
"""

from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import DynamicCache, Qwen3NextConfig
from transformers.models.qwen3_next.modeling_qwen3_next import (
    Qwen3NextGatedDeltaNet,
    torch_chunk_gated_delta_rule,
    torch_recurrent_gated_delta_rule,
)

from minirnn.blocks import CausalConv1d, RMSNorm
from minirnn.layers.contract import State
from minirnn.layers.deltanet import DeltaNet, delta_chunked, delta_recurrent, unit
from tests.parity.comparing import assert_near, in_dtype, shaken

Rule = Callable[..., tuple[Tensor, Tensor]]
rules = pytest.mark.parametrize("theirs", [torch_recurrent_gated_delta_rule, torch_chunk_gated_delta_rule])
dtypes = pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
CONFIG = Qwen3NextConfig(
    hidden_size=20,
    num_hidden_layers=1,
    layer_types=["linear_attention"],
    linear_conv_kernel_dim=4,
    linear_num_key_heads=2,
    linear_num_value_heads=4,
    linear_key_head_dim=6,
    linear_value_head_dim=5,
    rms_norm_eps=0.01,
)


def parts(time: int, dtype: torch.dtype) -> list[Tensor]:
    """q, k, v, g, beta and S, all sizes different; a gradient can be asked of each."""
    generator = torch.Generator().manual_seed(time)
    shapes = [(2, 4, time, 6), (2, 4, time, 6), (2, 4, time, 5), (2, 4, time), (2, 4, time), (2, 4, 6, 5)]
    q, k, v, g, beta, S = (torch.randn(shape, generator=generator, dtype=dtype) for shape in shapes)
    return [z.requires_grad_() for z in (q, k, v, -F.softplus(g), torch.sigmoid(2 * beta), S)]


def assert_gradients_near(
    ours: tuple[Tensor, ...], theirs: tuple[Tensor, ...], our_inputs: list[Tensor], their_inputs: list[Tensor]
) -> None:
    """Of one random combination of all outputs, with respect to all inputs."""
    generator = torch.Generator().manual_seed(0)
    weights = [torch.randn(z.shape, generator=generator, dtype=z.dtype) for z in ours]
    made = torch.autograd.grad(ours, our_inputs, weights)
    with in_dtype(ours[0].dtype):
        expected = torch.autograd.grad(theirs, their_inputs, weights)
    for i, pair in enumerate(zip(made, expected, strict=True)):
        assert_near(*pair, f"gradient {i}")


@rules
@dtypes
@pytest.mark.parametrize("form", [delta_recurrent, delta_chunked])
@pytest.mark.parametrize("time", [1, 63, 150])
def test_rule(form: Rule, theirs: Rule, time: int, dtype: torch.dtype) -> None:
    """Outputs, last state and all gradients, from a state that is not zero; also over several chunks."""
    mine, other = parts(time, dtype), parts(time, dtype)
    q, k, v, g, beta, S = mine
    ours = form(unit(q) / 6**0.5, unit(k), v, g, beta, S)
    with in_dtype(dtype):
        y, last = theirs(
            *(z.transpose(1, 2) for z in other[:5]),
            initial_state=other[5],
            output_final_state=True,
            use_qk_l2norm_in_kernel=True,
        )
    expected = (y.transpose(1, 2), last)
    assert_near(ours[0], expected[0], "y")
    assert_near(ours[1], expected[1], "S")
    assert_gradients_near(ours, expected, mine, other)


@rules
@dtypes
@torch.no_grad()
def test_layer(theirs: Rule, dtype: torch.dtype) -> None:
    """Our layer is their rule between two linear maps. Their q is shorter, by sqrt(d_key) = 2."""
    torch.manual_seed(0)
    layer, x = DeltaNet(12, n_heads=3).to(dtype), torch.randn(2, 70, 12, dtype=dtype)
    layer.A_log.uniform_(-2, 0)
    layer.dt_bias.normal_()
    q, k, v, b, a = layer.into(x).split([12, 12, 12, 3, 3], -1)
    g = -layer.A_log.exp() * F.softplus(a + layer.dt_bias)
    q, k, v = (z.unflatten(-1, (3, 4)) for z in (q, k, v))
    with in_dtype(dtype):
        y, last = theirs(
            q, k, v, g=g, beta=b.sigmoid(), output_final_state=True, use_qk_l2norm_in_kernel=True
        )
    made, (S,) = layer(x)
    assert_near(made, layer.out(2 * y.flatten(2)), "y")
    assert_near(S, last, "S")


def their_mixer(dtype: torch.dtype) -> Qwen3NextGatedDeltaNet:
    torch.manual_seed(1)
    mixer = shaken(Qwen3NextGatedDeltaNet(CONFIG, layer_idx=0))
    torch.nn.init.uniform_(mixer.A_log, -3, 0)  # it begins up to log 16, where all is forgotten at once
    return mixer.to(dtype)


def our_mixer(p: dict[str, Tensor], x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
    """The same from our parts, p: their parameters by name. State: that of the convolution, then S."""
    # For each of two groups of heads: one q, one k, two v and two z; two b and two a.
    q, k, v, z = F.linear(x, p["in_proj_qkvz.weight"]).unflatten(-1, (2, -1)).split([6, 6, 10, 10], -1)
    b, a = F.linear(x, p["in_proj_ba.weight"]).unflatten(-1, (2, -1)).split(2, -1)
    conv_weights = {"weight": p["conv1d.weight"][:, 0].T, "bias": x.new_zeros(44)}
    qkv = torch.cat([q.flatten(2), k.flatten(2), v.flatten(2)], -1)
    before = None if state is None else state[:1]
    qkv, after = torch.func.functional_call(CausalConv1d(44), conv_weights, (qkv, before))
    q, k, v = F.silu(qkv).split([12, 12, 20], -1)
    q, k, v = (m.unflatten(-1, (-1, d)).transpose(1, 2) for m, d in ((q, 6), (k, 6), (v, 5)))
    q, k = (unit(m).repeat_interleave(2, dim=1) for m in (q, k))
    g = -p["A_log"].exp() * F.softplus(a.flatten(2) + p["dt_bias"])
    beta = b.flatten(2).sigmoid()
    S = x.new_zeros(x.shape[0], 4, 6, 5) if state is None else state[1]
    y, S = delta_chunked(q / 6**0.5, k, v, g.transpose(1, 2), beta.transpose(1, 2), S)
    norm = RMSNorm(5, eps=CONFIG.rms_norm_eps)
    y = torch.func.functional_call(norm, {"weight": p["norm.weight"]}, (y.transpose(1, 2),))
    y = y.flatten(2) * F.silu(z.flatten(2))  # the norm comes before the gate
    return F.linear(y, p["out_proj.weight"]), (*after, S)


@dtypes
def test_mixer(dtype: torch.dtype) -> None:
    """Outputs, and the gradients of the input and of every parameter."""
    mixer, x = their_mixer(dtype), torch.randn(2, 75, 20, dtype=dtype)
    inputs = [x.requires_grad_(), *mixer.parameters()]
    copies = [z.detach().clone().requires_grad_() for z in inputs]
    ours, _ = our_mixer(dict(zip(dict(mixer.named_parameters()), copies[1:], strict=True)), copies[0])
    with in_dtype(dtype):
        theirs = mixer(x)
    assert_near(ours, theirs, "y")
    assert_gradients_near((ours,), (theirs,), copies, inputs)


@dtypes
@torch.no_grad()
@pytest.mark.parametrize("first", [1, 2, 70])
def test_a_cache_carries_on_as_our_state_does(first: int, dtype: torch.dtype) -> None:
    """A first call, shorter than the convolution too, then tokens one by one: outputs and both states."""
    mixer = their_mixer(dtype)
    parameters, x = dict(mixer.named_parameters()), torch.randn(3, first + 6, 20, dtype=dtype)
    cache, state = DynamicCache(config=CONFIG), None
    for part in x.split([first] + [1] * 6, 1):
        with in_dtype(dtype):
            expected = mixer(part, cache_params=cache)
        y, state = our_mixer(parameters, part, state)
        assert_near(y, expected, "y")
        assert_near(state[0], cache.get_conv_state(0).mT[:, 1:], "inputs kept")  # theirs keeps one more
        assert_near(state[1], cache.get_recurrent_state(0), "S")

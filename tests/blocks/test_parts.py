"""The parts of a block against plain formulas in float64."""

import math

import numpy as np
import pytest
import torch

from minirnn.blocks import CausalConv1d, GatedMLP, RecurrentBlock, ResidualBlock, RMSNorm
from minirnn.layers.attention import Attention
from minirnn.layers.rglru import RGLRU


def gelu(x: np.ndarray) -> np.ndarray:
    """x times the normal distribution function."""
    return x * np.vectorize(lambda z: 0.5 * (1 + math.erf(z / math.sqrt(2))))(x)


def numpy(x: torch.Tensor) -> np.ndarray:
    return x.detach().numpy()


def test_rms_norm() -> None:
    torch.manual_seed(0)
    norm = RMSNorm(6).double()
    assert norm.weight.tolist() == [1.0] * 6
    torch.nn.init.normal_(norm.weight)
    for scale in (1.0, 1e-3):
        x = scale * torch.randn(3, 4, 6, dtype=torch.float64)
        expected = numpy(x) / np.sqrt((numpy(x) ** 2).mean(-1, keepdims=True) + 1e-6) * numpy(norm.weight)
        np.testing.assert_allclose(numpy(norm(x)), expected, rtol=1e-12)


@pytest.mark.parametrize("width", [1, 2, 4])
@pytest.mark.parametrize("time", [1, 2, 3, 8])
def test_convolution_is_a_sum_over_what_the_document_has(width: int, time: int) -> None:
    torch.manual_seed(0)
    conv = CausalConv1d(3, width).double()
    torch.nn.init.normal_(conv.bias)
    past = torch.randn(2, width - 1, 3, dtype=torch.float64)
    x = torch.randn(2, time, 3, dtype=torch.float64)
    weight, bias = numpy(conv.weight), numpy(conv.bias)
    for begin in (None, 0, time // 2, time - 1):
        reset = torch.zeros(2, time, dtype=torch.bool)
        if begin is not None:
            reset[1, begin] = True
        y, (after,) = conv(x, (past,), reset=reset)
        for row in range(2):
            seen = np.concatenate([numpy(past[row]), numpy(x[row])])
            begins = 0 if begin is None or row == 0 else width - 1 + begin
            for t in range(time):
                now = width - 1 + t
                oldest = begins if now >= begins else 0
                expected = bias.copy()
                for back in range(width):
                    if now - back >= oldest:
                        expected += weight[width - 1 - back] * seen[now - back]
                np.testing.assert_allclose(numpy(y[row, t]), expected, rtol=1e-12, atol=1e-14)
            seen[:begins] = 0
            np.testing.assert_array_equal(numpy(after[row]), seen[time:])


def test_gated_mlp() -> None:
    torch.manual_seed(0)
    mlp = GatedMLP(4, 6).double()
    x = torch.randn(2, 3, 4, dtype=torch.float64)
    gate, up = numpy(mlp.up.weight[:6]), numpy(mlp.up.weight[6:])
    expected = (gelu(numpy(x) @ gate.T) * (numpy(x) @ up.T)) @ numpy(mlp.out.weight).T
    np.testing.assert_allclose(numpy(mlp(x)), expected, rtol=1e-12, atol=1e-14)


def test_recurrent_block_multiplies_its_two_branches() -> None:
    torch.manual_seed(0)
    block = RecurrentBlock(4, 6, RGLRU(6, n_blocks=2)).double()
    x = torch.randn(2, 7, 4, dtype=torch.float64)
    gate, into = numpy(block.into.weight[:6]), numpy(block.into.weight[6:])
    u, _ = block.conv(torch.from_numpy(numpy(x) @ into.T))
    h, _ = block.core(u)
    expected = (gelu(numpy(x) @ gate.T) * numpy(h)) @ numpy(block.out.weight).T
    np.testing.assert_allclose(numpy(block(x)[0]), expected, rtol=1e-12, atol=1e-14)


def test_residual_block_adds_its_two_branches() -> None:
    torch.manual_seed(0)
    block = ResidualBlock(4, Attention(4, 2), GatedMLP(4, 5)).double()
    torch.nn.init.normal_(block.norm_mixer.weight)
    torch.nn.init.normal_(block.norm_mlp.weight)
    x = 3 * torch.randn(2, 7, 4, dtype=torch.float64)
    middle = x + block.mixer(block.norm_mixer(x))[0]
    torch.testing.assert_close(
        block(x)[0], middle + block.mlp(block.norm_mlp(middle)), rtol=1e-12, atol=1e-12
    )


def test_linear_maps_start_lecun_normal_without_bias() -> None:
    torch.manual_seed(0)
    block = RecurrentBlock(256, 384, RGLRU(384))
    mlp = GatedMLP(256, 512)
    attention = Attention(256, 4)
    for layer in (block.into, block.out, mlp.up, mlp.out, attention.qkv, attention.out):
        assert layer.bias is None
        assert float(layer.weight.detach().std()) * layer.in_features**0.5 == pytest.approx(1, abs=0.02)
    assert float(block.conv.weight.detach().std()) == pytest.approx(0.5, abs=0.03)
    assert block.conv.bias.abs().max() == 0

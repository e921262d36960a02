"""The Mamba and Mamba-2 blocks against loops over single steps, and the sizes of the published models."""

import numpy as np
import pytest
import torch
from torch import nn

from minirnn.blocks.mamba import Mamba2Block, MambaBlock


def numbers(module: nn.Module) -> dict[str, np.ndarray]:
    return {name: p.detach().numpy() for name, p in module.named_parameters()}


def silu(x: np.ndarray) -> np.ndarray:
    return x / (1 + np.exp(-x))


def softplus(x: np.ndarray) -> np.ndarray:
    return np.log1p(np.exp(x))


def convolve(weight: np.ndarray, bias: np.ndarray, x: np.ndarray) -> np.ndarray:
    """y_t = bias + sum_k weight_k x_{t - (width - 1) + k}, for x (time, dim)."""
    width, y = len(weight), np.zeros_like(x)
    for t in range(len(x)):
        y[t] = bias
        for k in range(width):
            s = t - (width - 1) + k
            if s >= 0:
                y[t] += weight[k] * x[s]
    return y


def mamba(block: MambaBlock, u: np.ndarray) -> np.ndarray:
    """Section 3.4 for one row u (time, d_model)."""
    p = numbers(block)
    x, z = np.split(u @ p["into.weight"].T, 2, -1)
    x = silu(convolve(p["conv.weight"], p["conv.bias"], x))
    n, d_inner = p["s6.A_log"].shape
    low, B, C = np.split(x @ p["s6.x_proj.weight"].T, [-2 * n, -n], -1)
    delta = softplus(low @ p["s6.dt_proj.weight"].T + p["s6.dt_proj.bias"])
    h, y = np.zeros((n, d_inner)), np.zeros_like(x)
    for t in range(len(u)):
        h = np.exp(-delta[t] * np.exp(p["s6.A_log"])) * h + np.outer(B[t], delta[t] * x[t])
        y[t] = C[t] @ h + p["s6.D"] * x[t]
    return (y * silu(z)) @ p["out.weight"].T


def mamba2(block: Mamba2Block, u: np.ndarray) -> np.ndarray:
    p = numbers(block)
    n_heads, head_dim, n = block.heads.state_shapes[0]
    d_inner = n_heads * head_dim
    made = u @ p["into.weight"].T
    z, xBC, dt = made[:, :d_inner], made[:, d_inner:-n_heads], made[:, -n_heads:]
    xBC = silu(convolve(p["conv.weight"], p["conv.bias"], xBC))
    x, B, C = np.split(xBC, [d_inner, d_inner + n], -1)
    delta = softplus(dt + p["heads.dt_bias"])
    y = np.zeros_like(x)
    for head in range(n_heads):
        mine = slice(head * head_dim, (head + 1) * head_dim)
        h = np.zeros((head_dim, n))
        for t in range(len(u)):
            a = np.exp(-delta[t, head] * np.exp(p["heads.A_log"][head]))
            h = a * h + delta[t, head] * np.outer(x[t, mine], B[t])
            y[t, mine] = h @ C[t] + p["heads.D"][head] * x[t, mine]
    y = y * silu(z)
    y = y / np.sqrt((y**2).mean(-1, keepdims=True) + 1e-6) * p["norm.weight"]
    return y @ p["out.weight"].T


BLOCKS = [
    (lambda: MambaBlock(5, d_state=3, expand=3, conv_width=2), mamba),
    (lambda: MambaBlock(5), mamba),
    (lambda: Mamba2Block(6, d_state=5, head_dim=3, expand=3, conv_width=2), mamba2),
    (lambda: Mamba2Block(6, head_dim=4), mamba2),
]


@pytest.mark.parametrize("time", [1, 3, 70])
@pytest.mark.parametrize(
    ("make", "by_the_paper"), BLOCKS, ids=["mamba", "mamba-default", "mamba2", "mamba2-default"]
)
def test_equals_the_equations(make, by_the_paper, time: int) -> None:
    torch.manual_seed(0)
    block = make().double()
    with torch.no_grad():
        for p in block.parameters():
            p.add_(0.1 * torch.randn_like(p))
    u = torch.randn(2, time, block.d_in, dtype=torch.float64)
    y, _ = block(u)
    for row in range(2):
        expected = by_the_paper(block, u[row].numpy())
        np.testing.assert_allclose(y[row].detach().numpy(), expected, rtol=1e-10, atol=1e-12)


def size(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


def test_the_block_has_the_weights_of_the_published_one() -> None:
    """The 130M models are 24 blocks of width 768, each with a norm, a last norm, and tied embeddings.

    The vocabulary of 50,277 symbols is padded to a multiple of 8.
    """
    rest = 24 * 768 + 768 + 50_280 * 768
    assert 24 * size(MambaBlock(768)) + rest == 129_135_360
    assert round((24 * size(Mamba2Block(768, d_state=128)) + rest) / 1e6) == 129


def test_the_rank_of_the_step_size_is_a_sixteenth_of_the_models_width() -> None:
    assert MambaBlock(33).s6.dt_rank == 3


def test_a_wrong_state_is_named() -> None:
    for block, i in (
        (MambaBlock(8, 3), 1),
        (Mamba2Block(8, 3, 4), 1),
        (MambaBlock(8, 3), 0),
        (Mamba2Block(8, 3, 4), 0),
    ):
        state = list(block.initial_state(2))
        state[i] = state[i][:, 1:]
        with pytest.raises(ValueError, match="state has shapes"):
            block(torch.randn(2, 4, 8), tuple(state))


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match=r"head_dim is 64.*16 = expand \* d_model"):
        Mamba2Block(8)

"""The gated delta rule: a memory that reads what it says before it learns more.

    v'_t = beta_t (v_t - exp(g_t) S_{t-1}^T k_t)        what is new in v_t
    S_t = exp(g_t) S_{t-1} + k_t v'_t^T,    y_t = S_t^T q_t

that is, S_t = exp(g_t) (I - beta_t k_t k_t^T) S_{t-1} + beta_t k_t v_t^T. (Yang et al. 2024, "Gated Delta
Networks", arXiv 2412.06464, section 3.) S is a table (d_key, d_value) for each head: to store v under the
key k, it reads what is there and writes the difference. The transition is not diagonal. With |k| = 1 it
multiplies one direction, the key's, by 1 - beta and leaves the others alone: for beta in (0, 1) a factor in
(0, 1). With `negative` beta is in (0, 2) and the factor in (-1, 1): beta = 2 mirrors, and mirrors multiply to
rotations and permutations, which no diagonal recurrence can do (Grazzi et al. 2024, arXiv 2411.12537).

In chunks: within one, each correction v' depends on those before it, so together they solve a triangular
system, (I + M) V' = beta (V - e^G K S_0), with M_ts = beta_t exp(g_{s+1} + .. + g_t) (k_t . k_s) for s < t
and G_t = g_1 + .. + g_t. All chunks prepare their systems at once; only S goes from chunk to chunk in a loop.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.shared.discretize import DELTA_RANGE, inverse_softplus, log_uniform
from minirnn.layers.shared.weights import linear
from minirnn.layers.ssd import segment_sums

CHUNK = 64


def delta_recurrent(
    q: Tensor, k: Tensor, v: Tensor, g: Tensor, beta: Tensor, S: Tensor
) -> tuple[Tensor, Tensor]:
    """The rule as it is written, a loop. The shapes of both forms:

    q, k (batch, heads, time, d_key), v (batch, heads, time, d_value), g <= 0 and beta (batch, heads, time),
    the state S (batch, heads, d_key, d_value) -> y of the shape of v, and the state after the last step.
    """
    outputs = []
    for q_t, k_t, v_t, g_t, beta_t in zip(*(z.unbind(2) for z in (q, k, v, g, beta)), strict=True):
        S = torch.exp(g_t)[..., None, None] * S
        new = beta_t.unsqueeze(-1) * (v_t - torch.einsum("bhk,bhkv->bhv", k_t, S))
        S = S + k_t.unsqueeze(-1) * new.unsqueeze(-2)
        outputs.append(torch.einsum("bhk,bhkv->bhv", q_t, S))
    return torch.stack(outputs, 2), S


def delta_chunked(
    q: Tensor, k: Tensor, v: Tensor, g: Tensor, beta: Tensor, S: Tensor, chunk: int = CHUNK
) -> tuple[Tensor, Tensor]:
    """The same in chunks, for any time and any chunk length."""
    seq_len, chunk = q.shape[2], min(chunk, q.shape[2])
    # Steps with beta = 0 and g = 0 change nothing and fill up the last chunk.
    q, k, v, g, beta = (
        F.pad(z, (0, 0) * (z.ndim - 3) + (0, -seq_len % chunk)).unflatten(2, (-1, chunk))
        for z in (q, k, v, g, beta)
    )
    decay = torch.exp(segment_sums(g))
    since_start = torch.exp(g.cumsum(-1)).unsqueeze(-1)
    M = beta.unsqueeze(-1) * (k @ k.mT) * decay  # its diagonal is not read
    sides = beta.unsqueeze(-1) * torch.cat([v, since_start * k], -1)
    scores, reader, writer = (q @ k.mT) * decay, since_start * q, (decay[..., -1, :, None] * k).mT
    y, S = over_chunks(M, sides, scores, reader, writer, since_start[..., -1:, :], S)
    return y[:, :, :seq_len], S


def over_chunks(
    M: Tensor, sides: Tensor, scores: Tensor, reader: Tensor, writer: Tensor, kept: Tensor, S: Tensor
) -> tuple[Tensor, Tensor]:
    """From chunk to chunk, dimension 2: V' = (I + M)^-1 (U - E S), y = R S + P V', then S = kept S + W V'.

    sides holds U and E side by side, scores is P, reader R and writer W -> y of all steps, and the last S.
    """
    # V' for S = 0, and what each row of S takes away from it.
    own, of_state = torch.linalg.solve_triangular(M, sides, upper=False, unitriangular=True).split(
        [S.shape[-1], S.shape[-2]], -1
    )
    outputs = []
    # unbind, and not an index for each chunk, whose gradient would be as large as all chunks.
    chunks = (z.unbind(2) for z in (own, of_state, scores, reader, writer, kept))
    for own_c, of_state_c, scores_c, reader_c, writer_c, kept_c in zip(*chunks, strict=True):
        new = own_c - of_state_c @ S
        outputs.append(reader_c @ S + scores_c @ new)
        S = kept_c * S + writer_c @ new
    return torch.cat(outputs, 2), S


def unit(x: Tensor) -> Tensor:
    """x / sqrt(|x|^2 + 1e-6) over the last dimension: length 1, and a finite gradient where x is 0."""
    return x * torch.rsqrt((x * x).sum(-1, keepdim=True) + 1e-6)


class DeltaNet(Layer):
    """The gated delta rule as a layer: x (batch, time, d_model) -> y of the same shape.

    n_heads divides d_model; d_key = d_value = d_model / n_heads. q and k have length 1.
    beta = sigmoid(W_beta x), twice that if `negative`; g = -exp(A_log) softplus(W_g x + dt_bias), where
    exp(A_log) starts uniform in (0, 16] and softplus(dt_bias) log-uniform in DELTA_RANGE. One matrix makes
    q, k, v, beta and g, in this order. State: S (batch, n_heads, d_key, d_value), float32 (float64 for
    float64 inputs), zero at the start.
    """

    def __init__(self, d_model: int, n_heads: int = 4, negative: bool = False) -> None:
        super().__init__(d_model, [(n_heads, d_model // n_heads, d_model // n_heads)])
        if d_model % n_heads:
            raise ValueError(f"n_heads is {n_heads}, expected a divisor of d_model = {d_model}")
        self.d_model, self.n_heads, self.negative = d_model, n_heads, negative
        self.into = linear(d_model, 3 * d_model + 2 * n_heads)
        self.A_log = nn.Parameter((16 * (1 - torch.rand(n_heads))).log())
        self.dt_bias = nn.Parameter(inverse_softplus(log_uniform(n_heads, *DELTA_RANGE)))
        self.out = linear(d_model, d_model)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the last S."""
        (S,) = state
        made = self.into(x).to(S.dtype).mT  # features before time, so that heads come before time
        qkv, b, dt = made.split([3 * self.d_model, self.n_heads, self.n_heads], 1)
        q, k, v = qkv.unflatten(1, (3, self.n_heads, -1)).mT.unbind(1)
        beta = torch.sigmoid(b) * (2 if self.negative else 1)
        delta = F.softplus(dt + self.dt_bias.to(S.dtype)[:, None])
        g = -torch.exp(self.A_log.to(S.dtype))[:, None] * delta
        if reset is not None:
            g = g.masked_fill(reset.unsqueeze(1), -torch.inf)
        form = delta_recurrent if x.shape[1] == 1 else delta_chunked
        y, S = form(unit(q), unit(k), v, g, beta, S)
        return self.out(y.transpose(1, 2).flatten(2).to(x.dtype)), (S,)

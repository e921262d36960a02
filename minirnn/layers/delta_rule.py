"""The delta rule with switches: one recurrence, of which many published ones are cases.

    S_t = (I - k_t e_t^T) Diag(exp(g_t)) S_{t-1} + k_t u_t^T,    y_t = S_t^T q_t

S is a table (d_key, d_value) for each head, as in deltanet.py. A step decays it by exp(g), takes away what
the vector e = b * k reads there and writes u = w * v, both under the key k, with |k| = 1. Switches say how g,
b and w are made: "head", one number for each head; "channel", one for each of its channels; "none", g = 0 or
b = 0 and w = 1. Where erase is "head", b = w = beta; "channel" makes them apart. `steps` is how many steps
each token makes, with k, v, b, w of their own: the first decays, and y is read after the last.

    layer                                           decay      erase      steps
    linear attention, without its normaliser        none       none       1
    DeltaNet, arXiv 2406.06484                      none       head       1
    Gated DeltaNet, arXiv 2412.06464                head       head       1 (deltanet.py)
    KDA, of Kimi Linear, arXiv 2510.26692           channel    head       1
    GDN-2, arXiv 2605.22791                         channel    channel    1
    DeltaProduct, arXiv 2502.10297                  none       head       2 or more, `negative`
    Gated DeltaProduct, the same                    head       head       2 or more, `negative`

(The layers differ also in how they make g, and in what stands around the recurrence. RWKV-7 writes under
another key than it erases, which is two steps: one with u = 0, one with e = 0.)

One eigenvalue of I - k e^T is 1 - sum_i b_i k_i^2, the others are 1: for b in (0, 1) it is in (0, 1), and
with `negative`, b in (0, 2), in (-1, 1). Where b is one number, the matrix is symmetric, so what a step keeps
of S is never longer than S. With b per channel it is not: a product of such steps can grow.

In chunks, as in deltanet.py, but each channel i decays on its own inside the sum, M_ts = sum_i e_ti k_si
exp(g_{s+1,i} + .. + g_ti); `decayed_products` makes it of products of matrices all the same.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.deltanet import CHUNK, over_chunks, unit
from minirnn.layers.shared.discretize import DELTA_RANGE, inverse_softplus, log_uniform
from minirnn.layers.shared.weights import linear


def rule_recurrent(q: Tensor, k: Tensor, e: Tensor, u: Tensor, g: Tensor, S: Tensor) -> tuple[Tensor, Tensor]:
    """The rule as it is written, a loop. The shapes of both forms:

    q, k, e (batch, heads, time, d_key), u (batch, heads, time, d_value), g <= 0 (batch, heads, time, d_key or
    1), the state S (batch, heads, d_key, d_value) -> y of the shape of u, and the state after the last step.
    """
    outputs = []
    for q_t, k_t, e_t, u_t, g_t in zip(*(z.unbind(2) for z in (q, k, e, u, g)), strict=True):
        S = torch.exp(g_t).unsqueeze(-1) * S
        new = u_t - torch.einsum("bhk,bhkv->bhv", e_t, S)
        S = S + k_t.unsqueeze(-1) * new.unsqueeze(-2)
        outputs.append(torch.einsum("bhk,bhkv->bhv", q_t, S))
    return torch.stack(outputs, 2), S


def left_at_end(g: Tensor) -> Tensor:
    """(..., time, d) -> the same shape: exp(g_{s+1} + .. + g_last) at s, 1 at the last."""
    return F.pad(g[..., 1:, :], (0, 0, 0, 1)).flip(-2).cumsum(-2).flip(-2).exp()


def decayed_products(rows: Tensor, k: Tensor, g: Tensor) -> Tensor:
    """sum_i rows_ti k_si exp(g_{s+1,i} + .. + g_ti) at (t, s), 0 where s > t; time is a power of 2.

    rows and k (..., time, d), g (..., time, d or 1) -> (..., time, time). From a step s in the first half to
    a step t in the second, the decay is that from s to the middle times that from the middle to t. One
    factor goes with k_s and one with rows_t, so this quarter is a product of matrices; the two on the
    diagonal are the same problem, half as long. Each factor is exp of a sum of some g <= 0, so it is at most
    1 and nothing overflows. No sum is a difference of two: a reset, g = -infinity, is a decay like any other.
    """
    if k.shape[-2] == 1:
        return (rows * k).sum(-1, keepdim=True)
    rows, k, g = (z.unflatten(-2, (2, -1)) for z in (rows, k, g))
    first, second = decayed_products(rows, k, g).unbind(-3)
    (_, late), (early, _), (g_early, g_late) = (z.unbind(-3) for z in (rows, k, g))
    across = (torch.exp(g_late.cumsum(-2)) * late) @ (left_at_end(g_early) * early).mT
    return torch.cat([F.pad(first, (0, first.shape[-1])), torch.cat([across, second], -1)], -2)


def rule_chunked(
    q: Tensor, k: Tensor, e: Tensor, u: Tensor, g: Tensor, S: Tensor, chunk: int = CHUNK
) -> tuple[Tensor, Tensor]:
    """The same in chunks, for any time and any chunk length, which is rounded up to a power of 2."""
    seq_len, chunk = q.shape[2], 1 << (min(chunk, q.shape[2]) - 1).bit_length()
    # Steps of zeros, g among them, change nothing and fill up the last chunk.
    q, k, e, u, g = (F.pad(z, (0, 0, 0, -seq_len % chunk)).unflatten(2, (-1, chunk)) for z in (q, k, e, u, g))
    M, scores = decayed_products(torch.stack([e, q]), k, g).unbind(0)
    since_start = torch.exp(g.cumsum(-2))
    sides, kept = torch.cat([u, since_start * e], -1), since_start[..., -1, :, None]
    y, S = over_chunks(M, sides, scores, since_start * q, (left_at_end(g) * k).mT, kept, S)
    return y[:, :, :seq_len], S


class DeltaRule(Layer):
    """x (batch, time, d_model) -> y of the same shape; with the defaults, `DeltaNet` weight for weight.

    decay, erase: "none", "head" or "channel"; steps of a token; negative: b and w are twice their sigmoids.
    n_heads divides d_model; d_key = d_value = d_model / n_heads. g = -exp(A_log) softplus(W_g x + dt_bias),
    A_log for each head, dt_bias for each g, both starting as in DeltaNet. One matrix makes q, k, v, strengths
    and g. State: S (batch, n_heads, d_key, d_value), float32 (float64 for float64 inputs), zero at the start.
    """

    def __init__(
        self,
        d_model: int,
        n_heads: int = 4,
        decay: str = "head",
        erase: str = "head",
        steps: int = 1,
        negative: bool = False,
    ) -> None:
        super().__init__(d_model, [(n_heads, d_model // n_heads, d_model // n_heads)])
        numbers = {"none": 0, "head": n_heads, "channel": d_model}
        if d_model % n_heads or steps < 1 or not {decay, erase} <= numbers.keys():
            given = f"n_heads is {n_heads}, steps {steps}, decay {decay!r}, erase {erase!r}"
            raise ValueError(f"{given}; expected a divisor of {d_model}, at least 1, and {list(numbers)}")
        self.n_heads, self.steps, self.decay, self.erase = n_heads, steps, decay, erase
        self.range = 2 if negative else 1
        strengths, decays = numbers[erase] * (2 if erase == "channel" else 1), numbers[decay]
        self.sizes = [d_model, steps * d_model, steps * d_model, steps * strengths, decays]
        self.into = linear(d_model, sum(self.sizes))
        if decays:
            self.A_log = nn.Parameter((16 * (1 - torch.rand(n_heads))).log())
            self.dt_bias = nn.Parameter(inverse_softplus(log_uniform(decays, *DELTA_RANGE)))
        self.out = linear(d_model, d_model)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the last S."""
        (S,) = state
        q, k, v, strength, dt = self.into(x).to(S.dtype).mT.split(self.sizes, 1)
        q, k, v = unit(self._heads(q, 1)), unit(self._heads(k, self.steps)), self._heads(v, self.steps)
        e, u, g = torch.zeros_like(k), v, q.new_zeros(*q.shape[:3], 1)
        if self.erase != "none":
            strength = self.range * torch.sigmoid(self._heads(strength, self.steps))
            b, w = strength.chunk(2, -1) if self.erase == "channel" else (strength, strength)
            e, u = b * k, w * v
        if self.decay != "none":
            delta = F.softplus(dt + self.dt_bias.to(S.dtype)[:, None])
            g = -torch.exp(self.A_log.to(S.dtype))[:, None, None] * self._heads(delta, 1)
        if reset is not None:
            g = g.masked_fill(reset[:, None, :, None], -torch.inf)
        # A token decays at its first step, and what it reads before its last is not used.
        g = F.pad(g.unsqueeze(3), (0, 0, 0, self.steps - 1)).flatten(2, 3)
        form = rule_recurrent if x.shape[1] == 1 else rule_chunked
        y, S = form(q.repeat_interleave(self.steps, 2), k, e, u, g, S)
        y = y[:, :, self.steps - 1 :: self.steps].transpose(1, 2).flatten(2).to(x.dtype)
        return self.out(y), (S,)

    def _heads(self, z: Tensor, steps: int) -> Tensor:
        """(batch, steps * n_heads * d, time) -> (batch, n_heads, time * steps, d)."""
        return z.unflatten(1, (steps, self.n_heads, -1)).permute(0, 2, 4, 1, 3).flatten(2, 3)

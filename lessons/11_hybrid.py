# %% [markdown]
# {{ part "A past that fits, a past that grows" }}
#
# Ask a language model to go on with a story of a hundred pages. A Transformer looks back at every word so far
# whenever it writes one, so it must keep something of each of them. A recurrent network keeps a state, and
# after a hundred pages that is no larger than after the first.
#
# So which of the two is in the models that people use? More and more often it is both. The picture shows four
# released models, layer by layer. RecurrentGemma came from Google in 2024, Qwen3-Next from Alibaba and
# Granite 4.0 H Tiny from IBM in 2025, and Olmo Hybrid from the Allen Institute for AI in 2026. Most of their
# layers are recurrent, and a few are attention.

# %% fold
import math

from minirnn.base.plots import INK, LINES, draw_line, label_lines
from minirnn.blocks import CausalConv1d
from minirnn.course import results
from minirnn.course.figures import picture, show_table, tell
from minirnn.layers.attention import Attention
from minirnn.layers.rglru import RGLRU, initial_lambda
from minirnn.layers.shared.rope import rope_turns

import numpy as np
import torch

blue, orange = LINES[0][0], LINES[1][0]
MODELS = {  # from their released code and settings
    "RecurrentGemma 2B": ["recurrent", "recurrent", "local"] * 8 + ["recurrent"] * 2,
    "Qwen3-Next 80B": (["recurrent"] * 3 + ["full"]) * 12,
    "Granite 4.0 H Tiny": (["recurrent"] * 5 + ["full"] + ["recurrent"] * 4) * 4,
    "Olmo Hybrid 7B": (["recurrent"] * 3 + ["full"]) * 8,
}
with picture(
    "Four rows of marks, one for each layer, from the first on the left to the last on the right. "
    + " ".join(
        f"{name}: {len(kinds)} layers, of which {kinds.count('recurrent')} are recurrent and "
        f"{len(kinds) - kinds.count('recurrent')} are attention."
        for name, kinds in MODELS.items()
    ),
    table=[
        ["model", "layers", "recurrent", "local attention", "full attention"],
        *(
            [name, len(kinds), *(kinds.count(kind) for kind in ("recurrent", "local", "full"))]
            for name, kinds in MODELS.items()
        ),
    ],
    caption="The layers of four models, from the first on the left. Low and blue: recurrent. High and "
    "orange: attention, over all of the past (filled) or over a window (open).",
    height=3.0,
) as axes:
    for row, (name, kinds) in enumerate(MODELS.items()):
        axes.text(0, -1.5 * row + 0.85, name, ha="left", va="bottom")
        for place, kind in enumerate(kinds):
            if kind == "recurrent":
                axes.bar(place + 0.5, 0.35, 0.7, -1.5 * row, color=blue)
            else:
                look = {"color": orange} if kind == "full" else {"fc": "none", "ec": orange, "linewidth": 1.4}
                axes.bar(place + 0.5, 0.75, 0.7, -1.5 * row, **look)
    axes.set_xlim(-0.5, 48.5)
    axes.set_ylim(-4.7, 1.5)
    axes.axis("off")
shares = [1 - kinds.count("recurrent") / len(kinds) for kinds in MODELS.values()]
assert min(shares) > 0.09 and max(shares) < 0.34

# %% [markdown]
# Why did recurrence come back, after years in which the best-known models did without it? And why does it not
# come alone? In this lesson you will
#
# {{ objectives }}
#
# ??? primer "Attention in five lines"
#     - Each step makes three vectors from its input: a *query* $q_t$, a *key* $k_t$ and a *value* $v_t$.
#     - A query is compared with the keys of all steps up to its own, by the products $q_t \cdot k_s$.
#     - A softmax makes shares of these products (divided by $\sqrt{d}$, where $d$ is the length of a key).
#       They are positive and add up to 1.
#     - The output is the sum of the values, each multiplied by its share.
#     - Several *heads* do this side by side. They may share their keys and values, so that only the queries
#       differ. What is kept for later steps, keys and values, is the *cache*.
#
# ??? primer "A gate and a convolution in two lines"
#     - A *gate* is a vector of numbers between 0 and 1, made by $\sigma(W x_t + b)$. Another vector is
#       multiplied by it, number by number.
#     - A short *convolution* adds up, for each number, the current step and the few before it, each with a
#       weight that it has learned.
#
# ## The bill
#
# What does a layer keep of a text? Take the sizes of RecurrentGemma 2B. Its heads of attention share one key
# and one value of 256 numbers. With 2 bytes a number that makes, for each token,
#
# $$2 \cdot 256 \cdot 2 = 1{,}024 \text{ bytes.}$$
#
# A recurrent layer has a state of 2,560 numbers, in 4 bytes each, and a short convolution that keeps its last
# three inputs, in 2 bytes a number:
#
# $$2{,}560 \cdot 4 + 3 \cdot 2{,}560 \cdot 2 = 25{,}600 \text{ bytes,}$$
#
# once and for all. So from the 26th token on, attention keeps more.
#
# ??? predict bill "At 100,000 tokens, full attention keeps how many times as much as a recurrent layer?"
#     - ( ) about 40 times
#     - ( ) about 400 times
#     - (x) about 4,000 times
#     - ( ) about 40,000 times
#
#     {{ value ratio }} times, since the state is as large as the cache of 25 tokens, and 100,000 / 25 is
#     {{ value ratio }}.

# %% fold
WIDTH, WINDOW = 2560, 2048
state = 4 * WIDTH + 2 * 3 * WIDTH
token = 2 * 256 * 2

# The layers of the library keep as much.
half = {"dtype": torch.bfloat16}
h, fresh = RGLRU(WIDTH, 10).initial_state(1, **half)
tail = CausalConv1d(WIDTH, 4).initial_state(1, **half)
local = Attention(WIDTH, 10, 1, WINDOW).initial_state(1, **half)
assert h.nbytes + sum(part.nbytes for part in tail) == state == 25_600
assert sum(part.nbytes for part in local[:2]) == token * WINDOW and token == 1024
assert state == 25 * token


def in_words(size):
    """Bytes as a few digits."""
    return f"{size / 1e9:.3g} GB" if size >= 1e9 else f"{size / 1e6:.3g} MB"


tell(
    ratio=f"{100_000 * token // state:,}",
    full_million=in_words(24 * token * 1_000_000),
    hybrid_million=in_words(18 * state + 6 * token * 1_000_000),
    griffin_bill=in_words(16 * state + 8 * token * WINDOW),
)
assert (18 * state + 6 * token * 1_000_000) / (24 * token * 1_000_000) < 0.251
# Qwen3-Next: 32 matrices in a recurrent layer, two key-value heads of 256 numbers in one of attention.
matrices = 32 * 128 * 128 * 4
tell(qwen_state=in_words(matrices), qwen_tokens=f"{matrices // (2 * 2 * 256 * 2):,}")

# %% [markdown]
# About 4,000 times. That is the bill for one text and one layer, while a server has many of both. And
# attention reads all that it keeps, again for each token that is written. Here are the bills of four designs
# with 24 such layers. In the hybrid there are three recurrent layers for each layer of full attention. Move
# the slider.
#
# {{ widget memory-bill tokens=10000 }}
#
# With a million tokens full attention keeps {{ value full_million }} and the hybrid
# {{ value hybrid_million }}: it saves three quarters, and no more. In Griffin, the design of RecurrentGemma,
# every third layer is attention over a window. If that has 2,048 tokens, as in RecurrentGemma, nothing grows
# from there on, and the 24 layers stay at {{ value griffin_bill }}.
#
# {{ exercise whose_bytes }}
#
# ## What a state cannot hold
#
# If a state is so cheap, why keep any attention? Read somebody a telephone book, once, and then ask for a
# number. Let the 100 names be known beforehand. Each has seven digits, so there are $10^{700}$ different
# books. A model that answers for every name without a fault must be in different states after any two of
# them, because at least one answer differs. $B$ bits can be set in $2^B$ ways. So it needs
#
# $$B \ge \log_2 10^{700} = 700 \cdot 3.3219 = {{ value book_bits }},$$
#
# and thus at least {{ value whole_bits }} bits, {{ value entry_bits }} for each entry. The state of a layer
# above, 2,560 numbers of 32 bits, has 81,920 bits. No training can make it hold more than
# {{ value most_entries }} such entries. (The convolution keeps bits as well, and those of all layers add up.)


# %% fold
bits = 7 * math.log2(10)
assert f"{math.log2(10):.4f}" == "3.3219" and 2560 * 32 == 81_920
tell(book_bits=f"{100 * bits:,.1f}".replace(",", "{,}"), entry_bits=f"{bits:.1f}")
tell(whole_bits=f"{math.ceil(100 * bits):,}")
tell(most_entries=f"{int(81_920 / bits):,}")

# %% [markdown]
# That is a bound, and does not say how much a trained state really holds and finds again. De et al. (2024)
# gave books to three trained models of about the same size: Hawk, whose layers are all recurrent, Griffin
# with windows of 1,024 tokens, and a Transformer.
#
# ??? predict phone_book "The book grows. Which of the three are perfect, or almost, and up to where?"
#     - ( ) all three, up to the length that they were trained on
#     - ( ) Griffin at all lengths, since it has both
#     - (x) Griffin while the book fits into its window, the Transformer up to its trained length
#
#     Griffin is perfect while the book fits into its window, and the Transformer almost so up to the length
#     that it was trained on. Hawk does well on very short books only.
#
# Griffin is perfect while the book fits into its window, and beyond that it becomes worse. The Transformer is
# almost perfect up to its trained length, and fails beyond it. So a state is a summary of fixed size, while a
# cache is a record that grows. Much of writing asks only for a summary: the language, the topic, who is
# speaking. Now and then it asks for the record: a name, a number, a line of code from far above.
#
# {{ part "A layer and a block" }}
#
# ## A decay that listens
#
# The recurrent layer in Griffin is the **RG-LRU**, the real-gated linear recurrent unit. From the LRU of
# {{ lesson lru }} it has a linear recurrence for each number of the state, and a root on the input that keeps
# the state from growing. {{ Lesson selection }} showed why a decay should listen to the input. Here two gates
# read the input and nothing else, so the whole remains a scan:
#
# $$\begin{aligned} r_t &= \sigma(W_a x_t + b_a) \\ i_t &= \sigma(W_x x_t + b_x) \\
# a_t &= a^{8 r_t} \quad\text{with } a = \sigma(\Lambda) \\
# h_t &= a_t * h_{t-1} + \sqrt{1 - a_t^2} * (i_t * x_t) \end{aligned}$$
#
# The layer learns $\Lambda$, one number for each number of the state, and the weights of the gates. By hand,
# for $a = 0.9$:
#
# | $r_t$ | $8 r_t$ | $a_t$, how much is kept | $\sqrt{1 - a_t^2}$, how much is let in |
# |---|---|---|---|
# | 1 | 8 | $0.9^8 = 0.430$ | $0.903$ |
# | $\frac12$ | 4 | $0.9^4 = 0.656$ | $0.755$ |
# | $\frac18$ | 1 | $0.9$ | $0.436$ |
#
# ??? predict stands_still "And what does a step with $r_t = 0$ do?"
#     - ( ) it forgets the state, and takes the input
#     - ( ) it keeps the state, and adds the input
#     - (x) it keeps the state, and lets nothing in
#
#     It keeps the state and lets nothing in, because $0.9^0 = 1$ and $\sqrt{1 - 1} = 0$.
#
# It keeps the state and lets nothing in, whatever $i_t$ says. So $r_t$ trades old for new, and the squares of
# the two factors always add up to 1. That is why the state stays about as large as what comes in,
# $i_t * x_t$, if that is like noise and $r_t$ does not depend on it. The second gate, $i_t$, can only make
# less of the input.
#
# Each star is a product number by number, a **Hadamard product** (survey: Chrysos et al., 2025). It costs one
# multiplication a number. With it a layer can do what a matrix alone cannot: let one part of the input decide
# what becomes of another.
#
# With which memories does a fresh layer start? The paper and its own code give two answers.


# %% fold
for r, kept_part, let_in in ((1, 0.430, 0.903), (1 / 2, 0.656, 0.755), (1 / 8, 0.9, 0.436)):
    a_t = 0.9 ** (8 * r)
    assert abs(a_t - kept_part) < 5e-4 and abs(math.sqrt(1 - a_t**2) - let_in) < 5e-4

torch.manual_seed(0)
lives = {}
for start in ("paper", "code"):
    a = torch.sigmoid(initial_lambda(4096, 8.0, start).double())
    lives[start] = np.sort((math.log(0.5) / (4 * a.log())).numpy())[::-1]
share = (np.arange(4096) + 0.5) / 4096
longer = {
    start: [float((life > k).mean()) for k in (2, 5, 10, 20, 50, 100, 200, 500, 1000)]
    for start, life in lives.items()
}
with picture(
    "The share of states whose half-life is longer than so many steps, for two starts, with the gate half "
    f"open. The one of the code falls from 1 at 2 steps to 0 at {lives['code'][0]:.0f}, the one of the paper "
    f"from 1 at {lives['paper'][-1]:.0f} steps to 0 at {lives['paper'][0]:.0f}.",
    table=[
        ["half-life above", *longer],
        *(
            [k, *row]
            for k, *row in zip((2, 5, 10, 20, 50, 100, 200, 500, 1000), *longer.values(), strict=True)
        ),
    ],
    caption="Two starts of the RG-LRU, that of the paper and that of the code, with the gate half open: "
    "4,096 states drawn for each.",
    height=3.2,
) as axes:
    for number, (start, life) in enumerate(lives.items()):
        points = list(zip(life[::64].tolist(), share[::64].tolist(), strict=True))
        draw_line(axes, number, points, start, marked=False)
        axes.text(1.3 * life[-1], 0.9, start, color=LINES[number][0])
    axes.set_xscale("log")
    axes.set_xlabel("half-life in steps")
    axes.set_ylabel("share with a longer one")
tell(
    **{
        f"{start}_{end}": f"{math.log(0.5) / (power * math.log(radius)):,.{digits}f}"
        for start, end, power, radius, digits in (
            ("paper", "low", 0.5, 0.9, 0),
            ("paper", "high", 0.5, 0.999, 0),
            ("code", "low", 4, 0.9, 1),
            ("code", "high", 4, 0.999, 0),
        )
    }
)
# The root's slope, half of one over the root.
slope = {a_t: 0.5 / math.sqrt(1 - a_t**2) for a_t in (0.999, 0.999999, 0.99999999)}
tell(
    slope_3=f"{slope[0.999]:.0f}",
    slope_6=f"{slope[0.999999]:.0f}",
    slope_8=f"{slope[0.99999999]:,.0f}",
)
# What the exercise says of bfloat16.
ones = torch.tensor([2 ** (-1 / 400), 2 ** (-1 / 10_000)]).bfloat16().tolist()
assert ones == [1.0, 1.0] and float(torch.tensor(1 - 2.0**-8).bfloat16()) == 0.99609375

# %% [markdown]
# The paper draws $a^8$ evenly between 0.9 and 0.999, so with the gate half open, $r_t = \frac12$, a state
# starts with a half-life from {{ value paper_low }} to {{ value paper_high }} steps. The released code takes
# $a$ itself from that range, and then it is {{ value code_low }} to {{ value code_high }}. They also differ
# in the sign: our $a$ is $\sigma(\Lambda)$, so a larger $\Lambda$ remembers longer, while the released code
# stores $-\Lambda$. If you carry weights from one program to another and the sign is wrong, a decay $a$ of
# 0.999 becomes 0.001, and no shape tells you.
#
# One more trap is the root. The slope of $\sqrt{s}$ is $1/(2\sqrt{s})$, and $s = 1 - a_t^2$ becomes 0 as a
# decay goes to 1. At $a_t = 0.999$ the slope is {{ value slope_3 }}, at 0.999999 it is {{ value slope_6 }},
# and at 0.99999999 it is {{ value slope_8 }}. One such step can outweigh all others in a gradient, so the
# released code, and ours, lets the slope be 1,000 at most. And the number $1 - a_t^2$ itself loses its digits
# there.
#
# {{ exercise listening_decay }}
#
# ??? note "The library's coefficients"
#     {{ source minirnn/layers/rglru.py coefficients }}
#
# ## The block
#
# A layer alone is no model. What stands around it is much the same in most of these models:

# %% fold


def arrow(axes, start, end, color=INK):
    axes.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 1.6})


def box(axes, x, y, words, color=INK):
    look = {"boxstyle": "round,pad=0.3", "facecolor": "none", "edgecolor": color, "linewidth": 1.4}
    axes.text(x, y, words, ha="center", va="center", fontsize=9, bbox=look)


def plus(axes, x, y, words="+"):
    look = {"boxstyle": "circle,pad=0.15", "facecolor": "none", "edgecolor": blue, "linewidth": 1.6}
    axes.text(x, y, words, ha="center", va="center", fontsize=11, bbox=look)


with picture(
    "A straight stream leads upwards and passes two plus signs. Into the first one comes a loop that leaves "
    "the stream below it: norm, then two branches side by side, on the left linear and GeLU, on the right "
    "linear, convolution and RG-LRU, then their product, then linear. Into the second comes a loop of norm "
    "and MLP.",
    table=None,
    caption="A residual block of Griffin, from below. The stream (blue) is only ever added to.",
    height=5.0,
) as axes:
    axes.plot([0, 0], [-0.6, 4.45], color=blue, linewidth=1.8)
    arrow(axes, (0, 4.95), (0, 7.15), blue)
    plus(axes, 0, 4.7)
    plus(axes, 0, 7.5)
    arrow(axes, (0, 7.75), (0, 8.5), blue)
    for start, norm, back in ((-0.2, 0.4, 4.7), (5.35, 5.95, 7.5)):
        axes.plot([0, 4.0], [start, start], color=INK, linewidth=1.2)
        arrow(axes, (4.0, start), (4.0, norm - 0.22))
        box(axes, 4.0, norm, "norm")
        axes.plot([4.0, 4.0], [back - 0.42, back], color=INK, linewidth=1.2)
        arrow(axes, (4.0, back), (0.25, back))
    axes.plot([2.6, 5.4], [0.95, 0.95], color=INK, linewidth=1.2)
    axes.plot([4.0, 4.0], [0.62, 0.95], color=INK, linewidth=1.2)
    for x, parts in ((2.6, ("linear", "GeLU")), (5.4, ("linear", "convolution", "RG-LRU"))):
        heights = (1.4, 2.1, 2.8)[: len(parts)]
        arrow(axes, (x, 0.95), (x, heights[0] - 0.22))
        for part, height in zip(parts, heights, strict=True):
            box(axes, x, height, part)
        for below, above in zip(heights[:-1], heights[1:], strict=True):
            arrow(axes, (x, below + 0.22), (x, above - 0.22))
        axes.plot([x, x], [heights[-1] + 0.22, 3.4], color=INK, linewidth=1.2)
        arrow(axes, (x, 3.4), (4.0 + (0.25 if x > 4 else -0.25), 3.4))
    plus(axes, 4.0, 3.4, "×")
    arrow(axes, (4.0, 3.6), (4.0, 3.85))
    box(axes, 4.0, 4.1, "linear")
    arrow(axes, (4.0, 6.17), (4.0, 6.55))
    box(axes, 4.0, 6.8, "MLP")
    axes.text(6.8, 2.6, "steps\nmeet", ha="left", va="center", fontsize=9)
    axes.text(6.8, 6.4, "features\nmeet", ha="left", va="center", fontsize=9)
    axes.text(-0.25, -0.5, "x", ha="right", va="center")
    axes.set_xlim(-1, 8.3)
    axes.set_ylim(-0.8, 8.6)
    axes.axis("off")

# %% [markdown]
# - The **stream** goes straight through, and nothing multiplies it, so a gradient comes down along it as it
#   is: the road of {{ lesson gates }}, laid from layer to layer.
# - A **norm** at the head of each loop hands over rows of one size, however much has been added to the
#   stream.
# - The **convolution** mixes each step with the three before it, as in {{ lesson selection }}.
# - The **gate** beside the recurrence multiplies the memory number by number. Near 0 it hides it, and being a
#   GeLU it may enlarge it, too.
# - The **MLP** works on each step alone, and mixes its features.
#
# In a layer of attention the whole mixer is replaced by attention, and the rest stays.
#
# {{ exercise griffin_block }}
#
# !!! sofar
#     A state costs the same after any text, and cannot hold a long telephone book; a cache can, and grows.
#     The RG-LRU chooses how much it keeps, and stands in a block between a norm, a convolution, a gate and an
#     MLP.
#
# {{ part "Looking back a little" }}
#
# ## A window and a ring
#
# Griffin's attention is **local**: a step sees the $w$ newest keys, its own among them. A whole sequence then
# needs a mask, a table that says who may look where. It also has to keep apart the documents that are packed
# into one row.
#
# {{ exercise window_mask }}
#
# When the model writes, the mask is gone and there is a cache of $w$ slots. Where does a new key go? Over the
# oldest one. Position $p$ goes to slot $p \bmod w$. With $w = 3$ the positions 0 to 5 go to the slots
#
# $$0,\ 1,\ 2,\ 0,\ 1,\ 2,$$
#
# so the cache is a **ring**, and nothing in it is ever moved. But a prompt brings many tokens at once, and
# there it is easy to go wrong. Programs did, with the states of recurrent layers: tokens that followed a
# cached beginning did not see it, or the padding of the last piece changed what was kept.
#
# {{ exercise ring_cache }}
#
# ## Where was that?
#
# A softmax does not care about order. If the keys of a full ring are shuffled together with their values, the
# output stays what it was. So if attention itself is to know where a key was, query and key must carry their
# positions. In many models they are *turned* by them (RoPE, Su et al., 2021). Two numbers of a head form a
# pair, an arrow in the plane. At position $p$ pair $k$ is turned by the angle $p\,\omega_k$. By hand: let the
# query and the key of a pair both be $(1, 0)$, with speed $\omega = 0.1$. The query at position 7 is turned
# by 0.7 and the key at position 2 by 0.2, so the angle between them is 0.5 and their product is
# $\cos 0.5 = 0.88$.
#
# ??? predict shifted "The query moves to position 1,007, and the key to 1,002. What is the product now?"
#     - (x) 0.88
#     - ( ) nearly 0
#     - ( ) that depends on the speed
#
#     0.88, because both are turned by the same further angle, and that changes no product. It would be so at
#     any speed.
#
# It is 0.88 again. So attention sees distances, and a key that is in the cache never has to be turned again.
# The speeds fall from pair to pair: with $n$ pairs, $\omega_k = \text{base}^{-k/n}$. Fast pairs tell near
# positions apart. With base 10,000 and 128 pairs the slowest one takes {{ value slowest_turn }} tokens for a
# full turn.
#
# What are the slow ones good for, then? Barbero et al. (2024) find that a trained model uses the fastest
# pairs to point at positions, for instance at the token just before. The slow ones seem to carry meaning,
# which should not depend on a distance. But slow is not still, and in a long enough text these pairs turn as
# well. Hence **p-RoPE**: a share p of the pairs, the fastest ones, turns as in RoPE, and the others do not
# turn at all.


# %% fold
def speeds(turning, among, base):
    """Of the pairs that turn, in radians for each token."""
    return (rope_turns(among, turning / among, True).double() * (2 * math.pi / 2**48)).tolist()


PAIRS, BASE = 256, 1_000_000.0


def by_formula(turning, among, base):
    return [base ** (-k / among) for k in range(turning)]


# The library's, for its base, and the formula agree.
assert np.allclose(speeds(64, 256, 1e4), by_formula(64, 256, 1e4), rtol=1e-6)
schemes = {
    "RoPE": by_formula(PAIRS, PAIRS, BASE),
    "p-RoPE": by_formula(64, PAIRS, BASE),
    "partial": by_formula(64, 64, BASE),
}
turn = {name: 2 * math.pi / values[-1] for name, values in schemes.items()}
shown = (0, 16, 32, 48, 63, 64, 128, 192, 255)
with picture(
    "The speed of each of 256 pairs, on a logarithmic axis. RoPE falls in a straight line from 1 to a "
    "millionth at the last pair. p-RoPE goes along this line and stops after 64 pairs. Partial rotary also "
    "stops after 64 pairs, but falls four times as steeply, to a millionth.",
    table=[
        ["pair", *schemes],
        *(
            [k, *(f"{values[k]:.2g}" if k < len(values) else "stands" for values in schemes.values())]
            for k in shown
        ),
    ],
    caption="Speeds of the pairs of a head, in radians for each token: 256 pairs, base 1,000,000, and in two "
    "of the three schemes a share of 0.25 turns.",
    height=3.4,
) as axes:
    for number, (name, values) in enumerate(schemes.items()):
        draw_line(axes, number, list(enumerate(values))[:: 3 if name != "RoPE" else 5], name, marked=False)
    axes.set_yscale("log")
    axes.set_xlabel("pair")
    axes.set_ylabel("radians for each token")
    label_lines(axes)
tell(
    slowest_turn=f"{2 * math.pi * 10_000 ** (127 / 128):,.0f}",
    p_turn=f"{turn['p-RoPE']:.0f}",
    partial_turn=f"{turn['partial']:,.0f}",
)

# %% [markdown]
# Gemma 4 does so in its layers of full attention, with the share 0.25 and the numbers of the picture, and its
# slowest turning pair comes round in {{ value p_turn }} tokens. **Partial rotary**, as in Qwen3-Next, is
# something else with the same 0.25: it takes a quarter of the head as a smaller head of its own, with all
# speeds from fast to slow. In the picture its slowest pair needs {{ value partial_turn }} tokens. So the
# setting *0.25* alone does not say what a model does.
#
# {{ exercise turn_pairs }}
#
# {{ exercise which_rotation }}
#
# And if none turns at all, which is called **NoPE**? A Transformer of Barbero et al. then had a perplexity of
# {{ value nope }} on Wikipedia, with RoPE {{ value rope }}, and with p-RoPE {{ value p75 }} for a share of
# 0.75 and {{ value p25 }} for 0.25. But in a hybrid the recurrent layers see the order anyway, and the
# attention of Granite 4.0 H has no positions.

# %% fold
tell(nope="4.86", rope="4.46", p75="4.44", p25="4.53")  # their table 2: 4.8594, 4.4627, 4.4414, 4.5302


# %% [markdown]
# {{ part "How much attention is enough?" }}
#
# ## The experiment
#
# How many layers should be attention? Wang et al. (2025) trained 72 models to find out, of 340 million and
# 1.3 billion weights.
#
# We ask the same in small. Our models have four blocks and about {{ value weights }} weights. None, one, two
# or all of the blocks are attention over all of the past, and the others are the block above. Each model
# learns two things, each from scratch: to predict text, namely the language reference that comes with Python,
# and to recall. In the second task {{ value pairs }} keys with their values go by, then each key comes again,
# and its value is to be said. A model that remembers the values, but not whose they are, is right once in
# {{ value pairs }}. All have the same learning rate, and in each task the same number of steps.
#
# ??? predict ratio "No block of attention, one, two, all: what happens to loss and recall?"
#     - ( ) both become better with each further block
#     - ( ) the loss becomes better with each block, and recall hardly changes
#     - (x) recall jumps with the first block, and the loss is not better for it
#
#     Recall jumps with the first block, from {{ value recall_0 }} to {{ value recall_14 }}. The loss is
#     {{ value loss_0 }} without attention, {{ value loss_14 }} with one block, {{ value loss_12 }} with two,
#     and {{ value loss_1 }} with attention alone.
#
# Recall jumps with the first block, from {{ value recall_0 }} to {{ value recall_14 }} of the answers, and
# further blocks have nothing to add. The loss is not better for it: up to two blocks it hardly changes, and
# with attention alone it is higher. A window of 16 tokens, which the pairs alone fill, recalls less,
# {{ value recall_window }}.
#
# Wang et al. found the like. Over five ratios language modelling stayed about the same, while recall rose
# with more attention. They recommend three to six recurrent layers, of Gated DeltaNet for instance, for each
# layer of attention.

# %% fold
study = results.load("reproduce-hybrid-ratio")
designs, settings = study["designs"], study["settings"]
NAMES = {
    "0": "none",
    "1/4": "1 of 4",
    "1/2": "2 of 4",
    "1": "all",
    "1/4, window 16": "1 of 4, window 16",
}


def score(name, what):
    found = designs[name][what]
    return f"{found['mean']:.3f} ({min(found['runs']):.3f} to {max(found['runs']):.3f})"


with picture(
    "Recall against loss on text, five designs. "
    + " ".join(
        f"Attention in {label}: loss {designs[name]['loss']['mean']:.2f}, recall "
        f"{designs[name]['recall']['mean']:.0%}."
        for name, label in NAMES.items()
    ),
    table=[
        ["blocks of attention", "weights", "loss, nats per character", "recall"],
        *(
            [label, f"{designs[name]['parameters']:,}", score(name, "loss"), score(name, "recall")]
            for name, label in NAMES.items()
        ),
    ],
    caption=f"How many of the four blocks are attention. Each point is the mean of {settings['seeds']} runs, "
    "and the bars go from the worse to the better one. Good is top left.",
    height=3.8,
) as axes:
    for name in NAMES:
        color, _, marker = LINES[1 if name == "1/4, window 16" else 0]
        loss, recall = designs[name]["loss"], designs[name]["recall"]
        axes.plot(loss["runs"], [recall["mean"]] * len(loss["runs"]), color=color, linewidth=1.4)
        axes.plot([loss["mean"]] * len(recall["runs"]), recall["runs"], color=color, linewidth=1.4)
        axes.plot(loss["mean"], recall["mean"], marker, color=color, markersize=6)
    axes.axhline(study["chance"], color=INK, linestyle=":", linewidth=1.0)
    PLACE = {
        "0": (10, -4, "left"),
        "1/4": (0, 10, "right"),
        "1/2": (8, 10, "left"),
        "1": (0, 10, "center"),
        "1/4, window 16": (12, -14, "left"),
    }
    for name, label in NAMES.items():
        dx, dy, side = PLACE[name]
        at = designs[name]["loss"]["mean"], designs[name]["recall"]["mean"]
        axes.annotate(label, at, (dx, dy), textcoords="offset points", ha=side, fontsize=9)
    axes.set_xlim(1.42, 1.64)
    axes.set_ylim(0, 1.15)
    axes.yaxis.set_major_formatter(lambda y, _: f"{y:.0%}" if y <= 1 else "")
    axes.set_xlabel("loss on text, nats per character")
    axes.set_ylabel("recall")


def percent(name):
    return f"{designs[name]['recall']['mean']:.0%}"


def nats(name, what="loss"):
    return f"{designs[name][what]['mean']:.3f}"


weights = [found["parameters"] for found in designs.values()]
tell(
    weights=f"{round(np.mean(weights), -3):,.0f}",
    pairs=settings["recall"]["pairs"][-1],
    seeds={2: "two", 3: "three"}[settings["seeds"]],
    trained=settings["text"]["window"],
    recall_0=percent("0"),
    recall_14=percent("1/4"),
    recall_window=percent("1/4, window 16"),
    loss_0=nats("0"),
    loss_14=nats("1/4"),
    loss_12=nats("1/2"),
    loss_1=nats("1"),
    repeats=f"{study['text']['share of repeats']:.0%}",
    repeats_0=nats("0", "repeats"),
    repeats_14=nats("1/4", "repeats"),
    recall_far=f"{designs['1/4']['recall by length']['256']['mean']:.0%}",
    far_1=f"{designs['1']['extrapolation']['1024']['mean']:.3f}",
)
# What the text says in words.
means = {
    name: {what: found[what]["mean"] for what in ("loss", "recall", "repeats")}
    for name, found in designs.items()
}
assert max(weights) < 1.1 * min(weights) and round(1 / study["chance"]) == settings["recall"]["pairs"][-1]
assert settings["recall"]["lengths"][0] == 32
assert means["0"]["recall"] < 0.5 and min(means[name]["recall"] for name in ("1/4", "1/2", "1")) > 0.95
assert max(abs(means[name]["loss"] - means["0"]["loss"]) for name in ("1/4", "1/2")) < 0.02
assert means["1"]["loss"] > means["0"]["loss"] + 0.08
assert abs(means["0"]["repeats"] - means["1/4"]["repeats"]) < 0.03
assert means["0"]["recall"] < means["1/4, window 16"]["recall"] < means["1/4"]["recall"]
assert designs["1/4, window 16"]["window"] == 16 == 2 * settings["recall"]["pairs"][-1]

# %% [markdown]
# Why is the loss not better, if recall is so much better? In this text {{ value repeats }} of the characters
# come after six that have stood in the same window before, so that what followed then could be looked up. On
# these, too, the designs with and without attention are hardly apart ({{ value repeats_0 }} and
# {{ value repeats_14 }}). It seems that so small a model hardly needs a record for such a text, so do not
# judge a memory by the loss alone.
#
# What speaks against it? The models are very small, and there are {{ value seeds }} runs each, on one text
# and one task. Recall comes all of a sudden in training, so it matters when a run ends: in a try with about
# half of the steps the model with a single block had not found it yet, and was no better than the one
# without. The model without attention was still learning at the end, and with more steps or a larger state it
# may well recall more. And the higher loss of attention alone may be due to the few steps.
#
# ??? info "At equal seconds"
#     Equal steps are not equal time. In the race at the end of {{ lesson vanilla_rnn }} each model has
#     {{ value race_seconds }} seconds on two cores, and another text. In windows of 256 characters Hawk comes
#     to {{ value race_hawk }} nats per character, Griffin to {{ value race_griffin }}, a Transformer to
#     {{ value race_transformer }}, and an LSTM, whose program is fast here, to {{ value race_lstm }}. When
#     they write, the state of Hawk takes {{ value bytes_hawk }} and that of Griffin
#     {{ value bytes_griffin }}, at any length, because its rings are laid out at once. The cache of the
#     Transformer takes {{ value bytes_transformer }} at 10,000 characters.
#
# ### Longer texts
#
# The models were trained in windows of {{ value trained }} characters. In longer ones a smaller share of the
# characters stands near a beginning, with little to look back at, so the mean should fall by itself. Without
# attention it does, and with local attention, too: lengths never met in training do no harm. (The table does
# not show whether these models look back over more than {{ value trained }} characters.) With attention alone
# the loss rises from {{ value loss_1 }} to {{ value far_1 }}, with two blocks a little, and with one only at
# the end. Recall falls, too: with one block it is {{ value recall_far }} among 256 tokens, most of them
# noise, and was {{ value recall_14 }} among the 32 of training.

# %% fold
race, writing = results.load("train-lm"), results.load("generate")["results"]
for name in ("hawk", "griffin", "transformer", "lstm"):
    tell(**{f"race_{name}": f"{race['medians'][name]['window 256']:.2f}"})
for name in ("hawk", "griffin", "transformer"):
    size = writing[name]["state bytes"][-1]
    tell(**{f"bytes_{name}": f"{size / 1e3:.0f} KB" if size < 1e6 else f"{size / 1e6:.0f} MB"})
tell(race_seconds=f"{race['seconds of training']:.0f}")
assert writing["transformer"]["positions"][-1] == 10_000

longer_windows = settings["text"]["windows"]
show_table(
    [
        ["attention in", *(f"{n:,}" for n in longer_windows)],
        *(
            [label, *(f"{designs[name]['extrapolation'][str(n)]['mean']:.3f}" for n in longer_windows)]
            for name, label in NAMES.items()
        ),
    ],
    caption=f"Loss in windows of {longer_windows[0]} characters, as in training, and in longer ones: nats "
    "per character, mean of the runs.",
)
far = {name: found["extrapolation"][str(longer_windows[-1])]["mean"] for name, found in designs.items()}
# What the text says in words.
assert far["0"] < designs["0"]["loss"]["mean"]
assert far["1/4, window 16"] < designs["1/4, window 16"]["loss"]["mean"]
assert 0 < far["1/4"] - designs["1/4"]["loss"]["mean"] < far["1/2"] - designs["1/2"]["loss"]["mean"] < 0.1
by_length = {
    name: [designs[name]["extrapolation"][str(n)]["mean"] for n in longer_windows] for name in designs
}
assert all(np.diff(by_length["1/2"]) > 0) and max(by_length["1/4"][1:3]) < by_length["1/4"][0]
# A constant loss for each window's beginning is enough to explain the two that fall.
for name in ("0", "1/4, window 16"):
    inverse = np.stack([np.ones(len(longer_windows)), 1 / np.array(longer_windows)], 1)
    fit = inverse @ np.linalg.lstsq(inverse, np.array(by_length[name]), rcond=None)[0]
    assert abs(fit - by_length[name]).max() < 1e-3

# %% [markdown]
# Among the large models of De et al. (2024), too, Hawk and Griffin become better up to at least four times
# the trained length, and Transformers with RoPE or without positions do not. Beyond the trained length slow
# pairs stand at angles that the model has never met, and a softmax, turned or not, is shared among more keys
# than ever in training. A step of a recurrence is always the same step.
#
# ### What is each part worth?
#
# Take the hybrid with one block of attention, and leave out one part of the blocks at a time.
#
# ??? predict part "Without which of these does it lose most?"
#     - ( ) the convolution
#     - ( ) the gate
#     - ( ) the MLP
#     - (x) the stream, so that a branch replaces what it reads and is not added to it
#
#     The stream. With its parts one behind the other, and nothing passing by, the loss is
#     {{ value no_stream }}, and {{ value whole }} with all parts.

# %% fold
ablation = results.load("reproduce-block-ablation")
parts = ablation["parts"]
LEFT_OUT = {"the whole block": "nothing", "residual": "the stream"}


def outcome(found):
    """Mean and runs of a loss; a run may have exploded."""
    runs = [run for run in found["loss"]["runs"] if run is not None]
    lost = len(found["loss"]["runs"]) - len(runs)
    mean = "" if found["loss"]["mean"] is None else f"{found['loss']['mean']:.3f}"
    each = ", ".join(f"{run:.3f}" for run in runs) + (f", {lost} exploded" if lost else "")
    return mean, each


show_table(
    [
        ["left out", "weights", "loss", "each run"],
        *(
            [LEFT_OUT.get(part, part), f"{found['parameters']:,}", *outcome(found)]
            for part, found in parts.items()
        ),
    ],
    caption="Loss on text, nats per character, with one part of the blocks left out and its weights with it.",
)
found = {part: parts[part]["loss"]["mean"] for part in parts}
verdicts = {**study["verdict"], **ablation["verdict"]}
failed = [name for name, came_out in verdicts.items() if not came_out]
tell(expected=len(verdicts), failed={4: "four"}[len(failed)])
tell(whole=f"{found['the whole block']:.3f}", no_stream=f"{found['residual']:.3f}")
# What the text says in words.
assert (
    1.8 < found["residual"] / found["the whole block"] < 2 and parts["norm"]["loss"]["runs"].count(None) == 1
)
assert parts["MLP"]["parameters"] < 0.5 * parts["the whole block"]["parameters"]
assert sorted(found, key=lambda part: found[part] or 0)[-3:] == ["convolution", "MLP", "residual"]
assert min(parts["convolution"]["loss"]["runs"]) > max(parts["the whole block"]["loss"]["runs"])
assert max(found["gate"], found["decay that listens"]) <= found["the whole block"]

# %% [markdown]
# Without the stream the loss is nearly twice as high. Without the norm one run of two explodes. The MLP comes
# next, but more than half of the weights go with it. The convolution is worth a little, since both runs
# without it are worse than both with all parts. But without the gate, or with a decay that does not listen,
# the loss is not higher at all.
#
# That does not make the two useless. Two runs do not show small differences, and where a state must forget at
# some steps and not at others, its decay has to listen, as in {{ lesson selection }}.

# %% [markdown]
# ??? info "More on how far to trust it"
#     In TRecViT, a model that names what happens in videos, the stream counts most as well: it is right in
#     66.7% of the cases with all parts, in 66.0% without its gates, in 64.9% without convolution and in 15.5%
#     without the stream.
#
#     Of {{ value expected }} expectations that were written down before the two runs, {{ value failed }} did
#     not come out: that the loss is about the same for all shares, also for attention alone; that the gate
#     and the decay that listens are worth something; and that the stream is worth most, if a run that
#     explodes counts as the worst. Each model without a part was tried with two learning rates in its first
#     run, and the one with the lower training loss was kept. Make the runs again with
#     `python benchmarks/reproduce/hybrid_ratio.py` and `block_ablation.py`.
#
# ### Back to the four models
#
# Three of the models at the top give much the same answer: many recurrent layers, and a few of full
# attention. RecurrentGemma makes do with windows. Here are their layers once more, with those of Kimi Linear.

# %% fold
show_table(
    [
        ["model", "year", "recurrent layer", "to attention", "found in"],
        ["RecurrentGemma", "2024", "RG-LRU", "2 : 1, window", "its code"],
        ["Qwen3-Next", "2025", "Gated DeltaNet", "3 : 1", "transformers"],
        ["Kimi Linear", "2025", "Kimi Delta Attention", "3 : 1", "its page"],
        ["Granite 4.0 H Tiny", "2025", "Mamba-2", "9 : 1", "its settings"],
        ["Olmo Hybrid", "2026", "Gated DeltaNet", "3 : 1", "transformers"],
    ],
    caption="Recurrent layers to layers of attention, in the pattern that repeats. The library called "
    "transformers has the code of many models.",
)

# %% [markdown]
# The makers of Kimi Linear say that their cache is smaller by up to 75%, and that with a million tokens it
# writes up to six times as fast as with full attention. The first number agrees with our bill.

# %% [markdown]
# ## What to remember
#
# {{ keypoints }}
#
# ## Check yourself
#
# ??? check "Two key-value heads of 64 numbers, in 2 bytes. What does the layer keep of 1,000 tokens?"
#     512,000 bytes: for each token a key and a value of $2 \cdot 64$ numbers, which are 512 bytes.
#
# ??? check "$a = 0.9$ and $r_t = 0$ at every step. After a million steps, what is left of the state?"
#     All of it. $a_t$ is 1 and the root is 0, so nothing fades and nothing comes in.
#
# ??? check "Why does the norm stand on the loop, and not on the stream?"
#     A norm on the stream would rescale it at each block, and with it the gradient that comes down. On the
#     loop it changes only what the branch reads.
#
# ??? check "A quarter of the pairs turns, by p-RoPE and by partial rotary. What differs?"
#     The speeds. In p-RoPE only fast pairs turn. In partial rotary there are slow ones among those that turn.
#
# ## What comes next
#
# Is there something that no diagonal recurrence can do, however large its state is?
# {{ Lesson state_tracking }} is about that. The recurrent layers of Qwen3-Next and Olmo Hybrid keep a matrix
# in each head instead of a vector, and correct it as they read: {{ lesson delta_rule }}. Their bill is
# larger: by its default settings a layer of Qwen3-Next keeps 32 matrices of 128 times 128 numbers. In 4 bytes
# each that is {{ value qwen_state }}, as much as a layer of its attention keeps of {{ value qwen_tokens }}
# tokens in 2 bytes. And {{ lesson capstone }} trains a language model from the blocks of this lesson.
#
# ## Where papers and programs differ
#
# !!! note "Where papers and programs differ"
#     - **Sign.** De et al. define $a = \sigma(\Lambda)$, but their equation 6 prints
#       $\log a_t = -c\,\mathrm{softplus}(\Lambda)\, r_t$, which belongs to $\sigma(-\Lambda)$. Their code is
#       of the second kind.
#     - **Start.** $a^8$ or $a$ between 0.9 and 0.999, as above. The code draws it evenly in the square of
#       $a$.
#     - **First step.** At the first step of a document the released code sets $a_t = 0$ and the root to 1, so
#       that $h_t = i_t * x_t$, and so does ours.
#     - **Window.** The released code lets a step see one key more than the window says, in a whole sequence
#       and with its cache. Ours sees $w$.
#     - **Positions.** In the released code only the first half of each head turns: partial rotary with 0.5.
#     - **Pairs.** Numbers $k$ and $k + n$ of a head are a pair, as in our library, or the neighbours $2k$ and
#       $2k + 1$. Both are in use.
#     - **Complex.** The paper also has a complex RG-LRU, and found no gain from it for language. `minirnn`
#       has it, in `layers/cglru.py`.
#     - **Norm and MLP.** The attention layers of Olmo Hybrid norm what a branch returns, before it is added.
#       Qwen3-Next and Granite 4.0 H Tiny have a mixture of experts for the MLP.
#     - **Beside each other.** In Falcon-H1 (2025) attention and recurrence work side by side in each layer,
#       and not in layers of their own.
#
# ## Read on
#
# - S. De, S. L. Smith, A. Fernando and others, *Griffin: Mixing Gated Linear Recurrences with Local Attention
#   for Efficient Language Models*, 2024, [arXiv 2402.19427](https://arxiv.org/abs/2402.19427). The RG-LRU,
#   the block, the telephone book.
# - A. Botev, S. De, S. L. Smith and others, *RecurrentGemma: Moving Past Transformers for Efficient Open
#   Language Models*, 2024, [arXiv 2404.07839](https://arxiv.org/abs/2404.07839).
# - D. Wang, R.-J. Zhu and others, *A Systematic Analysis of Hybrid Linear Attention*, 2025, [arXiv
#   2507.06457](https://arxiv.org/abs/2507.06457). The ratio, with 72 models.
# - F. Barbero and others, *Round and Round We Go! What makes Rotary Positional Encodings useful?*, 2024 (ICLR
#   2025), [arXiv 2410.06205](https://arxiv.org/abs/2410.06205). Which pairs a model uses for what, and
#   p-RoPE.
# - J. Su and others, *RoFormer: Enhanced Transformer with Rotary Position Embedding*, 2021, [arXiv
#   2104.09864](https://arxiv.org/abs/2104.09864).
# - S. Jelassi and others, *Repeat After Me: Transformers are Better than State Space Models at Copying*,
#   2024, [arXiv 2402.01032](https://arxiv.org/abs/2402.01032). The counting argument, and experiments with
#   it.
# - G. Chrysos and others, *Hadamard product in deep learning: Introduction, Advances and Challenges*, 2025,
#   [arXiv 2504.13112](https://arxiv.org/abs/2504.13112).
#
# ??? teacher "For teachers"
#     {{ minutes }}
#
#     **In one sentence.** The class works out what a state and a cache cost and what each can recall, and
#     builds the block that holds both.
#
#     **Board plan.** Left, stays: the two bills, 25,600 bytes once and 1,024 bytes a token, with the line for
#     each over the number of tokens. Middle: the block, drawn from below as the parts come up. Right: the
#     circle of three slots, and beside it two arrows that turn.
#
#     **Checkpoints**, without the exercises.
#
#     | in part | they can |
#     |---|---|
#     | 1 | say what attention costs for a token, and at which length it passes a state |
#     | 1 | give the smallest number of bits for a book of 200 entries |
#     | 2 | fill in a line of the table for $r_t = \frac14$ |
#     | 2 | draw the block without looking |
#     | 3 | say in which slot position 100 lies for $w = 8$ |
#     | 3 | say what two schemes with "0.25" have in common and what not |
#     | 4 | say what a few layers of attention change, and what they hardly change |
#
#     **A game.** One pupil may keep one card with ten words on it, another may write down all that is said.
#     The class reads a list of names and numbers aloud. Whom do you ask for the topic, and whom for a number?
#
#     **What learners get wrong.**
#
#     - *A hybrid needs as little memory as a recurrence.* With full attention in a quarter of its layers it
#       needs a quarter of a Transformer's cache, and that grows.
#     - *A better trained state holds the book.* The bound is on bits, and training makes none.
#     - *$r_t = 0$ forgets.* It keeps. Let them put it into the power.
#     - *The root is $1 - a$.* In a GRU the two shares add up to 1, here their squares do.
#     - *A window of $w$ sees $w$ keys before the current one.* The current one counts.
#     - *The ring has to be sorted before it is read.* Not for a softmax.
#     - *Partial rotary and p-RoPE are one thing.* Let them list the speeds for four pairs, of which two turn.
#     - *One more layer of attention makes a better model of text.* Look at the experiment before you say so.
#
#     **If time is short.** Leave out the root's slope and the rotary schemes, but keep the bill, the book and
#     the experiment.

# %% [markdown]
# A table of counts looks back a few symbols and no further. You do not read like that. When you reach the end
# of this sentence you still know how it began, and you have not looked back once. You carry something along.
#
# The picture shows a machine that does the same. Left: one box that reads a symbol and hands a note to
# itself. Right: the same box, drawn once for each symbol it reads. The note is called the **state**.

# %% fold
import math

from minirnn.base.plots import INK, LINES, draw_line
from minirnn.course import results
from minirnn.course.figures import picture, show_table
from minirnn.layers.rnn import backward, forward
from minirnn.text import corpus, ngram

import numpy as np

blue, orange = LINES[0][0], LINES[1][0]

with picture(
    "Left: a box named step, with an arrow from its state back into itself. Right: four such boxes in a row, "
    "an arrow labelled with the state leading from each to the next. From below they read h, e, l, l; above "
    "them stand their guesses e, l, l, o.",
    table=None,
    caption="The loop, and the loop unrolled: the same box each time. Below it what it reads, above it what "
    "it guesses.",
    height=3.0,
) as axes:

    def arrow(start, end, color=INK, bend=0.0):
        style = {"arrowstyle": "->", "color": color, "linewidth": 1.5}
        style["connectionstyle"] = f"arc3,rad={bend}"
        axes.annotate("", end, start, arrowprops=style)

    def box(x, y, words, edge):
        look = {"boxstyle": "round,pad=0.55", "facecolor": "none", "edgecolor": edge, "linewidth": 1.6}
        axes.text(x, y, words, ha="center", va="center", bbox=look)

    for x, symbol, guess in (
        (0, "$x_t$", ""),
        (2.6, "h", "e"),
        (4.2, "e", "l"),
        (5.8, "l", "l"),
        (7.4, "l", "o"),
    ):
        box(x, 0, "step", blue)
        axes.text(x, -1.25, symbol, ha="center", va="center", fontsize=13)
        arrow((x, -1.0), (x, -0.35))
        if guess:
            axes.text(x, 1.25, guess, ha="center", va="center", fontsize=13)
            arrow((x, 0.35), (x, 1.0))
            arrow((x + 0.42, 0), (x + 1.18, 0), orange)
            axes.text(x + 0.8, 0.2, f"$h_{round((x - 1) / 1.6)}$", ha="center", color=INK)
    arrow((2.6 - 1.0, 0), (2.6 - 0.42, 0), orange)
    axes.text(1.75, 0.2, "$h_0$", ha="center")
    arrow((0.3, 0.33), (-0.3, 0.33), orange, bend=2.6)
    axes.text(0, 1.1, "$h$", ha="center")
    axes.text(1.1, 0, "=", ha="center", va="center", fontsize=16)
    axes.set_xlim(-0.8, 8.8)
    axes.set_ylim(-1.6, 1.6)
    axes.axis("off")

# %% [markdown]
# That box is a **recurrent neural network**, or RNN. "Recurrent" means that what comes out goes in again. In
# this lesson you build one from nothing, see why its loop can remember, train it on text in a few seconds,
# watch the training fail, and repair it. In the end it beats the bigram table of [the last
# lesson](sequences.md).
#
# In this lesson you will
#
# {{ objectives }}
#
# ## A loop of one number
#
# The smallest memory is one number. Call it $h$. At each step a number $x$ comes in, and
#
# $$h_t = \tanh(w \, h_{t-1} + x_t)$$
#
# - $t$ counts the steps, 1, 2, 3, and so on. $h_t$ is the state after step $t$, and $h_{t-1}$ the one before.
# - $x_t$ is what is read at step $t$.
# - $w$ is a number that we choose. It says how much of the old state enters the new one.
# - $\tanh$ (say "tanch") squeezes any number into the range from -1 to 1. Small numbers it leaves nearly as
#   they are, large ones it presses against the wall: $\tanh(0.1) \approx 0.1$, $\tanh(1) \approx 0.76$,
#   $\tanh(5) \approx 0.9999$.
#
# {{ exercise loop_of_one }}
#
# Now let a single 1 come in, and then only zeros. Whatever is left in $h$ later is memory.
#
# ??? question "Predict: what is left after 20 steps?"
#     Sketch $h_t$ for $w = 0.5$, for $w = 0.9$, for $w = -0.9$, and for $w = 1.5$. Which of them still knows
#     about the 1 in the end? Will one of them grow without end?


# %%
def run(w, inputs, h=0.0):
    """All states of the loop of one number."""
    states = []
    for x in inputs:
        h = math.tanh(w * h + x)
        states.append(h)
    return states


inputs = [1.0] + [0.0] * 20
loops = {w: run(w, inputs) for w in (0.5, 0.9, -0.9, 1.5)}
table = [["w", "h_1", "h_2", "h_3", "h_10", "h_20"]]
for w, states in loops.items():
    table.append([w, *(f"{states[t - 1]:.4f}" for t in (1, 2, 3, 10, 20))])
show_table(table)

# %% fold
with picture(
    "Four curves over 21 steps, all starting at 0.76. For w 0.5 the state is gone after a few steps. For "
    "0.9 it fades slowly. For minus 0.9 it fades while it jumps between plus and minus. For 1.5 it "
    "stays at 0.86.",
    caption="A single 1 comes in at the first step. What is left of it in the state?",
    table=[
        ["step", *(f"w = {w}" for w in loops)],
        *([t + 1, *(s[t] for s in loops.values())] for t in range(21)),
    ],
) as axes:
    for number, (w, states) in enumerate(loops.items()):
        draw_line(axes, number, list(enumerate(states, 1)), f"w = {w}")
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.set_xlabel("step t")
    axes.set_ylabel("state h")
    axes.set_ylim(-1, 1)
    axes.set_xticks((1, 5, 10, 15, 20))
    axes.legend(frameon=False, handlelength=3.5, ncols=2, loc="lower right")

# %% [markdown]
# With $w$ between -1 and 1 the memory fades: each step multiplies it by $w$, and tanh makes it smaller still.
# With $w = 1.5$ it does not fade. The loop pushes the state up, tanh holds it back, and where the two agree,
# it stays. And it cannot grow without end, because tanh never lets it over 1.
#
# Play with it. Choose $w$ and the inputs, and see what becomes of them. The lower part of the figure will be
# of use later in this lesson.
#
# {{ widget unrolled-rnn }}
#
# ## A memory with a purpose
#
# With a $w$ so large that the state clings to +1 or to -1, one number can remember one fact for as long as
# you like. Here is such a memory. It is to know, at each symbol, whether a bracket is open. An opening
# bracket pushes the state up hard, a closing one pushes it down, all else does nothing.
#
# ??? question "Predict: for how many symbols can a bracket stay open before the state forgets?"
#     And, more difficult: what will the state say in `f(g(x) + 1)`, where one bracket stands inside another?

# %%
push = {"(": 6.0, ")": -6.0}
sentence = "print(one, two and many other things) + 1 = f(g(x) + 1)"
states = run(3.0, [push.get(symbol, 0.0) for symbol in sentence], h=-1.0)
print(sentence)
print("".join("^" if h > 0 else "." for h in states))

# %% fold
with picture(
    "The state over the symbols of a line of code. It is near minus 1, jumps to plus 1 at each opening "
    "bracket and back at each closing one. In f(g(x) + 1) it is down after the inner bracket closes, "
    "although the outer one is still open.",
    caption="One number that knows whether a bracket is open. At the end it is fooled.",
    table=[["symbol", "state"], *zip(sentence.replace(" ", "·"), states, strict=True)],
    height=3.0,
) as axes:
    axes.step(range(len(states)), states, where="mid", color=blue, linewidth=1.8)
    axes.set_xticks(range(len(states)), list(sentence.replace(" ", "·")), fontsize=8)
    axes.tick_params(axis="x", length=0)
    axes.set_yticks([-1, 0, 1])
    axes.set_ylabel("state h")
    axes.axhline(0, color=INK, linewidth=0.6)

# %% [markdown]
# No table of counts can do this. A table with contexts of 5 symbols has forgotten the bracket after 5
# symbols. This loop needs one number, and holds on as long as you like.
#
# And it shows the limit. One number with two places to rest can keep one fact. To count brackets, to know the
# word it is in, the language, the topic, the network needs more numbers, and rules for each pair of them.
# Nobody can choose those by hand. So we take many numbers, and let the machine find the rules.
#
# ## Many numbers
#
# From now on the state $h_t$ is a list of numbers, a **vector**, and so is the input $x_t$:
#
# $$h_t = \tanh(W h_{t-1} + U x_t + b)$$
#
# | | what it is | shape |
# | --- | --- | --- |
# | $x_t$ | the input of step $t$ | d_in numbers |
# | $h_t$ | the state after step $t$ | d_hidden numbers |
# | $W$ | how each old state number pushes each new one | a table, d_hidden by d_hidden |
# | $U$ | how each input number pushes each state number | a table, d_hidden by d_in |
# | $b$ | a push that is always there | d_hidden numbers |
#
# $W h$ means: for each row of $W$, multiply its numbers with those of $h$ and add up. So number $i$ of the
# new state is pushed by all numbers of the old one, by number $j$ with the force $W_{ij}$. The loop of one
# number is the case with one row. The tanh is taken of each number by itself.
#
# How does a letter become numbers? The vocabulary has $V$ symbols. The input is $V$ numbers, all 0 but for a
# single 1 in the place of that symbol. This is called **one-hot**. Then $U x_t$ is simply the column of $U$
# that belongs to the symbol: its push.
#
# Mind what is *not* in the formula: $W$, $U$ and $b$ have no $t$. The same numbers serve at each step. What
# the network learned about a letter at the beginning of a text it knows at the end of it.
#
# {{ exercise rnn_step_lists }}
#
# {{ exercise rnn_step }}
#
# {{ exercise rnn_unroll }}
#
# ??? note "The library's loop"
#     Ours is written for one sequence at a time, as in the formula.
#
#     {{ source minirnn/layers/rnn.py forward }}

# %% [markdown]
# ## The same letter, another state
#
# Now a state of 16 numbers, with $W$, $U$ and $b$ chosen by chance. Nothing has been learned yet. The network
# reads `banana`.
#
# ??? question "Predict: will the state be the same after each of the three letters `a`?"
#     The bigram table has one row for `a`, so for it all three are the same place. And for the loop? What is
#     the same in the three steps, and what is not?

# %%
rng = np.random.default_rng(0)
W = np.linalg.qr(rng.standard_normal((16, 16)))[0]  # it turns, and stretches nothing
U, b = rng.uniform(-1, 1, (16, 26)), np.zeros(16)
letters = np.array([ord(letter) - ord("a") for letter in "banana"])
h = forward(np.eye(26)[letters], W, U, b, np.zeros(16))
for t in (1, 3, 5):
    first = "  ".join(f"{number:6.3f}" for number in h[t, :5])
    print(f"after {'banana'[: t + 1]:6}  h = {first} ...")

# %% [markdown]
# Three times the same letter, three different states: each is a mark of the whole way that led there. To keep
# the past apart a network needs no training. To say something useful with it, it does.
#
# ## Guesses, and their price
#
# A state is not yet a guess. One more table makes it one: a number for each symbol of the vocabulary, the
# **logits**
#
# $$y_t = C h_t + c$$
#
# where $C$ has $V$ rows of d_hidden numbers and $c$ has $V$ numbers. The larger number $v$ of $y_t$, the more
# the network expects symbol $v$. To make probabilities of logits, first make all of them positive: $e^y$,
# with $e \approx 2.718$, is positive for each $y$, and the larger the larger $y$ is. Then divide by the sum,
# so that they add up to 1. This is called **softmax**:
#
# $$p_v = \frac{e^{y_v}}{e^{y_1} + e^{y_2} + \dots + e^{y_V}}$$
#
# The price of a guess is the surprise of the last lesson, $-\log p$ for the symbol that came, now with the
# natural logarithm, which undoes $e^y$: in nats. The price of a text is the mean of it, and is called the
# **loss**.
#
# {{ exercise price_of_a_guess }}
#
# ??? question "Predict: what does a network pay that knows nothing?"
#     All logits are about 0, so each of the $V = 103$ symbols gets about the same probability. What is $-\log
#     p$ then, in nats? ($\log 100 \approx 4.6$.)

# %%
book = corpus.load("pydoc")  # Python's manual, as in the last lesson
V, D = book.vocabulary.size, 64
train, val = book.train.astype(int), book.val.astype(int)
one_hot = np.eye(V, dtype=np.float32)


def new_network(seed, D=D, dtype=np.float32):
    """The numbers that a network starts with, by name."""
    rng = np.random.default_rng(seed)
    p = {
        "W": np.linalg.qr(rng.standard_normal((D, D)))[0],
        "U": rng.uniform(-0.3, 0.3, (D, V)),
        "b": np.zeros(D),
        "C": 0.05 * rng.standard_normal((V, D)),
        "c": np.zeros(V),
    }
    return {name: numbers.astype(dtype) for name, numbers in p.items()}


def log_probabilities(p, h):
    """The logarithm of softmax, for the states h (time, D): (time, V)."""
    y = h @ p["C"].T + p["c"]
    y -= y.max(axis=1, keepdims=True)  # so that exp cannot overflow
    return y - np.log(np.exp(y).sum(axis=1, keepdims=True))


def prices(p, ids):
    """What each symbol of a text but the first costs, in nats."""
    x, targets = one_hot[ids[:-1]], ids[1:]
    h = forward(x, p["W"], p["U"], p["b"], np.zeros_like(p["b"]))
    return -log_probabilities(p, h)[np.arange(len(targets)), targets]


p = new_network(seed=0)
print(f"{sum(numbers.size for numbers in p.values()):,} numbers in the network")
print(f"loss before training: {prices(p, val[:5000]).mean():.2f} nats")
print(f"log V: {math.log(V):.2f} nats")

# %% [markdown]
# Look at the function `prices` once more: the guesses are made from `ids[:-1]`, all symbols but the last, and
# judged by `ids[1:]`, all but the first. The guess after symbol $t$ is about symbol $t + 1$. If you forget
# this shift by one, you ask the network to repeat what it has just read. It will get very good at it.
#
# {{ exercise sequence_loss }}

# %% [markdown]
# ## How it learns
#
# The network has about 17,000 numbers, chosen by chance. We want others, with a lower loss. How do we find
# them?
#
# Take one number, say the first of $W$. Make it larger by a tiny bit and compute the loss again. If the loss
# fell, that was the right direction; if it rose, the other one is. How fast the loss changes when the number
# changes is called its **slope**, and the slopes of all numbers together are the **gradient**. Then move each
# number a small step against its slope, and begin again. This is going downhill in a fog: you feel with your
# foot where the ground falls, and step there.

# %%
ids = train[1000:1033]
loss = prices(p, ids).mean()
for name, place in (("W", (0, 0)), ("U", (3, ids[5])), ("c", (ids[9],))):
    moved = {**p, name: p[name].copy()}
    moved[name][place] += 0.01
    rise = prices(moved, ids).mean() - loss
    where = ", ".join(str(int(i)) for i in place)
    print(f"{name}[{where}] up by 0.01: loss {rise:+.6f}, slope {rise / 0.01:+.4f}")

# %% [markdown]
# It works, and it is far too slow: for each single step downhill, 17,000 numbers to nudge, and for each nudge
# the whole text to read again.
#
# There is a way to get all slopes at once, for about the price of reading the text three times. Walk back
# through the text and hand out **blame**. The last guess was wrong: which numbers of the last state pushed it
# that way, and how strongly? That state was made from the state before: pass the blame on, along the same
# arrows through which the push came, in the other direction. At each earlier step more blame arrives from the
# guess made there. When you are back at the beginning, each number in $W$, $U$ and $b$ has collected its
# blame from all steps, and that is its slope. This is **backpropagation through time**.
#
# ??? info "For those who know derivatives"
#     Write $L$ for the loss and $z_t = W h_{t-1} + U x_t + b$ for what is inside the tanh. $L$ depends on
#     $h_t$ in two ways: directly, by the guess of step $t$, and by way of $z_{t+1}$. The chain rule adds
#     both, and $\tanh' = 1 - \tanh^2$ gives
#
#     $$
#     \frac{\partial L}{\partial z_t} = (1 - h_t^2) \odot \left(
#     \frac{\partial L}{\partial h_t}\Big|_{\text{direct}} + W^\top \frac{\partial L}{\partial z_{t+1}}
#     \right)
#     $$
#
#     where $\odot$ multiplies number by number, $W^\top$ is $W$ with rows and columns exchanged, and the last
#     term is 0 after the last step. Each parameter then adds up over time:
#
#     $$
#     \begin{aligned}
#     \frac{\partial L}{\partial W} &= \sum_t \frac{\partial L}{\partial z_t} h_{t-1}^\top \\
#     \frac{\partial L}{\partial U} &= \sum_t \frac{\partial L}{\partial z_t} x_t^\top \\
#     \frac{\partial L}{\partial b} &= \sum_t \frac{\partial L}{\partial z_t}
#     \end{aligned}
#     $$
#
#     For the logits, the derivative of $-\log p_v$ is as simple as one could wish: the predicted
#     probabilities, minus 1 at the symbol that came. What is passed to $h_t$ directly is $C^\top$ times that.
#
# In the function below, `backward` does the walk back. The rest is the way from the loss to the states.


# %%
def loss_and_gradient(p, ids):
    """The loss on a piece of text, and its slope for each number of the network."""
    x, targets = one_hot[ids[:-1]].astype(p["W"].dtype), ids[1:]
    steps, h0 = np.arange(len(targets)), np.zeros_like(p["b"])
    h = forward(x, p["W"], p["U"], p["b"], h0)
    log_p = log_probabilities(p, h)
    blame = np.exp(log_p)
    blame[steps, targets] -= 1  # predicted minus what came
    blame /= len(steps)
    g = backward(blame @ p["C"], h, x, p["W"], p["U"], h0)
    gradient = {"W": g.W, "U": g.U, "b": g.b, "C": blame.T @ h, "c": blame.sum(0)}
    return -log_p[steps, targets].mean(), gradient


# %% [markdown]
# Is it right? A gradient can always be checked, and you should never believe one that was not: nudge a number
# up and down, see what the loss does, compare.
#
# ??? question "Predict: to how many digits will the walk back and the nudge agree?"
#     The nudge is 0.000001 to both sides, and the computer calculates with 16 digits.


# %%
def slope_by_nudging(p, name, place, ids, nudge=1e-6):
    losses = []
    for step in (nudge, -nudge):
        moved = {**p, name: p[name].copy()}
        moved[name][place] += step
        losses.append(loss_and_gradient(moved, ids)[0])
    return (losses[0] - losses[1]) / (2 * nudge)


small = new_network(seed=1, D=12, dtype=np.float64)
for numbers in small.values():
    numbers *= 2  # so that the tanh has something to bend
ids = train[2000:2025]
gradient = loss_and_gradient(small, ids)[1]

table = [["number", "by nudging", "by walking back"]]
places = [("W", (0, 0)), ("W", (7, 3)), ("U", (2, ids[0])), ("b", (4,))]
for name, place in [*places, ("C", (ids[3], 6)), ("c", (ids[7],))]:
    label = f"{name}[{', '.join(str(int(i)) for i in place)}]"
    nudged = slope_by_nudging(small, name, place, ids)
    table.append([label, f"{nudged:+.7f}", f"{gradient[name][place]:+.7f}"])
show_table(table, caption="The slope of the loss for six numbers, in two ways.")

worst = 0.0
for place in np.ndindex(12, 12):
    nudged = slope_by_nudging(small, "W", place, ids)
    worst = max(worst, abs(nudged - gradient["W"][place]))
print("all 144 numbers of W differ by less than 0.0000001:", worst < 1e-7)

# %% [markdown]
# They agree as far as nudging can tell. This is the first of the two experiments of this lesson.
#
# In the school track you may take the walk back on trust, and go on to the training. Who knows derivatives,
# or wants to, should build it by hand once. It is the longest exercise of the lesson.
#
# {{ exercise bptt }}
#
# ??? note "The library's walk back"
#     {{ source minirnn/layers/rnn.py backward }}

# %% [markdown]
# ## Train it
#
# Take 64 symbols from a random place of the text. Compute the gradient. Move all numbers by a small step
# against it. Do it again, 3,000 times, with steps that get shorter towards the end. Nothing more is needed.


# %%
def train_network(limit, steps=3000, seed=2, length=64, pace=0.7):
    """A trained network, its loss and the length of its gradient at each step."""
    rng, p = np.random.default_rng(seed), new_network(seed)
    losses, norms = [], []
    for number in range(steps):
        start = rng.integers(len(train) - length)
        loss, gradient = loss_and_gradient(p, train[start : start + length + 1])
        norm = math.sqrt(sum(float((g * g).sum()) for g in gradient.values()))
        step = pace * (1 - 0.9 * number / steps) * min(1.0, limit / norm)
        for name, g in gradient.items():
            p[name] -= step * g
        losses.append(float(loss))
        norms.append(norm)
    return p, losses, norms


# %% [markdown]
# Two things in it have not been explained: `norm` and `limit`. Their time comes in a moment; for now the
# limit is infinite, and does nothing.
#
# ??? question "Predict: draw the loss"
#     It starts near $\log V = 4.6$. The bigram table reached 2.3 nats on new text. Draw the loss over 3,000
#     steps. Will it fall evenly? Will it come below the bigram?

# %%
wild, wild_losses, wild_norms = train_network(limit=math.inf)
for start in range(0, 3000, 250):
    part = slice(start, start + 250)
    loss, longest = np.mean(wild_losses[part]), max(wild_norms[part])
    print(f"from step {start:4}: loss {loss:.2f}, longest gradient {longest:7.1f}")
print(f"half of all gradients are shorter than {np.median(wild_norms):.1f}")

# %% [markdown]
# ## What goes wrong
#
# Something throws it back, and in the end it is far worse than the bigram. Look at the lengths of the
# gradients. (The **norm**, or length, of a gradient is taken as for an arrow: all its numbers squared, added
# up, and the root of that. It tells how steep the ground is.) Most are 1 or 2. A few are many times longer,
# and one step of such a length lands far away, where the ground has nothing to do with what it was here.
#
# (Your numbers may differ from ours. Where it is thrown depends on the last digit of each sum, and
# processors add up in different orders. That it is thrown does not.)
#
# Why do such gradients exist in a loop? On the way back through time the blame is multiplied by the same
# table $W$ at each step. Multiply by 1.1 fifty times, and 1 becomes 117. Multiply by 0.9 fifty times, and it
# becomes 0.005.
#
# You can watch this without any gradient. Nudge the first state by a millionth, let the loop read a text
# twice, once with the nudge and once without, and see how far apart the two runs are, in millionths. Blame
# goes back along the road on which the nudge goes forward, and is multiplied by the same factors.
#
# ??? question "Predict: what becomes of the nudge in 60 steps?"
#     The three networks differ only in how much $W$ stretches: by 0.8, by 1, or by 2 at each step. Tanh
#     shortens a little each time. Which nudge dies, which grows, and is there one that stays?

# %%
rng = np.random.default_rng(3)
turn = np.linalg.qr(rng.standard_normal((D, D)))[0]
kicks, nudge = rng.uniform(-0.2, 0.2, (D, V)), rng.standard_normal(D)
nudge *= 1e-6 / np.linalg.norm(nudge)
apart, table = {}, [["W stretches by", "step 1", "step 10", "step 30", "step 60"]]
for stretch in (0.8, 1.0, 2.0):
    x = one_hot[train[5000:5060]].astype(float)
    one = forward(x, stretch * turn, kicks, np.zeros(D), np.zeros(D))
    two = forward(x, stretch * turn, kicks, np.zeros(D), nudge)
    apart[stretch] = np.linalg.norm(two - one, axis=1) / 1e-6
    some = [float(apart[stretch][t - 1]) for t in (1, 10, 30, 60)]
    table.append([stretch, *(f"{a:.2g}" if a < 100 else f"{a:,.0f}" for a in some)])
show_table(table, caption="How far apart the two runs are, in millionths.")

# %% fold
with picture(
    "Three lines on a logarithmic scale over 60 steps, starting near 1. For a stretch of 0.8 the nudge "
    "shrinks by many powers of ten. For 1 it shrinks slowly. For 2 it grows, by thousands and more.",
    caption="How far apart two runs are that began a millionth apart.",
    table=[
        ["step", *(f"stretch {s}" for s in apart)],
        *([t + 1, *(a[t] for a in apart.values())] for t in range(60)),
    ],
) as axes:
    for number, (stretch, distance) in enumerate(apart.items()):
        draw_line(axes, number, list(enumerate(distance, 1)), f"W stretches by {stretch}", marked=False)
    axes.set_yscale("log")
    axes.axhline(1, color=INK, linewidth=0.6)
    axes.set_xlabel("step t")
    axes.set_ylabel("distance, in millionths")
    axes.grid(axis="y", color=INK, alpha=0.25, linewidth=0.6)
    axes.legend(frameon=False, handlelength=3.5)

# %% [markdown]
# So a loop sits between two troubles. If its blame shrinks at each step, nothing can be learned about what
# happened long ago: the gradient **vanishes**. If it grows, the gradient **explodes**. [Play with the figure
# above](#a-loop-of-one-number) again, and watch its lower part.
#
# Against the explosion there is a simple cure. The direction of a long gradient is still worth something; its
# length is not to be trusted. So set a limit, and shorten what is longer: `limit` in `train_network`.
#
# {{ exercise clip_gradients_lists }}
#
# {{ exercise clip_gradients }}
#
# ## The experiment
#
# The same network, the same numbers to start with, the same pieces of text in the same order. The one
# difference: no gradient longer than 2.
#
# ??? question "Predict: where does it end?"
#     Below the 2.3 nats of the bigram? Below the 1.7 of the table with two symbols of context? Write down a
#     number.

# %%
p, losses, norms = train_network(limit=2.0)
counts = ngram.baselines(book.train, book.val, V, range(3))
score = float(prices(p, val).mean())

paid = {"knowing nothing": math.log(V)}
paid |= {f"counting, context of {c.order}": c.nats for c in counts}
paid["our network"] = score
table = [["on new text", "nats", "bits"]]
for name, nats in paid.items():
    table.append([name, f"{nats:.2f}", f"{nats / math.log(2):.2f}"])
show_table(table, caption="What a character costs.")
print(f"better than the bigram by {counts[1].nats - score:.2f} nats")
print(f"{np.mean(np.array(norms) > 2):.1%} of the gradients were clipped")

# %% fold
GROUP = 50
curves = [
    [float(np.mean(part[i : i + GROUP])) for i in range(0, len(part), GROUP)]
    for part in (losses, wild_losses)
]
clipped, free = ([(GROUP * (i + 1), loss) for i, loss in enumerate(curve)] for curve in curves)

with picture(
    "The training loss over 3000 steps. With clipping it falls quickly and goes on falling, past the line of "
    f"the table with one symbol of context, to {clipped[-1][1]:.1f}. Without clipping it is as high as "
    f"{max(loss for _, loss in free):.1f} on its way, and ends at {free[-1][1]:.1f}.",
    caption="Loss in training, means over 50 steps. The same start and the same text; only the clip differs.",
    table=[
        ["step", "clipped", "not clipped"],
        *([s, a, b] for (s, a), (_, b) in zip(clipped, free, strict=True)),
    ],
) as axes:
    draw_line(axes, 0, clipped, "gradients clipped at 2", marked=False)
    draw_line(axes, 1, free, "not clipped", marked=False)
    for count in counts:
        axes.axhline(count.nats, color=INK, linestyle=":", linewidth=1.2)
        words = f"counting, context of {count.order}"
        axes.annotate(words, (3060, count.nats), (0, 3), textcoords="offset points", fontsize=9)
    axes.set_xlim(-100, 4300)
    axes.set_xticks(range(0, 3001, 500))
    axes.set_xlabel("training steps")
    axes.set_ylabel("loss in nats per character")
    axes.set_ylim(bottom=1.5)
    axes.legend(frameon=False, handlelength=3.5)

# %% [markdown]
# On our machine it reached 1.86 nats, where the bigram has 2.32: the number of this lesson. It was trained
# for some seconds and has read 192,000 symbols, less than half of the text that the table counted in full.
# (With another seed it may be a few hundredths more or less.)
#
# Look at how few gradients were clipped. All others were left as they were. A few dozen bad steps out of
# 3,000 are the whole difference between the two curves.
#
# There was another way: shorter steps. With `pace=0.2` and no limit nothing explodes; it only learns more
# slowly. Clipping lets us take long steps and pay for the few bad ones only.
#
# Be honest about the rest: two symbols of context, counted, are still better than our 64 numbers after 3,000
# steps. Training longer helps, better steps help, and so do better loops, which are what the course is about.
#
# ### How far back does it look?
#
# We let it read pieces of new text, each from an empty state, and ask how good its guess is after 1, 2, 3 and
# more symbols.
#
# ??? question "Predict: after how many symbols is it better than the bigram?"
#     After one symbol it has read exactly what the bigram reads. And when does one more symbol stop helping?

# %%
starts = range(0, len(val) - 49, 48)
pieces = [prices(p, val[start : start + 49]) for start in starts]
by_place = np.mean(pieces, axis=0)
groups = [(1, 1), (2, 2), (3, 4), (5, 8), (9, 16), (17, 32), (33, 48)]
table = [["symbols read", "nats"]]
for first, last in groups:
    label = f"{first}" if first == last else f"{first} to {last}"
    table.append([label, f"{by_place[first - 1 : last].mean():.2f}"])
show_table(table, caption="The price of a guess, by how much was read before it.")
print(f"the bigram pays {counts[1].nats:.2f}")

# %% [markdown]
# After one symbol it ought to know what the bigram knows, and it is worse: in training only one guess in 64
# is made from so little. After two symbols it has passed the bigram. After some four, more reading buys
# nothing. That is how far this memory reaches: no further than the best table. The bracket that was opened 30
# symbols ago is still out of reach, although one number could hold it, as we saw. What a loop *can* remember
# and what it *learns* to remember are two things. {{ Lesson vanishing }} asks why.
#
# ### Let it write


# %%
def write(p, start, length, seed, sharp=1):
    """Throw a die with the probabilities, read what came, and so on."""
    rng, ids = np.random.default_rng(seed), list(book.vocabulary.encode(start))
    h = forward(one_hot[ids], p["W"], p["U"], p["b"], np.zeros_like(p["b"]))[-1]
    for _ in range(length):
        q = np.exp(sharp * log_probabilities(p, h[None])[0].astype(float))
        ids.append(int(rng.choice(V, p=q / q.sum())))
        h = forward(one_hot[ids[-1:]], p["W"], p["U"], p["b"], h)[-1]
    return book.vocabulary.decode(ids)


for sharp in (1, 2):
    print(f"--- sharp = {sharp}")
    print(write(p, "The value ", 250, seed=4, sharp=sharp))

# %% [markdown]
# The second text is written with squared probabilities, made to add up to 1 again: what is likely becomes
# likelier, and mistakes fewer. Programs that write offer this as the *temperature*; squaring is temperature
# 1/2.
#
# Compare the texts with those of the bigram. Note how little it costs to go on: one step, from one state. It
# need not read again what it has written. This is why recurrent networks came back, and
# {{ lesson hybrid }} will measure it.
#
# ## What to remember
#
# {{ keypoints }}
#
# ## Where it goes from here
#
# - **{{ Lesson vanishing }}** looks at the cliff behind the exploding gradient, and at the gradient that
#   vanishes.
# - **{{ Lesson gates }}** gives the network gates, so that it can choose what to keep: LSTM and GRU.
# - **{{ Lesson linear }}** drops the tanh, which sounds like a loss, and gains an exact view of what is
#   remembered.
# - **{{ Lesson scan }}** asks what you could ask now: must all these steps really be taken one after the
#   other?
#
# How much is there to gain? In [the last lesson](sequences.md) counting reached 1.750 nats on tiny
# Shakespeare. These are networks of the later lessons on the same text.

# %% fold
measured = results.load("train-lm")
seconds, kept = measured["seconds of training"], ("gru", "lstm", "hawk", "griffin")
table = [["network", "nats per character", "bits per character", "lesson"]]
for name, lesson in zip(kept, ("03", "03", "10", "10"), strict=True):
    nats = measured["medians"][name]["stream"]
    table.append([name, f"{nats:.3f}", f"{nats / math.log(2):.3f}", lesson])
show_table(
    table,
    caption=f"Tiny Shakespeare, new text, after {seconds:.0f} seconds of training on two cores; medians of "
    f"{len(measured['runs']['hawk'])} runs. Made by benchmarks/train_lm.py.",
)

# %% [markdown]
# ## Read on
#
# - J. L. Elman, *Finding Structure in Time*, Cognitive Science 14, 1990. The network of this lesson, and what
#   it found out about words by itself.
# - D. E. Rumelhart, G. E. Hinton and R. J. Williams, *Learning representations by back-propagating errors*,
#   Nature 323, 1986.
# - P. J. Werbos, *Backpropagation through time: what it does and how to do it*, Proceedings of the IEEE 78,
#   1990.
# - R. Pascanu, T. Mikolov and Y. Bengio, *On the difficulty of training recurrent neural networks*, ICML
#   2013, [arXiv 1211.5063](https://arxiv.org/abs/1211.5063). Vanishing, exploding, and the clip by norm.
# - A. Karpathy, *The Unreasonable Effectiveness of Recurrent Neural Networks*, blog post, 2015. What networks
#   like ours write after longer training.
#
# !!! note "Where papers and programs differ"
#     - **The place of the tanh.** Pascanu and his colleagues write $x_t = W \tanh(x_{t-1}) + U u_t + b$, with
#       $x$ for the state and $u$ for the input. It is the same network; their state is what we have inside
#       the tanh.
#     - **The walk back.** Elman did not walk back through time. He treated the old state as one more input,
#       and let blame go one step and no further.
#     - **The clip.** The paper of 2013 shortens the whole gradient to a limit of 0.5 to 10 times its usual
#       length. The program `char-rnn` cuts off each number by itself at -5 and 5, which turns the arrow.
#       PyTorch's `clip_grad_norm_` does as the paper does, and divides by the norm plus 0.000001.
#     - **Two biases.** PyTorch's `RNN` adds two vectors $b$, one for the input and one for the state. Only
#       their sum matters, and we have one.

# %% [markdown]
# ??? teacher "For teachers"
#     **In one sentence.** The class finds out that handing a state on is a memory, that a network learns by
#     walking back and handing out blame, and that in a loop this blame fades or explodes.
#
#     **Board plan.** Left, stays: the box with the loop, beside it four boxes in a row, `h e l l` below and
#     `e l l o` above, states on the arrows. Middle: $h = \tanh(wh + x)$ with four sketches for $w$. Later in
#     its place the formula with capital letters, each with its shape below. Right: a downhill sketch with a
#     cliff; under it 1.1 and 0.9, each to the power of 50.
#
#     {{ minutes }}
#
#     For a school class `loop_of_one`, `rnn_step_lists` and `price_of_a_guess` are enough, and
#     `clip_gradients_lists` for who is early: they need nothing but lists, and this page. The others want
#     numpy.
#
#     **Checkpoints**, school track, without the exercises.
#
#     | by minute | the class has |
#     | --- | --- |
#     | 5 | played the loop: one pupil is the box, gets a letter and a slip of paper, hands on a new slip |
#     | 15 | sketched four values of $w$, then seen them; said which one remembers |
#     | 21 | followed the bracket memory and found the line that fools it |
#     | 28 | read the formula with capital letters, and said the shape of each |
#     | 37 | predicted the price of knowing nothing |
#     | 49 | nudged a number, and said in words what a gradient is |
#     | 64 | predicted the training curve, seen it fail, and explained it with 1.1 and 0.9 |
#     | 79 | seen the clipped run, and read off the number |
#     | 85 | named one thing that our network cannot remember, and why |
#
#     **What learners get wrong.**
#
#     - *Each step starts from the beginning.* Their loop computes the new state and does not hand it on. In
#       the game with the slip of paper it cannot happen: play it.
#     - *The state is the last input.* It is what was made of all inputs so far. `banana` shows it.
#     - *Each step has its own W.* The drawing in a row suggests it. Say of each box: the same one.
#     - *Batch and time.* The sequences of a batch do not know of each other, the steps of a sequence do. Let
#       them say which axis the loop runs over before they write it.
#     - *W or its transpose.* With rows for states it is `h @ W.T`, and no error is raised if it is wrong,
#       because $W$ is square. A test with a $W$ that is not symmetric finds it.
#     - *The loss judges what was just read.* Without the shift by one the loss falls to nearly 0. Joy is the
#       symptom.
#     - *exp of a large number.* Infinite, and the loss with it. Subtract the largest logit first, of each
#       step by itself.
#     - *Blame stops after one step.* They pass on the direct part only. Ask: through whom did the first
#       letter change the last guess?
#     - *Slope of the wrong tanh.* It is $1 - h_t^2$ with the state that this tanh made, and no second tanh.
#     - *Clipping number by number.* It changes the direction. Draw an arrow (3, 4) and cut it both ways.
#     - *Clipping cures vanishing, too.* It shortens; nothing can lengthen what is gone.
#
#     **If time is short.** Leave out "How far back does it look?" and let the table of nudges speak for the
#     gradient.
#
#     **For quick ones.** Choose $w$, the pushes and the start so that one number tells whether the *number*
#     of brackets so far is even. (It cannot be done: "(" would have to push up from -1 and down from +1. Two
#     numbers can do it, if one stands for "this is a bracket, or the count was odd" and the other for "both".
#     {{ Lesson state_tracking }} asks which networks can count like this.)

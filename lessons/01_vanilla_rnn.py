# %% [markdown]
# {{ part "A loop of one number" }}
#
# A table of counts looks back a few symbols and no further, but you do not read like that. When you reach the
# end of this sentence you still know how it began, although you have not looked back once, because you carry
# something along.
#
# The picture shows a machine that does the same. On the left, one box reads a symbol and hands itself a note,
# called the **state**. On the right, the same box is drawn once for each symbol it reads.

# %% fold
import math

from minirnn.base.plots import INK, LINES, draw_line, label_lines
from minirnn.course import results
from minirnn.course.figures import picture, show_table, tell
from minirnn.layers.rnn import backward, forward
from minirnn.text import corpus, ngram

import numpy as np

blue, orange = LINES[0][0], LINES[1][0]


def arrow(axes, start, end, color=INK, bend=0.0):
    style = {"arrowstyle": "->", "color": color, "linewidth": 1.5}
    style["connectionstyle"] = f"arc3,rad={bend}"
    axes.annotate("", end, start, arrowprops=style)


def box(axes, x, y, words, edge):
    look = {"boxstyle": "round,pad=0.55", "facecolor": "none", "edgecolor": edge, "linewidth": 1.6}
    axes.text(x, y, words, ha="center", va="center", bbox=look)


with picture(
    "Left: a box named step, with an arrow from its state back into itself. Right: four such boxes in a row, "
    "an arrow labelled with the state leading from each to the next. From below they read h, e, l, l; above "
    "them stand their guesses e, l, l, o.",
    table=None,
    caption="The loop, and the loop unrolled: the same box each time. Below it what it reads, above it what "
    "it guesses.",
    height=3.0,
) as axes:
    for x, symbol, guess in ((0, "$x_t$", ""), *zip((2.6, 4.2, 5.8, 7.4), "hell", "ello", strict=True)):
        box(axes, x, 0, "step", blue)
        axes.text(x, -1.25, symbol, ha="center", va="center", fontsize=13)
        arrow(axes, (x, -1.0), (x, -0.35))
        if guess:
            axes.text(x, 1.25, guess, ha="center", va="center", fontsize=13)
            arrow(axes, (x, 0.35), (x, 1.0))
            arrow(axes, (x + 0.42, 0), (x + 1.18, 0), orange)
            axes.text(x + 0.8, 0.2, f"$h_{round((x - 2.6) / 1.6)}$", ha="center", color=INK)
    arrow(axes, (2.6 - 1.0, 0), (2.6 - 0.42, 0), orange)
    axes.text(1.8, 0.2, "$h_{-1}$", ha="center")
    arrow(axes, (0.3, 0.33), (-0.3, 0.33), orange, bend=2.6)
    axes.text(0, 1.1, "$h$", ha="center")
    axes.text(1.1, 0, "=", ha="center", va="center", fontsize=16)
    axes.set_xlim(-0.8, 8.8)
    axes.set_ylim(-1.6, 1.6)
    axes.axis("off")

# %% [markdown]
# That box is a **recurrent neural network**, or RNN, where "recurrent" means that what comes out goes in
# again. Models that people use today live on such a note in most of their layers, for instance RecurrentGemma
# and Qwen3-Next. This lesson builds the plain box, shows why its loop can remember, and trains it on text in
# a few seconds. You find out what that needs, and compare the box with the bigram table of
# {{ lesson sequences }}.
#
# In this lesson you will
#
# {{ objectives }}
#
# ??? primer "numpy in five lines"
#     - `A @ x` multiplies the matrix `A` with the vector `x`. If `X` has a vector in each row, `X @ A.T` does
#       it for all rows at once; `A.T` is `A` with rows and columns exchanged.
#     - `X + b` adds the vector `b` to every row of `X`, and `X * 2` doubles every number. `np.tanh(X)` takes
#       the tanh of each number.
#     - `X[:, t]` is column `t`. With three axes, (batch, time, dim), it is the step `t` of every sequence.
#     - `X[rows, columns]`, with two lists of numbers, picks one number for each pair.
#     - `X.max(axis=1, keepdims=True)` finds the largest number of each row, and keeps the result a column, so
#       that it can be subtracted from `X`.

# %% [markdown]
# ## A loop of one number
#
# The smallest memory is one number, $h$. At each step a number $x$ comes in, and
#
# $$h_t = \tanh(w \, h_{t-1} + x_t)$$
#
# - $t$ counts the steps, from 0: $t = 0, 1, 2, \dots$ $h_t$ is the state after step $t$, and $h_{t-1}$ the
#   one before, so the state before everything is $h_{-1}$. In code it is called `h0`, and here it is 0.
# - $x_t$ is what is read at step $t$.
# - $w$, a number that we choose, says how much of the old state enters the new one.
# - $\tanh$ (say "tanch") squeezes any number into the range from -1 to 1. Small numbers it leaves nearly as
#   they are, large ones it presses against the wall: $\tanh(0.1) \approx 0.1$, $\tanh(1) \approx 0.76$,
#   $\tanh(5) \approx 0.9999$.
#
# By hand, with $w = 0.5$: a 1 comes in, so $h_0 = \tanh(0 + 1) = 0.76$. Then a 0 comes in, so $h_1 =
# \tanh(0.5 \cdot 0.76 + 0) = 0.36$. Whatever is left of the 1 later is memory.
#
# ??? predict left_of_it "After the single 1 only zeros come in. What becomes of the state with $w = 1.5$?"
#     - ( ) It fades away, only more slowly than with 0.5.
#     - (x) It stays at some value below 1.
#     - ( ) It grows without end.
#
#     It stays at {{ value rest }}. The loop pushes the state up, tanh holds it back, and where the two agree,
#     it stays. It cannot grow without end, because tanh never lets it over 1.


# %% fold
def run(w, inputs, h=0.0):
    """All states of the loop of one number."""
    states = []
    for x in inputs:
        h = math.tanh(w * h + x)
        states.append(h)
    return states


inputs = [1.0] + [0.0] * 20
loops = {w: run(w, inputs) for w in (0.5, 0.9, -0.9, 1.5)}
tell(rest=f"{loops[1.5][20]:.2f}", left_half=f"{loops[0.5][10]:.4f}", left_slow=f"{loops[0.9][10]:.2f}")

with picture(
    "Four curves over 21 steps, all starting at 0.76. For w 0.5 the state is gone after a few steps. For "
    "0.9 it fades slowly. For minus 0.9 it fades while it jumps between plus and minus. For 1.5 it "
    "stays at 0.86.",
    caption="A single 1 comes in at step 0. What is left of it in the state?",
    table=[
        ["step", *(f"w = {w}" for w in loops)],
        *([t, *(s[t] for s in loops.values())] for t in range(21)),
    ],
) as axes:
    for number, (w, states) in enumerate(loops.items()):
        draw_line(axes, number, list(enumerate(states)), f"w = {w}")
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.set_xlabel("step t")
    axes.set_ylabel("state h")
    axes.set_ylim(-1, 1)
    axes.set_xticks((0, 5, 10, 15, 20))
    label_lines(axes)

# %% [markdown]
# With $w$ between -1 and 1 the memory fades, because each step multiplies it by $w$ and tanh makes it smaller
# still. At step 10, {{ value left_half }} is left with $w = 0.5$, and {{ value left_slow }} with $w = 0.9$,
# but with $w = 1.5$ it does not fade.
#
# {{ exercise loop_of_one }}
#
# Choose $w$ and the inputs yourself. The lower part of the figure will be of use later.
#
# {{ widget unrolled-rnn }}
#
# ## A memory with a purpose
#
# With a $w$ so large that the state clings to +1 or to -1, one number can remember one fact for as long as
# you like. This one is to know, at each symbol, whether a bracket is open. An opening bracket pushes the
# state up hard, a closing one pushes it down, and all else does nothing.

# %%
push = {"(": 6.0, ")": -6.0}
sentence = "print(one, two and many other things) + 1 = f(g(x) + 1)"
states = run(3.0, [push.get(symbol, 0.0) for symbol in sentence], h=-1.0)

# %% [markdown]
# ??? predict nested "In `f(g(x) + 1)` one bracket stands inside another. What does the state say at the `+`?"
#     - ( ) that a bracket is open
#     - (x) that no bracket is open
#     - ( ) something between, near 0
#
#     That none is open, although the first one still is. One closing bracket pushes the state down, and it
#     cannot know that two were opened. In `print(...)` it was right over {{ value held }} symbols.

# %% fold
inside = sentence.index("("), sentence.index(")")
tell(held=inside[1] - inside[0])
print(sentence)
print("".join("^" if h > 0 else "." for h in states))
with picture(
    "The state over the symbols of a line of code. It is near minus 1, jumps to plus 1 at the bracket that "
    "opens print( and back at the one that closes it. In f(g(x) + 1) it is up from the first opening bracket "
    "to the first closing one, and down from there on, although the outer bracket is still open.",
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
# No table of counts can do this, because a table of order $k$ has forgotten the bracket after $k$ symbols.
# (How a loop can *count* brackets, without tanh, is a matter for {{ lesson scan }}.)
#
# But one number with two places to rest can keep only one fact. To know the word it is in and the topic, too,
# the network needs more numbers, and rules for each pair of them. Nobody can choose those by hand, so we take
# many numbers and let the machine find the rules.
#
# {{ part "Many numbers, and their guesses" }}
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
# $W h$ means: for each row of $W$, multiply its numbers with those of $h$ and add up. With two numbers:
#
# $$
# \begin{pmatrix} 0.5 & 1 \\ -1 & 0 \end{pmatrix} \begin{pmatrix} 0.4 \\ 0.2 \end{pmatrix}
# = \begin{pmatrix} 0.5 \cdot 0.4 + 1 \cdot 0.2 \\ -1 \cdot 0.4 + 0 \cdot 0.2 \end{pmatrix}
# = \begin{pmatrix} 0.4 \\ -0.4 \end{pmatrix}
# $$
#
# So number $i$ of the new state is pushed by all numbers of the old one, by number $j$ with the force
# $W_{ij}$. If $U x_t$ is $(1, 0.5)$ and $b$ is 0, the pushes add up to $(1.4, 0.1)$. Then tanh is taken of
# each number by itself, and the new state is $(0.89, 0.10)$. The loop of one number is the case with one row.
#
# How does a letter become numbers? The vocabulary has $V$ symbols, so the input is $V$ numbers, all 0 but for
# a single 1 in the place of that symbol. This is called **one-hot**, and $U x_t$ is then the column of $U$
# that belongs to the symbol: its push.
#
# $W$, $U$ and $b$ have no $t$, because the same numbers serve at each step. So what the network learned about
# a letter at the beginning of a text it knows at its end.
#
# {{ exercise rnn_step }}
#
# ### A whole sequence
#
# To read a sequence, take the step again and again, and hand each state on to the next.
#
# {{ exercise rnn_unroll }}
#
# ??? note "The library's loop"
#     Ours is written for one sequence at a time, as in the formula.
#
#     {{ source minirnn/layers/rnn.py forward }}

# %% [markdown]
# ### The same letter, another state
#
# A state of 16 numbers, with $W$, $U$ and $b$ chosen by chance, reads `banana`. The bigram table has one row
# for `a`, so for it all three places after an `a` are the same.

# %% fold
rng = np.random.default_rng(0)
W = np.linalg.qr(rng.standard_normal((16, 16)))[0]  # a turn: it stretches nothing
U, b = rng.uniform(-1, 1, (16, 26)), np.zeros(16)
letters = np.array([ord(letter) - ord("a") for letter in "banana"])
h = forward(np.eye(26)[letters], W, U, b, np.zeros(16))
for t in (1, 3, 5):
    first = "  ".join(f"{number:6.3f}" for number in h[t, :5])
    print(f"after {'banana'[: t + 1]:6}  h = {first} ...")

# %% [markdown]
# Three times the same letter, and three different states. Even an untrained network can tell pasts apart, but
# it must be trained to use the difference.
#
# ## Guesses, and their price
#
# A state is not yet a guess, but one more table makes it one: a number for each symbol of the vocabulary, the
# **logits**
#
# $$y_t = C h_t + c$$
#
# where $C$ has $V$ rows of d_hidden numbers and $c$ has $V$ numbers. The larger $y_{t,v}$, the more the
# network expects symbol $v$. To make probabilities of logits, first make them all positive with $e^y$, where
# $e \approx 2.718$, since this is positive for each $y$ and grows with it. Then divide by the sum, so that
# they add up to 1. This is called **softmax**:
#
# $$p_{t,v} = \frac{e^{y_{t,v}}}{e^{y_{t,0}} + e^{y_{t,1}} + \dots + e^{y_{t,V-1}}}$$
#
# With three symbols and the logits 2, 1 and 0: $e^2 = 7.39$, $e^1 = 2.72$ and $e^0 = 1$ have the sum 11.11,
# so the probabilities are 0.67, 0.24 and 0.09.
#
# The price of a guess is the surprise of the last lesson at the symbol that came, now with the **natural**
# logarithm, $\log$, which undoes $e^y$: it is $-\log p$, and its unit is the nat. The price of a text is the
# mean of it, and is called the **loss**.
#
# {{ exercise price_of_a_guess }}
#
# A network that knows nothing gives each of the $V =$ {{ value V }} symbols about the same probability.
#
# ??? predict nothing "What does its guess cost, in nats? ($\log 10 \approx 2.3$)"
#     number: {{ value log_V }} nats
#     near: 0.2
#
#     $\log V =$ {{ value log_V }}. The probability is $1/V$, and $-\log(1/V) = \log V$. If a training does
#     not start near it, look for a mistake.

# %% fold
book = corpus.load("pydoc")  # Python's manual, as in the last lesson
V, D = book.vocabulary.size, 64
train, val = book.train.astype(int), book.val.astype(int)
one_hot = np.eye(V, dtype=np.float32)
tell(V=V, D=D, log_V=f"{math.log(V):.2f}")


def new_network(seed, D=D, dtype=np.float32):
    """The numbers that a network starts with, by name."""
    rng = np.random.default_rng(seed)
    p = {
        "W": np.linalg.qr(rng.standard_normal((D, D)))[0],  # a turn: it stretches nothing
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


# %%
p = new_network(seed=0)
print(f"{sum(numbers.size for numbers in p.values()):,} numbers in the network")
print(f"loss before training: {prices(p, val[:5000]).mean():.2f} nats")

# %% [markdown]
# The state has {{ value D }} numbers, so $W$ has {{ value D }} · {{ value D }}, $U$ and $C$ have
# {{ value D }} · {{ value V }} each, and $b$ and $c$ have {{ value D }} + {{ value V }}.
#
# The function `prices`, in the folded code, makes the guesses from `ids[:-1]`, all symbols but the last, and
# judges them by `ids[1:]`, all but the first. The guess after symbol $t$ is about symbol $t + 1$. If you
# forget this shift by one, you ask the network to repeat what it has just read, and it will get very good at
# it.
#
# !!! sofar
#     A loop hands its state on, and that is a memory. One more table makes guesses of the state, and the loss
#     says what they cost. Next we look for numbers in the tables that make the loss small.
#
# ### The loss of a batch
#
# With many sequences side by side the loss is the mean over all their guesses.
#
# {{ exercise sequence_loss }}

# %% [markdown]
# {{ part "How it learns" }}
#
# ## How it learns
#
# The network has about 17,000 numbers, chosen by chance, but we want better ones, with a lower loss. How do
# we find them?
#
# Take one number, say the first of $W$, make it a tiny bit larger and compute the loss again. If the loss
# falls, this is the right direction; if it rises, the other one is. How fast the loss changes when the number
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
# It works, but it is far too slow, because each step downhill takes 17,000 nudges, and for each nudge the
# whole text is read again.
#
# ### Handing out blame
#
# There is a way to get all slopes at once, for about the price of reading the text three times. Walk back
# through the text and hand out **blame**. The last guess was wrong: which state pushed it that way, and how
# strongly? That state was made from the state before, so pass the blame on, along the arrows through which
# the push came, in the other direction.
#
# By hand, with the loop of one number, $w = 0.5$: a 1 and a 0 come in, and the states are $h_0 = 0.7616$ and
# $h_1 = 0.3634$. If the loss is $h_1$ itself, how much blame do the two inputs get?

# %% fold
w, x = 0.5, (1.0, 0.0)
state_0 = math.tanh(x[0])
state_1 = math.tanh(w * state_0 + x[1])
last = 1 - state_1**2
passed = w * last
first = (1 - state_0**2) * passed
bumped = math.tanh(w * math.tanh(x[0] + 0.001) + x[1]) - state_1
tell(last=f"{last:.4f}", passed=f"{passed:.4f}", slope_0=f"{1 - state_0**2:.4f}", first=f"{first:.4f}")
tell(bumped=f"{bumped:.6f}", blame_w=f"{last * state_0:.4f}")

with picture(
    "Two boxes in a row. Blue arrows run forward: x_0 = 1 into the first box, its state 0.7616 into the "
    "second, x_1 = 0 into it, and its state 0.3634 out to the loss. Orange arrows run back below: from the "
    f"loss the blame 1 enters the second box and leaves it as {last:.4f}, times w it is {passed:.4f} at the "
    f"first box, and leaves that as {first:.4f}.",
    table=None,
    caption="Forward, in blue, go the states. Back, in orange, goes the blame: each box multiplies it by the "
    "slope of its tanh, each arrow between boxes by w.",
    height=3.4,
) as axes:
    for x_box, name, value, slope in (
        (0, "$x_0$ = 1", state_0, 1 - state_0**2),
        (4, "$x_1$ = 0", state_1, last),
    ):
        box(axes, x_box, 0, "tanh", blue)
        axes.text(x_box, 1.75, name, ha="center")
        arrow(axes, (x_box, 1.6), (x_box, 0.4), blue)
        arrow(axes, (x_box + 0.5, 0.12), (x_box + (3.5 if x_box == 0 else 2.6), 0.12), blue)
        axes.text(x_box + (2 if x_box == 0 else 1.5), 0.3, f"{value:.4f}", ha="center", color=blue)
        axes.text(x_box, -0.75, f"slope {slope:.4f}", ha="center", va="top", fontsize=9)
    arrow(axes, (6.6, -0.12), (4.5, -0.12), orange)
    axes.text(5.5, -0.5, "1", ha="center", color=orange)
    arrow(axes, (3.5, -0.12), (0.5, -0.12), orange)
    axes.text(2, -0.5, f"{last:.4f} · w = {passed:.4f}", ha="center", color=orange)
    axes.text(7.1, 0, "loss", ha="center", va="center")
    axes.text(0.15, 1.0, f"blame {first:.4f}", color=orange, fontsize=10)
    axes.text(4.15, 1.0, f"blame {last:.4f}", color=orange, fontsize=10)
    axes.set_xlim(-1, 7.6)
    axes.set_ylim(-1.4, 2.1)
    axes.axis("off")

# %% [markdown]
# A push at $x_1$ goes through one tanh, and where tanh is bent, a push changes less. How much less is its
# slope there, $1 - h_1^2 =$ {{ value last }}, which is the blame of $x_1$. On the way to $h_0$ it is
# multiplied by $w$, which makes {{ value passed }}, and then by the slope of the first tanh, $1 - h_0^2 =$
# {{ value slope_0 }}. So the blame of $x_0$ is {{ value first }}. Nudge to see it: with $x_0 = 1.001$ the
# last state rises by {{ value bumped }}.
#
# And $w$ itself? It was used in both steps, so it collects blame from both: in each, the blame times the
# state that $w$ multiplied. That is {{ value last }} times $h_0$, and {{ value first }} times $h_{-1} = 0$,
# together {{ value blame_w }}. With many numbers it is the same: when you are back at the beginning, each
# number in $W$, $U$ and $b$ has collected its blame from all steps, and that is its slope. This is
# **backpropagation through time**.
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
#     For the logits, the derivative of $-\log p_{t,v}$ is as simple as one could wish: the predicted
#     probabilities, minus 1 at the symbol that came. What is passed to $h_t$ directly is $C^\top$ times that.


# %% fold
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


def slope_by_nudging(p, name, place, ids, nudge=1e-6):
    losses = []
    for step in (nudge, -nudge):
        moved = {**p, name: p[name].copy()}
        moved[name][place] += step
        losses.append(loss_and_gradient(moved, ids)[0])
    return (losses[0] - losses[1]) / (2 * nudge)


# %% [markdown]
# ### Is it right?
#
# A gradient can always be checked, so never believe one that was not. Nudge a number up and down, see what
# the loss does, and compare. Here is a small network, and the slope of six of its numbers.

# %% fold
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

# %%
worst = 0.0
for place in np.ndindex(12, 12):
    nudged = slope_by_nudging(small, "W", place, ids)
    worst = max(worst, abs(nudged - gradient["W"][place]))
print("all 144 numbers of W differ by less than 0.0000001:", worst < 1e-7)

# %% [markdown]
# They agree as far as nudging can tell, but the computer keeps only about 16 digits. So the difference of two
# losses near 4.6 has an error of about $10^{-15}$, and divided by the nudge of $10^{-6}$ it is about
# $10^{-9}$.
#
# If you know derivatives, or want to, build the walk back by hand once, although it is the longest exercise
# here.
#
# {{ exercise bptt }}
#
# ??? note "The library's walk back"
#     {{ source minirnn/layers/rnn.py backward }}

# %% [markdown]
# {{ part "Train it" }}
#
# ## Train it
#
# Take 65 symbols from a random place of the text, which make 64 guesses, and compute the gradient. Move all
# numbers by a small step against it: new number = old number - pace · its slope. Do it again, 3,000 times,
# with a pace that gets smaller towards the end. (The code has a `limit`, too, but for now it is infinite, and
# does nothing.)


# %% fold
def train_network(limit, steps=3000, seed=2, length=64, pace=0.7):
    """A trained network; of each step: the loss, the length of the gradient, and by how much W stretches."""
    rng, p = np.random.default_rng(seed), new_network(seed)
    log = []
    for number in range(steps):
        start = rng.integers(len(train) - length)
        loss, gradient = loss_and_gradient(p, train[start : start + length + 1])
        norm = math.sqrt(sum(float((g * g).sum()) for g in gradient.values()))
        log.append((float(loss), norm, float(np.linalg.norm(p["W"], 2))))
        step = pace * (1 - 0.9 * number / steps) * min(1.0, limit / norm)
        for name, g in gradient.items():
            p[name] -= step * g
    return p, np.array(log)


counts = ngram.baselines(book.train, book.val, V, range(3))
tell(bigram=f"{counts[1].nats:.2f}")

# %% [markdown]
# The loss starts near $\log V =$ {{ value log_V }}, while the bigram table reaches {{ value bigram }} on new
# text.
#
# ??? predict first_run "What will the loss do in 3,000 steps?"
#     - ( ) It falls evenly, below the bigram.
#     - ( ) It falls at first, then stays a little above the bigram.
#     - (x) It jumps up, and ends far above the bigram.
#
#     It jumps up in the first steps, and ends at {{ value wild_end }} nats. Something goes wrong, and the
#     next section looks for it.

# %%
wild, log = train_network(limit=math.inf)
for start in (0, 250, 1000, 2000, 2750):
    loss, length, stretch = log[start : start + 250].T
    print(f"from step {start:4}: mean loss {loss.mean():.2f}, longest gradient {max(length):7.1f}")
print(f"half of all gradients are shorter than {np.median(log[:, 1]):.1f}")

# %% [markdown]
# ## What goes wrong
#
# Look at the lengths of the gradients. (The **norm**, or length, of a gradient is taken as for an arrow: all
# its numbers squared, added up, and the root of that. It tells how steep the ground is.) Most are 1 or 2, but
# some are many times longer. Why do such gradients exist in a loop?
#
# On the way back through time the blame is multiplied by the same table $W$ at each step. Multiply by 1.1
# fifty times, and 1 becomes 117, but multiply by 0.9 fifty times, and it becomes 0.005. You can watch this
# without any gradient. Nudge the first state by a millionth, let the loop read a text twice, with the nudge
# and without, and see how far apart the two runs are. Blame goes back along the road on which the nudge goes
# forward, and is multiplied by the same factors.
#
# Take three networks whose $W$ stretches every state by 0.8, by 1, or by 2.
#
# ??? predict nudge "In which of them does the nudge keep its size?"
#     - ( ) 0.8
#     - ( ) 1
#     - ( ) 2
#     - (x) in none of them
#
#     In none. With 0.8 it dies and with 2 it grows, and even with 1 it fades, because each tanh takes a
#     little away: after 60 steps {{ value nudge_1 }} of it is left.

# %% fold
rng = np.random.default_rng(3)
turn = np.linalg.qr(rng.standard_normal((D, D)))[0]
kicks, nudge = rng.uniform(-0.2, 0.2, (D, V)), rng.standard_normal(D)
nudge *= 1e-6 / np.linalg.norm(nudge)
apart = {}
for stretch in (0.8, 1.0, 2.0):
    x = one_hot[train[5000:5060]].astype(float)
    one = forward(x, stretch * turn, kicks, np.zeros(D), np.zeros(D))
    two = forward(x, stretch * turn, kicks, np.zeros(D), nudge)
    apart[stretch] = np.linalg.norm(two - one, axis=1) / 1e-6
tell(nudge_1=f"{apart[1.0][-1]:.0%}")

with picture(
    "Three lines over 60 steps, on a scale where each mark is a thousand times the one below, starting near "
    "1. For a stretch of 0.8 the nudge shrinks to less than a millionth. For 1 it shrinks slowly. For 2 it "
    "grows, by thousands and more.",
    caption="How large a nudge is some steps later, compared with its size at the start.",
    table=[
        ["steps later", *(f"stretch {s}" for s in apart)],
        *([t, *(a[t - 1] for a in apart.values())] for t in (1, *range(5, 61, 5))),
    ],
) as axes:
    for number, (stretch, distance) in enumerate(apart.items()):
        draw_line(axes, number, list(enumerate(distance, 1)), f"stretch {stretch}", marked=False)
    axes.set_yscale("log")
    axes.axhline(1, color=INK, linewidth=0.6)
    axes.set_yticks(
        [1e-6, 1e-3, 1, 1e3], ["a millionth", "a thousandth", "as at the start", "a thousand times"]
    )
    axes.minorticks_off()
    axes.set_xlabel("steps later")
    axes.grid(axis="y", color=INK, alpha=0.25, linewidth=0.6)
    label_lines(axes)

# %% [markdown]
# Choose the stretch yourself, and take the tanh away.
#
# {{ widget nudge }}
#
# So a loop sits between two troubles. If its blame shrinks at each step, next to nothing can be learned about
# what happened long ago, because the gradient **vanishes**. If it grows, the gradient **explodes**.
#
# ### How training stretches W
#
# Our network started with a $W$ that stretches nothing, so that at first no blame can explode, and training
# itself must have stretched it. Each row of this table is a step whose gradient was more than twice as long
# as any before it.

# %% fold
record, table = 0.0, [["step", "length of the gradient", "W stretches before it", "and after it"]]
for number, (_, length, stretch) in enumerate(log[:-1]):
    if length > 2 * record:
        table.append([number, f"{length:,.1f}", f"{stretch:.1f}", f"{log[number + 1, 2]:,.1f}"])
    record = max(record, length)
show_table(table, caption="How W was stretched in training. The measure is its largest stretch.")
h = forward(one_hot[val[:3000]], wild["W"], wild["U"], wild["b"], np.zeros(D, np.float32))
tell(wall=f"{(abs(h) > 0.99).mean():.0%}", slope=f"{(1 - h**2).mean():.2f}")
tell(stretch_wild=f"{np.linalg.norm(wild['W'], 2):,.0f}", wild_end=f"{log[-250:, 0].mean():.2f}")

# %% [markdown]
# It runs away, because once $W$ stretches, a gradient can be long. A step along a long gradient goes far, to
# where the ground has nothing to do with what it was here. Most of these steps leave a $W$ that stretches
# more, until in the end it stretches by {{ value stretch_wild }}.
#
# Why does it recover so slowly? In the end $W$ pushes so hard that {{ value wall }} of all state numbers sit
# at the wall of the tanh, beyond 0.99 or -0.99. There tanh is flat, with a slope of {{ value slope }} in the
# mean, so mostly too little blame gets through to repair $W$.
#
# (Your numbers may differ, because processors add up in different orders, and the last digit of a sum decides
# where the network lands. Usually it ends far above the bigram.)
#
# ### A limit
#
# Against the explosion there is a simple cure. The direction of a long gradient is still worth something, but
# its length cannot be trusted, so set a limit, and shorten what is longer.
#
# {{ exercise clip_gradients }}
#
# ## The experiment
#
# Does the clip help? We train again from the same numbers and with the same pieces of text in the same order.
# The one difference is that no gradient may be longer than 2.
#
# ??? predict clipped "Draw how the loss goes on when gradients are clipped."
#     curve: clipped_losses
#     across: training steps
#     up: loss in nats
#     given: 300
#
#     It falls quickly and then more and more slowly, to {{ value clipped_end }} nats on the text it trains
#     on.

# %%
p, clipped_log = train_network(limit=2.0)
score = float(prices(p, val).mean())
stretch = np.linalg.norm(p["W"], 2)
print(f"on new text: {score:.2f} nats, better than the bigram by {counts[1].nats - score:.2f}")
print(f"{np.mean(clipped_log[:, 1] > 2):.1%} of the gradients were clipped")
print(f"W now stretches by {stretch:.1f} at most; without the clip by {np.linalg.norm(wild['W'], 2):.0f}")

# %% fold
GROUP = 50
clipped, free = (
    [(i + GROUP, float(each[i : i + GROUP, 0].mean())) for i in range(0, len(each), GROUP)]
    for each in (clipped_log, log)
)
known = ngram.baselines(book.train, book.train, V, range(3))
tell(clipped_losses=clipped, clipped_end=f"{clipped_log[-250:, 0].mean():.2f}", score=f"{score:.2f}")
tell(share=f"{np.mean(clipped_log[:, 1] > 2):.1%}", symbols=f"{64 * 3000:,}", stretch=f"{stretch:.1f}")
tell(bigram_known=f"{known[1].nats:.2f}", two_symbols=f"{counts[2].nats:.2f}")

with picture(
    "The training loss over 3000 steps. With clipping it falls quickly and goes on falling, past the line of "
    f"the table with one symbol of context, to {clipped[-1][1]:.1f}. Without clipping it is as high as "
    f"{max(loss for _, loss in free):.1f} on its way, and ends at {free[-1][1]:.1f}.",
    caption="Loss in training, means over 50 steps. The same start and the same text; only the clip differs. "
    "Dotted: what counting pays on this text, which it has read.",
    table=[
        ["step", "clipped", "not clipped"],
        *([s, a, b] for (s, a), (_, b) in zip(clipped, free, strict=True)),
    ],
) as axes:
    draw_line(axes, 0, clipped, "clipped at 2", marked=False)
    draw_line(axes, 1, free, "not clipped", marked=False)
    for count, away in zip(known, (-11, 3, -11), strict=True):
        axes.axhline(count.nats, color=INK, linestyle=":", linewidth=1.2)
        place = {"xytext": (0, away), "textcoords": "offset points", "ha": "right", "fontsize": 9}
        axes.annotate(f"counting, k = {count.order}", (3000, count.nats), **place)
    axes.set_xticks(range(0, 3001, 500))
    axes.set_xlabel("training steps")
    axes.set_ylabel("loss in nats per character")
    axes.set_ylim(bottom=1.2)
    label_lines(axes)

# %% [markdown]
# On new text it pays {{ value score }} nats, where the bigram pays {{ value bigram }}, which is the result of
# the lesson. It was trained for some seconds and has read {{ value symbols }} symbols, less than half of the
# text that the table counted in full. Only {{ value share }} of the gradients were clipped, and this is the
# whole difference between the two curves. $W$ stretches by {{ value stretch }} in the end, not by
# {{ value stretch_wild }}.
#
# Why is the end of the curve, {{ value clipped_end }}, higher than {{ value score }}? The text it trains on
# happens to be harder: the bigram, too, pays {{ value bigram_known }} there and {{ value bigram }} on the new
# text. (Its pieces begin with an empty state, but in such pieces the new text costs only {{ value pieces }}.)
#
# But two symbols of context, counted, still do better, with {{ value two_symbols }}. Training longer helps,
# and so do better loops, which the course is about.
#
# ### How far back does it look?
#
# It looks back about ten letters, and mostly at the last five. We change one letter of what it has read, and
# ask by how much its guess moves: 100 % if no probability is left where it was, 0 % if the guess is the same.

# %% fold
LETTERS = book.vocabulary.encode("abcdefghijklmnopqrstuvwxyz")
rng = np.random.default_rng(0)
read = np.stack([val[place - 40 : place] for place in rng.integers(40, len(val), 400)])


def guesses(texts):
    """The probabilities after each of many texts (texts, time), read side by side."""
    h = np.zeros((len(texts), D), np.float32)
    for t in range(texts.shape[1]):
        h = np.tanh(h @ p["W"].T + p["U"][:, texts[:, t]].T + p["b"])
    return np.exp(log_probabilities(p, h))


moved = []
for back in range(1, 16):
    other = read.copy()
    other[:, -back] = rng.choice(LETTERS, len(read))
    moved.append((back, float(abs(guesses(other) - guesses(read)).sum(axis=1).mean() / 2)))
tell(**{f"moved_{back}": f"{share:.0%}" for back, share in moved if back in (1, 5, 10)})

starts = range(0, len(val) - 64, 64)
by_place = np.mean([prices(p, val[start : start + 65]) for start in starts], axis=0)
tell(pieces=f"{by_place.mean():.2f}")
tell(after_1=f"{by_place[0]:.2f}", after_2=f"{by_place[1]:.2f}")
tell(after_4=f"{by_place[2:4].mean():.2f}", after_all=f"{by_place[4:].mean():.2f}")

with picture(
    "Bars that fall quickly: the last letter moves the guess by more than half, the one before by two "
    "fifths, the fifth letter back by a tenth, and beyond the tenth hardly anything is left.",
    caption="By how much the guess moves if one letter that was read is changed, by how far back it stands.",
    table=[["letters back", "the guess moves by"], *([back, f"{share:.1%}"] for back, share in moved)],
    height=3.2,
) as axes:
    axes.bar([back for back, _ in moved], [100 * share for _, share in moved], color=blue)
    axes.set_xlabel("how many letters back the changed one stands")
    axes.set_ylabel("the guess moves by, in %")
    axes.set_xticks(range(1, 16))

# %% [markdown]
# The last letter moves the guess by {{ value moved_1 }}, the fifth letter back by {{ value moved_5 }}, and
# the tenth by {{ value moved_10 }}, but the prices stop falling even sooner. From an empty state, the first
# guess costs {{ value after_1 }} nats, after two letters it is {{ value after_2 }}, after three or four
# {{ value after_4 }}, and after more {{ value after_all }}. (The first guess is even worse than the bigram's,
# because in training only one guess in 64 is made from so little.)
#
# The bracket that was opened 30 symbols ago is still out of reach, although one number could hold it. What a
# loop *can* remember and what it *learns* to remember are two things, and {{ lesson vanishing }} asks why.
#
# ### Read the log
#
# Training rarely says what is wrong with it, so you have to read its log.
#
# {{ exercise read_the_log }}
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


# %%
for sharp in (1, 2):
    print(f"--- sharp = {sharp}")
    print(write(p, "The value ", 250, seed=4, sharp=sharp))

# %% [markdown]
# The second text is written with squared probabilities, made to add up to 1 again, so what is likely becomes
# likelier. Programs offer this as the *temperature*; squaring is temperature 1/2.
#
# Note how little it costs to go on: one step, from one state, because the network need not read its text
# again. This is one reason why recurrent networks came back in models like those of the beginning, and
# {{ lesson hybrid }} will measure it.

# %% [markdown]
# ## What to remember
#
# {{ keypoints }}
#
# ## Check yourself
#
# ??? check "A loop of one number has $w = 3$ and the state 1. Where is it after 1,000 steps of zeros?"
#     Near 1. The loop pushes it against the wall, and tanh holds it there. It keeps one fact for ever.
#
# ??? check "Which number of $W$ says how strongly old state number 3 pushes new state number 5?"
#     $W_{5,3}$: the row is the new number, the column the old one.
#
# ??? check "Your loss has fallen to 0.02 nats after a minute of training. Why should you worry?"
#     No ordinary text is so easy to guess. The targets are probably not shifted by one, so the network
#     repeats what it has just read.
#
# ??? check "Does clipping help against a gradient that vanishes?"
#     No. It only shortens what is too long. A larger factor would not help either: the gradient as a whole is
#     not short, but what came from far away is a tiny share of that sum, and one factor for all does not
#     change the shares.
#
# ## What comes next
#
# {{ Lesson vanishing }} looks at the cliff behind the exploding gradient, and at the gradient that vanishes.
# {{ Lesson gates }} gives the network gates, so that it can choose what to keep. And {{ lesson scan }} asks
# what you could ask now: must all these steps really be taken one after the other?

# %% fold
measured = results.load("train-lm")
tell(lstm=f"{measured['medians']['lstm']['stream']:.3f}", seconds=f"{measured['seconds of training']:.0f}")

# %% [markdown]
# How much is there to gain? On tiny Shakespeare counting reached 1.750 nats in {{ lesson sequences }}. An
# LSTM, the first network of {{ lesson gates }}, reaches {{ value lstm }} there after {{ value seconds }}
# seconds of training on two cores.
#
# ## Where papers and programs differ
#
# !!! note "Where papers and programs differ"
#     - **The place of the squeeze.** Pascanu and his colleagues write
#       $x_t = W_{\text{rec}}\, \sigma(x_{t-1}) + W_{\text{in}}\, u_t + b$, with $x$ for the state, $u$ for
#       the input and any squeezing function $\sigma$. With tanh for $\sigma$ it is the same network; their
#       state is what we have inside the tanh.
#     - **The walk back.** Elman did not walk back through time. He treated the old state as one more input,
#       and let blame go one step and no further.
#     - **The clip.** The paper of 2013 shortens the whole gradient, and its authors found that limits from
#       half to ten times its usual length can still work. The program `char-rnn` cuts off each number by
#       itself at -5 and 5, which turns the arrow. PyTorch's `clip_grad_norm_` does as the paper does, and
#       divides by the norm plus 0.000001.
#     - **Two biases.** PyTorch's `RNN` adds two vectors $b$, one for the input and one for the state. Only
#       their sum matters, and we have one.
#
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
#     For a school class `loop_of_one`, `rnn_step_lists` and `price_of_a_guess` are enough, with
#     `read_the_log` and `clip_gradients_lists` for those who are early: they need nothing but lists, and this
#     page. The others want numpy.
#
#     **Checkpoints**, school track, without the exercises.
#
#     | in part | the class has |
#     | --- | --- |
#     | 1 | played the loop: one pupil is the box, gets a letter and a slip of paper, hands on a new slip |
#     | 1 | sketched four values of $w$, then seen them; said which one remembers |
#     | 1 | followed the bracket memory and found the line that fools it |
#     | 2 | read the formula with capital letters, and said the shape of each |
#     | 2 | predicted the price of knowing nothing |
#     | 3 | nudged a number, and said in words what a gradient is |
#     | 4 | predicted the training curve, seen it fail, and explained it with 1.1 and 0.9 |
#     | 4 | seen the clipped run, and read off the number |
#     | 4 | named one thing that our network cannot remember, and why |
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
#     - *The loss judges what was just read.* Without the shift by one the loss falls to nearly 0. The
#       symptom is joy: the loss looks wonderful.
#     - *exp of a large number.* Infinite, and the loss with it. Subtract the largest logit first, of each
#       step by itself.
#     - *Blame stops after one step.* They pass on the direct part only. Ask: through whom did the first
#       letter change the last guess?
#     - *Slope of the wrong tanh.* It is $1 - h_t^2$ with the state that this tanh made, and no second tanh.
#     - *Clipping number by number.* It changes the direction. Draw an arrow (3, 4) and cut it both ways.
#     - *Clipping cures vanishing, too.* It shortens the whole. What came from far away is a tiny share of it,
#       and one factor for all changes no share.
#
#     **If time is short.** Leave out "How far back does it look?" and let the figure of the nudge speak for
#     the gradient.
#
#     **For quick ones.** Choose $w$, the pushes and the start so that one number tells whether the *number*
#     of brackets so far is even. (It cannot be done. With $w > 0$ a bracket would have to push up from -1 and
#     down from +1. With $w < 0$ it can flip the state, but so does every other symbol. Two numbers can do it,
#     if one stands for "this is a bracket, or the count was odd" and the other for "both".
#     {{ Lesson state_tracking }} asks which networks can count like this.)

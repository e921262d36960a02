# %% [markdown]
# {{ part "The way back" }}
#
# A scan gives all states of a recurrence in a few rounds. To run a network that is enough. To train one it is
# not, because training asks the opposite question: the states were not good, so which decays and inputs are
# to blame?
#
# In practice, three more things come up. The code of RecurrentGemma, a language model of the Griffin family,
# is ready for several documents packed into one row. Where a document begins, it sets the decay to zero. It
# keeps the state in numbers of 32 bits even where all else has 16. And on the chips that it was written for
# it uses no tree and no rounds at all, but a loop, because that was faster.
#
# Why does it do these things? At the end of this lesson you can say it for all three. First comes the way
# back. In this lesson you will
#
# {{ objectives }}
#
# ## Push one input
#
# Here is the row of eight machines from {{ lesson scan }}, with its states from 0.

# %% fold
import math
from functools import partial

from minirnn.base.plots import INK, LINES, draw_line, label_lines
from minirnn.course import results
from minirnn.course.figures import picture, show_table, tell
from minirnn.scan import METHODS, scan
from minirnn.scan.blelloch import blelloch

import numpy as np
import torch
from torch.utils._python_dispatch import TorchDispatchMode

BLUE, ORANGE = LINES[0][0], LINES[1][0]
machines = [(2, 1), (1, 0), (3, 2), (1, 1), (2, 0), (1, 3), (1, 1), (2, 1)]


def states(machines, h=0):
    all_states = []
    for a, b in machines:
        h = a * h + b
        all_states.append(h)
    return all_states


show_table(
    [
        ["step", *range(8)],
        ["decay a", *(a for a, _ in machines)],
        ["input b", *(b for _, b in machines)],
        ["state h", *states(machines)],
    ]
)

# %% [markdown]
# ??? predict push "Add 1 to the input of step 2. By how much does the last state, step 7, grow?"
#     number: {{ value push }}
#     near: 2
#
#     By {{ value push }}. The state of step 2 grows by 1. From there on the extra 1 goes through the machines
#     like everything else, except that their inputs do not touch it: it is multiplied by the decays of the
#     steps 3 to 7, which are 1, 2, 1, 1 and 2.

# %% fold
pushed = [(a, b + 1 if t == 2 else b) for t, (a, b) in enumerate(machines)]
change = [after - before for before, after in zip(states(machines), states(pushed), strict=True)]
tell(push=change[-1])
show_table(
    [
        ["step", *range(8)],
        ["state h before", *states(machines)],
        ["state h after the push", *states(pushed)],
        ["change", *change],
    ]
)

# %% [markdown]
# States before step 2 did not change, because a push works only forwards in time. The row "change" should
# look familiar. In {{ lesson scan#what-a-state-is-made-of }} each state was a sum of inputs with weights, and
# the weights made a triangle. A row of the triangle says what one state is made of. The changes are a
# *column*: they say whom one input reaches.

# %% fold
decays = [a for a, _ in machines]
weights = [[math.prod(decays[s + 1 : t + 1]) if s <= t else 0 for s in range(8)] for t in range(8)]
assert [row[2] for row in weights] == change

with picture(
    "A triangle of numbers, eight rows for the states and eight columns for the inputs. The row of step 5 is "
    "framed in blue and reads 6, 6, 2, 2, 1, 1. The column of input 2 is framed in orange and reads 1, 1, 2, "
    "2, 2, 4 from top to bottom.",
    table=[
        ["state of step", *(f"input {s}" for s in range(8))],
        *([t, *(w if s <= t else "" for s, w in enumerate(row))] for t, row in enumerate(weights)),
    ],
    caption="The triangle of weights. Along a row (blue): what a state is made of. Down a column (orange): "
    "whom an input reaches.",
    height=4.0,
) as axes:
    for t, row in enumerate(weights):
        for s in range(t + 1):
            axes.text(s, -t, f"{row[s]}", ha="center", va="center")
        axes.text(-1, -t, f"$h_{t}$", ha="center", va="center")
        axes.text(t, 1, f"$b_{t}$", ha="center", va="center")
    for x, y, across, down, color, dash in (
        (-0.4, -5.4, 5.8, 0.8, BLUE, "-"),
        (1.6, -7.4, 0.8, 5.8, ORANGE, "--"),
    ):
        box = axes.plot([x, x + across, x + across, x, x], [y, y, y + down, y + down, y])[0]
        box.set(color=color, linestyle=dash, linewidth=1.8)
    axes.set_xlim(-1.6, 7.6)
    axes.set_ylim(-7.7, 1.5)
    axes.axis("off")

# %% [markdown]
# ## Backwards: the gradient is a scan too
#
# Now let somebody judge the states. The judge says of each state by how much the loss grows when this state
# alone grows by one; call that $\text{grad}_t$. A push on $b_2$ moves the loss by change times $\text{grad}$,
# added up over all steps: a sum down a column. We need such a sum for every column. One could push each input
# in turn, which is $T$ pushes and $T$ walks to the end.
#
# But walk from the *end*, and one walk is enough. Let $g_t$ be the whole effect of one unit more of $h_t$:
# what the judge says right there, and all that follows from it. What follows goes through the next state, and
# what a unit of the next state does we already know, since we come from there: it is $g_{t+1}$.
#
# ??? predict whose_decay "How many units does the next state get, for one unit more of this one?"
#     - ( ) as many as the decay of this step, $a_t$
#     - (x) as many as the decay of the next step, $a_{t+1}$
#     - ( ) as many as both together, $a_t \, a_{t+1}$
#     - ( ) one
#
#     As many as $a_{t+1}$. The machine that lies between $h_t$ and $h_{t+1}$ is that of step $t+1$, and it
#     multiplies what it gets by its own decay. The decay of step $t$ has been at work before $h_t$ was made.
#
# So the whole effect is what the judge says here, plus the next decay times the whole effect there:
#
# $$g_t = \text{grad}_t + a_{t+1} \, g_{t+1}$$
#
# Squint at it. A decay times the value next door, plus something known: it is the same recurrence. It runs
# from the last step to the first. **The gradient of a scan is a scan run backwards**, so it, too, takes
# $\log_2 T$ rounds.
#
# Do it once on paper. Suppose that the judge wants the last three states to be small, so that $\text{grad}$
# is 1 for them and 0 for all others. At the end $g_7 = 1$. Then $g_6 = 1 + a_7 \cdot 1 = 3$, then $g_5 = 1 +
# a_6 \cdot 3 = 4$, and from there on only decays multiply: 4, 8, 8, 24, 24.
#
# {{ exercise scan_backward }}
#
# Does one walk backwards agree with pushing every input by itself?

# %%
grad = torch.tensor([0.0, 0, 0, 0, 0, 1, 1, 1])[:, None]
a = torch.tensor([a for a, _ in machines], dtype=torch.float32)[:, None]
next_decay = torch.cat([a[1:], torch.zeros(1, 1)])
g, _ = scan(next_decay, grad, reverse=True)

by_pushing = []
for t in range(8):
    pushed = [(a, b + 1 if s == t else b) for s, (a, b) in enumerate(machines)]
    by_pushing.append(sum(states(pushed)[-3:]) - sum(states(machines)[-3:]))

print("one scan backwards:", [int(x) for x in g[:, 0]])
print("eight pushes:      ", by_pushing)

# %% [markdown]
# One scan backwards gives what eight pushes give. The rest is short. One unit more of $b_t$ is one unit more
# of $h_t$, so the gradient of $b_t$ is $g_t$. One unit more of $a_t$ changes $h_t$ by $h_{t-1}$, so its
# gradient is $g_t \, h_{t-1}$. Therefore nothing needs to be written down on the way forward but the decays
# and the states themselves.
#
# There is one more rule, for complex numbers, which many layers use as decays. Every number that multiplies a
# gradient is conjugated: its imaginary part changes sign. A complex decay turns the state by an angle, so the
# way back must turn by the same angle in the other direction. For real numbers a conjugate changes nothing,
# and that is why its absence is so hard to notice.
#
# So how do you test a backward pass? Push every number, as above, but with numbers that hide nothing: decays
# that differ, complex ones, and a first state other than zero. Torch has a function that does the pushing, in
# the real and in the imaginary direction.

# %%
torch.manual_seed(0)
a, b = (torch.randn(6, 2, dtype=torch.complex128, requires_grad=True) for _ in range(2))
h0 = torch.randn(2, dtype=torch.complex128, requires_grad=True)

for method in METHODS:
    states_by = partial(scan, method=method)
    good = torch.autograd.gradcheck(states_by, (a, b, h0))
    print(f"{method:14} agrees with pushing: {good}")

# %% [markdown]
# Every way of scanning has the same gradient, because it computes the same states. And the backward pass is
# itself a scan, so it can take whichever way you choose.
#
# ??? info "For those who know derivatives"
#     Let $L$ be the loss and $\text{grad}_t = \partial L / \partial h_t$, where only the direct dependence
#     counts. With $g_t = \mathrm{d}L/\mathrm{d}h_t$, summed over all paths, the chain rule says
#
#     $$g_t = \text{grad}_t + \bar a_{t+1}\, g_{t+1},$$
#
#     $$\frac{\mathrm{d}L}{\mathrm{d}b_t} = g_t, \quad
#     \frac{\mathrm{d}L}{\mathrm{d}a_t} = g_t\, \bar h_{t-1}, \quad
#     \frac{\mathrm{d}L}{\mathrm{d}h_{-1}} = \bar a_0\, g_0 .$$
#
#     The bars are complex conjugates. They change nothing for real numbers. For complex ones torch defines
#     the gradient of a real loss so that a step against it is downhill in the real and in the imaginary part,
#     and that puts the bar on every number that multiplies a gradient.
#
#     Compare lesson {{ number vanilla_rnn }}: there the walk back multiplies by $W^\top$ and by the slope of
#     the `tanh` at each step. Here both have become one number, $a_{t+1}$, that does not depend on the state.
#     That is why both walks are cheap scans here. There the walk forward is no scan at all, and the walk back
#     would be one of matrices, with $N^3$ multiplications for each join if the state has $N$ numbers.
#
#     A general automatic differentiation would record each join and keep what it needs of it. We write the
#     backward pass by hand, and keep `a` and `h`. The whole of it stands below. There `ends` gives the places
#     of the first and the last step, all but the last, and all but the first, as a walk in either direction
#     meets them. With complex numbers the code scans the conjugate of the equation, whose decays are `a` as
#     they are, and conjugates the result, because that saves a conjugated copy of `a`.
#
#     {{ source minirnn/scan/operator.py gradients }}
#
# A backward pass that is wrong does not crash. It returns numbers, and the network learns worse than it
# could. So it pays to know what each of the usual faults looks like.
#
# {{ exercise which_rule_is_broken }}
#
# !!! sofar
#     A column of the triangle says whom an input reaches, and one scan from the end to the beginning adds up
#     all columns: $g_t = \text{grad}_t + a_{t+1} g_{t+1}$. Only the decays and the states have to be kept for
#     it.
#
# {{ part "Many documents in one row" }}
#
# ## A new document begins
#
# Texts differ in length, and a batch is a rectangle. So one packs many texts one behind the other into one
# long row. Where a new text begins, the state must be dropped, or else the weather report knows how the love
# letter ended. Must we write a new scan for that?
#
# A machine that forgets what it gets has a decay of 0. So at the first step of each text replace $(a_t, b_t)$
# by $(0, b_t)$, and every method does the right thing: the loop, the rounds, the tree and the blocks.

# %% fold
time, begin = 60, (0, 22, 41)
push = [1.0 if t in (5, 27, 46) else 0.0 for t in range(time)]
leaking, clean, h, k = [], [], 0.0, 0.0
for t in range(time):
    h = 0.93 * h + push[t]
    k = (0.0 if t in begin else 0.93) * k + push[t]
    leaking.append((t, h))
    clean.append((t, k))

with picture(
    "Three documents in one row, each with one spike that decays. Without resets the curve carries over the "
    "two boundaries and piles up; with resets it falls to zero at each boundary.",
    table=[
        ["step", "no reset", "reset"],
        *([t, x, y] for (t, x), (_, y) in zip(leaking, clean, strict=True)),
    ],
    height=3.2,
    caption="The state, with and without a reset where a document begins (dotted).",
) as axes:
    draw_line(axes, 1, leaking, "no reset", marked=False)
    draw_line(axes, 0, clean, "reset", marked=False)
    for t in begin[1:]:
        axes.axvline(t, color=INK, linestyle=":", linewidth=1.2)
    axes.set_xlabel("step")
    axes.set_ylabel("state")
    axes.set_ylim(0, 2.2)
    label_lines(axes)

# %% [markdown]
# Without resets the second document begins with what is left of the first, and the third with what is left of
# both. In the next figure step 3 has a decay of 0. Follow it up the tree: as soon as a pair holds step 3, its
# $a$ is 0, so whatever stands to the left cannot pass.
#
# {{ widget scan-tree algorithm=blelloch a=1,1,1,0,1,1,1,1 b=1,2,3,4,1,1,1,1 }}
#
# ??? predict blame "A document begins at step 3, and the loss looks at step 5. Which inputs have a gradient?"
#     - ( ) all inputs up to step 5
#     - (x) the inputs of steps 3, 4 and 5
#     - ( ) the inputs of steps 4 and 5
#     - ( ) the inputs of steps 0, 1 and 2
#
#     Those of 3, 4 and 5. On the way back $g_2 = \text{grad}_2 + a_3 \, g_3$, and $a_3$ is 0, so nothing
#     passes to step 2 or before it. The input of step 3 is the first of the new document, and it counts.

# %%
a = torch.tensor([1.0, 1, 1, 0, 1, 1, 1, 1])[:, None].requires_grad_()
b = torch.tensor([1.0, 2, 3, 4, 1, 1, 1, 1])[:, None].requires_grad_()
h, _ = scan(a, b)
h[5].sum().backward()
print("gradient of the inputs:", [int(x) for x in b.grad[:, 0]])
tell(crossing=int(a.grad[3]))

# %% [markdown]
# No document is blamed for the errors of the next, and for that too nothing had to be written. Only the zero
# itself has a gradient that looks across: $g_3 \, h_2$, which is {{ value crossing }} here. If a mask puts
# the zero in, as `torch.where` does, that zero is a constant, and its gradient goes nowhere. The reset drops
# the state and not the input; the two are easy to confuse.
#
# {{ exercise scan_with_reset }}
#
# {{ part "Digits that get lost" }}
#
# ## What goes wrong
#
# **Reading what was just written.** When everybody looks back, all look at the same moment. A loop that
# writes its results into the list that it reads from lets some of them look too late.

# %%
a, b = [a for a, _ in machines], [b for _, b in machines]
d = 1
while d < len(b):
    for t in range(d, len(b)):
        b[t] = a[t] * b[t - d] + b[t]
        a[t] = a[t] * a[t - d]
    print(f"d = {d}: {b}")
    d *= 2

# %% [markdown]
# The first row already has the final states, which no round with $d = 1$ should have, and the last row, which
# counts, is wrong. Worker 1 joined with worker 0, then worker 2 with worker 1, who already held 0–1. So the
# loop has crept in: after the first round everything was done, and the next rounds counted steps twice. On a
# machine with many real workers it is worse, because who looks too late is a matter of chance.
#
# **The short cut with division.** Call $A_t = a_0 a_1 \cdots a_t$ the product of all decays up to step $t$.
# If we divide the whole recurrence by it, only a sum is left:
#
# $$\frac{h_t}{A_t} = \frac{h_{t-1}}{A_{t-1}} + \frac{b_t}{A_t}, \quad\text{so}\quad
# h_t = A_t \sum_{s \le t} \frac{b_s}{A_s} .$$
#
# It is the triangle again, since $A_t / A_s$ is the product of the decays after $s$. Running products and
# running sums are built into every library. Two calls, no loop! The algebra is right. But numbers of 32 bits
# end at $3.4 \cdot 10^{38}$.
#
# ??? predict short_cut "Decays 0.9, inputs 1. After how many steps does the short cut fail?"
#     number: {{ value lasts }} steps
#     near: 250
#
#     {{ value lasts }} steps. The sum of the $1 / A_s$ doubles every 6 or 7 steps, because $0.9^7$ is about a
#     half. And $3.4 \cdot 10^{38}$ is $2^{128}$, so after some 125 doublings it is over.


# %%
def short_cut(a, b):
    A = np.cumprod(a)
    return A * np.cumsum(b / A)


# %% fold
table, lasts = [["decay", "first step that is wrong by more than 1 %"]], {}
with np.errstate(all="ignore"):
    for decay in (0.1, 0.5, 0.9, 0.99, 0.999):
        a = np.full(100_000, decay, np.float32)
        truth = (1 - np.float64(a[0]) ** np.arange(1, len(a) + 1)) / (1 - np.float64(a[0]))
        wrong = ~(abs(short_cut(a, np.ones_like(a)) / truth - 1) < 0.01)
        lasts[decay] = int(np.argmax(wrong))
        table.append([decay, lasts[decay]])
tell(far=f"{round(10_000 / -math.log(0.9), -3):,.0f}")
tell(lasts=lasts[0.9], spacing=f"{np.spacing(np.float32(10_000)):.3f}")
show_table(table, caption="The short cut in float32, all inputs 1")

# %% [markdown]
# It fails for every decay below 1, only later for those near 1. And a single decay of zero, as at the
# beginning of a new document, ends it at once, because from there on every $A_t$ is 0.
#
# **Logarithms do not save it.** One can keep $\log A_t$ instead of $A_t$, and add up with care. Then nothing
# overflows (`log_space` in `minirnn`, after Heinsen 2023). But $\log A_t$ becomes a large number, say
# $-10{,}000$, as after {{ value far }} steps with a decay of 0.9, and there neighbouring 32-bit numbers lie
# {{ value spacing }} apart. An error of that size in the logarithm is an error of one in a thousand in $h$.
# So the digits have not been saved, they have been lost more quietly. And a decay of zero has no logarithm,
# so `log_space` puts a tiny number in its place.
#
# **Growing decays.** If $|a_t| > 1$ for long, the products of a parallel scan overflow even where the states
# themselves are harmless. Here every input is 0, so every state is 0, and the loop says so.

# %%
a, b = torch.full((256, 1), 10.0), torch.zeros(256, 1)
for method in METHODS:
    h, _ = scan(a, b, method=method)
    print(f"{method:14} {int(h.isnan().sum()):3} of 256 states are not a number")

# %% [markdown]
# Infinity times zero is not a number. The logarithms come through here, because $\log A_t$ is a number of
# ordinary size where $A_t$ is infinite; it is their digits that they lose. Layers that are meant to remember
# keep $|a_t| \le 1$, and then no product can overflow. How to keep it there while the network learns is the
# question of {{ lesson lru }}.
#
# ### Does a tree lose digits?
#
# Every operation rounds, and the tree does three times as many as the loop. Does the error grow with the
# length?
#
# ??? predict rounding "Decays between 0 and 1. Which ways have an error in proportion to the length?"
#     - ( ) all of them
#     - ( ) the trees and the blocks, because they do more operations than the loop
#     - ( ) the loop, because its chain of operations is the longest
#     - (x) only the way through logarithms
#
#     Only the logarithms. A rounding error made at step $t$ is part of the state from then on, so with
#     decays well below 1 it fades together with the inputs of its time. (With decays of 1 nothing fades:
#     errors add up, but so do the inputs that they are measured against.) The logarithm $\log A_t$ has no
#     decay. Its size only grows, and its error with it. The other curves creep up a little, because they show
#     the worst of more and more states.

# %% fold
error = results.load("scan-error")["error"]
kind = "gates"
lengths = [int(T) for T in error["sequential"][kind]]
shown_names = {
    "sequential": "the loop",
    "hillis_steele": "looking back",
    "blelloch": "tree",
    "blocked": "blocks",
    "log_space": "logarithms",
}
with picture(
    "Error against T, both axes logarithmic. Four methods lie on top of each other, nearly flat, around one "
    "unit. The logarithms climb in a straight line to about a million units at a million steps.",
    table=[
        ["T", *shown_names.values()],
        *([T, *(error[method][kind][str(T)] for method in shown_names)] for T in lengths),
    ],
    caption="Largest error of any state, decays random between 0 and 1, in units of float32's rounding.",
) as axes:
    for number, (method, name) in enumerate(shown_names.items()):
        draw_line(axes, number, [(T, error[method][kind][str(T)]) for T in lengths], name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("number of steps")
    axes.set_ylabel("error, in units of rounding")
    label_lines(axes)

EPS = 2.0**-23
others = max(error[m][k][str(T)] for m in shown_names if m != "log_space" for k in error[m] for T in lengths)
logs = error["log_space"]["gates"]["1000000"] * EPS
assert others < 3
at_most = {name: max(error[name][kind].values()) for name in ("sequential", "hillis_steele", "blelloch")}
assert at_most["sequential"] < at_most["blelloch"] < at_most["hillis_steele"]
tell(error_loop=f"{at_most['sequential']:.1f}", error_tree=f"{at_most['blelloch']:.1f}")
tell(error_back=f"{at_most['hillis_steele']:.1f}")
half, brain = (torch.finfo(dtype).eps / EPS for dtype in (torch.float16, torch.bfloat16))
tell(others=f"{others:.1f}", logs=f"{logs:.0%}", half=f"{half:,.0f}", brain=f"{brain:,.0f}")

# %% [markdown]
# Joining pairs costs next to no precision, whichever way it is done. The largest error that any of the first
# four had, for five kinds of decays (these, from 0.9 to 0.999, almost 1, exactly 1, and of both signs) and
# all lengths up to a million, is {{ value others }} units, where a unit is the spacing of 32-bit numbers at
# 1, about one part in eight million. In the figure the ways with rounds are a little worse than the loop:
# looking back reaches {{ value error_back }} units, the tree {{ value error_tree }} and the loop
# {{ value error_loop }}. They do more operations, but an input goes through fewer of them on its way to a
# state, about $\log_2 T$ in looking back and up to twice that in the tree, instead of up to $T$. Logarithms
# are off by {{ value logs }} of the state after a million steps. (Errors are taken relative to the size that
# the terms of the state would have if none of them cancelled. `python benchmarks/scan_error.py` makes the
# numbers again.)
#
# For numbers of 16 bits the unit is thousands of times as large ({{ value half }} times for one kind,
# {{ value brain }} for the other), and a small addition to a large state is lost altogether. So a state is
# kept in 32 bits even where everything else has 16.
#
# {{ part "What is fast" }}
#
# ## The experiment: two cores
#
# Which way is fastest on an ordinary processor? The conclusion first: **on two cores the blocks win**, or
# come within {{ value behind }} of the best way, in all five shapes that we timed. Looking back is the
# fastest in none of them, and neither is the tree. (All have {{ value least_steps }} steps or more, with
# {{ value least_dim }} numbers or more in each; thinner and shorter rows we did not time.) What counts on two
# cores is not rounds but two other things: how often an operation is *called*, and how often the numbers
# pass through *memory*.
#
# Two loops take part. The *plain loop* is what everyone writes first, `h = a[:, t] * h + b[:, t]`, with a
# gradient that torch records. *Our loop* has the backward pass of this lesson.
#
# ??? predict thin "One sequence of 16,384 steps with 256 numbers. Which comes second, after the blocks?"
#     - ( ) the loop, because with two workers its little work counts
#     - ( ) looking back, because it has the fewest rounds
#     - (x) the tree
#     - ( ) the layer `nn.GRU` of torch, because it is written in a fast language
#
#     The tree. Work is only a part of it here: the loop pays for 16,384 calls, and each costs some
#     microseconds even if it has just 256 numbers to do. The tree makes fewer than a hundred.

# %% fold
speed = results.load("scan-cpu")
times, machine = speed["times"], speed["machine"]
shown = {
    "loop": "plain loop",
    "sequential": "our loop",
    "hillis_steele": "looking back",
    "blelloch": "tree",
    "blocked": "blocks",
    "nn.GRU": "nn.GRU",
}


class Calls(TorchDispatchMode):
    """Counts the operations of torch that do more than look at numbers in another way."""

    count = 0

    def __torch_dispatch__(self, operation, types, arguments=(), named=None):
        self.count += not operation.is_view
        return operation(*arguments, **(named or {}))


def milliseconds(shape, name, kind="forward"):
    return times[shape][f"{name} {kind}" if name != "floor" else name]["median"]


def sizes_of(shape):
    return [int(size) for size in shape.strip("()").split(",")]


def written(shape):
    return "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}".join(f"{size:,}" for size in sizes_of(shape))


ours = ["sequential", "hillis_steele", "blelloch", "blocked"]
behind = []  # of the blocks, behind the best way
for shape in times:  # what the text says
    for kind in ("forward", "forward+backward"):
        taken = {name: milliseconds(shape, name, kind) for name in ours}
        assert min(taken, key=taken.get) in ("blocked", "sequential")
        behind.append(taken["blocked"] / min(taken.values()) - 1)
assert len(times) == 5 and max(behind) < 0.05
steps, widths = zip(*(sizes_of(shape)[1:] for shape in times), strict=True)
tell(behind=f"{math.ceil(100 * max(behind))} %", least_steps=min(steps), least_dim=min(widths))
thin, wide, many = "(1, 16384, 256)", "(8, 4096, 1536)", "(32, 256, 384)"
assert sorted(ours, key=lambda name: milliseconds(thin, name))[1] == "blelloch"
for shape in times:
    plain, gru = (milliseconds(shape, name, "forward+backward") for name in ("loop", "nn.GRU"))
    assert plain > 5 * max(milliseconds(shape, name, "forward+backward") for name in ours)
    assert (plain > gru) == (sizes_of(shape)[1] > 1000)
with Calls() as tree:  # not through scan(), because it is a single operation for torch
    blelloch(*torch.rand(2, 16384, 1), torch.zeros(1), torch.empty(16384, 1))
assert 50 < tree.count < 100
tell(many=written(many), many_loop=f"{milliseconds(many, 'sequential'):.1f}")
tell(many_blocks=f"{milliseconds(many, 'blocked'):.1f}")
tell(
    call=f"{1000 * milliseconds(thin, 'sequential') / 16384:.0f}",
    floor=f"{milliseconds(wide, 'blocked') / milliseconds(wide, 'floor'):.1f}",
    wide_loop=f"{milliseconds(wide, 'sequential') / milliseconds(wide, 'blocked'):.1f}",
    lost=f"{milliseconds(wide, 'hillis_steele') / milliseconds(wide, 'blocked'):.0f}",
    plain=f"{milliseconds(thin, 'loop', 'forward+backward') / 1000:.0f}",
    blocks_back=f"{milliseconds(thin, 'blocked', 'forward+backward'):.1f}",
    states=f"{8 * 1536:,}",
)
show_table(
    [
        ["batch × time × dim", *shown.values()],
        *(
            [written(shape), *(f"{milliseconds(shape, n, 'forward+backward'):,.1f}" for n in shown)]
            for shape in times
        ),
    ],
    caption=f"Milliseconds, forward and backward; {machine['cores']} cores, {machine['cpu']}",
)


# %% fold
def per_number(shape, name):
    return 1e6 * milliseconds(shape, name) / math.prod(sizes_of(shape))


dots = {"floor": "read and write once", **{name: shown[name] for name in ours}}
with picture(
    "Dots for five shapes, one row each, on a logarithmic scale of nanoseconds per number. The floor is "
    "leftmost everywhere, the blocks come next or are level with the loop. The loop is far right where "
    "the sequence is long and thin, and looking back is right of the tree everywhere.",
    table=[
        ["batch × time × dim", *dots.values()],
        *([written(shape), *(per_number(shape, name) for name in dots)] for shape in times),
    ],
    caption="Forward pass, nanoseconds for each number of the result; further left is faster.",
    height=3.6,
) as axes:
    for number, (name, label) in enumerate(dots.items()):
        color, _, marker = LINES[(number - 1) % len(LINES)]
        found = [per_number(shape, name) for shape in times]
        axes.plot(
            found, range(len(times)), linestyle="", marker=marker, color=color, markersize=8, label=label
        )
    axes.set_yticks(range(len(times)), [written(shape) for shape in times])
    axes.set_ylim(len(times) - 0.5, -0.5)
    axes.set_xscale("log")
    axes.set_xticks((0.3, 1, 3, 10), ("0.3", "1", "3", "10"))
    axes.minorticks_off()
    axes.set_xlabel("nanoseconds per number")
    axes.set_ylabel("batch × time × dim")
    axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.4, -0.22), ncols=3)

# %% [markdown]
# There are three things to see, two in the dots, which are forward passes, and one in the table.
#
# *Where a step is thin, calls decide.* The loop over 16,384 steps makes as many calls, and each of them costs
# about {{ value call }} microseconds for only 256 numbers. Blocks walk side by side, so that one call works
# on a whole column of blocks. With $K$ blocks of $L$ steps there are about $2L + K$ calls.
#
# *Where a step is wide, memory decides.* With 8 sequences of 1,536 numbers each call of the loop has enough
# to do, and the loop takes only {{ value wide_loop }} times as long as the blocks. Looking back passes
# through all numbers in each of its rounds and takes {{ value lost }} times as long as the blocks.
#
# *The plain loop is by far the slowest of the scans in the table*, and where the row is long it is slower
# even than `nn.GRU`, which computes much more. Torch gives every slice `b[:, t]` a gradient as large as all
# of `b`, so that the way back costs $T^2$: {{ value plain }} seconds where the blocks, with the backward pass
# of this lesson, take {{ value blocks_back }} milliseconds.
#
# {{ exercise fewest_calls }}
#
# ## What would be faster still?
#
# The dots on the left are the floor: read two numbers and write one, with nothing in between. No scan can be
# faster, since it must at least do that. In the widest shape the blocks take {{ value floor }} times as long.
#
# A compiled loop over time would come near the floor. It would take one state at a time through all steps and
# keep it inside the processor, so that each number passes through memory once. It needs no parallelism along
# time, because the widest shape has {{ value states }} states that know nothing of each other, for two cores.
# So wherever there are many more states than workers, the fastest scan should be **a loop**, and the parallel
# ways are for the other case, few states and many workers. We have not measured such a loop here, because
# `minirnn` stays with the operations of torch on a CPU, whose calls are what blocks save.
#
# Others came to the same. The author of torchlpc, a library of filters for sound, found his parallel scan
# ahead of a compiled loop [only for a single sequence](https://github.com/DiffAPF/torchlpc/pull/17). And now
# the loop of RecurrentGemma makes sense: the authors of Griffin report that on a TPU the tree was slower than
# a plain loop, and that a loop written for the chip was about three times as fast as the plain one. A
# graphics chip has thousands of workers, so there the balance is different. That is
# {{ lesson gpu_scan }}.
#
# ## What to remember
#
# {{ keypoints }}
#
# ## Check yourself
#
# ??? check "Decays 2, 3, 2, and `grad` is 0, 1, 1. What are the three g?"
#     $g_2 = 1$, then $g_1 = 1 + a_2 \cdot 1 = 3$, then $g_0 = 0 + a_1 \cdot 3 = 9$. The decay of step 0 is
#     not needed; it comes in only for the state before the first step.
#
# ??? check "All decays are equal, and your backward pass uses the wrong one. Which test notices?"
#     None with these decays, because those of all steps are the same. A test of a backward pass needs
#     decays that differ.
#
# ??? check "Why must a reset not set the input to zero as well?"
#     The input of that step is the first symbol of the new document. Only what came before it is to be
#     dropped.
#
# ??? check "Two cores, 64 sequences of 512 steps with 256 numbers. Is it worth cutting time into blocks?"
#     Hardly. There are many more sequences than cores, so both cores have work without it, and blocks would
#     only save calls. In the shape that is nearest, {{ value many }}, the loop took {{ value many_loop }}
#     milliseconds forward and the blocks {{ value many_blocks }}.
#
# ## What comes next
#
# You can now run a linear recurrence forwards and backwards over a long row, in parts, and know what it
# costs. So far all decays were given. {{ Lesson lru }} asks which decays a layer should start from, and how
# they stay at or below 1 while they are learned.
#
# ## Where papers and programs differ
#
# !!! note "Where papers and programs differ"
#     - Heinsen (2023) takes complex logarithms of negative numbers. Our `log_space` splits the inputs by sign
#       instead. The loss of digits is the same.
#     - Martin and Cundy (2018) write the gradient without conjugates, because their decays are real. With
#       complex decays the formula as printed is wrong in torch, and no test with real numbers shows it.
#     - RecurrentGemma resets the state where a document begins, and at that step it also sets the factor on
#       the input, $\sqrt{1 - a_t^2}$, to 1. With $a_t = 0$ that is what the formula gives.
#     - A reset by a decay of zero needs a finite state, because zero times infinity is not a number. A kernel
#       that looks at the mask itself does not. `minirnn` asks for finite states.
#
# ## Read on
#
# - E. Martin and C. Cundy, "Parallelizing linear recurrent neural nets over sequence length", ICLR 2018,
#   [arXiv 1709.04057](https://arxiv.org/abs/1709.04057). The scan forward and backward, section 2.2.
# - S. De and others, "Griffin: mixing gated linear recurrences with local attention for efficient language
#   models", 2024, [arXiv 2402.19427](https://arxiv.org/abs/2402.19427). Why a loop on a TPU, in section 4 and
#   appendix D.
# - F. A. Heinsen, "Efficient parallelization of a ubiquitous sequential computation", 2023, [arXiv
#   2311.06281](https://arxiv.org/abs/2311.06281). The way through logarithms.
# - [torchlpc](https://github.com/DiffAPF/torchlpc). Recurrences for sound, as compiled loops and as a scan.
#
# ??? teacher "For teachers"
#     {{ minutes }}
#
#     **Ways through.** *scan_backward* in class after the push on paper, *which_rule_is_broken* in pairs,
#     *scan_with_reset* and *fewest_calls* at home. If time is short, leave out "What goes wrong" except for
#     the prediction, which makes a good question for the break.
#
#     **Checkpoints**, without the exercises.
#
#     | in part | they can |
#     |---|---|
#     | 1 | say whom a push on one input reaches, and read it off the triangle |
#     | 1 | say why the gradient is a scan that runs backwards, and whose decay it uses |
#     | 2 | say what a reset changes, and what it does not |
#     | 3 | name two short cuts that give wrong numbers without an error |
#     | 4 | say when a loop is the fastest scan |
#
#     **Board plan.** Left: the triangle for four steps, one row framed, one column framed. Right, under each
#     other: the recurrence forwards and the recurrence backwards, with an arrow of time beside each.
#
#     **What they may think, and what helps.**
#
#     - *The gradient runs forward too.* A push on a state moves what comes after; so the news of what it did
#       comes from there.
#     - *The decay on the way back is $a_t$.* Draw two states and the machine between them. Whose machine is
#       it?
#     - *The gradient of $a_t$ is $g_t h_t$.* Ask what $a_t$ multiplies, and whether that was there before the
#       step.
#     - *A reset clears the input as well.* The input of that step is the first of the new text.
#     - *A method in fewer rounds is faster.* On two cores let two people do the work of a hundred, and count
#       turns.
#
#     **Questions for the end.** What would the backward pass of a running maximum be? (The gradient goes to
#     the step that holds the maximum.) And where does `h0` get its gradient? ($\bar a_0\, g_0$.)

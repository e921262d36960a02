# %% [markdown]
# A row of people passes a slip of paper along. On it stands a number. Each person multiplies it by one number
# of their own, adds another, and hands the slip on. With a thousand people the last one waits for 999 others,
# and it does not help that all of them are in the room: nobody can begin before the slip arrives.
#
# Or so it seems. The picture shows two ways to do the same sums, with the same people, and when each person
# knows the number that they would have handed on.

# %% fold
import math

from minirnn.base.plots import INK, LINES, draw_line
from minirnn.course import results
from minirnn.course.figures import picture, show_table
from minirnn.scan import METHODS, scan

import numpy as np
import torch

SHOWN = 32
in_turn = [(t, t + 1) for t in range(SHOWN)]
together_known = [(t, t.bit_length() + 1) for t in range(SHOWN)]

with picture(
    "A straight staircase climbs from 1 to 32: in turn, person t is done in round t + 1. Far below it, a low "
    "staircase rises by one at 1, 2, 4, 8 and 16, and ends at 6.",
    table=[
        ["person", "done in round, in turn", "done in round, together"],
        *([t, slow, fast] for (t, slow), (_, fast) in zip(in_turn, together_known, strict=True)),
    ],
    caption="When does each of 32 people know their number?",
) as axes:
    draw_line(axes, 0, in_turn, "one after the other")
    draw_line(axes, 1, together_known, "all at once, in rounds")
    axes.set_xlabel("person, or step t")
    axes.set_ylabel("done in round")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, handlelength=3.5)

# %% [markdown]
# In turn, 32 people need 32 rounds. All at once they need 6: one in which everybody looks at their own two
# numbers, and 5 more. A thousand people need 11, a million 21. This lesson shows how, what it costs, and what
# it has to do with networks that remember.
#
# In this lesson you will
#
# {{ objectives }}
#
# ## A step is a machine
#
# A network that reads a sequence keeps a *state*, one number for each thing that it remembers. Number the
# steps $t = 0, 1, \dots, T-1$, as Python does, so that $T$ is how many there are. The simplest way to go from
# one state to the next is to multiply the old one, and to add something new:
#
# $$h_t = a_t \, h_{t-1} + b_t$$
#
# - $h_t$ is the state after step $t$. The state before the first step is called `h0`; often it is 0.
# - $a_t$ is the *decay* of step $t$: how much of the old state is kept. 1 keeps all, 0 forgets all.
# - $b_t$ is the *input* of step $t$: what is added.
#
# All decays and inputs are known beforehand. They are made from the symbols that were read, and how they are
# made is what the other lessons of the course are about. Here they are just numbers.
#
# Look at one step as a machine: a number goes in, is multiplied by $a$, then $b$ is added, and out it comes.
# Two numbers say all about the machine, so we write it as the pair $(a, b)$.

# %%
machines = [(2, 1), (1, 0), (3, 2), (1, 1), (2, 0), (1, 3), (1, 1), (2, 1)]

h = 0
for t, (a, b) in enumerate(machines):
    print(f"step {t}: {a} * {h:2} + {b} = {a * h + b}")
    h = a * h + b

# %% [markdown]
# This is the loop that we want to beat. Each line needs the result of the line before.
#
# ## Two machines make one
#
# ??? question "Predict: can one machine do what (0.5, 3) and, after it, (4, 1) do?"
#     Put a number in and follow it. From 2: half of it and 3 more is 4, four times that and 1 more is 17.
#     From 0: first 3, then 13. If a single machine $(a, b)$ does the same, then it must make 13 out of 0, so
#     $b = 13$. And 17 out of 2, so $a = 2$. Does $(2, 13)$ also work for all other numbers?
#
# Each machine is a straight line: what comes out, drawn over what goes in, rises by $a$ per unit and starts
# at $b$. To send a number through two machines is to take a line of a line. And that is a line again.

# %% fold
inputs = [x / 4 for x in range(-12, 13)]


def first(x):
    return 0.5 * x + 3


def then(x):
    return 4 * x + 1


with picture(
    "Three straight lines. The first machine is flat, the second steep, and the two in a row are straight as "
    "well, with a slope of 2, and cross zero at 13.",
    table=[
        ["in", "(0.5, 3)", "(4, 1)", "both"],
        *([x, first(x), then(x), then(first(x))] for x in inputs[::4]),
    ],
    caption="A line of a line is a line.",
    height=3.4,
) as axes:
    for number, (label, machine) in enumerate(
        [
            ("the first, (0.5, 3)", first),
            ("the second, (4, 1)", then),
            ("one after the other", lambda x: then(first(x))),
        ]
    ):
        draw_line(axes, number, [(x, machine(x)) for x in inputs], label, marked=False)
    axes.set_xlabel("what goes in")
    axes.set_ylabel("what comes out")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, handlelength=3.5)

# %% [markdown]
# So two steps are one step, and this small fact carries the whole lesson. The network of
# {{ lesson vanilla_rnn }} does not have it. There a step is $h \to \tanh(a h + b)$, where $\tanh$ is a curve
# that levels off at 1 and at $-1$. Every such machine, whatever its $a$ and $b$, comes as near to 1 as one
# likes if one puts in enough. Two of them in a row do not: what leaves the first is at most 1, and the second
# makes no more of it than $\tanh(a' + b')$. So no single machine does what these two do.

# %% fold
wide = [x / 4 for x in range(-20, 21)]
with picture(
    "Three curves that rise like an S. Two single machines with a tanh, a steep and a flat one, level off at "
    "1 and -1. Two machines in a row level off lower, at 0.76 and -0.76.",
    table=[
        ["in", "tanh(h)", "tanh(0.5 h + 0.5)", "tanh(tanh(h))"],
        *([x, math.tanh(x), math.tanh(0.5 * x + 0.5), math.tanh(math.tanh(x))] for x in wide[::4]),
    ],
    caption="A tanh of a tanh is something new.",
    height=3.4,
) as axes:
    for number, (label, machine) in enumerate(
        [
            ("tanh(h)", math.tanh),
            ("tanh(0.5 h + 0.5)", lambda x: math.tanh(0.5 * x + 0.5)),
            ("tanh(tanh(h)): two in a row", lambda x: math.tanh(math.tanh(x))),
        ]
    ):
        draw_line(axes, number, [(x, machine(x)) for x in wide], label, marked=False)
    axes.set_xlabel("what goes in")
    axes.set_ylabel("what comes out")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, handlelength=3.5)

# %% [markdown]
# Linear recurrences give up the $\tanh$ and get the pair. Which pair is it? Find out before you read on.
#
# {{ exercise combine }}
#
# ## Brackets may move, order may not
#
# Send $h$ through $(a, b)$ and then through $(a', b')$, and multiply out:
#
# $$a' (a h + b) + b' = (a' a) \, h + (a' b + b').$$
#
# So what the two do together is the pair
#
# $$(a, b) \text{ then } (a', b') = (a' a,\; a' b + b').$$
#
# The two decays are multiplied. The earlier input is part of the state when the second machine comes, so it
# is multiplied by the second decay; the later input is not.


# %%
def join(first, then):
    (a, b), (a2, b2) = first, then
    return a2 * a, a2 * b + b2


print(join((0.5, 3), (4, 1)))

# %% [markdown]
# Now take three machines in a row, p, q and r. One may join p with q first, and the result with r. Or q with
# r first, and put p before it.
#
# ??? question "Predict: is that the same? And what if q and r change places?"
#     Think of the machines on a table. Where you put the brackets only says which two you screw together
#     first. In the end the same three stand there in the same order, and a number that goes in at the front
#     comes out the same. But if two of them change places, it is another row of machines.

# %%
p, q, r = (2, 1), (3, 5), (4, 0)

print("(p q) r =", join(join(p, q), r))
print("p (q r) =", join(p, join(q, r)))
print("p  r q  =", join(join(p, r), q))

# %% [markdown]
# An operation whose brackets may move is called *associative*. Addition is, and so is "put one text behind
# another". An operation whose order may change is called *commutative*. Addition is that too; machines and
# texts are not. A parallel scan needs the first and must never use the second.
#
# The machine $(1, 0)$ hands on what it gets. It is to machines what 0 is to addition. And there is one more
# machine to know: $(0, h)$ does not listen at all. Whatever goes in, $h$ comes out. So a *state* is a machine
# too, one that has nothing left to ask.
#
# !!! warning "The a is needed, even if it is always the same"
#     If all decays are 0.5, why carry them along? One could join plain numbers by $0.5\,x + y$. Try three:
#     $0.5\,(0.5\,x + y) + z$ gives $x$ a quarter, but $0.5\,x + (0.5\,y + z)$ gives it a half. Brackets may
#     not move. A joined machine has a decay of its own, 0.25 after two steps, and the pair is what remembers
#     it. People who hand the short form to a parallel scan get wrong numbers without any error ([an
#     example](https://github.com/triton-lang/triton/issues/3485)).
#
# ## The last state in log T rounds
#
# Suppose that only the last state is wanted. Then it is a tournament. Join the machines in pairs, all pairs
# at the same time; then join the winners in pairs; and so on. After each round half as many are left, and the
# one that remains at the end stands for the whole row. Send `h0` through it.

# %%
row = machines
while len(row) > 1:
    print(row)
    row = [join(row[i], row[i + 1]) for i in range(0, len(row), 2)]
print(row)

# %% [markdown]
# Eight machines, three rounds, and 33 as in the loop. How often can $T$ be halved until 1 is left? That
# number is called $\log_2 T$, rounded up where it does not come out even: 3 for 8, 10 for 1,024, 20 for a
# million.
#
# No way is faster. A join looks at two things. So after one round a number can depend on two machines, after
# two rounds on four, after $r$ rounds on $2^r$. The last state depends on all $T$.
#
# But a network needs *all* states, not only the last. One tournament for each of them would do it, with all
# of them sharing the rounds. Most of those tournaments have games in common, and how one shares them makes
# the difference between the three methods that follow.
#
# ## Everybody looks back: Hillis and Steele
#
# Give each step a worker, who holds the machine of that step. In the first round everybody looks one place
# back and puts the machine found there before their own. Now everybody's machine stands for two steps. In the
# second round everybody looks *two* places back; what stands there covers the two steps before one's own two.
# So now it is four. Then look back four places, then eight.
#
# ??? question "Predict: after each of three rounds, which steps are in worker 5's machine? In worker 1's?"
#     Worker 5 has 4-5 after the first round and 2-5 after the second. In the third it looks back to worker 1,
#     whose machine stands for 0-1: that makes 0-5. Worker 1 was done after the first round, with 0-1, because
#     there is nothing before step 0. It keeps its machine while the others go on.

# %% fold
names = [f"{t}" for t in range(8)]
rows = [list(range(8))]  # where the machine of worker t begins; it always ends at t
links, d = [], 1
while d < 8:
    links += [(t - d, t, len(rows)) for t in range(d, 8)]
    rows.append([rows[-1][t - d] if t >= d else rows[-1][t] for t in range(8)])
    d *= 2


def span(begin, end):
    return f"{begin}" if begin == end else f"{begin}–{end}"


with picture(
    "Four rows of eight workers, time running down. Between the rows each worker is joined to itself above "
    "and to the worker one, then two, then four places to the left. The labels grow, until worker t covers "
    "0 to t.",
    table=[
        ["worker", "at the start", "after d = 1", "after d = 2", "after d = 4"],
        *([t, *(span(row[t], t) for row in rows)] for t in range(8)),
    ],
    caption="Which steps each worker's machine stands for. In the last row it is always the whole past.",
    height=4.6,
) as axes:
    for before, t, level in links:
        color, dash, _ = LINES[1]
        axes.plot([before, t], [0.8 - level, 0.2 - level], color=color, linewidth=1.3)
    for level, row in enumerate(rows):
        for t, begin in enumerate(row):
            if level:
                axes.plot([t, t], [0.8 - level, 0.2 - level], color=LINES[0][0], linewidth=1.3)
            axes.text(t, -level, span(begin, t), ha="center", va="center", fontsize=12)
    for level, label in enumerate(["start", "d = 1", "d = 2", "d = 4"]):
        axes.text(-0.75, -level, label, ha="right", va="center")
    axes.set_xlim(-1.6, 7.4)
    axes.set_ylim(-3.4, 0.5)
    axes.axis("off")

# %% [markdown]
# Step through it, forwards and backwards, with numbers of your own. The figure also shows the other two
# methods of this lesson; come back to it.
#
# {{ widget scan-tree algorithm=hillis-steele a=2,1,3,1,2,1,1,2 b=1,0,2,1,0,3,1,1 }}
#
# {{ exercise hillis_steele }}
#
# ## Prove it once for all numbers
#
# Here is one way to write it, with lists. `together` is one round: it takes a list of pairs, and every pair
# is joined at the same time. It also keeps count. Since we will compare methods, all of them are written with
# it.

# %%
before = (0, 0)  # the state before the first step, as a machine that does not listen
rounds = []


def together(pairs):
    """One round: all these joins at the same time."""
    pairs = list(pairs)
    rounds.append(len(pairs))
    return [join(first, then) for first, then in pairs]


def loop(items):
    state, done = before, []
    for item in items:
        [state] = together([(state, item)])
        done.append(state)
    return done


def hillis_steele(items):
    d = 1
    while d < len(items):
        items = items[:d] + together(zip(items[:-d], items[d:], strict=True))
        d *= 2
    return items


print([b for a, b in loop(machines)])
print([b for a, b in hillis_steele(machines)])

# %% [markdown]
# The same numbers, once. Might it be luck? There is a neat way to be sure. Do not join numbers but *labels*:
# the label `(0, 3)` stands for the steps 0 to 3, whatever these steps do. Two labels may be joined only if
# the second begins right after the first ends. If a method that does nothing but join runs through on labels
# without complaint, and worker $t$ ends with the label `(0, t)`, then every join was of neighbours in the
# right order. Then the method is right for these $T$ steps with *every* associative operation: machines,
# texts, matrices.


# %%
def join_labels(first, then):
    if first[1] + 1 != then[0]:
        raise ValueError(f"{first} and {then} are no neighbours")
    return first[0], then[1]


def is_right(method, T):
    """Try the method on labels instead of machines."""
    global join, before
    machines_again = join, before
    join, before = join_labels, (0, -1)  # which ends right before step 0
    try:
        return method([(t, t) for t in range(T)]) == [(0, t) for t in range(T)]
    finally:
        join, before = machines_again


print("the loop:         ", all(is_right(loop, T) for T in range(1, 100)))
print("Hillis and Steele:", all(is_right(hillis_steele, T) for T in range(1, 100)))

# %% [markdown]
# This is Hillis and Steele in `minirnn`, for many sequences at once. `a` and `b` are tables of numbers with
# time in the last but one dimension, and the slice `[..., distance:, :]` is everybody from that step on.
#
# {{ source minirnn/scan/hillis_steele.py hillis_steele }}
#
# ## Two prices: depth and work
#
# A method has two prices. Its *depth* is the number of rounds: how long it takes when there are workers
# enough. Its *work* is the number of joins: how long it takes when there is only one worker, who has to do
# them all.
#
# ??? question "Predict: 1,024 steps. How many rounds does Hillis-Steele need, and about how many joins?"
#     The loop needs 1,024 of both. Here there are 10 rounds, and in each of them nearly every worker joins
#     once: some 10,000 joins. Exactly: in the round with distance $d$ there are $T - d$, so in all
#     $T \log_2 T - (1 + 2 + 4 + \dots)= T \log_2 T - (T - 1)$. That is 9,217.


# %%
def count(method, T):
    """The number of joins in each round."""
    rounds.clear()
    assert is_right(method, T)
    return list(rounds)


for method in (loop, hillis_steele):
    joins = count(method, 1024)
    print(f"{method.__name__:14} rounds {len(joins):5}   joins {sum(joins):5}")

# %% [markdown]
# A hundred times fewer rounds, nine times more work. That is a bargain with a thousand workers and a bad deal
# with two. Is there a way with few rounds *and* little work?
#
# ## Up the tree and down again: Blelloch
#
# Go back to the tournament. It took $T - 1$ joins, no more than the loop. All it lacked were the states in
# the middle. Guy Blelloch's idea is to run it backwards once more, from the winner down to the players.
#
# *On the way up* each pair of neighbours is joined into a parent, as before, and everybody remembers their
# own machine.
#
# *On the way down* each is told one number: **the state from which its part of the row starts.** The winner
# is told `h0`, as its part is everything. And who has been told a number tells its two children: the left
# child starts where the parent starts. The right child starts where the left child *ends*. That is the
# parent's number, sent through the machine that the left child kept from the way up.
#
# ??? question "Predict: of the machines (2, 1), (1, 0), (3, 2), (1, 1), where does the right half start?"
#     Let `h0` be 0. The left half is $(2, 1)$ then $(1, 0)$, that is $(2, 1)$. It starts from 0, so it ends
#     at $2 \cdot 0 + 1 = 1$, and there the right half starts. Nobody had to know what happens inside the
#     right half.

# %% fold
levels = [machines[:]]
while len(levels[-1]) > 1:
    below = levels[-1]
    levels.append([join(below[i], below[i + 1]) for i in range(0, len(below), 2)])
starts = [[0]]
for level in reversed(levels[:-1]):
    starts.append([x for j, s in enumerate(starts[-1]) for x in (s, level[2 * j][0] * s + level[2 * j][1])])
ends = [a * s + b for (a, b), s in zip(machines, starts[-1], strict=True)]


def center(place, count):
    """Where a node stands above or below its leaves."""
    return (place + 0.5) * 8 / count - 0.5


table = [["row", *(f"{t}" for t in range(8))]]
for label, row in [
    *((f"up {8 // len(row)}", row) for row in levels),
    *((f"down {8 // len(row)}", row) for row in starts),
    ("h", ends),
]:
    table.append([label, *(str(x) for x in row), *[""] * (8 - len(row))])

with picture(
    "A tree of eight machines narrows downwards to one pair, (24, 33). Below it a second tree opens from the "
    "single number 0 to eight states, the state before each step, and a last row has the states after it.",
    table=table,
    caption="Read from top to bottom. Blue, up the tree: neighbours join. Orange, dashed, down the tree: "
    "everybody learns the state they start from.",
    height=6.4,
) as axes:
    up, down = LINES[0], LINES[1]
    for depth, row in enumerate(levels):
        for j, (a, b) in enumerate(row):
            x = center(j, len(row))
            axes.text(x, -depth, f"({a}, {b})", ha="center", va="center", fontsize=10)
            if depth:
                for child in (2 * j, 2 * j + 1):
                    ends_at = center(child, 2 * len(row))
                    axes.plot([ends_at, x], [0.8 - depth, 0.2 - depth], color=up[0], linewidth=1.3)
    for depth, row in enumerate(starts):
        y = -4.2 - depth
        for j, s in enumerate(row):
            x = center(j, len(row))
            axes.text(x, y, f"{s}", ha="center", va="center", fontsize=11)
            if depth:
                axes.plot(
                    [center(j // 2, len(row) // 2), x],
                    [y + 0.8, y + 0.2],
                    color=down[0],
                    linestyle="--",
                    linewidth=1.3,
                )
    for t, end in enumerate(ends):
        axes.plot([t, t], [-7.4, -8.0], color=down[0], linestyle="--", linewidth=1.3)
        axes.text(t, -8.2, f"{end}", ha="center", va="center", fontsize=11, fontweight="bold")
    for y, label in [(0, "machines"), (-3, "the winner"), (-4.2, "h0"), (-7.2, "before"), (-8.2, "after")]:
        axes.text(-0.75, y, label, ha="right", va="center")
    axes.set_xlim(-2, 7.5)
    axes.set_ylim(-8.6, 0.5)
    axes.axis("off")

# %% [markdown]
# The row "before" is what comes down: the state *before* each step. Such a scan is called *exclusive*, since
# the step itself is left out. One more step for everybody, all at the same time, and it is *inclusive*: the
# states after each step. To forget this last step is the most common mistake with this method.
#
# {{ exercise blelloch }}
#
# With `together` it is a short recursion: one row up, the tree above, one row down. Remember that a state is
# a machine as well, so the same `join` does for both ways. (For this short form $T$ is a power of two.)


# %%
def states_before(items, start):
    if len(items) == 1:
        return [start]
    left, right = items[0::2], items[1::2]
    parents = together(zip(left, right, strict=True))
    starts = states_before(parents, start)
    after_left = together(zip(starts, left, strict=True))
    return [state for pair in zip(starts, after_left, strict=True) for state in pair]


def blelloch(items):
    return together(zip(states_before(items, before), items, strict=True))


for method in (loop, hillis_steele, blelloch):
    joins = count(method, 1024)
    print(f"{method.__name__:14} rounds {len(joins):5}   joins {sum(joins):5}   {joins[:5]} ...")

# %% [markdown]
# 10 rounds up and 10 down with 1,023 joins each, and one round of 1,024 for the last step. That is three
# times the work of the loop instead of nine, whatever $T$ is. (Most books count the exclusive scan:
# $2\,(T-1)$.)

# %% fold
sizes = [2**k for k in range(1, 13)]
methods = {"loop": loop, "Hillis-Steele": hillis_steele, "Blelloch": blelloch}
counted = {name: [count(method, T) for T in sizes] for name, method in methods.items()}

for what, measure, label in [
    ("depth", len, "rounds (depth)"),
    ("work per step", lambda joins: sum(joins), "joins for each step (work / T)"),
]:
    share = what != "depth"
    lines = {
        name: [measure(joins) / (T if share else 1) for T, joins in zip(sizes, all_joins, strict=True)]
        for name, all_joins in counted.items()
    }
    said = (
        "Rounds against T, both axes doubling: the loop is a straight line, the two others stay below 30."
        if not share
        else "Joins per step against T: the loop stays at 1, Blelloch below 3, Hillis-Steele rises to 11."
    )
    with picture(
        said,
        table=[["T", *lines], *([T, *values] for T, *values in zip(sizes, *lines.values(), strict=True))],
        height=3.4,
    ) as axes:
        for number, (name, values) in enumerate(lines.items()):
            draw_line(axes, number, list(zip(sizes, values, strict=True)), name)
        axes.set_xscale("log", base=2)
        if not share:
            axes.set_yscale("log", base=2)
        axes.set_xlabel("T, number of steps")
        axes.set_ylabel(label)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, handlelength=3.5)

# %% [markdown]
# In `minirnn` the tree is a recursion too, and a leaf without a neighbour is no problem: it starts from where
# the pair before it ended.
#
# {{ source minirnn/scan/blelloch.py blelloch _states_before }}
#
# ## Block by block: what a processor likes
#
# The processor of a laptop has a few workers, not thousands. Then it is wasteful to give each of them one
# step. Cut the row into as many blocks as there are workers, and give each worker a block.
#
# But how can the worker of block 1 begin before block 0 is done? Not knowing the state it starts from, it can
# still say what its block would do with *any* state: screw all its machines together into one.
#
# 1. *Summarise.* All workers at the same time: each joins the machines of its block.
# 2. *Carry.* One after the other, but only as many as there are blocks: where does each block start?
# 3. *Fill in.* All workers at the same time: walk through the block from there.
#
# %% fold
size, blocks = 6, 4
bars = [(worker, 0, size - 1, "summarise") for worker in range(blocks)]
bars += [(worker, size - 1 + worker, 1, "carry") for worker in range(blocks - 1)]
bars += [(worker, size - 1 + blocks - 1, size, "fill in") for worker in range(blocks)]
with picture(
    "A timetable. Four workers summarise for five turns, side by side. Then three of them work for one turn "
    "each, one after the other. Then all four fill in for six turns and done after 14. The loop takes 24.",
    table=[["worker", "from turn", "turns", "what"], *bars, ["the loop", 0, size * blocks, "all"]],
    caption="24 steps: four workers with six steps each, and the loop.",
    height=3.0,
) as axes:
    hatches = {"summarise": "//", "carry": "", "fill in": "\\\\\\\\"}
    for worker, begin, turns_taken, what in bars:
        color = LINES[list(hatches).index(what)][0]
        axes.barh(-worker, turns_taken, 0.7, begin, color="none", edgecolor=color, hatch=hatches[what])
    axes.barh(-blocks, size * blocks, 0.7, 0, color="none", edgecolor=LINES[4][0], hatch="..")
    for x, label in [(2.5, "summarise"), (6.5, "carry"), (11, "fill in")]:
        axes.text(x, 0.55, label, ha="center")
    axes.set_yticks(
        range(0, -blocks - 1, -1), [*(f"worker {worker}" for worker in range(blocks)), "the loop"]
    )
    axes.set_ylim(-blocks - 0.5, 1.1)
    axes.set_xlabel("turn")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)

# %% [markdown]
# ??? question "Predict: is this faster than the loop with 2 workers? And with 4?"
#     Everybody walks through their block twice: once to summarise it, once to fill it in. With two workers a
#     block is half of everything, so twice through it takes as long as the loop. With four it is half as
#     long. The break-even is at three workers: the extra work has to be shared before it pays.
#
# {{ exercise blocked_scan }}


# %%
def blocked(items, blocks):
    size = len(items) // blocks  # we take numbers that come out even
    columns = [items[place::size] for place in range(size)]  # all first steps, all second steps, ...

    whole = columns[0]
    for column in columns[1:]:
        whole = together(zip(whole, column, strict=True))
    starts = [before]
    for block in whole[:-1]:
        starts += together([(starts[-1], block)])
    now, filled = starts, []
    for column in columns:
        now = together(zip(now, column, strict=True))
        filled.append(now)
    return [filled[place][block] for block in range(blocks) for place in range(size)]


for workers in (1, 2, 3, 4, 30):
    joins = count(lambda items, workers=workers: blocked(items, workers), 960)
    print(f"{workers:2} blocks: rounds {len(joins):4}   joins {sum(joins)}")
print(f"the loop:  rounds {len(count(loop, 960)):4}   joins {sum(count(loop, 960))}")

# %% [markdown]
# Now let the number of workers decide. A round of $m$ joins takes $p$ workers as many turns as it takes to
# share $m$ things among $p$: $m / p$, rounded up. (This gives at most work$/p\,+$ depth turns, which is
# Brent's theorem.) So we can say exactly how long each method takes with $p$ workers.
#
# ??? question "Predict: which method is fastest for 1,024 steps with 1, 8, 64 and 1,024 workers?"
#     There is no method for all. With one worker any extra work is lost. With all the workers in the world
#     only the rounds count.

# %% fold
T = 1024
workers = [2**k for k in range(11)]


def turns(joins, p):
    return sum(-(-m // p) for m in joins)


taken = {name: [turns(count(method, T), p) for p in workers] for name, method in methods.items()}
taken["blocked, a block for each"] = [
    turns(count(lambda items, p=p: blocked(items, p), T), p) for p in workers
]
with picture(
    "Turns against workers, both axes doubling. The loop is flat at 1024. Hillis-Steele starts highest and "
    "falls to 10 at 1024 workers. Blocked is lowest from 4 to 32 workers, then Blelloch, then Hillis-Steele.",
    table=[["workers", *taken], *([p, *values] for p, *values in zip(workers, *taken.values(), strict=True))],
    caption=f"Turns needed for {T} steps.",
) as axes:
    for number, (name, values) in enumerate(taken.items()):
        draw_line(axes, number, list(zip(workers, values, strict=True)), name)
    axes.set_xscale("log", base=2)
    axes.set_yscale("log", base=2)
    axes.set_xlabel("workers p")
    axes.set_ylabel("turns")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, handlelength=3.5)

for place, p in enumerate(workers):
    fastest = min(taken, key=lambda name: taken[name][place])
    print(f"{p:5} workers: {fastest}, {taken[fastest][place]} turns")

# %% [markdown]
# Martin and Cundy (2018) come to the same break-even by counting operations: for number-by-number recurrences
# the parallel scan pays from three processors on.
#
# `minirnn` uses the blocked scan on a CPU, for one more reason. Calling an operation costs time, even if it
# has little to do. Walking through all blocks *side by side* is one call for a whole column of blocks. With
# $K$ blocks of $L$ steps there are about $2L + K$ calls where the loop needs $T = KL$. For 4,096 steps, 90
# blocks make it about 180 calls.
#
# {{ source minirnn/scan/blocked.py chunk_count blocked }}
#
# ## What goes wrong
#
# **Reading what was just written.** In the rounds of Hillis and Steele all workers look at the same moment. A
# loop that writes its results into the list it reads from lets some of them look too late.
#
# ??? question "Predict: t goes upwards in one and the same list. What stands in it after the first round?"
#     Worker 1 joins with worker 0. Worker 2 joins with worker 1, who already holds 0-1. Worker 3 finds 0-2.
#     You have written the loop by accident: after the first round everything is done, and the next rounds
#     spoil it.

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
# The first row is right, and the last, which counts, is wrong. With labels it would have been caught in the
# second round: `(0, 0)` and `(0, 2)` are no neighbours.
#
# **The short cut with division.** Call $A_t = a_0 a_1 \cdots a_t$ the product of all decays up to step $t$.
# If we divide the whole recurrence by it, only a sum is left:
#
# $$\frac{h_t}{A_t} = \frac{h_{t-1}}{A_{t-1}} + \frac{b_t}{A_t}, \quad\text{so}\quad
# h_t = A_t \sum_{s \le t} \frac{b_s}{A_s} .$$
#
# Running products and running sums are built into every library. Two calls, no loop! The algebra is right.
#
# ??? question "Predict: decays 0.9, inputs 1, 32-bit numbers. After how many steps does it give nonsense?"
#     The sum of the $1 / A_s$ doubles every 7 steps, for ever. 32 bits end at $3 \cdot 10^{38}$, which it
#     reaches after some 820 steps. With a decay of 0.5 it doubles at every step, and it is over after 126.


# %%
def short_cut(a, b):
    A = np.cumprod(a)
    return A * np.cumsum(b / A)


table = [["decay", "first step that is wrong by more than 1 %"]]
with np.errstate(all="ignore"):
    for decay in (0.1, 0.5, 0.9, 0.99, 0.999):
        a = np.full(100_000, decay, np.float32)
        truth = (1 - np.float64(a[0]) ** np.arange(1, len(a) + 1)) / (1 - np.float64(a[0]))
        wrong = ~(abs(short_cut(a, np.ones_like(a)) / truth - 1) < 0.01)
        table.append([decay, int(np.argmax(wrong))])
show_table(table, caption="The short cut in float32, all inputs 1")

# %% [markdown]
# A single decay of zero, as at the beginning of a new document, ends it at once: from there on every $A_t$ is
# 0.
#
# **Logarithms do not save it.** One can keep $\log A_t$ instead of $A_t$, and add up with care. Then nothing
# overflows (`log_space` in `minirnn`, after Heinsen 2023). But $\log A_t$ becomes a large number, say
# $-10{,}000$, and seven digits of it leave an error of $0.001$ *after* the point, which `exp` turns into an
# error of one in a thousand of $h$. The digits have not been saved. They have been lost more quietly. You
# will see it in the experiment below.
#
# **Growing decays.** If $|a_t| > 1$ for long, the products inside a tree overflow even where the states
# themselves are harmless. Here every input is 0, so every state is 0, and the loop says so.

# %%
a, b = torch.full((256, 1), 10.0), torch.zeros(256, 1)
for method in METHODS:
    h, _ = scan(a, b, method=method)
    print(f"{method:14} {int(h.isnan().sum()):3} of 256 states are not a number")

# %% [markdown]
# Infinity times zero is not a number. Layers that are meant to remember keep $|a_t| \le 1$, and then no
# product can overflow. How to keep it there while the network learns is the question of {{ lesson lru }}.
#
# ## Backwards: the gradient is a scan too
#
# To learn, a network must know of each of its numbers: if it were a little larger, what would change? Ask it
# of one input first. If I add 1 to $b_2$, which states change, and by how much?
#
# ??? question "Predict: in our row of eight machines, which states change? By how much does the last one?"
#     States before step 2 cannot change. $h_2$ grows by 1. From there on the extra 1 goes through the
#     machines like everything else, except that their inputs do not touch it: it is multiplied by $a_3$, by
#     $a_4$, and so on.


# %%
def states(machines):
    h, all_states = 0, []
    for a, b in machines:
        h = a * h + b
        all_states.append(h)
    return all_states


pushed = [(a, b + 1 if t == 2 else b) for t, (a, b) in enumerate(machines)]
change = [after - before for before, after in zip(states(machines), states(pushed), strict=True)]
show_table(
    [
        ["step", *range(8)],
        ["decay", *(a for a, _ in machines)],
        ["h", *states(machines)],
        ["h after the push", *states(pushed)],
        ["change", *change],
    ]
)

# %% [markdown]
# Now let somebody judge the states. The judge says of each state what one unit more of it costs; call that
# $\text{grad}_t$. Then the push on $b_2$ costs change times $\text{grad}$, added up over all steps. One could
# do this for each step in turn: $T$ pushes, $T$ walks to the end.
#
# But walk from the *end*, and one walk is enough. Let $g_t$ be the full cost of one unit more of $h_t$: what
# the judge says right there, and all that follows from it. What follows goes through the next state. One unit
# more of $h_t$ is $a_{t+1}$ units more of $h_{t+1}$, and we already know what a unit of that costs:
#
# $$g_t = \text{grad}_t + a_{t+1} \, g_{t+1}$$
#
# Look at it with half-closed eyes. A decay times the value next door, plus something known: it is the same
# recurrence. It runs from the last step to the first, and the decay is that of the *next* step, because that
# is the machine that lies between $h_t$ and $h_{t+1}$. **The gradient of a scan is a scan run backwards.** So
# it, too, takes $\log T$ rounds. And nothing needs to be written down on the way forward but the states
# themselves.
#
# {{ exercise scan_backward }}
#
# Check it against the honest way, in which each number is pushed by itself. Suppose that the judge wants the
# last three states to be small.

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
# ??? info "For those who know derivatives"
#     Let $L$ be the loss and $\text{grad}_t = \partial L / \partial h_t$, where only the direct dependence
#     counts. With $g_t = \mathrm{d}L/\mathrm{d}h_t$, summed over all paths, the chain rule says
#
#     $$g_t = \text{grad}_t + \bar a_{t+1}\, g_{t+1},$$
#
#     $$\frac{\mathrm{d}L}{\mathrm{d}b_t} = g_t, \quad
#     \frac{\mathrm{d}L}{\mathrm{d}a_t} = g_t\, \bar h_{t-1}, \quad
#     \frac{\mathrm{d}L}{\mathrm{d}h_0} = \bar a_0\, g_0 ,$$
#
#     where $h_0$ in the last one is the state before the first step. The bars are complex conjugates. They
#     change nothing for real numbers. For complex ones torch defines the gradient of a real loss so that a
#     step against it is downhill in the real and in the imaginary part, and that puts the bar on every number
#     that multiplies a gradient.
#
#     Compare lesson {{ number vanilla_rnn }}: there the walk back multiplies by $W^\top$ and by the slope of
#     the `tanh` at each step. Here both have become one number, $a_{t+1}$, that does not depend on the state.
#     That is why this walk can be a scan and that one cannot.
#
#     A general automatic differentiation would record each join and keep what it needs of it. We write the
#     backward pass by hand, and keep `a` and `h`. The whole of it:
#
#     {{ source minirnn/scan/operator.py gradients }}
#
# ## A new document begins
#
# One more thing comes up in practice. Texts differ in length, and one packs many of them into one long row.
# Where a new text begins the state must be dropped. Must we write a new scan for that?
#
# A machine that forgets what it gets has a decay of 0. So at the first step of each text replace $(a_t, b_t)$
# by $(0, b_t)$, and every method of this lesson does the right thing. Backwards, too: the cost that flows
# back is multiplied by the same 0, and no text is blamed for the errors of the next.

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
    draw_line(axes, 1, leaking, "no reset: the documents leak", marked=False)
    draw_line(axes, 0, clean, "decay 0 at each beginning", marked=False)
    for t in begin[1:]:
        axes.axvline(t, color=INK, linestyle=":", linewidth=1.2)
    axes.set_xlabel("step t")
    axes.set_ylabel("h")
    axes.set_ylim(0, 2.2)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, handlelength=3.5, loc="upper left")

# %% [markdown]
# {{ exercise scan_with_reset_lists }}
#
# {{ exercise scan_with_reset }}
#
# ## The experiment
#
# Two questions remain. Do the fast ways lose digits? And are they fast? Both take longer than a lesson. The
# numbers below are read from files that lie in the project; remake them on your own machine with
#
#     python benchmarks/scan_error.py
#     python benchmarks/scan_cpu.py
#
# ### Error against T
#
# ??? question "Predict: every operation rounds. Which way has the largest error? And does it grow with T?"
#     A rounding error made at step $t$ is part of the state from then on. So it decays together with the
#     inputs of its time: what forgets inputs forgets errors. For all ways but the last that keeps the error
#     small, however long the sequence is. The logarithm $\log A_t$ has no decay. It only grows.

# %% fold
error = results.load("scan-error")["error"]
kind = "gates"
lengths = [int(T) for T in error["sequential"][kind]]
shown_names = {
    "sequential": "the loop",
    "hillis_steele": "Hillis-Steele",
    "blelloch": "Blelloch",
    "blocked": "blocked",
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
    axes.set_xlabel("T, number of steps")
    axes.set_ylabel("error, in units of rounding")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, handlelength=3.5)

EPS = 2.0**-23
table = [["decays", *shown_names.values()]]
for kind in error["sequential"]:
    table.append([kind, *(error[method][kind]["1000000"] for method in shown_names)])
show_table(table, caption="The same for other kinds of decays, at T = 1,000,000")
others = max(error[m][k][str(T)] for m in shown_names if m != "log_space" for k in error[m] for T in lengths)
logs = error["log_space"]["gates"]["1000000"]
print(f"Largest error of the first four, of all lengths and decays: {others:.1f} units.")
print(f"Logarithms, random decays, a million steps: {logs * EPS:.0%} of the state.")

# %% [markdown]
# The unit is the spacing of 32-bit numbers at 1, about one part in eight million. Errors are taken relative
# to the size that the terms of the state would have if none of them cancelled. The trees do more operations
# than the loop, but an input goes through fewer of them on its way to a state: $\log_2 T$ instead of up to
# $T$. There is next to no precision to be paid for speed.
#
# ### Speed against the loop
#
# ??? question "Predict: two cores, 16,384 steps of 256 numbers. Is Hillis-Steele faster than the loop?"
#     Work counts here: two workers. Hillis-Steele makes 14 rounds over all numbers, so by the count of joins
#     it should lose. But the loop pays for 16,384 calls with 256 numbers each, and a call costs time even if
#     it does little.

# %% fold
speed = results.load("scan-cpu")
times = speed["times"]
shown = {
    "loop": "plain loop",
    "sequential": "sequential",
    "hillis_steele": "Hillis-Steele",
    "blelloch": "Blelloch",
    "blocked": "blocked",
}
ours = list(shown)[1:]


def milliseconds(shape, name, kind):
    return times[shape][f"{name} {kind}"]["median"]


def sizes_of(shape):
    return [int(size) for size in shape.strip("()").split(",")]


def written(shape):
    return "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}".join(f"{size:,}" for size in sizes_of(shape))


def per_number(shape, name):
    return 1e6 * milliseconds(shape, name, "forward") / math.prod(sizes_of(shape))


for kind in ("forward", "forward+backward"):
    show_table(
        [
            ["batch × time × dim", *shown.values(), "nn.GRU"],
            *(
                [written(shape), *(f"{milliseconds(shape, name, kind):,.1f}" for name in (*shown, "nn.GRU"))]
                for shape in times
            ),
        ],
        caption=f"Milliseconds, {kind}; {speed['machine']['cores']} cores, {speed['machine']['cpu']}",
    )

with picture(
    "Nanoseconds per number for five shapes, logarithmic. Blocked is lowest everywhere, or nearly. "
    "Sequential is worst where the sequence is long and thin. Hillis-Steele is above Blelloch everywhere.",
    table=[
        ["batch × time × dim", *(shown[name] for name in ours)],
        *([written(shape), *(per_number(shape, name) for name in ours)] for shape in times),
    ],
    caption="Forward pass, nanoseconds for each number of the result.",
    height=3.8,
) as axes:
    for number, name in enumerate(ours):
        points = [(place, per_number(shape, name)) for place, shape in enumerate(times)]
        draw_line(axes, number, points, shown[name])
    axes.set_xticks(
        range(len(times)), [shape.strip("()").replace(", ", " × ") for shape in times], fontsize=8
    )
    axes.set_yscale("log")
    axes.set_xlabel("batch × time × dim")
    axes.set_ylabel("nanoseconds per number")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, handlelength=3.5)

thin, wide = "(1, 16384, 256)", "(8, 4096, 1536)"
table = [["times as slow as blocked", *(shown[name] for name in shown if name != "blocked")]]
for shape in (thin, wide):
    for kind in ("forward", "forward+backward"):
        best = milliseconds(shape, "blocked", kind)
        ratios = [milliseconds(shape, name, kind) / best for name in shown if name != "blocked"]
        table.append(
            [
                f"{written(shape)}, {kind}",
                *(f"{ratio:,.2g}" if ratio < 10 else f"{ratio:,.0f}" for ratio in ratios),
            ]
        )
show_table(table, caption="A thin sequence and a wide one")

# %% [markdown]
# "Plain loop" is what one writes first, `h = a[:, t] * h + b[:, t]`, with torch recording every step.
# "Sequential" is `minirnn`'s loop with the backward pass of the last section. `nn.GRU` stands beside it as
# the layer that people use when they need a recurrence; it does more for each number.
#
# Three things to see. Where a step is wide, work decides, and Hillis-Steele loses to the loop by its factor
# of $\log_2 T$. Where a step is thin, calls decide, and even Hillis-Steele beats the loop. And the plain loop
# with a recorded gradient is worst by far: torch gives every slice `b[:, t]` a gradient as large as all of
# `b`, so that the way back costs $T^2$. On a GPU there are thousands of workers and the balance is another
# one: that is {{ lesson gpu_scan }}.
#
# !!! note "Where papers, books and code differ"
#     - Blelloch's textbook scan is exclusive and for sums: it writes a zero into the root before going down.
#       For our machines that zero is `h0`, and one step is missing at the end.
#     - Heinsen (2023) takes complex logarithms of negative numbers. Our `log_space` splits the inputs by sign
#       instead. The loss of digits is the same.
#     - Order matters, and libraries have got it wrong: for operators that do not commute ([triton
#       2359](https://github.com/triton-lang/triton/issues/2359)), and when the scan runs in reverse ([triton
#       4362](https://github.com/triton-lang/triton/issues/4362)). Test a scan with an operator that does not
#       commute. Addition will not tell you.
#
# ## What to remember
#
# {{ keypoints }}
#
# ??? teacher "For teachers"
#     {{ minutes }}
#
#     **Ways through.** *School:* nothing that is written with torch. If that is still too long, go up to "Two
#     prices", and then straight to "What to remember", with the exercises *combine* and *hillis_steele*.
#     *University:* exercises *combine* in class, *hillis_steele*, *scan_backward* and one of *blelloch* and
#     *blocked_scan* after it.
#
#     **Without a computer (10 minutes).** Eight volunteers in a row, each with a card $(a, b)$ and a pen.
#     Round one: everybody reads the card of the neighbour on the left *as it was at the beginning of the
#     round* and writes a new one. Say "now!" so that all look at the same moment. Let one round go wrong on
#     purpose: someone writes before the neighbour has looked.
#
#     **Checkpoints**, without the exercises. The school track goes from minute 74 straight to the last one.
#
#     | by minute | they can |
#     |---|---|
#     | 6 | say what $a_t$, $b_t$ and $h_t$ are, and do the loop on paper for three steps |
#     | 13 | turn two machines into one, and check it with two numbers |
#     | 21 | say why brackets may move and order may not, with an example of each |
#     | 33 | fill in the rounds of Hillis and Steele for eight steps on paper |
#     | 46 | say what depth and work are, and name both for the loop and for Hillis-Steele |
#     | 59 | say what goes up the tree, what comes down, and why that is the state before |
#     | 74 | say from how many workers on blocks are faster than the loop, and why not from two |
#     | 88 | name two short cuts that give wrong numbers without an error |
#     | 102 | say why the gradient is a scan that runs backwards, and whose decay it uses |
#     | 105 | say what a reset changes, and what it does not |
#
#     **Board plan.** Left, and never wiped: $(a, b)$ then $(a', b') = (a'a,\ a'b + b')$. Middle: the grid of
#     eight columns, one row for each round, filled in by the class. Right: a table with the columns *depth*
#     and *work* and one row for each method, filled in as the lesson goes.
#
#     **What they may think, and what helps.**
#
#     - *The order of joining does not matter.* They mean the brackets. Let them join "halve it" and "add 10"
#       both ways round, starting from 2.
#     - *Inputs are just added.* The first input is in the state when the second machine comes. Follow one
#       number.
#     - *Decays add up.* Half of a half is a quarter.
#     - *The decay of a machine stays the same.* After a round a machine covers two steps and has two decays
#       in it. Whoever keeps the old ones is right in the first round and wrong in the second.
#     - *Look back 1, then 2, then 3.* After the first round the neighbours have already been counted: ask
#       what the card of the worker three places back covers, and what is covered twice.
#     - *The log of T steps must be rounded down.* Try five steps.
#     - *`x[-1]` is an error.* In Python it is the last entry: the beginning sees the end, and nobody
#       complains.
#     - *What comes down the tree is $h_t$.* It is the state before. Ask what the first leaf is told.
#     - *The root is told what it found.* What it found is the end of everything; its part *starts* at `h0`.
#     - *In a block, add the carried state with one decay, or with that of the whole block.* At the third step
#       of a block it has been through three machines.
#     - *The gradient runs forward too.* A push on a state moves what comes after; so the news of what it cost
#       comes from there. And the decay on the way from $t+1$ to $t$ is $a_{t+1}$, not $a_t$.
#     - *A reset clears the input as well.* The input of that step is the first of the new text.
#
#     **Questions for the end.** Is the largest number so far a scan? (Yes: `max` is associative.) The average
#     so far? (With pairs: sum and count.) Is a step `h -> max(a h, b)` joinable? (For $a \ge 0$: two of them
#     are again of this kind.) A `tanh`? (No; lesson {{ number parallel_nonlinear }} gets round it by solving
#     a row of scans.)
#
# ## Read on
#
# - W. D. Hillis and G. L. Steele, "Data parallel algorithms", *Communications of the ACM* 29(12), 1986.
#   Everybody looks back.
# - P. M. Kogge and H. S. Stone, "A parallel algorithm for the efficient solution of a general class of
#   recurrence equations", *IEEE Transactions on Computers* C-22(8), 1973. The same rounds, for recurrences
#   from the start.
# - R. E. Ladner and M. J. Fischer, "Parallel prefix computation", *Journal of the ACM* 27(4), 1980. How much
#   work for how little depth.
# - G. E. Blelloch, "Prefix sums and their applications", report CMU-CS-90-190, 1990. The tree, the blocks,
#   recurrences, and what else a scan can do. The best next thing to read.
# - R. P. Brent, "The parallel evaluation of general arithmetic expressions", *Journal of the ACM* 21(2),
#   1974.
# - E. Martin and C. Cundy, "Parallelizing linear recurrent neural nets over sequence length", ICLR 2018,
#   [arXiv 1709.04057](https://arxiv.org/abs/1709.04057). The scan comes to recurrent networks, forward and
#   backward.
# - F. A. Heinsen, "Efficient parallelization of a ubiquitous sequential computation", 2023, [arXiv
#   2311.06281](https://arxiv.org/abs/2311.06281). The way through logarithms.
# - M. Harris, S. Sengupta and J. D. Owens, "Parallel prefix sum (scan) with CUDA", *GPU Gems 3*, chapter 39,
#   2007.

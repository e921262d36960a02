# %% [markdown]
# {{ part "One step and two" }}
#
# A row of people passes along a slip of paper with a number on it. Each person multiplies the number by one
# of their own, adds another, and hands the slip on. With a thousand people the last one waits for 999 others,
# although all of them are in the room, because nobody can begin before the slip arrives.
#
# Or so it seems. The same people can do the same sums in two ways, and the curves show when each person knows
# the number that they would have handed on.

# %% fold
import math
from functools import reduce

from minirnn.base.plots import INK, LINES, draw_line, label_lines
from minirnn.course.figures import picture, show_table, tell

BLUE, ORANGE = LINES[0][0], LINES[1][0]
SHOWN = 32
in_turn = [(t, t) for t in range(SHOWN)]
together_known = [(t, t.bit_length()) for t in range(SHOWN)]
tell(in_turn=in_turn[-1][1], at_once=together_known[-1][1])
tell(
    ceiling=f"{math.tanh(1):.2f}",
    adder=math.ceil(math.log2(64)),
    thousand=math.ceil(math.log2(1000)),
    million=math.ceil(math.log2(1_000_000)),
)

with picture(
    "A straight staircase climbs from 0 to 31: in turn, person t is done after t rounds. Far below it, a low "
    "staircase rises by one at 1, 2, 4, 8 and 16, and ends at 5.",
    table=[
        ["person", "done after round, in turn", "done after round, together"],
        *([t, slow, fast] for (t, slow), (_, fast) in zip(in_turn, together_known, strict=True)),
    ],
    caption="When does each of 32 people know their number?",
) as axes:
    draw_line(axes, 0, in_turn, "one after the other", marked=False)
    draw_line(axes, 1, together_known, "together", marked=False)
    axes.set_xlabel("person")
    axes.set_ylabel("rounds until their number is known")
    label_lines(axes)

# %% [markdown]
# Two machines that you may have used today live on the lower staircase. When a processor adds two numbers, a
# carry walks from digit to digit like the slip of paper. So a sum of 64 digits would be slow if each digit
# waited for the one before. And the language model Mamba keeps what it has read in numbers that are
# multiplied, and added to, at each of thousands of steps, exactly like the slip. At the end of the lesson we
# come back to both.
#
# In turn, 32 people need {{ value in_turn }} rounds, but together they need only {{ value at_once }}. A
# thousand people need {{ value thousand }} rounds, and a million need {{ value million }}. In this lesson you
# will
#
# {{ objectives }}
#
# ??? primer "Slices and zip in five lines"
#     A few cells of this lesson take lists apart. For `x = [5, 6, 7, 8]`:
#
#     - `x[1:]` is the list from place 1 on, `[6, 7, 8]`, because places are counted from 0.
#     - `x[:-1]` is all but the last, `[5, 6, 7]`.
#     - `x[0::2]` is every second one, from place 0: `[5, 7]`. And `x[1::2]` is `[6, 8]`.
#     - `zip(x, y)` walks through two lists side by side and gives the pairs `(x[0], y[0])`, `(x[1], y[1])`,
#       ...
#     - `[2 * n for n in x]` makes a new list from an old one: `[10, 12, 14, 16]`.
#
# ## Begin with plain sums
#
# Let nobody multiply for a moment, so that each person only adds their own number and the slip shows the
# running sum. Here are eight people with the numbers 3, 1, 4, 1, 5, 9, 2, 6. How could they work at the same
# time?
#
# In the first round everybody looks one place to the left and adds the number found there to their own, so
# each holds the sum of two neighbours. In the second round everybody looks *two* places to the left, where a
# sum of two stands, so now they hold a sum of four. In the third round they look four places to the left.
# Whoever finds nobody there is done already and keeps their number.

# %% fold
numbers = [3, 1, 4, 1, 5, 9, 2, 6]
table = [["person", *range(8)], ["own number", *numbers]]
for d in (1, 2, 4):
    row = [sum(numbers[max(0, t - 2 * d + 1) : t + 1]) for t in range(8)]
    table.append([f"after looking {d} back", *row])
show_table(table, caption="Three rounds instead of seven")

# %% [markdown]
# Check one on paper: 3 + 1 + 4 + 1 + 5 + 9 is 23, and that is what person 5 has in the end. This was easy
# because a sum of sums is a sum, but now the multiplications come back in. What could two people put together
# then?
#
# ## A step is a machine
#
# A network that reads a sequence keeps a *state*, one number for each thing that it remembers. Number the
# steps $t = 0, 1, \dots, T-1$, as Python does, so that $T$ is how many there are. The simplest way to go from
# one state to the next is what the people with the slip do:
#
# $$h_t = a_t \, h_{t-1} + b_t$$
#
# - $h_t$ is the state after step $t$. The state before the first step is called `h0` in code and $h_{-1}$ in
#   formulas; often it is 0.
# - $a_t$ is the *decay* of step $t$: how much of the old state is kept. 1 keeps all, 0 forgets all. (Here
#   they may also be 2 or 3, for easy sums.)
# - $b_t$ is the *input* of step $t$: what is added.
#
# All decays and inputs are known beforehand, and how they are made is the subject of other lessons, so here
# they are just numbers.
#
# Look at one step as a machine: a number goes in, is multiplied by $a$, then $b$ is added, and out it comes.
# Two numbers tell you everything about the machine, so we write it as the pair $(a, b)$.

# %%
machines = [(2, 1), (1, 0), (3, 2), (1, 1), (2, 0), (1, 3), (1, 1), (2, 1)]

h = 0
for t, (a, b) in enumerate(machines):
    print(f"step {t}: {a} * {h:2} + {b} = {a * h + b}")
    h = a * h + b

# %% [markdown]
# We want to beat this loop, in which each line needs the result of the line before.
#
# ## Two machines make one
#
# ??? predict one_machine "Which machine does what (0.5, 3) and, after it, (4, 1) do to every number?"
#     - ( ) (4.5, 4): both numbers are added
#     - ( ) (2, 4): the decays are multiplied, the inputs are added
#     - (x) (2, 13)
#     - ( ) none, because it needs two multiplications
#
#     It is (2, 13). Put a number in and follow it. From 0 the first machine makes 3 and the second 13, so $b$
#     must be 13. From 2 they make 4 and then 17. So 2 more at the front are 4 more at the end, and $a$ must
#     be 2.
#
# One machine is enough, and it is enough for all numbers, not only for 0 and 2. To see why, draw what comes
# out of a machine over what goes in: a straight line that rises by $a$ per unit and starts at $b$. To send a
# number through two machines is to take a line of a line, and that is a line again. Move the two lines by
# their handles and watch the third.
#
# {{ widget two-lines first=0.5,3 then=4,1 }}
#
# So two steps are one step, and this small fact carries the whole lesson. Find out which pair it is before
# you read on.
#
# {{ exercise combine }}
#
# ??? info "Why a tanh breaks it"
#     The network of {{ lesson vanilla_rnn }} does not have this. There a step is $h \to \tanh(a h + b)$,
#     where $\tanh$ is a curve that levels off at 1 and at $-1$. Take $a$ and $a'$ other than 0. A single
#     machine of this kind comes as near to 1 as you like, if you put in enough (for $a < 0$, a sufficiently
#     negative number). Two of them in a row do not: what leaves the first lies between $-1$ and 1, so the
#     second makes no more of it than $\tanh(|a'| + b')$. For a tanh of a tanh that is {{ value ceiling }}. So
#     no single machine does what these two do. Linear recurrences give up the $\tanh$ because they want the
#     pair.
#
# ## Three machines in a row
#
# Send $h$ through $(a, b)$ and then through $(a', b')$, and multiply out:
#
# $$a' (a h + b) + b' = (a' a) \, h + (a' b + b').$$
#
# So what the two do together is the pair
#
# $$(a, b) \text{ then } (a', b') = (a' a,\; a' b + b').$$
#
# The two decays are multiplied. The earlier input is part of the state when the second machine comes, and
# therefore it is multiplied by the second decay, but the later input is not.


# %%
def join(first, then):
    (a, b), (a2, b2) = first, then
    return a2 * a, a2 * b + b2


print(join((0.5, 3), (4, 1)))

# %% [markdown]
# Now take three machines, x, y and z. You may join x with y first, and the result with z, or you may join y
# with z first, and put x before it.
#
# ??? predict brackets "Machines x, y, z stand in a row. Which change can alter the combined machine?"
#     - ( ) which two are joined first
#     - (x) that y and z change places
#     - ( ) both
#     - ( ) neither
#
#     Only the order matters. Think of the machines on a table. Where you put the brackets says which two you
#     join first. In the end the same three stand there in the same order, and a number that goes in at the
#     front comes out the same. If two of them change places, the combined machine is in general another.

# %%
x, y, z = (2, 1), (3, 5), (4, 0)

print("(x y) z =", join(join(x, y), z))
print("x (y z) =", join(x, join(y, z)))
print("x  z y  =", join(join(x, z), y))

# %% [markdown]
# The brackets may move, but the order may not. An operation whose brackets may move is called *associative*,
# and addition is one, as is "put one text behind another". An operation in which the order may change is
# called *commutative*, which addition is too, but joining machines or texts is not. A parallel scan needs the
# first, and must not use the second unless the operation has it.
#
# Two machines are special. $(1, 0)$ hands on what it gets, so it is to machines what 0 is to addition. And
# $(0, h)$ does not listen at all, since $h$ comes out whatever goes in. So a *state* is a machine too, one
# whose answer is settled.
#
# {{ exercise where_brackets_matter }}
#
# {{ part "All states at once" }}
#
# ## What a state is made of
#
# Start from 0, and write the first four states without the states before them:
#
# | | $b_0$ | $b_1$ | $b_2$ | $b_3$ |
# |---|---|---|---|---|
# | $h_0 =$ | $1$ | | | |
# | $h_1 =$ | $a_1$ | $1$ | | |
# | $h_2 =$ | $a_2 a_1$ | $a_2$ | $1$ | |
# | $h_3 =$ | $a_3 a_2 a_1$ | $a_3 a_2$ | $a_3$ | $1$ |
#
# Each state is a sum of all inputs so far, and each input has shrunk, or grown, by all decays that came
# *after* it. With the numbers of our row, $a_1, a_2, a_3 = 1, 3, 1$ and $b = 1, 0, 2, 1$:
#
# $$h_3 = (1 \cdot 3 \cdot 1) \cdot 1 + (1 \cdot 3) \cdot 0 + 1 \cdot 2 + 1 \cdot 1 = 6,$$
#
# as in the loop. This triangle of weights says why a machine must keep its $a$, although the states are all
# that anybody wants. Since inputs are weighted with products of decays, somebody has to know these products.
# You will meet the triangle again, read down its columns, in {{ lesson scan_at_work }}.
#
# ??? warning "The a is needed, even if it is always the same"
#     If all decays are 0.5, why carry them along? One could join plain numbers by $0.5\,x + y$. Try three:
#     $0.5\,(0.5\,x + y) + z$ gives $x$ a quarter, but $0.5\,x + (0.5\,y + z)$ gives it a half. So brackets
#     may not move. A joined machine has a decay of its own, 0.25 after two steps, and the pair remembers it.
#     People who hand the short form to a parallel scan get wrong numbers without any error ([an
#     example](https://github.com/triton-lang/triton/issues/3485)).
#
# ## Everybody looks back: Hillis and Steele
#
# If only the last state is wanted, it is a tournament. Join the machines in pairs, all pairs at the same
# time, then join the results in pairs, and so on. After each round half as many are left, until the one that
# remains stands for the whole row.

# %%
row = machines
while len(row) > 1:
    print(row)
    row = [join(row[i], row[i + 1]) for i in range(0, len(row), 2)]
print(row)

# %% [markdown]
# Eight machines took three rounds, and from 0 the one that is left makes 33, as the loop did. How often can
# $T$ be halved until 1 is left? That number is called $\log_2 T$, rounded up where it does not come out even:
# 3 for 8, 10 for 1,024, 20 for a million. No way is faster, because a join looks at two things. So after $r$
# rounds a number can depend on at most $2^r$ machines, while the last state depends on all $T$.
#
# But a network needs *all* states, and you already know how to get them, because it goes as with the sums.
# Give each step a worker, who holds the machine of that step. In the first round everybody looks one place
# back and puts the machine found there before their own, in the second two places back, then four.

# %% fold
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
    height=4.2,
) as axes:
    for before, t, level in links:
        axes.plot([before, t], [0.8 - level, 0.2 - level], color=ORANGE, linewidth=1.3)
    for level, row in enumerate(rows):
        for t, begin in enumerate(row):
            if level:
                axes.plot([t, t], [0.8 - level, 0.2 - level], color=BLUE, linewidth=1.3)
            axes.text(t, -level, span(begin, t), ha="center", va="center")
    for level, label in enumerate(["start", "d = 1", "d = 2", "d = 4"]):
        axes.text(-0.75, -level, label, ha="right", va="center")
    axes.set_xlim(-1.6, 7.4)
    axes.set_ylim(-3.4, 0.5)
    axes.axis("off")

# %% [markdown]
# Read it column by column, since what stands lowest in a column is what that worker holds. Worker 5 holds the
# steps 4–5, then 2–5, and in the third round finds 0–1 four places back, which makes 0–5. Step through the
# figure with numbers of your own; it also shows the other methods of this lesson.
#
# {{ widget scan-tree algorithm=hillis-steele a=2,1,3,1,2,1,1,2 b=1,0,2,1,0,3,1,1 }}
#
# {{ exercise hillis_steele }}
#
# ## What else is a scan?
#
# In the sums, `+` did the work, and for machines it was `join`. Any operation will do, as long as brackets
# may move, so write the method once, with the operation as an argument. This form also keeps count of the
# joins.

# %%
rounds = []  # how many joins each round had


def look_back(items, join):
    """All results so far, in rounds: everybody looks 1, 2, 4, ... places back."""
    d = 1
    while d < len(items):
        joined = [join(items[t - d], items[t]) for t in range(d, len(items))]
        rounds.append(len(joined))
        items = items[:d] + joined
        d *= 2
    return items


print([b for a, b in look_back(machines, join)])

# %% [markdown]
# It gives what the loop gave, and here are three more uses:
#
# - **The largest so far.** The operation is `max`, and a worker's number is the largest of its part.
# - **The carry of an adder.** A digit either makes a carry by itself, or hands on the one that comes in, or
#   swallows it. These are machines as well, whose slip of paper shows only 0 or 1.
# - **How many brackets are open.** `(` adds 1 and `)` takes 1 away. All decays are 1, so the state is the
#   depth.
#
# The last one settles a debt, since in {{ lesson vanilla_rnn#a-memory-with-a-purpose }} a network with one
# number was fooled by a bracket inside a bracket. Its tanh knows only up and down, while a linear loop
# counts.

# %%
sentence = "f(g(x) + 1)"
steps = [(1, {"(": 1, ")": -1}.get(symbol, 0)) for symbol in sentence]

print(sentence)
print("".join(str(depth) for _, depth in look_back(steps, join)))
print("".join(str(largest) for largest in look_back([3, 1, 4, 1, 5, 9, 2, 6], max)))

# %% [markdown]
# It is no longer fooled, since the depth is still 1 after the inner bracket has closed. Whether brackets
# *match*, the depth at the end cannot say, because `)(` also ends at 0: it must never have been below 0
# either. Another pair knows both.
#
# {{ exercise join_brackets }}
#
# !!! sofar
#     A step is a pair $(a, b)$, and two steps are one, so brackets may move but order may not.
#     Everybody looks back 1, 2, 4, ... places, and after $\log_2 T$ rounds all $T$ states are known.
#
# {{ part "A tree for less work" }}
#
# ## Two prices: depth and work
#
# A method has two prices. Its *depth*, the number of rounds, is how long it takes when there are workers
# enough. Its *work*, the number of joins, is how long it takes when a single worker has to do them all. The
# loop over 1,024 steps has depth 1,024 and work 1,024, counting the step from `h0`, which looking back and
# the people at the beginning do without.
#
# ??? predict work "1,024 steps by looking back. How many joins is that, in all rounds together?"
#     number: {{ value work }} joins
#     near: 1100
#
#     It is {{ value work }}. There are 10 rounds, and in each of them nearly all of the 1,024 workers join
#     once: a little more than ten thousand. From that take those who look back and find nobody, 1 in the
#     first round, 2 in the second, 4 in the third, and so on to 512: together 1,023.

# %%
T = 1024
rounds.clear()
look_back([(1, 1)] * T, join)
print("the loop:      rounds", T, "  joins", T)
print("looking back:  rounds", len(rounds), "   joins", sum(rounds))

# %% [markdown]
# A hundredth of the rounds for nine times the work is a bargain with a thousand workers, but a bad deal with
# two. Is there a way with few rounds *and* little work?
#
# ### Prove it once for all numbers
#
# Before that: one example is no proof, so join *labels* instead of numbers. The label `(0, 3)` stands for the
# steps 0 to 3, whatever these steps do. Two labels may be joined only if the second begins right after the
# first ends. Take a method that does nothing but join, and chooses what by $T$ alone. If it runs through on
# labels without complaint, and worker $t$ ends with `(0, t)`, then every join was of neighbours in the right
# order. Then the method is right for these $T$ steps with *every* associative operation.


# %%
def join_labels(first, then):
    if first[1] + 1 != then[0]:
        raise ValueError(f"{first} and {then} are no neighbours")
    return first[0], then[1]


def is_right(method, T):
    """Try the method on labels instead of machines."""
    return method([(t, t) for t in range(T)], join_labels) == [(0, t) for t in range(T)]


print("looking back, 1 to 99 steps:", all(is_right(look_back, T) for T in range(1, 100)))

# %% [markdown]
# ## Up the tree and down again: Blelloch
#
# Go back to the tournament, which took $T - 1$ joins, no more than the loop, and lacked only the states in
# the middle. Guy Blelloch's idea is to run it backwards once more, from the winner down to the players.
#
# *On the way up* each pair of neighbours is joined into a parent, as before, and everybody remembers their
# own machine.
#
# *On the way down* each is told one number: **the state from which its part of the row starts.** The root, at
# the top, is told `h0`, because its part is everything. Then each one that has been told a number tells its
# two children. The left child starts where the parent starts, but the right child starts where the left child
# *ends*. That is the parent's number, sent through the machine that the left child kept from the way up.
#
# ??? predict right_half "Machines (2, 1), (1, 0), (3, 2), (1, 1), from 0. Where does the right half start?"
#     number: {{ value right_half }}
#     near: 1
#
#     It starts at {{ value right_half }}. The left half is $(2, 1)$ then $(1, 0)$, which is the machine
#     $(2, 1)$. It starts from 0, so it ends at $2 \cdot 0 + 1 = 1$, and there the right half starts. Nobody
#     had to know what happens inside the right half.

# %% fold
before = [0]  # the state before each step, and after the last
for a, b in machines:
    before.append(a * before[-1] + b)
ends = before[1:]
parts = [[range(first, first + size) for first in range(0, 8, size)] for size in (8, 4, 2, 1)]
levels = [[reduce(join, (machines[t] for t in part)) for part in row] for row in parts]
starts = [[before[part[0]] for part in row] for row in parts]
tell(right_half=starts[2][1])

table = [["row", *(f"{t}" for t in range(8))]]
for level, row in zip(levels, starts, strict=True):
    for what, values in (("machine", level), ("start", row)):
        table.append([f"{what}, row of {len(row)}", *(str(x) for x in values), *[""] * (8 - len(row))])
table.append(["state after", *(str(x) for x in ends)])

with picture(
    "A tree with its root on top and eight leaves below. Each node has a machine in blue and under it, in "
    "orange, the number it starts from. Curved arrows lead from each left child to its right brother: where "
    "the left one ends, the right one starts. One is written out: 6, sent through (2, 3), is 15.",
    table=table,
    caption="Blue, from the leaves up: neighbours join. Orange, from the root down: where each part starts. "
    "A curved arrow sends the left brother's number through its machine. Last row: the states.",
    height=5.2,
) as axes:
    place = [[(j + 0.5) * 8 / len(row) - 0.5 for j in range(len(row))] for row in starts]
    for depth, (level, row) in enumerate(zip(levels, starts, strict=True)):
        for j, ((a, b), s, x) in enumerate(zip(level, row, place[depth], strict=True)):
            y = -1.5 * depth
            axes.text(x, y, f"({a}, {b})", ha="center", va="center", color=BLUE)
            axes.text(x, y - 0.36, f"{s}", ha="center", va="center", color=ORANGE, fontweight="bold")
            if depth:
                parent = place[depth - 1][j // 2]
                axes.plot([parent, x], [y + 0.9, y + 0.24], color=INK, linewidth=0.9)
            if j % 2:
                bend = {"arrowstyle": "->", "color": ORANGE, "linewidth": 1.4, "linestyle": "--"}
                bend["connectionstyle"] = f"arc3,rad={0.28 if depth < 3 else 0.5}"
                from_x = place[depth][j - 1]
                axes.annotate("", (x - 0.12, y - 0.52), (from_x + 0.12, y - 0.52), arrowprops=bend)
    axes.text(5.5, -3.36, "2 · 6 + 3 =", ha="center", va="center", color=ORANGE)
    for t, end in enumerate(ends):
        axes.text(t, -5.75, f"{end}", ha="center", va="center", fontweight="bold")
    axes.text(-0.6, -5.75, "h", ha="right", va="center", style="italic")
    axes.set_xlim(-0.9, 7.6)
    axes.set_ylim(-6.1, 0.4)
    axes.axis("off")

# %% [markdown]
# The right half of four starts at 1, and with its machine $(3, 3)$ it ends at $3 \cdot 1 + 3 = 6$, where the
# next four start. The orange numbers of the leaves are the states *before* each step, and such a scan is
# called *exclusive*, since the step itself is left out. With one more step for everybody, all at the same
# time, it is *inclusive* and gives the states after each step, in the last row.
#
# {{ exercise blelloch }}
#
# ### The tree as a program
#
# It is a short recursion: one row up, the tree above, one row down. A state is a machine as well, so the same
# `join` does for both ways. (For this short form $T$ is a power of two. `h0` is the first argument.)


# %%
def together(pairs, join):
    """One round: all these joins at the same time."""
    joined = [join(first, then) for first, then in pairs]
    rounds.append(len(joined))
    return joined


def states_before(start, items, join):
    if len(items) == 1:
        return [start]
    left, right = items[0::2], items[1::2]
    starts = states_before(start, together(zip(left, right, strict=True), join), join)
    after_left = together(zip(starts, left, strict=True), join)
    return [state for pair in zip(starts, after_left, strict=True) for state in pair]


# %%
rounds.clear()
items = [(1, 1)] * T
together(zip(states_before((0, 0), items, join), items, strict=True), join)
print("up and down:  rounds", len(rounds), "  joins", sum(rounds))

# %% [markdown]
# ### Its two prices
#
# 1,024 steps take 10 rounds up and 10 down with 1,023 joins each, and one round of 1,024 for the last step:
# {{ value tree_depth }} rounds and {{ value tree_work }} joins. So it does three times the work of the loop,
# however long the row is, while looking back does ever more.
#
# {{ part "Few workers: blocks" }}
#
# ## Block by block: what a processor likes
#
# The processor of a laptop has a few workers, not thousands, so it would be wasteful to give each of them one
# step. Instead cut the row into as many blocks as there are workers, and give each worker a block.
#
# But how can the worker of block 1 begin before block 0 is done? It does not know the state it starts from,
# but can say what its block would do with *any* state, by joining its machines into one.
#
# 1. *Summarise.* All workers at the same time: each joins the machines of its block.
# 2. *Carry.* One after the other, but only once for each block after the first: where does it start?
# 3. *Fill in.* All workers at the same time: walk through the block from there.

# %% fold
size, blocks = 6, 4
bars = [(worker, 0, size - 1, "summarise") for worker in range(blocks)]
bars += [(worker, size - 1 + worker, 1, "carry") for worker in range(blocks - 1)]
bars += [(worker, size - 1 + blocks - 1, size, "fill in") for worker in range(blocks)]
with picture(
    "A timetable. Four workers summarise for five turns, side by side. Then three of them work for one turn "
    "each, one after the other. Then all four fill in for six turns, until turn 14. The loop takes 24.",
    table=[["worker", "from turn", "turns", "what"], *bars, ["the loop", 0, size * blocks, "all"]],
    caption="24 steps: four workers with six steps each, and the loop.",
    height=3.0,
) as axes:
    hatches = {"summarise": "//", "carry": "", "fill in": "\\\\\\\\"}
    for worker, begin, turns_taken, what in bars:
        color = LINES[list(hatches).index(what)][0]
        axes.barh(-worker, turns_taken, 0.7, begin, color="none", edgecolor=color, hatch=hatches[what])
    axes.barh(-blocks, size * blocks, 0.7, 0, color="none", edgecolor=LINES[4][0], hatch="..")
    for x, y, label in [(2.5, 0.55, "summarise"), (6.5, 1.15, "carry"), (11, 0.55, "fill in")]:
        axes.text(x, y, label, ha="center")  # one higher, or the words would touch on a phone
    axes.set_yticks(
        range(0, -blocks - 1, -1), [*(f"worker {worker}" for worker in range(blocks)), "the loop"]
    )
    axes.set_ylim(-blocks - 0.5, 1.8)
    axes.set_xlabel("turn")
    axes.tick_params(axis="y", length=0)

# %% [markdown]
# ??? predict break_even "From how many workers on is this faster than the loop?"
#     - ( ) from two
#     - (x) from three
#     - ( ) from four
#     - ( ) never, because the carry is a loop
#
#     From three on, as long as the blocks stay long. Everybody walks through their block twice, once to
#     summarise it and once to fill it in. With two workers a block is half of everything, and twice half is
#     the whole. With three it is two thirds. Between the two walks comes the carry, one turn for each block
#     after the first. With two workers it fits in exactly, because the first step of a block needs no join to
#     be summarised: for {{ value T_even }} steps, {{ value two_workers }} turns.


# %% fold
def blocked_rounds(T, blocks):
    """The joins of each round, for blocks that come out even."""
    size = T // blocks
    return [blocks] * (size - 1) + [1] * (blocks - 1) + [blocks] * size


T_EVEN = 960
half = T_EVEN // 2
assert len(blocked_rounds(T_EVEN, 2)) == (half - 1) + 1 + half == T_EVEN
tell(T_even=T_EVEN, two_workers=f"{half - 1} + 1 + {half}")
show_table(
    [["workers", "rounds", "joins"], ["the loop", T_EVEN, T_EVEN]]
    + [[p, len(r), sum(r)] for p in (2, 3, 4, 30) for r in [blocked_rounds(T_EVEN, p)]],
    caption=f"{T_EVEN} steps in blocks, one for each worker",
)

# %% [markdown]
# Two workers gain nothing and three gain a third, but 30 are more than ten times as fast as the loop, for
# twice the work.
#
# {{ exercise blocked_scan }}
#
# ### Correct it instead of walking again
#
# There is another way to do the last part. When a worker summarises its block from 0, it passes through
# states $h'_t$ that are wrong only because the block did not start from 0. Keep them, and correct them once
# the right start $s$ is known. Starting a machine from $s$ instead of 0 adds $A s$ at its end, so
#
# $$h_t = A_t \, s + h'_t ,$$
#
# where $A_t$ is the product of the decays from the beginning of the block up to $t$. Every $h'_t$ is like a
# socket into which the start is plugged later. In our row the second four machines start from 6:

# %% fold
A, local, table = 1, 0, [["step", "a", "from 0", "A", "A · 6 + from 0"]]
for t, (a, b) in list(enumerate(machines))[4:]:
    A, local = a * A, a * local + b
    table.append([t, a, local, A, A * 6 + local])
    assert table[-1][-1] == ends[t]
show_table(table, caption="Corrected instead of walked through again")

# %% [markdown]
# The last column has the states of the loop, but no number in it waited for the one above, so each block is
# walked through only once. For one worker correcting takes as many operations as filling in, but several can
# share it.
#
# ## Which way, then?
#
# Let the number of workers decide. A round of $m$ joins takes $p$ workers as many turns as it takes to share
# $m$ things among $p$, which is $m / p$, rounded up. That says how long each way takes.
#
# ??? predict fastest "1,024 steps and 64 workers: which way needs the fewest turns?"
#     - ( ) the loop
#     - ( ) everybody looks back
#     - (x) up the tree and down again
#     - ( ) a block for each worker
#
#     The tree, with {{ value fastest_64 }} turns. With 64 blocks the carry alone is 63 joins, one after the
#     other, and looking back does three times the work of the tree. The blocks need {{ value blocks_64 }}
#     turns.

# %% fold
workers = [2**k for k in range(11)]
tree_rounds = list(rounds)
rounds.clear()
look_back([(1, 1)] * T, join)
look_back_rounds = list(rounds)
tell(work=sum(look_back_rounds), tree_depth=len(tree_rounds), tree_work=sum(tree_rounds))


def turns(joins, p):
    return sum(-(-m // p) for m in joins)


taken = {
    "the loop": [T for _ in workers],
    "looking back": [turns(look_back_rounds, p) for p in workers],
    "tree": [turns(tree_rounds, p) for p in workers],
    "blocks": [turns(blocked_rounds(T, p), p) for p in workers],
}
tell(fastest_64=taken["tree"][6], blocks_64=taken["blocks"][6])
best = {p: min(taken, key=lambda name: taken[name][place]) for place, p in enumerate(workers)}
assert best[1] == "the loop" and best[64] == best[256] == "tree"
back_from = min(p for p in workers if best[p] == "looking back")
tell(back_from=back_from)
assert all(best[p] == "looking back" for p in workers if p >= back_from)
assert all(best[p] == "blocks" for p in (4, 8, 16, 32))
with picture(
    "Turns against workers, both axes doubling. The loop is flat at 1024. Looking back starts highest and "
    "falls to 10 at 1024 workers. Blocks are lowest from 4 to 32 workers, then the tree, then looking back.",
    table=[["workers", *taken], *([p, *values] for p, *values in zip(workers, *taken.values(), strict=True))],
    caption=f"Turns needed for {T} steps.",
) as axes:
    for number, (name, values) in enumerate(taken.items()):
        draw_line(axes, number, list(zip(workers, values, strict=True)), name)
    axes.set_xscale("log", base=2)
    axes.set_yscale("log", base=2)
    axes.set_xticks((1, 8, 64, 1024), ("1", "8", "64", "1,024"))
    axes.set_yticks([4**k for k in range(2, 7)], [f"{4**k:,}" for k in range(2, 7)])
    axes.set_xlabel("workers")
    axes.set_ylabel("turns")
    label_lines(axes)

# %% [markdown]
# No way is best for all. With one worker the loop wins, because any extra work is lost. With a few it is
# blocks, with many the tree, and from {{ value back_from }} workers on looking back.
#
# Now you know what the two machines of the beginning do. An adder has a worker for each digit, since digits
# are made of wire and switches, so it may look back, and 64 digits take {{ value adder }} rounds. A language
# model on a graphics chip has thousands of workers, but each can hold only so many numbers close at hand. So
# there blocks fit, with a quick way inside them ({{ lesson gpu_scan }}). And on two cores it is blocks again,
# for a reason not counted here: one call does a whole row of them ({{ lesson scan_at_work }}).
#
# !!! history "The adder came first"
#     In 1973 Peter Kogge and Harold Stone published the rounds of looking back for recurrences in general,
#     and adders that work like this are called Kogge–Stone adders to this day. Hillis and Steele described
#     the same rounds in 1986, for a computer with thousands of small processors. The word *scan* comes from
#     APL, a language in which `+\` makes running sums.
#
# ### In the library
#
# This is what `minirnn` runs, for many sequences at once, while the other ways stand in `minirnn/scan/`. The
# slice `[..., distance:, :]` is everybody from that step on.
#
# {{ source minirnn/scan/hillis_steele.py hillis_steele }}
#
# ## What to remember
#
# {{ keypoints }}
#
# ## Check yourself
#
# ??? check "Is the largest number so far a scan? And the average so far?"
#     Both are. `max` is associative. Averages themselves may not be joined, because a mean of two and a mean
#     of five do not count alike; but the pairs (sum, count) are added, and the average is sum divided by
#     count.
#
# ??? check "Join (3, 1) and then (0, 5). What is it, and what does it say?"
#     $(0 \cdot 3,\; 0 \cdot 1 + 5) = (0, 5)$. A step with decay 0 forgets everything before it.
#
# ??? check "After two rounds of looking back, which steps are in worker 6's machine?"
#     The steps 3 to 6. After the first round it holds 5–6. In the second it looks two places back, at worker
#     4, who holds 3–4 by then.
#
# ??? check "Why does the loop win with a single worker?"
#     Because a single worker has to do all joins, and the loop makes the fewest: one for each step. The tree
#     makes three times as many and looking back about $\log_2 T$ times as many.
#
# ## What comes next
#
# A network must not only read but learn, and for that it needs the gradient of a scan. It turns out to be a
# scan as well, and {{ lesson scan_at_work }} shows why, what goes wrong with numbers that have few digits,
# and what is really fast. Where good decays come from is the question of {{ lesson lru }}.
#
# ## Where papers and programs differ
#
# !!! note "Where papers and programs differ"
#     - Blelloch's textbook scan is exclusive and for sums: it writes a zero into the root before going down,
#       and counts $2\,(T-1)$ joins. For our machines that zero is `h0`, and one more step is taken at the
#       end.
#     - Martin and Cundy (2018) count operations instead of joins: $6\,(T/p + \log_2 p)$ for a parallel scan
#       with $p$ processors against $2\,T$ for the loop. So theirs breaks even at three processors, apart from
#       the logarithm, where our blocks break even at two.
#     - Order matters, and libraries have got it wrong: for operators that do not commute ([triton
#       2359](https://github.com/triton-lang/triton/issues/2359)), and when the scan runs in reverse ([triton
#       4362](https://github.com/triton-lang/triton/issues/4362)). Test a scan with an operator that does not
#       commute, because addition will not tell you.
#
# ## Read on
#
# - G. E. Blelloch, "Prefix sums and their applications", report CMU-CS-90-190, 1990. The tree, the blocks,
#   recurrences, and what else a scan can do. The best next thing to read.
# - W. D. Hillis and G. L. Steele, "Data parallel algorithms", *Communications of the ACM* 29(12), 1986.
#   Everybody looks back.
# - P. M. Kogge and H. S. Stone, "A parallel algorithm for the efficient solution of a general class of
#   recurrence equations", *IEEE Transactions on Computers* C-22(8), 1973. The same rounds, for recurrences
#   from the start.
# - R. E. Ladner and M. J. Fischer, "Parallel prefix computation", *Journal of the ACM* 27(4), 1980. How much
#   work for how little depth.
# - R. P. Brent, "The parallel evaluation of general arithmetic expressions", *Journal of the
#   ACM* 21(2), 1974. At most work divided by $p$, plus depth: the rule behind the last figure.
# - E. Martin and C. Cundy, "Parallelizing linear recurrent neural nets over sequence length", ICLR 2018,
#   [arXiv 1709.04057](https://arxiv.org/abs/1709.04057). The scan comes to recurrent networks.
# - M. Harris, S. Sengupta and J. D. Owens, "Parallel prefix sum (scan) with CUDA", *GPU Gems 3*, chapter 39,
#   2007.
#
# ??? teacher "For teachers"
#     {{ minutes }}
#
#     **Ways through.** *School:* the page's switch leaves out the proof with labels, the tree as a program
#     and the library; the fold about the tanh can stay closed. If that is still too long, stop after "What
#     else is a scan?", with the exercises *combine* and *hillis_steele*. *University:* *combine* in class,
#     *where_brackets_matter* in pairs, *hillis_steele* and one of *blelloch* and *blocked_scan* after it.
#
#     **Without a computer (10 minutes).** Eight volunteers in a row, each with a card and a pen. First with
#     one number on each card and sums; then with a pair $(a, b)$. Round one: everybody reads the card of the
#     neighbour on the left *as it was at the beginning of the round* and writes a new one. Say "now!" so that
#     all look at the same moment. Let one round go wrong on purpose: someone writes before the neighbour has
#     looked.
#
#     **Checkpoints**, without the exercises.
#
#     | in part | they can |
#     |---|---|
#     | 1 | do the loop on paper for three steps, and all running sums of eight numbers in three rounds |
#     | 1 | turn two machines into one, and say why brackets may move and order may not |
#     | 2 | fill in the triangle for four steps, and the rounds of looking back for eight |
#     | 3 | name depth and work of both ways, and say what goes up the tree and what comes down |
#     | 4 | say from how many workers on blocks are faster than the loop, and why not from two |
#     | 4 | answer the four questions at the end |
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
#       in it. If you keep the old ones you are right in the first round and wrong in the second.
#     - *Look back 1, then 2, then 3.* After the first round the neighbours have already been counted: ask
#       what the card of the worker three places back covers, and what is covered twice.
#     - *The log of T steps must be rounded down.* Try five steps.
#     - *`x[-1]` is an error.* In Python it is the last entry: the beginning sees the end, and nobody
#       complains.
#     - *What comes down the tree is $h_t$.* It is the state before. Ask what the first leaf is told.
#     - *The root is told what it found.* What it found is the end of everything; its part *starts* at `h0`.
#     - *In a block, add the carried state with one decay, or with that of the whole block.* At the third step
#       of a block it has been through three machines.
#
#     **Questions for the end.** Is a step `h -> max(a h, b)` joinable? (For $a \ge 0$: two of them are again
#     of this kind.) A `tanh`? (No; lesson {{ number parallel_nonlinear }} gets round it by solving a row of
#     scans.)

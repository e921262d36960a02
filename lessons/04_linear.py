# %% [markdown]
# {{ part "One clap" }}
#
# Stand on the stage of an empty concert hall, with your back to the wall, and clap once. The sound runs to
# the far wall, 17 metres away, and a tenth of a second later it is back, a little fainter. It bounces off
# the wall behind you and comes again, fainter, until nothing more is heard. Now clap three times.
# What reaches your ear?
#
# In the picture each clap has echoes of its own, and you hear their stack.

# %% fold
import math
from decimal import Decimal, localcontext

from minirnn.base.plots import INK, LINES, draw_level, draw_line, label_lines
from minirnn.course import results
from minirnn.course.figures import picture, show_table, tell

import numpy as np


def loop(a, x):
    """All states of h_t = a h_{t-1} + x_t, from silence."""
    h, states = 0.0, []
    for now in x:
        h = a * h + now
        states.append(h)
    return states


def alone(step, loudness, T):
    """A row of T steps with a single clap."""
    return [loudness if t == step else 0.0 for t in range(T)]


def power_of_ten(x):
    exponent = math.floor(math.log10(x))
    return f"${x / 10**exponent:.0f} \\cdot 10^{{{exponent}}}$"


tell(three=loop(0.5, [1, 1, 1])[-1], twice=f"{2 * math.tanh(1):.2f}")
tell(doubled=round(math.log(2) / math.log(1.02)))
claps, T = [(0, 1.0), (3, 2.0), (6, 1.0)], 12
layers = [loop(0.6, alone(step, loudness, T)) for step, loudness in claps]
heard = [sum(layer[t] for layer in layers) for t in range(T)]
with picture(
    "Bars over twelve steps. A clap of 1 at step 0, one of 2 at step 3 and one of 1 at step 6 each begin a "
    "row of bars that shrink by the same share at each step. The bars stand on top of each other, and dots "
    "on their tops jump up at each clap.",
    table=[
        ["step", *(f"echo of the clap at {step}" for step, _ in claps), "heard"],
        *([t, *(layer[t] for layer in layers), heard[t]] for t in range(T)),
    ],
    caption="Three claps in a hall that leaves 0.6 of a sound at each step. What is heard is the stack.",
) as axes:
    under = np.zeros(T)
    for (step, _), layer, (color, _, _), hatch in zip(claps, layers, LINES, ("//", "..", "xx"), strict=False):
        axes.bar(range(T), layer, 0.7, under, color="none", edgecolor=color, hatch=hatch)
        axes.text(step, under[step] + layer[step] + 0.12, f"clap at {step}", color=color, ha="left")
        under += layer
    axes.plot(range(T), heard, "o", color=INK, markersize=4)
    axes.set_xlabel("step, a tenth of a second each")
    axes.set_ylabel("loudness")
    axes.set_xticks(range(0, T, 2))
    axes.set_ylim(0, 3)

# %% [markdown]
# Your web browser can do this, with a part called `ConvolverNode` that puts any sound into a hall of which it
# knows only a recording of one clap. Another part, `BiquadFilterNode`, can be one slider of an equaliser: it
# lifts or lowers some tones of a song, and is a loop that remembers two old values of what it gave out. Why
# is one clap enough? And why can a loop ring at any pitch with its last two values, but not with the last
# alone?
#
# In this lesson you will
#
# {{ objectives }}
#
# ## Drop the tanh
#
# The loop of {{ lesson vanilla_rnn#a-loop-of-one-number }} was $h_t = \tanh(w\,h_{t-1} + x_t)$. Take the
# $\tanh$ away and write $a$ for $w$, and you have the hall:
#
# $$h_t = a\,h_{t-1} + x_t$$
#
# - A *step* is the tenth of a second that the sound needs there and back.
# - $x_t$ is how loudly you clap at step $t$, mostly 0.
# - $a$ is the share of a sound that is left after a step, always the same.
# - $h_t$ is what you hear at step $t$: what is left of all that was there, and the new clap. The hall is
#   silent at the start, so $h_{-1} = 0$.
#
# By hand, with $a = 0.5$: a clap of 1 at step 0 gives the first row of the table, and a clap of 2 at step
# 2, alone, gives the second. With both claps the loop has, at step 2, half of 0.5 and the new 2, which is
# 2.25.
#
# | step | 0 | 1 | 2 | 3 |
# |---|---|---|---|---|
# | a clap of 1 at step 0 | 1 | 0.5 | 0.25 | 0.125 |
# | a clap of 2 at step 2 | 0 | 0 | 2 | 1 |
# | both | 1 | 0.5 | 2.25 | 1.125 |
#
# ??? predict three_claps "With $a = 0.5$ you clap 1 at steps 0, 1 and 2. What is heard at step 2?"
#     number: {{ value three }}
#     near: 0.1
#
#     It is {{ value three }}. The three claps are two steps, one step and no step old, so they are heard
#     with 0.25, 0.5 and 1.
#
# ## Two laws
#
# In the table the last row is the sum of the two rows above it. This is a law.
#
# - **The sum law.** If you put claps on top of other claps, the answers add up, and a clap $c$ times as loud
#   has $c$ times the answer.
# - **The time law.** If the same claps come later, the same answer comes, later by as much.
#
# A box that keeps the sum law is called *linear* (and the law *superposition*), and one that keeps the time
# law *time-invariant*. Our loop is both. For the sum law, take two rows of claps with the states $h$ and
# $h'$: what the loop makes of both together is $h + h'$, because
#
# $$\begin{aligned} &(a\,h_{t-1} + x_t) + (a\,h'_{t-1} + x'_t) \\
# &\quad = a\,(h_{t-1} + h'_{t-1}) + (x_t + x'_t). \end{aligned}$$
#
# A factor comes out likewise. The time law holds because the loop does the same at each step and looks at no
# clock. A tanh around it changes nothing of this, but breaks the sum law, as two claps show of which one is
# twice as loud:

# %%
for loudness in (1, 2):
    h, answer = 0.0, []
    for x in (loudness, 0, 0, 0):
        h = math.tanh(0.5 * h + x)
        answer.append(round(h, 3))
    print(f"a clap of {loudness}, with tanh:", answer)

# %% [markdown]
# Twice as much would be {{ value twice }}, but tanh lets nothing over 1, so the answers no longer add up.
#
# The time law breaks when the hall itself changes. If somebody closes a curtain, $a$ is smaller from then on,
# so a late clap has a shorter echo than an early one, although answers still add up.
#
# Put in claps, watch their layers, move $a$, and squeeze with tanh.
#
# {{ widget claps a=0.6 claps=1,0,0,2,0,0,1,0,0,0,0,0 }}
#
# {{ exercise which_law }}
#
# {{ part "A sum with weights" }}
#
# ## What one state is made of
#
# Write the first four states without the loop. A clap that is $k$ steps old has been multiplied by $a$ once
# for each of these steps, so by $a^k$:
#
# | | $x_0$ | $x_1$ | $x_2$ | $x_3$ |
# |---|---|---|---|---|
# | $h_0 =$ | $1$ | | | |
# | $h_1 =$ | $a$ | $1$ | | |
# | $h_2 =$ | $a^2$ | $a$ | $1$ | |
# | $h_3 =$ | $a^3$ | $a^2$ | $a$ | $1$ |
#
# With $a = 0.5$ and the claps 4, 2, 0, 8, the last row is
#
# $$\begin{aligned} h_3 &= 0.125 \cdot 4 + 0.25 \cdot 2 \\
# &\quad + 0.5 \cdot 0 + 1 \cdot 8 = 9, \end{aligned}$$
#
# and the loop says the same: 4, 4, 2, 9. So a state is a sum with weights. Along a row of the triangle you
# see what one state is made of, and down a column what becomes of one clap. Along a slope, from the upper
# left to the lower right, all weights are the same, because they belong to claps of the same age.
#
# {{ exercise rare_claps }}
#
# ## One clap tells everything
#
# Since a weight depends on the age alone, one column holds all the weights there are. It is the answer to a
# single clap of 1 at step 0, called the **impulse response**. Write $K_l$ for what is heard of
# that clap $l$ steps later, which for our loop is $a^l$. Then every state is
#
# $$h_t = K_0\,x_t + K_1\,x_{t-1} + \dots + K_t\,x_0 .$$
#
# Such a sum, in which each input is multiplied by the weight for its age, is called a **convolution**.
#
# Now forget the loop, and take *any* box that keeps both laws, is silent until something comes in, and
# cannot hear the future, perhaps a cathedral. Clap once, record the answer $K$, and
# you know its answer to everything, because any sound is a row of claps, one for each step. By the time law
# each clap gives the recorded answer, only later, and by the sum law the answers grow with their claps and
# add up.
#
# {{ exercise from_one_clap }}
#
# ## The same loop as a bank account
#
# Let $h_t$ be the money in an account, $x_t$ what you pay in during year $t$, and $a = 1.02$, because the
# bank adds two percent each year. Now old inputs weigh *more* than new ones, and after about
# {{ value doubled }} years a deposit has doubled. So everything depends on $a$:
#
# | $a$ | the answer to one clap |
# |---|---|
# | above 1 | grows for ever |
# | 1 | stays: the state is the sum of all inputs |
# | between 0 and 1 | fades, the faster the smaller $a$ is |
# | 0 | is gone in the next step |
# | between 0 and -1 | fades, and changes its sign at each step |
# | -1 or below | changes its sign for ever |
#
# ??? predict steady "Clap with loudness 1 at *every* step, with $a = 0.9$. Where does the state end up?"
#     - ( ) It grows without end.
#     - ( ) It settles near 1.9.
#     - (x) It settles near 10.
#     - ( ) It settles near 90.
#
#     It settles near 10. If it settles at some $h$, then $h = 0.9\,h + 1$, so $0.1\,h = 1$. As a sum with
#     weights it says $1 + 0.9 + 0.81 + \dots = 10$.

# %%
state = 0.0
for t in range(100):
    state = 0.9 * state + 1
    if t in (0, 1, 2, 9, 49, 99):
        print(f"step {t:2}: {state:.3f}")

# %% [markdown]
# At 10 the tenth lost at each step is just what comes in. In general a steady 1 ends at
# $\frac{1}{1 - a}$, as long as $a$ lies between -1 and 1.
#
# !!! sofar
#     Without tanh the answers of all inputs add up, so a state is a sum with weights. The weights are the
#     answer to one clap, and for $h_t = a\,h_{t-1} + x_t$ they are the powers of $a$.
#
# {{ part "Two numbers, two modes" }}
#
# ## Rabbits
#
# In 1202 Leonardo of Pisa, called Fibonacci, asked how many pairs of rabbits there are after $t$ months, if
# each pair has a new pair every month from the age of two months on. All pairs of last month are still there,
# and those of two months ago have young ones:
#
# $$y_t = y_{t-1} + y_{t-2} .$$
#
# Start with no pair, and a new one in month 1: 0, 1, 1, 2, 3, 5, 8, 13. This loop must remember *two* old
# numbers. Is there a power in it again? Try $y_t = r^t$, and divide by $r^{t-2}$:
#
# $$\begin{aligned} r^t &= r^{t-1} + r^{t-2} \\ r^2 &= r + 1 . \end{aligned}$$
#
# Solve this like $z^2 = z + 6$, and you find two numbers:
#
# $$\begin{aligned} r &= \frac{1 + \sqrt 5}{2} \approx 1.618 \\
# s &= \frac{1 - \sqrt 5}{2} \approx -0.618 \end{aligned}$$
#
# Check both: $1.618 \cdot 1.618 \approx 2.618$, which is 1.618 and 1, and $0.618 \cdot 0.618 \approx 0.382$,
# which is $-0.618$ and 1. A number whose powers obey a loop is called a **mode** of it. The powers of $r$,
# the golden ratio, grow, those of $s$ fade and change their sign.
#
# Neither row begins with 0 and 1, but the sum law helps. If $r^t$ and $s^t$ both obey the loop,
# then so does any sum $y_t = m\,r^t + n\,s^t$, and the two amounts can be chosen so that the beginning is
# right:
#
# $$\begin{aligned} y_0 &= m + n = 0 \\ y_1 &= m\,r + n\,s = 1 \end{aligned}$$
#
# The first line says $n = -m$, and then the second says $m\,(r - s) = m \sqrt 5 = 1$. So
#
# $$y_t = \frac{r^t - s^t}{\sqrt 5} .$$
#
# For $t = 5$ that is $(11.09 + 0.09) / 2.236 \approx 5$.

# %% fold
r, s = (1 + 5**0.5) / 2, (1 - 5**0.5) / 2
first = [(t, r**t / 5**0.5) for t in range(8)]
second = [(t, -(s**t) / 5**0.5) for t in range(8)]
assert all(abs(y) < 0.5 for _, y in second)
both = [(t, first[t][1] + second[t][1]) for t in range(8)]
with picture(
    "Three curves over eight steps. The part of r rises smoothly from 0.45 to 13. That of s begins at "
    "-0.45, jumps above 0 and below, and fades to almost nothing. Their sum, the Fibonacci numbers, lies on "
    "the part of r from step 4 on, as near as one can see.",
    table=[
        ["t", "part of r", "part of s", "sum"],
        *([t, first[t][1], second[t][1], round(both[t][1])] for t in range(8)),
    ],
    caption="The Fibonacci numbers are the sum of two parts, one for each mode.",
) as axes:
    draw_line(axes, 2, both, "the sum")
    draw_line(axes, 0, first, "part of r")
    draw_line(axes, 1, second, "part of s")
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.set_xlabel("step t")
    axes.set_ylabel("size")
    label_lines(axes)

# %% [markdown]
# What the second mode adds is always less than a half in size, so $y_t$ is the whole number nearest to
# $r^t / \sqrt 5$. This program then needs no loop: `round(r**t / 5**0.5)`.
#
# ??? predict rounding "From which $t$ on does it give wrong numbers? Python's floats keep about 16 digits."
#     - ( ) 20
#     - (x) {{ value wrong }}
#     - ( ) 700
#     - ( ) none
#
#     From $t =$ {{ value wrong }} on, where the Fibonacci number has {{ value digits }} digits. The float of
#     $1.618\dots$ is too large by {{ value off }}. In the power such an error grows, and from there on it is
#     more than a half: {{ value too_large }} already.

# %%
a, b, t = 0, 1, 0
while a == round(r**t / 5**0.5):
    a, b, t = b, a + b, t + 1
print(f"t = {t}: the loop has {a}, the modes have {round(r**t / 5**0.5)}")

# %% [markdown]
# The formula is exact, but a float of the golden ratio is not. The loop adds whole numbers, of which Python
# keeps every digit.
#
# Now find the modes from a recording alone.
#
# {{ exercise find_modes }}
#
# ## A loop that rings
#
# Change one sign: $y_t = y_{t-1} - y_{t-2}$. Start with 0 and 1, and go on by hand:
#
# $$0,\ 1,\ 1,\ 0,\ -1,\ -1,\ 0,\ 1,\ 1,\ \dots$$
#
# After six steps it begins again, so it swings for ever. Its modes would need $r^2 = r - 1$, but
# $r^2 - r + 1$ is the same as $(r - \frac12)^2 + \frac34$, which is never 0, so no number on the number line
# will do. The powers of a negative number swing, too, but only up and down at every step, and to swing in six
# steps a mode must *turn*. Complex numbers can turn what you multiply by them, and {{ lesson lru }} is full
# of them. Here the pair of old values goes round in six steps.
#
# Keep a little less of the older value, and the swing fades:

# %% fold
with localcontext() as exact:
    exact.prec = 60
    golden = (1 + Decimal(5).sqrt()) / 2
    off, too_large = Decimal(r) - golden, Decimal(r) ** t / Decimal(5).sqrt() - a
assert off > 0 and 0.5 < too_large < 1
tell(wrong=t, digits=len(str(a)), off=power_of_ten(float(off)), too_large=f"{too_large:.2f}")
bell = [1.0, 1.0]
for _ in range(38):
    bell.append(bell[-1] - 0.9 * bell[-2])
turns = np.linspace(0, np.pi, 10_001)  # a tone turns by so much at each step
gains = 1 / abs(1 - np.exp(-1j * turns) + 0.9 * np.exp(-2j * turns))
assert max(gains[0], gains[-1]) < 1.2
tell(peak=round(gains.max()))
whistle = round(48_000 * turns[gains.argmax()] / (2 * math.pi), -2)
with picture(
    "A curve over 40 steps that swings up and down about every six steps and gets smaller, from 1 at the "
    "beginning to about a seventh at the end.",
    table=[["step", "heard"], *enumerate(bell)],
    caption="One clap, and a loop that rings like a bell: the last value, minus 0.9 times the one before. At "
    f"the 48,000 steps a second of a browser it whistles, with {whistle:,.0f} swings a second. (There the "
    "hall still needs one old value, but the one of 4,800 steps ago.)",
    height=3.2,
) as axes:
    draw_line(axes, 0, list(enumerate(bell)), "")
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.set_xlabel("step t")
    axes.set_ylabel("heard")

# %% [markdown]
# If you play a song through this box, sounds near its own tone pile up, to {{ value peak }} times their
# loudness, and those far from it do not. That answers our second question: with the last value alone the
# answer to a clap stays on one side or flips at every step, but with two it can ring at any pitch.
#
# An equaliser has several such loops in a row, which together are again one loop, with more old values.
# Find its weights, first for halls.
#
# {{ exercise in_a_row }}
#
# {{ part "Many states at once" }}
#
# ## Directions that do not mix
#
# A layer has $N$ states, in a vector $h_t$. With matrices $A$ and $B$ for what $W$ and $U$ were in
# {{ lesson vanilla_rnn#many-numbers }}, and its $C$:
#
# $$h_t = A\,h_{t-1} + B\,x_t \qquad y_t = C\,h_t$$
#
# A loop with two old values is of this kind, because its state is the pair of them. Fibonacci's is
#
# $$\begin{pmatrix} y_t \\ y_{t-1} \end{pmatrix} = \begin{pmatrix} 1 & 1 \\ 1 & 0 \end{pmatrix}
# \begin{pmatrix} y_{t-1} \\ y_{t-2} \end{pmatrix} .$$
#
# Multiply this matrix with the vector $(r, 1)$. You get $(r + 1, r)$, which is $r \cdot (r, 1)$, since
# $r + 1 = r^2$. So along this direction the matrix only multiplies by $r$, and along $(s, 1)$ only by $s$.
# Such a direction is an *eigenvector*, and its number, the *eigenvalue*, is what we called a mode. Write
# the state as so much of each direction. Then a step multiplies each amount by its own number and never
# mixes them: two loops of one number.

# %%
A = np.array([[1.0, 1.0], [1.0, 0.0]])
modes, directions = np.linalg.eig(A)
amounts = np.linalg.solve(directions, [1.0, 0.0])  # of y_1 = 1 and y_0 = 0

print("modes:", modes.round(3))
print("ten steps later:", directions @ (modes**10 * amounts))

# %% [markdown]
# This works for a matrix exactly when it has $N$ independent eigenvectors, and then it is called
# *diagonalisable*. $N$ different eigenvalues are sufficient, but not necessary: the matrix that changes
# nothing has only the eigenvalue 1. It fails for two halls in a row with the *same* $a \ne 0$, whose answer
# to a clap, $(t + 1)\,a^t$, is no sum of powers. Still, almost every matrix has $N$ independent eigenvectors,
# if they may be complex.
#
# If it is diagonalisable, with the eigenvalues $\lambda_1, \dots, \lambda_N$, the impulse response, from one
# input to one output, is a sum of powers,
#
# $$K_l = C A^l B = c_1 \lambda_1^l + \dots + c_N \lambda_N^l ,$$
#
# with one amount $c_j$ for each mode.
#
# ## All steps at once
#
# When all inputs are known beforehand, as in training, nobody needs the states: the convolution gives all
# outputs, and none waits for the one before it. Written out it has about $T^2/2$ products, more than a loop
# of one number, but once $K$ is known, a *fast Fourier transform* takes about $T \log T$ operations. It
# writes a sound as a sum of powers on the unit circle, each of which a convolution only multiplies by a
# number: transform $K$ and $x$, multiply number by number, and transform back. But a transform of length $n$
# puts time on a ring of $n$ steps, where step $n$ is step 0 again.
#
# ??? predict wrapped "16 steps, a fading echo, transforms of length 16. Which outputs can be wrong?"
#     - (x) all but the last
#     - ( ) all but the first
#     - ( ) all
#     - ( ) none
#
#     All but the last, and the first ones most. The echo of a late clap runs over the end of the ring and
#     comes in again at the beginning, before anyone has clapped.

# %% fold
length = 16
kernel = 0.7 ** np.arange(length)
late = np.array(alone(12, 1.0, length))
rings = {n: np.fft.irfft(np.fft.rfft(kernel, n) * np.fft.rfft(late, n), n)[:length] for n in (16, 32)}
curves = {n: [(t, round(float(y), 9) + 0.0) for t, y in enumerate(ring)] for n, ring in rings.items()}
tell(ghost=f"{rings[16][0]:.2f}")
with picture(
    "One clap at step 12 of 16. With a ring of 32 steps nothing is heard before it, and then the echo fades. "
    "With a ring of 16 steps the same echo goes on at step 0, fading through the first steps.",
    table=[
        ["step", "ring of 32", "ring of 16"],
        *([t, curves[32][t][1], curves[16][t][1]] for t in range(16)),
    ],
    caption="A clap at step 12. On a ring of 16 steps its echo comes in again at the beginning.",
    height=3.2,
) as axes:
    draw_line(axes, 1, curves[16], "ring of 16")
    draw_line(axes, 0, curves[32], "ring of 32")
    axes.set_xlabel("step t")
    axes.set_ylabel("heard")
    label_lines(axes)

# %% [markdown]
# The beginning hears the end: {{ value ghost }} of a clap that is still to come. A model that guesses
# the next symbol would see the answer. The cure is to put zeros behind both, until the whole tail fits on
# the ring.
#
# {{ exercise fft_convolution }}
#
# {{ part "What the last state knows" }}
#
# ## The state as a code
#
# How much does a state still know of the $T$ inputs that it has read? Take $N$ states, each with an
# eigenvalue of its own, and give each input to all of them. By hand, with $\lambda_1 = 0.5$,
# $\lambda_2 = -0.5$ and the inputs 2 and 3:
#
# $$h_1 = \begin{pmatrix} 0.5 \cdot 2 + 3 \\ -0.5 \cdot 2 + 3 \end{pmatrix} = \begin{pmatrix} 4 \\ 2
# \end{pmatrix}$$
#
# Can you go back? The two states differ by $2 = 1 \cdot x_0$, so $x_0$ was 2, and then $x_1 = 4 - 1 = 3$.
# In general the last state is a matrix times the inputs:
#
# $$h_{T-1} = V x, \qquad V_{jt} = \lambda_j^{T-1-t}$$
#
# A matrix whose rows are the powers of one number each is a *Vandermonde matrix*. State $j$ is then the
# value, at $\lambda_j$, of a polynomial whose coefficients are the inputs. Two points fix a line, and $N$
# points a polynomial with $N$ coefficients. So $N$ inputs can be read back from $N$ states if all
# $\lambda_j$ are different. The last state is a *lossless code* of the input. (A complex state is two real
# numbers, so $N$ of them can hold $2N$ real inputs.)
#
# But a computer rounds. The *condition number* of $V$ says by how much a relative error of the state can
# grow on the way back: if it is $10^6$, six digits may be lost.
#
# ??? predict best_places "As many inputs as states. Which eigenvalues lose the fewest digits?"
#     - ( ) real ones, evenly spread from -1 to 1
#     - ( ) random ones, anywhere in the unit disk
#     - ( ) on a thin ring inside the unit circle, at random angles
#     - (x) on that ring, at equal angles
#
#     Those at equal angles. With 64 states the condition number is {{ value equal_64 }}, and with random
#     angles on the same ring it is over a hundred million in most draws.

# %% fold
stored = results.load("reproduce-vandermonde")
conditions, (inner, outer) = stored["condition"], stored["settings"]["ring"]
families = ("real", "disk", "ring, random phases", "ring, equal phases")
names = ("real, evenly spread", "in the disk", "ring, random angles", "ring, equal angles")
sizes = (8, 16, 32, 64)
grown = [[(N, conditions[family][str(N)]["median"]) for N in sizes] for family in families]


tell(equal_64=f"{grown[3][3][1]:.1f}")
assert np.mean(np.array(conditions["ring, random phases"]["64"]["seeds"]) > 1e8) > 0.7
tell(real_64=power_of_ten(grown[0][3][1]), real_16=power_of_ten(grown[0][1][1]))


def worst(angles):
    """The condition number of the eigenvalues with these angles on the unit circle."""
    return np.linalg.cond(np.vander(np.exp(1j * angles)))


even = 2 * np.pi * np.arange(64) / 64
two_close = np.where(np.arange(64) == 1, even[1] / 64, even)
one_hole = np.linspace(0, even[59], 64)
assert worst(even) < 1.001 and worst(two_close) < 200 and worst(one_hole) > 10_000
with picture(
    "The condition number against the number of states, upwards in powers of ten. Real eigenvalues rise "
    "steepest, to nearly 10^30 at 64 states. The disk rises to about 10^17 and the ring with random angles "
    "to about 10^11. The ring with equal angles stays near 1.",
    table=[["states", *names], *([N, *(f"{line[i][1]:.2g}" for line in grown)] for i, N in enumerate(sizes))],
    caption="How far an error of the last state can grow when the input is read back (N states, N inputs; "
    f"the ring has radii from {inner} to {outer:g}; medians of {stored['settings']['seeds']} draws where "
    "there is chance, which differ by many powers of ten in the disk and at random angles). Float64 has only "
    "16 digits, so all this was computed with 80.",
    height=4.2,
) as axes:
    for number, (line, name) in enumerate(zip(grown, names, strict=True)):
        draw_line(axes, number, line, name)
    axes.set_yscale("log")
    axes.set_xticks(sizes)
    axes.set_xlabel("states N, and inputs")
    axes.set_ylabel("condition number")
    label_lines(axes)

# %% [markdown]
# The places decide. For real, evenly spread eigenvalues the number is {{ value real_16 }} already with 16
# states, and {{ value real_64 }} with 64. On the circle itself, at equal angles, it is 1, since $V$ is then a
# Fourier transform, up to order and phases. Random angles are bad, less for crowds than for the holes that
# they leave, where no state says what the polynomial does.
#
# {{ exercise read_it_back }}
#
# ## And the rest is done at each step
#
# A sum with weights cannot tell the largest input, or the XOR of two bits. Something nonlinear is needed, but
# it need not stand in the loop. Orvieto et al. (2024) show that a diagonal linear recurrence, followed at
# each step by the same network, comes as near as you like to every smooth map from sequences of bounded
# length and size to sequences that does not look ahead, given enough states, a network wide enough and a
# state that tells the step. This network, an *MLP*, is a matrix, a nonlinear function for each number, and a
# second matrix, both with offsets. The recurrence stores, and the MLP computes. But does training find such
# an MLP?
#
# ??? info "The idea of the proof, and how wide"
#     If the state is a lossless code and tells the step (an input that is always 1 will do), every answer is
#     a function of the state. An MLP with enough units comes as near as you like to any continuous function
#     on a bounded set, so it can undo the code and compute the answer in one. The catch is in *enough*.
#     There must be as many states as the inputs have dimensions, $T$ in general, so nothing is compressed.
#     And the paper's bound on the units grows like $T/\varepsilon^2$ for an error $\varepsilon$, for
#     functions that are smooth in the sense of Barron. (We know this bound from a summary.)
#
# We tried. {{ value flips }} inputs go into {{ value flips }} real numbers of state with fixed eigenvalues,
# and only what reads the last state is fitted: the best linear read-out, or an MLP. It is to say whether two
# coin flips differ, their XOR.
#
# ??? predict xor "With flips of 1 and -1, XOR is minus their product. What does the linear read-out say?"
#     - (x) 0, whatever came in
#     - ( ) the sum of the two flips
#     - ( ) the product, if the state is large enough
#
#     0, whatever came in. A linear read-out of the state is a sum of inputs with weights, and the product
#     of two flips goes as often with each input as against it. So every weight other than 0 makes it worse.

# %% [markdown]
# The MLP does what no linear read-out can, but only where the state stores well. On the ring a single unit
# gets {{ value far_ring }} of the XORs over ten steps right, since its nonlinear function, GELU, falls before
# it rises. With real eigenvalues {{ value units }} units get {{ value far_real }}, less than the
# {{ value threshold }} that a threshold on a linear read-out can have.

# %% fold
study = results.load("reproduce-linear-readout")
kinds = ("ring", "disk", "real", "real, read back")
widths = study["settings"]["widths"]
most = str(widths[-1])


def in_percent(found):
    """The mean of the seeds; from the least to the most where they differ much."""
    if max(found) - min(found) > 0.05:
        return f"{min(found):.0%} to {max(found):.0%}"
    return f"{sum(found) / len(found):.0%}"


table = [["to be said", "linear read-out", *(f"MLP: {kind}" for kind in kinds)]]
for task, what in study["settings"]["tasks"].items():
    score = "explained" if task == "maximum" else "right"
    row = [in_percent(study["mlp"][task][kind][most][score]) for kind in kinds]
    table.append([what, in_percent(study["linear"][task]["ring"][score]), *row])
show_table(
    table,
    caption=f"The best linear read-out, and MLPs with {most} units, means of five seeds (from the least to "
    "the most where they differ much). The inputs are coin flips, and each row is the share right; in the "
    "last row the inputs are numbers spread evenly from -1 to 1, and it is the share of the variance that is "
    "explained.",
)

on_disk = [study["mlp"]["maximum"]["disk"][str(n)]["explained"] for n in widths]
apart = max(max(row) - min(row) for row in on_disk)
lines = [
    [(n, sum(row) / len(row)) for n in widths for row in [study["mlp"]["maximum"][kind][str(n)]["explained"]]]
    for kind in kinds
]
with picture(
    "Explained share of the largest of the last eight inputs, against the units of the MLP, from 1 to 64. "
    "The ring and the real state that was read back rise together, highest of all. From 16 units on the disk "
    "is below them and the real state below the disk. A level line shows the linear read-out.",
    table=[["units", *kinds], *([n, *(f"{line[i][1]:.2f}" for line in lines)] for i, n in enumerate(widths))],
    caption="What an MLP says of the largest of the last eight inputs, from states that store differently. "
    f"Means of five seeds, which on the disk differ by up to {apart:.1f}.",
) as axes:
    for number, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        draw_line(axes, number, line, kind)
    draw_level(axes, study["known"]["maximum"], "linear")
    axes.set_xscale("log", base=4)
    axes.set_xticks(widths, [str(n) for n in widths])
    axes.set_ylim(0, 1.05)
    axes.set_xlabel("units of the MLP")
    axes.set_ylabel("share explained")
    label_lines(axes)

ring, disk, real, back = (dict(line) for line in lines)
assert all(min(ring[n], back[n]) > disk[n] > real[n] for n in widths if n >= 16)


def gelu(z):
    """The nonlinear function of these MLPs."""
    return z * (1 + math.erf(z / 2**0.5)) / 2


assert gelu(-0.75) < min(gelu(-0.75 - 0.6), gelu(-0.75 + 0.6))
pairs = [(one, other) for one in (-1, 1) for other in (-1, 1)]
threshold = sum((one + other < 1) == (one != other) for one, other in pairs) / 4
assert np.mean(study["mlp"]["far xor"]["real"][most]["right"]) < threshold

tell(
    threshold=f"{threshold:.0%}",
    rows=f"{study['settings']['examples']:,}",
    flips=study["settings"]["inputs"],
    pairs=study["settings"]["inputs"] // 2,
    inner=study["settings"]["ring"][0],
    units=most,
    steps=f"{study['settings']['steps']:,}",
    far_ring=in_percent(study["mlp"]["far xor"]["ring"]["1"]["right"]),
    far_real=in_percent(study["mlp"]["far xor"]["real"][most]["right"]),
    lag_real=in_percent(study["mlp"]["input"]["real"][most]["right"]),
    ill=power_of_ten(float(np.median(study["condition"]["real"]))),
    rnn_units=study["settings"]["rnn_units"],
    rnn_max=in_percent(study["rnn"]["maximum"]["explained"]),
    ring_max=in_percent(study["mlp"]["maximum"]["ring"][most]["explained"]),
    longer=study["settings"]["longer"],
)

# %% [markdown]
# Is the past lost in the real state? No: the exact linear read-out gets the input of 12 steps ago right,
# where the trained MLP gets {{ value lag_real }}. And if the state is first multiplied by $V^{-1}$, so that
# the MLP gets the inputs themselves, it succeeds. So the past is there, but behind a condition number of
# {{ value ill }}, and training does not dig it out, not even with {{ value longer }} times as many steps.
#
# What speaks against it: the eigenvalues were fixed. And a tanh network of {{ value rnn_units }} units with a
# linear read-out learns both XORs, too, and explains {{ value rnn_max }} of the largest input, where the MLP
# on the ring explains {{ value ring_max }}. So the linear loop was not better here. But the nonlinear part
# can stand outside it.
#
# ??? info "More on how far to trust it"
#     The inputs were {{ value flips }} long and read at the last step alone. On the ring and the disk their
#     {{ value flips }} numbers of state are {{ value pairs }} complex ones, with radii from {{ value inner }}
#     to 1 and from 0 to 1. Of {{ value rows }} rows, with flips all there are, half were used to train the
#     MLPs, a sixteenth chose the learning rate, and the rest was for the test. The linear read-out was fitted
#     to all of them, by least squares. Each state was scaled to variance 1, so the condition number is a
#     little smaller than above. The MLPs were trained for {{ value steps }} steps, and on the real state, in
#     two runs each, for {{ value longer }} times as many. GELU can give one answer where two flips add up to
#     0, and another at 2 *and* at -2, which no function can that only rises. A *threshold* on a linear score
#     can be right for three of the four pairs of flips (least squares does not look for it), but for no state
#     for all four. Of the largest of $w$ numbers that are spread evenly, the best linear read-out explains
#     exactly $3/(w + 2)$ of the variance. We have no table of the paper's numbers to put beside ours, only
#     its claims. Make the runs again with `python benchmarks/reproduce/linear_readout.py`, and the condition
#     numbers with `python benchmarks/reproduce/vandermonde.py`.
#
# ## Back to the hall
#
# The browser's `ConvolverNode` gets a recording of one clap. Two seconds of it, at 48,000 numbers a second,
# are 96,000 weights $K_l$, and by the two laws they are enough.
#
# !!! history "Halls made of loops"
#     In 1962 Manfred Schroeder of Bell Labs showed how to make halls out of loops. One kind was ours, an echo
#     of an echo of an echo, and several of them sounded side by side.
#
# Neither `ConvolverNode` nor `BiquadFilterNode` has a tanh, nor have the loops of Mamba and RecurrentGemma.
# What they gain is a state that is a sum with weights, modes to look at one by one, and steps that need not
# be done in order. (In those models the weights depend on what is read, so they break the sum law, but by
# their equations not the time law.)
#
# ## What to remember
#
# {{ keypoints }}
#
# ## Check yourself
#
# ??? check "A box that keeps both laws answers a clap of 1 with 3, 1, 0, 0, ... And the claps 2, 0, 1?"
#     6, 2, 3, 1, and then nothing. The first clap gives 6, 2, and the last one 3, 1 from step 2 on.
#
# ??? check "A box answers with the square of what comes in, at the same step. Which law does it keep?"
#     The time law. It breaks the sum law: a clap of 1 is answered by 1, and a clap of 2 by 4.
#
# ??? check "What is $h_3$ of $h_t = a\,h_{t-1} + x_t$ with $a = -1$ and the inputs 1, 2, 3, 4?"
#     2. The weights are $-1, 1, -1, 1$, so it is $-1 + 2 - 3 + 4$.
#
# ??? check "Which powers obey $y_t = 5\,y_{t-1} - 6\,y_{t-2}$?"
#     Those of 2 and of 3, since $r^2 = 5r - 6$ for both: 4 is 10 - 6, and 9 is 15 - 6.
#
# ## What comes next
#
# The hall's $a$ was the same at each step. {{ Lesson scan }} lets it change, and still finds all states in a
# few rounds. {{ Lesson lru }} chooses modes that turn, and {{ lesson state_space }} gets them from a spring.
#
# ## Where papers and programs differ
#
# !!! note "Where papers and programs differ"
#     - Texts on filters write the loop with all old values on the left,
#       $y_t + a_1 y_{t-1} + a_2 y_{t-2} = \dots$ scipy's `lfilter` and the Web Audio API have the same $a_1$,
#       and it is *minus* our weight. `BiquadFilterNode` also remembers two old inputs, and `ConvolverNode` by
#       default scales the recording first.
#     - RecurrentGemma's program takes the very first input whole, and a later one times $\sqrt{1 - a_t^2}$.
#       For one step it looks at a clock, so it breaks the time law.
#     - The "convolution" of deep learning libraries does not turn the kernel round: PyTorch's `conv1d`
#       multiplies the first weight with the oldest value. Signal processing calls that a correlation.
#     - A "linear" layer with a bias breaks the sum law, because it answers silence with the bias.
#     - `np.vander` and `torch.vander` have the highest power in the first column, `torch.linalg.vander` in
#       the last.
#     - Our lesson counts a state after its input has come in. Some papers read out before, and their $K_0$
#       is then 0.
#
# ## Read on
#
# - A. Orvieto, S. De, C. Gulcehre, R. Pascanu and S. L. Smith, "Universality of linear recurrences followed
#   by non-linear projections: finite-width guarantees and benefits of complex eigenvalues", ICML 2024,
#   [arXiv 2307.11888](https://arxiv.org/abs/2307.11888). The last part of this lesson.
# - A. Gu, K. Goel and C. Ré, "Efficiently modeling long sequences with structured state spaces", ICLR 2022,
#   [arXiv 2111.00396](https://arxiv.org/abs/2111.00396). A layer that is trained as a convolution and used
#   as a loop.
# - M. R. Schroeder, "Natural sounding artificial reverberation", *Journal of the Audio Engineering Society*
#   10(3), 1962.
# - J. O. Smith, *Introduction to Digital Filters with Audio Applications*, 2007, [free to
#   read](https://ccrma.stanford.edu/~jos/filters/). Combs and equalisers, from the beginning. Halls are in
#   his *Physical Audio Signal Processing*, [free to read](https://ccrma.stanford.edu/~jos/pasp/), too.
# - W. Gautschi, "How (un)stable are Vandermonde systems?", in *Asymptotic and Computational
#   Analysis*, 1990. Why the real line is so bad.
# - [Web Audio API](https://www.w3.org/TR/webaudio/), W3C. What the two parts of the browser compute.
#
# ??? teacher "For teachers"
#     **In one sentence.** The class finds out that without a tanh all answers add up, so that one clap tells
#     everything as long as nothing changes with time, and that a loop with its last two values can ring at
#     any pitch, where one with the last value alone cannot.
#
#     {{ minutes }}
#
#     **Ways through.** *School:* the first three parts and "Back to the hall", which make a lesson of 45
#     minutes with *which_law* in class, and two with the others. The page's switch leaves out the rest of
#     the last two parts. *University:* the first part is quick. Give the time to the triangle, to the ring,
#     and to where the eigenvalues stand.
#
#     **Without a computer (10 minutes).** The table is the hall. At each step half of the counters on it
#     are taken away, and then new ones are put down: 16 red ones at step 0, 8 blue ones at step 2. Count
#     each colour by itself, and then all. Then add a rule, "never more than 8 on the table" (that is the
#     tanh), and play each colour alone and both together: at step 2 they no longer add up, since
#     2 and 8 are 10.
#
#     **Checkpoints**, without the exercises.
#
#     | in part | they can |
#     |---|---|
#     | 1 | do the loop for four steps with two claps, and check it as a sum of two rows |
#     | 1 | say which law a tanh breaks and which a curtain |
#     | 2 | fill in the triangle for four steps, and read off it the answer to one clap |
#     | 2 | say why a recording of one clap is enough |
#     | 3 | find the two modes of a loop with two old values, and the amounts from its first two numbers |
#     | 4 | say when a matrix has a basis of eigenvectors, and why a transform needs zeros behind |
#     | 5 | read two inputs back from two states, and say what the condition number adds |
#
#     **Board plan.** Left, and never wiped: $h_t = a\,h_{t-1} + x_t$ and under it the triangle, with one
#     slope in colour. Middle: the two laws, with a picture of two layers for each. Right: $r^2 = r + 1$
#     with its two numbers on a number line, and later the one that has none.
#
#     **What they may think, and what helps.**
#
#     - *Linear means a straight line over time.* The echo of one clap is a curve. What is straight is the
#       answer over the loudness.
#     - *The sum law is about claps at the same time.* They may come at any steps. Let them add two rows of
#       the table.
#     - *A box with noise of its own is linear.* Silence must be answered by silence: a clap of 0 is twice a
#       clap of 0.
#     - *The weight is $a$ to the power of the step.* It is the age that counts. Ask for the weight of the
#       newest clap.
#     - *The newest clap has faded once.* In our order of things it comes after the fading, with weight 1.
#     - *A negative $a$ makes negative loudness, so it cannot be.* Sound is a pressure that swings to both
#       sides, and a wall may turn it round.
#     - *Convolution runs both lists forward.* One of them is read backwards, because the newest clap has
#       the youngest weight.
#     - *Fibonacci numbers are powers of the golden ratio, rounded.* They are, with the factor, but only on
#       paper.
#     - *A transform is exact.* On a ring it is: the question is how long the ring must be.
#     - *Different eigenvalues are enough.* On paper. Ask what two states tell that differ in the ninth
#       digit.
#
#     **Questions for the end.** Which laws does a camera keep? (The time law, if its exposure stays the same.
#     Bright spots are cut off, so not the sum law.) Is the running maximum linear? (No. A clap at step 0 and
#     another at step 1 have the answers 1, 1 and 0, 1, but both together have 1, 1.) Why does a singer in the
#     bath sound better at some tones? (The room rings: modes.)

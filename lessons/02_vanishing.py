# %% [markdown]
# {{ part "A memory that learns nothing" }}
#
# In {{ lesson vanilla_rnn }} one number held on to an open bracket for as long as you liked, because we had
# chosen its $w$ by hand. The network that was trained, with 64 numbers, looked back about ten letters. So
# what a loop can remember is one thing, and what it learns to remember is another.
#
# The picture shows where the two part. A loop with $w = 1.5$ reads a single 1 and then only zeros. Its state
# stays at {{ value kept }}, so it remembers. The other curve is the blame that comes back from the state at
# step $t$ to the first one, and after ten steps {{ value felt }} of it is left.

# %% fold
import math

from minirnn.base.plots import INK, LINES, draw_line, label_lines
from minirnn.course import results
from minirnn.course.figures import picture, show_table, tell

import numpy as np


def loop(w, inputs):
    """The states of the loop of one number, and how much each changes if the first one is nudged."""
    states, blame = [math.tanh(inputs[0])], [1.0]
    for x in inputs[1:]:
        states.append(math.tanh(w * states[-1] + x))
        blame.append(w * (1 - states[-1] ** 2) * blame[-1])
    return states, blame


kept, felt = loop(1.5, [1.0] + [0.0] * 20)
tell(kept=f"{kept[-1]:.2f}", felt=f"{felt[10]:.5f}")
with picture(
    "Two curves over 21 steps. The state rises from 0.76 to 0.86 and stays there. The blame that comes back "
    "to the first state begins at 1 and is near 0 after five steps.",
    caption="What is remembered of the 1, and what can be learned from it.",
    table=[["step", "state", "blame"], *([t, *row] for t, row in enumerate(zip(kept, felt, strict=True)))],
    height=3.2,
) as axes:
    draw_line(axes, 0, list(enumerate(kept)), "state $h_t$")
    draw_line(axes, 1, list(enumerate(felt)), "blame at $h_0$")
    axes.set_xlabel("step t")
    axes.set_xticks((0, 5, 10, 15, 20))
    axes.set_ylim(0, 1.05)
    label_lines(axes)

# %% [markdown]
# A paper by Bengio, Simard and Frasconi of 1994 has the finding as its title: *Learning long-term
# dependencies with gradient descent is difficult*. Many recurrent layers of today are built with this in
# mind. In the paper of Griffin, for instance, a language model of Google, a state is multiplied at each step
# by factors that begin between 0.9 and 1. At the end of this page you know why they are so near to 1.
#
# In this lesson you will
#
# {{ objectives }}
#
# ??? primer "Stretch and eigenvalues in five lines"
#     - A matrix $W$ makes of a vector $v$ the vector $Wv$, which is $|Wv|/|v|$ times as long. The **largest
#       stretch** $\lVert W \rVert$ is the largest such factor. It is also called the largest singular value,
#       and is `np.linalg.norm(W, 2)`. $W^\top$, which is $W$ with rows and columns exchanged, has the same.
#     - Along an *eigenvector* $W$ only multiplies, by the *eigenvalue* $\lambda$, which may be complex. The
#       **spectral radius** $\rho(W)$ is the largest $|\lambda|$: `max(abs(np.linalg.eigvals(W)))`.
#     - The spectral radius is never above the largest stretch, and can be far below it.
#     - $W^k$ is $W$ applied $k$ times. On average over many steps its largest stretch changes by the factor
#       $\rho(W)$ a step.
#     - If $W^\top W$ has ones on its diagonal and zeros elsewhere, $W$ is *orthogonal*: it turns or mirrors,
#       and stretches nothing.
#
# ## Why the blame is gone
#
# The loop is $h_t = \tanh(w\, h_{t-1} + x_t)$. If you push $h_{t-1}$ a little, $h_t$ moves $w\,(1 - h_t^2)$
# times as far: first comes $w$, then the slope of the tanh that made $h_t$. Over many steps the factors are
# multiplied,
#
# $$\frac{\partial h_{T-1}}{\partial h_0} = w\,(1 - h_1^2) \cdots w\,(1 - h_{T-1}^2) ,$$
#
# where $T$ is the number of states, and blame that comes back is multiplied by the same numbers, in the
# other order.
#
# By hand, with $w = 1.25$, and with inputs that make the states 0.6 and 0.8 by turns. The slopes are
# $1 - 0.36 = 0.64$ and $1 - 0.64 = 0.36$, so the factors are $1.25 \cdot 0.64 = 0.8$ and
# $1.25 \cdot 0.36 = 0.45$. After two steps $0.8 \cdot 0.45 = 0.36$ of the blame is left, after four
# $0.36 \cdot 0.36 = 0.13$, after six 0.05. The number of steps that halve it on average is the **half-life**,
# here {{ value by_hand }}. Yet this $w$ is *above* 1.
#
# {{ exercise how_far_back }}
#
# ??? predict firmer "With $w = 3$ the state rests nearer to 1 than with 1.5. Which blame fades faster?"
#     - ( ) that with $w = 1.5$, since its $w$ is smaller
#     - ( ) both alike, since both states stay for ever
#     - (x) that with $w = 3$
#
#     That with $w = 3$. Its state rests at {{ value rest_3 }}, near the wall, where tanh is so flat that
#     $3 \cdot$ slope is only {{ value factor_3 }}.

# %% fold
table = [["w", "the state rests at", "slope there", "factor of a step", "half-life of the blame"]]
for w in (1.1, 1.5, 2.0, 3.0):
    rest = loop(w, [1.0] + [0.0] * 2000)[0][-1]
    slope = 1 - rest**2
    table.append([w, f"{rest:.3f}", f"{slope:.3f}", f"{w * slope:.3f}", f"{math.log(0.5, w * slope):.1f}"])
show_table(table, caption="The firmer the rest, the faster the blame fades.")
tell(rest_3=table[-1][1], factor_3=table[-1][3])
tell(by_hand=f"{math.log(0.5, math.sqrt(0.8 * 0.45)):.1f}")

# %% [markdown]
# The firmer a state holds, the less blame comes back through it. It must be so, because to hold on firmly
# *means* that nudges die out, and a gradient is what becomes of a nudge. So there is a trade-off: a loop that
# keeps things safe for long is one that gradient descent can hardly teach from afar.
#
# But does it matter that the blame is small? One could multiply it. It does matter, because $w$ collects
# blame from all steps and adds it up. If what comes from far back is a millionth of what comes from near, the
# sum points where the near steps want it. The network goes on learning, only not from what lies far back.
#
# !!! history "From 1991 to 2013"
#     Sepp Hochreiter analysed the fading gradient in his diploma thesis of 1991, in German. The paper of 1994
#     describes the trade-off. Pascanu, Mikolov and Bengio took both troubles up again in 2013. The
#     conditions, the cliff, the clip by norm and the penalty have here the form of their paper, which names
#     those who came before: Doya for the dynamics behind the cliff, Mikolov for a clip by value.
#
# {{ part "What is certain of a matrix" }}
#
# ## From a factor to a Jacobian
#
# With many numbers in the state, $h_t = \tanh(W h_{t-1} + U x_t + b)$, the factor of a step becomes a matrix,
# the **Jacobian**
#
# $$J_t = \frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t^2)\, W ,$$
#
# which is $W$ with row $i$ multiplied by the slope of number $i$. Over many steps it is a product of
# matrices, with the latest on the left:
#
# $$\frac{\partial h_{T-1}}{\partial h_0} = J_{T-1}\, J_{T-2} \cdots J_2\, J_1 .$$
#
# $W$ is the same in each, but the slopes are not, because they depend on what was read.
#
# {{ exercise gradient_norms }}
#
# ### The largest stretch
#
# What may be said without knowing the inputs? A step stretches a vector by no more than
# $s\, \lVert W \rVert$, where $\lVert W \rVert$ is the largest stretch of $W$ and $s$ the steepest slope that
# there is. For tanh $s$ is 1, for the sigmoid $\frac14$. After $k$ steps the blame is at most
# $(s\, \lVert W \rVert)^k$ times as long as at the start.
#
# ??? predict must "$W$ stretches everything by 2, and there is a tanh. What do gradients do over 60 steps?"
#     - ( ) They explode.
#     - ( ) They vanish.
#     - (x) It depends on the inputs.
#
#     It depends on the inputs. This $W$ throws the states away from 0 even if the inputs are weak, and their
#     numbers run out to about {{ value weak_size }} on average. But enough slopes stay steep: a step
#     multiplies by about {{ value weak_step }} on average, and after 60 steps the gradient is some two
#     thousand times as long. Strong inputs press {{ value strong_far }} of all numbers beyond 0.9, and about
#     {{ value strong }} of it is left, with the same $W$.


# %% fold
def lengths_back(gain, loudness, steps, draws=101, n=32, first=100):
    """Lengths of the gradient 0 .. steps steps before the last state, and these states.

    h_t = tanh(W h_{t-1} + x_t), where W is an orthogonal matrix times `gain` and the inputs are normal with
    the size `loudness`; a column for each draw of both. `first` steps were read before, so that the start is
    forgotten. The gradient of the last state is all ones, shortened to 1.
    """
    rng = np.random.default_rng(0)
    W = gain * np.linalg.qr(rng.standard_normal((draws, n, n)))[0]
    h, states = np.zeros((draws, n, 1)), []
    for t in range(first + steps + 1):
        h = np.tanh(W @ h + loudness * rng.standard_normal(h.shape))
        states += [h] if t >= first else []
    g = np.full((draws, n, 1), n**-0.5)
    found = [np.ones(draws)]
    for h in states[:0:-1]:
        g = W.transpose(0, 2, 1) @ ((1 - h**2) * g)
        found.append(np.linalg.norm(g, axis=(1, 2)))
    return np.array(found), np.array(states)


def ten(number):
    """The power of ten that is nearest to a number."""
    return f"$10^{{{round(math.log10(number))}}}$"


all_courses = {
    "2, weak inputs": lengths_back(2.0, 0.1, 60),
    "2, strong inputs": lengths_back(2.0, 3.0, 60),
    "0.9, weak inputs": lengths_back(0.9, 0.1, 60),
}
courses = {name: np.median(lengths, axis=1) for name, (lengths, _) in all_courses.items()}
(weak, weak_states), (strong, strong_states) = (all_courses[f"2, {how} inputs"] for how in ("weak", "strong"))
assert 1400 < np.median(weak[-1]) < 3000 and np.mean(weak[-1] > 10) > 0.9  # what the text says in words
assert np.mean(strong[-1] < 1e-6) > 0.9
tell(
    weak_size=f"{abs(weak_states).mean():.1f}",
    weak_step=f"{np.median(weak[-1]) ** (1 / 60):.2f}",
    strong_far=f"{100 * (abs(strong_states) > 0.9).mean():.0f} %",
    strong=ten(np.median(strong[-1])),
)
with picture(
    "Three lines over 60 steps back, on a logarithmic scale. With the stretch 2 and weak inputs the gradient "
    "grows more than a thousandfold, with strong inputs it falls below a millionth. With 0.9 it falls "
    "evenly.",
    caption="The length of the gradient, as a share of that at the last step: medians of "
    f"{weak.shape[1]} draws. W is an orthogonal matrix, times 2 or 0.9.",
    table=[
        ["steps back", *courses],
        *([k, *(f"{course[k]:.2g}" for course in courses.values())] for k in range(0, 61, 5)),
    ],
    height=3.4,
) as axes:
    for number, (name, course) in enumerate(courses.items()):
        draw_line(axes, number, list(enumerate(course)), name, marked=False)
    axes.set_yscale("log")
    axes.axhline(1, color=INK, linewidth=0.6)
    axes.set_xlabel("steps back")
    axes.set_ylabel("length of the gradient")
    label_lines(axes)

# %% [markdown]
# So a large stretch decides nothing by itself. The bound says this much:
#
# - $s\,\lVert W \rVert < 1$ is **sufficient** for gradients to vanish. With tanh that is a stretch below 1,
#   with the sigmoid one below 4. So with the sigmoid an orthogonal $W$ loses at least three quarters of the
#   blame at each step.
# - $s\,\lVert W \rVert > 1$ is **necessary** for gradients to explode, since otherwise they cannot grow. It
#   is not sufficient.
#
# ### The spectral radius
#
# Suppose that there is no squeeze, $h_t = W h_{t-1} + \dots$ Then all slopes are 1, the product is the power
# $W^k$, and in the long run the eigenvalues decide. A spectral radius below 1 is **sufficient** for gradients
# to vanish. One above 1 is **necessary** for them to grow, in the long run, by a factor a step. For the
# largest stretch of the product it is also sufficient, since $\lVert W^k \rVert \ge \rho(W)^k$, but your
# gradient may have no part in the direction of $W^\top$ that grows. At $\rho(W) = 1$ a gradient may still
# grow, only more slowly than by a factor.
#
# "In the long run" can be long. Take
#
# $$W = \begin{pmatrix} 0.5 & 4 \\ 0 & 0.5 \end{pmatrix}$$
#
# Both eigenvalues are 0.5. The blame $(1, 0)$ goes back, and is multiplied by $W^\top$ at each step: both
# numbers are halved, and four times the old first one is added to the second.

# %% fold
W, g = np.array([[0.5, 4.0], [0.0, 0.5]]), np.array([1.0, 0.0])
bump = []
for k in range(13):
    bump.append((k, float(np.linalg.norm(g))))
    g = W.T @ g
cancels = np.array([[2.0, 2.0], [-2.0, -2.0]])
assert not (cancels @ cancels).any()
assert np.allclose(np.diag([1, 0.1]) @ cancels @ [2, -0.2], 1.8 * np.array([2, -0.2]))
tell(held=f"{math.sqrt(1 - 0.1):.2f}")
tell(stretch=f"{np.linalg.norm(W, 2):.1f}", bump=bump, under=next(k for k, y in bump if k and y < 1))

# %% [markdown]
# ??? predict bump "The first step makes of it $(0.5, 4)$. Draw how its length goes on."
#     curve: bump
#     across: steps back
#     up: length of the gradient
#     given: 1
#
#     It stays up for another step, and falls below 1 only at step {{ value under }}. By hand: $(1, 0)$,
#     $(0.5, 4)$, $(0.25, 4)$, $(0.125, 3)$, $(0.0625, 2)$.
#
# It grows to four times its length, and vanishes all the same. If $W$ had as many eigenvectors as rows, all
# at right angles (complex ones, perhaps), its largest stretch would be its spectral radius. This one has a
# single direction of that kind, and the two are far apart: {{ value stretch }} and 0.5.
#
# And with slopes nothing follows from the spectral radius alone, from two numbers on. Take
#
# $$\begin{aligned} W &= \begin{pmatrix} 2 & 2 \\ -2 & -2 \end{pmatrix} \\[1ex]
# W \begin{pmatrix} 1 \\ 0 \end{pmatrix} &= \begin{pmatrix} 2 \\ -2 \end{pmatrix} \\[1ex]
# W \begin{pmatrix} 2 \\ -2 \end{pmatrix} &= \begin{pmatrix} 0 \\ 0 \end{pmatrix} . \end{aligned}$$
#
# Its square is zero, so without a squeeze every push is dead after two steps. Now let the slope of the second
# number be 0.1 at each step and that of the first 1, as with inputs that keep $h$ at $(0, {{ value held }})$.
# The push $(1, 0)$ becomes $(2, -0.2)$, then $(3.6, -0.36)$, and from there on each step multiplies it by
# $2 - 0.2 = 1.8$. The slope only made something smaller, but what it made smaller had been needed to cancel.
#
# {{ exercise what_is_proved }}
#
# !!! sofar
#     A gradient on its way back is a product of slopes and $W$. A stretch below $1/s$ makes it vanish for
#     certain; a larger one alone decides nothing. Next: what exploding looks like in the loss, and what
#     helps.
#
# {{ part "The cliff" }}
#
# ## A smooth loss that falls steeply
#
# Take the smallest network that shows it, a single number with a sigmoid and no input,
#
# $$z_t = w\, \mathrm{sigmoid}(z_{t-1}) + b, \qquad z_{-1} = 0.5 ,$$
#
# let it run for 50 steps, and wish that its sigmoid be 0.7 in the end:
# $L = (\mathrm{sigmoid}(z_{49}) - 0.7)^2$. We hold $b = -2.5$ and look at the loss over $w$.


# %% fold
def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def hill(w, b, steps=50):
    """All states; the loss; its slopes for w and b."""
    z, by_w, by_b, states = 0.5, 0.0, 0.0, []
    for _ in range(steps):
        y = sigmoid(z)
        slope = w * y * (1 - y)
        z, by_w, by_b = w * y + b, y + slope * by_w, 1 + slope * by_b
        states.append(z)
    y = sigmoid(z)
    blame = 2 * (y - 0.7) * y * (1 - y)
    return states, (y - 0.7) ** 2, np.array([blame * by_w, blame * by_b])


b = -2.5
edge = (0.5 - b) / sigmoid(0.5)  # where the state stays at 0.5
near = {f"edge {off:+g}" if off else "edge": edge + off for off in (-0.01, -0.001, 0, 0.001, 0.01)}
across = np.unique([*np.linspace(3, 7, 81), *near.values()])
slices = [(float(w), hill(w, b)[1]) for w in across]
rows = {f"{w:.1f}": w for w in np.arange(3.0, 7.5, 0.5)} | near
longest, steepest = max((float(np.linalg.norm(hill(w, b)[2])), w) for w in edge + np.linspace(-2e-3, 0, 2001))
point = np.array([steepest, b])
fall = hill(*point)[2]
landed = point - 0.1 * fall
tell(edge=f"{edge:.2f}", growth=f"{edge * sigmoid(0.5) * (1 - sigmoid(0.5)):.2f}")
tell(grown=f"{(edge * sigmoid(0.5) * (1 - sigmoid(0.5))) ** 50:,.0f}")
tell(longest=f"{longest:,.0f}", landed=f"{landed[0]:.0f}")
tell(usual=f"{hill(4.5, b)[2][0]:.2f}", steep=f"{fall[0]:,.0f}")
around = np.linspace(-2.4, 3, 5401)  # a rest at z is one of w = (z - b) / sigmoid(z)
turns = (around - b) * (1 + np.exp(-around))
turns = turns[1:-1][np.diff(np.sign(np.diff(turns))) != 0]
assert len(turns) == 2 and min(turns) < edge < max(turns)
tell(rests_from=f"{min(turns):.2f}", rests_to=f"{max(turns):.2f}")
tell(dead=f"{np.linalg.norm(hill(*landed)[2]):g}", landed_b=f"{landed[1]:.0f}")
with picture(
    f"The loss over w from 3 to 7. It falls slowly from 0.36 to 0.31 at w {edge:.2f}, drops there straight "
    f"down to 0, where the last state passes what we wish, and then rises slowly to {hill(7.0, b)[1]:.2f}.",
    caption="The loss over w, with b = -2.5: a hill, a cliff, and a plain.",
    table=[
        ["w", "loss"],
        *([name, hill(w, b)[1]] for name, w in sorted(rows.items(), key=lambda row: row[1])),
    ],
    height=3.0,
) as axes:
    axes.plot(*zip(*slices, strict=True), color=LINES[0][0], linewidth=1.8)
    axes.set_xlabel("w")
    axes.set_ylabel("loss")
    axes.set_ylim(0, 0.4)

# %% [markdown]
# A slow hill, a cliff at $w =$ {{ value edge }}, and a plain behind it. Where does a cliff come from in a
# formula that is smooth everywhere? Follow the state on both sides of it, a hundredth apart.

# %% fold
sides = {name: [0.5, *hill(edge + off, b)[0]] for name, off in (("right of it", 5e-3), ("left of it", -5e-3))}
with picture(
    "Two curves of the state over 50 steps, for two values of w that differ by a hundredth. For some ten "
    "steps both stay near 0.5. Then one rises and stays high, the other falls and stays low.",
    caption="The state over 50 steps, for w just left of the cliff and just right of it.",
    table=[["step", *sides], *([t - 1, *(z[t] for z in sides.values())] for t in range(0, 51, 5))],
    height=3.0,
) as axes:
    for number, (name, states) in enumerate(sides.items()):
        draw_line(axes, number, list(enumerate(states, -1)), name, marked=False)
    axes.axhline(0.5, color=INK, linestyle=":", linewidth=1.2)
    axes.set_xlabel("step t")
    axes.set_ylabel("state z")
    label_lines(axes)

# %% [markdown]
# For these $w$ the loop has two rests that draw states in, a high one and a low one, and between them an
# unstable rest, where a state stays only if nothing nudges it. At the edge the start 0.5 is just this
# unstable rest. There a step multiplies nudges by $w$ times the slope of the sigmoid, which is
# {{ value growth }}, and 50 steps multiply them by about {{ value grown }}. A change of $w$ is a nudge at
# each step. So a tiny one decides between high and low, and the slope of the curve, ${{ value usual }}$ on
# the hill at $w = 4.5$, is ${{ value steep }}$ at the steepest place.
#
# The condition of the last part is visible here. As long as $w$ lies between $-4$ and $4 = 1/s$, no nudge can
# grow, so there is one rest only, and no cliff. This is sufficient and not the border: with our $b$ there are
# two such rests only for $w$ from {{ value rests_from }} to {{ value rests_to }}. Walk to the
# edge and look where a step would lead, with the clip and without it.
# {{ widget cliff }}
#
# If $b$ may move, too, the gradient at the steepest place is {{ value longest }} long, and a step of $-0.1$
# times the gradient leads to $w =$ {{ value landed }}, $b =$ {{ value landed_b }}, where the sigmoid is at
# its wall, and the gradient is {{ value dead }} to the last digit. The explosion has thrown the network to
# where everything vanishes.
#
# ### By norm or by value
#
# A **clip by norm** shortens the arrow. A **clip by value** cuts each number by itself. Here is what a limit
# of 1 makes of three gradients.

# %% fold
table = [["gradient", "by norm", "by value", "turned by"]]
for arrow in (fall, np.array([3.0, -40.0]), np.array([0.3, -40.0])):
    norm, value = arrow / np.linalg.norm(arrow), np.clip(arrow, -1, 1)
    turned = math.degrees(math.acos(norm @ value / np.linalg.norm(value)))
    shown = [", ".join(f"{x:.2f}" for x in each) for each in (norm, value)]
    whole = ", ".join(f"{x:.0f}" if abs(x) >= 1 else f"{x:.1f}" for x in arrow)
    table.append([whole, *shown, f"{turned:.0f} degrees"])
show_table(
    table,
    caption="Two clips with the limit 1. The first gradient is that of the steepest place. By value the "
    "limit holds for each number, so with n numbers what is left may be as long as the root of n.",
)

# %% [markdown]
# By norm the step goes less far in the direction of the gradient. By value every number beyond the limit
# becomes the limit, with its sign, so most arrows turn, and of a long one hardly more than signs is left.
# Either way the step is short, so it ends where the gradient still says something. But no clip makes a
# gradient longer.
#
# {{ exercise which_clip }}
#
# {{ part "Keeping blame alive" }}
#
# ## A penalty, a start, a window
#
# ### A price on changing the length
#
# If gradients should keep their length, why not ask for it? Pascanu, Mikolov and Bengio (2013) add a penalty
# to the loss. Write $z_t$ for what is inside the tanh and $g_t = \partial L / \partial z_t$. On its way back
# $g_{t+1}$ becomes $u_t = (1 - h_t^2) * (W^\top g_{t+1})$, where the star multiplies number by number. Then
#
# $$\Omega = \sum_t \left( \frac{|u_t|}{|g_{t+1}|} - 1 \right)^2 .$$
#
# By hand: a step that halves the gradient costs $(0.5 - 1)^2 = 0.25$, one that makes it half as long again
# costs the same, and one that keeps its length costs nothing. A gradient that dies costs no more than 1 a
# step, but one that grows threefold costs 4.
#
# $\Omega$ looks only along the direction in which blame really comes; all others may shrink. To learn from
# it, one holds $g_{t+1}$ and the slopes fixed and asks how $W$ alone would change the ratio: the *immediate*
# derivative. The full one would need a walk back through the walk back. The authors clip as well, since
# without it training usually fails, by exploding gradients.
#
# {{ exercise omega }}
#
# ### Where to start
#
# With an orthogonal $W$ every stretch is 1, and only the slopes can shrink a gradient. A plain case is the
# identity, with ones on the diagonal, which hands each state number on as it is. Le, Jaitly and Hinton (2015)
# start from it, with a ReLU for the tanh, whose slope is exactly 1 wherever it is not 0. For other orthogonal
# matrices one takes chance. But a random matrix made orthogonal by a library need not be fairly drawn.
#
# {{ exercise orthogonal_start }}
#
# Training need not leave $W$ as it began. In {{ lesson vanilla_rnn }} it began as a turn, and training
# stretched it, even with a clip. There are ways to keep $W$ orthogonal in training, too.
#
# ### Cutting the walk off
#
# A walk back over a whole book needs all its states in memory. **Truncated** backpropagation cuts the text
# into windows, hands the state on from one to the next, and lets blame stop at the border.
#
# ??? predict windows "Training used windows of 64 steps. Can the network use what it read 200 steps ago?"
#     - ( ) No, because no gradient reached so far.
#     - (x) It can, but nothing taught it to hold for so long.
#     - ( ) Yes, as well as what it read 20 steps ago.
#
#     It can, since the state is handed on and nothing is cut on the way forward. A number that learned to
#     hold something for 60 steps may go on holding it. But if only things 200 steps apart would pay, no blame
#     for them ever arrives.
#
# So beyond a window all blame has vanished, by your choice, and within it none is cut.
#
# {{ exercise pairs_seen }}
#
# {{ part "What was measured" }}
#
# ## The experiment
#
# The task is *temporal order*, one of the tests of Hochreiter and Schmidhuber (1997), as the paper of 2013
# and its program set it. A network reads symbols, one a step. In the second tenth of the sequence stands an A
# or a B, in the sixth tenth again one of the two, and all else is noise. After the last step it has to say
# which two came, and in which order. So the blame for the first one must come back over at least four fifths
# of the sequence.
#
# We trained plain networks of {{ value units }} numbers in four ways: plain gradient descent, with the clip,
# with the clip and $\Omega$, and with $\Omega$ alone. As in section 4.1.1 of the paper, the clip's limit is 1
# and the weight of $\Omega$ is 4, {{ value batch }} sequences make a batch, and the weights start as normal
# numbers with the standard deviation {{ value start }}. Our rates are {{ value rates }}. A run has solved its
# length if it gets less than 1 % of 10,000 new sequences wrong.
#
# ??? predict order "Which of the four solves the longest sequences?"
#     - ( ) plain descent
#     - ( ) the clip
#     - (x) the clip and $\Omega$
#     - ( ) $\Omega$ alone
#
#     The clip and $\Omega$ together. At its best rate every seed solved {{ value both_all }} steps, with the
#     clip {{ value clip_all }}, with plain descent {{ value plain_all }}.
#
# The clip helps, and $\Omega$ with the clip helps once more. This is the order that the paper reports, with
# one rate, 0.01, for all. The runs can be compared one by one, with the same start, sequences and learning
# rate. In {{ value clip_only }} of {{ value runs }} such pairs the clip solved what plain descent did not,
# and in {{ value both_only }} of {{ value runs }} $\Omega$ with the clip solved what the clip alone did not.
# The reverse happened in {{ value reverse }} pairs.
# %% fold
study = results.load("reproduce-temporal-order")
settings, ways = study["settings"], study["variants"]
lengths = settings["lengths"]
solved = {name: [100 * way["share solved"][str(n)] for n in lengths] for name, way in ways.items()}
with picture(
    "Share of runs that solve the task, against its length. All begin at 100 %. Plain descent falls first "
    "and is at 0 from 30 steps on. The clip, and Omega by itself, fall after 30 and are at 0 from 50 on. "
    "Both together stay at 100 % up to 50 steps and are at 67 % at 60.",
    caption=f"Share of {settings['seeds']} seeds that solve the task, each way at its best learning rate.",
    table=[
        ["length", *solved],
        *(
            [n, *(f"{share:.0f} %" for share in row)]
            for n, *row in zip(lengths, *solved.values(), strict=True)
        ),
    ],
    height=3.4,
) as axes:
    for number, (name, shares) in enumerate(solved.items()):
        draw_line(axes, number, list(zip(lengths, shares, strict=True)), name)
    axes.set_xlabel("length of the sequence")
    axes.set_ylabel("runs that solve it, in %")
    axes.set_ylim(-4, 106)
    label_lines(axes)
table = [["", "best rate", "solved by all its seeds", "by any run", "runs solved", "gradient above 100"]]
for name, way in ways.items():
    longest = way["longest solved by all seeds"], way["longest solved by any run"]
    of_all = (f"{way[what]} of {way['runs']}" for what in ("solved", "exploded"))
    table.append([name, way["rate"], *longest, *of_all])
show_table(
    table,
    caption="The four ways: the best rate, the longest sequences that all seeds solved at this rate, and the "
    "longest that any run solved at any rate. The last two columns count all runs; gradients are measured "
    "before the clip. For plain descent the middle rate is as good.",
)

pairs = study["pairs of runs: who solved"]
first, second = pairs["plain or clip"], pairs["clip or clip and Omega"]
tell(clip_only=first["clip"], both_only=second["clip and Omega"], reverse=first["plain"] + second["clip"])
tell(runs=ways["clip"]["runs"], units=settings["units"], seeds=settings["seeds"])
tell(
    **{
        f"{way}_all": ways[name]["longest solved by all seeds"]
        for way, name in (("plain", "plain"), ("clip", "clip"), ("both", "clip and Omega"))
    }
)
tell(alone=ways["Omega alone"]["exploded"], alone_all=ways["Omega alone"]["longest solved by all seeds"])
tell(updates=f"{settings['updates']:,}")
tell(with_clip=ways["clip and Omega"]["exploded"], clip_exploded=ways["clip"]["exploded"])
tell(
    **{
        f"{way}_failed": ways[name]["runs"] - ways[name]["solved"]
        for way, name in (("alone", "Omega alone"), ("clip", "clip"))
    }
)
tell(batch=settings["batch"], start=settings["start"])
tell(rates="{}, {} and {}".format(*settings["rates"]))
assert abs(ways["Omega alone"]["exploded"] - ways["clip"]["exploded"]) <= 2
assert ways["Omega alone"]["exploded"] < ways["clip and Omega"]["exploded"]
assert ways["Omega alone"]["longest solved by all seeds"] == ways["clip"]["longest solved by all seeds"]

# %% [markdown]
# What speaks against it? There are {{ value seeds }} seeds, and a run ends after {{ value updates }} updates,
# where the authors allow five million and go to longer sequences. Each way has the best of three rates,
# chosen on the runs that are shown, and the best is the smallest of them for both that do not clip, and the
# largest for both that do. So a wider choice might move the numbers. One thing came out otherwise than in the
# paper: $\Omega$ alone did not usually explode. {{ value alone }} of {{ value runs }} such runs once met a
# gradient above 100; with the clip alone it was {{ value clip_exploded }}, with both {{ value with_clip }}.
# That is a rough measure, and {{ value alone_failed }} of these runs failed, with the clip alone
# {{ value clip_failed }}. At the smallest rate $\Omega$ alone solved {{ value alone_all }} steps, as many as
# the clip at its best.
#
# ## What layers keep
#
# How much is left in layers as they start? We measured it for the plain network with an orthogonal $W$ times
# a radius, and for three layers of later lessons. They read white noise. Inside the tanh of the plain network
# its size is {{ value noise_inside }}.
#
# ??? predict eleven "An orthogonal $W$ times 1.1, and this noise. What is left after 100 steps?"
#     - ( ) $1.1^{100}$, about fourteen thousand times as much
#     - ( ) about as much as at the start
#     - (x) less than a millionth
#
#     Less than a millionth: about {{ value left_11 }}. A stretch above 1 does not make growth certain, and
#     noise of this size keeps the states so far from 0 that the slopes win. With noise of size
#     {{ value quiet }} in {{ value few }} numbers we found about as much as at the start.

# %% fold
at_start = results.load("reproduce-vanishing-gradients")
names = {
    "RNN 1.1": "RNN, radius 1.1",
    "RNN 2.0": "RNN, radius 2",
    "LSTM": "LSTM",
    "LRU ring": "LRU",
    "RG-LRU paper": "RG-LRU",
}
far = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300]
left = {name: {k: at_start["norm"][name][str(k)]["median"] for k in far} for name in names}


# U starts evenly between plus and minus 1 / root of the width, and the inputs have the size 1.
tell(noise_inside=f"{math.sqrt(1 / 3):.1f}")


def rounded(share):
    """With as many digits as the seeds agree in."""
    return f"{share:.2f}" if 0.1 < share < 10 else f"{share:.1g}"


quiet = 0.03
quiet_lengths, quiet_states = lengths_back(1.1, quiet, 100)
fade = (left["LSTM"][100] / left["LSTM"][50]) ** (1 / 50)
assert left["RNN 1.1"][100] < 1e-6 and 0.7 < np.median(quiet_lengths[-1]) < 1.4
assert 0.55 < fade < 0.65 and 10_000 < left["RNN 2.0"][100] < 100_000  # what the text says in words
tell(
    quiet=quiet,
    few=quiet_states.shape[2],
    left_code=f"{at_start['norm']['RG-LRU']['100']['median']:.2f}",
    left_11=ten(left["RNN 1.1"][100]),
    left_lru=f"{left['LRU ring'][100]:.1f}",
    left_rg=f"{left['RG-LRU paper'][100]:.1f}",
    left_lstm=ten(left["LSTM"][100]),
    life=f"{math.log(0.5, 0.999):.0f}",
)
with picture(
    "Length of the gradient against steps back, both logarithmic. The plain network with radius 1.1 and "
    "the LSTM fall below a hundredth within twenty steps. With radius 2 it grows. The LRU and the RG-LRU "
    "fall slowly, and have more than a tenth left after 200 steps.",
    caption="What is left of the gradient k steps back, as a share. Layers as they start, medians of "
    f"{at_start['settings']['seeds']} seeds. The LRU has factors of sizes from 0.9 to 0.999, the RG-LRU "
    "starts as in the paper of Griffin.",
    table=[
        ["steps back", *names.values()],
        *([k, *map(rounded, (left[name][k] for name in names))] for k in far),
    ],
    height=4.0,
) as axes:
    for number, (name, label) in enumerate(names.items()):
        inside = [(k, y) for k, y in left[name].items() if 1e-7 < y < 1e4]
        draw_line(axes, number, inside, label)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_ylim(1e-7, 1e4)
    axes.set_xlabel("steps back")
    axes.set_ylabel("what is left")
    label_lines(axes)

# %% [markdown]
# After 100 steps the LRU still has about {{ value left_lru }} of the gradient and the RG-LRU
# {{ value left_rg }}, while the plain network with radius 2 has tens of thousands of times as much as at the
# start. The LSTM, built against this very trouble, has about {{ value left_lstm }}, losing four tenths a
# step: a gate that was added to it later multiplies its cell by about one half when training starts, and the
# ways through $h$ give back only a part. How it is started otherwise is a matter for {{ lesson gates }}.
#
# ### Back to layers that start near 1
#
# In the LRU a state number is multiplied by a factor of its own at each step, and no tanh stands in its way.
# So the product of Jacobians is just the product of these factors, and a factor of 0.999 has a half-life of
# {{ value life }} steps. Its size can never be above 1, so nothing explodes. A start near 1, but below it, is
# what this lesson asks for (at 1 nothing would be forgotten). Griffin's layer, the RG-LRU, also multiplies,
# but a gate that looks at the input moves its factor between 1 and a smallest one, which the paper starts
# between 0.9 and 0.999.
#
# What is given up? A state of the LRU has no two rests to decide between. It does not hold on, it only fades
# slowly, and noise stays in it as long as what was meant. The trade-off of 1994 is still there, but on its
# other side: such a layer can be taught from afar, and what holds on firmly must be built in by other means,
# such as gates that shut noise out.
#
# ## What to remember
#
# {{ keypoints }}
#
# ## Check yourself
#
# ??? check "A sigmoid network has an orthogonal $W$. What is certain of its gradients?"
#     They vanish. The steepest slope is a quarter, so a step leaves at most a quarter of the length, whatever
#     the inputs are.
#
# ??? check "Somebody's gradients exploded. What do you know of $W$ and what not?"
#     With tanh, that it stretches some direction by more than 1. Not that its spectral radius is above 1, for
#     with slopes gradients can grow though all eigenvalues of $W$ are 0.
#
# ??? check "Gradient $(0.2, -30)$, limit 1. What do the two clips make of it?"
#     By norm about $(0.007, -1)$, which points where it pointed. By value $(0.2, -1)$, which is turned by
#     about 11 degrees.
#
# ??? check "Why does a bracket memory with $w = 3$ work, and why could it hardly be learned?"
#     It has two rests, and nudges die out at both, so nothing small disturbs it. But a gradient is a nudge on
#     its way back, and dies as well.
#
# ## What comes next
#
# {{ Lesson gates }} keeps the tanh and adds a road beside it, on which the factor is a number that the
# network chooses. {{ Lesson linear }} drops the tanh. {{ Lesson lru }} then asks which factors to start from,
# and there the 0.999 comes back.
#
# ## Where papers and programs differ
#
# !!! note "Where papers and programs differ"
#     - **Letters.** Pascanu and his colleagues call $x_t$ what is $z_t$ here, so their Jacobian has the slope
#       of the earlier state, on the other side of $W$, and they write $W^\top$ where ours is $W$. They call
#       the bound of the slope $\gamma$, which is kept for the LRU here, and in the proceedings the largest
#       singular value $\lambda_1$. The text on arXiv, as it is quoted, has "the largest eigenvalue" in this
#       place. That is an error: the matrix above whose square is zero contradicts it.
#     - **The places of the task.** A comment in their program puts the first event of *temporal order* into
#       other places than the program itself does. We follow the program.
#     - **Omega.** The paper sums over the steps and defines $\Omega$ with lengths, as in the exercise, but
#       its own formula for the derivative has *squared* lengths. So has its program, as we read it, which
#       takes a mean over steps and sequences, and measures gradients for $h_t$, not for $z_t$. Our experiment
#       takes the mean, and for the rest does as the definition. The program, the exercise and our experiment
#       leave out steps whose gradient has a squared length below $10^{-20}$.
#     - **The start of the RG-LRU.** Griffin's paper starts the factor with an open gate, $a^8$, between 0.9
#       and 0.999. The program of RecurrentGemma, as we read it, puts $a$ itself there, and then about
#       {{ value left_code }} is left after 100 steps, not {{ value left_rg }}.
#     - **Truncated walks.** Some programs cut into windows, as here. Others walk back a fixed number of steps
#       from every step, or from every few.
#
# ## Read on
#
# - S. Hochreiter, *Untersuchungen zu dynamischen neuronalen Netzen*, diploma thesis, TU München, 1991. In
#   German.
# - Y. Bengio, P. Simard and P. Frasconi, *Learning long-term dependencies with gradient descent is
#   difficult*, IEEE Transactions on Neural Networks 5(2), 1994.
# - S. Hochreiter and J. Schmidhuber, *Long short-term memory*, Neural Computation 9(8), 1997. Temporal
#   order is one of its tests.
# - R. Pascanu, T. Mikolov and Y. Bengio, *On the difficulty of training recurrent neural networks*, ICML
#   2013, [proceedings](https://proceedings.mlr.press/v28/pascanu13.html), and [arXiv
#   1211.5063](https://arxiv.org/abs/1211.5063). The conditions, the cliff, the clip and $\Omega$.
# - Q. V. Le, N. Jaitly and G. E. Hinton, *A simple way to initialize recurrent networks of rectified linear
#   units*, 2015, [arXiv 1504.00941](https://arxiv.org/abs/1504.00941).
# - M. Arjovsky, A. Shah and Y. Bengio, *Unitary evolution recurrent neural networks*, ICML 2016, [arXiv
#   1511.06464](https://arxiv.org/abs/1511.06464). $W$ kept unitary, the complex kind of orthogonal, in
#   training.
# - F. Mezzadri, *How to generate random matrices from the classical compact groups*, Notices of the AMS
#   54(5), 2007. The signs of the QR decomposition.
#
# ??? teacher "For teachers"
#     {{ minutes }}
#
#     **In one sentence.** A gradient in a loop is a long product, so it usually fades or explodes; the class
#     can say which of the two is certain and when, and what is done about it.
#
#     **Needed before.** {{ Lesson vanilla_rnn }} with blame and the clip; matrices, and eigenvalues as
#     directions along which a matrix only multiplies. The fold at the top is a summary.
#
#     **Checkpoints**, without the exercises.
#
#     | in part | they can |
#     |---|---|
#     | 1 | say why a state that stays does not let blame through, with the numbers 0.6 and 0.8 |
#     | 2 | say which condition is sufficient and which necessary, and give a matrix against each reversal |
#     | 3 | draw the two rests and the unstable one, and say where on the map there is no cliff |
#     | 3 | shorten an arrow in both ways and measure the angle |
#     | 4 | say what $\Omega$, a start and a window each do, and what each does not |
#     | 5 | say which two ways the pairs of runs compare, and what speaks against the result |
#     | 5 | read the figure of the layers, and say what a factor of 0.999 gives up |
#
#     **Board plan.** Left, stays: a row of boxes with the factors 0.8 and 0.45 on the arrows, and the product
#     below. Middle: a table of two lines, *sufficient* and *necessary*, each with its counterexample. Right:
#     the cliff in profile, with an arrow that flies and one that is cut.
#
#     **If there are 30 minutes only.** Part 1 to the table of rests, the two conditions without the spectral
#     radius, and the cliff with its widget. The exercise is *which_clip*, on paper with two steps.
#
#     **What they may think, and what helps.**
#
#     - *A $w$ above 1 explodes.* The first picture: 1.5, and the blame is gone.
#     - *Above 1 is enough.* The figure with the stretch 2: the same $W$, weak inputs and strong ones.
#     - *The spectral radius tells it for tanh, too.* The matrix whose square is zero.
#     - *It vanishes, so it falls at each step.* The matrix with 4 in its corner: up first.
#     - *With the sigmoid the limit is a quarter.* It is four: the product of both must stay below 1.
#     - *Blame goes back by W.* A push goes forward by W, so what comes back to number $j$ is gathered down
#       column $j$.
#     - *A vanished gradient means that nothing is learned.* Near steps are learned from, far ones are not.
#     - *A clip helps against vanishing.* It only shortens.
#     - *A clip by value is the same, number by number.* Draw $(3, -40)$ and cut it both ways.
#     - *A window of 64 sees everything up to 64 back.* Draw the border, and a pair across it.
#     - *What no gradient saw cannot be remembered.* Forward nothing is cut.
#     - *QR gives a random orthogonal matrix.* Look at the number in its upper left corner a hundred times.
#
#     **Questions for the end.** Could $\Omega$ be computed for the LRU, and what would it say? (The ratio is
#     between its smallest and largest $|\lambda|$, near 1 from the start.) Why not start all factors at
#     exactly 1? (Nothing would be forgotten, so the state would grow with what it reads. The LRU at its start
#     and the RG-LRU multiply what they read by $\sqrt{1 - |\lambda|^2}$ against this, and at 1 that is 0, so
#     their state would never change.)

# %% [markdown]
# {{ part "What one eigenvalue remembers" }}
#
# Before a network has read its first symbol, its memory already has a shape. How long it will hold on to what
# it reads, and at which rhythms, is written in a few hundred complex numbers that somebody had to choose: its
# eigenvalues.
#
# On the left of the picture are the eigenvalues that you get by filling a matrix with random numbers. On the
# right are those with which the LRU, the layer of this lesson, starts when a task needs a long memory. Both
# are random, but those on the right remember much longer.
#
# The choice is no detail. RecurrentGemma, a family of open language models from Google, keeps its past in a
# layer called RG-LRU, and this layer is a child of the one that you build here: its decays are powers of
# numbers that start between 0.9 and 0.999, and its input is multiplied by a root $\sqrt{1 - a^2}$. At the end
# of this page you will know where the two radii and the root come from.
#
# ??? primer "Complex numbers in five lines"
#     - A complex number $a + bi$ is a point of the plane, $a$ to the right and $b$ up. You calculate with it
#       as usual, and $i \cdot i = -1$. $\mathrm{Re}(a + bi) = a$ is its real part.
#     - Its *size* $r = |a + bi| = \sqrt{a^2 + b^2}$ is the distance from the centre. Its *angle* $\theta$ is
#       measured from the axis to the right, in radians: a full turn is $2\pi$.
#     - With size and angle it is written $r\,e^{i\theta} = r\,(\cos\theta + i \sin\theta)$.
#     - To multiply is to stretch and turn: the sizes are multiplied and the angles are added. So $i$ turns by
#       a quarter, and $\lambda^k$ has the size $r^k$ and the angle $k\theta$.
#     - The mirror image $\overline{a + bi} = a - bi$ has the same size and turns the other way round.

# %% fold
import math

from minirnn.base.plots import INK, LINES, draw_line, label_lines
from minirnn.course import results
from minirnn.course.figures import picture, show_table, tell
from minirnn.layers.linear import impulse_response, random_matrix, to_eigenbasis
from minirnn.layers.lru import LRU, ring_spectrum
from minirnn.scan import scan

import numpy as np
import torch


def circle(axes, x=0.0, radius=1.0, **style):
    turn = np.linspace(0, 2 * math.pi, 181)
    style = {"color": INK, "linewidth": 1.0, **style}
    axes.plot(x + radius * np.cos(turn), radius * np.sin(turn), **style)


def cloud(axes, number, values, x=0.0, size=3.0):
    color, _, marker = LINES[number]
    values = np.asarray(values)
    axes.plot(x + values.real, values.imag, marker, color=color, markersize=size, linestyle="")


def bare(axes):
    axes.set_aspect("equal")
    axes.set_ylim(-1.35, 1.1)
    axes.axis("off")


torch.manual_seed(0)
matrix = torch.linalg.eigvals(random_matrix(256))
ring = torch.polar(*ring_spectrum(256, (0.9, 0.999), 2 * math.pi))
tell(real_ones=int((matrix.imag == 0).sum()))
with picture(
    "Two unit circles. On the left 256 points fill the whole disk about evenly, a few of them just outside "
    "and some in a row on the horizontal axis. On the right 256 points lie on a thin ring along the circle, "
    "all inside.",
    table=[
        ["radius", "random matrix, share below", "ring, share below"],
        *(
            [r, float((matrix.abs() < r).float().mean()), float((ring.abs() < r).float().mean())]
            for r in (0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0, 1.1)
        ),
    ],
    caption="256 eigenvalues of a random matrix, and 256 of an LRU, in the complex plane.",
    height=3.2,
) as axes:
    for x, values, number, label in ((0, matrix, 0, "random matrix"), (2.6, ring, 1, "the LRU's ring")):
        circle(axes, x)
        cloud(axes, number, values, x)
        axes.text(x, -1.25, label, ha="center")
    bare(axes)

# %% [markdown]
# The {{ value real_ones }} points on the axis are real numbers. A large random matrix has some, and its other
# eigenvalues come in pairs, one above the axis and its mirror image below.
#
# Orvieto et al. (2023) asked how little one has to change in a plain recurrent network to make it as good on
# long sequences as the best models of the time. Their first step is to drop the $\tanh$. In this lesson you
# will
#
# {{ objectives }}
#
# ## From a matrix to single numbers
#
# Take the network of {{ lesson vanilla_rnn }}, drop the $\tanh$, and call its matrices $A$, $B$ and $C$:
#
# $$\begin{aligned} h_t &= A\, h_{t-1} + B\, x_t \\ y_t &= C\, h_t + D * x_t \end{aligned}$$
#
# The input $x_t$ and the output $y_t$ have `d_model` numbers and the state $h_t$ has $N$, in the code
# `d_state`. $D$ lets the input pass by, number by number.
#
# This is a linear recurrence, so it is a scan. But to join two of its machines you must multiply two
# matrices, which takes $N^3$ multiplications where a step of the loop needs $N^2$. With a few hundred states
# that is no bargain.
#
# The way out is to look at the state from another side. For almost every matrix there are $N$ directions, in
# general complex ones, along which it only multiplies by a number. Such a direction $v$ is an *eigenvector*,
# and the number $\lambda$ is its *eigenvalue*: $A\, v = \lambda\, v$. Write the state as so much of each
# eigenvector. A step then multiplies each of these amounts by its own eigenvalue, and no amount ever mixes
# with another. With the eigenvectors as the columns of $V$, the amounts in $z$ and the eigenvalues in a list
# $\Lambda$ (*Lambda*),
#
# $$\begin{aligned} A &= V\, \mathrm{diag}(\Lambda)\, V^{-1} \\
# z_t &= \Lambda * z_{t-1} + V^{-1} B\, x_t \\
# y_t &= \mathrm{Re}(C V z_t) + D * x_t . \end{aligned}$$
#
# The star is multiplication number by number. The matrix is gone, and what is left are $N$ scans of single
# numbers. For the state alone, a step of 64 states took $64^2$ multiplications, and now takes 64 complex
# ones, which are 256 real ones. And nothing is lost, because it is the same map in other coordinates:

# %%
torch.manual_seed(1)
A, B, C = random_matrix(64), torch.randn(64, 3).double(), torch.randn(2, 64).double()
Lambda, B_new, C_new = to_eigenbasis(A, B, C)  # Lambda, V^-1 B and C V

same = impulse_response(A, B, C, 100) - impulse_response(Lambda, B_new, C_new, 100)
print(f"largest difference of the two in 100 steps: {same.abs().max():.0e}")
print("the first eigenvalues:", ", ".join(f"{z.real:.2f}{z.imag:+.2f}i" for z in Lambda[:4].tolist()))

# %% [markdown]
# Why complex? Because a real matrix can turn things, and a quarter turn leaves no real direction as it was.
# But why have a matrix at all? The LRU learns Lambda itself, and new $B$ and $C$, all complex. It keeps no
# mirror images, and takes the real part at the end. From here on $h$ is the state in these coordinates.
#
# ## A few steps by hand
#
# Take one state with $\lambda = 0.6 + 0.6i$. A single 1 comes in at step 0, and nothing after it, so the
# state is multiplied by $\lambda$ again and again:
#
# $$\begin{aligned} h_0 &= 1 \\
# h_1 &= 0.6 + 0.6i \\
# h_2 &= (0.6 + 0.6i)(0.6 + 0.6i) = 0.36 + 0.72i - 0.36 = 0.72i \\
# h_3 &= 0.72i\,(0.6 + 0.6i) = -0.432 + 0.432i \\
# h_4 &= 0.72i \cdot 0.72i = -0.5184 \end{aligned}$$
#
# Draw the five points. Each step turns the state by an eighth of a full turn and shrinks it to
# $|\lambda| = \sqrt{0.72} = 0.85$ of its size. After four steps half a turn is done, and about half of the 1
# is left. In general, with the size and the angle of $\lambda$,
#
# $$\begin{aligned} \lambda &= r\, e^{i\theta} \\ \lambda^k &= r^k\, e^{i k \theta} . \end{aligned}$$
#
# ## What one eigenvalue remembers
#
# The *radius* $r = |\lambda|$ says how much is left after $k$ steps, $r^k$. The *phase* $\theta$ says how far
# the state has turned, $k\theta$. Together they make a spiral. Here is the one that you have just drawn. Move
# the eigenvalue and see what it remembers.
#
# {{ widget eigenvalue radius=0.849 phase=0.785 }}
#
# Think of a swing that somebody has pushed once. The phase is its rhythm, and the radius says how soon it
# comes to rest. After one *half-life* half of it is left: that is the $k$ with $r^k = \tfrac12$. After one
# *period* it has come round: the $k$ with $k\theta = 2\pi$.
#
# $$\begin{aligned} \text{half-life} &= \frac{\ln 2}{-\ln r} \approx \frac{0.69}{1 - r} \text{ for } r
# \text{ near } 1 \\[1ex] \text{period} &= \frac{2\pi}{\theta} \text{ for } \theta \le \pi \end{aligned}$$
#
# A phase above $\pi$ is a smaller turn the other way.

# %%
table = [["radius", "half-life", "rule of thumb", "left after 100 steps", "left after 1,000"]]
for r in (0.5, 0.9, 0.99, 0.999, 0.9999):
    table.append([r, math.log(2) / -math.log(r), 0.69 / (1 - r), r**100, r**1000])
show_table(table)
tell(outside=f"{1.05**784:.0e}".replace("e+", r" \cdot 10^{") + "}")

# %% [markdown]
# Each further 9 makes the memory ten times as long, so all the memories that matter live in a thin skin under
# the circle. On it, $r = 1$, nothing is forgotten. Outside, at $r = 1.05$, an input has grown after 784
# steps, the pixels of a small picture, to ${{ value outside }}$ times its size. Gradients go the same way. So
# you want to be near the circle and never outside.
#
# {{ part "Chance, and a form that holds" }}
#
# ## Which eigenvalues come by chance
#
# The usual start for a matrix is random numbers of variance $1/N$, because then $A h$ is on average as large
# as $h$ was. The picture at the top shows where its eigenvalues are.
#
# ??? predict share_inside "Which share of the random matrix's eigenvalues lies within radius 0.5?"
#     - ( ) about an eighth
#     - (x) about a quarter
#     - ( ) about a half
#     - ( ) about three quarters
#
#     About a quarter. They fill the unit disk *evenly*, so equal areas hold equal shares, and the circle of
#     radius 0.5 has a quarter of the area.

# %% fold
torch.manual_seed(0)
for N in (16, 64, 256):
    sizes = torch.stack([torch.linalg.eigvals(random_matrix(N)).abs() for _ in range(20)])
    below, largest = float((sizes < 0.5).float().mean()), sizes.max(1).values
    print(f"N = {N:3}: {below:.1%} below 0.5; the largest is {largest.mean():.3f} (mean of 20 matrices)")
    if N == 64:
        tell(largest=f"{largest.mean():.2f}")


def random_above(k):
    """The share of a random matrix's states with a half-life above k, by the law."""
    return 1 - 2 ** (-2 / k)


tell(**{f"above_{k}": f"{256 * random_above(k):.1f}" for k in (10, 100, 1000)})

# %% [markdown]
# It is a quarter, the more exactly the larger the matrix. But the largest eigenvalue comes down to 1 only
# slowly: with 64 states it is {{ value largest }} on average, and you have just seen what that does in 784
# steps.
#
# This is the *circular law*: for large $N$ the eigenvalues of a matrix of independent, identically
# distributed numbers with mean 0 and variance $1/N$ fill the unit disk evenly. The numbers need not be
# Gaussian. Coin flips will do.
#
# ??? info "Why a disk, and why evenly? The electric argument"
#     Think of the eigenvalues as $N$ charges in the plane. Their potential at a point $z$ is
#
#     $$U(z) = \frac1N \sum_j \ln|\lambda_j - z| = \frac1N \ln\bigl|\det(A - z I)\bigr| ,$$
#
#     since a determinant is the product of the eigenvalues. The determinant we can average. Multiply it out:
#     each choice of $k$ places on the diagonal where $-z$ is taken leaves a smaller determinant of random
#     numbers. Two different choices are uncorrelated: in one of the two a row of random numbers takes part
#     that is not in the other, each product has one factor from that row, and its mean is zero. And the mean
#     square of an $m \times m$ determinant with entries of variance $1/N$ is $m!/N^m$. There are
#     $\binom{N}{k}$ choices of $k$ places, so
#
#     $$\mathbb E\,\bigl|\det(A - zI)\bigr|^2 = \sum_{k=0}^{N} \binom{N}{k} |z|^{2k} \frac{(N-k)!}{N^{N-k}}
#     = \frac{N!}{N^N} \sum_{k=0}^{N} \frac{(N |z|^2)^k}{k!} .$$
#
#     For $|z| < 1$ the sum is nearly all of $e^{N|z|^2}$, and $N!/N^N$ is about $e^{-N}$. For $|z| > 1$ its
#     last term is the largest, and what is left is about $|z|^{2N}$. Take the logarithm and divide by $2N$:
#
#     $$\begin{aligned} U(z) &\approx \tfrac12 (|z|^2 - 1) & &\text{inside,} \\
#     U(z) &\approx \ln|z| & &\text{outside.} \end{aligned}$$
#
#     That is exactly the potential of a disk of radius 1 that is evenly charged. From outside it looks like a
#     single charge in the middle. Inside, the Laplacian of $U$ is 2 everywhere, and the Laplacian of the
#     potential is $2\pi$ times the density of the charge: $1/\pi$, one over the area of the disk. (That the
#     average speaks for the typical matrix is where the hard work of the proofs lies.)
#
# Now translate the law into memory. The share of eigenvalues with radius above $r$ is $1 - r^2$. A half-life
# of $k$ steps means $r = 2^{-1/k}$. So the share of states that have a half-life above $k$ is
#
# $$1 - 2^{-2/k} \approx \frac{1.4}{k} .$$
#
# Half of the states of a random matrix lose half of what they hold within *two* steps. Of 256 states you may
# expect {{ value above_10 }} with a half-life above 10 steps, {{ value above_100 }} above 100 and
# {{ value above_1000 }} above 1,000. So chance gives a network next to no memory, and some of that stands
# outside the circle.
#
# ## A form that cannot explode
#
# Where eigenvalues start is one question. Where training may push them is another. If you store real and
# imaginary part, every step of the optimiser moves the point a little, and near the circle a little is enough
# to be outside. The paper goes through three forms:
#
# | form | what is learned | the eigenvalue |
# |---|---|---|
# | `diagonal` | $a$ and $b$ | $\lambda = a + i b$ |
# | `exponential` | $\nu$ and $\theta$ | $\lambda = e^{-\nu + i\theta}$ |
# | `stable` | $\nu_{\log}$ and $\theta_{\log}$ | $\lambda = \exp(-e^{\nu_{\log}} + i\, e^{\theta_{\log}})$ |
#
# In the second, $\nu$ (*nu*) is the rate of decay, $r = e^{-\nu}$, and $\theta$ (*theta*) the phase. In the
# third we store the logarithms of both.
#
# ??? predict escape "Nudge what is learned a little. In which forms does a point near the circle get out?"
#     - ( ) only in `diagonal`
#     - (x) in `diagonal` and `exponential`
#     - ( ) in all three
#
#     In the first two. A point near the circle can be pushed over it, and a rate $\nu$ that becomes negative
#     is a growth. But $e^{\nu_{\log}}$ is positive whatever $\nu_{\log}$ is, so $r = e^{-\text{positive}}$
#     stays below 1 however hard you push.

# %% fold
torch.manual_seed(0)
size, phase = ring_spectrum(10_000, (0.9, 0.999), 2 * math.pi)
nudge = 0.05 * torch.randn(2, 10_000, dtype=torch.float64)
nu = -size.log()
after = {
    "diagonal": (torch.polar(size, phase) + torch.complex(*nudge)).abs(),
    "exponential": torch.exp(-(nu + nudge[0])),
    "stable": torch.exp(-nu * nudge[0].exp()),  # to add to a logarithm is to multiply
}
print("10,000 eigenvalues between 0.9 and 0.999; each learned number is moved by about 0.05")
for form, found in after.items():
    print(f"{form:12} outside: {(found >= 1).double().mean():6.1%}    largest radius: {found.max():.4f}")

half_lives = (7, 7000)
for k in half_lives:
    r, r_new = 2 ** (-1 / k), 2 ** (-1 / (2 * k))
    tell(**{f"move_{k}": f"{r_new - r:.5f}"})

# %% [markdown]
# The first two shares depend on the size of the nudge, but the last follows from the form: there is nothing
# to clip and nothing to watch. And it has a second gain:
#
# $$\begin{aligned} \text{half-life} &= \frac{\ln 2}{\nu} = \ln 2 \cdot e^{-\nu_{\log}} \\[1ex]
# \text{period} &= \frac{2\pi}{\theta} = 2\pi\, e^{-\theta_{\log}} . \end{aligned}$$
#
# So $\nu_{\log}$ *is* the logarithm of the half-life, up to its sign and a constant. To double a half-life of
# 7 steps you must move the radius by {{ value move_7 }}, and to double one of 7,000 steps by
# {{ value move_7000 }}. But $\nu_{\log}$ moves by $-0.69$ both times, so an optimiser that moves all its
# numbers by similar amounts can explore short memories and long ones with the same care.
#
# {{ exercise polar_eigenvalues }}
#
# !!! sofar
#     One complex number is one memory: its radius sets the half-life, its phase the rhythm, and random
#     matrices have next to no long ones. Written with two logarithms, no training can push it outside the
#     circle.
#
# {{ part "A ring and a factor" }}
#
# ## On a ring
#
# Now for the start. You want what a random matrix has, evenly spread eigenvalues, but only where the memory
# is: on the *ring* between two radii $r_{\min}$ and $r_{\max}$. How do you draw a point evenly from a ring?
# The phase is easy: uniform between 0 and $2\pi$. For the radius it is tempting to do the same.
#
# ??? predict even "Radius uniform from 0 to 1, phase uniform. What does the cloud look like?"
#     - ( ) even, like that of the random matrix
#     - (x) dense in the middle, thin at the edge
#     - ( ) thin in the middle, dense at the edge
#
#     Dense in the middle. Half of the points have a radius below 0.5, but the circle of radius 0.5 has only a
#     quarter of the area. So there the points are three times as dense as outside.

# %% fold
rng = np.random.default_rng(0)
u1, u2 = rng.random(500), rng.random(500)
turn = np.exp(2j * math.pi * u2)
naive, even = u1 * turn, np.sqrt(u1) * turn
edges = np.linspace(0, 1, 11)
shares = {name: np.histogram(abs(z), edges)[0] / len(z) for name, z in (("naive", naive), ("even", even))}
with picture(
    "Two disks of 500 points. On the left, radius uniform, they crowd in the middle and thin out towards "
    "the edge. On the right, square of the radius uniform, they are spread evenly.",
    table=[
        ["ring", "radius uniform", "square uniform", "share of the area"],
        *(
            [f"{a:.1f} to {b:.1f}", x, y, b * b - a * a]
            for a, b, x, y in zip(edges[:-1], edges[1:], shares["naive"], shares["even"], strict=True)
        ),
    ],
    caption="500 points each: the radius is uniform (left), the square of the radius is uniform (right).",
    height=3.2,
) as axes:
    for x, values, number, label in (
        (0, naive, 1, "radius uniform"),
        (2.6, even, 0, "square of the radius uniform"),
    ):
        circle(axes, x)
        circle(axes, x, 0.5, linestyle=":")
        cloud(axes, number, values, x, 2.2)
        axes.text(x, -1.25, label, ha="center")
    bare(axes)

# %% [markdown]
# Evenly means that **equal areas get equal shares.** The area between $r_{\min}$ and $r$ is
# $\pi (r^2 - r_{\min}^2)$, so the share of points within radius $r$ must be
#
# $$\frac{r^2 - r_{\min}^2}{r_{\max}^2 - r_{\min}^2} .$$
#
# Draw that share, a number $u_1$ uniform between 0 and 1, and solve for the radius:
#
# $$\begin{aligned} r &= \sqrt{r_{\min}^2 + u_1\, (r_{\max}^2 - r_{\min}^2)} \\
# \theta &= u_2 \cdot \theta_{\max} . \end{aligned}$$
#
# It is the *square* of the radius that is uniform, and that is where the square root comes from.
#
# {{ exercise ring_init }}
#
# ### Which ring?
#
# Move the two radii, and watch where the half-lives go.
#
# {{ widget ring inner=0.9 outer=0.999 }}


# %% fold
def share_above(half_life, low, high):
    square = 2 ** (-2 / half_life)
    return min(1.0, max(0.0, (high**2 - square) / (high**2 - low**2)))


middle = math.sqrt((0.9**2 + 0.999**2) / 2)
outer_half = (0.999**2 - 0.9495**2) / (0.999**2 - 0.9**2)
tell(ring_median=f"{math.log(2) / -math.log(middle):.0f}", outer_half=f"{outer_half:.0%}")
tell(ring_far=f"{share_above(100, 0.9, 0.999):.1%}", disk_far=f"{random_above(100):.1%}")

# %% [markdown]
# The inner radius is the shortest memory that a state may start with, and the outer radius the longest. But
# long memories are few even now. On the ring from 0.9 to 0.999 only {{ value ring_far }} of the states have a
# half-life above 100 steps (on the disk {{ value disk_far }}), and half of them forget half within
# {{ value ring_median }} steps. Even spacing in the plane is not even spacing of half-lives, so for a very
# long task you must move the inner radius.
#
# The paper chose its radii by validation: 0.9 to 0.999 for pictures of 1,024 pixels, and 0.999 to 0.9999 for
# its longest task, PathX, with 16,384 steps.
#
# ??? info "Does the square root matter?"
#     Hardly, on so thin a ring: the outer half of its width holds {{ value outer_half }} of the area. What
#     matters there are the two radii.
#
# {{ exercise choose_ring }}
#
# ### And the phases?
#
# For PathX that was not enough. It also needed small phases, up to $\theta_{\max} = \pi/10$ instead of
# $2\pi$. What do phases do? Look at the answer to a single 1, $k$ steps later. It is a sum of spirals:
#
# $$K_k = \mathrm{Re} \sum_j C_j \lambda_j^k B_j .$$
#
# It is the weight with which the output looks at the input $k$ steps back. Here the weights $C_j B_j$ of the
# spirals are random numbers:

# %% fold
torch.manual_seed(0)
kernels = {}
for label, most in (("up to 2 pi", 2 * math.pi), ("up to pi / 10", math.pi / 10)):
    Lambda = torch.polar(*ring_spectrum(256, (0.99, 0.999), most))
    weights = torch.randn(256, dtype=torch.complex128) / 16
    kernels[label] = (weights * Lambda ** torch.arange(121)[:, None]).sum(1).real
with picture(
    "The weight of the input k steps back, for 120 steps. With phases up to 2 pi it jumps up and down at "
    "every step like noise. With phases up to pi / 10 it is a smooth wave.",
    table=[["k", *kernels], *([k, *(float(x[k]) for x in kernels.values())] for k in range(0, 121, 4))],
    caption="The sum of 256 spirals with random weights, radii between 0.99 and 0.999.",
    height=3.4,
) as axes:
    for number, (label, kernel) in enumerate(kernels.items()):
        draw_line(axes, (1, 0)[number], list(enumerate(kernel.tolist())), f"phases {label}", marked=False)
    axes.set_xlabel("steps back")
    axes.set_ylabel("weight")
    label_lines(axes)

# %% [markdown]
# With phases all over the circle the weights are noise, because the spirals turn at all speeds. With phases
# up to $\pi/10$ no spiral comes round in less than 20 steps, so neighbours get nearly the same weight and are
# added up. (This is our picture. In the paper PathX needs the factor of the next section, too.)
#
# ## How large does the state get?
#
# A state near the circle adds up thousands of inputs. Take the plainest, noise: let the inputs $b_t$ of one
# state have mean square 1, each independent of the others, and call $s_t$ the mean square of the state. In a
# step what is already there is multiplied by $|\lambda|^2$, and the new input adds its 1. Since it is
# independent of all before, nothing else is added:
#
# $$s_t = |\lambda|^2 s_{t-1} + 1 .$$

# %% fold
growing, s = [], 0.0
for t in range(201):
    s = 0.99**2 * s + 1
    growing.append((t, s))
tell(growing=growing)
tell(rest_99=f"{1 / (1 - 0.99**2):.0f}", rest_999=f"{1 / (1 - 0.999**2):.0f}")

# %% [markdown]
# ??? predict growth "The radius is 0.99. Draw how the mean square of the state goes on."
#     curve: growing
#     across: step
#     up: mean square of the state
#     given: 20
#
#     It bends and comes to rest at {{ value rest_99 }}. Each step adds 1 and takes away 2 % of what is there,
#     and at 50 these are equal.
#
# It comes to rest where a step no longer changes it:
#
# $$s = |\lambda|^2 s + 1, \quad\text{so}\quad s = \frac{1}{1 - |\lambda|^2} .$$
#
# For radius 0.99 that is {{ value rest_99 }}, for 0.999 it is {{ value rest_999 }}, and on average over the
# ring from 0.9 to 0.999 it is {{ value ring_growth }}.
#
# ??? info "The average over a ring"
#     Evenly over a ring means that $q = |\lambda|^2$ is uniform between $r_{\min}^2$ and $r_{\max}^2$, and
#     the mean of $1/(1-q)$ over an interval is a logarithm:
#
#     $$\frac{1}{r_{\max}^2 - r_{\min}^2} \int_{r_{\min}^2}^{r_{\max}^2} \frac{dq}{1 - q}
#     = \frac{1}{r_{\max}^2 - r_{\min}^2}\, \ln \frac{1 - r_{\min}^2}{1 - r_{\max}^2} .$$
#
# The remedy is a factor $\gamma$ (*gamma*) on the input, one for each state. It multiplies the mean square of
# the state by $\gamma^2$. Therefore
#
# $$\gamma = \sqrt{1 - |\lambda|^2}$$
#
# makes every state as large as the noise that comes in, no matter how long it remembers.


# %% fold
def growth(low, high):
    """Mean of |h|^2 / |B x|^2 over a ring, for noise as input."""
    return math.log((1 - low**2) / (1 - high**2)) / (high**2 - low**2)


torch.manual_seed(0)
lives = torch.tensor([5, 10, 20, 50, 100, 200, 500], dtype=torch.float64)
size = 2 ** (-1 / lives)
noise = torch.randn(20, 6000, len(lives), dtype=torch.complex128)
loud = {}
for name, factor in (("without gamma", torch.ones(len(lives))), ("with gamma", (1 - size**2).sqrt())):
    h, _ = scan(
        torch.polar(size, 0.1 + 0 * size), factor * noise, torch.zeros(20, len(lives), dtype=noise.dtype)
    )
    loud[name] = (h[:, 4000:].abs() ** 2).mean((0, 1)).tolist()
with picture(
    "Mean square of the state against its half-life, measured on noise of mean square 1, both axes "
    "logarithmic. Without gamma it rises in proportion, from "
    f"{loud['without gamma'][0]:.0f} at a half-life of 5 steps to {loud['without gamma'][-1]:.0f} at 500. "
    "With gamma it stays at about 1.",
    table=[["half-life", *loud], *([int(k), *row] for k, *row in zip(lives, *loud.values(), strict=True))],
    caption="How large a state grows when it reads noise. The input has mean square 1.",
    height=3.4,
) as axes:
    for number, (name, values) in enumerate(loud.items()):
        draw_line(axes, (1, 0)[number], list(zip(lives.tolist(), values, strict=True)), name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("half-life in steps")
    axes.set_ylabel("mean square of the state")
    label_lines(axes)
tell(ring_growth=f"{growth(0.9, 0.999):.1f}", ring_size=f"{growth(0.9, 0.999) ** 0.5:.1f}")
tell(six_layers=f"{round(growth(0.9, 0.999) ** 3, -3):,.0f}")

torch.manual_seed(0)
deep = torch.randn(1, 2000, 64, dtype=torch.float64)
with torch.no_grad():
    for _ in range(6):  # without gamma, and nothing but the states
        layer = LRU(64, 64, ring=(0.9, 0.999), max_phase=math.pi / 10).double()
        layer.gamma_log.zero_()
        layer.D.zero_()
        deep, _ = layer(deep)
assert 1e6 < deep[:, 1000:].square().mean().sqrt() < 1e7  # "millions"

# %% [markdown]
# With $\gamma$ all states are equally loud. Without it the few longest memories shout down all others, a
# layer multiplies noise by {{ value ring_size }} in size, and six stacked layers by {{ value six_layers }},
# if each reads noise. With small phases it is millions, because what leaves a layer is no noise.
#
# {{ exercise gamma_normalisation }}
#
# Real inputs are not noise, which is one reason why the LRU lets $\gamma$ learn.
#
# ??? info "The other extreme: a constant"
#     For a constant 1 nothing cancels, and the state ends at $1/(1-\lambda)$. Here the phase counts: a state
#     that turns fast goes round in a small circle, but one that does not turn piles up. On average over all
#     phases a constant grows as much as noise, since the mean of $1/|1-\lambda|^2$ over a circle of radius
#     $r$ is $1/(1-r^2)$. With small phases it grows more, and then $\gamma$ is too large for it.
#
# {{ exercise gamma_with_mean }}
#
# ### How strongly does the loss react?
#
# $\gamma$ and the logarithm have a deeper reason in common. Suppose $\lambda$ is slightly off its best value,
# and take as loss the mean square of the difference that this makes in the state. Then what counts is how
# much the state changes when $\lambda$ does. For noise, and with $q = |\lambda|^2$,
#
# $$\mathbb E \left| \frac{\partial h}{\partial \lambda} \right|^2 = \sum_{k} k^2\, q^{k-1}
# = \frac{1 + q}{(1 - q)^3} ,$$
#
# because an input $k$ steps back has the weight $\lambda^k$, whose derivative is $k\lambda^{k-1}$. A fixed
# factor $\gamma$ takes away one power of $1-q$. And a step of $\nu_{\log}$ moves $\lambda$ only by
# $\nu|\lambda|$ times as much, which takes away two more.


# %% fold
def reaction(k, *, gamma, logarithm):
    """Mean square of a state's derivative for noise at a half-life of k; gamma as a fixed factor."""
    rate = math.log(2) / k
    q = math.exp(-2 * rate)
    found = (1 + q) / (1 - q) ** 3
    return found * (1 - q if gamma else 1) * (rate**2 * q if logarithm else 1)


ways = {
    "neither": (False, False),
    "gamma": (True, False),
    "logarithm": (False, True),
    "both": (True, True),
}
lives = [5, 10, 20, 50, 100, 200, 500, 1000, 2000]
curves = {name: [reaction(k, gamma=g, logarithm=n) for k in lives] for name, (g, n) in ways.items()}
with picture(
    "How strongly the loss reacts, against the half-life, both axes logarithmic. Four straight lines: with "
    "neither it rises a thousandfold for each tenfold half-life, with gamma a hundredfold, with the "
    "logarithm tenfold, and with both it stays near one half.",
    table=[["half-life", *curves], *([k, *row] for k, *row in zip(lives, *curves.values(), strict=True))],
    caption="How strongly the loss reacts to a move of the radius: with neither, one or both.",
    height=3.6,
) as axes:
    for number, (name, values) in enumerate(curves.items()):
        draw_line(axes, number, list(zip(lives, values, strict=True)), name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("half-life in steps")
    axes.set_ylabel("reaction of the loss")
    label_lines(axes)

torch.manual_seed(0)
value = torch.polar(torch.tensor([2 ** (-1 / 50)]).double(), torch.tensor([0.1]).double())
noise, nothing = torch.randn(200, 4000, 1, dtype=torch.complex128), torch.zeros(200, 1, dtype=value.dtype)
h, _ = scan(value, noise, nothing)
# d_t = lambda d_{t-1} + h_{t-1}: the derivative is a scan, too.
d, _ = scan(value, torch.cat([nothing[:, None], h[:, :-1]], 1), nothing)
measured, expected = (d[:, 1000:].abs() ** 2).mean(), reaction(50, gamma=False, logarithm=False)
print(f"neither, at a half-life of 50 steps: {float(measured):.3g} measured, {expected:.3g} by the formula")
factor = reaction(1000, gamma=False, logarithm=False) / reaction(100, gamma=False, logarithm=False)
tell(thousand=f"{factor:,.0f}", both_10=f"{reaction(10, gamma=True, logarithm=True):.2f}")
tell(both_1000=f"{reaction(1000, gamma=True, logarithm=True):.2f}")

# %% [markdown]
# Only with both is the loss about equally sensitive to every radius: {{ value both_10 }} at a half-life of 10
# steps and {{ value both_1000 }} at one of 1,000. With neither it reacts {{ value thousand }} times as
# strongly at a half-life of 1,000 as at one of 100, so no step size of plain gradient descent fits both.
#
# That is not so for the phase. A step of $\theta_{\log}$ moves $\lambda$ by $\theta|\lambda|$, so near the
# circle only a small phase keeps the loss calm.
#
# {{ part "The layer and the ladder" }}
#
# ## The layer
#
# This is the linear recurrent unit, LRU:
#
# $$\begin{aligned} h_t &= \Lambda * h_{t-1} + \gamma * (B x_t) \\
# y_t &= \mathrm{Re}(C h_t) + D * x_t \end{aligned}$$
#
# Lambda is in the stable form and starts on the ring. $\gamma$ starts as above, is stored as a logarithm and
# learned. $B$ and $C$ are complex, $D$ is real. When the layer writes, it takes one step at a time.
#
# {{ exercise lru_step }}
#
# When it trains, it has the whole sequence. $B x_t$ waits for nothing, so it can be computed for all steps at
# once. The same goes for $C h_t$, as soon as the states are there. Only the middle waits for the step before,
# and the middle is linear. **Enter, scan, read.**
#
# {{ exercise lru_layer }}
#
# The library does the same. If you take the real part of $h$ before you multiply by $C$, you throw half of
# the memory away, because the product of the two imaginary parts counts, too.
#
# {{ source minirnn/layers/lru.py LRU.run LRU.advance LRU._enter LRU._read }}

# %%
torch.manual_seed(0)
layer = LRU(d_model=8, d_state=32, ring=(0.9, 0.999)).double()
x = torch.randn(2, 300, 8, dtype=torch.float64)
with torch.no_grad():
    at_once, _ = layer(x)
    state, one_by_one = layer.initial_state(2, dtype=torch.float64), []
    for x_t in x.unbind(1):
        y_t, state = layer.step(x_t, state)
        one_by_one.append(y_t)
    first, state = layer(x[:, :123])
    second, _ = layer(x[:, 123:], state)
print(f"one by one:    {(torch.stack(one_by_one, 1) - at_once).abs().max():.0e} off")
print(f"in two pieces: {(torch.cat([first, second], 1) - at_once).abs().max():.0e} off")

# %% [markdown]
# It is the same up to rounding, because nothing but the state is handed on, $N$ complex numbers at step ten
# as at step ten million. But a layer that breaks one of its rules still trains, more or less well. Which
# rule?
#
# {{ exercise broken_layers }}
#
# ## The experiment: up the ladder
#
# The paper starts from a dense linear network, changes one thing at a time, and reads colour pictures pixel
# by pixel. We follow it at a size that takes minutes: digits of 28 by 28 pixels in many typefaces, 784 steps,
# one layer. We take three liberties. The random matrix is shrunk to radius {{ value radius }}, or it explodes
# before it learns. The ring comes together with small phases, up to $\pi/10$. And each rung has a learning
# rate of its own.
#
# ??? predict best_step "Which step up is worth most in our run?"
#     - ( ) from the dense matrix to eigenvalues (diagonal)
#     - ( ) to the form that cannot explode (stable)
#     - (x) to the start on a ring, with small phases
#     - ( ) to the normalised input (gamma)
#
#     The ring with small phases: from {{ value stable }} to {{ value ring }} of the pictures named right.
#     The first step, to eigenvalues, is worth less here (from {{ value dense }} to {{ value diagonal }}), but
#     in the paper it is the largest, from {{ value paper_dense }} to {{ value paper_diagonal }}.
#
# Our largest step is the ring, and the paper's is the diagonal. One reason may be that our rungs below the
# ring start from the disk of radius {{ value radius }}, on which no state has a half-life of even two steps,
# so the ring is the first start that reaches from one row of pixels to the next.

# %% fold
study = results.load("reproduce-lru-ladder")
rungs, after = study["rungs"], results.load("reproduce-lru-after-training")["starts"]
NEW = {
    "dense": "a random matrix",
    "diagonal": "learn eigenvalues",
    "exponential": "as rate and phase",
    "stable": "as their logarithms",
    "ring": "start on a ring, small phases",
    "gamma": "normalised inputs: the LRU",
}


def spread(rung, part):
    scores = [run[part] for run in rungs[rung]["runs"]]
    return f"{rungs[rung][part]:.1%} ({min(scores):.1%} to {max(scores):.1%})"


show_table(
    [
        ["rung", "what is new", "paper", "ours"],
        *([rung, new, f"{rungs[rung]['published']:.1%}", spread(rung, "known")] for rung, new in NEW.items()),
    ],
    caption="Share of pictures named right; ours: mean and range of 5 runs.",
)
both = {"the paper": "published", "ours": "known"}
with picture(
    "Share named right on the six rungs, dense to gamma. "
    + " ".join(
        f"{name}: {', '.join(f'{found[key]:.0%}' for found in rungs.values())}." for name, key in both.items()
    ),
    table=[["rung", *both], *([rung, *(rungs[rung][key] for key in both.values())] for rung in NEW)],
    caption="The ladder. Each rung has all the changes of those before it. Our points are means of 5 runs, "
    "and the bars show their range.",
) as axes:
    places = np.arange(len(NEW))
    for number, (name, key) in enumerate(both.items()):
        color, _, marker = LINES[1 - number]
        scores = [rungs[rung][key] for rung in NEW]
        axes.plot(places + 0.2 * number - 0.1, scores, marker, color=color, markersize=7)
        axes.text(places[-1] + 0.45, scores[-1] + 0.06 * number - 0.03, name, color=color, va="center")
    for place, rung in enumerate(NEW):
        scores = [run["known"] for run in rungs[rung]["runs"]]
        axes.plot([place + 0.1] * 2, [min(scores), max(scores)], color=LINES[0][0], linewidth=1.5)
    axes.axhline(study["chance"], color=INK, linestyle=":", linewidth=1.2)
    axes.text(5.2, study["chance"] + 0.02, "chance", ha="right")
    axes.set_xticks(places, list(NEW))
    axes.set_xlim(-0.5, 6.3)
    axes.set_ylim(0, 1.05)
    axes.yaxis.set_major_formatter(lambda y, _: f"{y:.0%}")
    axes.set_ylabel("named right")

tell(radius=study["settings"]["radius"], stable=f"{rungs['stable']['known']:.1%}")
tell(ring=f"{rungs['ring']['known']:.1%}", paper_dense=f"{rungs['dense']['published']:.1%}")
tell(
    paper_diagonal=f"{rungs['diagonal']['published']:.1%}", exponential=f"{rungs['exponential']['known']:.1%}"
)
tell(diagonal=f"{rungs['diagonal']['known']:.1%}", gamma=f"{rungs['gamma']['known']:.1%}")
stable = [run["known"] for run in rungs["stable"]["runs"]]
tell(stable_low=f"{min(stable):.1%}", stable_high=f"{max(stable):.1%}")
fast = [run["exploded"] for rung in ("dense", "diagonal", "exponential") for run in rungs[rung]["too fast"]]
tell(dense=f"{rungs['dense']['known']:.1%}", fast_lost=sum(fast), fast_runs=len(fast))
tell(fast_rate=study["settings"]["too fast"], new_faces=f"{rungs['gamma']['unseen']:.1%}")

# %% [markdown]
# At the learning rate of `stable`, {{ value fast_lost }} of {{ value fast_runs }} runs of the three rungs
# before it exploded, and none of `stable` did.
#
# But ours is one small layer and a short training, so trust only large steps. The runs of `stable` go from
# {{ value stable_low }} to {{ value stable_high }}, so they do not settle whether it is above `exponential`
# ({{ value exponential }}). And $\gamma$ ({{ value gamma }}) had little left to win.
#
# ??? info "More on how far to trust it"
#     `exponential` is below `diagonal` ({{ value diagonal }}), as in the paper. A reason for ours may be the
#     small disk, where a step of $\nu$ hardly moves $\lambda$, but the runs of the two overlap. The rate of
#     `stable`, {{ value fast_rate }}, was not tried on the two rungs after it. On typefaces that it has never
#     seen the LRU names {{ value new_faces }} right. Rates, disk and ring were found by trying, on other
#     seeds and pictures. Make the runs again with `python benchmarks/reproduce/lru_ladder.py`.
#
# ### Where does training take them?
#
# Two layers differ only in their start. The 32 states of the one begin on the ring of the ladder, with
# half-lives from {{ value ring_low }} to {{ value ring_high }} steps; those of the other begin on the whole
# disk, half of them below {{ value disk_before }} steps.
#
# ??? predict moved "After training, where are the half-lives of the layer that began on the disk?"
#     - (x) about where they began
#     - ( ) where those of the other layer are, since the task needs them there
#     - ( ) spread over all lengths
#
#     About where they began. The median went from {{ value disk_before }} to {{ value disk_after }} steps,
#     and on the ring from {{ value ring_before }} to {{ value ring_after }}.

# %% fold
medians = {}
for start, its in after.items():
    for when in ("before", "after"):
        its[when]["life"] = [math.log(2) / -math.log(r) for r in its[when]["radius"]]
        medians[start, when] = float(np.median(its[when]["life"]))
columns = [sorted(after[start][when]["life"]) for start in ("disk", "ring") for when in ("before", "after")]
with picture(
    "Half-lives after training against half-lives before, 32 states for each of two starts, both axes "
    "logarithmic. All points lie near the diagonal: those of the disk mostly between 0.3 and 30 steps, those "
    "of the ring above 70.",
    table=[
        ["disk, before", "disk, after", "ring, before", "ring, after"],
        *([f"{x:.3g}" for x in row] for row in zip(*columns, strict=True)),
    ],
    caption="Half-lives of 32 states after training and before; on the dotted line nothing has changed. In "
    "the table each column is sorted by itself.",
    height=4.2,
) as axes:
    axes.plot([0.2, 10_000], [0.2, 10_000], color=INK, linestyle=":", linewidth=1.2)
    for number, start in enumerate(("ring", "disk")):
        color, _, marker = LINES[number]
        axes.plot(
            after[start]["before"]["life"], after[start]["after"]["life"], marker, color=color, markersize=5
        )
    axes.text(900, 20, "the ring", color=LINES[0][0])
    axes.text(15, 0.6, "the disk", color=LINES[1][0])
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_aspect("equal")
    axes.set_xlabel("half-life before training, in steps")
    axes.set_ylabel("half-life after")

tell(**{f"{s}_{w}": f"{medians[s, w]:.{1 if s == 'disk' else 0}f}" for s, w in medians})
tell(
    ring_low=f"{min(after['ring']['before']['life']):.0f}",
    ring_high=f"{max(after['ring']['before']['life']):,.0f}",
    disk_high=f"{max(after['disk']['before']['life']):.0f}",
)
tell(gate_low=f"{0.9**4:.3f}", gate_high=f"{0.999**4:.3f}")
tell(ring_known=f"{after['ring']['known']:.0%}", disk_known=f"{after['disk']['known']:.0%}")

# %% [markdown]
# Training tuned the eigenvalues, but it did not go and look for memories that nobody gave it. The layer that
# began on the ring names {{ value ring_known }} of new pictures right, the other {{ value disk_known }}. It
# is one run of each, on one task, and the disk too held a memory of {{ value disk_high }} steps. Still, it is
# a reason to start from the memories that the task needs.
#
# ### Back to RecurrentGemma
#
# Its layer computes $h_t = a_t h_{t-1} + \sqrt{1 - a_t^2}\,(i_t * x_t)$, and you now know two of its three
# ideas. The root is $\gamma$, made anew at each step. The decays are powers of numbers that start between two
# radii, without phases, because this layer is real. The third idea is that $a_t$ and $i_t$ depend on the
# input, so that the layer can choose when to listen.
#
# ## What to remember
#
# {{ keypoints }}
#
# ## Check yourself
#
# ??? check "A state has radius 0.995 and phase 0.1. How long is its half-life, and how long its period?"
#     About 138 steps by the rule of thumb (0.69 / 0.005), and $2\pi/0.1$, about 63 steps.
#
# ??? check "Why can the stable form not explode, whatever the optimiser does?"
#     The radius is $e^{-\nu}$ with $\nu = e^{\nu_{\log}}$, and an exponential is positive. So the radius is
#     below 1 for every real $\nu_{\log}$.
#
# ??? check "On the ring from 0.6 to 0.8, which radius has as many states inside of it as outside?"
#     The one whose square is half-way: $\sqrt{(0.36 + 0.64)/2} = 0.707$. It is more than 0.7, since the outer
#     strip has more area.
#
# ??? check "Why does $\gamma$ stand on the input and not on the state?"
#     On the state it would be applied at every step, and the memory would shrink. After the scan it would
#     give the same outputs from a zero state, but a state that is handed in would be shrunk. If you hand on
#     the multiplied state, that happens again in every piece.
#
# ## What comes next
#
# Here the decay was learned directly. {{ Lesson state_space }} gets it from an equation in continuous time,
# in which one number sets the speed of the clock. After that {{ lesson selection }} lets the decay depend on
# the input. What no eigenvalue of these layers can do, however it is started, is the subject of
# {{ lesson state_tracking }}.
#
# ## Where papers and programs differ
#
# !!! note "Where papers and programs differ"
#     - The paper prints a short version of its code (appendix A), but the code of its experiments is not
#       public, as far as we found. What people use is
#       [minimal-LRU](https://github.com/NicolasZucchet/minimal-LRU), written by others. It starts $B$, $C$
#       and $D$ as the short version does, and so do we.
#     - Of $B$ and $C$ the paper says two things. In section 3 the variance of the real and imaginary parts is
#       halved in both. In appendix A it is in $B$ ($1/\sqrt{2\,d_\text{model}}$), but $C$ has $1/\sqrt{N}$ in
#       each part, not $1/\sqrt{2N}$.
#     - The default of both programs is the whole disk, $r_{\min} = 0$ and $r_{\max} = 1$, with phases up to
#       6.28. The rings of the paper's experiments are tuned for each task.
#     - The paper comes to the logarithm of the phase only where phases must be small; we take both logarithms
#       at once.
#     - Both drop the imaginary part of $C h$ and take no factor 2. Code for S4 and S5 keeps one of each pair
#       of mirror images and doubles. Do not compare their numbers without that factor.
#     - The paper's sCIFAR is in colour. The task of that name in the Long Range Arena is grey.
#     - In the paper's blocks the layer sits between a norm and a gated network, and the recurrent parameters
#       ($\Lambda$, $B$ and $\gamma$) learn at a smaller rate and without weight decay. Weight decay would
#       pull $\nu_{\log}$ to 0, and that is a radius of $e^{-1} = 0.37$.
#     - A decay of RG-LRU is $a_t = a^{8 r_t}$, with a gate $r_t$ between 0 and 1. In its code it is $a$ that
#       starts between 0.9 and 0.999, uniform in the square, so with the gate half open $a_t$ is between
#       {{ value gate_low }} and {{ value gate_high }}. The paper says of $a^8$ that it starts there.
#     - Near the circle $1 - |\lambda|^2$ loses its digits in float32, and in bfloat16 the number 0.999 is 1:
#       a state that should forget in a thousand steps forgets nothing. So `minirnn` keeps eigenvalues and
#       states in at least 32 bits.
#
# What the steps were worth on all tasks of the paper (accuracy in percent, mean of three seeds; *fail* is
# chance):

# %% fold
show_table(
    [
        ["rung", "sCIFAR", "ListOps", "Text", "Retrieval", "Pathfinder", "PathX"],
        ["dense", "72.2", "50.4", "89.1", "89.1", "fail", "fail"],
        ["stable", "87.2", "59.4", "87.6", "89.1", "93.5", "fail"],
        ["gamma: the LRU", "89.0", "60.2", "89.4", "89.9", "95.1", "94.2"],
    ],
    caption="Orvieto et al. 2023: three of the six rungs",
)

# %% [markdown]
# Read it by columns. On Pathfinder, where one must follow a line through a picture, eigenvalues lead from
# chance to success. On PathX no rung works before the last, those left out here included. On plain text
# hardly anything matters. *Which eigenvalues should we start from* has no answer without the length of the
# memory that the task needs.
#
# ## Read on
#
# - A. Orvieto, S. L. Smith, A. Gu, A. Fernando, C. Gulcehre, R. Pascanu and S. De, "Resurrecting recurrent
#   neural networks for long sequences", ICML 2023, [arXiv 2303.06349](https://arxiv.org/abs/2303.06349). This
#   lesson is its section 3.
# - A. Orvieto, S. De, C. Gulcehre, R. Pascanu and S. L. Smith, "Universality of linear recurrences followed
#   by non-linear projections", ICML 2024, [arXiv 2307.11888](https://arxiv.org/abs/2307.11888). Why a state
#   with eigenvalues near the circle can be read back well, and one with real eigenvalues badly.
# - S. De and others, "Griffin: mixing gated linear recurrences with local attention for efficient language
#   models", 2024, [arXiv 2402.19427](https://arxiv.org/abs/2402.19427). The RG-LRU.
# - A. Gu, A. Gupta, K. Goel and C. Ré, "On the parameterization and initialization of diagonal state space
#   models", NeurIPS 2022, [arXiv 2206.11893](https://arxiv.org/abs/2206.11893). S4D: another road to the same
#   place, for {{ lesson state_space }}.
# - M. Arjovsky, A. Shah and Y. Bengio, "Unitary evolution recurrent neural networks", ICML 2016, [arXiv
#   1511.06464](https://arxiv.org/abs/1511.06464). All eigenvalues on the circle.
# - J. Ginibre, "Statistical ensembles of complex, quaternion, and real matrices", *Journal of Mathematical
#   Physics* 6(3), 1965. The disk, for matrices of complex Gaussian numbers.
# - A. Edelman, "The probability that a random real Gaussian matrix has k real eigenvalues, related
#   distributions, and the circular law", *Journal of Multivariate Analysis* 60(2), 1997. The disk, and the
#   row on its axis, for real ones.
# - T. Tao and V. Vu, with an appendix by M. Krishnapur, "Random matrices: universality of ESDs and the
#   circular law", *Annals of Probability* 38(5), 2010. The disk, for all others.
# - C. Bordenave and D. Chafaï, "Around the circular law", *Probability Surveys* 9, 2012. The electric
#   argument, with all its proofs.
#
# ??? teacher "For teachers"
#     {{ minutes }}
#
#     **Needed before.** Complex numbers in polar form, eigenvalues as directions along which a matrix only
#     multiplies, a matrix product, {{ lesson scan }}. Ten minutes on $re^{i\theta}$ with the first
#     interactive figure repair most gaps, and the fold at the top is a summary.
#
#     **Checkpoints**, without the exercises.
#
#     | in part | they can |
#     |---|---|
#     | 1 | say why a diagonal recurrence does what a dense one does, and give the half-life for a radius |
#     | 2 | say how many long memories a random matrix has |
#     | 2 | say of what the two parameters of the stable form are logarithms |
#     | 3 | derive the square root of the ring and $\gamma$, and say where $\gamma$ stands and why there |
#     | 4 | name the three moves of the layer |
#     | 4 | say which rung is worth most here, and which in the paper |
#
#     **Board plan.** Left: the unit circle, large, never wiped. Draw into it what comes up: a spiral, the
#     even cloud, the skin where memories live, the ring, the sector of small phases. Middle: the chain
#     $r \to \nu \to \nu_{\log}$ with the half-life under it. Right: the two lines of the layer, built up term
#     by term, with $\gamma$ added last, in colour.
#
#     **If there are 30 minutes only.** "What one eigenvalue remembers", the circular law without its proof,
#     "On a ring", and the ladder with its last figure. The exercise is *choose_ring*, on paper.
#
#     **What they may think, and what helps.**
#
#     - *nu_log is the rate.* It is the logarithm of the rate: there are two exponentials. Ask what the radius
#       is for $\nu_{\log} = 0$.
#     - *A large rate is a large radius.* A large rate is fast forgetting. The minus sign in $e^{-\nu}$.
#     - *Size and phase are real and imaginary part.* Let them place $0.9\,e^{i\pi/2}$ in the plane.
#     - *Uniform in radius is uniform.* Count points in the core. Throw rice on a plate.
#     - *The mean radius of a ring from 0.6 to 0.8 is 0.7.* Half of the area lies outside 0.707.
#     - *A state adds up like an interest rate,* $1/(1-|\lambda|)$. That is for a constant. Noise cancels in
#       part, and what adds up is the mean square.
#     - *gamma belongs to the state.* The fourth question of "Check yourself" asks it.
#     - *Take the real part, then multiply by C.* $i \cdot i = -1$ is real.
#     - *`.mH` is `.T`.* It conjugates as well.
#     - *y is read from the old state.* Then every input is one step late. Renew, then read. *broken_layers*
#       has it.
#
#     **Questions for the end.** What would an eigenvalue of exactly 1 be good for, and why can the LRU not
#     have it? (To count; {{ lesson state_tracking }}.) Why not simply $r_{\min} = r_{\max} = 0.9999$? (Then
#     nothing forgets quickly, and the latest symbol has to be found among ten thousand.) What changes if
#     Lambda may depend on the input? ({{ Lesson selection }} and {{ lesson hybrid }}.)

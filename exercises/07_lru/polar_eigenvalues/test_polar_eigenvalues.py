"""The stable exponential form: against Python's own complex numbers, one at a time."""

import cmath
import math

import numpy as np

from minirnn.course.checks import close, finite, points, same_shape, same_type, true


def _parameters(rng, d_state):
    """Sizes between 0.3 and 0.99, phases all around the circle."""
    return np.log(rng.uniform(0.01, 1.2, d_state)), np.log(rng.uniform(0.2, 6.0, d_state))


def probe(rng):
    one = (np.array([math.log(0.1)]), np.array([math.log(math.pi / 2)]))
    return [one, _parameters(rng, 5), (np.array([-0.7, 0.3, 0.8]), np.array([-0.9, 0.4, 0.1]))]


def oracle(nu_log, theta_log):
    """Size and phase by hand, then cmath."""
    numbers = []
    for n, t in zip(nu_log.tolist(), theta_log.tolist(), strict=True):
        size = 1.0 / math.e ** (math.e**n)
        numbers.append(cmath.rect(size, math.e**t))
    return np.array(numbers)


def gradients(function, nu_log, theta_log):
    """What autograd says of 2 Re Lambda + 3 Im Lambda, or None where it does not reach."""
    nu_log.requires_grad_()
    theta_log.requires_grad_()
    Lambda = function(nu_log, theta_log)
    if not Lambda.requires_grad:
        return None
    (2 * Lambda.real + 3 * Lambda.imag).sum().backward()
    return [x.grad for x in (nu_log, theta_log)]


def _complex(got):
    """The numbers, as complex ones also where they are two columns, which is told once."""
    numbers = got.array
    return numbers[..., 0] + 1j * numbers[..., 1] if _is_columns(got) else numbers


def _is_columns(got):
    return not np.iscomplexobj(got.array) and got.array.ndim == 2 and got.array.shape[1] == 2


def _tolerance(got):
    """Looser for numbers in single precision, which is told once."""
    return 1e-5 if got.dtype in ("complex64", "float32") else 1e-9


@points(1)
def test_runs(learner, rng):
    """It returns one complex number for each state."""
    got = learner(*_parameters(rng, 4))
    same_type(got, "tensor")
    true(
        not _is_columns(got),
        "You return the real and the imaginary parts as two columns, expected one complex number for each "
        "state: torch.complex makes it from the two.",
    )
    same_shape(got, (4,), "(d_state,)")
    true(np.iscomplexobj(got.array), f"The dtype is {got.dtype}, expected a complex one: Lambda is complex.")


@points(1)
def test_dtype(learner, rng):
    """As precise as the parameters."""
    nu_log, theta_log = _parameters(rng, 4)
    for real, wanted in (("float64", "complex128"), ("float32", "complex64")):
        got = learner(nu_log.astype(real), theta_log.astype(real))
        same_type(got, "tensor")
        true(
            got.dtype == wanted,
            f"For parameters in {real} the dtype is {got.dtype}, expected {wanted}: keep their precision.",
        )


@points(1)
def test_size(learner, rng):
    """|Lambda| = exp(-exp(nu_log)), first for phases so small that they do not matter."""
    nu_log, _ = _parameters(rng, 4)
    for args in ((nu_log, np.full(4, -60.0)), *probe(rng)):
        got = learner(*args)
        same_type(got, "tensor")
        finite(got)
        wanted = np.abs(oracle(*args))
        close(np.abs(_complex(got)), wanted, _tolerance(got), what="the size |Lambda|")


@points(1)
def test_phase(learner, rng):
    """The phase, first for states so slow that their size is 1."""
    _, theta_log = _parameters(rng, 4)
    for args in ((np.full(4, -60.0), theta_log), *probe(rng)):
        got = learner(*args)
        same_type(got, "tensor")
        finite(got)
        turn = _complex(got) / np.maximum(np.abs(_complex(got)), 1e-300)
        wanted = oracle(*args)
        close(turn, wanted / np.abs(wanted), _tolerance(got), what="the turn Lambda / |Lambda|")


@points(1)
def test_value(learner, rng):
    """Size and phase."""
    for args in probe(rng):
        got = learner(*args)
        same_type(got, "tensor")
        close(_complex(got), oracle(*args), _tolerance(got), what="Lambda")


@points(1)
def test_any_parameters(learner, rng):
    """From states that forget at once to those that hardly forget, slow and fast ones."""
    nu_log, theta_log = np.linspace(-25.0, 3.0, 15), np.linspace(3.0, -25.0, 15)
    got = learner(nu_log, theta_log)
    same_type(got, "tensor")
    finite(got)
    wanted = oracle(nu_log, theta_log)
    sizes = np.abs(_complex(got))
    quotient = sizes / np.abs(wanted)
    for size, q in zip(sizes, quotient, strict=True):
        true(
            abs(q - 1) <= 1e-6 or np.sum(sizes == size) < 2,
            f"Several of your sizes are {size:.6g}, for different nu_log: is something cut off or kept away "
            "from a border? exp(-exp(nu_log)) needs no help.",
        )
    what = "the size |Lambda|, divided by what it should be,"
    close(quotient, np.ones(15), 10 * _tolerance(got), what=what)
    close(_complex(got), wanted, _tolerance(got), what="Lambda")


@points(1)
def test_gradient(learner, rng):
    """Gradients flow through Lambda to both parameters."""
    nu_log, theta_log = _parameters(rng, 5)
    got = learner.drive(gradients, nu_log, theta_log)
    true(
        got is not None and all(g is not None for g in got),
        "No gradient reaches nu_log and theta_log: stay with torch, without .item(), .detach() or numpy.",
    )
    Lambda, nu, theta = oracle(nu_log, theta_log), np.exp(nu_log), np.exp(theta_log)
    for name, g, slope in (("nu_log", got[0], -nu * Lambda), ("theta_log", got[1], 1j * theta * Lambda)):
        close(g, 2 * slope.real + 3 * slope.imag, 1e-5, what=f"the gradient of {name}")


@points(1, graded=True)
def test_always_inside(learner, rng):
    """Inside the unit circle wherever the optimiser has pushed the parameters."""
    nu_log, theta_log = rng.uniform(-12, 3, 50), rng.uniform(-8, 2, 50)
    got = learner(nu_log, theta_log)
    same_shape(got, (50,), "(d_state,)")
    true(bool(np.all(np.abs(got.array) < 1)), "Some |Lambda| is not below 1 for nu_log between -12 and 3.")
    close(got, oracle(nu_log, theta_log), what="Lambda")

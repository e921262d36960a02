"""Formulas in plain letters: as one would type them; nothing that is no formula is touched."""

import re

import pytest

from minirnn.base.plain_math import plain_math
from minirnn.course import bank


@pytest.mark.parametrize(
    ("drawn", "plain"),
    [
        (r"$h_t = a_t h_{t-1} + b_t$", "h_t = a_t h_{t-1} + b_t"),
        (r"$h_t = a_t \, h_{t-1}$", "h_t = a_t h_{t-1}"),
        (r"$\frac{1}{1 - |\lambda|^2}$", "1 / (1 - |lambda|^2)"),
        (r"$2\frac{a}{b}$ and $\frac{a_t}{b}x$", "2 (a / b) and (a_t / b) x"),
        (r"$\frac{1}{\sqrt{1 - \frac{a}{b}}}$", "1 / sqrt(1 - a / b)"),
        (r"$\exp(-\exp(\nu_{\log}) + i\exp(\theta_{\log}))$", "exp(-exp(nu_log) + i exp(theta_log))"),
        (r"$\sum_{k=0}^{t} a^k$", "sum_{k=0}^t a^k"),
        (r"$2\times 2$, $a\le b$, $a \ge b$, $a \ne b$", "2 x 2, a <= b, a >= b, a != b"),
        (r"$\Delta \to \infty$, $0, 1, \dots, T-1$", "Delta -> infinity, 0, 1, ..., T-1"),
        (r"$-\log_2 p$ and $a \cdot b$", "-log_2 p and a * b"),
        (r"$W^\top x$, $\overline{\lambda}$, $\mathrm{softplus}(x)$", "W^T x, conj(lambda), softplus(x)"),
        (r"$p \text{ if } \lvert x \rvert < 1$", "p if | x | < 1"),
        (r"$\lvert\lambda\rvert = r$ and $\lfloor\lambda\rfloor$", "|lambda| = r and floor(lambda)"),
        (r"$\lambda_1^{t-1}\lambda$", "lambda_1^{t-1} lambda"),
        ("$$\na = b\n$$", "a = b"),
        (r"`$x_{\log}$` costs $5 or $6 $", r"`$x_{\log}$` costs $5 or $6 $"),
        ("```\n$x_{a}$\n```", "```\n$x_{a}$\n```"),
        ("no formula: h_t, 5 \\frac", "no formula: h_t, 5 \\frac"),
    ],
)  # fmt: skip
def test_a_formula_in_plain_letters(drawn, plain):
    assert plain_math(drawn) == plain


def test_what_is_not_known_stays_to_be_found():
    assert plain_math(r"$\strange{x}$") == r"\strange{x}"


LEFT = re.compile(r"\\[A-Za-z]+|\$[^$\n]+\$")


@pytest.mark.parametrize("exercise", bank.exercises(), ids=lambda exercise: exercise.id)
def test_all_that_an_exercise_says_can_be_said_in_plain_letters(exercise):
    parts = exercise.readme()
    for text in (parts["statement"], *parts["hints"], parts["debrief"]):
        prose = re.sub(r"```.*?```|`[^`\n]+`", "", text, flags=re.DOTALL)
        assert not LEFT.findall(prose)


def test_the_page_gets_the_formulas_and_the_stub_plain_letters(tmp_path, monkeypatch):
    from tests.course.tiny import make_bank

    place = make_bank(tmp_path)
    monkeypatch.setenv("MINIRNN_BANK", str(place))
    exercise = bank.load(place)[0].exercises[0]
    docstring = 'r"""Twice: $2 \\cdot x$.\n\n    $y_{t}$\n    """\n    price = "$5 and $6"'
    for name, old, new in (
        ("README.md", "Write `double`.", r"Write `double`: $2 \cdot x$."),
        ("exercise.py", '"""Twice each number."""', docstring),
    ):
        path = exercise.folder / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert r"$2 \cdot x$" in exercise.statement(drawn=True) and "`double`: 2 * x." in exercise.statement()
    assert 'r"""Twice: 2 * x.\n\n    y_t\n    """\n    price = "$5 and $6"' in exercise.stub()
    assert r"$2 \cdot x$" in exercise.solution()
    compile(exercise.stub(), "stub", "exec")

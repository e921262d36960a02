r"""Formulas in plain letters, for a terminal and for comments: `$h_t = \lambda h_0$` -> h_t = lambda h_0.

A page draws the formulas of a text; where nothing can be drawn, they are written as one would type them. Code
is left alone. A command that is not known here stays as it is, with its backslash: a test finds it.
"""

from __future__ import annotations

import re

# Code is skipped; a formula has no space inside its dollars, so that prices are none.
CODE_OR_MATH = re.compile(
    r"(?P<code>```.*?```|`[^`\n]+`)|\$\$(?P<shown>.+?)\$\$|\$(?P<tex>[^\s$](?:[^$]*?[^\s$])?)\$", re.DOTALL
)
WRITTEN = {
    "cdot": "*",
    "odot": "*",
    "times": "x",
    "le": "<=",
    "leq": "<=",
    "ge": ">=",
    "geq": ">=",
    "ne": "!=",
    "neq": "!=",
    "approx": "~",
    "equiv": "=",
    "pm": "+-",
    "to": "->",
    "mapsto": "->",
    "rightarrow": "->",
    "infty": "infinity",
    "dots": "...",
    "ldots": "...",
    "cdots": "...",
    "lvert": "|",
    "rvert": "|",
    "mid": "|",
    "vert": "|",
    "lVert": "||",
    "rVert": "||",
    "top": "T",
    "lfloor": "floor(",
    "rfloor": ")",
    "lceil": "ceil(",
    "rceil": ")",
    "quad": "  ",
    "qquad": "  ",
    "bmod": "mod",
    "partial": "d",
    "varepsilon": "epsilon",
    "ell": "l",
    "left": "",
    "right": "",
    "big": "",
    "Big": "",
    "displaystyle": "",
}
SIGNS = {name for name, said in WRITTEN.items() if said in ("*", "x", "<=", ">=", "!=", "~", "=", "+-", "->")}
NAMES = re.compile(
    "sum|prod|log|exp|tanh|sin|cos|min|max|in|mod|ln|arg|Re|Im|alpha|beta|[gG]amma|[dD]elta|epsilon|eta|[tT]heta"
    "|kappa|[lL]ambda|mu|nu|xi|pi|rho|[sS]igma|tau|(?:var)?phi|Phi|psi|[oO]mega|zeta"
)
FONTS = {"mathrm", "text", "mathbf", "mathit", "mathbb", "mathcal", "operatorname", "textit", "boldsymbol"}
MARKS = {"sqrt": "sqrt", "overline": "conj", "bar": "mean", "hat": "hat", "tilde": "tilde"}
TWO = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
ONE = re.compile(rf"\\({'|'.join([*FONTS, *MARKS])})\s*(?:\{{([^{{}}]*)\}}|(\w))")
COMMAND = re.compile(r"\\([A-Za-z]+)")
# Written first: what follows a bracket needs no room, as it would after the letters of a command.
OPENING = re.compile(r"\\(lvert|lVert|lfloor|lceil)(?![A-Za-z])")
# Braces that only hold an index together: kept while others are taken apart, from the inside out.
INDEX = re.compile(r"([_^])\{([^{}]*)\}")
KEPT = str.maketrans({"\x01": "{", "\x02": "}"})


def plain_math(text: str) -> str:
    """The text with its formulas in plain letters."""

    def said(found: re.Match[str]) -> str:
        return found["code"] or in_letters(found["shown"] or found["tex"])

    return CODE_OR_MATH.sub(said, text) if "$" in text else text


def in_letters(tex: str) -> str:
    """One formula in plain letters."""
    before = ""
    while tex != before:  # from the inside out
        before = tex
        tex = TWO.sub(_two, tex)
        tex = ONE.sub(_one, tex)
        tex = INDEX.sub(_index, tex)
    tex = re.sub(r"\\(?=[{}%&_#$])|\\[,;:! ]|~", lambda mark: "" if len(mark[0]) == 1 else " ", tex)
    tex = OPENING.sub(lambda found: WRITTEN[found[1]], tex)
    tex = COMMAND.sub(_command, tex)
    return re.sub(r"[ \t]{2,}", " ", tex.translate(KEPT)).strip()


def _index(found: re.Match[str]) -> str:
    mark, inside = found.groups()
    return f"{mark}{inside}" if re.fullmatch(r"\w|\\[A-Za-z]+", inside) else f"{mark}\x01{inside}\x02"


def _one(found: re.Match[str]) -> str:
    """\\sqrt{x}, \\text{x}."""
    name, inside = found[1], found[2] if found[2] is not None else found[3]
    return inside if name in FONTS else f"{MARKS[name]}({inside})"


def _two(found: re.Match[str]) -> str:
    """A fraction; in brackets where it stands beside something."""
    said = f"{_whole(found[1])} / {_whole(found[2])}"
    before, after = found.string[: found.start()].rstrip(), found.string[found.end() :].lstrip()
    alone = not re.search(r"[\w)}]$", before) and not re.match(r"[\w(\\^]", after)
    return said if alone else f" ({said}) "


def _command(found: re.Match[str]) -> str:
    """\\lambda, \\le: with room to letters and digits beside it."""
    name, text = found[1], found.string
    said = name if NAMES.fullmatch(name) else WRITTEN.get(name, found[0])
    if said.isalpha() or name in SIGNS:
        said = " " * bool(re.match(r"[^\W_]|\x02", text[found.start() - 1 : found.start()])) + said
        said += " " * text[found.end() : found.end() + 1].isalnum()
    return said


def _whole(tex: str) -> str:
    """In brackets, if it is more than one thing."""
    tex = tex.strip()
    return tex if re.fullmatch(r"[\w\\]+(?:[_^](?:\w+|\x01[^\x02]*\x02))?|\w*\([^()]*\)", tex) else f"({tex})"

"""What a learner reads when there is no value to check.

The file cannot be read, or names what it may not use; or a call of it raised, or used what it may not import.
"""

import ast
import warnings
from typing import Any

from minirnn.course.checks import Wrong
from minirnn.course.exercise_files import may_import

LONGEST = 250_000  # bytes of a learner's file


def decode(data: bytes, filename: str) -> str:
    """The text of a file. Raises Wrong if it is none."""
    if len(data) > LONGEST:
        raise Wrong(
            f"{filename} has {len(data):,} bytes; a file of Python for an exercise is short.",
            kind="unreadable",
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise Wrong(
            f"{filename} is not UTF-8 text (byte {error.start}): save it as UTF-8.", kind="unreadable"
        ) from None


def refuse(source: str, filename: str, forbidden: dict[str, str]) -> None:
    """Raise Wrong for a file that does not parse, imports the reference, or names the answer itself."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except SyntaxError as error:
        line = (error.text or "").strip()
        where = f"{filename}, line {error.lineno}: {line}"
        raise Wrong(f"Python cannot read the file: {error.msg}.", kind="syntax", where=where) from None
    except (ValueError, RecursionError, MemoryError):
        raise Wrong("Python cannot read the file.", kind="syntax", where=filename) from None
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = {alias.name: alias.asname or alias.name.partition(".")[0] for alias in node.names}
            aliases |= {to: name if to != name.partition(".")[0] else to for name, to in names.items()}
        elif isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}": alias.asname or alias.name for alias in node.names}
            aliases |= {to: name for name, to in names.items()}
        else:
            continue
        for name in names:
            if name.partition(".")[0] == "minirnn":
                where = f"{filename}, line {node.lineno}"
                reason = "minirnn holds what this exercise asks you to build, so it cannot be imported here."
                raise Wrong(f"Your file imports {name}: {reason}", kind="refused", where=where)
    for node in ast.walk(tree):
        name = _dotted(node, aliases)
        if name in forbidden:
            where = f"{filename}, line {getattr(node, 'lineno', 1)}"
            raise Wrong(f"Your file uses {name}: {forbidden[name]}", kind="refused", where=where)


def _dotted(node: ast.AST, aliases: dict[str, str]) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < 8:  # no name that is forbidden is longer
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([aliases.get(node.id, node.id), *reversed(parts)])


def guarded(source: str) -> list[int]:
    """The lines of imports that the file expects to fail: those in a `try` that would catch it."""
    expected = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
    try:
        tries = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Try)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # which running it will say
        return []
    lines = set()
    for node in tries:
        caught = [name for each in node.handlers for name in ast.walk(each.type or ast.Name("Exception"))]
        if any(isinstance(name, ast.Name) and name.id in expected for name in caught):
            inside = (each for statement in node.body for each in ast.walk(statement))
            lines |= {each.lineno for each in inside if isinstance(each, (ast.Import, ast.ImportFrom))}
    return sorted(lines)


def absent(used: dict[str, Any], filename: str, uses: str) -> Wrong:
    """What is said of a module that the file uses and may not use, or cannot."""
    name, line, reason = str(used["name"]), used["line"], str(used["why"])
    if reason:
        reason = f"It cannot be imported here: {reason}."
    elif used["own"]:
        top = name.lstrip(".").partition(".")[0]
        reason = (
            f"{may_import(uses)} If {top} is a file of yours: only this one file is handed in and "
            f"checked, so copy what you need from {top} into it."
        )
    else:
        reason = may_import(uses)
    where = f"{filename}, line {line}: {used['code']}"
    return Wrong(f"Your code uses {name}, imported in line {line}. {reason}", kind="refused", where=where)


def raised(error: dict[str, Any], filename: str) -> Wrong:
    """What is said of an exception. error: its type, message, line and code, as child.py sends them."""
    kind = "raised"
    if error["type"] == "NotImplementedError":
        return Wrong(f"{filename} is not written yet: {error['message']}.", kind="not begun")
    if error["type"] in ("SyntaxError", "IndentationError", "TabError"):
        kind = "syntax"
    if error["type"] == "MemoryError":
        kind = "memory"
    where = f"{filename}, line {error['line']}: {error['code']}" if error["line"] else filename
    message = f": {error['message']}" if error["message"] else ""
    if error["type"] == "EOFError" and "input(" in error["code"]:
        message = ": there is no keyboard here. What the function needs comes as its arguments"
    return Wrong(f"Your code raised {error['type']}{message}", kind=kind, where=where)

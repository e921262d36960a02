"""What a learner reads when a call of the file gave no value: it raised, or used what it may not import."""

import ast
from typing import Any

from minirnn.course import bank
from minirnn.course.checks import Wrong


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
            f"{bank.may_import(uses)} If {top} is a file of yours: only this one file is handed in and "
            f"checked, so copy what you need from {top} into it."
        )
    else:
        reason = bank.may_import(uses)
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

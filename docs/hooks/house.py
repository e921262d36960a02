"""The house as a tree, drawn from the code: `python docs/hooks/house.py` writes it into CONTRIBUTING.md.

Each entry has the first sentence of its docstring; the floors come from the ground up, as pyproject.toml has
them for import-linter. A test compares the tree with the code.
"""

import ast
import re
import sys
import textwrap
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = "CONTRIBUTING.md"
TREE = re.compile(r"(<!-- house -->\n+```\n).*?(\n```\n)", re.DOTALL)
WIDE = 110


def floors(root: Path) -> list[str]:
    """The entries of minirnn/, from the ground up."""
    config = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in config["contracts"] if contract["type"] == "layers")
    return [name for floor in reversed(layers) for name in re.split(r"[\s:|]+", floor)]


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return re.split(r"(?<=\.)\s|\n\n", " ".join(text.split("\n\n")[0].split()))[0]


def members(folder: Path) -> list[str]:
    """What lies in a package: its modules, and its packages with a stroke."""
    packages = [f"{path.parent.name}/" for path in folder.glob("*/__init__.py")]
    return sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__") + sorted(packages)


def draw(root: Path = ROOT) -> str:
    """The tree."""
    lines = ["minirnn/"]

    def add(path: Path, depth: int) -> None:
        folder = path.is_dir()
        name = "  " * depth + path.name + "/" * folder
        said = first_sentence(path / "__init__.py" if folder else path)
        # 14 columns for names: a longer one stands above its sentence.
        head, space = (f"{name:14}", " " * 14) if len(name) < 14 else (" " * 14, " " * 14)
        lines.extend([name] * (len(name) >= 14))
        lines.extend(textwrap.wrap(said, WIDE, initial_indent=head, subsequent_indent=space))
        if folder:
            inside = members(path)
            lines.extend(textwrap.wrap(" ".join(inside), WIDE, initial_indent=space, subsequent_indent=space))
            for below in inside if path.name == "course" else []:
                if below.endswith("/"):
                    add(path / below[:-1], depth + 1)

    for name in floors(root):
        path = root / "minirnn" / name
        add(path if path.is_dir() else path.with_suffix(".py"), 1)
    return "\n".join(lines)


def main() -> None:
    """Write the tree into the page."""
    page = ROOT / PAGE
    text = page.read_text(encoding="utf-8")
    if not TREE.search(text):
        sys.exit(f"{PAGE} has no place for the tree: a line <!-- house --> and a block of code after it.")
    page.write_text(TREE.sub(lambda found: found[1] + draw() + found[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()

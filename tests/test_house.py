"""The house is as CONTRIBUTING.md and README.md show it, and no folder of it is crowded."""

import ast
import importlib.util
import pkgutil
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(path.parent for path in (ROOT / "minirnn").rglob("__init__.py"))
ENTRIES, CROWD = 12, 15  # of minirnn/, and of another folder

spec = importlib.util.spec_from_file_location("house", ROOT / "docs" / "hooks" / "house.py")
house = importlib.util.module_from_spec(spec)
spec.loader.exec_module(house)


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_tree_is_what_the_code_draws():
    assert house.TREE.search(page("CONTRIBUTING.md")), "no place for the tree"
    assert house.draw() in page("CONTRIBUTING.md"), "run `python docs/hooks/house.py`"


def test_the_tree_shows_every_entry_and_no_more_than_a_dozen():
    entries = {
        path.name.removesuffix(".py") for path in (ROOT / "minirnn").glob("[!_]*") if path.name != "py.typed"
    }
    assert set(house.floors(ROOT)) == entries and len(entries) <= ENTRIES


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_a_folder_is_not_crowded_and_says_what_lives_there(folder):
    if folder.name not in ("minirnn", "layers"):  # the one is above; the other has a file for each recurrence
        assert len(house.members(folder)) <= CROWD
    assert house.first_sentence(folder / "__init__.py")


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_what_a_folder_says_of_its_files_is_true(folder):
    """Each file that it names lies there, or at that path from the root."""
    named = re.findall(r"[\w/]+\.py\b", ast.get_docstring(ast.parse(page(folder / "__init__.py"))) or "")
    assert [name for name in named if not ((folder / name).is_file() or (ROOT / name).is_file())] == []


def test_the_ways_name_what_is_there():
    ways = re.findall(r"`(minirnn\.[\w.]+)`", page("CONTRIBUTING.md"))
    assert len(ways) >= 20
    for name in ways:
        assert pkgutil.resolve_name(name) is not None


def test_every_path_in_the_readme_is_there():
    table = page("README.md").partition("## What is where")[2].partition("\n## ")[0]
    paths = [
        path
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for path in re.findall(r"`(.+?)`", row)
    ]
    assert len(paths) >= 12
    assert [path for path in paths if not (ROOT / path).exists()] == []

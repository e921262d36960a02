"""The lessons as notebooks: all are valid, and one runs in Jupyter's kernel and shows what its page shows.

Needs the extra site-test. Without it: skipped, but an error where CI is set.
"""

import contextlib
import importlib
import io
import os
from pathlib import Path

import pytest

from minirnn.course import figures
from minirnn.course.site import build as site
from minirnn.course.site import lesson_pages

ROOT = Path(__file__).parents[2]
LESSON = "scan_at_work"  # has figures, tables and committed results, and takes a few seconds


def needed(name):
    """The module of that name, of the extra site-test."""
    try:
        return importlib.import_module(name)
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"{name} is not installed: it is in the extra site-test.")


@pytest.fixture(scope="module")
def pages():
    """The real lessons, by their id."""
    return {page.lesson.id: page for page in site.build_lessons(ROOT)}


def notebook(name):
    """The notebook of a lesson, valid."""
    nbformat = needed("nbformat")
    path = ROOT / lesson_pages.PAGES / name / f"{name}.ipynb"
    read = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(read)
    return read


def test_all_are_valid(pages):
    assert len(pages) >= 4
    for name in pages:
        assert notebook(name).cells[0].source.startswith("%pip install")


def on_page(outputs):
    """What a cell shows on the page: its text, tables as they are printed, and the number of figures."""
    with contextlib.redirect_stdout(io.StringIO()) as text:
        for output in outputs:
            if output.kind == "text":
                print(output.content["text"], end="")
            elif output.kind == "table":
                figures.show_table(output.content["table"], caption=output.content["caption"])
    return text.getvalue(), sum(output.kind == "figure" for output in outputs), []


def in_jupyter(cell):
    """The same of a cell that ran in Jupyter, and what else it shows, such as warnings."""
    text, drawn, others = "", 0, []
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            text += output.text
        elif "image/svg+xml" in output.get("data", {}):
            drawn += 1
        else:
            others.append(output)
    return text, drawn, others


def test_one_runs_in_jupyter_and_shows_what_its_page_shows(pages, tmp_path, monkeypatch):
    nbclient, nbformat, _ = map(needed, ("nbclient", "nbformat", "ipykernel"))
    page, ours = pages[LESSON], notebook(LESSON)
    ours.cells.insert(1, nbformat.from_dict(ours.cells[0] | {"id": "again"}))  # it can be run twice
    for name, value in {
        "IPYTHONDIR": str(tmp_path / "ipython"),  # without what the reader has set there
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        "MINIRNN_BANK": str(tmp_path),  # there is no clone of the project
        "OMP_NUM_THREADS": "1",
        "PIP_NO_INDEX": "1",  # this version is here
    }.items():
        monkeypatch.setenv(name, value)
    where = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(ours, timeout=120, kernel_name="python3", resources=where).execute()

    code = [cell for cell in ours.cells if cell.cell_type == "code"]
    for cell in code[:2]:
        said, _, others = in_jupyter(cell)
        assert "ERROR" not in said and others == []
    assert "results.bring(" in code[2].source and code[2].outputs == []
    cells = [cell for cell in page.cells if cell.kind != "text" and cell.text.strip()]
    for cell, ran in zip(cells, code[3:], strict=True):
        assert ran.source == cell.text.strip()
        assert in_jupyter(ran) == on_page(page.outputs.get(cell.number, [])), ran.source

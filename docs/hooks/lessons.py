"""What mkdocs calls before it builds: all work is in minirnn.course.site.build."""

import sys
from pathlib import Path

from markdown.extensions import Extension
from mkdocs.exceptions import Abort

sys.path.insert(0, str(Path(__file__).parents[2]))  # `mkdocs build` works in a clone that is not installed

from minirnn.base.errors import UserError
from minirnn.course.site import build as site
from minirnn.course.site import directives, formulas, later, lessons
from minirnn.course.site.text import tables, terms


class Blocks(Extension):
    """An element of ours that holds Markdown is a block, as <div> is; and so is <template>."""

    def extendMarkdown(self, md):
        md.block_level_elements.extend(["minirnn-predict", "template"])


def on_config(config):
    """Put the lessons that are written into the navigation, after the map."""
    config.markdown_extensions.append(Blocks())
    root = Path(config.config_file_path).parent
    pages = [{lesson.title: f"lessons/{lesson.id}.md"} for lesson in lessons.written(root)]
    for entry in config.nav:
        if "Lessons" in entry:
            entry["Lessons"] = [entry["Lessons"][0], *pages]
    return config


def on_pre_build(config):
    """Write the pages that are made from the lessons, the bank and the results."""
    try:
        site.prepare(Path(config.config_file_path).parent)
    except UserError as error:
        raise Abort(str(error)) from None


def on_page_markdown(markdown, page, config, files):
    """Write number, title and link where a page speaks of a lesson."""
    where = page.file.src_uri
    folder = "../" * where.count("/") + "lessons/"
    try:
        return directives.linked(Path(config.config_file_path).parent, markdown, folder, where)
    except UserError as error:
        raise Abort(str(error)) from None


def on_page_content(html, page, config, files):
    """Explain the glossary's words, draw the formulas, and put off what is far below."""
    root = Path(config.config_file_path).parent
    glossary = (root / terms.GLOSSARY).read_text(encoding="utf-8")
    if page.file.src_uri.startswith("lessons/"):
        html = terms.explained(html, glossary, "../../glossary/")
    elif page.file.src_uri == terms.GLOSSARY.name:
        html = terms.with_places(html, glossary)
    try:
        return later.wrap(tables.with_row_heads(formulas.draw(root, html)))
    except UserError as error:
        raise Abort(f"{page.file.src_uri}: {error}") from None

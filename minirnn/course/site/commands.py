"""`minirnn site`: the course's website on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(rich_markup_mode=None)


@app.command(short_help="Build the site and show it here.")
def site(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="LESSON", help="With --lessons: only these.")
    ] = None,
    only_build: Annotated[bool, typer.Option("--build", help="Build it into site/ and end.")] = False,
    only_lessons: Annotated[
        bool, typer.Option("--lessons", help="Run the lessons and write their pages, notebooks; end.")
    ] = False,
    port: Annotated[int, typer.Option(metavar="N", help="Where to serve it on this machine.")] = 8000,
) -> None:
    """Build the website of the course, from its sources, and serve it on this machine.

    Example: minirnn site --port 8080
    """
    from minirnn.base.errors import UsageError
    from minirnn.course import bank
    from minirnn.course.site import build as machine

    root = bank.root()
    if names and not only_lessons:
        raise UsageError("Lessons are named with --lessons only.")
    if only_lessons:
        for page in machine.build_lessons(root, names or None):
            how = f"ran in {page.seconds:.1f} s of processor time" if page.ran else "unchanged"
            print(f"{page.lesson.id:20} {how:34} docs/lessons/{page.lesson.id}.md")
    elif only_build:
        new = machine.build(root)
        print(f"{'Built' if new else 'Nothing changed in'} {root / 'site'}.")
    else:
        print(f"Building; then see http://localhost:{port}/ and stop with Ctrl-C.", flush=True)
        machine.serve(root, port)

"""What holds for each exercise that runs in the page, for the files that share these tests out among them.

`dev check` finds the exercise fair, and of each file that it tries, Python in the page says what the command
line says: same rungs, same words, same diagnosis. The page's side runs as in a browser: what the zip holds is
all of the project that it has, and the packages that a browser lacks are not there.
"""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

from minirnn.course.author import check as dev
from minirnn.course.grading import diagnosis, engine
from minirnn.course.grading.box import Box
from minirnn.course.grading.boxes import Lent
from minirnn.course.site import in_page as page
from minirnn.course.site import page_files
from tests.thorough import SEEDS

ROOT = Path(__file__).parents[2]
HERE = page_files.exercises(ROOT)
ALONE = """
import json, os, sys

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[2].split(","):
            raise ImportError(f"{name} is not there")

sys.meta_path.insert(0, Lacking())
sys.path.insert(0, sys.argv[1])
os.environ["MINIRNN_BANK"] = sys.argv[1]
from minirnn.course.site import in_page as page
assert page.__file__.startswith(sys.argv[1])
described, results = page.described, []
page.described = lambda *args: (results.append(args[1].to_dict()), described(*args))[1]
said = [(json.loads(page.check(*file)), results[-1]) for file in json.load(sys.stdin)]
print(json.dumps(said))
"""


def unpack(folder: Path) -> Path:
    """Unpack there what the page loads."""
    with zipfile.ZipFile(io.BytesIO(page_files.pack(ROOT))) as packed:
        packed.extractall(folder)
    return folder


def told(result):
    """All of a result but how long it took."""
    return {**result, "seconds": 0, "worst_ratio": 0, "printed": ""}


def check(exercise, unpacked, monkeypatch):
    """Assert all of it. unpacked: where the page's zip is unpacked."""
    theirs, grade = {}, engine.grade

    def recorded(*args, **options):
        result = grade(*args, **options)
        if options.keys() == {"boxes"}:  # as a learner's check
            theirs[args[1].decode()] = result
        return result

    with monkeypatch.context() as patch:
        patch.setattr(engine, "grade", recorded)
        assert dev.check_exercise(exercise, seeds=SEEDS) == []
    files = {"stub": exercise.stub(), "solution": exercise.solution()}
    for name in diagnosis.mistake_names(exercise):
        files[name] = dev.as_submission(exercise, name)
    assert len(files) >= 6
    box = Box(exercise.uses)
    for source in files.values():
        if (
            source not in theirs
        ):  # the solution and other right ones, which `dev check` grades with more seeds
            theirs[source] = grade(exercise, source.encode(), boxes=lambda uses: Lent(box))
    box.close()
    ours = dict(zip(files, in_the_page(exercise, list(files.values()), unpacked), strict=True))
    for case, source in files.items():
        shown, result = ours[case]
        assert told(result) == told(theirs[source].to_dict()), case
        assert shown == page.described(exercise, theirs[source]), case
    assert ours["solution"][0]["passed"]
    assert ours["stub"][0]["status"] == "not begun"
    wrong = [case for case in files if case not in ("stub", "solution") and not case.startswith("right_")]
    assert [ours[case][0]["mistake"] for case in wrong] == wrong


def in_the_page(exercise, sources, unpacked):
    """(what the page shows, the whole result as a dict) for each of these texts of a file."""
    lacking = [
        "pytest",
        "rich",
        "typer",
        "torch",
        "mkdocs",
        *(["numpy"] if exercise.uses == "python" else []),
    ]
    command = [sys.executable, "-I", "-B", "-c", ALONE, str(unpacked), ",".join(lacking)]
    files = json.dumps([(exercise.id, source) for source in sources])
    done = subprocess.run(command, input=files, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)

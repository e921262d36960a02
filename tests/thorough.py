"""How much of what takes long a run of the tests tries.

.ci/run sets MINIRNN_THOROUGH, and then each solution is tried with all seeds, each answer of tests/answers
is graded, and real processes are started for every case. Without it a run takes a part of these, always the
same, so that twenty lessons can be tested in minutes on a laptop.
"""

import os
import zlib

THOROUGH = bool(os.environ.get("MINIRNN_THOROUGH"))
SEEDS = 20 if THOROUGH else 4  # with which a solution must pass; `dev check` of one exercise takes 20


def part(exercise, paths, one_of=3):
    """Of these paths one of three, others for each exercise; all of them in a thorough run."""
    return paths if THOROUGH else paths[zlib.crc32(exercise.encode()) % one_of :: one_of]


def few(cases, count=1):
    """The first of these cases, each of which starts processes; all of them in a thorough run."""
    return cases if THOROUGH else cases[:count]

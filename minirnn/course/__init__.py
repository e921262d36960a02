"""The learner's and the teacher's tool: exercises, how they are checked, and how a class is graded.

    bank.py       the exercises and the manifest of the course, as they lie on disk
    wire.py       values as bytes: how arguments and results cross between two processes, without pickle
    child.py      the process in which a learner's file runs; rules.py says what it may not do there, and
                  theirs.py keeps what it changes in Python to itself
    box.py        that process seen from outside: start it, call the function, stop it in time (clock.py);
                  failures.py is what one reads of a call that gave no value
    checks.py     what the tests of an exercise are written with, and what they say when they fail
    engine.py     run the rungs of one exercise against one file
    diagnosis.py  which misconception a file shows

    workspace.py  a learner's folder: start, update, reset
    progress.py   what a learner has done so far, and the check that writes it down, one at a time (lock.py)
    feedback.py   what a learner reads, as plain lines or laid out in a terminal
    watch.py      check again at each save; boxes.py has the processes of the next check started by then
    plugin.py     plain pytest in a workspace
    doctor.py     what a set-up is made of, and whether each part works
    commands.py   the commands of a learner

    archives.py, naming.py, rosters.py   folders and zips as a tree; what names say; who is behind a number
    people.py     the learners of a class, and what each handed in
    submissions.py, classroom.py, formats.py, report.py, gradescope.py, plan.py, teach.py   the teacher's kit
    tojson.py     JSON as the standard has it
    dev.py, dev_commands.py   the safety net of those who write exercises
    lessons.py and its neighbours, site.py   a lesson file becomes a page, a notebook, a handout; the website
    page.py, page_files.py   the same checks in a page, by the same words

Nothing here imports torch, and numpy comes only when an exercise uses it: a check answers in a second.
"""

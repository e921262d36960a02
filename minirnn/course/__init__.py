"""The learner's and the teacher's tool: exercises, how they are checked, and how a class is graded.

    bank.py      the manifest: which lessons and exercises there are; exercise_files.py: one exercise
    mentions.py  what a text says of a lesson: its number, its title, a link
    checks.py    what the tests of an exercise are written with, and what they say when they fail
    values.py    what a learner's function gave: its kind, its numbers, and both in words
    wire.py      values as bytes: how they cross between two processes, without pickle
    figures.py   figures and tables of a lesson; results.py reads what was measured
    grading/     one answer, from its file to a verdict
    learner/     a workspace and the learner's commands
    teacher/     a class, its marks, reports and plans
    author/      what checks an exercise before a learner meets it
    site/        lessons as pages, notebooks and handouts; the website

torch and numpy are imported late: torch only in the process of an exercise that uses it (grading/child.py)
and where a lesson runs (site/lesson_run.py), numpy where there are arrays. So a check is quick.
"""

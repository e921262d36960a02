"""A class: who handed in what, its marks, and the plan of a workshop. Read commands.py first.

submissions.py  the learners of a class and what each handed in: people.py finds them in folders and zips
                (archives.py), by names (naming.py) and lists (rosters.py)
classroom.py    grade them all; formats.py and report.py write it down; gradescope.py is its service
plan.py         a route through the course for so many minutes
"""

"""One answer, from its file to a verdict. Read engine.py first, then calls.py, box.py and diagnosis.py.

engine.py     run the rungs of one exercise against one file
calls.py      that file: load it, call its function; failures.py says why there is no value
box.py        the process in which it runs, seen from outside: start it, ask it, stop it in time (clock.py);
              boxes.py has them started ahead, or lends one to many files
child.py      that process from inside; limits.py and rules.py say what it may not do, theirs.py keeps what it
              changes
diagnosis.py  which misconception a file shows
"""

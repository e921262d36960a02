"""One answer, from its file to a verdict. Read engine.py first, then box.py and diagnosis.py.

engine.py     run the rungs of one exercise against one file
box.py        the process in which that file runs, seen from outside: start it, call it, stop it in time
              (clock.py); boxes.py has one started ahead; failures.py says why a call gave no value
child.py      that process from inside; rules.py says what it may not do, theirs.py keeps what it changes
wire.py       values as bytes, without pickle; tojson.py: JSON as the standard has it
diagnosis.py  which misconception a file shows
"""

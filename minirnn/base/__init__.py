"""What every floor stands on: errors, files, words, figures, threads. It imports nothing else of ours.

errors.py      the two kinds of error that a user can mend
files.py       files that are whole or not there at all, and locks
strict_json.py JSON as the standard has it, whatever the values are
wording.py     commands, numbers and sentences as a reader sees them
run_folder.py  what the folder of a training run holds, read without torch
run_names.py   which folder the name of a run means, and a name for a new one
plots.py       figures as SVG; matplotlib comes when one is drawn
threads.py     how long torch's threads wait before they sleep
"""

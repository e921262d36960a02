"""A learner's folder and loop. Read commands.py first: each command, and whom it asks.

progress.py   a workspace: what is done so far, and the check that writes it down, one at a time (lock.py)
stubs.py      the files in it: start, update, reset
feedback.py   what a learner is told; terminal.py: how it is shown, as plain lines or laid out
watch.py      check again at each save
plugin.py     plain pytest in a workspace; doctor.py: what a set-up is made of
"""

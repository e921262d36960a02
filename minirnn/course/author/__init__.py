"""The safety net of those who write exercises. Read commands.py first.

new.py    a skeleton, from which an exercise is made
check.py  whether an exercise is fair: it tries what learners will do
"""

"""What a run tells its reader, and how it is shown. Read reporter.py first; the rest is independent.

reporter.py  Reporter, which training talks to, and Result, how a run ended
lines.py     the sentences at the start and at the end
plain.py     a reporter for pipes, logs and screen readers
live.py      a reporter for terminals, redrawn in place; chart.py draws its loss
curve.py     the loss as SVG
"""

"""One training run: what to train, each step, what is kept of it, and what the reader is told.

Read loop.py first: it is one run from top to bottom. Then what it calls: batches.py (the data), loss.py,
optim/ (the update), observers.py (what looks on). trainer.py puts the parts together, progress.py says where
the run stands, settings.py what was asked and what holds. start.py and run.py are all that comes before and
after the loop, commands.py who calls them; folder/ keeps the files whole, machine.py makes a step faster,
ranks.py cuts a batch over processes. reports/ is what a reader sees.
"""

"""One training run: what to train, each step, what is kept of it, and what the reader is told."""

"""What is kept of a run while it trains: checkpoints that a crash cannot break, and who owns the folder."""

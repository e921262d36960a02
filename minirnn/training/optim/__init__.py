"""How the weights move: optimizers.py says which optimiser moves which of them; muon.py is ours."""

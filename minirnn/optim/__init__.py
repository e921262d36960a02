"""Update rules that lessons teach and recipes use; each a `torch.optim.Optimizer` in its own file."""

from minirnn.optim.muon import Muon

__all__ = ["Muon"]

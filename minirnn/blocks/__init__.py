"""What stands around a recurrence: norm, short convolution, gate, MLP and residual; and Mamba's blocks.

parts.py   Griffin's: RMSNorm, CausalConv1d, GatedMLP, RecurrentBlock, ResidualBlock
mamba.py   MambaBlock and Mamba2Block, each a mixer with its own gate and convolution
"""

from minirnn.blocks.parts import CausalConv1d, GatedMLP, RecurrentBlock, ResidualBlock, RMSNorm

__all__ = ["CausalConv1d", "GatedMLP", "RMSNorm", "RecurrentBlock", "ResidualBlock"]

"""What several layers need, beside the layers. Read a file when a layer imports it.

weights.py      linear maps and how they start       discretize.py  from an equation in time to a recurrence
precision.py    in which dtype a state is kept       hippo.py       where the eigenvalues of S4D and S5 start
complex.py      complex states, real inputs          rope.py        positions of attention
by_hand.py      fast gradients of RG-LRU and S6      kernels.py     torch's loops, with resets
window.py       attention over the recent past       checks.py      what the contract refuses
"""

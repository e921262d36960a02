"""Sequence layers: one file for each recurrence or mixer, its equation first.

Read contract.py once, then any layer. shared/ holds what several of them need.

Every layer keeps one contract. `forward(x, state=None, *, reset=None) -> (y, state)` reads x of
shape (batch, time, dim) and returns y of shape (batch, time, dim_out);
`step(x_t, state) -> (y_t, state)` is the same for one time step, (batch, dim);
`initial_state(batch, device=None, dtype=None)` is the state before the first step. A state is a flat
tuple of tensors, each with the batch first. `reset`, (batch, time) bool, is True where a new document
begins: there, what came before is forgotten. `forward` leaves the state attached to the graph, so
a gradient flows from one call into the one before; a caller who does not want that detaches it.

Inside `with cut_over(group):` time is cut over processes (`minirnn.scan.pieces`). Each rank gives its
consecutive piece, of at least one step, in the order of the ranks, and gets its piece of y. The state that
comes back is the same on every rank, the one after the whole sequence. Of the states that the ranks give,
that of the first counts. Gradients are those of the sum of all ranks' losses; each rank has its part of
those of the weights, to be added up. All ranks must make the same calls and all go backward. A layer whose
steps meet in another way than by a scan or a short convolution (its `cuts_time` is False) raises a
ValueError.
"""

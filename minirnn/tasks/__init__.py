"""Data that is made, not downloaded: small tasks, each of which asks a layer for one ability.

    copying.py   copying, selective_copying        keep symbols for long; find them first
    adding.py    adding                            add two marked numbers
    order.py     temporal_order                    tell which of two events came first
    groups.py    parity, permutations              track a state through every step
    recall.py    induction_heads, phone_book       look up what stood beside a key
    mqar.py      mqar                              look up many keys, again and again
    markov.py    markov_chain, switching_chain     learn the statistics of this very sequence
    digits.py    digits                            classify a picture read pixel by pixel
    shapes.py    moving_shapes                     see a movement, which no single frame shows

A task is a function `name(batch, sizes..., seed) -> Batch(inputs, targets, mask)`, all arrays of numpy with
the batch first and time second. The score counts the steps where the mask is True; elsewhere a target
means nothing. The same arguments give the same numbers, and no state is kept between calls, so batch number i
of a run is the one with the seed (run, i). (`digits` alone returns pictures and their labels.)

Every file says what its task scores by chance, in code: a network that does no better has learnt nothing,
and a loss below the best possible one means a mistake.
"""

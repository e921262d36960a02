"""One training run, from the first batch to the last: predict the next token, follow the gradient, repeat.

    loss = mean over t of -log p(x_{t+1} | x_1 .. x_t)      weights -= lr * update(gradient of the loss)

A gradient through the whole text would need the whole text in memory, so the text is cut into windows.
What a window starts from is the setting `carry`. Truncated backpropagation through time (Williams & Peng
1990) reads on: the state flows from one window into the next, and only the gradient stops at the cut. Or each
window starts from nothing, at a random place. A model that always reads on never learns to begin.

On a GPU the host runs ahead (progress.py): losses are read now and then, and a step that diverges moves
nothing. In many processes (ranks.py) rank 0 goes through `run`, and the others `follow` it.
"""

from __future__ import annotations

import torch
from torch import nn

from minirnn.training.machine import Threads, rounded_products
from minirnn.training.observers import Checkpoint, Estimate, Log, Report, Sample
from minirnn.training.optim.optimizers import schedule, set_rates
from minirnn.training.ranks import Order
from minirnn.training.trainer import Trainer

CLIP = 1.0  # the gradient is never longer


def run(trainer: Trainer, threads: Threads, stop: list[int]) -> None:
    """Train until time or steps are over, or until something is in `stop`; then save."""
    if trainer.ranks.rank:
        return follow(trainer)
    now, ranks = trainer.now, trainer.ranks
    if now.share() < 1 and not stop:
        prepare(trainer)
    now.start()
    log, estimate = Log(trainer), Estimate(trainer)
    report = Report(trainer, log)
    observers = (report, log, estimate, Sample(trainer), Checkpoint(trainer))

    share = now.tick()  # of the run that is done, 0 to 1
    while share < 1 and not stop:
        before, scale = now.seconds, schedule(share)
        ranks.order(Order.LEARN, scale)
        learn(trainer, scale)
        share = now.tick()
        threads.took(now.seconds - before)
        if share == 1:
            break
        for observer in observers:
            if observer.due():
                observer.act()
        share = now.tick()

    now.read()
    if share == 1:
        if now.loss_steps:
            report.act()
            log.act()
        estimate.choose()
    if now.step > now.saved_step:
        trainer.save()
    ranks.order(Order.END)
    ranks.leave()


def learn(trainer: Trainer, scale: float) -> None:
    """One step at `scale` times the peak learning rate."""
    now, model = trainer.now, trainer.model
    inputs, targets, fresh = trainer.feed(now.step)
    with rounded_products():
        loss, state = trainer.loss(inputs, targets, None if fresh else now.carried)
        loss.backward()
        loss = trainer.ranks.add(model.parameters(), loss.detach())
        norm = nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        now.meter.add(loss, norm)
        now.lr = scale * trainer.settings.lr
        if not trainer.ahead:
            now.read()  # before the weights move, so that they stay those of the last good step
        set_rates(trainer.optimizers, scale)
        for optimizer in trainer.optimizers:
            optimizer.step()
            optimizer.zero_grad()
    if trainer.settings.carry:
        # Cut from the graph, and in memory exactly as a state that comes from a checkpoint.
        now.carried = tuple(s.detach().clone(memory_format=torch.contiguous_format) for s in state)
    now.step += 1


def follow(trainer: Trainer) -> None:
    """On other ranks than 0: do what rank 0 orders, until it ends."""
    prepare(trainer)
    order, scale = trainer.ranks.hear()
    while order != Order.END:
        if order == Order.SAVE:
            trainer.save()
        else:
            learn(trainer, scale)
        order, scale = trainer.ranks.hear()
    trainer.ranks.leave()


def prepare(trainer: Trainer) -> None:
    """Where this run is compiled, do so now, on the windows of the next step."""
    if trainer.loss.compiled:
        trainer.reporter.message("Compiling the model, which the clock of training does not count.")
        inputs, targets, _ = trainer.feed(trainer.now.step)
        with rounded_products():
            trainer.loss.compile(inputs, targets)

"""Real processes for tests: started once for each number of them, then asked often."""

import contextlib
import datetime
import tempfile
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
import torch.multiprocessing as mp

PATIENCE = 180.0  # seconds; on a busy machine it takes long to start processes, but a hang must end


@contextlib.contextmanager
def ranks(size: int) -> Iterator[Callable[..., list[Any]]]:
    """Yields run(work, *args): the list of what work(*args) returns on each rank, in one process group.

    `work` is a function of a module, run by all at once. Where it raises, so does run, with the traces.
    """
    context = mp.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        pipes, processes = [], []
        for rank in range(size):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(rank, size, Path(folder) / "store", theirs))
            process.start()
            theirs.close()
            pipes.append(ours)
            processes.append(process)
        try:
            yield lambda work, *args: _ask(pipes, work, args)
            for pipe in pipes:
                pipe.send(None)
            for process in processes:
                process.join(PATIENCE)
        finally:
            for process in processes:
                process.kill()
                process.join()
            for pipe in pipes:
                pipe.close()


def _ask(pipes: list[Connection], work: Callable[..., Any], args: tuple[Any, ...]) -> list[Any]:
    for pipe in pipes:
        pipe.send((work, args))
    answers: list[Any] = []
    for pipe in pipes:
        try:
            answers.append(
                pipe.recv() if pipe.poll(PATIENCE) else ("error", f"no answer in {PATIENCE:.0f} s")
            )
        except EOFError:
            answers.append(("error", "the process ended"))
    if errors := [f"rank {rank}: {text}" for rank, (kind, text) in enumerate(answers) if kind == "error"]:
        raise AssertionError("\n".join(errors))
    return [value for _, value in answers]


def _serve(rank: int, size: int, store: Path, pipe: Connection) -> None:
    torch.set_num_threads(1)
    wait = datetime.timedelta(seconds=PATIENCE / 2)
    dist.init_process_group(
        "gloo", store=dist.FileStore(str(store), size), rank=rank, world_size=size, timeout=wait
    )
    while (asked := pipe.recv()) is not None:
        work, args = asked
        try:
            pipe.send(("value", work(*args)))
        except BaseException:  # also what pytest raises
            pipe.send(("error", traceback.format_exc()))
    dist.destroy_process_group()

"""The sentences that begin and end a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minirnn.base.wording import UNITS, WORDS, bits, format_seconds, lines_of
from minirnn.training.reports.reporter import Result


def start_lines(info: Mapping[str, Any]) -> list[str]:
    """What a run is about to do; `info` as `describe` of run.py makes it."""
    words = WORDS[info["tokens"]]
    length = f"{info['minutes']:g} minutes" if info["steps"] is None else f"{info['steps']:,} steps"
    carried = (
        "The state is carried from each window of text to the next (truncated backpropagation through time)."
        if info["carry"]
        else "The state starts at zero in each window of text."
    )
    threads = "1 thread" if info["threads"] == 1 else f"{info['threads']} threads"
    if info["threads_vary"] and info["threads"] > 1:
        threads = f"1 or {threads}, whichever is faster"
    if info.get("processes", 1) > 1:
        threads = f"{info['processes']} processes of {threads} each"
    lines = [
        f"Run: {info['run']}",
        f"Text: {info['corpus_description']}; {info['train_tokens']:,} {words} to train on, "
        f"{info['val_tokens']:,} to validate; a vocabulary of {info['vocab_size']}.",
        f"Model: {info['preset']}, {info['model_parameters']:,} parameters, width {info['width']}, "
        f"depth {info['depth']}.",
        f"Training for {length} on {info['device_used']} with {threads}: "
        f"batch {info['batch']}, windows of {info['seq_len']}, learning rate up to {info['lr']:g}.",
        carried,
    ]
    if info.get("keep_best"):
        lines.append("The run ends with the weights of its best estimate of the validation loss.")
    if info["first_step"]:
        lines.append(f"Going on from step {info['first_step']:,}.")
    return lines


def summary_lines(result: Result, preset: str, tokens: str) -> list[str]:
    """What a finished run has learned, beside what counting alone reaches on the same text."""
    assert result.val_loss is not None, "only a finished run has a summary"
    unit = UNITS[tokens]
    rows = [(f"n-gram of order {b.order}", b.nats, f"counts, beta {b.beta:g}") for b in result.baselines]
    rows.append((preset, result.val_loss, f"windows of {result.window}, each from nothing"))
    if result.best is not None:
        where = f"{result.best['windows']} windows at random places; the best estimate"
        rows.append((preset, result.best["val_loss"], where))
    if result.stream_loss is not None:
        rows.append((preset, result.stream_loss, "reading on, the state carried"))
    wide = max(len(name) for name, _, _ in rows)
    lines = [
        f"Trained for {result.step:,} steps in {format_seconds(result.seconds)}.",
        *([f"The weights are those of step {result.best['step']:,}."] if result.best else []),
        "",
        "Loss on the whole validation text (less is better):",
        f"  {'':{wide}}  nats/{unit}  bits/{unit}",
    ]
    lines += [f"  {name:{wide}}  {nats:9.4f}  {bits(nats):9.4f}  {how}" for name, nats, how in rows]
    if result.baselines:
        best = min(result.baselines, key=lambda b: b.nats)
        gain = best.nats - result.val_loss
        than = f"than the best n-gram (order {best.order})"
        lines += [
            "",
            f"Beyond counting: {bits(gain):.2f} bits/{unit} better {than}."
            if gain > 0
            else f"Not yet beyond counting: {bits(-gain):.2f} bits/{unit} worse {than}. Train longer.",
        ]
    for number, sample in enumerate(result.samples, 1):
        lines += ["", f"Sample {number}:", *("    " + line for line in lines_of(sample))]
    return lines

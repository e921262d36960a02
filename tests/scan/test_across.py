"""The scan over several processes against one process, which is itself tested against a loop."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any

import numpy as np
import pytest
import torch
import torch.distributed as dist
from torch import Tensor

from minirnn.newton import solve
from minirnn.scan import cut_over, scan, scan_numpy
from minirnn.scan.across import carry, tree
from minirnn.scan.blocked import summarise
from minirnn.scan.matrix import covariance_scan, matrix_scan
from minirnn.scan.pieces import cut as cut_here
from tests.ranks import ranks
from tests.thorough import few

SIZES = few([3, 2, 4])
# How a sequence is cut: evenly, unevenly, with pieces of one step and of none, at each end and between.
CUTS = {
    2: [(6, 6), (11, 1), (0, 12), (12, 0), (0, 0)],
    3: [(4, 4, 4), (1, 10, 1), (5, 0, 7), (0, 0, 12), (12, 0, 0)],
    4: [(3, 3, 3, 3), (1, 2, 0, 9), (0, 12, 0, 0), (7, 1, 1, 3)],
}
EXACT = 1e-10
PLAIN = {"constant": False, "reverse": False, "with_reset": False, "method": "auto", "with_h0": True}


@pytest.fixture(scope="module", params=SIZES)
def run(request: pytest.FixtureRequest) -> Iterator[Callable[..., list[Any]]]:
    """See `tests.ranks`: calls a function on 2, 3 or 4 processes; `run.size` says on how many."""
    with ranks(request.param) as call:
        call.size = request.param  # type: ignore[attr-defined]
        yield call


def problem(time: int, dtype: torch.dtype, constant: bool, seed: int = 0) -> dict[str, Tensor]:
    """a, b, h0 and weights of a loss of h and h_last: different everywhere, so that nothing hides."""
    random = torch.Generator().manual_seed(seed)
    double = torch.complex128 if dtype.is_complex else torch.float64
    made = {
        name: torch.randn(*shape, dtype=double, generator=random)
        for name, shape in {
            "a": (3,) if constant else (2, time, 3),
            "b": (2, time, 3),
            "h0": (2, 3),
            "weight": (2, time, 3),
            "weight_last": (4, 2, 3),
        }.items()
    }
    made["a"] = made["a"] / made["a"].abs().clamp_min(1.0)
    return {name: x.to(dtype) for name, x in made.items()}


def loss_of(h: Tensor, h_last: Tensor, p: dict[str, Tensor], rank: int) -> Tensor:
    """Each rank's part of a loss that reads the states, and on all ranks the last one, with other weights."""
    weight_last = p["weight_last"][rank].to(h_last.dtype)
    total = (h.to(h_last.dtype) * p["weight"].to(h_last.dtype)).sum() + (h_last * weight_last).sum()
    return total.real if total.is_complex() else total


def cut(x: Tensor, lengths: tuple[int, ...], rank: int) -> Tensor:
    return x.split(list(lengths), 1)[rank].clone()


def work(lengths: tuple[int, ...], dtype: torch.dtype, how: dict[str, Any]) -> dict[str, Tensor]:
    """On one rank: h, h_last and the gradients of everything, from this rank's piece alone."""
    rank = dist.get_rank()
    p = problem(sum(lengths), dtype, how["constant"])
    leads = rank == (len(lengths) - 1 if how["reverse"] else 0)
    leaves = {"a": p["a"] if how["constant"] else cut(p["a"], lengths, rank), "b": cut(p["b"], lengths, rank)}
    if how["with_h0"]:
        # Only the first rank's counts: the others give what would be noticed.
        leaves["h0"] = p["h0"] if leads else torch.full_like(p["h0"], float("nan"))
    leaves = {name: x.requires_grad_() for name, x in leaves.items()}
    reset = cut(resets(sum(lengths)), lengths, rank) if how["with_reset"] else None
    with cut_over(dist.group.WORLD):
        h, h_last = scan(
            leaves["a"],
            leaves["b"],
            leaves.get("h0"),
            reset=reset,
            reverse=how["reverse"],
            method=how["method"],
        )
    p["weight"] = cut(p["weight"], lengths, rank)
    loss_of(h, h_last, p, rank).backward()
    grads = {f"grad_{name}": x.grad for name, x in leaves.items()}
    return {"h": h.detach(), "h_last": h_last.detach(), **grads}


def resets(time: int) -> Tensor:
    reset = torch.zeros(2, time, dtype=torch.bool)
    reset[0, [t for t in (0, 6) if t < time]] = True  # at a seam of some cuts, and inside a piece of others
    reset[1, [t for t in (3, 4) if t < time]] = True
    return reset


def alone(size: int, time: int, dtype: torch.dtype, **how: Any) -> dict[str, Tensor]:
    """The same in one process, which reads all and has all ranks' losses."""
    p = problem(time, dtype, how["constant"])
    leaves = {name: p[name].requires_grad_() for name in ("a", "b", *(["h0"] if how["with_h0"] else []))}
    reset = resets(time) if how["with_reset"] else None
    h, h_last = scan(leaves["a"], leaves["b"], leaves.get("h0"), reset=reset, reverse=how["reverse"])
    p["weight_last"] = p["weight_last"][:size].sum(0, keepdim=True)
    loss_of(h, h_last, p, 0).backward()
    grads = {f"grad_{name}": x.grad for name, x in leaves.items()}
    return {"h": h.detach(), "h_last": h_last.detach(), **grads}


def assert_same(
    split: list[dict[str, Tensor]], whole: dict[str, Tensor], how: dict[str, Any], bound: float
) -> None:
    for name, expected in whole.items():
        found = [part[name] for part in split]
        if name == "h_last":
            assert all(torch.equal(x, found[0]) for x in found), "every rank has the same last state"
            found = found[:1]
        elif name == "grad_h0":
            first = -1 if how["reverse"] else 0
            assert all(not x.any() for x in found if x is not found[first])
            found = [found[first]]
        elif name == "grad_a" and how["constant"]:
            found = [torch.stack(found).sum(0)]
        value = torch.cat(found, 1) if found[0].ndim == 3 else found[0]
        assert value.dtype == expected.dtype
        torch.testing.assert_close(value, expected, rtol=bound, atol=bound, msg=lambda m, n=name: f"{n}: {m}")


@pytest.mark.parametrize("dtype", [torch.float64, torch.complex128])
@pytest.mark.parametrize("constant", [False, True], ids=["", "constant"])
@pytest.mark.parametrize("reverse", [False, True], ids=["", "reverse"])
@pytest.mark.parametrize("with_reset", [False, True], ids=["", "reset"])
def test_values_and_gradients_equal_one_process(run, dtype, constant, reverse, with_reset) -> None:
    for with_h0 in (True, False):
        how = PLAIN | {"constant": constant, "reverse": reverse, "with_reset": with_reset, "with_h0": with_h0}
        for lengths in CUTS[run.size]:
            split = run(work, lengths, dtype, how)
            assert_same(split, alone(run.size, sum(lengths), dtype, **how), how, EXACT)


@pytest.mark.parametrize("method", ["sequential", "hillis_steele", "blelloch", "blocked"])
def test_any_method_scans_the_pieces(run, method) -> None:
    how = PLAIN | {"with_reset": True, "method": method}
    lengths = CUTS[run.size][1]
    split = run(work, lengths, torch.float64, how)
    assert_same(split, alone(run.size, sum(lengths), torch.float64, **how), how, EXACT)


@pytest.mark.parametrize(
    "dtype, bound", [(torch.float32, 2e-6), (torch.complex64, 4e-6), (torch.bfloat16, 2**-7)]
)
def test_narrow_inputs(run, dtype, bound) -> None:
    """float32 within rounding; half inputs with a state in float32 that goes from rank to rank unrounded."""
    how = dict(PLAIN)
    lengths = tuple(100 + 7 * r for r in range(run.size))
    split = run(work, lengths, dtype, how)
    whole = alone(run.size, sum(lengths), dtype, **how)
    # In units of the largest, since rounding goes with the sizes that are added up.
    scaled = [{n: x / whole[n].abs().max() for n, x in part.items()} for part in split]
    assert_same(scaled, {n: x / x.abs().max() for n, x in whole.items()}, how, bound)
    if dtype == torch.bfloat16:
        p = problem(sum(lengths), dtype, False)
        exact = scan_numpy(*(p[n].float().numpy() for n in ("a", "b", "h0")))[1]
        assert split[0]["h_last"].dtype == torch.float32
        np.testing.assert_allclose(split[0]["h_last"].numpy(), exact, rtol=1e-4, atol=1e-5)


def windows(n_windows: int, time: int) -> dict[str, Tensor]:
    """One window after the other, the state carried with its graph; the loss is of the last alone."""
    rank, size = dist.get_rank(), dist.get_world_size()
    p = problem(n_windows * size * time, torch.float64, False)
    a, b, h0 = (p[n].requires_grad_() for n in ("a", "b", "h0"))
    state, start = h0, rank * time
    for _ in range(n_windows):
        piece = slice(start, start + time)
        with cut_over(dist.group.WORLD):
            h, state = scan(a[:, piece], b[:, piece], state)
        start += size * time
    (h.square().sum() + (state.sum() if rank == 1 else 0)).backward()
    return {"h": h.detach(), "state": state.detach(), "a": a.grad, "b": b.grad, "h0": h0.grad}


def test_the_last_state_is_the_next_calls_first_and_gradients_go_through_it(run) -> None:
    split = run(windows, 3, 4)
    p = problem(3 * run.size * 4, torch.float64, False)
    a, b, h0 = (p[n].requires_grad_() for n in ("a", "b", "h0"))
    h, last = scan(a, b, h0)
    h = h[:, 2 * run.size * 4 :]
    (h.square().sum() + last.sum()).backward()
    torch.testing.assert_close(torch.cat([s["h"] for s in split], 1), h.detach(), rtol=EXACT, atol=EXACT)
    for name, leaf in (("a", a), ("b", b), ("h0", h0)):
        torch.testing.assert_close(sum(s[name] for s in split), leaf.grad, rtol=EXACT, atol=EXACT)


def sent(time: int, shape: tuple[int, ...], dtype: torch.dtype, reverse: bool) -> dict[str, int]:
    """The bytes that this rank sends in each direction, counted where torch takes them."""
    calls: list[int] = []
    isend = dist.isend

    def counting(x: Tensor, *args: Any, **kwargs: Any) -> Any:
        calls.append(x.numel() * x.element_size())
        return isend(x, *args, **kwargs)

    a, b = (torch.rand(*shape[:-1], time, shape[-1], dtype=dtype, requires_grad=True) for _ in range(2))
    before = {name: getattr(dist, name) for name in OTHER_WAYS}
    try:
        dist.isend = counting
        for name in OTHER_WAYS:
            setattr(dist, name, None)
        with cut_over(dist.group.WORLD):
            h, last = scan(a, b, reverse=reverse)
        forward = sum(calls)
        (h.sum() + last.sum()).abs().backward()
        return {"forward": forward, "backward": sum(calls) - forward, "messages": len(calls)}
    finally:
        dist.isend = isend
        for name, function in before.items():
            setattr(dist, name, function)


# With these gone, all that is sent is counted.
OTHER_WAYS = (
    "send",
    "broadcast",
    "reduce",
    "all_reduce",
    "all_gather",
    "all_gather_object",
    "all_to_all",
    "scatter",
)


@pytest.mark.parametrize("dtype", [torch.float32, torch.complex128, torch.bfloat16])
@pytest.mark.parametrize("reverse", [False, True], ids=["", "reverse"])
def test_what_is_sent_does_not_depend_on_time(run, dtype, reverse) -> None:
    short, long = (run(sent, time, (2, 5), dtype, reverse) for time in (64, 4096))
    assert short == long
    # Up the tree and down again, one message each for every rank but the root; four states in all.
    size = 2 * 5 * {torch.float32: 4, torch.complex128: 16, torch.bfloat16: 4}[dtype]
    for direction in ("forward", "backward"):
        total = sum(rank[direction] for rank in short)
        assert total == (run.size - 1) * (4 * size + 2 * 96)
    # In each direction no rank sends more messages than the tree is deep, each in two parts.
    depth = (run.size - 1).bit_length()
    assert max(rank["messages"] for rank in short) <= 2 * 2 * depth


def nothing_wide(shape: tuple[int, ...]) -> tuple[torch.Size, torch.Size]:
    x = torch.zeros(shape, requires_grad=True)
    with cut_over(dist.group.WORLD):
        h, last = scan(x, x)
    h.sum().backward()
    return h.shape, last.shape


def test_no_batch_and_no_width(run) -> None:
    assert set(run(nothing_wide, (0, 4, 3))) == {((0, 4, 3), (0, 3))}
    assert set(run(nothing_wide, (2, 4, 0))) == {((2, 4, 0), (2, 0))}


def compiled(time: int) -> tuple[Tensor, Tensor]:
    a, b = (torch.rand(2, time, 3, dtype=torch.float64) for _ in range(2))

    def twice(a: Tensor, b: Tensor) -> Tensor:
        return 2 * scan(a, b)[0]

    graphed = torch.compile(twice, backend="eager")
    graphed(a, b)  # not cut, and then cut: what was compiled for the one does not serve the other
    with cut_over(dist.group.WORLD):
        return graphed(a, b), twice(a, b)


def in_a_part_of_the_world() -> tuple[Tensor | None, str]:
    """Ranks 1 and up make a group of their own; the first is no member."""
    group = dist.new_group(list(range(1, dist.get_world_size())))
    x = torch.full((1, 2, 1), float(dist.get_rank()))
    with cut_over(group):
        if dist.get_rank() == 0:
            with pytest.raises(ValueError) as error:
                scan(x, x)
            return None, str(error.value)
        return scan(torch.ones_like(x), x)[1], ""


def test_a_group_of_some_ranks(run) -> None:
    (_, message), *others = run(in_a_part_of_the_world)
    assert "ProcessGroup with this process" in message
    total = 2.0 * sum(range(1, run.size))
    assert all(last.item() == total for last, _ in others)


def test_a_group_of_one_is_no_group() -> None:
    with ranks(1) as run:
        how = PLAIN | {"with_reset": True}
        split = run(work, (9,), torch.float64, how)
        assert_same(split, alone(1, 9, torch.float64, **how), how, EXACT)


def misfit(kind: str) -> str:
    """The error on this rank when the last rank does something else; all of them end, none waits for ever."""
    group = dist.new_group()
    other = dist.get_rank() == dist.get_world_size() - 1
    x = torch.rand(
        (2, 4, 5) if other and kind == "shape" else (2, 4, 3),
        dtype=torch.float64 if other and kind == "dtype" else torch.float32,
        requires_grad=not (other and kind == "gradient"),
    )
    try:
        with cut_over(group):
            scan(x, x)
    except (ValueError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        dist.destroy_process_group(group)
    return "no error"


@pytest.mark.parametrize(
    "kind, words",
    [
        ("shape", ["(2, 5)", "(2, 3)"]),
        ("dtype", ["float64", "float32"]),
        ("gradient", ["float32'", "with gradient'"]),
    ],
)
def test_a_misfit_between_ranks_is_named(run, kind, words) -> None:
    errors = run(misfit, kind)
    said = [error for error in errors if error.startswith("ValueError")]
    assert len(said) == 1 and all(word in said[0] for word in words)
    assert "no error" not in errors


@pytest.mark.parametrize("backend", ["eager"])
def test_torch_compile_steps_around_it(run, backend) -> None:
    for graphed, plain in run(compiled, 6):
        assert torch.equal(graphed, plain)


def test_what_is_no_group_is_named() -> None:
    x = torch.zeros(1, 2, 3)
    with (
        pytest.raises(ValueError, match="group is 'all', expected a torch.distributed.ProcessGroup"),
        cut_over("all"),
    ):
        scan(x, x)


def test_a_cut_ends_where_it_says_and_can_be_lifted_inside() -> None:
    assert cut_here() is None
    with cut_over("one"):
        with cut_over("other"):
            assert cut_here() == "other"
        with cut_over(None):
            assert cut_here() is None
            x = torch.ones(1, 2, 1)
            assert scan(x, x)[1].item() == 2
        assert cut_here() == "one"
        with pytest.raises(KeyError), cut_over("other"):
            raise KeyError
        assert cut_here() == "one"
    assert cut_here() is None


@pytest.mark.parametrize("read", ["matrix_scan", "covariance_scan", "newton.solve"])
def test_what_reads_whole_sequences_alone_says_so(read) -> None:
    A, b = torch.eye(2).expand(1, 3, 2, 2), torch.ones(1, 3, 2)
    calls = {
        "matrix_scan": lambda: matrix_scan(A, b, b[:, 0]),
        "covariance_scan": lambda: covariance_scan(A, A, A),
        "newton.solve": lambda: solve(lambda h, x: torch.tanh(h + x), b, b[:, 0]),
    }
    calls[read]()
    with (
        pytest.raises(ValueError, match=f"{read} cannot read a sequence that is cut over processes"),
        cut_over("all"),
    ):
        calls[read]()


class Threads:
    """As `Line`, for threads of one process: more of them than processes are good for."""

    def __init__(self, place: int, size: int, queues: dict[tuple[int, int], SimpleQueue[Tensor]]) -> None:
        self.place, self.size, self.queues = place, size, queues
        self.parent, self.children = tree(place, size)

    def send(self, place: int, x: Tensor, label: str) -> list[None]:
        self.queues[self.place, place].put(x)
        return [None]

    def receive(self, place: int, like: Tensor, label: str) -> Tensor:
        return self.queues[place, self.place].get(timeout=60)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6, 7, 8, 9, 13, 16])
def test_the_tree_carries_over_any_number_of_ranks(size) -> None:
    p = problem(size, torch.float64, False)
    A, B, starts = p["a"], p["b"], torch.randn(size, 2, 3, dtype=torch.float64)
    queues: dict[tuple[int, int], SimpleQueue[Tensor]] = defaultdict(SimpleQueue)
    lines = [Threads(place, size, queues) for place in range(size)]
    for backward in (False, True):
        with ThreadPoolExecutor(size) as threads:
            work = [
                threads.submit(carry, A[:, i], B[:, i], starts[i], line, "", backward=backward)
                for i, line in enumerate(lines)
            ]
            found = [each.result(60) for each in work]
        h = starts.sum(0) if backward else starts[0]
        for i, (before, _) in enumerate(found):
            torch.testing.assert_close(before, h, rtol=1e-12, atol=1e-12)
            h = A[:, i] * h + B[:, i]
        if not backward:
            for _, after in found:
                torch.testing.assert_close(after, h, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("dtype", [torch.float64, torch.complex128])
def test_a_summary_is_the_end_of_the_stretch_for_any_start(dtype, reverse) -> None:
    for time in (0, 1, 2, 3, 7, 8, 9, 31, 257, 1000):
        p = problem(time, dtype, False)
        A, B = summarise(p["a"], p["b"], reverse)
        _, end = scan_numpy(p["a"].numpy(), p["b"].numpy(), p["h0"].numpy(), reverse=reverse)
        np.testing.assert_allclose((A * p["h0"] + B).numpy(), end, rtol=1e-11, atol=1e-11)


def refusals(kind: str) -> list[str]:
    """On one rank: what is said where more than a first gradient is asked for, in each way one can ask."""
    from minirnn.scan.halo import halo

    a, b = (torch.rand(1, 4, 2, requires_grad=True) for _ in range(2))

    def loss(a: Tensor, b: Tensor) -> Tensor:
        if kind == "scan":
            with cut_over(dist.group.WORLD):
                h, h_last = scan(a, b)
        else:
            keep = torch.ones(1, dtype=torch.bool)
            h, h_last = halo(a, b, keep, 6, dist.group.WORLD)
        return h.square().sum() + h_last.square().sum()

    def penalty() -> Tensor:
        return sum(g.sum() for g in torch.autograd.grad(loss(a, b), (a, b), create_graph=True))

    asked = [
        lambda: penalty().backward(),
        lambda: torch.autograd.grad(penalty(), a),
        lambda: torch.autograd.grad(penalty(), b),
        lambda: torch.func.grad(loss)(a, b),
        lambda: torch.func.vmap(loss)(a[None], b[None]),
    ]
    said = []
    for ask in asked:
        with pytest.raises(RuntimeError) as error:
            ask()
        said.append(str(error.value))
    return said


@pytest.mark.parametrize("kind", ["scan", "halo"])
def test_more_than_a_first_gradient_is_refused_on_every_rank(run, kind) -> None:
    for said in run(refusals, kind):
        assert len(said) == 5 and all(words.startswith("group: over processes") for words in said)

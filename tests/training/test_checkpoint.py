"""Checkpoints: written whole or not at all, read only if whole and ours."""

import errno
import json
import os
import pickle
from pathlib import Path

import pytest
import safetensors.torch
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from minirnn.base import run_folder as runs
from minirnn.base.errors import UsageError, UserError
from minirnn.base.files import write_atomic
from minirnn.training.folder import checkpoint
from minirnn.training.folder.checkpoint import clean, flatten, load_checkpoint, save_checkpoint, unflatten
from tests.training.runs import contents

# -- writing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"\x00\r\n\xff", "é\n", "a\r\nb\n", ""])
def test_write_atomic_writes_exactly(tmp_path, data):
    path = tmp_path / "file"
    path.write_bytes(b"old content that is longer than the new one")
    write_atomic(path, data)
    assert path.read_bytes() == (data.encode("utf-8") if isinstance(data, str) else data)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_the_content_is_on_the_disk_before_it_gets_its_name(tmp_path, monkeypatch):
    events = []
    real_sync, real_replace = os.fsync, os.replace

    def sync(descriptor):
        is_folder = os.path.isdir(f"/proc/self/fd/{descriptor}") if os.path.exists("/proc/self/fd") else None
        events.append(("sync", os.fstat(descriptor).st_size if not is_folder else "folder"))
        real_sync(descriptor)

    def replace(old, new):
        events.append(("replace", Path(new).name, Path(old).parent == Path(new).parent))
        real_replace(old, new)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", replace)
    write_atomic(tmp_path / "file", b"12345")
    assert events[:2] == [("sync", 5), ("replace", "file", True)]
    assert len(events) == (3 if os.name == "posix" else 2)


@pytest.mark.parametrize("function", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "The disk is full"), (errno.EACCES, "check that you may write there")],
)
def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch, function, number, words):
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, function, fail)
    with pytest.raises(UserError, match=words) as caught:
        write_atomic(path, b"new")
    assert str(path) in str(caught.value)
    assert caught.value.exit_code == 1
    assert contents(tmp_path).keys() == {"file"}
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(UserError, match="Cannot write"):
        write_atomic(tmp_path / "no" / "file", b"x")


def test_clean_removes_only_leftovers(tmp_path):
    keep = ["config.json", "checkpoint.safetensors", "trainer-20.safetensors", "notes.tmp", "trainer-x.txt"]
    stale = [".config.json.123.tmp", "trainer-10.safetensors", "trainer-30.safetensors"]
    for name in keep + stale:
        (tmp_path / name).write_bytes(b"x")
    clean(tmp_path)
    assert contents(tmp_path).keys() == {*keep, *stale[1:]}
    clean(tmp_path, keep_trainer="trainer-20.safetensors")
    assert contents(tmp_path).keys() == set(keep)


# -- trees -------------------------------------------------------------------------------------------


def same(left, right):
    """Equal in structure, types, keys and every bit."""
    if type(left) is not type(right):
        return False
    if isinstance(left, torch.Tensor):
        return left.dtype == right.dtype and left.shape == right.shape and torch.equal(left, right)
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=3),
    st.sampled_from([torch.float32, torch.float64, torch.int64, torch.uint8, torch.bool, torch.bfloat16]).map(
        lambda dtype: torch.arange(6).reshape(2, 3).to(dtype)
    ),
    st.just(torch.tensor(0.1)),
    st.just(torch.zeros(0, 3)),
)
keys = st.one_of(st.integers(0, 3), st.sampled_from(["exp_avg", "state", "tensor", "dict", "list"]))
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(keys, inner, max_size=3),
    ),
    max_leaves=12,
)


@given(trees)
def test_a_tree_survives_being_taken_apart(tree):
    tensors, rest = flatten({"tree": tree})
    data = safetensors.torch.save(tensors)
    back = unflatten(safetensors.torch.load(data), json.loads(json.dumps(rest)))
    assert same(back, {"tree": tree})


def test_flatten_copies():
    weight = torch.zeros(3)
    tensors, _ = flatten({"weight": weight})
    weight += 1
    assert torch.equal(tensors["weight"], torch.zeros(3))


def test_flatten_refuses_what_it_could_not_give_back():
    with pytest.raises(ValueError, match=r"a\.b.*set"):
        flatten({"a": {"b": {1, 2}}})
    with pytest.raises(ValueError, match=r"'a\.b'"):
        flatten({"a": {"b": torch.zeros(1)}, "a.b": torch.zeros(1)})


@pytest.mark.parametrize("rest", [{"tensor": "gone"}, {"set": []}])
def test_unflatten_refuses_what_flatten_cannot_make(rest):
    with pytest.raises((ValueError, KeyError)):
        unflatten({}, rest)


# -- the pair ----------------------------------------------------------------------------------------


class Net(nn.Module):
    """Two layers that share a weight, a buffer, and a loss."""

    def __init__(self, seed=0, width=3):
        super().__init__()
        torch.manual_seed(seed)
        self.first = nn.Linear(width, width)
        self.second = nn.Linear(width, width, bias=False)
        self.second.weight = self.first.weight
        self.register_buffer("count", torch.tensor([7]))

    def loss(self, step):
        x = torch.arange(6.0).reshape(2, 3) + step
        return self.second(torch.tanh(self.first(x[:, : self.first.in_features]))).square().mean()


def optimizers(net, kind):
    return {
        "adamw": lambda: torch.optim.AdamW(net.parameters(), lr=0.1),
        "fused": lambda: torch.optim.AdamW(net.parameters(), lr=0.1, fused=True),
        "sgd": lambda: torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9, nesterov=True),
        "muon": lambda: torch.optim.Muon([p for p in net.parameters() if p.ndim == 2], lr=0.1),
    }[kind]()


def steps(net, optimizer, start, stop):
    for step in range(start, stop):
        optimizer.zero_grad()
        net.loss(step).backward()
        optimizer.step()


@pytest.mark.parametrize("kind", ["adamw", "fused", "sgd", "muon"])
def test_training_goes_on_bit_for_bit(tmp_path, kind):
    net = Net()
    optimizer = optimizers(net, kind)
    steps(net, optimizer, 0, 6)

    half = Net()
    first = optimizers(half, kind)
    steps(half, first, 0, 3)
    save_checkpoint(tmp_path, half, {"optimizers": [first.state_dict()]}, 3)

    other = Net(seed=9)
    second = optimizers(other, kind)
    step, trainer = load_checkpoint(tmp_path, other)
    assert step == 3
    second.load_state_dict(trainer["optimizers"][0])
    steps(other, second, 3, 6)
    assert same(dict(other.state_dict()), dict(net.state_dict()))


def test_the_files_of_a_checkpoint(tmp_path):
    save_checkpoint(tmp_path, Net(), {"x": 1}, 5)
    assert contents(tmp_path).keys() == {"checkpoint.safetensors", "trainer-5.safetensors"}
    with safetensors.safe_open(tmp_path / "checkpoint.safetensors", framework="pt") as file:
        (entry,) = file.metadata().items()
        assert (entry[0], json.loads(entry[1])) == (
            "minirnn",
            {"format": 1, "step": 5, "trainer": "trainer-5.safetensors"},
        )
        assert torch.equal(file.get_tensor("first.weight"), Net().first.weight)
    save_checkpoint(tmp_path, Net(), {"x": 2}, 9)
    assert contents(tmp_path).keys() == {"checkpoint.safetensors", "trainer-9.safetensors"}


class Crash(BaseException):
    """Stands for the moment at which the process dies."""


@pytest.mark.parametrize("function", ["fsync", "replace", "unlink", "open"])
@pytest.mark.parametrize("after", [False, True])
def test_a_crash_at_any_call_leaves_a_pair_of_one_step(tmp_path, monkeypatch, function, after):
    old, new = Net(1), Net(2)
    crashes = 0
    for call in range(20):
        folder = tmp_path / f"{call}"
        folder.mkdir()
        save_checkpoint(folder, old, {"who": "old"}, 1)
        real, calls = getattr(os, function), 0

        def crash(*args, _real=real, _call=call, **more):
            nonlocal calls
            calls += 1
            now = calls - 1 == _call
            if now and not after:
                raise Crash
            try:
                return _real(*args, **more)
            finally:
                if now:
                    raise Crash

        with monkeypatch.context() as patch:
            patch.setattr(os, function, crash)
            try:
                save_checkpoint(folder, new, {"who": "new"}, 2)
            except Crash:
                crashes += 1
        net = Net(3)
        step, trainer = load_checkpoint(folder, net)
        assert (step, trainer["who"]) in [(1, "old"), (2, "new")]
        expected = old if step == 1 else new
        assert same(dict(net.state_dict()), dict(expected.state_dict()))
        if calls <= call:
            break
    else:
        raise AssertionError("the save never ended without a crash")
    assert crashes == call and (step, trainer["who"]) == (2, "new")
    if function in ("fsync", "replace"):
        assert crashes >= 2


# -- broken files ------------------------------------------------------------------------------------


def refused(folder, words, net=None):
    """Loading fails in one sentence and changes neither a file nor the model."""
    net = net or Net(4)
    before, weights = contents(folder), {name: t.clone() for name, t in net.state_dict().items()}
    with pytest.raises(UserError, match=words) as caught:
        load_checkpoint(folder, net)
    assert type(caught.value) is UserError
    assert "\n" not in str(caught.value) and str(caught.value).endswith(".")
    assert contents(folder) == before
    assert same(dict(net.state_dict()), weights)


@pytest.fixture
def saved(tmp_path):
    save_checkpoint(tmp_path, Net(), {"numbers": torch.arange(5), "who": "me"}, 5)
    return tmp_path


@pytest.mark.parametrize("name", ["checkpoint.safetensors", "trainer-5.safetensors"])
def test_truncated_anywhere(saved, name):
    data = (saved / name).read_bytes()
    for length in [*range(40), *range(40, len(data), 7), len(data) - 1]:
        (saved / name).write_bytes(data[:length])
        refused(saved, "is damaged or incomplete")


@pytest.mark.parametrize("name", ["checkpoint.safetensors", "trainer-5.safetensors"])
@given(noise=st.binary(max_size=200))
def test_random_bytes(tmp_path_factory, name, noise):
    folder = tmp_path_factory.mktemp("noise")
    save_checkpoint(folder, Net(), {}, 5)
    (folder / name).write_bytes(noise)
    refused(folder, "is damaged or incomplete")


@pytest.mark.parametrize("name", ["checkpoint.safetensors", "trainer-5.safetensors"])
def test_missing(saved, name):
    (saved / name).unlink()
    refused(saved, f"{name} is missing")


@pytest.mark.parametrize("metadata", [None, {"format": "pt"}])
def test_a_safetensors_file_of_somebody_else(saved, metadata):
    tensors = {name: tensor.clone() for name, tensor in Net().state_dict().items()}
    safetensors.torch.save_file(tensors, saved / "checkpoint.safetensors", metadata)
    refused(saved, "was not written by minirnn")


def test_a_pickle_is_never_opened(saved):
    class Trap:
        def __reduce__(self):
            return (os.mkdir, (str(saved / "trap"),))

    (saved / "checkpoint.safetensors").write_bytes(pickle.dumps(Trap()))
    refused(saved, "is damaged or incomplete")
    torch.save(Net().state_dict(), saved / "checkpoint.safetensors")
    refused(saved, "is damaged or incomplete")


def rewrite(path, tensors=None, **changes):
    """The same file with other tensors or another header."""
    with safetensors.safe_open(path, framework="pt") as file:
        header = json.loads(file.metadata()["minirnn"]) | changes
        tensors = tensors or {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118
    path.write_bytes(safetensors.torch.save(tensors, {"minirnn": json.dumps(header)}))


@pytest.mark.parametrize("name", ["checkpoint.safetensors", "trainer-5.safetensors"])
def test_a_newer_format(saved, name):
    rewrite(saved / name, format=2)
    refused(saved, r"has format 2, newer than this minirnn reads \(1\): update minirnn")
    for version in ("one", None):
        rewrite(saved / name, format=version)
        refused(saved, "is damaged or incomplete")


@pytest.mark.parametrize("name", ["checkpoint.safetensors", "trainer-5.safetensors"])
@pytest.mark.parametrize("header", ["", "{", "[]", "1", "{}", '{"format": 1}'])
def test_a_header_that_is_broken(saved, name, header):
    tensors = safetensors.torch.load_file(saved / name)
    safetensors.torch.save_file(tensors, saved / name, {"minirnn": header})
    refused(saved, "is of step None" if "1}" in header and "trainer" in name else "is damaged or incomplete")


def test_weights_and_trainer_of_different_steps(saved):
    rewrite(saved / "trainer-5.safetensors", step=4)
    refused(saved, "is of step 4, but the weights beside it are of step 5")


def test_a_step_that_is_no_number(saved):
    for name in ("checkpoint.safetensors", "trainer-5.safetensors"):
        rewrite(saved / name, step="five")
    refused(saved, "is damaged or incomplete")


@pytest.mark.parametrize(
    "tree", [None, "x", {"tensor": "gone"}, {"set": []}, {}, {"list": [1]}, {"dict": [1]}]
)
def test_a_trainer_whose_tree_is_broken(saved, tree):
    rewrite(saved / "trainer-5.safetensors", tree=tree)
    refused(saved, "is damaged or incomplete")


def test_loaded_tensors_lie_where_torch_puts_its_own(tmp_path):
    # Sums may round differently where memory is aligned differently, and a resumed run must not.
    tree = {f"{n}": torch.arange(float(n)) for n in range(1, 40)}
    save_checkpoint(tmp_path, Net(), tree, 5)
    _, trainer = load_checkpoint(tmp_path, Net())
    assert {tensor.data_ptr() % 64 for tensor in trainer.values()} == {0}


def test_equal_states_make_equal_files(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        save_checkpoint(tmp_path / name, Net(), {"a": torch.ones(2), "b": (1, None)}, 5)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_header_cannot_point_out_of_the_folder(saved, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    save_checkpoint(elsewhere, Net(), {"who": "elsewhere"}, 5)
    outside = elsewhere / "trainer-5.safetensors"
    (saved / "trainer-5.safetensors").unlink()
    rewrite(saved / "checkpoint.safetensors", trainer=str(outside))
    refused(saved, "trainer-5.safetensors is missing")


def test_weights_that_do_not_fit(saved):
    refused(saved, r"first\.bias is .*\(3,\) in the file and .*\(2,\) in the model", Net(width=2))
    whole = {name: tensor.clone() for name, tensor in Net().state_dict().items()}
    path = saved / "checkpoint.safetensors"
    rewrite(path, {name: tensor for name, tensor in whole.items() if name != "first.bias"})
    refused(saved, r"first\.bias is missing in the file")
    rewrite(path, whole | {"third": torch.zeros(1)})
    refused(saved, r"third is .* in the file and missing in the model")
    rewrite(path, whole | {"first.bias": torch.zeros(3, dtype=torch.float64)})
    refused(saved, r"first\.bias is torch.float64 .*torch.float32")


# -- config.json -------------------------------------------------------------------------------------

CONFIG = {"format": 1, "minirnn": "0.1.0", "model": {}, "train": {}, "corpus": {}, "vocabulary": {}}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is damaged"),
        (b"{", "is damaged"),
        (b"\xff\xfe", "is damaged"),
        (b"[]", "is damaged"),
        (b"{}", "is damaged"),
        (json.dumps(CONFIG | {"format": 2}).encode(), "has format 2, newer"),
        (json.dumps(CONFIG | {"format": None}).encode(), "is damaged"),
        *[
            (json.dumps({k: v for k, v in CONFIG.items() if k != key}).encode(), "is damaged")
            for key in CONFIG
        ][2:],
        (json.dumps(CONFIG | {"model": []}).encode(), "is damaged"),
    ],
)
def test_a_broken_config(tmp_path, content, words):
    (tmp_path / "config.json").write_bytes(content)
    with pytest.raises(UserError, match=words) as caught:
        runs.read_config(tmp_path)
    assert caught.value.exit_code == 1


def test_no_config_is_no_run(tmp_path):
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(UsageError, match="There is no run at"):
            checkpoint.load_model(folder)


@pytest.mark.parametrize("model", [{}, {"vocab_size": 5}, {"vocab_size": "many", "surprise": 1}])
def test_a_model_that_cannot_be_built(tmp_path, model):
    write_atomic(tmp_path / "config.json", json.dumps(CONFIG | {"model": model}))
    with pytest.raises(UserError, match=r"config\.json describes no model of this version"):
        checkpoint.load_model(tmp_path)

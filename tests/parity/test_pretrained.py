"""lm.pretrained.load: a saved folder gives the logits it should, and a broken one one clear sentence."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from torch import Tensor
from transformers import Mamba2Config, Mamba2ForCausalLM, MambaConfig, MambaForCausalLM, PreTrainedModel

from minirnn.base.errors import UsageError
from minirnn.layers.shared.weights import linear
from minirnn.lm.pretrained import ARCHITECTURES, _Unfilled, load
from tests.parity.comparing import assert_near, random_tokens, shaken
from tests.test_contract import assert_same, gradients, in_chunks, in_steps, resets

VOCAB = 11
WEIGHTS = "model.safetensors"
MODELS: dict[str, Callable[[], PreTrainedModel]] = {
    "mamba": lambda: MambaForCausalLM(
        MambaConfig(vocab_size=VOCAB, hidden_size=8, state_size=4, num_hidden_layers=2)
    ),
    "mamba-untied": lambda: MambaForCausalLM(
        MambaConfig(vocab_size=VOCAB, hidden_size=6, num_hidden_layers=1, tie_word_embeddings=False)
    ),
    "mamba2": lambda: Mamba2ForCausalLM(
        Mamba2Config(
            vocab_size=VOCAB,
            hidden_size=8,
            num_heads=4,
            head_dim=4,
            state_size=3,
            n_groups=2,
            num_hidden_layers=2,
        )
    ),
}


def made(name: str) -> PreTrainedModel:
    torch.manual_seed(0)
    return shaken(MODELS[name]())


@pytest.fixture(params=MODELS)
def theirs(request: pytest.FixtureRequest) -> PreTrainedModel:
    return made(request.param)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a Mamba."""
    folder = tmp_path_factory.mktemp("saved") / "mamba"
    made("mamba").save_pretrained(folder)
    return folder


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    """A copy of it, to be broken."""
    return Path(shutil.copytree(saved, tmp_path / "mamba"))


def change_config(folder: Path, **changes: Any) -> None:
    """Set these keys of config.json; None removes one."""
    config = json.loads((folder / "config.json").read_text()) | changes
    (folder / "config.json").write_text(json.dumps({k: v for k, v in config.items() if v is not None}))


def change_tensors(folder: Path, change: Callable[[dict[str, Tensor]], Any], file: str = WEIGHTS) -> None:
    tensors = safetensors.torch.load((folder / file).read_bytes())
    change(tensors)
    (folder / file).write_bytes(safetensors.torch.save(tensors))


@pytest.mark.parametrize("shard", [{}, {"max_shard_size": "3KB"}], ids=["one-file", "shards"])
def test_a_saved_model_is_the_same(theirs: PreTrainedModel, tmp_path: Path, shard: dict[str, str]) -> None:
    theirs.save_pretrained(tmp_path, **shard)
    assert (len(list(tmp_path.glob("*.safetensors"))) > 1) == bool(shard)
    ours = load(str(tmp_path))
    x = random_tokens(VOCAB, 9)
    assert_near(ours(x)[0], theirs(x).logits, "logits")
    assert not ours.training
    assert all(p.requires_grad and p.is_leaf and p.is_contiguous() for p in ours.parameters())
    assert sum(p.numel() for p in ours.parameters()) == theirs.num_parameters()


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16], ids=str)
def test_half_precision(theirs: PreTrainedModel, tmp_path: Path, dtype: torch.dtype) -> None:
    half = theirs.to(dtype)
    half.save_pretrained(tmp_path)
    x = random_tokens(VOCAB, 9)
    widened = half.float()
    exact = load(tmp_path, dtype=torch.float32)
    assert_near(exact(x)[0], widened(x).logits, "logits")
    ours = load(tmp_path)
    assert {p.dtype for p in ours.parameters()} == {dtype}
    logits, state = ours(x)
    assert logits.dtype == dtype
    assert (logits.float() - exact(x)[0]).abs().max() <= 0.1 * exact(x)[0].abs().max()
    assert ours.step(x[:, 0], state)[0].dtype == dtype
    assert {p.dtype for p in load(tmp_path, dtype=torch.float64).parameters()} == {torch.float64}


def test_the_contract_of_a_language_model(theirs: PreTrainedModel, tmp_path: Path) -> None:
    theirs.save_pretrained(tmp_path)
    model = load(tmp_path, "cpu", torch.float64)
    x = random_tokens(VOCAB, 11)
    whole, last = model(x)
    assert_same(in_steps(model, x)[0], whole)
    chunked, state = in_chunks(model, x, [3, 1, 1, 6])
    assert_same(chunked, whole)
    assert_same(gradients(model, x, chunked), gradients(model, x, whole))
    assert_same(model(x, state)[0], model(x, last)[0])
    assert_same(model(x, model.initial_state(2))[0], whole)
    packed, _ = model(x, reset=resets((4,), (0, 5), time=11))
    rows = [[x[:1, :4], x[:1, 4:]], [x[1:, :5], x[1:, 5:]]]
    assert_same(packed, torch.cat([torch.cat([model(part)[0] for part in row], 1) for row in rows]))
    for wrong, sentence in (
        (x[0], r"tokens has shape \(11,\), expected \(batch, time\)"),
        (x[:, :0], r"\(2, 0\)"),
        (x.int(), "torch.int32.*torch.int64"),
    ):
        with pytest.raises(ValueError, match=sentence):
            model(wrong)
    with pytest.raises(ValueError, match=r"token has shape \(2, 11\), expected \(batch,\)"):
        model.step(x, last)
    with pytest.raises(ValueError, match=f"state holds {len(last) - 1} tensors, expected {len(last)}"):
        model(x, last[1:])


def test_a_copy_of_the_tied_head_is_no_news(folder: Path) -> None:
    expected = load(folder)(random_tokens(VOCAB, 5))[0]
    embedding = "backbone.embeddings.weight"
    change_tensors(folder, lambda t: t.update({"lm_head.weight": t[embedding].clone()}))
    assert torch.equal(load(folder)(random_tokens(VOCAB, 5))[0], expected)
    change_tensors(folder, lambda t: t["lm_head.weight"].mul_(2))
    with pytest.raises(UsageError, match="holds lm_head.weight, which the model .* has no place for"):
        load(folder)


def test_an_older_name_of_the_embedding(folder: Path) -> None:
    expected = load(folder)(random_tokens(VOCAB, 5))[0]
    change_tensors(
        folder, lambda t: t.update({"backbone.embedding.weight": t.pop("backbone.embeddings.weight")})
    )
    assert torch.equal(load(folder)(random_tokens(VOCAB, 5))[0], expected)


def test_an_older_config(folder: Path) -> None:
    """Before the keys for tying and for a limit that is none, and with a rank that is to be worked out."""
    expected = load(folder)(random_tokens(VOCAB, 5))[0]
    change_config(folder, tie_word_embeddings=None, time_step_rank="auto", d_model=8, ssm_cfg={})
    assert torch.equal(load(folder)(random_tokens(VOCAB, 5))[0], expected)


@pytest.mark.parametrize("limit", ["[0.0, Infinity]", '[0.0, {"__float__": "Infinity"}]', "null"])
def test_a_limit_that_is_none(tmp_path: Path, limit: str) -> None:
    made("mamba2").save_pretrained(tmp_path)
    expected = load(tmp_path)(random_tokens(VOCAB, 5))[0]
    change_config(tmp_path, time_step_limit=json.loads(limit))
    assert torch.equal(load(tmp_path)(random_tokens(VOCAB, 5))[0], expected)


def test_the_weights_do_not_depend_on_the_file_any_more(folder: Path) -> None:
    model = load(folder)
    expected = model(random_tokens(VOCAB, 5))[0]
    size = (folder / WEIGHTS).stat().st_size
    with open(folder / WEIGHTS, "r+b") as file:
        file.write(bytes(size))
    assert torch.equal(model(random_tokens(VOCAB, 5))[0], expected)


def test_no_random_numbers_are_drawn(folder: Path) -> None:
    before = torch.get_rng_state()
    load(folder)
    assert torch.equal(torch.get_rng_state(), before)
    with _Unfilled():
        for dim in range(1, 4):
            torch.nn.Embedding(dim, 2), linear(dim, 2), torch.nn.init.uniform_(torch.nn.Linear(dim, 2).weight)
    assert torch.equal(torch.get_rng_state(), before)


CONV = "backbone.layers.1.mixer.conv1d.weight"
A_LOG = "backbone.layers.0.mixer.A_log"
BREAKS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "no folder": (shutil.rmtree, "There is no folder .*snapshot_download"),
    "no config": (lambda f: (f / "config.json").unlink(), "has no config.json"),
    "broken config": (lambda f: (f / "config.json").write_text('{"model_type": '), "config.json is broken"),
    "config is a list": (lambda f: (f / "config.json").write_text("[]"), "config.json is broken.*no table"),
    "config is a folder": (
        lambda f: ((f / "config.json").unlink(), (f / "config.json").mkdir()),
        "Cannot read .*config.json",
    ),
    "original": (lambda f: change_config(f, model_type=None), "no model_type.*-hf"),
    "unknown": (
        lambda f: change_config(f, model_type="rwkv"),
        f"unknown model_type 'rwkv'; known are {', '.join(ARCHITECTURES)}",
    ),
    "type is a list": (lambda f: change_config(f, model_type=["mamba"]), r"unknown model_type \['mamba'\]"),
    "no size": (lambda f: change_config(f, state_size=None), "config.json lacks 'state_size'"),
    "size is a word": (lambda f: change_config(f, hidden_size="8"), "config.json describes no model"),
    "size is negative": (lambda f: change_config(f, state_size=-1), "config.json describes no model"),
    "bias": (lambda f: change_config(f, use_bias=True), "use_bias = True, .* with False only"),
    "no bias": (lambda f: change_config(f, use_conv_bias=False), "use_conv_bias = False, .* with True only"),
    "activation": (lambda f: change_config(f, hidden_act="gelu"), "hidden_act = 'gelu', .* with 'silu' only"),
    "more layers": (
        lambda f: change_config(f, num_hidden_layers=3),
        "lacks the tensor backbone.layers.2.norm.weight",
    ),
    "fewer layers": (
        lambda f: change_config(f, num_hidden_layers=1),
        r"holds backbone.layers.1.mixer.A_log, which .* no place for \(10 such in all\)",
    ),
    "a missing tensor": (
        lambda f: change_tensors(f, lambda t: t.pop(CONV)),
        f"lacks the tensor {CONV}",
    ),
    "a wrong shape": (
        lambda f: change_config(f, state_size=5),
        rf"{A_LOG} \(16, 4\), which does not fit blocks.0.mixer.s6.A_log \(5, 16\)",
    ),
    "a shape that cannot be turned": (
        lambda f: change_tensors(f, lambda t: t.update({A_LOG: torch.ones(2, 2, 2)})),
        rf"{A_LOG} \(2, 2, 2\), which does not fit blocks.0.mixer.s6.A_log \(4, 16\)",
    ),
    "integers": (
        lambda f: change_tensors(f, lambda t: t.update({A_LOG: t[A_LOG].to(torch.int8)})),
        f"{A_LOG} .* has dtype torch.int8",
    ),
    "a broken file": (lambda f: (f / WEIGHTS).write_bytes(b"\x08" + bytes(30)), f"{WEIGHTS} is broken"),
    "a short file": (
        lambda f: (f / WEIGHTS).write_bytes((f / WEIGHTS).read_bytes()[:-5]),
        f"{WEIGHTS} is broken",
    ),
    "a folder for a file": (
        lambda f: ((f / WEIGHTS).unlink(), (f / WEIGHTS).mkdir()),
        f"Cannot read .*{WEIGHTS}",
    ),
    "an empty file": (lambda f: (f / WEIGHTS).write_bytes(b""), f"{WEIGHTS} is broken"),
    "pickled": (
        lambda f: (f / WEIGHTS).rename(f / "pytorch_model.bin"),
        f"neither {WEIGHTS} nor {WEIGHTS}.index.json: pickled",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_wrong_is_said_in_one_sentence(folder: Path, name: str) -> None:
    load(folder)
    damage, sentence = BREAKS[name]
    damage(folder)
    check_sentence(folder, sentence)


def check_sentence(folder: Path, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence) as caught:
        load(folder)
    text = str(caught.value)
    assert str(folder) in text
    assert text.endswith(".") and "\n" not in text and not re.search(r"\w\.\s+[A-Z]", text)


SHARDS: dict[str, tuple[Callable[[Path, Path], Any], str]] = {
    "missing": (lambda index, shard: shard.unlink(), "model-00002-of-.* is missing"),
    "broken": (lambda index, shard: shard.write_bytes(b"none"), "model-00002-of-.* is broken"),
    "without-a-tensor": (
        lambda index, shard: change_tensors(shard.parent, lambda t: t.popitem(), shard.name),
        "lacks the tensor backbone",
    ),
    "index-broken": (lambda index, shard: index.write_text("{"), "index.json is broken"),
    "index-without-a-map": (lambda index, shard: index.write_text("{}"), "index.json is broken.*weight_map"),
    "index-of-numbers": (
        lambda index, shard: index.write_text('{"weight_map": {"a": 1}}'),
        "index.json is broken.*weight_map",
    ),
}


@pytest.mark.parametrize("name", SHARDS)
def test_what_is_wrong_with_shards(tmp_path: Path, name: str) -> None:
    made("mamba").save_pretrained(tmp_path, max_shard_size="3KB")
    damage, sentence = SHARDS[name]
    damage(tmp_path / f"{WEIGHTS}.index.json", next(tmp_path.glob("model-00002-of-*.safetensors")))
    check_sentence(tmp_path, sentence)


def test_an_index_leads_to_no_other_folder(tmp_path: Path) -> None:
    made("mamba").save_pretrained(tmp_path / "here", max_shard_size="3KB")
    index = tmp_path / "here" / f"{WEIGHTS}.index.json"
    files = json.loads(index.read_text())["weight_map"]
    for file in set(files.values()):
        (tmp_path / "here" / file).rename(tmp_path / file)
    index.write_text(json.dumps({"weight_map": {name: f"../{file}" for name, file in files.items()}}))
    check_sentence(tmp_path / "here", "is missing")


@pytest.mark.parametrize("limit", [[0.1, float("inf")], [0.0, 5.0]], ids=str)
def test_a_limit_of_the_time_step_is_named(tmp_path: Path, limit: list[float]) -> None:
    made("mamba2").save_pretrained(tmp_path)
    change_config(tmp_path, time_step_limit=limit)
    check_sentence(tmp_path, "time_step_limit")


def test_groups_that_do_not_divide_the_heads(tmp_path: Path) -> None:
    made("mamba2").save_pretrained(tmp_path)
    change_config(tmp_path, n_groups=3)
    check_sentence(tmp_path, "n_groups is 3, expected a divisor of n_heads = 4")

"""The encoder as arithmetic: on a small network made here, whatever the shipped one has learned."""

from __future__ import annotations

import gc
import math
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from monitor.classify.encoder.mapped import Mapped
from monitor.classify.encoder.network import Encoder, card, load, rest
from monitor.classify.weights.decision import Joint, decide
from monitor.classify.weights.linear import blank
from monitor.classify.words.lexicon import LexiconError
from monitor.model import Label

np = pytest.importorskip("numpy", reason="the extra encoder is not installed")
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "osprey", "hires", "chief"]
WIDE = 24


def tables(layers: int = 2) -> dict[str, Any]:
    draw = np.random.default_rng(7)

    def table(*shape: int) -> Any:
        return draw.normal(0, 0.3, shape).astype(np.float32)

    found: dict[str, Any] = {
        "words": draw.integers(-127, 127, (len(WORDS), WIDE)).astype(np.int8),
        "words.scale": np.full(len(WORDS), 0.01, np.float32),
        "places": table(16, WIDE),
        "marks": table(2, WIDE),
        **{f"opening.{name}": np.ones(WIDE, np.float32) if name == "g" else table(WIDE) for name in "gb"},
        "vocabulary": np.frombuffer("\n".join(WORDS).encode(), np.uint8),
    }
    for n in range(layers):
        shapes = {"qkv": (WIDE, 3 * WIDE), "o": (WIDE, WIDE), "i": (WIDE, 40), "d": (40, WIDE)}
        for name, shape in shapes.items():
            found[f"layer.{n}.{name}"], found[f"layer.{n}.{name}b"] = table(*shape), table(shape[1])
        for name in ("g1", "b1", "g2", "b2"):
            found[f"layer.{n}.{name}"] = table(WIDE)
    return found


def test_states_are_those_of_the_formulas_written_out() -> None:
    """One layer of Devlin et al. 2019 by plain loops, against the arrays."""
    raw = tables(1)
    ids, marked = [2, 4, 5, 3], frozenset({1})
    x = raw["words"][ids] * 0.01 + raw["places"][:4] + raw["marks"][[0, 1, 0, 0]]
    x = level(x, raw["opening.g"], raw["opening.b"])
    layer = {name.removeprefix("layer.0."): value for name, value in raw.items() if name.startswith("layer.0.")}
    q, k, v = np.split(x @ layer["qkv"] + layer["qkvb"], 3, axis=1)
    heads = []
    for n in range(12):
        part = slice(2 * n, 2 * n + 2)
        scores = np.exp(q[:, part] @ k[:, part].T / math.sqrt(2))
        heads.append(scores / scores.sum(1, keepdims=True) @ v[:, part])
    x = level(x + np.concatenate(heads, 1) @ layer["o"] + layer["ob"], layer["g1"], layer["b1"])
    inner = np.vectorize(lambda z: z * (1 + math.erf(z / math.sqrt(2))) / 2)(x @ layer["i"] + layer["ib"])
    x = level(x + inner @ layer["d"] + layer["db"], layer["g2"], layer["b2"])
    assert np.allclose(Encoder(raw, 1).states(ids, marked), x, atol=1e-4)


def level(x: Any, gain: Any, shift: Any) -> Any:
    return (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-12) * gain + shift


def test_gelu_is_exact_to_a_millionth_of_its_argument() -> None:
    encoder, x = Encoder(tables(), 2), np.linspace(-12, 12, 2001, dtype=np.float32)
    exact = [v * (1 + math.erf(v / math.sqrt(2))) / 2 for v in map(float, x)]
    assert np.allclose(encoder.gelu(x), exact, atol=3e-6)


def test_whom_it_is_asked_about_changes_what_is_read() -> None:
    encoder = Encoder(tables(), 2)
    plain, marked = encoder.states([2, 4, 5, 3]), encoder.states([2, 4, 5, 3], frozenset({1}))
    assert not np.allclose(plain, marked)


def test_weights_of_one_byte_are_their_number_times_the_scale_of_their_column(tmp_path: Path) -> None:
    raw = tables(1)
    scale = np.abs(raw["layer.0.i"]).max(0) / 127
    small = raw | {"layer.0.i": np.round(raw["layer.0.i"] / scale).astype(np.int8), "layer.0.i.scale": scale}
    np.savez(tmp_path / "small.npz", **small)
    assert np.allclose(load(tmp_path / "small.npz", 1).states([2, 4, 3]), Encoder(raw, 1).states([2, 4, 3]), atol=0.1)


def test_of_threads_that_ask_for_it_at_once_one_loads_it(tmp_path: Path) -> None:
    """Each of six that load it would take its 75 MB."""
    np.savez(tmp_path / "small.npz", **tables(1))
    together = Barrier(6)

    def first_asked() -> Encoder:
        together.wait(10)
        return load(tmp_path / "small.npz", 1)

    with ThreadPoolExecutor(6) as threads:
        found = [one.result(10) for one in [threads.submit(first_asked) for _ in range(6)]]
    assert len({id(one) for one in found}) == 1


def test_it_is_let_go_when_nobody_asked_for_a_while_and_read_again_when_somebody_does(tmp_path: Path) -> None:
    np.savez(tmp_path / "small.npz", **tables(1))
    first = load(tmp_path / "small.npz", 1)
    said = first.states([2, 4, 3])
    rest()
    assert load(tmp_path / "small.npz", 1) is first  # it was asked since
    rest()
    alive = weakref.ref(first)
    del first
    assert alive() is not None
    rest()
    gc.collect()
    assert alive() is None
    assert np.array_equal(load(tmp_path / "small.npz", 1).states([2, 4, 3]), said)


def test_whoever_is_at_work_with_it_when_it_is_let_go_has_it_until_the_end(tmp_path: Path) -> None:
    np.savez(tmp_path / "small.npz", **tables(2))
    said = load(tmp_path / "small.npz", 2).states([2, 4, 3])
    with ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(lambda: load(tmp_path / "small.npz", 2).states([2, 4, 3])) for _ in range(200)]
        while not all(one.done() for one in answers):
            rest()
    assert all(np.array_equal(one.result(), said) for one in answers)


def test_arrays_are_read_where_they_stand_as_numpy_reads_them(tmp_path: Path) -> None:
    raw = tables(2) | {"by columns": np.asfortranarray(np.arange(12.0).reshape(3, 4)), "one": np.array(7, np.int8)}
    raw["small"] = np.arange(5, dtype=np.float16)
    np.savez(tmp_path / "raw.npz", **raw)
    found = Mapped(tmp_path / "raw.npz")
    assert found.keys() == raw.keys()
    assert all(found[name].dtype == value.dtype and np.array_equal(found[name], value) for name, value in raw.items())
    with pytest.raises(ValueError, match="read-only"):
        found["words"][0] = 1


def test_a_file_that_is_no_encoder_is_named(tmp_path: Path) -> None:
    (tmp_path / "text.npz").write_text("no encoder", encoding="utf-8")
    np.savez(tmp_path / "other.npz", numbers=np.zeros(3))
    np.savez(tmp_path / "pickle.npz", words=np.array([{"runs": "code"}], dtype=object))
    np.savez_compressed(tmp_path / "packed.npz", **tables(1))
    np.savez(tmp_path / "whole.npz", **tables(1))
    (tmp_path / "cut.npz").write_bytes((tmp_path / "whole.npz").read_bytes()[:-200])
    for name in ("text.npz", "other.npz", "pickle.npz", "packed.npz", "cut.npz", "missing.npz"):
        with pytest.raises(LexiconError, match=name):
            load(tmp_path / name, 1)


def test_a_card_that_is_none_is_named(tmp_path: Path) -> None:
    for text in ("", "[]", "{}", '{"joints": {"gossip": {}}}', '{"joints": {}, "made": "2026-11-26"}'):
        (path := tmp_path / f"{len(text)}.json").write_text(text, encoding="utf-8")
        with pytest.raises(LexiconError, match=path.name):
            card(path)


LINES = Joint(own=1.0, linear=0.5, shift=0.0, threshold=0.6, low=0.2, high=0.9, asked_from=0.05, asked_to=0.95)


@pytest.mark.parametrize(("score", "asked"), [(0.01, False), (0.05, True), (0.5, True), (0.95, False), (0.99, False)])
def test_it_is_asked_between_its_lines_alone(score: float, asked: bool) -> None:
    told: list[int] = []
    decide(blank(Label.INFRASTRUCTURE), score, joint=LINES, odds=lambda: told.append(1) or 0.0)
    assert bool(told) is asked


def test_both_are_heard_and_the_threshold_is_of_both() -> None:
    model = blank(Label.INFRASTRUCTURE)
    for odds, yes in ((3.0, True), (-3.0, False)):
        found = decide(model, 0.5, joint=LINES, odds=lambda odds=odds: odds)
        assert (found.yes, found.threshold) == (yes, 0.6)
        assert found.score == pytest.approx(1 / (1 + math.exp(-odds)), abs=1e-4)
    assert decide(model, 0.5, joint=LINES, odds=lambda: 0.0, threshold=0.4).yes  # the user's own line counts
    assert decide(model, 0.99, joint=LINES, odds=lambda: -9.0).yes  # the linear model is sure

"""Several networks in one: the mean of their weights, written as one network is."""

from __future__ import annotations

from pathlib import Path

import pytest

np = pytest.importorskip("numpy")

from benchmarks.encoder_mean import mean, quantized, whole  # noqa: E402


def network(path: Path, words: float, column: float, vocabulary: bytes = b"a\nb") -> Path:
    tables = quantized("words", np.array([[words, -words], [2.0, 1.0]], np.float32))
    tables |= quantized("layer.0.o", np.array([[column, 1.0], [0.5, -1.0]], np.float32))
    tables |= {"marks": np.array([column], np.float32), "head.lab.w": np.array([words], np.float16)}
    np.savez(path, **tables, vocabulary=np.frombuffer(vocabulary, np.uint8))
    return path


def test_weights_are_averaged_whatever_they_are_written_with(tmp_path: Path) -> None:
    one, other = network(tmp_path / "1.npz", 1.0, 4.0), network(tmp_path / "2.npz", 3.0, 2.0)
    found = mean([one, other])
    assert whole(found, "words") == pytest.approx(np.array([[2.0, -2.0], [2.0, 1.0]]), abs=0.02)
    assert whole(found, "layer.0.o") == pytest.approx(np.array([[3.0, 1.0], [0.5, -1.0]]), abs=0.02)
    assert (found["marks"][0], found["head.lab.w"][0]) == (3.0, 2.0)
    assert {name: table.dtype for name, table in found.items()} == {name: np.load(one)[name].dtype for name in np.load(one).files}


def test_one_network_is_its_own_mean(tmp_path: Path) -> None:
    one = network(tmp_path / "1.npz", 1.0, 4.0)
    found = mean([one, one])
    assert all((found[name] == np.load(one)[name]).all() for name in found)


def test_networks_of_other_words_are_not_mixed(tmp_path: Path) -> None:
    one, other = network(tmp_path / "1.npz", 1.0, 4.0), network(tmp_path / "2.npz", 3.0, 2.0, b"a\nc")
    with pytest.raises(ValueError, match=r"2\.npz: has other tables or words than .*1\.npz"):
        mean([one, other])

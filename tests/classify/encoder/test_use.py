"""Whether the encoder is used follows from the setting and from what is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import monitor.classify.encoder.use as encoder_use
from monitor.app import check
from monitor.classify import classifier_for, encoder_told
from monitor.errors import SettingsError
from monitor.settings import Settings
from monitor.settings.schema import Classify
from tests.settings.conftest import Loading, loading

__all__ = ["loading"]


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An installation that has all the encoder needs; the file's place is returned."""
    file = tmp_path / "encoder.npz"
    file.touch()
    monkeypatch.setattr(encoder_use, "FILE", file)
    return file


@pytest.fixture
def no_numpy(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)  # as Python has it where an import fails


@pytest.mark.parametrize(("written", "asked"), [("auto", "auto"), ("on", "on"), ("off", "off"), ("'on'", "on"), ("'off'", "off")])
def test_the_words_are_taken_with_quotes_and_without(loading: Loading, written: str, asked: str) -> None:
    assert loading(f"classify: {{encoder: {written}}}\n").classify.encoder == asked
    assert loading("", {"MOVEWIRE__CLASSIFY__ENCODER": asked}).classify.encoder == asked


@pytest.mark.parametrize(("asked", "used"), [("auto", True), ("on", True), ("off", False)])
def test_where_all_is_there_the_setting_decides(whole: Path, asked: str, used: bool) -> None:
    settings = Settings(classify=Classify(encoder=asked))
    check(settings)
    assert encoder_use.used(asked) is used
    assert encoder_told(settings) == ("used" if used else "not used: classify.encoder is off")


@pytest.mark.usefixtures("no_numpy")
def test_without_numpy_the_linear_models_decide_alone() -> None:
    settings = Settings()
    check(settings)
    assert not encoder_use.used(settings.classify.encoder)
    assert encoder_told(settings) == "not used: it needs numpy; install it with: pip install 'movewire[encoder]'"


@pytest.mark.usefixtures("no_numpy")
def test_on_without_numpy_is_a_mistake_with_its_line(loading: Loading, tmp_path: Path) -> None:
    settings = loading("classify:\n  encoder: on\n")
    for ask in (check, classifier_for):
        with pytest.raises(SettingsError) as caught:
            ask(settings)
        [problem] = caught.value.problems
        assert problem == (
            f"{tmp_path}/movewire.yaml:2: classify.encoder: \"on\" needs numpy; install it with: pip install 'movewire[encoder]'"
        )


def test_on_without_its_file_is_a_mistake(whole: Path) -> None:
    whole.unlink()
    with pytest.raises(
        SettingsError, match=r'classify\.encoder: "on" needs encoder\.npz, which this installation was made without'
    ):
        check(Settings(classify=Classify(encoder="on")))
    assert not encoder_use.used("auto")

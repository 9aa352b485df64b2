"""A folder with a configuration in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from monitor.errors import SettingsError
from monitor.settings import Settings, load

Loading = Callable[..., Settings]
Complaints = Callable[..., list[str]]


@pytest.fixture
def loading(tmp_path: Path) -> Loading:
    """``loading("polling: …", environ, feeds="…")``: the settings of a file, with the companions that are named."""

    def make(text: str = "", environ: Mapping[str, str] | None = None, **beside: str) -> Settings:
        (tmp_path / "movewire.yaml").write_text(dedent(text), encoding="utf-8")
        for name, content in {"feeds": "feeds: []\n", "watchlists": "watchlists: {}\n", "outlets": "outlets: []\n"}.items():
            (tmp_path / f"{name}.yaml").write_text(dedent(beside.get(name, content)), encoding="utf-8")
        return load(tmp_path / "movewire.yaml", environ or {})

    return make


@pytest.fixture
def complaints(loading: Loading, tmp_path: Path) -> Complaints:
    """The lines of the error, with the folder taken off."""

    def ask(text: str = "", environ: Mapping[str, str] | None = None, **beside: str) -> list[str]:
        with pytest.raises(SettingsError) as caught:
            loading(text, environ, **beside)
        assert str(caught.value) == "\n".join(caught.value.problems)
        return [problem.replace(f"{tmp_path}/", "") for problem in caught.value.problems]

    return ask

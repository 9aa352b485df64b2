"""The five kinds of telling, as each channel says them: a change of a word shows here."""

from __future__ import annotations

import pytest

from tests.notify.golden import FOLDER, files

FILES = dict(files())


@pytest.mark.parametrize("name", sorted(FILES))
def test_is_said_as_it_was_designed(name: str) -> None:
    """Where a change is meant: ``python -m tests.notify.golden``, and read what it changed."""
    assert (FOLDER / name).read_text(encoding="utf-8") == FILES[name]


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(FILES)

"""``alerts mark`` and ``feedback``: said once, listed, corrected."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def copied(told: Run, tmp_path: Path) -> Run:
    """The database in which something was told, copied: these tests write."""
    told("db", "backup", tmp_path / "copy.db")
    return lambda *args: told("--database", f"sqlite:///{tmp_path}/copy.db", *args)


def first_alert(run: Run) -> str:
    return str(json.loads(run("alerts", "--label", "executive_move", "--format", "json").out)[0]["id"])


def listed(run: Run, *args: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("feedback", *args, "--format", "json").out)
    return found


def test_a_word_is_said_corrected_and_listed(copied: Run) -> None:
    alert = first_alert(copied)
    assert listed(copied) == []
    said = copied("alerts", "mark", alert, "not-relevant", "--by", "ada", "--note", "a pay dispute")
    assert said.code == 0 and said.err.startswith("ada says not-relevant of event ") and said.out == ""
    copied("alerts", "mark", alert[:22], "relevant", "--by", "ada")
    copied("alerts", "mark", alert, "wrong-slot", "--by", "bo")
    assert [(r["by"], r["kind"], r["current"]) for r in listed(copied)] == [
        ("bo", "wrong_slot", True),
        ("ada", "relevant", True),
    ]
    assert [r["note"] for r in listed(copied, "--history", "--kind", "not-relevant")] == ["a pay dispute"]
    assert "Mara Lindqvist" in copied("feedback").out


@pytest.mark.parametrize("word", ["not-relevant", "not_relevant"])
def test_people_read_a_word_as_they_type_it_and_programs_as_the_api_has_it(copied: Run, word: str) -> None:
    said = copied("alerts", "mark", first_alert(copied), word, "--by", "ada")
    assert said.err.startswith("ada says not-relevant of event ")
    for form in ("tsv", "table"):
        shown = copied("feedback", "--format", form, "--kind", word).out
        assert "not-relevant" in shown and "not_relevant" not in shown
    assert [row["kind"] for row in listed(copied, "--kind", word)] == ["not_relevant"]


def test_who_says_nothing_of_himself_is_his_login(copied: Run) -> None:
    said = json.loads(copied("alerts", "mark", first_alert(copied), "relevant", "--format", "json").out)
    assert (said["by"], said["via"], said["labels"]) == (getpass.getuser(), "cli", ["executive_move"])


def test_an_unknown_id_ends_with_3_and_an_unknown_word_with_2(copied: Run) -> None:
    assert copied("alerts", "mark", "0ZZZZ", "relevant").code == 3
    assert copied("alerts", "mark", first_alert(copied), "great").code == 2

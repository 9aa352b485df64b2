"""What set phrases of posts make of the people and posts in them."""

from __future__ import annotations

import pytest

from monitor.classify.moves.evidence.phrases import said
from tests.classify.moves.evidence.test_ties import seen


def told(title: str, summary: str = "") -> set[tuple[str, str, str]]:
    found = set()
    for row in seen(title, summary).seen.rows:
        words = said(row.items)
        found |= {(row.items[who].text, row.items[at].text, w) for (who, at), ws in words.to.items() for w in ws}
        found |= {(row.items[who].text, "", w) for who, ws in words.of.items() for w in ws}
    return found


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("Tessera Labs appointed Ada Quill as chief executive officer.", ("Ada Quill", "chief executive officer", "gets")),
        ("Ada Quill was named president of Tessera Labs.", ("Ada Quill", "president", "gets")),
        ("Tessera Labs said Ada Quill will succeed Ben Okoro.", ("Ben Okoro", "", "succeeded")),
        ("Ada Quill most recently served as president of Tessera Labs.", ("Ada Quill", "president", "past")),
        ("Ada Quill will be replaced by finance chief Ben Okoro.", ("Ben Okoro", "", "successor")),
        ("Ada Quill will be replaced by finance chief Ben Okoro.", ("Ada Quill", "", "replaced")),
        ("Ada Quill is stepping down as chief executive officer.", ("Ada Quill", "chief executive officer", "left")),
        ("Tessera Labs chief executive Ada Quill said sales rose.", ("Ada Quill", "", "agent")),
        ("Tessera Labs hired Ada Quill and Ben Okoro as vice presidents.", ("Ada Quill", "vice presidents", "gets")),
    ],
)
def test_a_phrase_says_who_holds_gets_and_leaves_what(summary: str, expected: tuple[str, str, str]) -> None:
    assert expected in told("Karst", summary)


def test_who_only_speaks_gets_nothing() -> None:
    found = told("Karst", "Tessera Labs named Ada Quill as chief executive officer, founder Ben Okoro said.")
    assert ("Ben Okoro", "chief executive officer", "gets") not in found

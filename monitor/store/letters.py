"""How SQLite's full text reads each character beyond ASCII, so that all find the same words: what ``letters.json`` is made of.

FTS5 goes by tables of its own: what is part of a word (letters, numbers, and symbols younger than the tables), which letters are
two cases of one, which are a plain one with a mark. ``python -m monitor.store.letters`` asks it character by character.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from contextlib import closing

from monitor.stems import FILE
from monitor.store.full_text import TOKENIZER

_END = 0x30000  # beyond the scripts: planes of private use and of tags


def asked() -> str:
    """The content of ``letters.json``, of the SQLite that is installed here."""
    characters = [chr(n) for n in range(0x80, _END) if not 0xD800 <= n <= 0xDFFF]
    whole = {character: word for character, (word, *more) in words(characters).items() if not more}
    changed = {one: word[1:-1] for one, word in whole.items() if word != f"q{one}q"}
    given = sorted(changed, key=lambda one: (not changed[one], one))
    parts = {ord(one) for one in whole}
    runs = zip(*(sorted(n for n in parts if n + step not in parts) for step in (-1, 1)), strict=True)
    found = {"parts": list(runs), "given": "".join(given), "read": "".join(changed[one] for one in given)}
    return json.dumps(found, separators=(",", ":")).replace("],[", "],\n[") + "\n"


def words(characters: list[str]) -> dict[str, list[str]]:
    """Each character to the words that two letters with it between them are read as."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='{TOKENIZER}')")
        database.execute("CREATE VIRTUAL TABLE words USING fts5vocab(texts, 'instance')")
        database.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", ((ord(one), f"q{one}q") for one in characters))
        found: defaultdict[str, list[str]] = defaultdict(list)
        for number, word in database.execute("SELECT doc, term FROM words ORDER BY doc, offset"):
            found[chr(number)].append(word)
    return found


if __name__ == "__main__":
    FILE.write_text(asked(), encoding="utf-8")

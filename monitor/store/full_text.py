"""What is searched in every database, and how SQLite reads it. What a query asks for, ``monitor.searching`` says."""

from __future__ import annotations

FULL_TEXT = {"stories": ("title", "summary"), "events": ("headline", "words")}  # two columns a table
TOKENIZER = "porter unicode61 remove_diacritics 2"  # SQLite's; PostgreSQL has functions that make the same words

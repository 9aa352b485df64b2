"""Texts without markup, and the words that are left to compare."""

from __future__ import annotations

import pytest

from monitor.text import plain, repeats, shorten, title_digest, words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ada <!-- if x > y --> joins <b>Acme</b>", "Ada joins Acme"),
        ("Ada joins <!-- and the rest is never closed", "Ada joins"),
        ("Ada<script>if (a < b) { hire() }</script> joins", "Ada joins"),
        ("a 6\u2011gigawatt data\u2010center deal", "a 6-gigawatt data-center deal"),
        ("Ada &lt;i&gt;joins&lt;/i&gt; Acme", "Ada joins Acme"),
    ],
)
def test_markup_is_taken_off_comments_too(text: str, left: str) -> None:
    assert plain(text) == left


def test_words_are_folded_and_those_that_say_nothing_left_out() -> None:
    assert words("The CEO of Zoé’s firm – at Acme's") == ["ceo", "zoe", "firm", "acme"]


def test_a_text_repeats_where_it_says_nothing_more() -> None:
    assert repeats("Acme names the chief. Example Wire", "Acme names chief", "Example Wire")
    assert not repeats("Acme names another chief", "Acme names chief")
    assert not repeats("of the", "Acme names chief"), "it has no words"


@pytest.mark.parametrize(("title", "known"), [("Acme names finance chief", True), ("Acme names the chief", False)])
def test_titles_of_under_four_words_are_not_told_apart(title: str, known: bool) -> None:
    assert bool(title_digest(title)) is known
    assert title_digest(title) == title_digest(title.upper() + " - Example Wire")


@pytest.mark.parametrize(
    ("limit", "short"), [(22, "Acme names a new chief"), (21, "Acme names a new…"), (17, "Acme names a…"), (5, "Acme…")]
)
def test_a_text_is_cut_at_a_word(limit: int, short: str) -> None:
    assert shorten("Acme names a new chief", limit) == short

"""Phrases by their first two words: met as trying each would meet them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.words.beginning import Beginning

_WORD = st.sampled_from("abc")


@given(st.lists(st.lists(_WORD, max_size=3), max_size=12), st.lists(_WORD, max_size=6))
def test_a_phrase_is_met_as_if_each_were_tried(rests: list[list[str]], text: list[str]) -> None:
    phrases = [("a", *rest) for rest in rests]
    beginning: Beginning[int] = Beginning()
    for n, words in enumerate(phrases):
        beginning.add(words, n)
    lows = ("a", *text)
    tried = sorted((p for p in enumerate(phrases) if lows[: len(p[1])] == p[1]), key=lambda p: -len(p[1]))
    assert list(beginning.met(lows, 0)) == [(words, n) for n, words in tried]

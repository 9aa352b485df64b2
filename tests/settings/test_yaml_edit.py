"""A file that people write, changed by command: what is not changed keeps its every character."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from monitor.settings.yaml_edit import NotChangeable, data, drop, insert, put

CONFIG = Path(__file__).parents[2] / "config"
Change = Callable[[str], str]

# What stands before, the change, what stands after.
CHANGES: dict[str, tuple[str, Change, str]] = {
    "into brackets": (
        "x: [a, b]  # why\n",
        lambda t: insert(t, ("x",), "c, d"),
        "x: [a, b, 'c, d']  # why\n",
    ),
    "into brackets over several lines": (
        "x: [a,  # first\n    b,\n    ]\n",
        lambda t: insert(t, ("x",), "c"),
        "x: [a,  # first\n    b, c,\n    ]\n",
    ),
    "into brackets before another": ("x: [a, b]\n", lambda t: insert(t, ("x",), "c", 1), "x: [a, c, b]\n"),
    "into a line that is full": (
        f"x: [{'a' * 110}]\n",
        lambda t: insert(t, ("x",), "b" * 10),
        f"x: [{'a' * 110},\n    {'b' * 10}]\n",
    ),
    "under dashes": (
        "x:\n- a  # first\n- b  # second\n# the end\n",
        lambda t: insert(t, ("x",), "yes"),
        "x:\n- a  # first\n- b  # second\n- 'yes'\n# the end\n",
    ),
    "under dashes, behind the comments of the last": (
        "x:\n  - name: a\n    # n: 1\n  # more to come\ny: 1\n",
        lambda t: insert(t, ("x",), {"name": "b", "n": [1, 2]}),
        "x:\n  - name: a\n    # n: 1\n  - name: b\n    n: [1, 2]\n  # more to come\ny: 1\n",
    ),
    "under dashes, before another and what is said of it": (
        "x:\n  - {name: a}\n  # of b\n  - {name: b}\n",
        lambda t: insert(t, ("x",), {"name": "c"}, 1),
        "x:\n  - {name: a}\n  - {name: c}\n  # of b\n  - {name: b}\n",
    ),
    "into a list that is empty": (
        "x: []  # none\n",
        lambda t: insert(t, ("x",), {"name": "a"}),
        "x:  # none\n  - name: a\n",
    ),
    "into a list that is not there": (
        "# mine\nx:\n  y: {}\n",
        lambda t: insert(t, ("x", "y", "z"), "a"),
        "# mine\nx:\n  y:\n    z: [a]\n",
    ),
    "into a file of comments": ("# mine", lambda t: insert(t, ("x", "y", "z"), "a"), "# mine\nx:\n  y:\n    z: [a]\n"),
    "into nothing": ("", lambda t: insert(t, ("x",), "a"), "x: [a]\n"),
    "a key more": ("x:\n  a: 1\n\ny: 2", lambda t: put(t, ("x", "b"), 2), "x:\n  a: 1\n  b: 2\n\ny: 2"),
    "a key more at the end": ("x:\n  a: |\n    text\n", lambda t: put(t, ("x", "b"), 2), "x:\n  a: |\n    text\n  b: 2\n"),
    "a key more in braces": ("x: {a: 1} # why\n", lambda t: put(t, ("x", "b"), "on"), "x: {a: 1, b: 'on'} # why\n"),
    "another value": ("x: [{a: 1, b: 2}]\n", lambda t: put(t, ("x", 0, "a"), 3), "x: [{a: 3, b: 2}]\n"),
    "out of brackets": ("x: [a, b, c] # why\n", lambda t: drop(t, ("x", 1)), "x: [a, c] # why\n"),
    "out of brackets, the last": ("x: [a,\n    b]\n", lambda t: drop(t, ("x", 1)), "x: [a]\n"),
    "out of brackets, the only one": ("x: [ a ]\n", lambda t: drop(t, ("x", 0)), "x: [  ]\n"),
    "out of brackets with a line of its own": (
        "x: [\n  a, # first\n  b,\n  c,\n]\n",
        lambda t: drop(t, ("x", 1)),
        "x: [\n  a, # first\n  c,\n]\n",
    ),
    "out of brackets beside a comment": ("x: [\n  a, # of a\n  b]\n", lambda t: drop(t, ("x", 0)), "x: [\n  # of a\n  b]\n"),
    "from under dashes": (
        "x:\n  # of a\n  - a: 1\n    b: 2\n  # of c\n  - c: 1\n",
        lambda t: drop(t, ("x", 0)),
        "x:\n  # of a\n  # of c\n  - c: 1\n",
    ),
    "from under dashes, the only one": ("x: # why\n  - a\ny: 1\n", lambda t: drop(t, ("x", 0)), "x: [] # why\ny: 1\n"),
    "a key with all below it": ("x:\n  a:\n    - 1\n    - 2\n  b: 1", lambda t: drop(t, ("x", "a")), "x:\n  b: 1"),
    "the only key": ("x:\n  a: 1\n", lambda t: drop(t, ("x", "a")), "x: {}\n"),
    "the only key of all": ("# mine\nx: 1\n", lambda t: drop(t, ("x",)), "# mine\n{}\n"),
    "line ends of another system": (
        "x:\r\n  - name: a\r\n",
        lambda t: insert(t, ("x",), {"name": "b", "n": 1}),
        "x:\r\n  - name: a\r\n  - name: b\r\n    n: 1\r\n",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_leaves_the_rest_as_it_is(what: str) -> None:
    before, change, after = CHANGES[what]
    assert change(before) == after


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("x: &all [a]\ny: *all\n", lambda t: insert(t, ("y",), "b")),
        ("x: &all [a]\ny: *all\n", lambda t: drop(t, ("x",))),
        ("x:\n  - - a\n    - b\n", lambda t: drop(t, ("x", 0, 0))),
        ("x: {a: [b]}\n", lambda t: put(t, ("x", "a"), 1)),
        ("x: a\n", lambda t: insert(t, ("x",), "b")),
        ("x: [a]\n", lambda t: drop(t, ("x", 3))),
        ("? x\n: [a]\n? y\n: [b]\n", lambda t: drop(t, ("x",))),
    ],
)
def test_a_form_that_cannot_be_changed_so_is_refused(text: str, change: Change) -> None:
    with pytest.raises(NotChangeable, match=r"^[xy].*: found a form .* changed by hand$"):
        change(text)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("watchlists.yaml", ("watchlists", "chips", "orgs")),
        ("watchlists.yaml", ("watchlists", "frontier-labs", "people")),
        ("outlets.yaml", ("outlets",)),
        ("outlets.yaml", ("outlets", 3, "domains")),
        ("movewire.yaml", ("routes",)),
    ],
)
def test_in_every_shipped_list_each_item_can_be_changed_and_comments_stay(name: str, path: Any) -> None:
    text = (CONFIG / name).read_text(encoding="utf-8")
    held = data(text)
    for part in path:
        held = held[part]
    for n in range(0, len(held), 1 + len(held) // 3):
        more = insert(text, path, "Zeta: a # no comment", n)
        assert drop(more, (*path, n)) == text
        assert _comments(drop(text, (*path, n))) == _comments(text)


def _comments(text: str) -> list[str]:
    return re.findall(r"^\s*#.*", text, re.M)


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12)


@given(st.lists(_WORDS, max_size=4), _WORDS, st.booleans(), st.data())
def test_any_text_can_be_put_in_and_taken_out(words: list[str], new: str, flow: bool, draw: st.DataObject) -> None:
    text = yaml.safe_dump({"x": {"y": words}}, default_flow_style=flow, allow_unicode=True)
    n = draw.draw(st.integers(0, len(words)))
    more = insert(text, ("x", "y"), new, n)
    assert yaml.safe_load(more) == {"x": {"y": [*words[:n], new, *words[n:]]}}
    assert yaml.safe_load(drop(more, ("x", "y", n))) == {"x": {"y": words}}

"""Stories told of other people and firms: the names are others', and what was known of places holds for the new text."""

from __future__ import annotations

import random
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.encoder_swaps import FIELDS, Swaps, fullest

NAMES = {"people": ["Mara Lindqvist", "Tunde Balogun", "Ines Carrasco"], "orgs": ["Corvid Systems", "Northlight", "Vesper AI"]}


def story(title: str, summary: str = "", *, people: Any = (), orgs: Any = (), titles: Any = ()) -> dict[str, Any]:
    """A story with the places of the words named: a name is the list of its mentions."""
    texts = {"title": title, "summary": summary}

    def stands(words: str) -> list[list[Any]]:
        return [
            [f, m.start(), m.end()] for f, text in texts.items() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
        ]

    def name(mentions: Any) -> list[list[Any]]:
        found: list[list[Any]] = []
        for words in mentions:  # the fullest first: a surname within it is no mention of its own
            found += [p for p in stands(words) if not any(p[0] == q[0] and q[1] <= p[1] < q[2] for q in found)]
        return sorted(found, key=lambda p: (FIELDS.index(p[0]), p[1]))

    named = {
        kind: [found for mentions in told if (found := name(mentions))] for kind, told in (("people", people), ("orgs", orgs))
    }
    slots = {**named, "posts": [], "titles": [[p] for t in titles for p in stands(t)]}
    return {**texts, "slots": slots, "actors": None, "example": False}


def pool() -> Swaps:
    others = [
        story(f"{person} joins {firm}", people=[[person]], orgs=[[firm]]) for person, firm in zip(*NAMES.values(), strict=True)
    ]
    return Swaps(others)


def said(one: dict[str, Any], places: Any) -> list[str]:
    return [one[field][start:end] for field, start, end in places]


HIRED = story(
    "OSPREYWARE hires Ada Holm from Kestrel",
    "Holm ran chips at Kestrel, Ada Holm said. She is chief of chips at Ospreyware now.",
    people=[["Ada Holm", "Holm", "She"]],
    orgs=[["OSPREYWARE", "Ospreyware"], ["Kestrel"]],
    titles=["chief of chips"],
)


def test_a_name_is_another_wherever_it_stands() -> None:
    for seed in range(40):
        told = pool().told(HIRED, random.Random(seed))
        people = said(told, told["slots"]["people"][0])
        full = people[0]
        assert full in (*NAMES["people"], "Ada Holm")
        assert people == [full, full.split()[-1], full, "She"]
        firm = said(told, told["slots"]["orgs"][0])
        assert firm[0] == firm[1].upper()
        assert len({x.lower() for x in said(told, [p for n in told["slots"]["orgs"] for p in n])}) == 2, "two firms stay two"
        assert said(told, told["slots"]["titles"][0]) == ["chief of chips"]
        assert said(told, told["slots"]["orgs"][1])[0] in told["title"]
    assert HIRED["title"].startswith("OSPREYWARE"), "the story itself is left as it was"


def test_most_names_change_and_some_stay() -> None:
    whose = [said(t := pool().told(HIRED, random.Random(seed)), t["slots"]["people"][0])[0] for seed in range(200)]
    assert 0.05 < whose.count("Ada Holm") / 200 < 0.3


def test_a_word_that_may_be_a_person_or_a_firm_stays() -> None:
    unsure = story("Holm rises", people=[["Holm"]], orgs=[["Holm"]])
    assert all(pool().told(unsure, random.Random(seed))["title"] == "Holm rises" for seed in range(20))


def test_a_post_that_holds_a_firms_name_holds_the_new_one() -> None:
    whole = story("Ada Holm is head of Kestrel labs", people=[["Ada Holm"]], orgs=[["Kestrel"]], titles=["head of Kestrel labs"])
    for seed in range(20):
        told = pool().told(whole, random.Random(seed))
        firm = said(told, told["slots"]["orgs"][0])[0]
        assert said(told, told["slots"]["titles"][0]) == [f"head of {firm} labs"]


WORDS = st.lists(
    st.sampled_from(["Ada Holm", "Holm", "Kestrel", "KESTREL", "chief", "of", "joins,", "—"]), min_size=1, max_size=12
)


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS, st.integers(0, 1000))
def test_whatever_is_no_name_is_said_as_before(title: list[str], summary: list[str], seed: int) -> None:
    one = story(
        " ".join(title), " ".join(summary), people=[["Ada Holm", "Holm"]], orgs=[["Kestrel", "KESTREL"]], titles=["chief"]
    )
    told = pool().told(one, random.Random(seed))
    assert all(said(told, places) == ["chief"] for places in told["slots"]["titles"])
    for kind in ("people", "orgs"):
        for before, after in zip(one["slots"][kind], told["slots"][kind], strict=True):
            assert len(before) == len(after)
            assert all(words.lower() in fullest(told, after).lower() for words in said(told, after))
    rest = [re.sub(r"Ada Holm|Holm|Kestrel|KESTREL", "_", f"{one['title']}|{one['summary']}")]
    known = re.compile(
        "|".join(sorted((n for v in NAMES.values() for x in v for n in (x, x.upper(), x.split()[-1])), key=len)[::-1])
    )
    assert rest == [re.sub("Ada Holm|Holm|Kestrel|KESTREL", "_", known.sub("_", f"{told['title']}|{told['summary']}"))]


def test_firms_that_are_known_are_told_of_too() -> None:
    swaps = Swaps([], ["Vesper AI", "The Northlight", "northlight", "A B C D"])
    assert swaps.names["orgs"] == ["Vesper AI"], "a firm has a capital, no article and no four words"
    firms = {said(t := swaps.told(HIRED, random.Random(seed)), t["slots"]["orgs"][1])[0] for seed in range(40)}
    assert firms == {"Kestrel", "Vesper AI"}

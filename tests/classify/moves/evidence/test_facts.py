"""What a story says outright of who moves: each construction in a sentence of its own."""

from __future__ import annotations

import re

import pytest

from monitor.classify.moves.evidence.clauses import CLAUSES
from monitor.classify.moves.evidence.facts import Facts
from monitor.classify.moves.evidence.noun_signs import signs
from monitor.classify.moves.evidence.nouns import Nouns, drawn
from monitor.classify.moves.evidence.outright import action_of
from tests.classify.moves.evidence.test_ties import seen

TOLD = [
    # who acts, and whose post it is
    ("Harrow Mills names Osprey Freight CFO Simon Okoro as president", "Simon Okoro", "hire", "Osprey Freight", "Harrow Mills"),
    ("Harrow Mills names its CFO Simon Okoro as president", "Simon Okoro", "promote", "Harrow Mills", "Harrow Mills"),
    ("Harrow Mills names Simon Okoro interim CEO", "Simon Okoro", "appoint", None, "Harrow Mills"),
    ("Harrow Mills promotes Simon Okoro to president", "Simon Okoro", "promote", None, "Harrow Mills"),
    ("Harrow Mills poaches Simon Okoro from Osprey Freight", "Simon Okoro", "hire", "Osprey Freight", "Harrow Mills"),
    ("Former Osprey Freight CFO Simon Okoro joins Harrow Mills", "Simon Okoro", "hire", "Osprey Freight", "Harrow Mills"),
    ("Simon Okoro leaves Osprey Freight for Harrow Mills", "Simon Okoro", "hire", "Osprey Freight", "Harrow Mills"),
    ("Simon Okoro leaves Osprey Freight to run Harrow Mills", "Simon Okoro", "hire", "Osprey Freight", "Harrow Mills"),
    ("Simon Okoro resigns as CEO of Harrow Mills", "Simon Okoro", "depart", "Harrow Mills", None),
    ("Harrow Mills CEO Simon Okoro to retire", "Simon Okoro", "retire", "Harrow Mills", None),
    ("Harrow Mills CEO Simon Okoro announces his retirement", "Simon Okoro", "retire", "Harrow Mills", None),
    ("Harrow Mills fires CEO Simon Okoro", "Simon Okoro", "dismiss", "Harrow Mills", None),
    ("Harrow Mills loses design chief Simon Okoro to Osprey Freight", "Simon Okoro", "hire", "Harrow Mills", "Osprey Freight"),
    ("Osprey Freight shares fall on CFO departure", "CFO", "depart", "Osprey Freight", None),
    (
        "Dora Pell, head of Osprey Freight's cloud unit, quits for rival Harrow Mills",
        "Dora Pell",
        "hire",
        "Osprey Freight",
        "Harrow Mills",
    ),
    ("Dora Pell moves from Harrow Mills to Osprey Freight", "Dora Pell", "hire", "Harrow Mills", "Osprey Freight"),
    ("Dora Pell, who led Harrow Mills' chip team, joins Osprey Freight", "Dora Pell", "hire", "Harrow Mills", "Osprey Freight"),
    ("Osprey Freight's Dora Pell named Harrow Mills CFO", "Dora Pell", "hire", "Osprey Freight", "Harrow Mills"),
    ("Harrow Mills hires ousted Osprey Freight boss Dora Pell", "Dora Pell", "hire", "Osprey Freight", "Harrow Mills"),
    ("Osprey Freight makes Dora Pell its permanent CEO", "Dora Pell", "appoint", None, "Osprey Freight"),
    ("Dora Pell is new Infosys CFO", "Dora Pell", "appoint", None, "Infosys"),
    ("Harrow Mills buys Infosys and hires its founder", "founder", "hire", "Infosys", "Harrow Mills"),
    ("Dora Pell gets top job at Osprey Freight", "Dora Pell", "appoint", None, "Osprey Freight"),
    ("Osprey Freight president Dora Pell takes leave of absence", "Dora Pell", "other", "Osprey Freight", None),
    ("Dora Pell and Ben Ashdown are headed to Osprey Freight", "Ben Ashdown", "hire", None, "Osprey Freight"),
    ("Osprey Freight's chief scientist Dora Pell leaves to build his own startup", "Dora Pell", "found", "Osprey Freight", None),
    # of a firm and its unit, or its owner, the one that the post belongs to
    ("Simon Okoro resigns as CEO of Harrow Mills' Osprey Freight", "Simon Okoro", "depart", "Osprey Freight", None),
    ("CEO of Dora Pell's Osprey Freight resigns", "CEO", "depart", "Osprey Freight", None),
    # seats on a board
    ("Harrow Mills elects Simon Okoro to its board", "Simon Okoro", "board", None, "Harrow Mills"),
    ("Simon Okoro joins the board of Harrow Mills", "Simon Okoro", "board", None, "Harrow Mills"),
    ("Two Osprey Freight directors step down from board", "directors", "board", "Osprey Freight", None),
    ("Osprey Freight announces departure of two directors", "two directors", "board", "Osprey Freight", None),
    ("Osprey Freight chair Dora Pell not seeking re-election", "Dora Pell", "board", "Osprey Freight", None),
    # who comes back, and who sets up a firm
    ("Simon Okoro to return as CEO of Harrow Mills", "Simon Okoro", "appoint", None, "Harrow Mills"),
    ("Simon Okoro leaves Osprey Freight to launch a startup", "Simon Okoro", "found", "Osprey Freight", None),
    # one takes the other's place
    ("Osprey Freight CFO Simon Okoro to replace Dora Pell as Harrow Mills CEO", "Dora Pell", "depart", "Harrow Mills", None),
    ("Harrow Mills to replace CEO Dora Pell with Simon Okoro", "Simon Okoro", "appoint", None, "Harrow Mills"),
    ("Harrow Mills to replace CEO Dora Pell with Simon Okoro", "Dora Pell", "depart", "Harrow Mills", None),
    ("Harrow Mills names Simon Okoro as chairman, replacing Dora Pell", "Dora Pell", "board", "Harrow Mills", None),
]


@pytest.mark.parametrize(("title", "who", "action", "here", "there"), TOLD)
def test_a_headline_says_outright(title: str, who: str, action: str, here: str | None, there: str | None) -> None:
    cast = seen(title)
    told = Facts(cast).of(next(one for one in (*cast.people, *cast.posts) if one.text == who))
    said = [pair[0].text if pair else None for pair in (told.from_org, told.to_org)]
    assert (action_of(told), *said) == (action, here, there)


STORIES = [
    (
        "Osprey Freight CEO Dora Pell steps down",
        "Pell will be succeeded by Simon Okoro, the chief executive of Harrow Mills.",
        {"Dora Pell": ("depart", "Osprey Freight", None), "Simon Okoro": ("hire", "Harrow Mills", "Osprey Freight")},
    ),
    (
        "Harrow Mills appoints Simon Okoro as CFO",
        "Okoro was most recently vice president of finance at Osprey Freight.",
        {"Simon Okoro": ("hire", "Osprey Freight", "Harrow Mills")},
    ),
    (
        "Osprey Freight CFO Dora Pell to step down; treasurer Simon Okoro to succeed her",
        "",
        {"Simon Okoro": ("promote", "Osprey Freight", "Osprey Freight")},
    ),
    (
        "Osprey Freight poaches three Harrow Mills engineers",
        "The engineers include Dora Pell, Simon Okoro and Ben Ashdown.",
        dict.fromkeys(("Dora Pell", "Simon Okoro", "Ben Ashdown"), ("hire", "Harrow Mills", "Osprey Freight")),
    ),
    (
        "Osprey Freight names Dora Pell CFO",
        "Pell, who joined in 2012 and currently serves as treasurer, succeeds Simon Okoro, who is retiring.",
        {"Dora Pell": ("promote", "Osprey Freight", "Osprey Freight"), "Simon Okoro": ("retire", "Osprey Freight", None)},
    ),
    (
        "Harrow Mills names Simon Okoro CEO",
        "Okoro succeeds Dora Pell, who will retain her role as chairwoman.",
        {"Dora Pell": ("depart", "Harrow Mills", "Harrow Mills")},
    ),
    (
        "Harrow Mills CEO Dora Pell to retire",
        "Pell, who joined in 1994, was named CEO in 2015. Simon Okoro, the company's CFO, will take over.",
        {"Dora Pell": ("retire", "Harrow Mills", None), "Simon Okoro": ("promote", "Harrow Mills", "Harrow Mills")},
    ),
    (
        "Harrow Mills appointed Simon Okoro as its people chief",
        "Okoro will succeed Dora Pell and will join from his recent position as Osprey Freight's head of hiring.",
        {"Simon Okoro": ("hire", "Osprey Freight", "Harrow Mills"), "Dora Pell": ("depart", "Harrow Mills", None)},
    ),
    (
        "Harrow Mills appointed Simon Okoro, former head of GenCloth at Osprey Freight, as its weaving chief",
        "",
        {"Simon Okoro": ("hire", "Osprey Freight", "Harrow Mills")},
    ),
    (
        "Harrow Mills taps Simon Okoro",
        "Simon Okoro, previously the CEO of Osprey Inc's parcel site Lumotto, has been appointed as chief of Harrow Mills.",
        {"Simon Okoro": ("hire", "Lumotto", "Harrow Mills")},
    ),
    (
        "Harrow Mills appoints Dora Pell as CEO",
        "Pell, who succeeds Simon Okoro, most recently served as vice president for Osprey Freight. Earlier, she was at Vellora.",
        {"Dora Pell": ("hire", "Osprey Freight", "Harrow Mills"), "Simon Okoro": ("depart", "Harrow Mills", None)},
    ),
    (
        "Harrow Mills names Simon Okoro CFO",
        "Okoro was most recently vice president, Northern Region, at Osprey Freight.",
        {"Simon Okoro": ("hire", "Osprey Freight", "Harrow Mills")},
    ),
    (
        "Harrow Mills reshuffles",
        "Harrow Mills named Dora Pell, chief executive of Vellora, Simon Okoro, CEO of Osprey Freight, as directors.",
        {"Simon Okoro": ("board", "Osprey Freight", "Harrow Mills")},
    ),
    (
        "Harrow Mills names Simon Okoro to succeed Dora Pell",
        "Okoro currently leads Osprey Freight's Data Center and AI Group.",
        {"Simon Okoro": ("hire", "Osprey Freight", "Harrow Mills")},
    ),
]


@pytest.mark.parametrize(("title", "summary", "moves"), STORIES)
def test_sentences_say_together(title: str, summary: str, moves: dict[str, tuple[str, str | None, str | None]]) -> None:
    cast = seen(title, summary)
    facts = Facts(cast)
    for who, (action, here, there) in moves.items():
        told = facts.of(next(one for one in cast.people if one.text == who))
        said = [pair[0].text if pair else None for pair in (told.from_org, told.to_org)]
        assert (action_of(told), *said) == (action, here, there)


def test_what_is_not_done_is_no_fact() -> None:
    cast = seen("Simon Okoro will not leave Harrow Mills")
    assert not Facts(cast).of(cast.people[0]).verbs


def test_of_a_list_each_does_what_all_do() -> None:
    cast = seen("Harrow Mills hires Simon Okoro, Dora Pell and Ben Ashdown from Osprey Freight")
    facts = Facts(cast)
    assert [action_of(facts.of(one)) for one in cast.people] == ["hire"] * 3


def test_a_clause_asks_beforehand_only_for_words_that_stand_wherever_it_does() -> None:
    told = [title for title, *_ in TOLD] + [summary for _, summary, _ in STORIES if summary]
    for text in [drawn(signs(row.items), Nouns()) for one in told for row in seen(one).seen.rows]:
        for clause in CLAUSES:
            if clause.pattern.search(text):
                assert all(word in text for word in clause.words)
                assert "P" in text or not clause.person


def test_every_shorthand_of_a_clause_is_spelled_out() -> None:
    left = [clause.pattern.pattern for clause in CLAUSES if re.search(r"\{[A-Za-z]+\}", clause.pattern.pattern)]
    assert not left, "what no sign is matches nothing"

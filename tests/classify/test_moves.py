"""Who moves from where to where, told in sentences written for it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.classify import CLASSIFIERS, load_classifier
from monitor.interfaces import Classifier
from monitor.model import FeedId, Label, Move, Status, Story, StoryId, Verdict

AT = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier()


def story(title: str, summary: str = "") -> Story:
    return Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary=summary, first_seen=AT)


def moves(classifier: Classifier, title: str, summary: str = "") -> tuple[Move, ...]:
    match = classifier.classify(story(title, summary)).match(Label.EXECUTIVE_MOVE)
    assert match is not None, f"not flagged: {title}"
    return match.moves


@pytest.mark.parametrize(
    ("title", "person", "origin", "goal", "action"),
    [
        (
            "Corvid Systems hires Mara Lindqvist from Northlight AI to lead data centers",
            "Mara Lindqvist",
            "Northlight AI",
            "Corvid Systems",
            "hire",
        ),
        ("Brightwater Foods names Ada Quill chief executive", "Ada Quill", "", "Brightwater Foods", "appoint"),
        ("Harrow Mills CEO Ben Okoro steps down", "Ben Okoro", "Harrow Mills", "", "depart"),
        ("Ben Okoro resigns as chief financial officer of Harrow Mills", "Ben Okoro", "Harrow Mills", "", "depart"),
        (
            "Osprey Freight promotes Cleo Marsh to chief operating officer",
            "Cleo Marsh",
            "Osprey Freight",
            "Osprey Freight",
            "promote",
        ),
        (
            "Quarry Bank appoints former Osprey Freight CFO Simon Hale as president",
            "Simon Hale",
            "Osprey Freight",
            "Quarry Bank",
            "hire",
        ),
        ("Simon Hale named chief technology officer of Redfern Labs", "Simon Hale", "", "Redfern Labs", "appoint"),
        ("Pellworm Foods chairman Peter Arkwright to retire", "Peter Arkwright", "Pellworm Foods", "", "board"),
        ("Redfern Labs taps Gaudin as next CEO", "Gaudin", "", "Redfern Labs", "appoint"),
        ("Simon Hale is the new boss of Harrow Telecom", "Simon Hale", "", "Harrow Telecom", "appoint"),
        ("Pellworm Foods chair Peter Arkwright won't seek re-election", "Peter Arkwright", "Pellworm Foods", "", "board"),
        ("Redfern Labs AI chief Cleo Marsh bound for Harrow Telecom", "Cleo Marsh", "Redfern Labs", "Harrow Telecom", "hire"),
        ("Zepter Pay names Karthik Subramaniam CBO", "Karthik Subramaniam", "", "Zepter Pay", "appoint"),
    ],
)
def test_one_line_one_record(classifier: Classifier, title: str, person: str, origin: str, goal: str, action: str | None) -> None:
    [move, *_] = moves(classifier, title)
    assert (move.person, move.from_org, move.to_org) == (person, origin, goal)
    assert action is None or move.action.value == action


def test_a_group_without_names_is_a_group(classifier: Classifier) -> None:
    [move] = moves(classifier, "Corvid Systems poaches three senior Northlight AI researchers")
    assert move.person == "" and "researchers" in move.group
    assert (move.from_org, move.to_org) == ("Northlight AI", "Corvid Systems")


def test_names_joined_by_and_are_several_records(classifier: Classifier) -> None:
    found = moves(classifier, "Corvid Systems hires Mara Lindqvist and Thomas Reed from Northlight AI as vice presidents")
    assert [m.person for m in found] == ["Mara Lindqvist", "Thomas Reed"]
    assert {m.from_org for m in found} == {"Northlight AI"}


def test_a_succession_is_two_records(classifier: Classifier) -> None:
    found = moves(classifier, "Brightwater Foods names Ada Quill CEO to succeed Martin Voss")
    assert {(m.person, m.action.value) for m in found} == {("Ada Quill", "appoint"), ("Martin Voss", "depart")}


def test_the_summary_says_where_somebody_comes_from(classifier: Classifier) -> None:
    [move] = moves(
        classifier,
        "Osprey Freight Appoints Chief People Officer",
        "Osprey Freight appointed Joanna Clark as its chief people officer. Clark previously served as vice president at "
        "Quarry Bank.",
    )
    assert (move.person, move.from_org, move.to_org, move.action.value) == (
        "Joanna Clark",
        "Quarry Bank",
        "Osprey Freight",
        "hire",
    )


@pytest.mark.parametrize(
    ("title", "person"),
    [
        ("Osprey Freight investor Ada Quill pushes to oust CEO", ""),
        ("Investor Ada Quill demands removal of CEO at Osprey Freight", ""),
        ("Osprey Freight founder Ada Quill pushes to replace CEO", ""),
        ("Investor Ada Quill seeks to replace Osprey Freight CEO Martin Voss", "Martin Voss"),
    ],
)
def test_who_presses_for_a_change_does_not_move(classifier: Classifier, title: str, person: str) -> None:
    [move] = moves(classifier, title)
    assert (move.person, move.status) == (person, Status.RUMORED)


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Corvid Systems in talks to hire Mara Lindqvist from Northlight AI as vice president", Status.RUMORED),
        ("Corvid Systems names Mara Lindqvist as chair while in talks to sell power to Osprey", Status.CONFIRMED),
        ("Corvid Systems names Mara Lindqvist as chief executive and targets 8% growth", Status.CONFIRMED),
        ("Corvid Systems hires everyone's favorite analyst Mara Lindqvist as strategy chief", Status.CONFIRMED),
        ("Mara Lindqvist is favourite to succeed Jon Aldersey as chief executive of Corvid Systems", Status.RUMORED),
        ("Corvid Systems hires Northlight AI vice president Mara Lindqvist, sources say", Status.REPORTED),
        ("Corvid Systems hires Northlight AI vice president Mara Lindqvist, Example News reports", Status.REPORTED),
        ("Corvid Systems hires Northlight AI vice president Mara Lindqvist, people familiar say", Status.REPORTED),
        ("Osprey Freight investor urges board to fire chief executive Mara Lindqvist", Status.RUMORED),
        ("Senator demands Osprey Freight chief executive Mara Lindqvist resign", Status.RUMORED),
        ("Corvid Systems considers Mara Lindqvist and Jon Aldersey for chief executive", Status.RUMORED),
        ("Corvid Systems shortlists Mara Lindqvist for chief executive", Status.RUMORED),
        ("Corvid Systems courts Northlight AI's Mara Lindqvist for chief executive", Status.RUMORED),
        ("Mara Lindqvist in line for chief executive post at Corvid Systems", Status.RUMORED),
        ("Corvid Systems nears deal to name Mara Lindqvist chief executive", Status.RUMORED),
        ("Investors push for Mara Lindqvist to become Corvid Systems chair", Status.RUMORED),
        ("Mara Lindqvist said to be in the frame for Corvid Systems chief executive", Status.RUMORED),
        ("Corvid Systems chief executive Mara Lindqvist faces calls to go", Status.RUMORED),
        ("Corvid Systems chief executive search narrows to two, Mara Lindqvist and Jon Aldersey", Status.RUMORED),
        ("Osprey Freight chair Mara Lindqvist weighing retirement", Status.RUMORED),
        ("Corvid Systems chief executive Mara Lindqvist steps down to lead Osprey Freight", Status.CONFIRMED),
        ("Corvid Systems considers bids for unit, names Mara Lindqvist chief executive", Status.CONFIRMED),
        ("Corvid Systems names Mara Lindqvist chief executive", Status.CONFIRMED),
        ("Corvid Systems denies report it is hiring Northlight AI chief executive Mara Lindqvist", Status.DENIED),
        ("Corvid Systems denies co-founder Mara Lindqvist has handed in notice", Status.DENIED),
        ("Corvid Systems denies Mara Lindqvist is being lined up as chief executive", Status.DENIED),
        ("Corvid Systems denies looking for new CEO", Status.DENIED),
        ("Corvid Systems denies chief executive Mara Lindqvist is headed to Northlight AI", Status.DENIED),
        ("Corvid Systems chief executive Mara Lindqvist leaves; Northlight AI denies courting her", Status.CONFIRMED),
        ("Reports of Mara Lindqvist's departure from Corvid Systems denied", Status.DENIED),
        ("Mara Lindqvist to leave Corvid Systems for Northlight AI; company denies report", Status.DENIED),
        ("Corvid Systems chief executive Mara Lindqvist resigns, denies wrongdoing", Status.CONFIRMED),
        ("Corvid Systems denies bribery claims, names Mara Lindqvist chief executive", Status.CONFIRMED),
        ("Corvid Systems chief executive Mara Lindqvist, who denied fraud, steps down", Status.CONFIRMED),
        ("Corvid Systems chief executive Mara Lindqvist ousted; board denied rift", Status.CONFIRMED),
        ("Corvid Systems finance chief Mara Lindqvist quits after talks collapsed", Status.CONFIRMED),
        ("Mara Lindqvist joins Corvid Systems as finance chief; Osprey Freight may lose more executives", Status.CONFIRMED),
        ("Corvid Systems's appointment of Mara Lindqvist as chief executive called off", Status.DENIED),
        ("Corvid Systems calls off appointment of Mara Lindqvist as chief executive", Status.DENIED),
        ("Corvid Systems rescinds offer to Mara Lindqvist to become finance chief", Status.DENIED),
        ("Corvid Systems drops plan to appoint Mara Lindqvist as chief executive", Status.DENIED),
        ("Regulator blocks Mara Lindqvist's appointment as Corvid Systems chief executive", Status.DENIED),
        ("Corvid Systems board blocks plan to name Mara Lindqvist chief executive", Status.DENIED),
        ("Corvid Systems names Mara Lindqvist chief executive, calls off merger", Status.CONFIRMED),
        ("Corvid Systems drops forecast, hires Mara Lindqvist as chief executive", Status.CONFIRMED),
    ],
)
def test_how_sure_it_is(classifier: Classifier, title: str, status: Status) -> None:
    assert {m.status for m in moves(classifier, title)} == {status}


def test_each_part_of_a_headline_is_as_sure_as_it_says(classifier: Classifier) -> None:
    told = moves(classifier, "Corvid Systems names Ada Quill chief executive; Ben Cho in talks to join Osprey Freight")
    assert {m.person: m.status for m in told} == {"Ada Quill": Status.CONFIRMED, "Ben Cho": Status.RUMORED}


@pytest.mark.parametrize(
    "title",
    [
        "Ten quiet keyboards, tried for a month",
        "Corvid Systems named in lawsuit over chatbots",
        "Former Corvid Systems engineer raises $100 million for medicine start-up",
        "Osprey Freight hires Quarry Bank to explore a sale",
        "Harrow Mills to cut 9,000 jobs",
        "Sunday's striker joins Rovers on loan until May",
        "Redfern Labs named a leader in cloud survey",
    ],
)
def test_what_is_no_move(classifier: Classifier, title: str) -> None:
    assert classifier.classify(story(title)).match(Label.EXECUTIVE_MOVE) is None


def test_a_story_of_the_kind_it_was_conceived_from(classifier: Classifier) -> None:
    """A rival recruits, as a group, the people who built a lab's great data-center programme."""
    verdict = classifier.classify(
        story(
            "Meta hires senior leaders of OpenAI's Stargate data center project, sources say",
            "Meta has recruited three senior executives who ran OpenAI's Stargate, the $500 billion data center programme, "
            "people familiar with the matter said. Meta plans capital expenditure of $60 billion to $65 billion on AI "
            "data centers.",
        )
    )
    match = verdict.match(Label.EXECUTIVE_MOVE)
    assert match is not None
    move = match.moves[0]
    assert (move.person, move.from_org, move.to_org, move.status) == ("", "OpenAI", "Meta", Status.REPORTED)
    assert "leaders" in move.group or "executives" in move.group


def spans_hold(given_story: Story, verdict: Verdict) -> None:
    for match in verdict.matches:
        for span in match.evidence:
            source = given_story.title if span.field == "title" else given_story.summary
            assert source[span.start : span.end] == span.text and span.text


@pytest.mark.parametrize("name", sorted(CLASSIFIERS))
class TestContract:
    TITLE = "Corvid Systems hires Mara Lindqvist, head of compute at Northlight AI, to run its $3 billion data center plan"

    def test_says_the_same_twice(self, name: str) -> None:
        one, two = load_classifier(name), load_classifier(name)
        assert one.classify(story(self.TITLE)) == two.classify(story(self.TITLE))

    def test_every_slot_is_proved_by_words_that_stand_there(self, name: str) -> None:
        given_story = story(self.TITLE, "The hire, made on Monday, follows that of Thomas Reed.")
        verdict = load_classifier(name).classify(given_story)
        spans_hold(given_story, verdict)
        match = verdict.match(Label.EXECUTIVE_MOVE)
        assert match is not None
        proved = {s.supports for s in match.evidence}
        for n, move in enumerate(match.moves):
            for slot in ("person", "group", "from_org", "from_role", "to_org", "to_role"):
                assert not getattr(move, slot) or f"moves.{n}.{slot}" in proved

    def test_scores_are_probabilities_for_both_labels(self, name: str) -> None:
        scores = load_classifier(name).classify(story(self.TITLE)).scores
        assert set(scores) == set(Label) and all(0 <= s <= 1 for s in scores.values())

    def test_a_watched_name_is_known(self, name: str) -> None:
        watched = load_classifier(name, extra_orgs=["Zyx of the Fens"])
        assert "Zyx of the Fens" in watched.classify(story("Zyx of the Fens names Ada Quill chief executive")).orgs

    @settings(max_examples=15, deadline=None)
    @given(title=st.text(max_size=200), summary=st.text(max_size=400))
    def test_takes_any_text(self, name: str, title: str, summary: str) -> None:
        given_story = story(title, summary)
        spans_hold(given_story, _shared(name).classify(given_story))

    @settings(max_examples=15, deadline=None)
    @given(
        words=st.lists(
            st.sampled_from(
                "Meta OpenAI names Ada Quill's CEO joins , . ( ) “ to from as 12 GW $3 billion data center former and".split()
            ),
            max_size=25,
        )
    )
    def test_takes_any_order_of_telling_words(self, name: str, words: list[str]) -> None:
        given_story = story(" ".join(words), " ".join(reversed(words)))
        spans_hold(given_story, _shared(name).classify(given_story))


@cache
def _shared(name: str) -> Classifier:
    return load_classifier(name)

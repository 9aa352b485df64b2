"""What records of one story owe each other, and what settles an action whatever the weights say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.classify.moves.cast.record import Found
from monitor.classify.moves.choice.choosing import choose, shared
from monitor.classify.moves.choice.overruling import heard, left_outright, no_later_seat, not_again, risen, said_outright, settle
from monitor.classify.moves.evidence.ties import Ties
from monitor.classify.weights.slot_model import load
from monitor.classify.words.seats import runs
from tests.classify.moves.evidence.test_ties import seen


def found(ties: Ties, action: str, **slots: str) -> Found:
    """A record of the story's first person; the words of a slot stand wherever the person does."""
    anchor = ties.cast.people[0]
    return Found(anchor, action, {slot: (anchor.best, words) for slot, words in slots.items()})


def test_who_joins_or_comes_back_is_hired_whoever_appoints() -> None:
    joins = Ties(seen("Harrow Mills appoints new CEO", "Ada Quill joins Harrow Mills as chief executive on Monday."))
    back = Ties(seen("Ada Quill named Harrow Mills CEO", "Ada Quill returns to Harrow Mills after five years."))
    hired = Ties(seen("Harrow Mills hires Ada Quill as CEO"))
    named = Ties(seen("Harrow Mills names Ada Quill CEO"))
    actions = [heard(ties, found(ties, "appoint")).action for ties in (joins, back, hired, named)]
    assert actions == ["hire", "hire", "hire", "appoint"]


def test_a_post_for_a_while_is_no_promotion() -> None:
    bare = Ties(seen("Harrow Mills names Ada Quill interim CEO"))
    left = Ties(seen("Harrow Mills CEO resigns", "Ada Quill, the company's finance chief, will be interim CEO."))
    assert heard(bare, found(bare, "promote", to_role="interim CEO")).action == "appoint"
    assert heard(left, found(left, "promote", to_role="interim CEO")).action == "appoint"
    assert heard(left, found(left, "promote", to_role="CEO")).action == "promote"


def test_the_post_that_is_said_to_be_left_is_left_whatever_else_somebody_holds() -> None:
    ties = Ties(seen("Harrow Mills founder Ada Quill quits as CEO after ten years"))
    assert left_outright(ties, found(ties, "depart", from_role="founder")).get("from_role") == "CEO"
    assert left_outright(ties, found(ties, "depart", from_role="chief executive")).get("from_role") == "chief executive"
    assert left_outright(ties, found(ties, "hire", from_role="founder")).get("from_role") == "founder"
    silent = Ties(seen("Harrow Mills founder Ada Quill quits after ten years"))
    assert left_outright(silent, found(silent, "depart", from_role="founder")).get("from_role") == "founder"


def test_who_is_told_as_another_firms_is_hired_from_it() -> None:
    ties = Ties(seen("Osprey Freight's Ada Quill named Harrow Mills CEO"))
    mills = next(one for one in ties.cast.orgs if one.text == "Harrow Mills")
    one = found(ties, "appoint", to_role="CEO")
    one.slots["to_org"] = (mills.best, mills.text)
    told = said_outright(ties, one)
    assert (told.action, told.get("from_org")) == ("hire", "Osprey Freight")


def test_a_seat_that_a_later_sentence_speaks_of_is_not_what_is_left() -> None:
    ties = Ties(
        seen(
            "Harrow Mills co-founder Ada Quill is leaving, too",
            "The mill is losing a second leader. It had said Ada Quill would step down as chairman and keep her job.",
        )
    )
    one = found(ties, "depart")
    place = next(p for _, p in ties.cast.titles if p.chunk.low == "chairman")
    one.slots["from_role"] = (place, "chairman")
    told = settle(said_outright(ties, no_later_seat(ties, one)))
    assert (told.get("from_role"), told.action) == ("co-founder", "depart")
    assert left_outright(ties, told).get("from_role") == "co-founder"


def test_a_chairman_who_also_runs_the_firm_does_not_leave_the_board_alone() -> None:
    ties = Ties(seen("Harrow Mills chairman Ada Quill resigns"))
    assert runs("chairman and ceo") and not runs("executive chairman") and not runs("chief executive")
    assert settle(found(ties, "board", from_role="chairman and CEO")).action == "depart"
    assert settle(found(ties, "depart", from_role="chairman")).action == "board"
    assert settle(found(ties, "board", from_role="CEO", to_role="executive chairman")).action == "depart"


def test_honours_and_advice_are_no_seats() -> None:
    ties = Ties(seen("Harrow Mills names Ada Quill"))
    for post in ("honorary chairman", "chairman emeritus", "executive adviser to the board"):
        assert settle(found(ties, "appoint", to_role=post)).action == "appoint"
    assert settle(found(ties, "appoint", to_role="external director")).action == "board"


chance = st.floats(0.0, 1.0)


@given(st.lists(st.lists(st.tuples(chance, chance), min_size=3, max_size=3), min_size=1, max_size=4))
def test_leaning_keeps_chances_and_leaves_a_record_alone_as_it_is(told: list[list[tuple[float, float]]]) -> None:
    records = [
        {"from_org": [a for a, _ in one], "to_org": [b for _, b in one], "from_role": [0.5], "to_role": []} for one in told
    ]
    leaning = shared(records)
    assert leaning == records or len(records) > 1
    for one in leaning:
        assert all(0.0 <= p <= 1.0 for slot in one for p in one[slot])
        assert one["from_role"] == [0.5]


def test_the_firm_of_one_record_speaks_for_itself_in_the_next() -> None:
    sure = {"from_org": [0.95, 0.02], "to_org": [0.01, 0.01], "from_role": [], "to_role": []}
    unsure = {"from_org": [0.4, 0.4], "to_org": [0.1, 0.1], "from_role": [], "to_role": []}
    first, second = shared([sure, unsure])[1]["from_org"]
    assert first > 0.4 > second


def test_each_of_two_posts_without_a_name_leaves_its_own() -> None:
    told = choose(seen("CEO and CFO depart turbine startup Harrowgate"), load())
    assert [(one.action, one.get("from_role")) for one in told] == [("depart", "CEO"), ("depart", "CFO")]


def test_who_ran_the_firm_and_chairs_it_leaves_a_post() -> None:
    ties = Ties(seen("Harrow Mills founder Ada Quill becomes executive chair"))
    assert settle(found(ties, "promote", from_role="founder", to_role="executive chair")).action == "depart"
    assert settle(found(ties, "promote", from_role="chair", to_role="executive chair")).action == "promote"


def test_who_does_not_stand_again_leaves_the_board() -> None:
    informed = "Ada Quill has informed the company of her intention not to stand for re-election."
    ties = Ties(seen("Directorate change", f"Harrow Mills plc said {informed}"))
    assert not_again(ties, found(ties, "depart", from_role="Senior Independent Director")).action == "board"
    stays = Ties(seen("Ada Quill leaves Harrow Mills", "Ada Quill resigned as mayor and seeks re-election."))
    assert not_again(stays, found(stays, "depart")).action == "depart"


def within(ties: Ties, held: str, got: str) -> str:
    """The kind of a move within a firm between posts of the story that no verb tells the kind of, after the rule."""
    places = {place.chunk.low: place for _, place in ties.cast.titles}
    org = ties.cast.orgs[0]
    one = found(ties, "other", from_org=org.text, to_org=org.text)
    one.slots |= {"from_role": (places[held.lower()], held), "to_role": (places[got.lower()], got)}
    return risen(ties, one).action


def test_who_gets_a_higher_post_of_the_firm_is_promoted() -> None:
    ties = Ties(seen("Harrow Mills regional head Ada Quill gets COO title", "The chief client officer and the president stay."))
    assert within(ties, "regional head", "COO") == "promote"
    assert within(ties, "chief client officer", "president") == "promote"
    assert within(ties, "COO", "regional head") == "other"
    assert within(ties, "president", "chief client officer") == "other"
    swap = Ties(seen("Harrow Mills regional head Ada Quill swaps roles with COO Ben Okoro"))
    assert within(swap, "regional head", "COO") == "other"

"""Which event a story belongs to, whatever order and words it comes in."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from monitor import candidates, grouping
from monitor.backtest import Index
from monitor.grouping.facts import agree, loose_key, person_key, same_org, same_person
from monitor.grouping.overtaking import overtaken
from monitor.grouping.subject import Subject
from monitor.grouping.words import stem, weight
from monitor.model import Label, Move, MoveAction, Nature, Quantity, Status, Verdict
from tests.grouping.placing import FIRST, hired, index, place
from tests.stories import NOON, built, dollars, megawatts, move, moved, story

__all__ = ["index"]  # a fixture


def test_another_outlet_in_other_words_joins_the_event(index: Index) -> None:
    again = story("Mara Velling leaves Quarrystone to run the books at Borealis Compute", hours=5, outlet="Dockside Post")
    placed = place(index, again, hired(again))
    assert placed.relation == "member"
    (event,) = index.events.values()
    assert event.story_count == 2
    assert event.outlets == ("Harbor Wire", "Dockside Post")
    assert "person in both titles" in placed.reasons


def test_the_same_words_about_another_company_found_another_event(index: Index) -> None:
    other = story("Tidewater Grid hires Quarrystone's Oskar Brandt as finance chief", hours=1)
    assert place(index, other, hired(other, "Oskar Brandt", "Tidewater Grid")).relation == "founder"


def test_another_person_of_the_same_company_founds_another_event(index: Index) -> None:
    other = story("Borealis Compute hires Quarrystone's Lena Okafor to lead sales", hours=2)
    placed = place(index, other, hired(other, "Lena Okafor"))
    assert placed.relation == "founder"
    assert any("conflict" in reason for reason in placed.reasons)


def test_a_new_move_of_the_same_person_a_week_later_is_a_new_event(index: Index) -> None:
    later = story("Mara Velling leaves Borealis Compute after a week to join Saltmarsh Capital", hours=24 * 8)
    verdict = moved(later, move("Mara Velling", to_org="Saltmarsh Capital", from_org="Borealis Compute"))
    placed = place(index, later, verdict)
    assert placed.relation == "founder"
    assert len(index.events) == 2


def test_a_leaver_and_a_successor_of_one_day_are_one_event() -> None:
    index = Index()
    leaves = story("Halden Energy chief Piet Maas to step down in June", "Maas is succeeded by Ruth Alder.")
    place(index, leaves, moved(leaves, move("Piet Maas", MoveAction.DEPART, from_org="Halden Energy", from_role="CEO")))
    comes = story("Halden Energy names Ruth Alder chief executive as Maas steps down", hours=2, outlet="Dockside Post")
    verdict = moved(comes, move("Ruth Alder", MoveAction.PROMOTE, to_org="Halden Energy", to_role="chief executive"))
    assert place(index, comes, verdict).relation == "member"


def test_a_signed_deal_joins_its_talks_after_six_weeks() -> None:
    index = Index()
    title = "Borealis Compute in talks to raise $4 billion for Project Lantern data center"
    talks = story(title)
    slots = {"project": "Project Lantern", "amounts": (dollars("$4 billion", 4e9),)}
    place(index, talks, built(talks, "Borealis Compute", status=Status.RUMORED, **slots))  # type: ignore[arg-type]
    signed = story("Borealis Compute signs $4 billion financing for Project Lantern data center", hours=24 * 42)
    assert place(index, signed, built(signed, "Borealis Compute", **slots)).relation == "member"  # type: ignore[arg-type]
    (event,) = index.events.values()
    assert event.status == Status.CONFIRMED
    assert event.timeline[-1].kind == "confirmation"


def test_the_same_kind_of_project_at_another_site_founds_another_event() -> None:
    index = Index()
    one = story("Borealis Compute plans 300 MW data center in Norrvik")
    place(index, one, built(one, "Borealis Compute", location="Norrvik", capacity=(megawatts("300 MW", 300),)))
    two = story("Borealis Compute plans 150 MW data center in Castle Bay", hours=30)
    verdict = built(two, "Borealis Compute", location="Castle Bay", capacity=(megawatts("150 MW", 150),))
    assert place(index, two, verdict).relation == "founder"


def test_a_round_up_founds_nothing_and_is_related_to_what_it_repeats(index: Index) -> None:
    summary = "Borealis Compute hires Mara Velling of Quarrystone as finance chief; elsewhere, two boards change."
    weekly = story("The week in moves: Mara Velling to Borealis Compute, and more", summary, hours=20)
    placed = place(index, weekly, replace(hired(weekly), nature=Nature.ROUNDUP))
    assert placed.relation == "related"
    assert placed.related == tuple(index.events)
    assert len(index.events) == 1


def test_a_comment_founds_nothing() -> None:
    opinion = story("Why finance chiefs are leaving the quarry business")
    assert place(Index(), opinion, replace(hired(opinion), nature=Nature.COMMENT)).relation == "none"


def test_a_copy_with_the_same_title_joins_whatever_its_slots_say(index: Index) -> None:
    copy = story(FIRST.title + " - Lagoon Times", hours=3, outlet="Lagoon Times")
    bare = Verdict(story_id=copy.id, matches=hired(copy).matches[:1])
    assert place(index, copy, replace(bare, matches=moved(copy).matches)).relation == "member"


def test_a_group_and_its_names_are_one_event() -> None:
    index = Index()
    group = story("Three senior engineers leave Borealis Compute for Tidewater Grid")
    unnamed = move("", MoveAction.HIRE, group="three senior engineers", from_org="Borealis Compute", to_org="Tidewater Grid")
    place(index, group, moved(group, unnamed))
    named = story("Ines Roth, Paul Quist and Yara Banda leave Borealis Compute for Tidewater Grid", hours=20)
    who = [move(p, from_org="Borealis Compute", to_org="Tidewater Grid") for p in ("Ines Roth", "Paul Quist", "Yara Banda")]
    assert place(index, named, moved(named, *who)).relation == "member"
    (event,) = index.events.values()
    assert [c.after for c in event.timeline if c.kind == "person"] == ["Ines Roth", "Paul Quist", "Yara Banda"]


COMPANIES = ("Borealis Compute", "Tidewater Grid", "Halden Energy", "Saltmarsh Capital", "Quarrystone", "Fenwick Labs")


PEOPLE = ("Mara Velling", "Oskar Brandt", "Lena Okafor", "Piet Maas", "Ruth Alder", "Yara Banda")


FORMS = ("{c} hires {p} as finance chief", "{p} joins {c} as chief financial officer", "{c} names {p} as its CFO")


@settings(max_examples=40, deadline=None)
@given(some.randoms(use_true_random=False))
def test_the_order_within_an_hour_does_not_matter(rnd: random.Random) -> None:
    told = [
        (who, story(form.format(c=COMPANIES[who], p=PEOPLE[who]), hours=n / 20, outlet=f"Paper {n}"))
        for n, (who, form) in enumerate((w, f) for w in range(6) for f in FORMS)
    ]
    rnd.shuffle(told)
    index, groups = Index(), dict[int, set[str]]()
    for who, item in told:
        verdict = hired(item, PEOPLE[who], COMPANIES[who], "")
        placed = place(index, item, verdict)
        found = placed.event_id or next(e.id for e in index.events.values() if e.stories[0].story_id == item.id)
        groups.setdefault(who, set()).add(found)
    assert all(len(events) == 1 for events in groups.values())
    assert len(index.events) == 6


@given(some.text(), some.text(max_size=200))
def test_any_text_has_keys_and_founds_an_event(title: str, summary: str) -> None:
    item = story(title, summary)
    verdict = moved(item, move(title[:40], to_org=summary[:40]))
    event = grouping.found(item, verdict, NOON)
    assert event.keys == grouping.event_keys(item, verdict)
    assert len(event.keys) <= 40
    assert grouping.decide(item, verdict, [event]).relation in ("member", "founder")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Sam Oldfield", "Samuel Oldfield", True),
        ("Oldfield", "Sam Oldfield", True),
        ("Sam R. Oldfield", "Sam Oldfield", True),
        ("S. Oldfield", "Sam Oldfield", True),
        ("Ana Ruiz Soto", "Ana Ruiz", True),
        ("Bill Oldfield", "William Oldfield", True),
        ("Michael Oldfield", "Mike Oldfield", True),
        ("Ed Oldfield", "Edward Oldfield", True),
        ("Alan Oldfield", "Albert Oldfield", False),  # each an Al, and two people
        ("Bill Oldfield", "William Newfield", False),
        ("Sam Oldfield", "Tom Oldfield", False),
        ("Sam Oldfield", "Sara Oldfield", False),
        ("Sam Oldfield", "Sam Newfield", False),
    ],
)
def test_people_are_the_same_by_last_name_and_what_is_given_of_the_first(a: str, b: str, same: bool) -> None:
    assert same_person(person_key(a), person_key(b)) is same


def test_organisations_are_the_same_without_their_legal_forms() -> None:
    assert same_org(loose_key("Fenwick Platforms, Inc."), loose_key("Fenwick"))
    assert not same_org(loose_key("Fenwick Labs"), loose_key("Fenway Labs"))


def test_common_words_weigh_little_and_unknown_ones_much() -> None:
    assert weight(stem("ceo")) < 2 < weight(stem("velling"))
    assert stem("hires") == stem("hired") == stem("hiring")


def test_a_bounded_number_of_candidates_is_looked_at(index: Index) -> None:
    for n in range(40):
        item = story(f"Zorg{n}tek hires Quil{n}ra as finance chief", hours=n / 100)
        place(index, item, hired(item, f"Ann Quil{n}ra", f"Zorg{n}tek", ""))
    again = story("Mara Velling, Quil7ra, Quil8ra and Quil9ra: four finance chiefs hired", hours=2.5, outlet="Dockside Post")
    everybody = [move(p, to_org=o) for p, o in [("Mara Velling", "Borealis Compute"), ("Ann Quil7ra", "Zorg7tek")]]
    found = index.candidates(grouping.sought(again, moved(again, *everybody)))
    assert {e.stories[0].title.split()[0] for e in found} >= {"Borealis", "Zorg7tek"}
    assert len(found) <= candidates.MOST


def test_a_person_is_found_for_weeks_and_the_same_words_for_days(index: Index) -> None:
    late = story("Borealis Compute's chief settles in: Mara Velling at the books", hours=24 * 40)
    assert index.candidates(grouping.sought(late, hired(late)))
    wordy = story("Quarrystone finance hires at Borealis Compute", hours=24 * 6)
    assert not index.candidates(grouping.sought(wordy, moved(wordy)))


def test_a_story_that_was_not_flagged_joins_as_coverage_and_changes_nothing(index: Index) -> None:
    copy = story("Quarrystone's Mara Velling hired by Borealis Compute as finance chief", hours=3, outlet="Dockside Post")
    faint = Verdict(story_id=copy.id, scores={Label.EXECUTIVE_MOVE: 0.0})
    assert not grouping.worth_placing(faint)
    (before,) = index.events.values()
    assert place(index, copy, faint).relation == "member"
    (event,) = index.events.values()
    assert (event.story_count, event.outlets) == (2, ("Harbor Wire", "Dockside Post"))
    assert (event.moves, event.status, event.timeline) == (before.moves, before.status, before.timeline)


def test_a_story_that_was_not_flagged_founds_nothing() -> None:
    other = story("Tidewater Grid opens a canteen")
    assert place(Index(), other, Verdict(story_id=other.id, scores={Label.INFRASTRUCTURE: 0.2})).relation == "none"
    assert not grouping.worth_placing(Verdict(story_id=other.id))


def test_an_upper_bound_agrees_with_the_sum_it_names() -> None:
    bound = Quantity(text="up to $40 billion", high=4e10, unit="USD")
    assert agree((bound,), (dollars("$40B", 4e10),))
    assert agree((dollars("$41B", 4.1e10),), (bound,))
    assert not agree((dollars("$50B", 5e10),), (bound,))
    assert not agree((Quantity(text="billions", unit="USD"),), (bound,))


def test_who_follows_somebody_that_went_elsewhere_is_another_event() -> None:
    index = Index()
    went = story("Corvid Systems hires Mara Velling from Quarrystone to lead data centers")
    place(index, went, moved(went, move("Mara Velling", from_org="Quarrystone", to_org="Corvid Systems")))
    follows = story(
        "Quarrystone names Tomas Oyelaran chief infrastructure officer",
        "Tomas Oyelaran succeeds Mara Velling, who left for Corvid Systems.",
        hours=20,
        outlet="Tide Post",
    )
    appointed = move("Tomas Oyelaran", MoveAction.APPOINT, to_org="Quarrystone", to_role="chief infrastructure officer")
    verdict = moved(follows, appointed, move("Mara Velling", MoveAction.DEPART, from_org="Quarrystone"))
    placed = grouping.decide(follows, verdict, list(index.events.values()))
    assert placed.relation == "founder"
    assert "conflict: other appointment" in placed.reasons


def test_an_aggregator_names_the_outlet_also_where_it_names_no_author() -> None:
    title = "Sources: Corvid Systems to build $2 billion campus in Ohio"
    told = story(f"{title} (Example Wire)", outlet="Techmeme")
    event = grouping.found(told, built(told, "Corvid Systems"), NOON)
    assert (event.outlets, event.headline) == (("Example Wire",), title)
    own = story("Corvid Systems to build campus (Updated)", outlet="Harbor Wire")
    assert grouping.found(own, built(own, "Corvid Systems"), NOON).outlets == ("Harbor Wire",)


def test_what_an_aggregator_tells_in_its_own_words_it_tells_once(index: Index) -> None:
    """Whomever it names: of two stories of one outlet, which seldom tells one thing twice, less is one happening."""
    gets, hires = "gets Mara Velling for its finances (Tide Post)", "hires Velling (Example Wire)"
    first, second = (story(f"Borealis Compute {said}", hours=n, outlet="Techmeme") for n, said in enumerate((gets, hires), 1))
    assert "same outlet" not in place(index, first, hired(first)).reasons
    assert "same outlet" in place(index, second, hired(second)).reasons


def test_whose_story_an_aggregator_passes_on_is_its_masthead_and_no_part_of_the_headline() -> None:
    of = story("Borealis Compute hires Mara Velling as finance chief (Ada Author/Tide Post)", outlet="Link Board")
    event = grouping.found(of, hired(of), NOON)
    assert (event.outlets, event.headline) == (("Tide Post",), "Borealis Compute hires Mara Velling as finance chief")
    direct = story("Borealis Compute hires Mara Velling as finance chief", hours=1, outlet="Tide Post")
    assert grouping.merge(event, direct, hired(direct)).outlets == ("Tide Post",)


def test_what_two_readers_post_in_one_forum_counts_as_two_outlets(index: Index) -> None:
    first = story("Borealis Compute gets Quarrystone's Velling for its finances", "submitted by /u/one", hours=1, outlet="Forum")
    second = story("Quarrystone's Velling to look after Borealis Compute's money", "submitted by /u/two", hours=2, outlet="Forum")
    assert place(index, first, hired(first)).relation == "member"
    assert "same outlet" not in place(index, second, hired(second)).reasons
    again = story("Velling hired by Borealis Compute from Quarrystone", hours=3, outlet="Harbor Wire")
    assert "same outlet" in place(index, again, hired(again)).reasons


def test_one_sum_in_two_currencies_agrees_and_two_sums_do_not() -> None:
    euros = Quantity(text="€75 billion", low=7.5e10, high=7.5e10, unit="EUR")
    assert agree((euros,), (dollars("$87 billion", 8.7e10),))
    assert not agree((euros,), (dollars("$120 billion", 1.2e11),))
    assert not agree((euros,), (megawatts("75 MW", 75),))


def test_only_a_move_elsewhere_overtakes_an_event(index: Index) -> None:
    (event,) = index.events.values()
    look = story("What Mara Velling will find at Borealis Compute", hours=10)
    reaction = grouping.found(look, hired(look), NOON)
    later = story("Mara Velling starts as finance chief of Borealis Compute", hours=20, outlet="Dockside Post")
    subject = Subject.of(later, hired(later))
    assert not overtaken(subject, event, [event, reaction])
    goes = story("Mara Velling drops Borealis Compute for Saltmarsh Capital", hours=10)
    elsewhere = grouping.found(goes, hired(goes, to="Saltmarsh Capital", origin="Borealis Compute"), NOON)
    assert overtaken(subject, event, [event, elsewhere])


def test_a_group_that_leaves_and_the_names_of_those_who_join_are_one_happening() -> None:
    index = Index()
    group = Move(group="Three senior researchers", action=MoveAction.HIRE, from_org="Quarrystone", to_org="Borealis Compute")
    first = story("Three senior researchers leave Quarrystone for rival Borealis Compute", hours=0)
    assert place(index, first, moved(first, group)).relation == "founder"
    named = story(
        "Quarrystone researchers Ada Fenn, Piet Moor and Lin Osei join Borealis Compute", hours=20, outlet="Dockside Post"
    )
    people = [move(p, from_org="Quarrystone", to_org="Borealis Compute") for p in ("Ada Fenn", "Piet Moor", "Lin Osei")]
    placed = place(index, named, moved(named, *people))
    assert placed.relation == "member", placed.reasons

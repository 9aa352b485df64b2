"""Why a story is of an event, for a reader who knows nothing of how that is decided; programs keep the short names."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import grouping
from monitor.grouping.score import CONFLICTS
from monitor.grouping.score import weights as grouping_weights
from monitor.membership import AGAINST, FOR, why_there
from monitor.model import Feed
from monitor.results import Membership, PollResult
from monitor.store import Store
from tests.api.conftest import client_of, opened
from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.stories import move, moved, story
from tests.test_docs import ROOT

FIRST = story("Quarrystone finance chief Mara Velling joins Borealis Compute")
AGAIN = story("Mara Velling leaves Quarrystone to run the books at Borealis Compute", hours=5, outlet="Dockside Post")
WHO = move("Mara Velling", from_org="Quarrystone", to_org="Borealis Compute")
MEASURES = {"near", "mean", "told", "told both ways", "late", "size"}


def joined() -> grouping.Attachment:
    event = grouping.found(FIRST, moved(FIRST, WHO), FIRST.at)
    return grouping.decide(AGAIN, moved(AGAIN, WHO), [event])


def filled(store: Store) -> str:
    """The id of an event of both stories."""
    placed, first = joined(), grouping.found(FIRST, moved(FIRST, WHO), FIRST.at)
    event = grouping.merge(first, AGAIN, moved(AGAIN, WHO), AGAIN.at)
    founder = Membership(event_id=event.id, story_id=FIRST.id, relation="founder", reasons=("no candidate",), at=FIRST.at)
    member = replace(founder, story_id=AGAIN.id, relation="member", reasons=placed.reasons, at=AGAIN.at)
    feed = Feed(id=FIRST.feed_id, name="Wire", url="https://wire.example/feed.xml")
    result = PollResult(feed=feed, stories=(FIRST, AGAIN), events=(event,), memberships=(founder, member))
    store.transact(lambda tx: tx.record_poll(result))
    return event.id


def test_a_story_that_joins_says_what_is_the_same_and_how_far_apart_it_was_told() -> None:
    placed = joined()
    said = why_there(placed.relation, placed.reasons, AGAIN.at - FIRST.at)
    assert said.startswith("the same person in both headlines, the same organisations, the same kind of move or build, ")
    assert re.search(r"; \d+ % of one headline found in the other, wording \d+ % alike; 5 hours after the first", said)


def test_every_name_that_grouping_gives_has_words() -> None:
    names = set(grouping_weights().features) - MEASURES | set(CONFLICTS)
    literals = set()
    for file in ("agreements", "conflicts", "score"):
        text = (ROOT / f"monitor/grouping/{file}.py").read_text()
        literals |= set(re.findall(r'(?:features|found)\[?\.?(?:append\()?\[?"([a-z ,]+)"', text))
        literals |= set(re.findall(r'return (?:\[)?"([a-z ,]+)"', text))
    assert names | literals - MEASURES <= FOR.keys() | AGAINST.keys()
    assert not FOR.keys() & AGAINST.keys()


def test_the_documents_tell_each_name_with_its_words() -> None:
    text = (ROOT / "docs/events.md").read_text()
    assert [name for name, words in (FOR | AGAINST).items() if f"| `{name}` | {words} |" not in text] == []


@pytest.mark.parametrize(
    ("relation", "reasons", "after", "said"),
    [
        ("member", ("copy", "words alike 1.00, its headline told there 0.90"), 0.2,
         "the same page or headline; 90 % of one headline found in the other, wording 100 % alike; "
         "less than an hour after the first"),
        ("member", ("org", "conflict: other amount", "other amount"), -50,
         "the same organisation; 2 days before the first; against it: the amounts differ"),
        ("member", ("Ada says so",), None, "Ada says so"),
        ("founder", ("no candidate",), 0, "no other event was similar"),
        ("founder", ("nearest 01KX at 0.33", "conflict: other person", "org", "other person"), 0,
         "the most similar event, 01KX, fits by 33 %; against it: another person moves; alike: the same organisation"),
        ("related", ("nearest 01KX at 0.33", "org"), 3, "similar, but probably another event"),
        ("related", ("round-up",), None, "a round-up of several events"),
    ],
)  # fmt: skip
def test_what_is_said(relation: str, reasons: tuple[str, ...], after: float | None, said: str) -> None:
    assert why_there(relation, reasons, None if after is None else timedelta(hours=after)) == said


def test_every_surface_says_it_in_words_and_programs_have_the_names(run: Run, tmp_path: Path) -> None:
    with opened(tmp_path) as app:
        event_id = filled(app.store)
        client = client_of(app)
        told = client.get(f"/api/v1/events/{event_id}").json()["members"][1]
        page = client.get(f"/events/{event_id}").text
    assert "person in both titles" in told["reasons"] and told["why"].startswith("the same person in both headlines")
    assert f"here because: {told['why']}" in page and "person in both titles" not in page
    asked = ("--database", f"sqlite:///{tmp_path}/movewire.db", "events", "show", event_id)
    assert f"    member: {told['why']}" in run(*asked).out
    (_, again) = json.loads(run(*asked, "--format", "json").out)["members"]
    assert (again["reasons"], again["why"]) == (told["reasons"], told["why"])

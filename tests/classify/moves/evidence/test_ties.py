"""What hangs together with what in a sentence, and whom its small words stand for."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.classify.moves.cast.cast import Cast, cast
from monitor.classify.moves.evidence.ties import Ties
from monitor.classify.parsing.row import rows
from monitor.classify.words.document import read
from monitor.classify.words.gazetteer import known
from monitor.model import FeedId, Story, StoryId

GAZETTEER = known()
AT = datetime(2026, 5, 4, tzinfo=UTC)


def seen(title: str, summary: str = "") -> Cast:
    story = Story(id=StoryId("S"), feed_id=FeedId("F"), url="", title=title, summary=summary, first_seen=AT)
    return cast(rows(read(story), GAZETTEER))


def test_a_pronoun_stands_for_the_person_of_the_sentence_before() -> None:
    found = seen("Harrow Mills names Ada Quill CEO", "Ada Quill succeeds Ben Okoro. She was president of Osprey Freight.")
    [quill] = [one for one in found.people if one.text == "Ada Quill"]
    assert [p.chunk.low for p in quill.places] == ["ada quill", "ada quill", "she"]


def test_the_company_stands_for_the_one_named_last() -> None:
    found = seen("Osprey Freight Inc. CEO resigns", "Osprey Freight Inc. said its chief executive left the company on Monday.")
    assert [p.chunk.low for p in found.orgs[0].places][-2:] == ["osprey freight", "company"]


def test_a_post_knows_who_stands_next_to_it_and_whose_it_is() -> None:
    ties = Ties(seen("Harrow Mills hires Osprey Freight CFO Simon Hale as president"))
    cfo, president = (place for _, place in ties.cast.titles)
    holder = ties.holders[cfo.row, cfo.at]
    assert holder is not None and (holder[0].text, holder[2]) == ("Simon Hale", 0)
    assert (ties.orgs_of(cfo), ties.orgs_of(president)) == ("other", "none")


def test_words_that_relate_nothing_do_not_change_what_stands_between() -> None:
    short = Ties(seen("Ada Quill", "Ada Quill was named chief executive of Harrow Mills."))
    long = Ties(seen("Ada Quill", "Ada Quill was immediately named the new chief executive of Harrow Mills."))
    for ties in (short, long):
        _, post = ties.cast.titles[0]
        assert ties.path(ties.cast.people[0].places[-1], post) == "> was F:ORG_NAMES"

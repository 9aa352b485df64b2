"""Who keeps a post that was held for a while is promoted to it."""

from __future__ import annotations

from monitor.classify.interim import kept
from monitor.classify.record import Found
from monitor.classify.ties import Ties
from tests.classify.test_choosing import found
from tests.classify.test_ties import seen


def appointed(ties: Ties, post: str) -> Found:
    firm = ties.cast.orgs[0]
    one = found(ties, "appoint", to_role=post)
    one.slots["to_org"] = (firm.best, firm.text)
    return one


def test_a_post_held_for_a_while_and_kept_is_left_for_itself() -> None:
    ties = Ties(seen("Harrow Mills names Ada Quill finance chief", "Quill was named interim finance chief in May."))
    one = kept(ties, appointed(ties, "finance chief"))
    assert (one.action, one.get("from_org"), one.get("from_role")) == ("promote", "Harrow Mills", "interim finance chief")


def test_a_permanent_post_is_the_one_held_for_a_while() -> None:
    ties = Ties(seen("Harrow Mills names CEO", "Ada Quill, interim CEO since May, is to be permanent chief executive officer."))
    assert kept(ties, appointed(ties, "permanent chief executive officer")).get("from_role") == "interim CEO"


def test_another_post_or_another_holder_leaves_the_record_as_it_is() -> None:
    other = Ties(seen("Harrow Mills names Ada Quill finance chief", "Quill was named interim sales director in May."))
    another = Ties(seen("Harrow Mills names Ada Quill CEO", "Ben Okoro, interim CEO since May, goes back to sales."))
    begins = Ties(seen("Harrow Mills names Ada Quill interim CEO"))
    told = [(other, "finance chief"), (another, "CEO"), (begins, "interim CEO")]
    assert [kept(ties, appointed(ties, post)).action for ties, post in told] == ["appoint"] * 3

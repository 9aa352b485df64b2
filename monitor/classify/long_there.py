"""Who has been with a firm for years rises in it, and whoever leaves to begin a firm begins the one that is named.

"Quill, who joined Corvid from Osprey in 2019, becomes chief executive" comes from nowhere; "left Osprey to found Lumenforge".
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from monitor.classify.row import BREAKS
from monitor.classify.sameness import similar

if TYPE_CHECKING:
    from monitor.classify.record import Found
    from monitor.classify.ties import Ties
    from monitor.classify.view import Place

_YEAR = r"(?:19|20)\d\d"
_JOINED = re.compile(
    r"^(?:(?:,|who|has|had|first|originally|she|he|mr|ms|\.) )*joined (?P<firm>(?:(?!from\b|in\b|as\b)\S+ ){1,6}?)"
    rf"(?:(?:as|from) (?:\S+ ){{1,8}}?)?(?:back )?in (?:[a-z]+ )?{_YEAR}\b"
)
_BEEN = re.compile(
    rf"^(?:(?:,|who) )*(?:has|had) (?:been|worked) (?:with|at|for) (?P<firm>(?:\S+ ){{1,6}}?)since (?:[a-z]+ )?{_YEAR}\b"
)
_THE_FIRM = re.compile(
    r"(?:the|its|his|her) (?:\S+ ){0,2}?(?:company|firm|group|bank|business|start-?up|chain|maker|lab|utility) "
)
_READ = 24  # chunks behind a name
_NAMED = re.compile(
    r"(?:\b(?:found|co-found|launch|establish|start|set up|founding|launching|starting|form|forming) |"
    r"\b(?:company|start-?up|venture|firm|lab|fund|studio|agency|business) (?:(?:called|named) |, (?:called |named )?))$"
)
_LEAD = 6


def long_there(ties: Ties, one: Found) -> Found:
    """The record of who is told to have joined the firm that he rises in years before; of who founds one, with its name."""
    if one.anchor is None or one.anchor.kind == "post":
        return one
    if one.action == "found" and not one.get("to_org"):
        _begins(ties, one)
    if one.action not in ("hire", "appoint") or "to_org" not in one.slots:
        return one
    here = one.slots["to_org"]
    if any(_was_there(ties, place, here[1]) for place in one.anchor.places):
        one.action = "promote"
        one.slots["from_org"] = here
    return one


def _was_there(ties: Ties, place: Place, firm: str) -> bool:
    items = ties.cast.seen.rows[place.row].items
    said = takewhile(lambda c: c.low not in BREAKS and c.kind != "person", items[place.at + 1 : place.at + _READ])
    text = " ".join(c.low for c in said)
    found = _JOINED.search(text) or _BEEN.search(text)
    return found is not None and (similar(found["firm"], firm) or _THE_FIRM.fullmatch(found["firm"]) is not None)


def _begins(ties: Ties, one: Found) -> None:
    assert one.anchor is not None
    for org in ties.cast.orgs:
        for place in org.places:
            items = ties.cast.seen.rows[place.row].items
            lead = " ".join(c.low for c in items[max(place.at - _LEAD, 0) : place.at]) + " "
            mine = any(p.row == place.row and p.at < place.at for p in one.anchor.places)
            if mine and _NAMED.search(lead) and not items[place.at].owns and not similar(one.get("from_org"), org.text):
                one.slots["to_org"] = (place, org.text)
                return

"""Who speaks of another's move, hears of it or brings it about, and has no part in it.

"Ben Okoro announces departure of Ada Quill", "tells Ada Quill to resign"; "joins Ben Okoro at Osprey", "informed Ben Okoro of".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from monitor.classify.parsing.neighbours import BEFORE_NAMES, low_at, template, template_at
from monitor.classify.words.lexicon import ORG_PUTS

if TYPE_CHECKING:
    from monitor.classify.moves.cast.view import Named, Place, View
    from monitor.classify.parsing.chunks import Chunk

_PRESSES = frozenset(
    "asks bids calls campaigns demands fights moves presses pushes seeks threatens tries tried urges wants wanted".split()
)
_OUT = frozenset({"ORG_OUSTS", "PERSON_SUCCEEDS"})  # "to oust …", "to replace …"
_OUT_OF_OFFICE = frozenset({"PERSON_LEAVES", "PERSON_STEPS"})
_BIDS = frozenset("asks asked bids orders ordered presses pressed tells told urges urged wants wanted".split())
_WHOSE = frozenset("the its their his her of former old longtime long-time fellow ex-".split())
_OTHERS = frozenset("another more lieutenant lieutenants deputy aide aides".split())
_OWN = frozenset("job post role seat title titles position duties bid vote his her powers control".split())
_LOSES = frozenset({"ORG_OUSTS", "ORG_LOSES"})
_TELLS = frozenset(
    "announces announced backs blames confirms confirmed congratulates defends denies explains hails introduces lauds mourns "
    "praises praised reveals revealed says said thanks thanked welcomes".split()
)
_OF_ANOTHER = frozenset("that of another departing outgoing incoming exiting retiring new".split())
_HIMSELF = frozenset("he she him himself herself his i me my".split())
_AFTER_HIM = frozenset("successor successors heir".split())
_MORE = frozenset("more extra additional bigger wider broader expanded new".split())
_BACKS = frozenset("backs backed backing supports supported supporting defends defended defending".split())


def presses(seen: View, one: Named) -> bool:
    """Whether a headline tells of somebody as who wants another out, or somebody new, or speaks of another: "Ada Quill pushes to
    oust CEO", "Ada Quill says treasurer Ben Okoro will retire"."""
    return any(
        _presses(seen, place) or _acts_on_another(items, place.at) or _hands_more(items, place.at)
        for place in one.places
        if seen.rows[place.row].sentence.field == "title" and (items := seen.rows[place.row].items)
    )


def _hands_more(items: Sequence[Chunk], at: int) -> bool:
    """ "Ada Quill hands more duties to commercial chief Ben Okoro": she has only fewer."""
    return low_at(items, at + 1).partition(" ")[0] in ("hands", "gives") and low_at(items, at + 2).partition(" ")[0] in _MORE


def _presses(seen: View, place: Place) -> bool:
    row = seen.rows[place.row]
    rest = [c.low for c in row.items[place.at + 1 : place.at + 3]]
    if len(rest) < 2 or rest[0] not in _PRESSES:
        return False
    verb = seen.right[place.row][place.at + 1]
    if rest[0] == "moves" and verb != place.at + 2:
        return False  # "moves to oust", and not "moves over from Osprey"
    return rest[0] == "demands" or rest[1] == "for" or template_at(row.items, verb) in _OUT


def _acts_on_another(items: Sequence[Chunk], at: int) -> bool:
    """ "Ada Quill fires CEO Ben Okoro", "… tells Ben Okoro to resign", "… praises departing CFO Ben Okoro"."""
    verb = at + 1 + (low_at(items, at + 1) == "has")
    if items[at].owns or verb >= len(items):
        return False
    whom, does = _ahead(items, verb + 1), template(items[verb])
    named = whom < len(items) and items[whom].kind == "person"
    if does in _LOSES and (named or _loses_others(items, verb)):
        return True
    if not named:
        return False
    to = low_at(items, whom + 1)
    if items[verb].low in _BIDS and (to == "to" or to.startswith("to ")) and _goes(items[whom + 1 : whom + 3]):
        return True
    speaks = items[verb].low in _TELLS or (does in ORG_PUTS and items[verb].low.partition(" ")[0].endswith("s"))
    return speaks and not any(_of_himself(items, n) for n in range(len(items)))


def _loses_others(items: Sequence[Chunk], verb: int) -> bool:
    """ "fires exploration director", "loses another lieutenant"; not "loses CEO title", "swaps roles", nor "ousted"."""
    behind = items[verb + 1 : verb + 5]
    verbal = items[verb].low.partition(" ")[0].endswith("s") and not items[verb].low.startswith("swap")
    return verbal and any(c.kind == "role" or c.low in _OTHERS for c in behind) and not any(c.low in _OWN for c in behind)


def _of_himself(items: Sequence[Chunk], at: int) -> bool:
    """Whether somebody's headline is of his own move after all: "says he …", "names Ada Quill as successor"."""
    c = items[at]
    followed = c.low in _AFTER_HIM and not (at and items[at - 1].owns)  # "Ada Quill's successor" is another's
    return followed or c.low in _HIMSELF or template(c) == "PERSON_SUCCEEDS"


def _goes(items: Iterable[Chunk]) -> bool:
    return any(template(c) in _OUT_OF_OFFICE for c in items)


def _ahead(items: Sequence[Chunk], at: int) -> int:
    """Past what stands before a name: "its chief executive", "the departure of Osprey's founder"."""
    while at < len(items):
        c = items[at]
        noun = template(c).startswith("NOUN_") and low_at(items, at + 1) == "of"
        if not noun and c.kind not in BEFORE_NAMES and c.low not in _WHOSE and c.low not in _OF_ANOTHER:
            break
        at += 1
    return at


def _back(items: Sequence[Chunk], at: int) -> int:
    """Before what stands before a name."""
    while at > 0 and (items[at].kind in BEFORE_NAMES or items[at].low in _WHOSE):
        at -= 1
    return at


_OUSTED = frozenset("removed removes fired fires ousted ousts dismissed dismisses sacked sacks terminated".split())
_ACTIVE = frozenset({"and", "then", "has", "had", "also"})


def ousts(seen: View, one: Named) -> bool:
    """Whether somebody is told of only as who put another out: "Founder Ada Quill took control and removed CEO Ben Okoro"."""
    return all(_ousts(seen.rows[place.row].items, place.at) for place in one.places)


def _ousts(items: Sequence[Chunk], at: int) -> bool:
    if items[at].owns or (at and low_at(items, at - 1) in _BEFORE_ANOTHER):
        return False
    for verb in range(at + 1, len(items)):
        c = items[verb]
        if c.kind == "person" or c.low in (";", "who") or template(c) in _OUT_OF_OFFICE:
            return False
        if c.low in _OUSTED:
            whom = _ahead(items, verb + 1)
            named = whom < len(items) and items[whom].kind == "person"
            return named and (verb == at + 1 or low_at(items, verb - 1) in _ACTIVE)
    return False


_BEFORE_ANOTHER = frozenset("by and , with".split())  # whose verb it is, or one of a list
_REPORTS = frozenset("report reports reporting reported answer answering answered".split())
_PAPERS = frozenset("resignation letter memo email e-mail message notice note".split())
_INFORMS = frozenset("told tells telling informed informs informing notified notifies notifying".split())
_PEOPLE = frozenset("he she they who".split())
_JOINS = ("join", "rejoin", "reunite")
_SAY = frozenset("said says told added wrote".split())


def is_told(seen: View, one: Named) -> bool:
    """Whether somebody is told of only as whom another reports to, joins, or tells that he leaves, whom a board backs, or as who
    says so: "reporting to Ada Quill, chief executive", "joins Ada Quill at Osprey", "informed Ada Quill of her resignation"."""
    told = [_hears(seen.rows[place.row].items, place.at) for place in one.places]
    return any(told) and all(
        hears or _speaks(seen.rows[place.row].items, place.at) for hears, place in zip(told, one.places, strict=True)
    )


def _hears(items: Sequence[Chunk], at: int) -> bool:
    behind, at = low_at(items, at + 1), _back(items, at - 1)
    if at >= 0 and items[at].low in _INFORMS:  # "told Quill to go" is said to who goes, and a firm tells whom it dismisses
        return not behind.startswith("to") and any(c.kind == "person" or c.low in _PEOPLE for c in items[max(at - 3, 0) : at])
    if at > 0 and behind == "at" and items[at].low.removeprefix("to ").startswith(_JOINS):
        return True  # "joins Ada Quill at Osprey"
    if at > 0 and items[at].low in _BACKS:
        return behind.partition(" ")[0] not in ("for", "as", "to")  # "backs Ada Quill for chief"
    before = at - 1
    while before > 0 and items[before].low in ("directly", "jointly"):
        before -= 1
    return before >= 0 and items[at].low == "to" and items[before].low in _REPORTS | _PAPERS


def _speaks(items: Sequence[Chunk], at: int) -> bool:
    return any(0 <= n < len(items) and items[n].low in _SAY for n in (at - 1, at + 1))


_WRITES = frozenset("reporting writing".split())


def writes(seen: View, one: Named) -> bool:
    """Whether somebody is told of only as who has a story for an outlet: "Ada Quill, reporting for The Corvid Times: …"."""
    return all(_writes(seen.rows[place.row].items, place.at) for place in one.places)


def _writes(items: Sequence[Chunk], at: int) -> bool:
    return (
        low_at(items, at + 1) == "," and low_at(items, at + 2) in _WRITES and low_at(items, at + 3) in ("for", "at", "in", "on")
    )

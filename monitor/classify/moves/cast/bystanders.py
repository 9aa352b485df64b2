"""Whom and what a story names in passing: places, products and markets, and people who lend their name to something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import monitor.classify.words.lexicon as lexicon
from monitor.classify.moves.cast.no_move import is_kept
from monitor.classify.moves.cast.somebody import lands_post
from monitor.classify.parsing.neighbours import acts, low_at

if TYPE_CHECKING:
    from monitor.classify.moves.cast.view import Named, Place, View
    from monitor.classify.parsing.chunks import Chunk


_MARKETS = (" exchange", " bourse")
_BOURSES = ("bursa ", "borsa ", "bolsa ", "bourse de ")  # "Bursa Malaysia"
# Trades by where they are at home, and what decides over firms of the state.
_SCENES = frozenset({"wall street", "main street", "fleet street", "madison avenue", "hollywood", "capitol hill", "cabinet"})
_FILED = ("change", "changes", "appointment", "appointments", "resignation", "update", "announcement", "moves")
_HEADINGS = frozenset("board directorate director management leadership executive senior officer of to and".split()) | {*_FILED}


def is_market(low: str) -> bool:
    """Whether a name is of a place where shares are traded: "Hong Kong Exchange", "Bursa Malaysia"."""
    return low.endswith(_MARKETS) or low.startswith(_BOURSES)


def takes_no_part(low: str, places: frozenset[str]) -> bool:
    """Places, products, markets, trades, what lies between two places ("Israel-Hamas"), and what heads a filing."""
    if low.endswith(_FILED) and _HEADINGS.issuperset(low.split()):
        return True
    return low in places or low in _SCENES or is_market(low) or ("-" in low and low.partition("-")[0] in places)


def half_a_place(seen: View, one: Named) -> bool:
    """Whether a name is only the end of a place's: "Carolina" of "North Carolina", whose first word begins no name."""
    return all(_half(seen.rows[p.row].items, p.at) for p in one.places)


def _half(items: Sequence[Chunk], at: int) -> bool:
    before = [c.low for c in items[max(at - 2, 0) : at]]
    low = items[at].low
    return any(" ".join((*before[n:], low)) in lexicon.place_names() for n in range(len(before)))


_MEDIA = frozenset("linkedin x twitter threads bluesky substack medium facebook instagram youtube telegram weibo wechat".split())


def reports(seen: View, one: Named) -> bool:
    """Whether a name is only who reports a story, or where it was said: "…, SonntagsZeitung reports", "wrote on LinkedIn"."""
    medium = one.best.chunk.low in _MEDIA
    return all(
        _reports(items := seen.rows[p.row].items, p.at) or (medium and low_at(items, p.at - 1) == "on") for p in one.places
    )


_REGULATORS = frozenset("sec asx sgx hkex bse nse tsx lse sebi fca finra edgar".split())


def _reports(items: Sequence[Chunk], at: int) -> bool:
    if low_at(items, at) in _REGULATORS and low_at(items, at + 1) in ("filing", "filings"):
        return True  # "SEC filing: Osprey CFO resigns", and not "Osprey filing shows"
    told = low_at(items, at - 1) == "," and low_at(items, at + 1) in ("reports", "reported")
    return told and low_at(items, at + 2) in ("", ".", ":")


_WHERE = frozenset("in near outside around across".split())


def is_where(seen: View, one: Named) -> bool:
    """Whether a place is told of only as where something is: "further from the power center in Washington"."""
    return (one.best.chunk.low in lexicon.place_names() or half_a_place(seen, one)) and all(
        low_at(seen.rows[p.row].items, p.at - 1) in _WHERE for p in one.places
    )


_SITE = re.compile(r"^(?:www\.)?(?:the)?|\.(?:com|org|net|io|co\.uk|in)$|[\W_]")


def tells(one: Named, outlet: str) -> bool:
    """Whether a news organisation only tells the story: "Corvid has, The Next Web learned, …". ``outlet``: whose story it is, by
    name or host."""
    known = one.best.chunk.org
    if not outlet or known is None or known.kind != "media":
        return False
    return _bare(outlet).startswith((_bare(one.text), _bare(known.name)))  # "TechCrunch AI" is a feed of TechCrunch's


def _bare(outlet: str) -> str:
    return _SITE.sub("", outlet.lower())


_OF_SOMEBODY = frozenset("administration advisers aides allies ally backers donors era family policies policy tariffs".split())

_FIRM = frozenset("company startup start-up firm venture lab".split())
_HANDS = frozenset(
    "adviser advisor assistant aide aides brother daughter deputy deputies husband lieutenant lieutenants man protege protégé "
    "son wife".split()
)


_CLOSE = frozenset("longtime long-time top trusted key close former right-hand".split())


def stands_by(seen: View, one: Named) -> bool:
    """Whether somebody has no part in a move that is told of."""
    return by_the_way(seen, one) or appoints(seen, one) or is_kept(seen, one)


_SAID = frozenset({"said", "says", "noted", "wrote", "added", "according to"})
_WATCHES = ("analyst", "economist", "strategist", "professor", "researcher at", "fellow at")
_BEHIND = 6  # chunks behind a name that say who it is


def comments(seen: View, one: Named) -> bool:
    """Whether somebody is only quoted on others' moves: "…, said Ada Quill, chief analyst at Osprey Research"."""
    return all(_comments(seen.rows[place.row].items, place.at) for place in one.places)


def _comments(items: Sequence[Chunk], at: int) -> bool:
    said = low_at(items, at - 1) in _SAID or (low_at(items, at - 1) == "to" and low_at(items, at - 2) == "according")
    return said and any(word in c.low for c in items[at + 1 : at + 1 + _BEHIND] for word in _WATCHES)


_MADE = re.compile(r"(?:Ex|Multi|Ultra|Mid|Non|Semi|Pre|Post|Cross|Long|Short|High|Low|One|Two|Well|Once|Then)-[a-z]\w*")


def made_up(one: Named) -> bool:
    """Whether a name is only a word with another before it: "Multi-industry executive Ada Quill", "Ex-central banker"."""
    return _MADE.fullmatch(one.best.chunk.text) is not None


_DEAD = frozenset("dies died dead".split())
_DEATHS = frozenset("death passing".split())


def is_dead(seen: View, one: Named) -> bool:
    """Whether the first that is told of somebody is that he died: "president Ada Quill dies; son named head"."""
    place = one.places[0]
    items, at = seen.rows[place.row].items, place.at
    before = at - 1
    while (before > 0 and items[before].kind in ("role", "org")) or low_at(items, before) in _WHOSE - {"of"}:
        before -= 1
    behind = low_at(items, at + 2) if low_at(items, at + 1) == "," else low_at(items, at + 1)
    if behind[:2].isdigit():  # "Ada Quill, 71, dies"
        behind = low_at(items, at + 4)
    died = behind in _DEAD or (behind in ("passes", "passed") and low_at(items, at + 2) == "away")
    return died or (place.chunk.owns and behind in _DEATHS) or _of_death(items, before)


def _of_death(items: Sequence[Chunk], at: int) -> bool:
    """Whether "death of" ends at ``at``, which may be one frame."""
    return " ".join((low_at(items, at - 1), low_at(items, at))).endswith(("death of", "passing of"))


def by_the_way(seen: View, one: Named) -> bool:
    """Whether somebody is told of only as whose firm or whose man it is: "departs Elon Musk's xAI", "former Trump adviser",
    "Tim Cook's deputy"."""
    for place in one.places:
        items = seen.rows[place.row].items
        behind = [c for c in items[place.at + 1 : place.at + 3] if c.low not in _CLOSE]
        if not behind:
            return False
        after = behind[0]
        hand = after.low.startswith("chief of staff") or after.low.partition(" ")[0] in _HANDS
        known = place.chunk.low in lexicon.surnames() and (after.kind == "role" or after.low in _OF_SOMEBODY or hand)
        if not known and not (place.chunk.owns and (after.kind == "org" or hand or after.low in _FIRM)):
            return False
    return True


_AUXILIARY = frozenset("is was has".split())
_REORDERS = frozenset("overhauls overhauling reshuffles reshuffling restructures reorganizes reorganises".split())
_BRINGS = frozenset({"bringing", "brings"})
_TAKES = frozenset({"ORG_NAMES", "ORG_TAKES_PERSON"})
_WHOSE = frozenset("the its their of".split())


def appoints(seen: View, one: Named) -> bool:
    """Whether all that a story tells of somebody is that he orders others: "Ada Quill appoints a new CEO", "Quill is bringing in
    executives"."""
    return all(_orders(seen, place) for place in one.places)


def _orders(seen: View, place: Place) -> bool:
    items, at = seen.rows[place.row].items, place.at + 1
    while at < len(items) and items[at].low in _AUXILIARY:
        at += 1
    if at >= len(items) or place.chunk.owns or lands_post(items, place.at):
        return False
    brings = items[at].low in _BRINGS and any(c.kind == "role" for c in items[at + 1 : at + 5])
    if brings or items[at].low in _REORDERS:
        return not any(c.frame is not None and c.frame.template in lexicon.PERSON_GOES for c in items)
    frame = items[at].frame
    if frame is None or frame.template not in _TAKES or not acts(items[at]):
        return False
    post = next((n for n in range(at + 1, min(at + 4, len(items))) if items[n].kind != "word"), at)
    nameless = items[post].kind == "role" and not any(c.named for c in items[post + 1 : post + 2])
    return nameless and not any(c.frame is not None and c.frame.template in lexicon.PERSON_GOES for c in items[:at])


def is_joined(seen: View, post: Named) -> bool:
    """Whether a board is what somebody joins or leaves and nothing else: in "Osprey Exec Leaves Corvid Board" no board goes."""
    return post.best.chunk.low.startswith("board") and all(_is_joined(seen, place) for place in post.places)


def _is_joined(seen: View, place: Place) -> bool:
    items, at = seen.rows[place.row].items, place.at - 1
    if items[place.at].kind == "frame":  # "joins board"
        return True
    while at >= 0 and (items[at].named or items[at].low in _WHOSE):
        at -= 1
    frame = items[at].frame if at >= 0 else None
    return frame is not None and frame.template in lexicon.PERSON_PASSES


_VACANT = frozenset("vacancy job role post seat position slot opening".split())
_FILLED = frozenset({"with", "to"})


def is_filled(seen: View, post: Named) -> bool:
    """Whether a post is only what somebody told of by another gets: "Osprey fills CFO vacancy with Corvid veteran"."""
    return all(_is_filled(seen.rows[place.row].items, place.at) for place in post.places)


def _is_filled(items: Sequence[Chunk], at: int) -> bool:
    if low_at(items, at + 1) not in _VACANT or low_at(items, at + 2) not in _FILLED:
        return False
    return any(c.kind in ("role", "person") and not c.owns for c in items[at + 3 : at + 7])


def reorders(seen: View, post: Named) -> bool:
    """Whether all that a story tells of a post's holder is that he changes others' posts: "Osprey CEO overhauls leadership"."""
    return all(_reorders(seen.rows[place.row].items, place.at) for place in post.places)


def _reorders(items: Sequence[Chunk], at: int) -> bool:
    verbs = [c.frame.template for c in items if c.frame is not None]
    changes = any(c.low.split(" ")[0] in _REORDERS for c in items[at + 1 :] if c.kind != "word")
    return changes and lexicon.PERSON_GOES.isdisjoint(verbs)

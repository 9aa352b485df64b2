"""What has the verbs of a move and is none: a term made longer, executives who leave in general, and the like.

By the rules for labels who stays moves nowhere, and "executives are leaving in droves" are nobody. The weights see a post beside
"nominated" or "leaving" and cannot tell; here the grammar says no.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import monitor.classify.words.lexicon as lexicon
from monitor.classify.moves.cast.view import ROWS_READ
from monitor.classify.parsing.neighbours import acts, template
from monitor.classify.parsing.row import BREAKS, Row
from monitor.classify.words.guarded import Guarded

if TYPE_CHECKING:
    from monitor.classify.moves.cast.view import Named, View
    from monitor.classify.parsing.chunks import Chunk

_TERM = r"(?:contract|term|tenure|mandate|appointment)s?"
_ANOTHER = (
    r"(?:another|one more|an? (?:new|second|third|fourth|fifth|sixth|further|fresh|additional)|"
    r"(?:his|her) (?:second|third|fourth)|second|third|fourth|fifth|sixth) (?:[\w-]+[ -]year )?term\b"
)
_AGAIN = rf"(?:re-?election|re-?appointment|{_ANOTHER})"
# What is between, of one clause: no mark, and no "and" behind which another verb may stand.
_FEW = r"(?:(?! and \w+s\b|\b(?:search|hunt|talks|calls?|pressure|deal)\b)[^;:!?])"
_LONGER = Guarded(
    rf"\b(?:extend|renew|prolong)\w*\b{_FEW}{{0,80}}?\b{_TERM}\b|"
    rf"\b{_TERM}\b{_FEW}{{0,60}}?\b(?:extended|renewed|prolonged)\b|"
    r"\bre-?(?:elect|appoint)(?:s|ed|ing|ion|ment)?\b|"
    rf"(?:\b(?:nominat|propos|recommend)\w*\b{_FEW}{{0,80}}?)?\b(?:for|gets?|wins?|won|given|gains?|secures?|starts?) {_AGAIN}|"
    rf"\b(?:stays?|remains?|continues?)\b{_FEW}{{0,60}}?\b(?:for {_ANOTHER}|(?:through|beyond) 20\d\d|more years)|"
    rf"\b(?:signs?|signed|gets?|given|agrees?)\b (?:an? )?(?:new|fresh|longer|\w+-year)\b{_FEW}{{0,30}}?\bcontract\b",
    *("extend", "renew", "prolong", "elect", "appoint", " term", "contract", " 20", "more years"),
)
# A longer term that is refused, opposed or told of beside somebody's way out says nothing of staying.
_BUT = re.compile(
    r"\b(?:not|never|cannot|without|declin\w+|refus\w+|reject\w+|against|oppos\w+|fail\w*|lose[sd]?|lost|block\w*|instead|unless|"
    r"ousted|fired|sacked|former|ex|return\w*|again|after|despite|forgo\w*|withdraw\w*|abandon\w*|rules? out|gives? up|no longer|"
    r"outgoing|departing|successor|replacement)\b|"
    r"n['’]t\b"
)
_COMMITTEE = "board.nomination"  # "the nomination committee" does what is told, and is nobody's nomination
_IN_GENERAL = Guarded(
    r"\bin droves\b|\bin record numbers?\b|"
    r"\b(?:executive|leadership|management|c-suite|talent) (?:exodus|turnover|churn)\b",
    *("droves", "record number", " exodus", " turnover", " churn"),
)
_COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|half|\d+)\b", re.I)


# Whom somebody plays, and who sits on what committee of a board: no post changes hands.
_PLAYED = re.compile(
    r"\b(?:(?:will|to|would|is set to) (?:play|portray|star as)|plays|portrays|starring as|stars as|cast as) (?:an? |the )?"
    r"(?:[\w-]+ ){0,3}?(?:chief|ceo|executive|boss|founder|president|tycoon|mogul)\b",
    re.I,
)
_SCREEN = re.compile(
    r"\b(?:film|movie|drama|series|sitcom|miniseries|biopic|thriller|comedy|musical|play|season|episode)s?\b", re.I
)
_COMMITTEES = re.compile(r"\b(?:board|audit|nominat\w+|remuneration|compensation|risk|governance) committees?\b", re.I)
_REVOLTS = frozenset("rebel rebels junta army soldiers troops coup mutineers protesters insurgents militants putschists".split())
_SHUFFLES = re.compile(r"\b(?:refresh|reshuffl|rotat|shuffl|rejig|reconstitut|realign)\w*\b", re.I)


_DEATH = Guarded(
    r"\b(?:passed away|passes away|dies|died|dead at|obituary)\b",
    *("passed away", "passes away", "dies", "died", "dead at", "obit"),
)
_DEATH_FRAME, _LEAVE_FRAME = "other.death_vacates", "other.take_leave"
_NUMBER = r"(?:\d+|three|four|five|six|seven|eight|nine|ten|twelve)"
_OF_FIRMS = r"(?:founders|ceos|bosses|executives|entrepreneurs|chief executives)"
_OF_OLD = re.compile(
    rf"{_NUMBER} (?:(?:famous|celebrated|well-known|legendary|notable|iconic|great) (?:[\w-]+ )?{_OF_FIRMS}\b|"
    rf"(?:(?:other|tech|startup|company) ){{0,2}}{_OF_FIRMS} who\b)",
    re.I,
)
_QUOTED = re.compile(r"\bjoin(?:s|ed|ing)? (?:the )?(?:cast of )?[“\"]", re.I)
_ASSISTANT = re.compile(
    r"\b(?:['’]s|executive|personal) (?:[\w-]+ ){0,2}?(?:assistant|bodyguard|driver|intern|nanny) "
    r"(?:quits?|leaves?|resigns?|departs?|has (?:quit|left|resigned)|is (?:leaving|out|gone))\b",
    re.I,
)
_STAFF = re.compile(
    r"\b(?:laid[ -]off|employees|workers|staff|staffers|\w{4,}rs) (?:\w+ ){0,3}?"
    r"(?:ask|asks|sue|sues|say|says|demand|want|seek|claim)\b",
    re.I,
)


def no_move(rows: Sequence[Row]) -> bool:
    """Whether all that a story has of a move is a term made longer, executives who leave in general, a part on a screen,
    who of a board sits on which committee, a revolt against who heads a state, nobody at all, or what ``_of_no_post`` lists."""
    return (
        _only_longer(rows)
        or _in_general(rows)
        or _on_screen(rows)
        or _of_committees(rows)
        or _of_a_revolt(rows)
        or _of_no_post(rows)
        or _of_nobody(rows)
    )


def _of_nobody(rows: Sequence[Row]) -> bool:
    """Whether a story names nobody and no firm, and its headline has no verb of a move: "CEO turnover: what it can signal"."""
    title = [c for row in rows if row.sentence.field == "title" for c in row.items]
    return not any(c.frame is not None for c in title) and not any(row.names for row in rows[:ROWS_READ])


def _of_no_post(rows: Sequence[Row]) -> bool:
    """A headline of a death and nothing else, a list of founders of old, who joins something in quotation marks, somebody's
    assistant who goes, or the leave that employees take."""
    title = [row for row in rows if row.sentence.field == "title"]
    text = " ".join(row.sentence.text for row in title)
    verbs = [c for row in title for c in row.items if c.frame is not None]
    below = [c for row in rows[len(title) : ROWS_READ] for c in row.items if c.frame is not None]
    if _DEATH.search(text):
        return all(c.frame is not None and c.frame.id == _DEATH_FRAME for c in (*verbs, *below))
    if _OF_OLD.match(text):
        return not any(c.named for row in title for c in row.items)
    if _QUOTED.search(text):
        return not any(c.role is not None for row in rows[:ROWS_READ] for c in row.items)
    if _STAFF.search(text):
        return bool(verbs) and all(c.frame is not None and c.frame.id == _LEAVE_FRAME for c in (*verbs, *below))
    return _ASSISTANT.search(text) is not None and not any(c.role is not None and c.role.level <= 3 for c in _roles(title))


def _roles(rows: Sequence[Row]) -> list[Chunk]:
    return [c for row in rows for c in row.items if c.role is not None and not c.role.generic]


def _on_screen(rows: Sequence[Row]) -> bool:
    text = " ".join(row.sentence.text for row in rows[:ROWS_READ])
    return _PLAYED.search(text) is not None and _SCREEN.search(text) is not None


def _of_a_revolt(rows: Sequence[Row]) -> bool:
    title = [c for row in rows if row.sentence.field == "title" for c in row.items]
    posts = [c for c in title if c.role is not None]
    firm = any(c.org is not None for c in title)
    return not firm and any(c.low in _REVOLTS for c in title) and bool(posts) and all(c.low.endswith("president") for c in posts)


def _of_committees(rows: Sequence[Row]) -> bool:
    title = [row.sentence.text for row in rows if row.sentence.field == "title"]
    if not any(_COMMITTEES.search(text) and _SHUFFLES.search(text) for text in title):
        return False
    return not any(map(_goes, (c for row in rows[:ROWS_READ] for c in row.items)))


def longer(text: str) -> re.Match[str] | None:
    """Where a sentence says that somebody's term is made longer, if it does and says nothing against it."""
    found = _LONGER.search(text)
    return found if found is not None and _BUT.search(text.lower()) is None else None


def _only_longer(rows: Sequence[Row]) -> bool:
    title = [row for row in rows if row.sentence.field == "title"]
    if not any(longer(row.sentence.text) for row in title):
        return False
    known = {word for row in title for c in row.items if c.named for word in c.low.split()}
    return not any(_tells_more(row, known) for row in rows[:ROWS_READ])


def _tells_more(row: Row, known: set[str]) -> bool:
    """Whether a sentence has a verb of a move beside the longer term; in a summary only what is said of others than the
    headline's counts, for the rest is who they are."""
    found, start = longer(row.sentence.text), row.sentence.start
    first, end = (start + found.start(), start + found.end()) if found is not None else (0, 0)
    verbs = [c for c in row.items if c.frame is not None and not _inside(c, first, end)]
    if row.sentence.field == "title" or not verbs:
        return bool(verbs)
    return any(c.kind == "person" and known.isdisjoint(c.low.split()) for c in row.items) or any(map(_goes, verbs))


def _goes(c: Chunk) -> bool:
    return c.frame is not None and c.frame.action in ("depart", "retire", "dismiss")


_SOMEBODY = frozenset({"person", "org", "name", "role"})
_JOINTS = BREAKS | frozenset(": , and but while as with".split())


def is_kept(seen: View, one: Named) -> bool:
    """Whether somebody is told of first as whose term is made longer, and in that clause of no move: "Osprey extends CEO Ada
    Quill's contract", "proposes Ada Quill for another term"."""
    place, row = one.places[0], seen.rows[one.places[0].row]
    clause = next(clause for clause in _clauses(row.items) if place.at in clause)
    start = row.items[clause[0]].start
    found = longer(row.source[start : row.items[clause[-1]].end])
    if found is None:
        return False
    first, end = start + found.start(), start + found.end()
    return all(_inside(c, first, end) for c in row.items[clause[0] : clause[-1] + 1] if c.frame is not None)


def _inside(c: Chunk, first: int, end: int) -> bool:
    """Whether a verb is one of the longer term itself."""
    return (c.start < end and c.end > first) or (c.frame is not None and c.frame.id == _COMMITTEE)


def _clauses(items: Sequence[Chunk]) -> list[range]:
    """The numbers of the chunks of each clause. What has nobody of its own, or names alone, goes on with the clause before it."""
    found: list[range] = []
    joints = [at for at, c in enumerate(items) if c.low in _JOINTS]
    for first, end in pairwise([0, *joints, len(items)]):
        if found and not _has_its_own(items[first:end]):
            found[-1] = range(found[-1].start, end)
        else:
            found.append(range(first, end))
    return found


def _has_its_own(piece: Sequence[Chunk]) -> bool:
    """Whether a piece of a sentence tells of somebody before its verb, or of somebody whom a firm takes or elects."""
    verb = next((at for at, c in enumerate(piece) if c.frame is not None), len(piece))
    if any(c.kind in _SOMEBODY for c in piece[:verb]):
        return any(c.kind not in _SOMEBODY for c in piece[1:])
    takes = verb < len(piece) and template(piece[verb]) not in lexicon.PERSON_GOES and acts(piece[verb])
    return takes and any(c.named for c in piece[verb:])


def _in_general(rows: Sequence[Row]) -> bool:
    """Whether a headline tells of an exodus and the story has nobody, no number and no post of one."""
    title = [row.sentence.text for row in rows if row.sentence.field == "title"]
    if not any(_IN_GENERAL.search(text) for text in title) or any(map(_COUNTED.search, title)):
        return False
    read = [c for row in rows[:ROWS_READ] for c in row.items]
    return not any(c.kind == "person" or _is_of_one(c) for c in read)


def _is_of_one(c: Chunk) -> bool:
    return c.role is not None and not c.role.plural and ("chief" in c.low or not c.role.generic)

"""What somebody is to lead, leads or led, where a story names the task and not the post: "to lead its ads push"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import beside, low_at

if TYPE_CHECKING:
    from monitor.classify.parsing.row import Row

TASK = "appoint.lead"  # the frame "to lead", "will run" …
LONGEST = 7  # chunks of a task
_ITEM = 3  # chunks of what is listed
_AND = frozenset({"and", "&"})
_UNITS = frozenset("unit units team teams group division divisions business businesses organization organisation".split())
_ENDS = frozenset(
    ", . ; : ( ) - — – | as after amid from at in on with by who which that while when under and including following until "
    "starting ahead since before during where focused focusing".split()
)
_EMPTY = frozenset("the a an its their his her new".split())
_VERBS = frozenset(
    "lead leads leading led run runs running ran oversee oversees overseeing oversaw head heads heading headed "
    "manage manages managing managed spearhead spearheads spearheading spearheaded helm helms helming helmed chair".split()
)
# Behind these "lead", "run" and "head" are nouns; before these nothing is led.
_NOUN_AFTER = frozenset("a an the its their his her of new this that in long current previous next top for from tech".split())
_NOTHING = frozenset("by to of from into through out in on at , . ; : for and or up".split())
_LOOKS = frozenset({"look", "looks", "looking", "looked"})  # "looks after the cloud business"
_CHARGES = frozenset({"takes charge", "take charge", "took charge", "assumes charge", "take the helm", "takes the helm"})
_HAS_CHARGE = frozenset("in takes take taking took given gets get has have".split())

_ROLES = frozenset({"role", "post", "job"})
_GOES_TO = frozenset("to for into gets get takes take a an the".split())
_KIND = 3  # chunks of what kind of post it is
# What says nothing of a post, or makes it a message.
_NO_KIND = frozenset(
    "new old top same his her their its this that current former previous next last bigger big better first vacant key created "
    "expanded similar another blog linkedin facebook instagram social media x online , .".split()
)

_TELL = _VERBS | _LOOKS | _ROLES | {"charge"}
TO_COME = frozenset("lead run oversee head manage spearhead helm chair".split())


def ahead(c: Chunk) -> bool:
    """Whether a task is still to be done: "run its ads", and not "ran …" or "running …"."""
    return c.kind == "task" and c.low.split(None, 1)[0] in TO_COME


def tellers(row: Row) -> list[int]:
    """The chunks that a task may begin with: of most rows none."""
    return [at for at, c in enumerate(row.items) if (c.low in _TELL if c.frame is None else _tells(row, at))]


def _tells(row: Row, at: int) -> bool:
    """Whether a verb leads: "to lead", "takes charge", and of somebody "who runs", but not "Who runs Osprey?"."""
    c = row.items[at]
    if c.frame is not None and c.frame.id == TASK:
        return True
    return c.low in _CHARGES or (c.low == "who runs" and at > 0)


def task(row: Row, at: int) -> Chunk | None:
    """The words from a verb that leads on to the end of the phrase, or "charge of …"; None where none begins."""
    c = row.items[at]
    if c.frame is not None:
        behind = low_at(row.items, at + 1)
        if c.low in _CHARGES:
            return _charge(row, at, behind)
        heads_for = behind == "to"  # "will head to Osprey"
        return None if not _tells(row, at) or heads_for else _phrase(row, at, len(c.text) - len(c.text.split()[-1]))
    if c.kind != "word":
        return None
    before = low_at(row.items, at - 1)
    if c.low in _ROLES:
        return _kind_of_post(row, at)
    if c.low in _LOOKS:
        follows = at + 2 < len(row.items) and row.items[at + 1].low == "after"
        return _phrase(row, at, 0, skip=1) if follows else None
    if c.low in _VERBS:
        after = beside(row.items, at + 1)
        if after is None or after.low in _NOTHING or after.kind == "role" or (after.kind == "frame" and not _is_work(after)):
            return None
        if after.kind == "person" and not after.owns:
            return None  # "Osprey Americas head Ada Quill"
        noun = before in _NOUN_AFTER and not c.low.endswith("ing")
        return None if noun or (at and row.items[at - 1].owns) else _phrase(row, at, 0)
    if c.low == "charge" and before in _HAS_CHARGE:
        return _whole(row, at)
    return None


def _kind_of_post(row: Row, at: int) -> Chunk | None:
    """ "finance post" in "names Ada Quill to finance post": of what kind, where no post is named; the "top job" is any."""
    first = at
    while first and at - first <= _KIND and row.items[first - 1].low not in _GOES_TO and not _goes(row.items[first - 1]):
        first -= 1
    words = row.items[first:at]
    if not first or not words or len(words) > _KIND or any(c.kind in ("role", "frame") or c.owns for c in words):
        return None
    behind = low_at(row.items, at + 1)
    if len(words) == 1 and words[0].low == "top" and behind not in ("as", "of"):
        return _chunk(row, first, at, words[0].start)
    if behind in ("as", "of") or words[-1].low in _NO_KIND or words[-1].low in _VERBS:  # "lead role" is told by its verb
        return None
    return _chunk(row, first, at, row.items[first].start)


def _goes(c: Chunk) -> bool:
    """ "exits marketing post": a verb of who leaves."""
    return c.frame is not None and c.frame.template == "PERSON_LEAVES"


def is_top(c: Chunk) -> bool:
    """The "top job": what is told where no post is."""
    return c.kind == "task" and c.low.startswith("top ")


def _is_work(c: Chunk) -> bool:
    """Whether what is led is called as a verb is: "running recruiting"."""
    return c.low in ("recruiting", "hiring")


def _charge(row: Row, at: int, after: str) -> Chunk | None:
    """ "charge of …" in "takes charge of …", "helm of …", and "takes charge" where nothing is said of what."""
    c = row.items[at]
    if after == "of":
        whole, lead = _whole(row, at), len(c.text) - len(c.text.split()[-1])
        return whole._replace(start=whole.start + lead, text=whole.text[lead:], low=whole.low[lead:])
    return None if after == "as" else _chunk(row, at, at, c.start)


def _phrase(row: Row, at: int, lead: int, skip: int = 0) -> Chunk | None:
    """The task from ``at`` on, of which ``lead`` letters and the ``skip`` chunks behind it belong to the verb."""
    c, last = row.items[at], at
    for i in range(at + 1 + skip, min(at + 1 + LONGEST, len(row.items))):
        if (row.items[i].kind == "frame" and not (i == at + 1 and _is_work(row.items[i]))) or (
            row.items[i].low in _ENDS and not _goes_on(row.items, i)
        ):
            break
        last = i
    if all(row.items[i].low in _EMPTY for i in range(at + 1 + skip, last + 1)):
        return None
    return _chunk(row, at, last, c.start + lead)


def _goes_on(items: Sequence[Chunk], at: int) -> bool:
    """Whether a comma or "and" stands within a list of what one unit does: "run AGI, chips and quantum unit"."""
    joint = at
    if items[at].low == ".":  # "run its U.S. business": a sentence ends in its last chunk only
        return at + 1 < len(items) and items[at + 1].text[:1].islower()
    if items[at].low == ",":
        joint = next((i for i in range(at + 2, min(at + 2 + _ITEM, len(items))) if items[i].low in _AND), at)
    if items[joint].low not in _AND:
        return False
    unit = next((i for i in range(joint + 1, min(joint + 2 + _ITEM, len(items))) if items[i].low in _UNITS), joint)
    listed = (*items[at + 1 : joint], *items[joint + 1 : unit])
    return unit > joint and all(c.kind != "frame" and c.low not in _ENDS for c in listed)


def _whole(row: Row, at: int) -> Chunk:
    """ "charge", with what it is of."""
    last = at
    if at + 2 < len(row.items) and row.items[at + 1].low == "of":
        last = next((i - 1 for i in range(at + 2, len(row.items)) if row.items[i].low in _ENDS), len(row.items) - 1)
        last = min(last, at + LONGEST)
    return _chunk(row, at, last, row.items[at].start)


def _chunk(row: Row, at: int, last: int, start: int) -> Chunk:
    end = row.items[last].end
    text = row.source[start:end]
    return Chunk("task", row.items[at].first, row.items[last].last, start, end, text, text.lower())

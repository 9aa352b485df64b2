"""Whether somebody goes: into a post, out of one, or at all, as no firm does."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import beside, is_post, template
from monitor.classify.words.lexicon import PERSON_PASSES
from monitor.classify.words.name_words import FIRMS_TOO

BE = frozenset("has have had was is been being will to".split())
_PLANS = frozenset("set expected due planning plans".split())
_TERM = frozenset("year years month months week weeks decade decades".split())
_CLAUSE_ENDS = frozenset("; — – | : amid while but".split())
_POST_NEAR = 5  # chunks from "as" to the post


_BY_ONE = frozenset({"hired", "poached", "recruited", "snapped up", "lured", "signed", "headhunted"})
_GOODBYE = ("goodbye to", "farewell to", "adieu to")
_PARTS = (" ways", " company")


def is_left(items: Sequence[Chunk], i: int) -> int:
    """ "partners bolt from X Y", "Ada Quill leaves X Y", "Ada Quill says goodbye to X Y": how much that speaks for a firm."""
    out = beside(items, i - 1)
    at = i - 2 if out is not None and out.low == "from" else i - 1
    verb, who = beside(items, at), beside(items, at - 1)
    if verb is None or who is None or (items[i].kind == "person" and items[i].owns):
        return 0
    leaves = template(verb) == "PERSON_LEAVES" or (template(verb) == "PERSON_STEPS" and at == i - 2)
    if not leaves and not (template(verb) == "ORG_LOSES" and verb.low.endswith(_GOODBYE)):
        return 0
    return 3 * (who.kind in ("role", "person"))


def takes_or_loses(items: Sequence[Chunk], i: int) -> int:
    """ "hired by X Y", "X Y parts ways with its chief": how much that speaks for a firm."""
    before, second = beside(items, i - 1), beside(items, i - 2)
    if before is not None and second is not None and before.low == "by" and second.low in _BY_ONE:
        return 3 if items[i].kind == "name" else 2
    at = _verb(items, i, 2)
    verb, with_whom = beside(items, at), beside(items, at + 1)
    if verb is None or with_whom is None or not (verb.low.startswith("part") and verb.low.endswith(_PARTS)):
        return 0
    post = next((c for c in items[at + 2 : at + 5] if c.kind != "word"), None)
    return 3 * (with_whom.low == "with" and post is not None and post.kind == "role")


_PICKS = frozenset({"picks", "taps", "picked", "tapped", "to pick", "to tap"})
_AS = frozenset({"as", "to"})


def whose_post(items: Sequence[Chunk], i: int) -> bool:
    """ "hires X Y finance chief", "picks X Y CFO to run": of a name that shape leaves open, the firm whose chief is taken. Who
    is taken himself is named something, "names X Y finance chief", or hired as it."""
    verb, post, after = beside(items, i - 1), beside(items, i + 1), beside(items, i + 2)
    if verb is None or items[i].kind == "person" or not is_post(post) or (after is not None and after.named):
        return False
    goes = after is not None and (after.low in _AS or after.low.startswith("to "))
    if template(verb) == "ORG_NAMES":
        return verb.low in _PICKS and goes
    return template(verb) == "ORG_TAKES_PERSON" and not verb.low.startswith(("add", "welcome", "bring"))


_JOBS = frozenset("role post job position".split())
_AT_ONE = frozenset("at of with after amid over ; ,".split())


def leaves_post(items: Sequence[Chunk], i: int) -> int:
    """ "X quits senior role at Osprey", "X leaves top post after row": what no firm has; how much that speaks for a person."""
    at = _verb(items, i, 2)
    if template(beside(items, at)) not in ("PERSON_LEAVES", "PERSON_STEPS"):
        return 0
    for n in range(at + 1, min(at + 4, len(items))):
        if items[n].low in _JOBS:
            behind = beside(items, n + 1)
            return 2 * (behind is None or behind.low in _AT_ONE)
        if items[n].kind != "word" or items[n].low in _AT_ONE:
            break
    return 0


_GETS = frozenset("gets got has needs seeks wants finds lands awaits".split())
_ARRIVING = ("new ", "next ", "interim ", "first ", "permanent ")


def is_given_chief(items: Sequence[Chunk], i: int) -> int:
    """ "X Y gets new boss", "X Y has a new chief executive": how much that speaks for a firm."""
    verb, at = beside(items, i + 1), i + 2
    if items[i].kind != "name" or verb is None or verb.low not in _GETS:
        return 0
    at += (one := beside(items, at)) is not None and one.low in ("a", "an", "its")
    post = beside(items, at)
    return 3 * (post is not None and is_post(post) and (post.low.startswith(_ARRIVING) or items[at - 1].low == "its"))


def has_board(items: Sequence[Chunk], i: int) -> int:
    """ "board of X Y", "X Y board fires chief": how much that speaks for a firm."""
    before, second, after, third = (beside(items, n) for n in (i - 1, i - 2, i + 1, i + 2))
    if before is not None and second is not None and before.low == "of" and second.low == "board":
        return 3
    acts = third is not None and third.frame is not None and third.low.endswith(("s", "ed"))
    return 3 * (after is not None and after.low == "board" and acts and i == 0)


_SECONDS = frozenset({"deputy", "no. 2", "number two", "second in command", "second-in-command"})


def is_of_a_firm(c: Chunk | None) -> bool:
    """Whether a chunk is a post that firms have, and not people as well: "Ada Quill's deputy"."""
    return c is not None and is_post(c) and c.low not in _SECONDS


def _verb(items: Sequence[Chunk], i: int, most: int) -> int:
    """Where the verb of chunk ``i`` stands, behind ``most`` + 1 words of "is set to" at the utmost."""
    at = i + 1
    while at < len(items) and at <= i + 1 + most and (items[at].low in BE or items[at].low in _PLANS):
        at += 1
    return at


def leaves_later(items: Sequence[Chunk], i: int) -> bool:
    """ "with Quill set to retire", "that Quill was departing as chair": what no firm does."""
    at = _verb(items, i, 2)
    verb = beside(items, at)
    if at == i + 1 or verb is None or verb.frame is None:
        return False
    if verb.frame.template == "PERSON_STEPS":
        return verb.frame.action in ("depart", "retire")
    after = beside(items, at + 1)
    return verb.frame.template == "PERSON_LEAVES" and after is not None and after.low == "as"


def goes_as(items: Sequence[Chunk], i: int) -> int:
    """ "X to join Osprey from Corvid as treasurer", "X Y is leaving Osprey after nine years": firms join and leave too, but into
    no post and out of none."""
    at = _verb(items, i, 3)
    verb = template(beside(items, at))
    if verb == "PERSON_SUCCEEDS":
        return _succeeds(items, at)
    if verb not in PERSON_PASSES:
        return 0
    after = beside(items, at + 1)
    found = 3 * (verb == "PERSON_JOINS" and after is not None and after.low == "from")  # "Quill joins from Osprey"
    for n in range(at + 1, len(items)):
        low = items[n].low
        if items[n].kind == "frame" or low in _CLAUSE_ENDS:
            break
        if low == "after" and verb == "PERSON_LEAVES" and " " in items[i].text:
            found = 2 * any(c.low in _TERM for c in items[n + 1 : n + _POST_NEAR])
        if low == "as":
            return 3 if _into_post(items, n) else 0
    return found


def _succeeds(items: Sequence[Chunk], verb: int) -> int:
    """ "X Y succeeds Ada Quill as treasurer", and of "replaces", which a firm does as well, where it is said of whose post:
    "X Y to replace Ada Quill as treasurer of Osprey"."""
    somebody, at = beside(items, verb + 1), verb + 2
    if somebody is None or not somebody.named or at >= len(items) or items[at].low != "as" or not _into_post(items, at):
        return 0
    return 3 if "succe" in items[verb].low or any(c.named for c in items[at : at + _POST_NEAR]) else 0


def _into_post(items: Sequence[Chunk], at: int) -> bool:
    """Whether the "as" at ``at`` tells the post, and not what its holder does meanwhile: "as chief quits"."""
    near = [n for n in range(at + 1, min(at + _POST_NEAR, len(items))) if items[n].kind != "word"]
    if near and items[near[0]].named and is_post(beside(items, near[0] + 1)):
        del near[0]  # "as Osprey chief"
    post = near[0] if near else None
    if post is None or not is_post(items[post]) or items[post].low.split()[-1] in FIRMS_TOO:
        return False
    after, third = beside(items, post + 1), beside(items, post + 2)
    if after is None:
        return True
    acts = after.kind == "frame" or after.named or after.low.startswith("to ") or (after.low in BE and after.low != "to")
    return not acts and not (after.low == "to" and third is not None and third.kind == "frame")

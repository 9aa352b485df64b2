"""A headline's post without a name and the person of the summary who holds or gets it are one.

"Corvid's finance chief to retire", "Corvid names finance chief" and then "Ada Quill, who …": the headline's clause is told of
her. Where exactly one person of the summary can be meant, a stand-in of no width takes its stand beside the post, as if the
headline had named her: "Corvid's finance chief Quill to retire", "Corvid names Quill finance chief".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import action_at, low_at, template_at
from monitor.classify.parsing.row import Row
from monitor.classify.words.sameness import name_words, same_name, unfold

READ = 4  # sentences of the summary that are looked at
NEAR = 5  # chunks between somebody and the post told of them
LONGEST = 7  # chunks that a post is of: "chief executive of the Northern Association of Realtors"
_ACTS = frozenset({"PERSON_STEPS", "PERSON_LEAVES", "HANDOVER"})
_LOSES = frozenset({"ORG_LOSES", "ORG_OUSTS", "PERSON_SUCCEEDS"})
_TAKES = frozenset({"ORG_TAKES_PERSON", "ORG_NAMES", "ORG_PROMOTES"})
_AUXILIARY = frozenset("to will is has abruptly plans set due expected and".split())
_BEHIND_A_POST = _AUXILIARY | {"as", ",", ";", ":"}
_BEFORE = frozenset("a an the its their his her new next longtime top senior former ex long-time".split())
_NOUNS = frozenset("transition search succession switch change shake-up".split())
_SAY = frozenset({"said", "says", "told", "wrote", "added", "tells", "writes"})
_SAY_OR_BY = _SAY | {"by"}
_BARE = frozenset(
    "executive exec leader veteran boss chief insider official head researcher engineer scientist analyst pioneer banker".split()
)
_RANK = frozenset("chief officer group global interim acting former executive senior president vice head co".split())
_NEW = ("new ", "next ", "incoming ", "interim ", "acting ", "first ", "permanent ")


class Post(NamedTuple):
    """A post of the headline: ``way`` "leaves" of one whose holder acts or is lost, "taken" of one whose holder is hired
    away or joins, "gets" of one that is filled; ``before`` the number of the chunk that a name would stand before."""

    chunk: Chunk
    way: str
    before: int


def headed(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with a stand-in at each post of the headline that is somebody's of the summary."""
    if len(rows) < 2 or rows[0].sentence.field != "title":
        return rows
    title = rows[0]
    if any(c.kind == "person" for c in title.items) or not any(c.kind == "role" for c in title.items):
        return rows
    posts = list(_posts(title.items))
    people = _people(rows[1 : 1 + READ]) if posts else {}
    placed: dict[int, str] = {}
    for post in posts:
        name = _whose(post, people)
        if name and name not in placed.values():
            placed[post.before] = name
    return [Row(title.sentence, title.source, _with(title.items, placed)), *rows[1:]] if placed else rows


def _with(items: Sequence[Chunk], placed: dict[int, str]) -> list[Chunk]:
    found: list[Chunk] = []
    for at, c in enumerate(items):
        if at in placed:
            found.append(_stand_in(c.first, c.start, placed[at]))
        found.append(c)
    if len(items) in placed:
        found.append(_stand_in(items[-1].last + 1, items[-1].end, placed[len(items)]))
    return found


def is_stand_in(c: Chunk) -> bool:
    return c.kind == "person" and not c.text


def _stand_in(first: int, start: int, name: str) -> Chunk:
    return Chunk("person", first, first - 1, start, start, "", name.lower())


def _posts(items: Sequence[Chunk]) -> Iterator[Post]:
    for at, c in enumerate(items):
        if c.kind == "role" and c.role is not None and not c.role.plural:
            first = at
            while first and items[first - 1].kind == "word" and items[first - 1].low in _BEFORE:
                first -= 1
            owned = first > 0 and items[first - 1].named
            verb = first - 1 - owned
            while verb >= 0 and items[verb].kind == "word" and items[verb].low in _BEFORE:
                verb -= 1
            end = _end(items, at)
            if _held(items, first, end):
                continue
            after = end
            while after < len(items) and items[after].kind == "word" and items[after].low in _AUXILIARY:
                after += 1
            way = _acts(items, after) or _suffers(items, at, verb, after, owned)
            if way:
                yield Post(c, way, first if way == "gets" else end)


def _held(items: Sequence[Chunk], first: int, end: int) -> bool:
    """Whether somebody with a name stands beside a post."""
    after = end + (low_at(items, end) in (",", "and", "including"))
    before = first - 1 - (low_at(items, first - 1) == ",")
    return any(0 <= i < len(items) and items[i].kind in ("person", "name") and not items[i].owns for i in (after, before))


def _end(items: Sequence[Chunk], at: int) -> int:
    """Where a post ends that is of something: "head of AI research | announces"."""
    if low_at(items, at + 1) not in ("of", "for", "at"):
        return at + 1
    for end in range(at + 2, min(at + 2 + LONGEST, len(items))):
        if items[end].kind == "frame" or (items[end].kind == "word" and items[end].low in _BEHIND_A_POST):
            return end
    return at + 1


def _acts(items: Sequence[Chunk], verb: int) -> str:
    """What its own verb says: "leaves" or "taken" of a post that resigns, or joins another firm."""
    template = template_at(items, verb)
    if template == "PERSON_JOINS":
        return "taken"
    leaving = template == "NOUN_PERSON" and action_at(items, verb) in ("depart", "retire", "dismiss")
    announces = low_at(items, verb).startswith("announce") and action_at(items, verb + 1) in ("depart", "retire")
    return "leaves" if leaving or announces or (template in _ACTS and action_at(items, verb) != "appoint") else ""


def _suffers(items: Sequence[Chunk], at: int, verb: int, after: int, owned: bool) -> str:
    """What is done to a post that stands behind a verb."""
    template, low = template_at(items, verb), low_at(items, verb)
    if template in _LOSES and low not in ("succeeded", "replaced"):
        return "leaves"
    if low_at(items, verb) == "of" and template_at(items, verb - 1) == "NOUN_PERSON":
        return "gets" if action_at(items, verb - 1) in ("appoint", "hire", "promote") else "leaves"
    if template not in _TAKES or (low.endswith("ed") and low_at(items, verb - 1) != "has") or low.startswith("announce"):
        return ""
    follows = low_at(items, after)
    if follows == "as":
        other = any(items[i].kind == "role" for i in range(after + 1, min(after + 4, len(items))))
    else:
        other = follows in ("to", "for", "from")
    if items[at].low.startswith(_NEW):
        return "" if other and follows == "as" else "gets"
    if other or owned or items[at].low.split()[-1] in _BARE or items[at].low.startswith(("former", "ex-")):
        return "taken" if other or after == len(items) or items[after].kind == "frame" or follows in (",", ";", ":") else ""
    return "" if follows in _NOUNS else "gets"


def _people(rows: Sequence[Row]) -> dict[str, list[tuple[Row, int]]]:
    """Each person of the rows, by the fullest name, with every place."""
    found: dict[str, list[tuple[Row, int]]] = {}
    for row in rows:
        for at, c in enumerate(row.items):
            if c.kind == "person":
                name = next((one for one in found if same_name(one, name_words(c.text))), None)
                found.setdefault(name or c.text, []).append((row, at))
    return found


def _whose(post: Post, people: dict[str, list[tuple[Row, int]]]) -> str:
    """The one person whose post it is; "" where there is none, or more than one may be meant."""
    told = {name: {w for row, at in places for w in _stands(row.items, at, post.chunk)} for name, places in people.items()}
    if post.way == "leaves":
        sure = [name for name, words in told.items() if "leaves" in words and "gets" not in words] or [
            name for name, words in told.items() if "replaced" in words
        ]
        goes = [name for name, words in told.items() if words == {"goes"}]
        if len(sure) == len(goes) == 1 and "goes" not in told[sure[0]]:
            sure = goes  # and not the deputy of who goes
        barred = {"agent", "other", "gets", "gets other"}
    elif post.way == "taken":
        sure = [name for name, words in told.items() if words & {"gets", "gets other"}] or [
            name for name, words in told.items() if "leaves" in words
        ]
        barred = {"agent", "replaced", "other"}
    else:
        sure = [name for name, words in told.items() if "gets" in words]
        barred = {"agent", "replaced", "other", "gets other", "leaves"}
    if len(sure) == 1:
        return sure[0]
    left = [name for name, words in told.items() if not words & barred]
    return left[0] if not sure and len(left) == 1 and len(people) == 1 else ""


def _takes(items: Sequence[Chunk], at: int) -> bool:
    if template_at(items, at) == "NOUN_PERSON":
        return action_at(items, at) in ("appoint", "hire", "promote")
    return template_at(items, at) in _TAKES and not low_at(items, at).startswith("announce")


def _stands(items: Sequence[Chunk], at: int, post: Chunk) -> Iterator[str]:
    """What a sentence tells of the person at ``at`` and the headline's post: that he "leaves" or holds it or "gets" it, has an
    "other" one or "gets other", is "replaced", is an "agent" who says or names."""
    before = next((i for i in range(at - 1, max(at - 4, -1), -1) if template_at(items, i) == "PERSON_SUCCEEDS"), None)
    if before is not None:
        yield "gets" if low_at(items, before + 1) == "by" else "replaced"
        return
    if any(template_at(items, i) == "PERSON_SUCCEEDS" and low_at(items, i + 1) == "by" for i in range(at + 1, at + 4)):
        yield "replaced"
    if low_at(items, at - 1) in _SAY_OR_BY or low_at(items, at + 1) in _SAY:
        yield "agent"
    if post.low != "board" and _goes(items, at):
        yield "goes"
    yield from _gets_and_holds(items, at, post)


def _goes(items: Sequence[Chunk], at: int) -> bool:
    """Whether somebody's own verb says that he goes, without saying what from: "Ada Quill is leaving for personal reasons"."""
    verb = at + 1
    while low_at(items, verb) in _AUXILIARY:
        verb += 1
    goes = template_at(items, verb) in _ACTS and action_at(items, verb) in ("depart", "retire")
    return goes and not (verb + 1 < len(items) and items[verb + 1].named)


def _gets_and_holds(items: Sequence[Chunk], at: int, post: Chunk) -> Iterator[str]:
    """What is told of the person's own posts, up to the next person, clause or post."""
    taken, held, got = _is_taken(items, at), _held_before(items, at, post), ""
    for i in range(at + 1, min(at + 2 + NEAR, len(items))):
        c = items[i]
        if c.kind == "person" or (c.low == "," and i > at + 1 and low_at(items, at + 1) != ","):
            break
        taken = taken or _comes(items, i)
        if c.kind == "role":
            apposition = low_at(items, at + 1) == "," or any(x.low in ("was", "is", "former", "who") for x in items[at + 1 : i])
            if taken and not apposition:
                got = "gets" if alike(c.low, post.low) else "gets other"
            else:
                held = held or _holds(c, post)
            break
    if taken and not got:
        got = "gets"
    yield from (word for word in (got, "" if got and held == "other" else held) if word)


def _is_taken(items: Sequence[Chunk], at: int) -> bool:
    """Whether a verb before somebody takes him, or a participle behind: "names Ada Quill", "Ada Quill was named"."""
    if any(_takes(items, i) for i in range(max(at - 3, 0), at)):
        return True
    return any(_takes(items, i) and items[i].low.endswith("ed") for i in range(at + 1, min(at + 4, len(items))))


def _comes(items: Sequence[Chunk], i: int) -> bool:
    """Whether the verb at ``i`` takes its subject to a post."""
    template = template_at(items, i)
    if template == "PERSON_STEPS":
        return action_at(items, i) in ("appoint", "promote")
    return template == "PERSON_SUCCEEDS" or (template == "PERSON_JOINS" and low_at(items, i - 1) != "who")  # else it is long past


def _held_before(items: Sequence[Chunk], at: int, post: Chunk) -> str:
    """As of ``_holds``, of the post right before a name: "finance chief Ada Quill", "its finance chief, Ada Quill"."""
    before = at - 2 if low_at(items, at - 1) == "," else at - 1
    return _holds(items[before], post) if before >= 0 and items[before].kind == "role" else ""


def _holds(told: Chunk, post: Chunk) -> str:
    """ "leaves" where the post of somebody is the headline's, "other" where it is not, "" where it says too little."""
    if not alike(told.low, post.low):
        return "other"
    return "leaves" if bare(post.low) or not bare(told.low) or told.low == post.low else ""


def alike(one: str, other: str) -> bool:
    """Whether two posts as written, in lower case, may be one: "CFO" and "finance chief", "boss" and whatever."""
    a, b = unfold(one), unfold(other)
    if not a or not b or a <= b or b <= a:
        return True
    if bare(one) or bare(other):
        return True
    if any("".join(w[0] for w in low.split()) == short for low, short in ((one, other), (other, one))):
        return True  # "CCO", "chief commercial officer"
    return bool({w[:5] for w in a - _RANK} & {w[:5] for w in b - _RANK})


def bare(low: str) -> bool:
    """Whether a post says so little that whoever has another one may be meant: "executive", "chief"."""
    return low.split()[-1] in _BARE and "chief exec" not in low and not unfold(low) - _RANK - _BARE

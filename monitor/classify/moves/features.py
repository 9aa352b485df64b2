"""What speaks for or against a move of a senior person, in three blocks of named features.

``g``: the clause by kinds: frames, posts, names and how they stand, with names taken out, so that what is learned from one
month's people holds for the next month's; and what world the story is of. ``t``: runs of words of the headline, ``b``: of the
whole text. Each block has the length of one (see ``linear.shares``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from monitor.classify.moves.cast.view import Place, View, view
from monitor.classify.moves.evidence.readings import beside, between_frames, direction
from monitor.classify.moves.patterns import patterns
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.row import Row
from monitor.classify.weights.runs import Features, Runs
from monitor.classify.words.cues import PUBLIC, cues
from monitor.classify.words.document import Document
from monitor.model import Story

CERTAIN_PRIOR, CERTAIN_LEVEL = 0.6, 3
SENTENCES_READ, CUES_READ = 2, 5  # of a summary, whose clauses count; of the whole story, whose words tell its world
WORDS = ("t:", "b:")  # the blocks of words: of the headline, of the whole text
TEXT_READ = 600  # characters of a summary whose words count
_MODIFIERS = (
    "new",
    "next",
    "incoming",
    "interim",
    "acting",
    "former",
    "ex",
    "outgoing",
    "departing",
    "permanent",
    "first",
    "longtime",
)
_WORDS = re.compile(r"[a-z0-9$']+")
_SURE = {public: f"gr:certain public {public}" for public in (False, True)}  # the grammar alone would say yes


def move_features(document: Document, rows: Sequence[Row], words: tuple[Runs, ...] = ()) -> Features:
    """Features with their block as first letter. ``words``: of the story, where they are made already."""
    first = sum(row.sentence.field == "title" for row in rows)  # the number of the summary's first row
    seen = view(rows[: first + SENTENCES_READ])
    title, summary = range(min(first, len(seen.rows))), range(first, len(seen.rows))
    said = {
        "t": cues(_lows(rows[:first])),
        "s": cues(_lows(rows[first:CUES_READ])),
    }
    found = {f"gq:{field}:{name}" for field, names in said.items() for name in names}
    public = bool(PUBLIC & (said["t"] | said["s"]))
    symbols: dict[str, list[list[str]]] = {"t": [], "s": []}
    for field, numbers in (("t", title), ("s", summary)):
        for r in numbers:
            found.update(_of_row(seen, r, field, PUBLIC & said[field], public))
            found.update(patterns(seen.rows[r], field))
            symbols[field].append(_symbols(seen.rows[r]))
    if any(_is_certain(seen.rows[r]) for r in title):
        found.add(_SURE[public])
    return Features(
        found,
        Runs("gw:", 4, tuple(["^", *words, "$"] for words in symbols["t"])),
        Runs("gv:", 2, tuple(symbols["s"])),
        *(words or move_words(document.story, document.title)),
    )


def move_words(story: Story, title: str) -> tuple[Runs, Runs]:
    """The blocks of words, of the headline without its outlet (``title``) and of the whole text."""
    plain = _WORDS.findall(title.lower().replace("’", "'"))
    text = f"{story.title} . {story.summary[:TEXT_READ]}".lower().replace("’", "'")
    return Runs(WORDS[0], 3, (plain,)), Runs(WORDS[1], 2, (_WORDS.findall(text),))


def _lows(rows: Sequence[Row]) -> tuple[str, ...]:
    return rows[0].sentence.lows if len(rows) == 1 else tuple([low for row in rows for low in row.sentence.lows])


def is_certain(features: Collection[str]) -> bool:
    """A headline with a senior post under a frame that seldom misleads, and no word of public office, sport or stage."""
    return _SURE[False] in (features.named if isinstance(features, Features) else features)


def _is_certain(row: Row) -> bool:
    prior = max((c.frame.prior for c in row.items if c.frame is not None), default=0.0)
    level = min((c.role.level for c in row.items if c.role is not None and not c.role.generic), default=9)
    return prior >= CERTAIN_PRIOR and level <= CERTAIN_LEVEL and any(c.named for c in row.items)


def _of_row(seen: View, r: int, field: str, worlds: frozenset[str], public: bool) -> Iterable[str]:
    prior, level = 0.0, 5
    for at, c in enumerate(seen.rows[r].items):
        if c.frame is not None:
            prior = max(prior, c.frame.prior)
            yield from (f"g{field}:{world} {c.frame.template}" for world in worlds)
            if not public:
                yield f"g{field}:clean {c.frame.template} {c.frame.action}"
        elif c.role is not None:
            level = min(level, c.role.level + (2 if c.role.generic else 0))
            yield from _of_standing(seen, Place(r, at, c), field, public)
        elif c.kind in ("person", "name"):
            yield from _of_standing(seen, Place(r, at, c), field, public)
    yield f"gcore:{field} {round(prior * 4)} {level} {public}"
    yield f"gcore:{field} {round(prior * 4)} {level}"


def _of_standing(seen: View, place: Place, field: str, public: bool) -> Iterable[str]:
    kind, modifier = _post(place.chunk) if place.chunk.role is not None else (place.chunk.kind[0], "")
    toward = direction(seen, place)
    before, behind = beside(seen, place)
    yield from (f"gk:{field} {kind} {toward}", f"gk:{field} {kind[:5]} {toward}", f"gk:{field} {kind} p1 {before} n1 {behind}")
    yield f"gk:{field} {kind} {between_frames(seen, place)}"
    if place.chunk.role is not None:
        yield f"gk:{field} {kind} {modifier}"
    if modifier:
        yield f"gk:{field} {modifier} {toward}"
    if not public:
        yield f"gk:{field} clean {kind} {toward}"


def _post(c: Chunk) -> tuple[str, str]:
    """A post's level as a word, and what stands before it: "new", "former", …"""
    assert c.role is not None
    modifier = next((word for word in _MODIFIERS if c.low.startswith((word + " ", word + "-"))), "")
    return f"_role{c.role.level}{'g' if c.role.generic else ''}{'s' if c.role.plural else ''}", modifier


def _symbols(row: Row) -> list[str]:
    """A sentence with kinds in the place of names, posts and frames."""
    words: list[str] = []
    for c in row.items:
        if c.kind == "word" and not c.low[:1].isdigit():
            words.append(c.low)
        elif c.role is not None:
            kind, modifier = _post(c)
            words += [modifier, kind] if modifier else [kind]
        elif c.kind in ("org", "person", "name"):
            of = c.org.kind if c.org is not None else ""
            words.append("_media" if of == "media" else "_gov" if of in ("government", "regulator") else f"_{c.kind}")
            words += ["'s"] if c.owns else []
        elif c.low[:1].isdigit():
            words.append("0" if not any(x.isalpha() for x in c.low) else "0" + c.low.lstrip("0123456789.,"))
        elif c.frame is not None:
            words.append(f"_f:{c.frame.template}:{c.frame.action}")
        else:
            words.append(c.low)
    return words

"""What somebody does whose name opens a clause: "X Y spent nine years at", "X Y has been set to leave", "X Y said that he"."""

from __future__ import annotations

from collections.abc import Sequence

import monitor.classify.words.lexicon as lexicon
from monitor.classify.moves.cast.goings import BE
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import beside, is_post, template
from monitor.classify.words.name_words import FIRMS_TOO

NEAR = 8  # chunks from somebody to the post told of him
_BEFORE_CLAUSE = frozenset("that said says as while when after ; : – —".split())
_PRONOUNS = frozenset("he she he'd she'd he'll she'll he's she's his her him who".split())
_PLANS = frozenset("set expected due in talks likely poised planning plans to".split())
_OPENS = frozenset(
    "did built has had have was is will would may spent ran led took takes gets got goes went held holds wrote moves returns "
    "arrives leads runs heads oversees oversaw began kept sits sat".split()
)
SAYS = frozenset({"said", "says", "told", "tells"})
_ADVERBS = frozenset("also then later previously formerly now already first most recently reportedly".split())
_ANNOUNCES = ("announce", "confirm")


def a_persons(c: Chunk | None) -> bool:
    """Whether a chunk is a post that only people have: a partner or an investor may be a firm."""
    return c is not None and is_post(c) and c.low.split()[-1] not in FIRMS_TOO


def does(items: Sequence[Chunk], i: int) -> int:
    """ "X Y spent nine years", "X Y had kept the seat warm as managing director", "as X Y quits": who opens a clause and does
    what firms seldom do, or what they do as well (1)."""
    verb = _verb_at(items, i)
    if verb < 0:
        return 0
    after, lead = items[verb], _lead(items, i)
    opens = lead in _BEFORE_CLAUSE
    goes = template(beside(items, _behind_plans(items, verb))) in lexicon.PERSON_GOES
    says = after.low.startswith(_ANNOUNCES)  # so do firms
    acts = says or (after.kind == "word" and _is_verb(after.low))
    if after.low in _ARRIVES and _from_firm(items, verb):
        return 2
    if not goes and not (acts and (opens or lead == ",")):
        return 0
    if _says_more(items, verb + 1, i + NEAR):
        return 2
    return int((goes or opens) and not says and after.low not in SAYS)  # firms say things, too


def _verb_at(items: Sequence[Chunk], i: int) -> int:
    """Where it is said what "X Y", "X Y and V W" do, behind adverbs; -1 where it is not."""
    verb = i + 1
    while verb < len(items) and items[verb].low in _ADVERBS:
        verb += 1
    while verb + 1 < len(items) and items[verb].low in (",", "and") and items[verb + 1].named and " " in items[verb + 1].text:
        verb += 2
    listed = verb > i + 1 and items[verb - 1].named and items[verb - 2].low != "and"
    return -1 if verb >= len(items) or listed else verb


def _lead(items: Sequence[Chunk], i: int) -> str:
    """What stands before the clause; of the second of "X Y and V W will", before the first."""
    both = i > 1 and items[i - 1].low == "and" and items[i - 2].named and " " in items[i - 2].text and not items[i - 2].owns
    before = beside(items, i - 3 if both else i - 1)
    return before.low if before is not None else ";"


def _behind_plans(items: Sequence[Chunk], verb: int) -> int:
    """Past "is set to", "plans to"."""
    end = verb
    while end < min(verb + 4, len(items)) and (items[end].low in _PLANS or items[end].low in BE):
        end += 1
    return end


_ARRIVES = frozenset("moves returns arrives comes".split())


def _from_firm(items: Sequence[Chunk], verb: int) -> bool:
    """ "returns from Osprey"."""
    source, firm = beside(items, verb + 1), beside(items, verb + 2)
    if source is None or source.low != "from" or firm is None:
        return False
    return firm.kind == "org" or (firm.kind == "name" and firm.low not in lexicon.place_names())


def _says_more(items: Sequence[Chunk], verb: int, near: int) -> bool:
    """Whether behind a verb stands "he", or "as" with a post."""
    for n in range(verb, len(items)):
        if items[n].low in _PRONOUNS:
            return True
        if items[n].kind == "frame" or items[n].low == ";" or items[n].named:
            return False
        if items[n].low == "as" and n < near and a_persons(beside(items, n + 1)):
            return True
    return False


def _is_verb(low: str) -> bool:
    return low in _OPENS or low in SAYS or low.endswith("ed")

"""Names in a sentence: organisations by gazetteer and by shape, people by first name, shape and place in the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter

from monitor.classify.parsing.capitals import Capitals, Cased, describes, modifies
from monitor.classify.parsing.joiners import joined
from monitor.classify.parsing.known_orgs import Entity, Kind, entity_of, known_orgs
from monitor.classify.words.document import Sentence, Token
from monitor.classify.words.gazetteer import Gazetteer
from monitor.classify.words.lexicon import orgs_by_alias, place_names, surnames_of_firms
from monitor.classify.words.name_words import (
    ABBREVIATIONS,
    ARMS,
    BRANCHES,
    FIRMS_OF_INITIALS,
    GENERIC,
    KIN,
    NO_FIRMS,
    NO_NAMES,
    NOT_NAMES,
    OF_A_UNIT,
    ORG_WORDS,
    PARTICLES,
    PLACE_WORDS,
    STATES,
    SURNAMES_ABROAD,
    SURNAMES_TOO,
    TITLES,
)

NICKNAME = 9  # letters of one
_SETS = frozenset({("big", "four"), ("big", "three")})
_WHERE_OR_WHAT = ABBREVIATIONS | {"emea", "apac", "latam", "dach", "mena", "anz", "asean", "sme", "fp&a", "esg"}


def entities(
    sentence: Sentence, gazetteer: Gazetteer, blocked: set[int], seen: Cased, people: Sequence[tuple[int, int]] = ()
) -> list[Entity]:
    """Names from left to right. ``blocked``: tokens of a frame or a role, or otherwise no part of a name; those of the known
    organisations are added to it. ``people``: first and last token of what is somebody's name already."""
    tokens, taken = sentence.tokens, blocked
    for span in people:
        taken.update(range(span[0], span[1] + 1))
    found, end = known_orgs(sentence, gazetteer, taken), 0
    known = {entity.first for entity in found}
    lasts = {entity.last: n for n, entity in enumerate(found)}
    found += [entity_of(sentence, Kind.PERSON, *span) for span in people]
    capitals = Capitals(sentence, seen, taken)
    # A run begins with a capital or a figure; only a headline's first word may do without.
    for i in [i for i, token in enumerate(tokens) if token.capital or not i]:
        if i >= end and i not in taken and (last := _run(sentence, gazetteer, capitals, i, taken)) is not None:
            no_name = describes(tokens, last, known) or _is_seat(sentence, last)
            kept = None if no_name else _kept(sentence, gazetteer, i, last)
            owner = _branch_of(sentence, lasts, i, last)
            if owner is not None:
                found[owner] = entity_of(sentence, Kind.ORG, found[owner].first, last, found[owner].org)
            elif kept is not None:
                first = _somebody_behind(sentence, gazetteer, i, kept)
                found.append(entity_of(sentence, _kind_by_shape(sentence, gazetteer, first, kept), first, kept))
            end = last + 1
    found.sort(key=_place)
    return found


_place = attrgetter("first")


_SEATED = ("-based", "-headquartered")


def _is_seat(sentence: Sentence, last: int) -> bool:
    """Whether a run is the town where a firm has its seat, by the state behind it: "Maryville, Tenn.-based Osprey Health"."""
    lows = sentence.lows
    if lows[last + 1 : last + 2] != (",",):
        return False
    end = next((n for n in (last + 2, last + 3) if n < len(lows) and lows[n].endswith(_SEATED)), None)
    state = " ".join(lows[last + 2 : end + 1]).rpartition("-")[0] if end is not None else ""
    return state.endswith(".") or state in STATES


def _branch_of(sentence: Sentence, lasts: dict[int, int], first: int, last: int) -> int | None:
    """Which known firm, by its last token, a run belongs to: "Osprey USA", "Osprey Global Commercial REIT", "Osprey Rail",
    "Osprey Digital Entertainment"."""
    low = sentence.lows[last]
    arm = low in ARMS and first == last and not sentence.loud
    wide = first < last and not sentence.loud and ORG_WORDS.issuperset(sentence.lows[first : last + 1])
    if not lasts or not (low in BRANCHES or arm or wide):
        return None
    at = first - 1 if sentence.lows[first - 1] != "global" else first - 2
    return None if at < 0 or sentence.tokens[at].owns else lasts.get(at)


def _kept(sentence: Sentence, gazetteer: Gazetteer, first: int, last: int) -> int | None:
    """The last token of a run that is a name, without the board of it; None where the run is none."""
    lows = sentence.lows
    if last > first and lows[last] == "board" and not sentence.tokens[last].owns:
        before = lows[last - 1]
        if before in ORG_WORDS or before not in gazetteer.common:
            last -= 1
    if first and lows[first - 1].isdigit() and last + 1 < len(lows) and lows[last + 1] in OF_A_UNIT:
        return None  # "ousts 737 MAX chief": a product
    if lows[last] in NO_FIRMS or (last > first and lows[last] in NO_NAMES) or (lows[first] == "series" and len(lows[last]) == 1):
        return None
    if lows[first : last + 1] in _SETS or (last > first and _WHERE_OR_WHAT.issuperset(lows[first : last + 1])):
        return None  # "Big Four", "EMEA M&A"
    return None if first == last and (lows[first] in GENERIC or lows[first] in ABBREVIATIONS) else last


def _run(sentence: Sentence, gazetteer: Gazetteer, capitals: Capitals, i: int, taken: set[int]) -> int | None:
    """The last token of the capitalised run that begins at ``i``; None where none begins."""
    tokens = sentence.tokens
    if not capitals.named(i):
        return None
    last = i
    while last + 1 < len(tokens) and not tokens[last].owns and not modifies(tokens[last].low):
        j = last + 1
        if (nick := _nickname(tokens, capitals, j, taken)) is not None:
            last = nick
        elif (j not in taken and capitals.named(j, inside=True)) or (
            j not in taken and tokens[j].text.replace("’", "'") in ("AI", "AI's") and not _unit_follows(tokens, j, taken)
        ):
            last = j
        elif (after := joined(sentence, gazetteer, capitals, i, last, taken)) is not None:
            last = after
        else:
            break
    if tokens[i].low in NOT_NAMES and last == i:
        return None
    return last


def _nickname(tokens: Sequence[Token], capitals: Capitals, j: int, taken: set[int]) -> int | None:
    """Where "Joanna “Jo” Clark" goes on behind the nickname that begins at ``j``; None where none does."""
    if tokens[j].text not in "“\"‘'(" or j + 3 >= len(tokens) or tokens[j + 2].text not in "”\"’')":
        return None
    short = tokens[j + 1].capital and len(tokens[j + 1].text) < NICKNAME
    return j + 3 if short and j + 3 not in taken and capitals.named(j + 3, inside=True) else None


def _unit_follows(tokens: Sequence[Token], i: int, taken: set[int]) -> bool:
    """ "Northlight AI chief": the AI belongs to the chief where a unit's head follows it, and is none of a post without it."""
    return (
        not tokens[i].owns
        and i + 1 < len(tokens)
        and i + 1 not in taken
        and tokens[i + 1].low in ("chief", "head", "lead", "boss", "push", "unit", "team", "lab", "infrastructure", "data")
    )


def _kind_by_shape(sentence: Sentence, gazetteer: Gazetteer, first: int, last: int) -> Kind:
    """What a name is by its words alone; ``Kind.NAME`` where these leave it open."""
    tokens, words = sentence.tokens, sentence.lows[first : last + 1]
    if last - first > 2:
        words = tuple([w for w in words if w not in _MARKS])  # of a nickname
    text, one = " ".join(words), len(words) == 1
    if sentence.lows[last + 1 : last + 2] == (",",) and sentence.lows[last + 2 : last + 3] in _FORMS:
        return Kind.ORG  # "Ada Quill Farms, Inc."
    if text in gazetteer.people or _titled(sentence, first):
        return Kind.PERSON
    given = not one and _given(tokens, first, gazetteer)
    if given and words[-1] in ORG_WORDS:
        both = len(words) == 2 and words[-1] in SURNAMES_TOO
        return Kind.NAME if both else Kind.ORG
    if not given and (not ORG_WORDS.isdisjoint(words[1:] or words) or "&" in words or _DIGIT.search(text)):
        return Kind.ORG
    if one:
        if words[0] in gazetteer.surnames:
            return Kind.PERSON
        return Kind.ORG if _like_a_firm(tokens[first].text) else Kind.NAME
    if not given and any(_CAMEL.search(t.text) and not t.text.startswith(_OF_SURNAMES) for t in tokens[first : last + 1]):
        return Kind.ORG  # "Hero MotoCorp"
    most = 4 if PARTICLES.isdisjoint(words) else 6
    initials = len(words) > 2 and all(len(word) == 2 and word[1] == "." for word in words[:2])  # "J. P. Okonjo"
    if initials and words[2] in FIRMS_OF_INITIALS:
        return Kind.ORG
    if (
        len(words) <= most
        and (given or initials or (len(words) == 3 and len(words[1].rstrip(".")) == 1 and words[1] != "x"))
        and all(map(_PLAIN.fullmatch, words))
    ):
        return Kind.PERSON
    abroad = len(words) == 2 and words[1] in SURNAMES_ABROAD
    said = words[:1] if abroad else [w for w in words if w not in PARTICLES]
    if not (PLACE_WORDS.isdisjoint(words) and gazetteer.common.isdisjoint(said)):
        return Kind.ORG  # words of the dictionary make no surname
    end = tokens[last].text  # "Quorrin Vale": nor do names of other firms, where no list says that they are surnames
    return Kind.ORG if end in orgs_by_alias() and words[-1] not in surnames_of_firms() else Kind.NAME


_FORMS = frozenset((form,) for form in ("inc", "inc.", "llc", "ltd", "ltd.", "plc", "corp", "corp."))
_MARKS = frozenset("“”\"‘’'()")


def _titled(sentence: Sentence, first: int) -> bool:
    """Behind "Ms", "Dr." or "Prof"."""
    at = first - 1 - (first > 1 and sentence.lows[first - 1] == ".")
    return at >= 0 and sentence.lows[at] in TITLES


def _given(tokens: Sequence[Token], i: int, gazetteer: Gazetteer) -> bool:
    """Whether a name begins with a first name, in capitals where what follows is."""
    text = tokens[i].text
    if text in gazetteer.first_names:
        return tokens[i].low not in gazetteer.products
    return len(text) > 2 and text.isupper() and tokens[i + 1].text.isupper() and text.title() in gazetteer.first_names


_BEFORE_KIN = frozenset("to his her their with by for".split())
_BEFORE = frozenset({"minister", "secretary", "president", "board", "deputy", "advisers", "advisors", "pm", "premier"})


def _somebody_behind(sentence: Sentence, gazetteer: Gazetteer, first: int, last: int) -> int:
    """Where a person begins in "Defense Minister Denys Shmyhal", "Incumbent Scott Johnston"; where the run does, if none does."""
    tokens, lows = sentence.tokens, sentence.lows
    kin = lows[first] in KIN and first > 0 and (tokens[first - 1].owns or lows[first - 1] in _BEFORE_KIN)
    if kin and last > first and _given(tokens, first + 1, gazetteer):
        return first + 1  # "hands firm to Son Ben"
    for i in range(first + 1, last):
        if _given(tokens, i, gazetteer) and lows[i] not in gazetteer.dictionary:
            # "… vice president of Software Engineering David Lau": behind "of" the words are what the post is of.
            unit = not {"of", "for"}.isdisjoint(lows[max(first - 2, 0) : first])
            titles = lows[i - 1] in _BEFORE or all(
                (low in gazetteer.dictionary and (unit or low not in ORG_WORDS))
                or (unit and (low in ABBREVIATIONS or low in place_names() or low in gazetteer.products))
                for low in lows[first:i]
            )
            rest = lows[i + 1 : last + 1]
            named = not any(low in ORG_WORDS or low == "&" or (sentence.loud and low in gazetteer.common) for low in rest)
            return i if titles and named and len(rest) <= 2 else first
    return first


_DIGIT = re.compile(r"\d")
_PLAIN = re.compile(r"[^\W\d_][\w.'-]*")
_CAMEL = re.compile(r"[a-z][A-Z]|\.(?:ai|com|io|org)$")
_OF_SURNAMES = ("Mc", "Mac", "De", "La", "Le", "Di", "Van")


def _like_a_firm(word: str) -> bool:
    """A single word in capitals, or with one inside."""
    return (word.isupper() and len(word) > 1) or (_CAMEL.search(word) is not None and not word.startswith(_OF_SURNAMES))

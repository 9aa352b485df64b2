"""Names where only somebody can stand: "names Bill Ready as treasurer", "May Young joins Osprey as treasurer".

Many names are words as well, and words have a capital for more than one reason; between a verb that takes somebody and the post
they are a name all the same, and so are those that open a sentence in which somebody goes to a post or leaves one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import monitor.classify.words.lexicon as lexicon
from monitor.classify.parsing.roles import Role
from monitor.classify.words.document import Sentence, Token
from monitor.classify.words.gazetteer import Gazetteer
from monitor.classify.words.lexicon import Frame
from monitor.classify.words.name_words import (
    CALENDAR,
    FIRMS_TOO,
    GENERIC,
    NOT_NAMES,
    OPENERS,
    ORG_WORDS,
    PARTICLES,
    PLACE_WORDS,
    POSTS,
    SURNAMES_TOO,
    TITLES,
    TRADES,
    VAGUE,
    looks_of,
)

Frames = Sequence[tuple[int, int, Frame]]
Posts = Sequence[tuple[range, Role]]
_TAKES = frozenset({"ORG_NAMES", "ORG_TAKES_PERSON", "ORG_PROMOTES", "ORG_OUSTS", "PERSON_SUCCEEDS"})
_AUXILIARY = frozenset("is will has was to plans set be been due".split())
_WHICH = frozenset("the its formerly previously currently".split())
_PASSIVE = frozenset("is was been be being were".split())
_TO = frozenset("be become serve lead head run oversee succeed replace".split())
# Words of no name, but that Chinese, Vietnamese and Dutch names are written like.
_ODD = frozenset("he an so you thu does june".split()) | CALENDAR | {"jun", "sun", "west"}
_NO_PART = (NOT_NAMES | OPENERS | GENERIC | VAGUE | POSTS | TRADES | TITLES | PLACE_WORDS | ORG_WORDS) - _ODD - {"king", "major"}
_AGENTS = ("er", "or", "ist", "ant", "ee")  # "banker", "adviser": what somebody is
_WHAT = frozenset(
    "vet pro scion alum alumnus alumna ace star whiz hand heir son daughter wife brother loyalist lifer ally aide expert rival "
    "novice pick exec lawyer doctor engineer professor chemist physicist economist".split()
)
_MOST, _NEAR = 4, 5  # words of a name without particles; tokens between "as" and the post


def borne(
    sentence: Sentence, gazetteer: Gazetteer, frames: Frames, posts: Posts, told: Sequence[tuple[str, ...]]
) -> list[tuple[int, int]]:
    """First and last token of each run of capitals that is somebody's name by where it stands, and is of words or months, and of
    each that is one of ``told``: lower-case words of such names."""
    found: list[tuple[int, int]] = []
    if frames:
        found = [span for span in _slots(sentence, frames, posts) if _is_name(sentence, gazetteer, frames, *span)]
    for words in told:
        n = len(words)
        spans = [(i, i + n - 1) for i, low in enumerate(sentence.lows) if low == words[0] and sentence.lows[i : i + n] == words]
        found += [span for span in spans if sentence.tokens[span[0]].capital and sentence.tokens[span[1]].capital]
    return _apart(found)


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for span in sorted(spans):
        if not kept or span[0] > kept[-1][1]:
            kept.append(span)
    return kept


def _slots(sentence: Sentence, frames: Frames, posts: Posts) -> Iterator[tuple[int, int]]:
    tokens, begins = sentence.tokens, {span[0]: role for span, role in posts if span}
    verbs = _verbs(sentence, frames)
    taken = False
    for first, last, frame in frames:
        if frame.template in _TAKES or sentence.lows[first].startswith("elect"):
            taken = True
            end = _run(sentence, last + 1, begins, verbs)
            told = _named_to(sentence, frame, first, end, posts) if end in begins else _to_post(sentence, end, begins)
            if told and end > last + 1:
                yield last + 1, end - 1
        steps = frame.template == "PERSON_STEPS" and frame.action in ("depart", "retire")
        goes = steps or (frame.template in lexicon.PERSON_GOES and _goes_to_post(sentence, last + 1, begins))
        if goes or _is_named(sentence, frame, first, last, begins):
            end = _subject_end(sentence, first)
            yield from ((at, end - 1) for at in _openings(sentence) if at < end == _run(sentence, at, begins, verbs))
    yield from _holders(sentence, frames, posts, taken=taken)
    for at in _openings(sentence):
        end = _run(sentence, at, begins, verbs)
        if end > at and end + 1 < len(tokens) and tokens[end].text == "," and _told_of(sentence, end + 1, begins):
            yield at, end - 1


def _told_of(sentence: Sentence, at: int, begins: dict[int, Role]) -> bool:
    """ "X Y, who", "X Y, the finance chief", "X Y, formerly CFO"."""
    low = sentence.lows[at]
    return at in begins or low == "who" or (low in _WHICH and at + 1 in begins)


def _verbs(sentence: Sentence, frames: Frames) -> frozenset[int]:
    """The verbs that end a run in a headline of capitals, where theirs says nothing."""
    return frozenset(first for first, _, _ in frames) if sentence.loud else frozenset()


def _openings(sentence: Sentence) -> list[int]:
    """Where the subject of a clause may begin: the sentence does, and what is said behind "that"."""
    return [0, *(i + 1 for i, low in enumerate(sentence.lows) if low == "that")]


def _is_named(sentence: Sentence, frame: Frame, first: int, last: int, begins: dict[int, Role]) -> bool:
    """ "has been appointed chief executive", "Appointed CFO of Osprey": what is done to nobody but people."""
    if not sentence.lows[first].endswith("ed"):
        return False
    if sentence.lows[first] == "elected":
        return sentence.lows[first - 1] in _PASSIVE
    if frame.template not in _TAKES:
        return False
    at = last + 1 + (sentence.lows[last + 1 : last + 2] in (("as",), ("to",)))
    return at in begins and not begins[at].plural and (sentence.lows[first - 1] in _PASSIVE or _of_a_firm(sentence, begins[at]))


def _of_a_firm(sentence: Sentence, role: Role) -> bool:
    """Whether behind a post stands whose it is, or nothing: "Appointed CFO of Osprey", "Named CFO"."""
    behind = [n for n, start in enumerate(sentence.starts) if start >= role.head_end][:1]
    return not behind or sentence.lows[behind[0]] in ("of", "at", "for", "by", ",", ";")


def _holders(sentence: Sentence, frames: Frames, posts: Posts, *, taken: bool) -> Iterator[tuple[int, int]]:
    """Runs behind a post: "CFO May Young steps down", "its CFO, May Young, is leaving"; "taps veteran May Young as", where a verb
    takes somebody."""
    tokens, begins = sentence.tokens, {span[0]: role for span, role in posts if span}
    stops = _verbs(sentence, frames)
    verbs = {first for first, _, frame in frames if frame.template in lexicon.PERSON_GOES}
    nouns = {last for _, last, frame in frames if frame.template == "NOUN_PERSON"}
    for span, _ in posts:
        if not span:
            continue
        apart = tokens[span[-1] + 1 : span[-1] + 2]
        between = int(bool(apart) and apart[0].text == ",")
        first = span[-1] + 1 + between
        end = _run(sentence, first, begins, stops)
        if between and not (end < len(tokens) and tokens[end].text == ","):
            continue
        verb = end + between
        while verb < len(tokens) and tokens[verb].low in _AUXILIARY:
            verb += 1
        told = span[0] - 2 in nouns and sentence.lows[span[0] - 1] == "of" and not between  # "Departure of CFO May Young"
        if end > first and (told or verb in verbs or (taken and _to_post(sentence, end, begins))):
            yield first, end - 1


def _run(sentence: Sentence, first: int, begins: dict[int, Role], verbs: frozenset[int]) -> int:
    """Where the run of capitals that begins at ``first`` ends: the number of the token behind it."""
    tokens, end = sentence.tokens, first
    while end < len(tokens) and end not in begins and end not in verbs:
        token = tokens[end]
        if sentence.loud and end > first and token.low in NOT_NAMES and token.low not in _ODD:
            break  # "As", "From" of a headline of capitals
        if not (token.text[0].isupper() and (token.length > 1 or end > first) and token.text[-1].isalpha()):
            particle = token.low in PARTICLES and end > first and end + 1 < len(tokens) and tokens[end + 1].text[0].isalpha()
            if not particle:
                break
        end += 1
    return end


def _named_to(sentence: Sentence, frame: Frame, verb: int, at: int, posts: Posts) -> bool:
    """ "names May Young finance chief", where "fires Osprey Vale chief Ada Quill" and "Ada Quill named Osprey Vale chief" have
    the chief's firm before the post."""
    span, role = next((span, role) for span, role in posts if span and span[0] == at)
    after = span[-1] + 1
    bare = after == len(sentence.tokens) or not sentence.tokens[after].capital
    passive = sentence.lows[verb].endswith("ed") and sentence.lows[verb - 1] not in ("has", "have")
    given = looks_of(sentence.tokens[verb + 1]).given
    return frame.template == "ORG_NAMES" and bare and not role.plural and (given or not passive)


def _to_post(sentence: Sentence, at: int, begins: dict[int, Role]) -> bool:
    """Whether what stands at ``at`` says what post somebody gets or has: "as finance chief", "to be its next chief"."""
    lows = sentence.lows
    if at + 1 >= len(lows):
        return False
    if lows[at] == "to" and (lows[at + 1] in _TO or at + 1 in begins):
        return True
    return (lows[at] == "as" and _post_near(lows, at + 1, begins)) or (lows[at] == "from" and _goes_to_post(sentence, at, begins))


def _post_near(lows: Sequence[str], at: int, begins: dict[int, Role]) -> bool:
    post = next((n for n in range(at, min(at + _NEAR, len(lows))) if n in begins or not lows[n][:1].isalnum()), None)
    if post is None or post not in begins:
        return False
    return not begins[post].plural and begins[post].text.lower().split()[-1] not in FIRMS_TOO


def _goes_to_post(sentence: Sentence, at: int, begins: dict[int, Role]) -> bool:
    """Whether behind "joins" or "leaves" a post follows, or how long somebody held one."""
    lows = sentence.lows
    for n in range(at, len(lows)):
        if lows[n] in (";", "—", "–"):
            return False
        if lows[n] == "from" and n == at:
            return True
        if lows[n] == "as":
            return _post_near(lows, n + 1, begins)
    return False


def _subject_end(sentence: Sentence, verb: int) -> int:
    while verb and sentence.lows[verb - 1] in _AUXILIARY:
        verb -= 1
    return verb


def _is_name(sentence: Sentence, gazetteer: Gazetteer, frames: Frames, first: int, last: int) -> bool:
    """Whether a run can be a name, and is in need of being called one: of the others the shape says it."""
    tokens = sentence.tokens[first : last + 1]
    words = [t for t in tokens if t.low not in PARTICLES]
    if not 1 < len(words) <= _MOST or any(t.owns for t in tokens) or any(first <= a <= last for a, _, _ in frames):
        return False
    given = looks_of(words[0]).given or (words[0].text.isupper() and words[0].text.title() in gazetteer.first_names)
    if sentence.loud and any(looks_of(t).rare for t in words[2:]):
        return False  # "Ada Quill Steps Aside"
    both = given and len(words) == 2 and words[1].low in SURNAMES_TOO
    if any(t.low in _NO_PART and not (both and t is words[1]) for t in words):
        return False
    if not any(looks_of(t).rare or t.low in _ODD for t in words):
        return False
    if given:
        return True
    if _known(sentence, gazetteer, first, last) or any(map(_says_what, words)):
        return False
    return _small(sentence, frames) or (len(words) == 2 and not all(looks_of(t).rare for t in words))


def _says_what(token: Token) -> bool:
    """Whether a word says what somebody is: "banker", "investor", "vet"."""
    low = token.low
    if low in _WHAT:
        return True
    stem = next((low[: -len(end)] for end in _AGENTS if low.endswith(end)), "")
    return bool(stem) and (stem in lexicon.dictionary() or stem + "e" in lexicon.dictionary())


def _small(sentence: Sentence, frames: Frames) -> bool:
    """Whether a capital inside the sentence says something: its verbs are written small."""
    return not sentence.loud and not any(sentence.tokens[first].capital for first, _, _ in frames if first)


def _known(sentence: Sentence, gazetteer: Gazetteer, first: int, last: int) -> bool:
    """Whether a firm stands in the run that is nothing else: "Duke Marsh" may be somebody."""
    inside = [i for i in gazetteer.beginnings(sentence.lows) if first <= i <= last]
    hits = [hit for i in inside if (hit := gazetteer.at(sentence, i)) is not None]
    return any(n > 1 or org.ambiguity == 0 for n, org in hits)

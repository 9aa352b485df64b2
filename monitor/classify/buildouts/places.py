"""Where it is: the place of the title, else of the summary, that is told as the site: with the county before it or the state
after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import monitor.classify.words.lexicon as lexicon
from monitor.classify.buildouts.bearers import (
    MONEY,
    countries,
    from_there,
    governs,
    names_a_firm,
    names_a_firm_behind,
    only_told_there,
)
from monitor.classify.buildouts.mentions import Mention
from monitor.classify.buildouts.narrowed import SENTENCES, Stretch, called, narrowed, with_whose
from monitor.classify.buildouts.terms import CORE, Hit, Scan
from monitor.classify.buildouts.towns import at_last, by_sites, county, in_towns, town_before
from monitor.classify.words.document import Document, Sentence

_SPACE = re.compile(r"\b(?:in|to|into)\s(?P<space>(?:outer\s)?space|(?:low[\s-](?:Earth\s)?)?orbit)\b", re.I)
_INTO = re.compile(
    r"\b(?:in|near|at|to|across|for|outside|from|around|of|into|throughout|over|off|within)\s(?:the\s|rural\s|\w+ern\s)?$", re.I
)
_WIDE = frozenset(
    "US|U.S.|USA|America|United States|Europe|Asia|Africa|EU|Latin America|North America|South America|Middle East|MENA|EMEA|"
    "Asia-Pacific|Southeast Asia".split("|")
)
_STATES = frozenset({"US", "U.S.", "USA", "America", "United States"})
_COUNCIL = re.compile(r"^\s(?i:city|town|county|village|planning)\s(?i:council|commission|board|supervisors)\b")
_BOARD = re.compile(
    r"^\s(?i:board|regulators?|lawmakers?|governor|gov\.|senators?|senate|house|judge|court|commission|township|town|village|county|"
    r"city)\b"
)
# Who of a place is asked, told or heard, of whom a summary tells beside the site; and what stands on the site itself.
_ASKED = re.compile(
    r"^\s(?:[a-z]+\s){0,2}?(?:(?:environment\w*|utilit(?:y|ies)|energy|planning|health)\s)?(?:regulators?|commission|court|judge|"
    r"agency|councillors|officials|lawmakers|commissioners)\b"
)
_FAR = re.compile(r"\b(?:miles?|kilomet(?:er|re)s?|km|minutes?|hours?|drive)\s(?:\w+\s)?(?:from|of|outside)\s$")
_ON_LAND = re.compile(r"^\s(?:land|site|campus|fab|plant)\b")
_AREA = re.compile(r"^-area\b")
_BESIDE = re.compile(r"\b(?:after|besides|beyond|alongside|follow(?:s|ing))\s(?:(?:its|their|the)\s)?$", re.I)  # another site
_STARGATE = re.compile(r"\bStargate\s$")
_SIDE = re.compile(
    r"\b(?i:(?:north|south|east|west|northern|southern|eastern|western|central|upstate|northeast(?:ern)?|northwest(?:ern)?|"
    r"southeast(?:ern)?|southwest(?:ern)?|inner|outer|greater|downtown))\s$"
)
_PART = re.compile(r"^\s(?:Panhandle|Peninsula|Valley|Hill\sCountry|Gulf\sCoast|Triangle|metro\sarea|Islands?)\b(?!\sAuthority)")
_CODE = re.compile(
    r"^,\s(?:A[KLRZ]|C[AOT]|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|"
    r"Ala\.|Ariz\.|Ark\.|Calif\.|Colo\.|Conn\.|Fla\.|Ga\.|Ill\.|Ind\.|Kan\.|Ky\.|La\.|Md\.|Mass\.|Mich\.|Minn\.|Miss\.|Mo\.|Mont\.|"
    r"Ont\.|Que\.|Alta\.|Sask\.|B\.C\.|N\.S\.|N\.B\.|"
    r"Neb\.|Nev\.|N\.[CDHJMY]\.|Okla\.|Ore\.|Pa\.|S\.[CD]\.|Tenn\.|Tex\.|Va\.|Wash\.|Wis\.|W\.\s?Va\.|Wyo\.)(?![A-Za-z])"
)
_AND = (", ", " and ", ", and ", " & ", " and the ", ", and the ")

# Ranks: what no list has; who decides about a site, and a part of a programme ("Stargate Norway"); who or what is merely from
# there.
_OWNED, _IN_TOWN, _UNLISTED, _OF_COUNCIL, _GOVERNING, _BY_SITE, _ELSEWHERE, _HEARD = 0.2, 0.5, 1, 1.2, 1.5, 3, 4, 5

_SAYS = "said|says|plans|wants|told|filed|files|bought|buys|acquired|proposed|proposes|hopes|declined|signed|operates|owns"
BESIDE = 12  # characters between "French" and the data centers that it places

Place = tuple[Sentence, int, int]


class Location(NamedTuple):
    """``place``: sentence and offsets, in the field's own text. ``name``: the words there; of "French data centers", France."""

    place: Place
    name: str


class _Told(NamedTuple):
    """A place of a sentence. ``rank``: how surely it is the site, 0 surest; ``wide``: a continent or the country of most;
    ``by_site``: that no list has, before a campus or a plant."""

    rank: float
    start: int
    end: int
    wide: bool
    by_site: bool = False


def location(document: Document, scan: Scan, firms: Sequence[Mention] = ()) -> Location | None:
    """Where it is; None where no place is named. ``firms``: names that begin with a place and are none.

    A town, county or state goes before a continent or country that is only the scene ("America's", "in Europe"), and a county
    or town of the summary before its state in the title.
    """
    title = next((s for s in document.sentences if s.field == "title"), None)
    if title is not None and not any(h.sentence is title for h in scan.places):
        told = _of_people(document.story.title, title, scan)
        if told is not None and told.name not in _WIDE:
            return _narrower(document, told, scan)
        if told is not None:
            within = _named(document, scan, firms)
            return (
                Location(within, _text(document, within)) if within is not None and _text(document, within) not in _WIDE else told
            )
    place = _named(document, scan, firms)
    if place is None:
        return None
    found = Location(place, with_whose(document, place, scan))
    return _narrower(document, found, scan) if place[0] is title else found


def _text(document: Document, place: Place) -> str:
    return document.source(place[0])[place[1] : place[2]]


def _narrower(document: Document, found: Location, scan: Scan) -> Location:
    """The town or county of the summary that lies where the title says, else ``found``."""
    within = None if found.name in _WIDE else narrowed(document, *found, scan, _sited)
    return Location(*within) if within is not None else found


def _sited(source: str, sentence: Sentence, hits: Sequence[Hit]) -> list[Stretch]:
    """The places of a sentence that are surely sites."""
    return [(t.start, t.end) for t in _told(source, sentence, hits) if t.rank <= _IN_TOWN and not t.wide]


@cache
def demonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    """ "French" to "France", with a pattern that finds the longest. Raises LexiconError where the file has no such list."""
    found = lexicon.demonyms()
    longest_first = sorted(found, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"), found


def _of_people(source: str, title: Sentence, scan: Scan) -> Location | None:
    """ "French data centers" are in France; a French company need not be."""
    pattern, places = demonyms()
    sites = [h.start for h in scan.topics if h.sentence is title and h.topic.weight >= CORE]
    for found in pattern.finditer(source, title.start, title.end) if sites else ():
        money = MONEY.match(source[found.end() : found.end() + 12]) is not None
        if not money and any(0 < start - found.end() <= BESIDE for start in sites):
            return Location((title, found.start(), found.end()), places[found.group()])
    return None


def _named(document: Document, scan: Scan, firms: Sequence[Mention]) -> Place | None:
    wide: Place | None = None
    asked: Place | None = None  # where nothing else is told
    summary = 0
    for sentence in document.sentences:
        summary += sentence.field == "summary"
        if summary > SENTENCES:
            break
        source = document.source(sentence)
        bearing = [m for m in firms if m.sentence is sentence]
        places = [h for h in scan.places if h.sentence is sentence and not _borne(h, bearing)]
        projects = [h for h in scan.projects if h.sentence is sentence]
        told = [t for t in _told(source, sentence, places) if not _borne(t, bearing) and not _is_who(document, source, t)]
        told = [t for t in told if not (t.by_site and any(h.start <= t.start and t.end <= h.end for h in projects))]
        surely = [t for t in told if not t.wide and t.rank < _BY_SITE]
        if wide is not None and _text(document, wide) in _STATES:  # another country beside them is not within them
            surely = [t for t in surely if not t.rank or source[t.start : t.end] not in countries()]
        narrow = next(((sentence, t.start, t.end) for t in surely), None) or _in_space(source, sentence)
        if narrow is not None and (wide is None or summary <= 1):
            return narrow
        wide = wide or next(((sentence, t.start, t.end) for t in told if t.rank < _HEARD), None) or narrow
        asked = asked or next(((sentence, t.start, t.end) for t in told), None)
    return wide or asked


def _borne(place: Hit | _Told, firms: Sequence[Mention]) -> bool:
    return any(m.start <= place.start and place.end <= m.end for m in firms)


def _is_who(document: Document, source: str, told: _Told) -> bool:
    """Whether what stands before a campus is elsewhere told as who has it: "Quillmark plans eight halls"."""
    if not told.by_site:
        return False
    name = re.escape(source[told.start : told.end])
    text = f"{document.story.title}\n{document.story.summary}"
    return re.search(rf"\b{name}\s(?:{_SAYS})\b", text) is not None


def _in_space(source: str, sentence: Sentence) -> Place | None:
    low = sentence.text.lower()
    space = _SPACE.search(source, sentence.start, sentence.end) if "space" in low or "orbit" in low else None
    return (sentence, space.start("space"), space.end("space")) if space is not None else None


def _told(source: str, sentence: Sentence, hits: Sequence[Hit]) -> list[_Told]:
    """The places of a sentence, listed or not, the surest first; of two that overlap the longer."""
    found = [t for hit in hits if (t := _of_hit(source, sentence, hit, hits)) is not None]
    seat = county(source, sentence, sentence.start, sentence.end)
    if seat is not None:
        start, end, acts = seat
        found.append(_Told(_OF_COUNCIL if acts else 0, start, _wider(source, end, hits), wide=False))
    found += [_Told(0, start, _wider(source, end, hits), wide=False) for start, end in called(source, sentence)]
    peoples = demonyms()[0]
    unlisted = [(a, b) for a, b in in_towns(source, sentence, sentence.start, sentence.end) if not peoples.search(source, a, b)]
    unlisted = [(a, b) for a, b in unlisted if not only_told_there(source, sentence, a, b)]
    found += [_Told(_IN_TOWN, start, _wider(source, end, hits), wide=False) for start, end in unlisted]
    found += [
        _Told(_OWNED if sure else _BY_SITE, start, end, wide=False, by_site=True)
        for start, end, sure in by_sites(source, sentence)
        if not peoples.search(source, start, end) and not any(h.start <= start and end <= h.end for h in hits)
    ]
    last = at_last(source, sentence)
    if last is not None and not any(h.start <= last[0] and last[1] <= h.end for h in hits) and not peoples.search(source, *last):
        found.append(_Told(_UNLISTED, *last, wide=False, by_site=True))
    found.sort(key=lambda t: (t.start - t.end, t.rank))
    kept: list[_Told] = []
    for told in found:
        if not any(told.start < t.end and t.start < told.end for t in kept):
            kept.append(told)
    return sorted(kept)


def _of_hit(source: str, sentence: Sentence, hit: Hit, hits: Sequence[Hit]) -> _Told | None:
    behind = source[hit.end : hit.end + 24]
    if names_a_firm(source, sentence, hit.start, hit.end):
        return None
    side = _SIDE.search(source, max(sentence.start, hit.start - 16), hit.start)
    start = side.start() if side is not None else _town(source, sentence, hit)
    if only_told_there(source, sentence, start, hit.end):
        return None
    part = _PART.match(behind)
    end = hit.end + part.end() if part is not None else _wider(source, hit.end, hits)
    wide = hit.topic.name in _WIDE and side is None and start == hit.start
    return _Told(_rank(source, sentence, start, hit), start, end, wide)


def _town(source: str, sentence: Sentence, hit: Hit) -> int:
    """Where a town begins that is told before its state; "Osprey, Ohio's builder" is none, nor what stands before a continent."""
    if hit.topic.name in _WIDE or source[hit.end : hit.end + 2] in ("'s", "’s"):
        return hit.start
    return town_before(source, sentence, hit.start)


def _rank(source: str, sentence: Sentence, start: int, hit: Hit) -> float:
    """0 behind a preposition, more where it stands by itself, owns something or says where somebody is from."""
    behind = source[hit.end : hit.end + 24]
    before = source[max(sentence.start, start - 24) : start]
    if sentence.field == "summary" and _ASKED.match(behind):
        return _HEARD
    if from_there(source, sentence, hit.start, hit.end):
        return _ELSEWHERE
    if _FAR.search(before):
        return _OF_COUNCIL
    if _BESIDE.search(before):
        return _ELSEWHERE
    if _AREA.match(behind):
        return 0
    if before.endswith(" from ") and hit.topic.name in countries() and not behind.startswith(" to "):  # "parts from China"
        return _ELSEWHERE
    if _ON_LAND.match(behind):
        return 0 if behind.startswith(" land") else _IN_TOWN
    if _COUNCIL.match(behind) or _STARGATE.search(before):
        return _OF_COUNCIL
    if governs(source, sentence, start, hit.end) or _BOARD.match(behind):
        return _GOVERNING
    return 0 if _INTO.search(before) else 1


def _wider(source: str, end: int, hits: Sequence[Hit]) -> int:
    """The end of ", Utah" after a place that ends at ``end``, and of "and Ohio" after a state."""
    code = _CODE.match(source[end : end + 8])
    if code is not None:
        return end + code.end()
    more = True
    while more:
        following = next((h for h in hits if h.start > end and source[end : h.start] in _AND), None)
        more = following is not None and not names_a_firm_behind(source, following.end)
        end = following.end if following is not None and more else end
    return end

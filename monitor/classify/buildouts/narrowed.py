"""A smaller place that a summary tells within that of the headline: the county of a state, the town of a county, a suburb."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import monitor.classify.words.lexicon as lexicon
from monitor.classify.buildouts.bearers import STATES, countries
from monitor.classify.buildouts.site_towns import of_owner, told_by_site
from monitor.classify.buildouts.terms import Hit, Scan
from monitor.classify.buildouts.towns import COUNTIES, county, town_before
from monitor.classify.words.document import Document, Sentence

SENTENCES = 3  # of the summary, in which a place is looked for
_NAME = r"[A-ZÀ-Þ][\w’-]+"
_KIND = r"(?:suburb|municipality|town|village|hamlet|community|city|district|neighbou?rhood|commune|township|borough)"
# What says itself what it is: "the Quillsby suburb of Osprey", "in Osprey, a town in Ohio". "A suburb of Quillsby" is another's.
_CALLED = re.compile(
    rf"(?<!\ba\s)(?<!\ban\s)\b{_KIND}\sof\s(?P<of>(?:St\.\s)?{_NAME}(?:\s{_NAME}){{0,2}})|"
    rf"\b(?:in|near|outside|at)\s(?P<town>(?:St\.\s)?{_NAME}(?:\s{_NAME}){{0,2}}),\san?\s(?:[a-z-]+\s){{0,2}}{_KIND}\b"
)
_KINDS = ("suburb", "municipality", "town", "village", "hamlet", "community", "city", "district", "neighbo", "commune", "borough")
_OF_KIND = re.compile(rf"\s{_KIND}\sof\s$")
_ANY = re.compile(r"\b(?:an?)\s(?:[\w-]+\s){1,2}$")
_SITED = re.compile(
    r"\b(?:in|near|outside(?:\sof)?|cent(?:re|er)ed\son|(?:north|south|east|west|northeast|northwest|southeast|southwest)\sof)\s$",
    re.I,
)
_IN = re.compile(r"\bin\s$")
_LIES = re.compile(r"\b(?:located|situated|sited|sits|lies|stands|site|land|acres|parcel)\s(?:near|in)\s$")
_SIGNED = re.compile(r"\b(?:signed|agreed|announced|met|sealed)\s(?:[\w-]+\s){0,3}in\s$", re.I)
_WATERS = ("Lake Michigan", "Lake Erie", "Lake Ontario", "Lake Superior", "Lake Huron", "Gulf", "Chesapeake", "Puget")
_WITHIN_STATES = ("County", "Parish", "Township", "Borough")

Place = tuple[Sentence, int, int]
Stretch = tuple[int, int]
Sited = Callable[[str, Sentence, Sequence[Hit]], list[Stretch]]


def called(source: str, sentence: Sentence) -> Iterator[Stretch]:
    """Towns that are told with what they are: "the municipality of Quillsby", "in Quillsby, a small town"."""
    if sentence.loud or not any(map(sentence.text.__contains__, _KINDS)):
        return
    for found in _CALLED.finditer(source, sentence.start, sentence.end):
        if found["town"] or not _ANY.search(source, max(sentence.start, found.start() - 32), found.start()):
            yield found.span("of" if found["of"] else "town")


def with_whose(document: Document, place: Place, scan: Scan) -> str:
    """The words of a place, with the state or city told right before what it is: "Quillsby, Ohio" of "Ohio town of Quillsby"."""
    sentence, start, end = place
    source = document.source(sentence)
    kind = _OF_KIND.search(source, max(sentence.start, start - 24), start)
    whose = next((h for h in scan.places if h.sentence is sentence and h.end == kind.start()), None) if kind is not None else None
    return source[start:end] if whose is None else f"{source[start:end]}, {source[whose.start : whose.end]}"


def narrowed(document: Document, place: Place, name: str, scan: Scan, sited: Sited) -> tuple[Place, str] | None:
    """The county or town of the summary that lies in the place of the title: "Quill County, Utah" for "Utah". ``sited``: the
    places of a sentence that are surely sites."""
    if "," in name or " and " in name:
        return None
    has_counties = name in STATES or name in countries()  # a town lies in one
    state = next((s for s in STATES if name == s or name.endswith(f" {s}")), name)
    for sentence in [s for s in document.sentences if s.field == "summary"][:SENTENCES]:
        source = document.source(sentence)
        at = source.find(f", {state}", sentence.start, sentence.end)
        end = at + 2 + len(state)
        start = town_before(source, sentence, at + 2) if at >= 0 and source[end : end + 2] not in ("'s", "’s") else -1
        if 0 <= start < at:
            return (sentence, start, end), source[start:end]
        whose = _whose(source, sentence, name) if has_counties else None
        if whose is not None:
            return (sentence, *whose), _of(source[slice(*whose)], name)
        of_kind = next(((a, b) for a, b in called(source, sentence) if source[a:b] not in name), None)
        if of_kind is not None:
            return (sentence, *of_kind), _of(source[slice(*of_kind)], name)
        seat = county(source, sentence, sentence.start, sentence.end)
        if seat is not None and has_counties:
            start, end, _ = seat
            if source[start:end].startswith(name) or not source[start:end].endswith(_WITHIN_STATES):
                continue
            if source[end : end + 2] != ", " or not source[end + 2 : end + 3].isupper():  # none of another state
                return (sentence, start, end), f"{source[start:end]}, {name}"
    if _owns(document, place):
        there = of_owner(document) if name in countries() else None
        return (there, document.source(there[0])[there[1] : there[2]]) if there is not None else None
    return _town_of(document, name, scan, sited, has_counties) or _by_site(document, name, scan, has_counties)


def _by_site(document: Document, name: str, scan: Scan, has_counties: bool) -> tuple[Place, str] | None:
    """The town told by its site, where that is no project and no other state stands in its sentence."""
    there = told_by_site(document, name, has_counties)
    if there is None or name.endswith(COUNTIES):
        return None
    sentence, start, end = there
    if any(h.sentence is sentence and h.start < end and start < h.end for h in scan.projects):
        return None
    beside = (h.topic.name for h in scan.places if h.sentence is sentence)
    if any(other != name and (other in STATES or other in countries()) for other in beside):
        return None
    return there, _of(document.source(sentence)[start:end], name)


def _whose(source: str, sentence: Sentence, name: str) -> Stretch | None:
    """What is told as a state's or country's own, or as its capital: "in Spain's Quillón", "the Ohio capital, Quillsby"."""
    whose = rf"{re.escape(name)}(?:(?<=s)['’]|['’]s)"
    side = r"(?:(?:north|south|east|west|cent)\w*\s)?"
    own = rf"\b(?:in|near|outside)\s{whose}\s{side}(?P<own>{_NAME}(?:\s{_NAME})?)(?=[,.;]|\s[a-z]|$)"
    seat = rf"\b(?:{whose}|{re.escape(name)})\scapital(?:\scity)?,?\s(?:of\s)?(?P<seat>{_NAME}(?:\s{_NAME})?)"
    found = re.compile(f"{own}|{seat}").search(source, sentence.start, sentence.end)
    if found is None or (found["own"] or "") in lexicon.orgs_by_alias():
        return None
    return found.span("own" if found["own"] else "seat")


def _of(town: str, name: str) -> str:
    return town if name in town else f"{town}, {name}"


def _owns(document: Document, place: Place) -> bool:
    """ "The UAE's champion" may build anywhere."""
    sentence, _, end = place
    return document.source(sentence)[end : end + 2] in ("'s", "’s")


def _town_of(document: Document, name: str, scan: Scan, sited: Sited, has_counties: bool) -> tuple[Place, str] | None:
    """The one town that the summary begins with, no other state beside it: "outside Quillsby" for "Utah"; of a county and of a
    town only where something is said to lie there."""
    summary = [s for s in document.sentences if s.field == "summary"]
    for sentence in summary[: 1 if has_counties else 2]:
        source, hits = document.source(sentence), [h for h in scan.places if h.sentence is sentence]
        if any(h.topic.name != name and (h.topic.name in STATES or h.topic.name in countries()) for h in hits):
            continue
        towns = sited(source, sentence, hits)
        if not has_counties:  # nor is it narrower what holds the name, or a county
            towns = [(a, b) for a, b in towns if name not in source[a:b] and not source[a:b].endswith(COUNTIES)]
        lies = _SITED if has_counties else _IN if name.endswith(COUNTIES) else _LIES
        if lies is _IN:  # not "near State Road"
            towns = [(a, b) for a, b in towns if _IN.search(source, sentence.start, a)]
        if len(towns) != 1 or source[slice(*towns[0])] == name:
            continue
        start, end = towns[0]
        if lies.search(source, sentence.start, start) is None or _SIGNED.search(source, sentence.start, start) is not None:
            continue
        town = source[start:end]
        if town.startswith(_WATERS):
            continue
        return (sentence, start, end), town if "," in town else _of(town, name)
    return None

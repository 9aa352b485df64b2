"""The words of the infrastructure half, found in one pass over a sentence: topics, cues, actors, places and projects.

The lexicon (``data/infra_lexicon.json``) lists terms; a blank in a term matches a hyphen as well, a final star any ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import ahocorasick

import monitor.classify.words.lexicon as lexicon
from monitor.classify.words.document import Document, Sentence
from monitor.classify.words.lexicon import LexiconError

FILE = "infra_lexicon.json"
SHORT = 5  # letters
UNITS = frozenset({"mw", "gw"})  # may follow their number without a blank: "300MW"
CORE = 0.6  # a topic of this weight is, in a title, what the label is about
_PLAIN = (("’", "'"), ("‘", "'"), ("–", " "), ("—", " "), ("\xa0", " "))


@dataclass(frozen=True, slots=True)
class Topic:
    """``kind``: topic, cue, actor, place or project, or first: what only the prefilter asks for. ``weight``: how much a topic
    speaks for (or against) the label."""

    name: str
    weight: float
    kind: str = "topic"


class Hit(NamedTuple):
    topic: Topic
    sentence: Sentence
    start: int
    end: int

    @property
    def field(self) -> str:
        return self.sentence.field


@dataclass(slots=True)
class Scan:
    """Everything found, each from left to right. Of two topics that overlap the longer stays."""

    topics: tuple[Hit, ...]
    cues: tuple[Hit, ...]
    actors: tuple[Hit, ...]
    places: tuple[Hit, ...]
    projects: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    topic: Topic
    length: int
    stem: bool  # any ending may follow
    unit: bool
    exact: bool  # a name: begins with a capital in the text, and is in capitals where the lexicon has it so


def terms() -> Iterator[tuple[str, Topic]]:
    """Every term with what it stands for. Raises LexiconError naming the entry that is wrong."""
    data = lexicon.load(FILE)
    for key, kind in (("topics", "topic"), ("first_pass", "first")):
        for entry in _list(data, key):
            lexicon.require(FILE, entry, name=str, terms=list)
            weight = entry.get("weight")
            if not isinstance(weight, int | float) or not -1 <= weight <= 1:
                raise LexiconError(f"{FILE}: {entry['name']}: weight must be a number from -1 to 1")
            topic = Topic(entry["name"], float(weight), kind)
            yield from ((term, topic) for term in lexicon.names(FILE, entry["terms"], entry["name"]))
    for entry in _list(data, "cues"):
        lexicon.require(FILE, entry, name=str, terms=list)
        yield from ((term, Topic(entry["name"], 0.0, "cue")) for term in lexicon.names(FILE, entry["terms"], entry["name"]))
    yield from _companies(data)
    yield from ((term, Topic(term, 0.0, "actor")) for term in lexicon.names(FILE, data.get("actors"), "actors"))
    yield from ((term, Topic(term, 0.0, "project")) for term in lexicon.names(FILE, data.get("projects"), "projects"))
    places = lexicon.names("places.json", lexicon.load("places.json").get("places"), "places")
    yield from ((term, Topic(term, 0.0, "place")) for term in places)


def _companies(data: dict[str, Any]) -> Iterator[tuple[str, Topic]]:
    """Names of organisations by what their kind stands for: safe ones as a topic, others for the first pass alone, where short
    names in capitals ("FAIR") would too often be words."""
    topics, first = data.get("companies", {}), data.get("companies_first_pass", {})
    for alias, org in lexicon.orgs().items():
        if org.ambiguity == 0 and org.kind in topics:
            name, weight = topics[org.kind]
            yield alias, Topic(name, float(weight))
        elif org.ambiguity <= 1 and org.kind in first and not (org.ambiguity and alias.isupper() and len(alias) < SHORT):
            name, weight = first[org.kind]
            yield alias, Topic(name, float(weight), "first")


def _list(data: dict[str, Any], key: str) -> list[Any]:
    found = data.get(key)
    if not isinstance(found, list):
        raise LexiconError(f"{FILE}: {key} must be a list")
    return found


@cache
def _automaton() -> ahocorasick.Automaton:
    table: dict[str, list[_Term]] = {}
    for term, topic in terms():
        word = flat(term.removesuffix("*"))
        if not word:
            raise LexiconError(f"{FILE}: {topic.name}: an empty term")
        if topic.kind == "first":
            continue
        name = topic.kind in ("place", "project")
        table.setdefault(word, []).append(_Term(topic, len(word), term.endswith("*"), word in UNITS, name))
    automaton = ahocorasick.Automaton()
    for word, found in table.items():
        automaton.add_word(word, tuple(found))
    automaton.make_automaton()
    return automaton


def flat(text: str) -> str:
    """Lower case, hyphens as blanks, straight apostrophes; every character keeps its place."""
    if not text.isascii():
        for mark, plain in _PLAIN:
            text = text.replace(mark, plain)
    text = text.replace("-", " ").replace("/", " ")
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def scan(document: Document, sentences: int = 5) -> Scan:
    """The terms of the title and of the first ``sentences`` pieces of the story."""
    found: dict[str, list[Hit]] = {"topic": [], "cue": [], "actor": [], "place": [], "project": []}
    title = sum(1 for s in document.sentences if s.field == "title")
    for sentence in document.sentences[: title + sentences]:
        _scan(sentence, found)
    return Scan(
        topics=_meant(_made(_fed(_longest(found["topic"])))),
        cues=tuple(sorted(found["cue"], key=_place)),
        actors=_longest(found["actor"]),
        places=_longest(found["place"]),
        projects=_longest(found["project"]),
    )


_PLANTS = frozenset({"power_plant", "nuclear"})
_HUNGRY = frozenset({"ai_demand", "ai_boom"})
_ELSE = frozenset({"stock", "market_report", "layoffs", "consumer_price", "results", "exec"})  # what such news is of, then
_FED = Topic("ai_infra", 0.85)


def _fed(topics: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Power for AI is power for its data centers, though none is told: "coal plant to stay open for AI demand"."""
    hungry = [h for h in topics if h.topic.name in _HUNGRY]
    plants = {h.sentence for h in topics if h.topic.name in _PLANTS} if hungry else frozenset[Sentence]()
    if not plants:
        return topics
    plants -= {h.sentence for h in topics if h.topic.name in _ELSE}
    return tuple([h._replace(topic=_FED) if h in hungry and _is_fed(h, plants) else h for h in topics])


def _is_fed(h: Hit, plants: Set[Sentence]) -> bool:
    sentence = h.sentence
    text = sentence.text[: h.end - sentence.start].lower()
    return sentence in plants and "despite" not in text and not text.endswith("bubble")


_CHIPMAKERS = re.compile(
    r"(?<!potato )(?<!tortilla )\b(?:chip|memory|semiconductor|wafer|dram|nand|hbm|foundry)[\s-]?"
    r"(?:makers?|packagers?|testers?|giants?|producers?|assemblers?)\b",
    re.I,
)
_FAB = Topic("fab", 0.7)


def _made(topics: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """A plant of a chipmaker's is one for chips: "chip packager opens $1.6B plant"."""
    works = [h for h in topics if h.topic.name == "works" and _CHIPMAKERS.search(h.sentence.text)]
    if not works:
        return topics
    other = {h.sentence for h in topics if h.topic.name in _ELSE or h.topic.name == "product"}
    return tuple([h._replace(topic=_FAB) if h in works and h.sentence not in other else h for h in topics])


# Aid for a chip industry is for its fabs; a deal of billions with a cloud is for its computers; and capex that is raised beside
# results is a point of its own where computing is in the story.
_AID = re.compile(
    r"\b(?:packages?|subsid(?:y|ies)|aid|funds?|incentives|support|grants?|stimulus)\s(?:\S+\s){0,4}?(?:for|to)\s(?:\w+\s){0,2}?$",
    re.I,
)
_INDUSTRY = re.compile(r"^\s(?:industry|sector|makers|production)\b", re.I)
_BIG_DEAL = re.compile(
    r"\$\d[\d.,]*\s?(?:billion|bn|B)\s(?:[\w-]+\s){0,3}?(?:deal|contract|agreement|pact|commitment)\swith\s$", re.I
)
_RAISED = re.compile(r"\b(?:rais|increas|lift|hik|boost|bump)(?:e|es|ed|ing|s)?\s(?:[\w’'-]+\s){0,5}$", re.I)
_TO_A_SUM = re.compile(r"^\s(?:[\w-]+\s){0,4}?(?:to|by)\s(?:\w+\s){0,3}?[$€£]\d", re.I)
# Whose trade is data centers builds none by naming a chief: "data center operator Osprey taps Ada Quill as CFO".
_OF_A_FIRM = re.compile(
    r"^\s(?:operator|developer|builder|provider|firm|company|association|landlord|start-?up|giant|group|specialist|names?\b|"
    r"appoints?\b|hires?\b)",
    re.I,
)
_NAMES_A_CHIEF = re.compile(
    r"\b(?:names?|appoints?|hires?|taps?|picks?|promotes?|poaches|recruits?)\s(?:[\w.’'“”\"-]+,?\s){1,8}?(?:(?:as|to\sbe)\b|chief\b|"
    r"[cC][A-Z]O\b|C[EFOT]O\b|president\b|managing\sdirector\b|head\b|chair)",
    re.I,
)
_FIRM = Topic("capacity_company", 0.5)
_COMPUTE, _SPENT = Topic("compute", 0.8), Topic("ai_infra", 0.85)
_ABOUT = frozenset({"cloud", "ai", "ai_demand", "ai_spend", "comput", "gpus"})


def _meant(topics: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Topics by what stands around them, where that makes them another: the aid, the deal and the capex above."""
    names = {h.topic.name for h in topics}
    if "exec" in names and "data_center" in names:
        topics = tuple([h._replace(topic=_FIRM) if _is_of_a_firm(h) else h for h in topics])
    if names.isdisjoint(("chips", "cloud", "capex")):
        return topics
    computing = not names.isdisjoint(_ABOUT)
    return tuple([h._replace(topic=topic) if (topic := _in_context(h, computing)) is not None else h for h in topics])


def _is_of_a_firm(h: Hit) -> bool:
    if h.topic.name != "data_center":
        return False
    end = h.end - h.sentence.start
    behind = h.sentence.text[end : end + 240]
    return _OF_A_FIRM.match(behind) is not None and _NAMES_A_CHIEF.search(behind) is not None


def _in_context(h: Hit, computing: bool) -> Topic | None:
    if h.topic.name not in ("chips", "cloud", "capex"):
        return None
    start, end = h.start - h.sentence.start, h.end - h.sentence.start
    before, behind = h.sentence.text[max(0, start - 72) : start], h.sentence.text[end : end + 48]
    if h.topic.name == "chips":
        return _FAB if _INDUSTRY.match(behind) and _AID.search(before) else None
    if h.topic.name == "cloud":
        return _COMPUTE if _BIG_DEAL.search(before) else None
    return _SPENT if computing and _RAISED.search(before) and _TO_A_SUM.match(behind) else None


def _scan(sentence: Sentence, into: dict[str, list[Hit]]) -> None:
    text, offset, new = sentence.text, sentence.start, tuple.__new__  # half of what Hit(…) costs
    low, size = flat(text), len(text)
    for last, found in _automaton().iter(low):
        end = last + 1
        start = end - found[0].length
        if start and low[start - 1].isalnum() and not (found[0].unit and low[start - 1].isdigit()):
            continue
        whole = end >= size or not low[end].isalnum()
        for term in found:
            stop = end
            if not whole:
                if not term.stem:
                    continue
                while stop < size and low[stop].isalpha():
                    stop += 1
                if stop < size and low[stop].isalnum():
                    continue
            topic = term.topic
            if term.exact and not _as_name(text[start:stop], topic.name):
                continue
            into[topic.kind].append(new(Hit, (topic, sentence, offset + start, offset + stop)))


def _as_name(text: str, name: str) -> bool:
    return not text[:1].islower() and (not name.isupper() or text == name)  # "2Quill" begins with no letter


def _place(hit: Hit) -> tuple[bool, int, int]:
    return hit.sentence.field != "title", hit.start, -hit.end


def _longest(hits: list[Hit]) -> tuple[Hit, ...]:
    if len(hits) < 2:
        return tuple(hits)
    kept: list[Hit] = []
    for hit in sorted(hits, key=_place):
        before = kept[-1] if kept and kept[-1].sentence is hit.sentence else None
        if before is None or hit.start >= before.end:
            kept.append(hit)
    return tuple(kept)

"""What a site or programme is called: a name of the lexicon, or what calls itself a project."""

from __future__ import annotations

import re
from collections.abc import Sequence

import monitor.classify.words.lexicon as lexicon
from monitor.classify.buildouts.site_codes import coded
from monitor.classify.buildouts.terms import Hit, Scan
from monitor.classify.words.document import Document, Sentence

_NAME = r"[A-Z][\w'’-]+"
_PROJECT = re.compile(
    rf"\bProject\s{_NAME}(?:\s{_NAME}|\s\d(?=[,.;]|\sand\b|$))?|\b[A-Z][\w-]+\s(?:Project|Campus)\b(?!\s[A-Z])(?<!Center\sProject)(?<!Centre\sProject)"
)
# In Title Case a project is named where its name ends, or a site follows: "Project Quill Data Center", "Project Quill, a".
_LOUD = re.compile(
    rf"(?<!Center\s)(?<!Centre\s)(?<!Power\s)(?<!Energy\s)\bProject\s(?P<name>{_NAME}(?:\s{_NAME})??)"
    r"(?=[,:?!.]|$|\s(?:AI\s)?(?:Data|Datacent|Campus|Site|Supercomputer|Cluster|Proposal|Plan\b)|"
    r"\s(?:Is|Was|Will|Has|Gets|Gains|Wins|Faces|Moves|Clears|Draws|Would|Could|May|to|in|at|near|after|as|and|with|over|for|before)\s)"
)
_SITE = re.compile(
    r"^\s(?:AI\s)?(?:[Dd]ata|[Cc]ampus|[Ss]ite|[Ss]upercomputer|[Cc]luster|[Pp]roject|[Pp]lant|[Gg]enerating|[Nn]uclear|\d)"
)
_IN = re.compile(r"\b(?:in|near|outside|to)\s$", re.I)
_OF_STATE = re.compile(r"^,\s[A-Z]")
_NAMED = re.compile(r"\bProject\s$")
_CALLED = ("Project", "Campus")  # one of them stands in whatever the patterns find
# What a site is said to be called, and a name in quotes before one: "the campus, dubbed Quill Park", "the 'Quill Park' campus".
_SORT = (
    r"project|campus|sites?|complex|cluster|supercomputer|facility|initiative|program(?:me)?|development|hub|foundry|scheme|cable|"
    r"data\s?cent(?:er|re)|fab|machine|reactor|cloud\sregion|cable\ssystem"
)
_BY_NAME = rf"(?:the\s)?['‘“\"]?(?P<name>{_NAME}(?:\s{_NAME}){{0,2}})"
_DUBBED = (
    re.compile(
        rf"\b(?i:{_SORT})(?:\s(?:in|near|at|outside|on|for)\s(?:\w+\s){{0,2}}{_NAME}(?:,?\s{_NAME}){{0,3}})?,?\s"
        rf"(?:(?:is|was|has\sbeen|that\sis|which\sis)\s)?(?:dubbed|known\sas|called|code-?named|nicknamed)\s{_BY_NAME}"
    ),
    re.compile(rf"(?:Dubbed|Known\sas|Called|Code-?named|Named)\s{_BY_NAME},\s(?:it|the\s(?:[\w-]+\s){{0,3}}?(?i:{_SORT}))\b"),
)
# A cable has its name right before what it is: "the Quillwave subsea cable"; a sea, a state or a firm is none of its own.
_CABLE = re.compile(
    r"(?P<name>(?:[A-Z0-9][\w'’-]+\s){1,3})(?:(?:submarine|subsea|undersea)\s(?:fib(?:er|re)\s)?cable|cable\ssystem)\b"
)
_QUOTED = re.compile(
    rf"(?<!\w)['‘“\"](?P<name>{_NAME}(?:\s{_NAME}){{0,2}})['’”\"]\s(?i:(?:ai\s)?(?:data\s?cent(?:er|re)|{_SORT}|fab|plant)\b)"
)
_QUOTES = "'‘“\""
_SAYS = ("dubbed", "known as", "called", "named")
_SEAS = frozenset("pacific atlantic caribbean baltic mediterranean arctic trans-pacific transpacific transatlantic".split())
_UNDER_SEA = ("subsea ", "submarine ", "undersea ", "cable system")
# How a name goes on behind the part of it that is listed: "Quill-AI", "Quill 2 cluster", "the Quill Project".
_GOES_ON = re.compile(
    r"-AI\b|(?<!Stargate)\sProject\b|\s[1-9](?=[,.;:)]|$|\s(?:cluster|data\scenter|supercomputer|reactor|site|facility|and)\b)"
)
_OF_A_FIRM = re.compile(r"^['’]s\s(?:[A-Z]\w+\s)?(?:fund|stake|chief|CEO|shares|arm|unit|investors|portfolio|owner)\b")
_NO_PROJECT = frozenset(
    "big tech mega secret data new ai the power energy cloud first major huge massive gas nuclear solar gw mw development impact "
    "compute pilot infrastructure construction expansion investment research joint national digital green pipeline transmission "
    "manhattan".split()
)


def project_of(document: Document, found: Scan) -> tuple[Sentence, int, int] | None:
    """Where the project is named first: its sentence and offsets into the field's own text."""
    for sentence in document.sentences[:4]:
        source = document.source(sentence)
        places = [h for h in found.places if h.sentence is sentence]
        named = next((h for h in found.projects if h.sentence is sentence and _is_one(source, h, places)), None)
        if named is not None:
            before = _NAMED.search(source, max(sentence.start, named.start - 9), named.start)
            more = _GOES_ON.match(source, named.end)
            start = before.start() if before is not None else named.start
            return sentence, start, more.end() if more is not None else named.end
        if any(word in sentence.text for word in _CALLED) and (told := _told(source, sentence, places)) is not None:
            return sentence, *told
        if (told := _dubbed(source, sentence) or coded(source, sentence) or _cable(source, sentence, places)) is not None:
            return sentence, *told
    return None


def _dubbed(source: str, sentence: Sentence) -> tuple[int, int] | None:
    """What a site is said to be called, or stands in quotes before it; a plain word in quotes is none."""
    low = sentence.text.lower()
    for pattern in _DUBBED if any(word in low for word in _SAYS) else ():
        found = pattern.search(source, sentence.start, sentence.end)
        if found is not None and found["name"] not in lexicon.orgs_by_alias():
            return found.span("name")
    for found in _QUOTED.finditer(source, sentence.start, sentence.end) if any(mark in low for mark in _QUOTES) else ():
        words = found["name"].lower().split(" ")
        plain = all(word in lexicon.common_words() for word in words)
        if words[0] not in _NO_PROJECT and not (plain and (sentence.loud or len(words) == 1)):
            return found.span("name")
    return None


def _cable(source: str, sentence: Sentence, places: Sequence[Hit]) -> tuple[int, int] | None:
    """The name before "subsea cable": its last words that are neither somebody's own, a place nor in the dictionary."""
    if sentence.loud or not any(word in sentence.text for word in _UNDER_SEA):
        return None
    for found in _CABLE.finditer(source, sentence.start, sentence.end):
        end = found.end("name") - 1
        start = end
        for word in reversed(found["name"].split()):
            at = start - len(word) - (start != end)
            plain = word.lower() in _SEAS or word.lower() in lexicon.dictionary() or word in lexicon.demonyms()
            if (
                plain
                or word in lexicon.orgs_by_alias()
                or word[-2:] in ("'s", "’s")
                or any(h.start <= at < h.end for h in places)
            ):
                break
            start = at
        if start < end:
            return start, end
    return None


def _is_one(source: str, hit: Hit, places: Sequence[Hit]) -> bool:
    """What is also a place or part of another name is a project only where a site follows, or nothing that says otherwise."""
    behind = source[hit.end : hit.end + 24]
    if _SITE.match(behind):
        return True
    if _OF_A_FIRM.match(behind):
        return False
    if any(h.start == hit.start and h.end == hit.end for h in places):
        return not _OF_STATE.match(behind) and _IN.search(source, max(0, hit.start - 9), hit.start) is None
    name = re.match(r"\s([A-Z][a-z][\w'’-]*)", behind)  # "Echo Quill" is a person
    if name is None or hit.sentence.loud or any(h.start == hit.end + 1 for h in places):
        return True
    return name[1].lower() in lexicon.common_words()


def _told(source: str, sentence: Sentence, places: Sequence[Hit]) -> tuple[int, int] | None:
    pattern = _LOUD if sentence.loud else _PROJECT
    match = pattern.search(source, sentence.start, sentence.end)
    if match is None or any(h.start == match.start() for h in places):
        return None
    words = match.group().split()
    if words[0].lower() in _NO_PROJECT or (words[0] == "Project" and words[1].lower() in _NO_PROJECT):
        return None
    return match.start(), match.end() - match.group().endswith(("'", "’"))

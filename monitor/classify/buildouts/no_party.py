"""Names beside a site that are no party's: whom another is told apart from, a product, a plant, who only reports."""

from __future__ import annotations

import re

from monitor.classify.buildouts.mentions import Candidate, Line, Mention

UNKNOWN = frozenset({"org", "name"})  # kinds of names that no list has
# Whom another is only compared with: "Crusoe rival Quillmark signs …".
_BESIDE = re.compile(r"\s(?:rival|competitor|challenger)\s(?=[A-Z])", re.I)
# What names no party: "a tenant other than Osprey", "Osprey's owner", "Quill Lambda 3 powers up", "Quill reactor", "…: Osprey".
_OTHER = re.compile(r"\b(?:other\sthan|instead\sof|rather\sthan|unlike)\s$", re.I)
_KIN = re.compile(r"^['’]s?\s(?:owner|parent)\b")
# Who had the works that a site takes over, and who is but a rival's measure: "Osprey's old plant", "Osprey's Asian rival".
_ONCE = re.compile(
    r"^['’]s?\s(?:(?:old|former|ex|shuttered|disused|closed|abandoned|one-time|mothballed)\s|(?:[A-Z][a-z]+\s|\w+er\s)?(?:rival|competitor)\b)"
)
# Whom a builder's new chief comes from: "names former Osprey president", "hires Osprey executive".
_HIRED_FROM = re.compile(
    r"\b(?:former|ex-|(?:hires?|names?|taps?|poaches|appoints?|recruits?|picks?|snags?|lures?|nabs?)\s(?:an?\s|the\s)?(?:former\s)?)\s?$",
    re.I,
)
_A_POST = re.compile(
    r"^(?:['’]s)?\s(?:[\w&/-]+\s){0,2}?(?:president|chief|executive|exec|CEO|CFO|COO|CTO|boss|director|manager|officer|banker|veteran|alumn\w+|"
    r"head|chair(?:man|woman)?|partner|engineer)\b(?!\s(?:data|campus|site))",
    re.I,
)
_NUMBERED = re.compile(
    r"^(?:\s[A-Z]\w+)?\s[2-9](?:$|[,.;:)]|\s(?:would|will|to|is|was|has|gets|goes|powers|comes|opens|"
    r"super\w+|cluster|reactor|campus)\b)"
)
_WORKS = re.compile(r"^\s(?:reactors?|nuclear\s(?:plant|station)|power\s(?:plant|station)|coal\s(?:plant|unit)|dam|mine)\b")
_CAPITAL = re.compile(r"\b[A-Z]\w+\s$")
# Who left before others came: "… after Osprey and Quill walked away".
_AFTER = re.compile(r"\bafter\s(?:[A-Z][\w.&-]+(?:,\s(?:and\s)?|\sand\s))*$")
_LEFT = re.compile(
    r"^(?:,?\sand\s[A-Z][\w.&-]+)?\s(?:ha[sd]\s|have\s)?(?:walk(?:s|ed)?\saway|pull(?:s|ed)?\sout|back(?:s|ed)?\sout|withdr[ae]ws?|"
    r"drop(?:s|ped)?\sout|bow(?:s|ed)?\sout)\b"
)
# "Originally planned for Osprey and Quill": who had a site before others.
_BEFORE = re.compile(
    r"\b(?:originally|initially|previously|first)\s(?:(?:being|been)\s)?(?:[a-z]+ed|built|meant)\s(?:for|by|with|to)\s"
    r"(?:[A-Z][\w.&-]+\s(?:[A-Z][\w.&-]+\s)?and\s)?$"
)
# "According to a report by Quill", "analysts at Quill said": who is asked.
_REPORTS = re.compile(
    r"\b(?:according\sto|citing|in|from)\s(?:an?|the|its)?\s?(?:[\w-]+\s){0,2}"
    r"(?:reports?|stud(?:y|ies)|analysis|note|survey|estimates?|forecast|data)\s(?:by|from|of)\s(?:the\s)?$|"
    r"\banalysts?\s(?:at|with|from)\s(?:the\s)?$",
    re.I,
)
_FORECASTS = frozenset(("bank", "real_estate"))


def _no_party(m: Mention, line: Line) -> bool:
    """Whether what stands beside a name says that it is no party's: whom another is told apart from, a product, a plant, a
    bank whose forecast ends the headline, whose report or analyst is told from, for whom a site was meant before."""
    source, sentence = line.row.source, m.sentence
    behind = source[m.end : min(sentence.end, m.end + 40)]
    if _OTHER.search(source, max(sentence.start, m.start - 14), m.start) or (not m.in_title and _KIN.match(behind)):
        return True
    if _ONCE.match(behind) or (m.kind in UNKNOWN and _WORKS.match(behind)):
        return True
    if m.kind != "place" and _A_POST.match(behind) and _HIRED_FROM.search(source, max(sentence.start, m.start - 24), m.start):
        return True
    if _REPORTS.search(source, max(sentence.start, m.start - 64), m.start):
        return True
    if not m.in_title and _BEFORE.search(source, max(sentence.start, m.start - 80), m.start):
        return True
    if not m.in_title and m.org_kind == "grid_operator" and source[m.start - 4 : m.start] == " in ":  # a market
        return True
    if m.in_title and _LEFT.match(behind) and _AFTER.search(source, max(sentence.start, m.start - 40), m.start):
        return True
    if m.in_title and m.org_kind in _FORECASTS:
        return not behind and source[m.start - 2 : m.start] == ": "
    alone = m.kind in UNKNOWN or (m.kind == "gazetteer" and _CAPITAL.search(source, sentence.start, m.start) is not None)
    return alone and not sentence.loud and _NUMBERED.match(behind) is not None


def _compared(m: Mention, line: Line) -> bool:
    found = _BESIDE.match(line.row.source, m.end) if m.in_title and m.kind not in ("place", "actor") else None
    return found is not None and any(other.start == found.end() for other in line.mentions)


def takes_no_part(candidate: Candidate) -> bool:
    """Whether every mention of a name says so; who is compared with others must be so at the only one."""
    told = list(zip(candidate.mentions, candidate.lines, strict=True))
    return (len(told) == 1 and _compared(*told[0])) or all(_no_party(m, line) for m, line in told)

"""Who opens a headline without a name of its own and does what is told: "Council tables …", "Residents sue …".

They are weighed as words of the list of actors are, but what they do is said right behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.classify.buildouts.mentions import Mention
from monitor.classify.parsing.row import Row

_WHOSE = r"(?:city|town|township|village|county|borough|district|parish|state|planning|zoning|school|tribal|local)"
# What a body decides; "Council chief …" and "Commission staff …" are others.
_DECIDES = (
    r"(?:tables?|approves?|adopts?|advances?|passes|pass|rejects?|den(?:y|ies)|bans?|blocks?|pauses?|halts?|delays?|postpones?|"
    r"defers?|extends?|imposes?|lifts?|repeals?|kills?|backs?|oks?|clears?|amends?|rezones?|votes?|weighs?|mulls?|debates?|discuss(?:es)?|"
    r"considers?|eyes?|reviews?|moves?\sto|agrees?\sto|declines?\sto|refuses?|sets?|takes?\sup|recommends?|enacts?|drafts?|drops?|"
    r"sides?\swith|signs?\soff|says?\s(?:no|yes)|will\s\w+)"
)
# What those who live beside a site do about it.
_OPPOSE = (
    r"(?:sues?|oppose|protest|fight|rally|petition|urge|ask|demand|beg|plead|push\s(?:back|for|to)|pack|voice|vow|appeal|challenge|object|"
    r"question|block|call\s(?:for|on)|complain|blast|slam|decry|criticize|criticise|threaten|file\s(?:suit|appeal|lawsuit)|"
    r"speak\s(?:out|against)|take\s(?:legal\saction|\w+(?:\s\w+)?\sto\scourt)|warn|struggle\swith|go\sto\scourt|turn\sout|seek|want)"
)
_OPENER = re.compile(
    rf"(?:^|:\s|;\s)(?:the\s)?(?:(?P<body>(?:{_WHOSE}\s){{0,2}}(?:council|commission|committee|board|commissioners|supervisors|"
    rf"councillors|councilors|selectmen|lawmakers|senate|legislature|municipalities|planners))\s(?:\w+ly\s)?{_DECIDES}|"
    rf"(?:(?:angry|nearby|some|more|dozens\sof|hundreds\sof|rural|worried)\s)?(?P<people>(?:local\s)?(?:residents|neighbou?rs|"
    rf"homeowners|landowners|locals|villagers|farmers|ranchers|campaigners|activists|opponents|environmentalists|"
    rf"environmental\sgroups))\s(?:\w+ly\s)?{_OPPOSE})\b",
    re.I,
)
_HELD = (
    *("ouncil", "ommission", "ommittee", "oard", "upervisors", "electmen", "awmakers", "enate", "egislature", "unicipalities"),
    *("lanners", "esidents", "eighbo", "owners", "ocals", "illagers", "armers", "anchers", "ampaigners", "ctivists", "pponents"),
    *("nvironmental",),
)


def unnamed(row: Row) -> Iterator[Mention]:
    """Those of a headline, as actors that open it."""
    sentence = row.sentence
    if sentence.field != "title" or not any(piece in sentence.text for piece in _HELD):
        return
    for found in _OPENER.finditer(row.source, sentence.start, sentence.end):
        start, end = found.span("body" if found["body"] else "people")
        text = row.source[start:end]
        yield Mention(text, "actor", text.lower(), sentence, start, end, opens=True)


def without_unnamed(told: Sequence[Mention], is_body: Sequence[bool]) -> list[Mention]:
    """``told`` without openers where a body with its name is told: "Commissioners" are the Quill County Council."""
    named = any(body and not m.opens for m, body in zip(told, is_body, strict=True))
    return [m for m in told if not (named and m.opens)]

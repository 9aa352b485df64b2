"""Whether a story that tells a buildout as a fact is evidence of it, where before it was a report or a rumour.

An outlet that tells another's report in its own words ("Osprey plans a campus", "banks shop Corvid's debt") says no "sources say"
and knows no more. Evidence is a deed that the headline tells as done, or the word of somebody who is part of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from monitor.model import Event, Match, Status, Story, Verdict
from monitor.text import fold, headline

_DONE = (
    "announce|confirm|unveil|reveal|disclose|sign|ink|seal|agree|close|complete|finalize|finalise|secure|raise|land|award|approve|"
    "pass|open|launch|inaugurate|acquire|invest|commit|pledge|pick|select|choose|lease|order|purchase|form|start|lift|boost|hike|"
    "cancel|scrap|shelve|abandon|terminate|reject|delay|pause|halt|join|tap|name|unite|expand|double|build|add|deploy|file|"
    "install|supply|outline|detail"
)
# "signs", "signed", "has bought": said of a deed; "to sign" and "signing" tell none.
_DEED = re.compile(
    rf"(?<!to )(?<!not )\b(?:(?:{_DONE})(?:s|es|d|ed)|buys|bought|wins|won|strikes|struck|begins|began|"
    r"(?:breaks|broke|breaking) ground|sells|sold|supplies|supplied|spends|spent|calls? off|called off|walks away|backs out|"
    r"ha(?:s|ve) begun|under construction|goes live|said|says|tells|told|vows?|will)\b"
)
# "Osprey to build campus", as an outlet writes what was announced; not "plans firm to build", "in talks to buy".
_TO = re.compile(
    r"^(?:(?!(?:plan|seek|offer|aim|look|want|eye|hope|shop|consider|weigh|mull|explore|near|deal|bid|push|race|talk|propose|"
    r"prepare|set|about|close|move|tr(?:y|ie)|need|ask|urge|refuse|fail)(?:s|ing)?\b)[\w.&$',-]+ ){1,7}to (?:build|open|invest|"
    r"buy|acquire|lease|spend|expand|supply|raise|sell|pay|deploy|double|host|house|get|use|provide|power|close|cut)\b"
)
# Somebody who is part of it speaks, wherever in the story.
_SAID = re.compile(
    r"\b(?:announc(?:ed|es|ing|ement)|confirm(?:ed|s|ing)|press release|in a (?:statement|filing|blog post)|blog post|prospectus|"
    r"regulatory filing|filings?|ha(?:s|ve) (?:\w+ )?(?:formed|signed|agreed|bought|acquired|raised|secured|opened|begun|started|"
    r"broken|committed|closed|completed|approved|leased|ordered|launched|filed))\b"
)
SUMMARY = 600


def weighed(event: Event, story: Story, verdict: Verdict, tier: int) -> Verdict:
    """``verdict`` with a buildout that is told as a fact made a report, where that is no evidence of what ``event`` tells."""
    if event.status not in (Status.RUMORED, Status.REPORTED) or tier == 1 or event.buildout is None or _evidence(story):
        return verdict
    return replace(verdict, matches=tuple(map(_reported, verdict.matches)))


def _evidence(story: Story) -> bool:
    title = fold(headline(story.title))
    return bool(_DEED.search(title) or _TO.search(title) or _SAID.search(f"{title} . {fold(story.summary[:SUMMARY])}"))


def _reported(match: Match) -> Match:
    built = match.buildout
    if built is None or built.status != Status.CONFIRMED:
        return match
    return replace(match, buildout=replace(built, status=Status.REPORTED))

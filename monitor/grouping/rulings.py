"""What a headline says that a council or a court does about a site: rejects, approves, puts off; or that somebody sues.

Also that a deal is called off, and that a governor vetoes what was to become law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from monitor.grouping.words import TEXTS_KEPT
from monitor.text import fold, headline

# Behind these stands what was before, or what somebody asks for.
_MAIN = re.compile(r"\b(?:after|despite|following|amid|as|who|which|whose|weeks later|now)\b|[.;:?!]\s")
# It is not the plan that is ruled on, but what was asked of it or said against it; or nobody has ruled yet.
_OTHER = re.compile(
    r"\b(?:appeals?|bids? to|claims?|petitions?|moratoriums?|challenges?|calls|concerns?|criticism|bans?|limits?|(?:law)?suits?|"
    r"reports?|offers?|may|might|could|would|not|should|urges?|asks?|wants?|demands?|recommends?|expected|likely|set to)\b"
)
_FILED = re.compile(r"\bfiles? (?:a )?(?:law)?suit\b")
# Who can rule stands before the verb: a firm that rejects worries or "green-lights" its own plan does not.
_BODY = (
    r"\b(?:councils?|boards?|commission(?:ers?)?|county|city|towns?|townships?|villages?|parish|boroughs?|planners|supervisors|"
    r"regulators?|judges?|courts?|voters?|residents|states?|governor|minister|ministry|government|authority|committee|panel|"
    r"trustees|senate|lawmakers|mayor|officials)\b[^,]*?(?<!\bto) "
)
_NEAR = r"(?:for|over|with|in|on|of|to|at|by|from|against|near|outside)\b"
# What is ruled on is the site itself, not a tax break, a budget or a contract with it: no preposition before, no noun behind.
_PLAN = r"(?:data cent(?:er|re)|campus|factory|plant|fab|complex|facility|project|plan|proposal|(?:re)?zoning)(?:e?s)?"
_SITE = (
    rf"(?:(?!{_NEAR})[\w'$.&-]+ ){{0,7}}?{_PLAN}"
    rf"(?=$|,| {_NEAR}| (?:again|at last|unanimously|\d)| (?:project|plan|proposal|campus|rezoning)s?\b)"
)
_DEAL = r"(?:deal|agreement|pact|lease|contract|partnership|acquisition|merger|takeover|talks)"
_WITH = r"(?=$|,| (?:with|over|for|to|worth|in)\b)"
_ENDED = re.compile(
    rf"\b(?:(?:calls?|called) off|scraps?|walks? away from|terminates?|cancels?|abandons?|pulls? out of|backs? out of|drops?)"
    rf" (?:[\w'$.&-]+ ){{0,8}}?{_DEAL}{_WITH}"
    rf"|\b{_DEAL} (?:[\w'$.&-]+ ){{0,6}}?(?:collapses?|falls? (?:through|apart)|(?:is )?called off)\b"
)
_VETO, _WAS_VETOED = re.compile(r"\bvetoes\b"), re.compile(r"\bvetoe[sd]\b")
_NO = ("rejected", "taken to court", "called off", "vetoed")
_RULINGS = (
    ("called off", _ENDED),
    ("taken to court", re.compile(rf"\bsues?\b .*?(?:over|against|to (?:stop|block|halt)) {_SITE}|\bsues? over {_SITE}")),
    ("rejected", re.compile(rf"{_BODY}(?:rejects?|votes? down|votes? against) {_SITE}")),
    ("put off", re.compile(r"\b(?:delays?|postpones?|tables|defers?) (?:[\w'-]+ ){0,3}(?:vote|decision|hearing)\b")),
    ("approved", re.compile(rf"{_BODY}(?:approves?|green-?lights?) {_SITE}")),
)
NAMES = frozenset({"vetoed", *(name for name, _ in _RULINGS)})
_WAS = (
    ("rejected", re.compile(rf"{_BODY}(?:rejected|voted down) {_SITE}|\b{_PLAN} (?:\w+ )?(?:rejected|voted down)")),
    (
        "approved",
        re.compile(rf"{_BODY}(?:approved|greenlit|green-lit) {_SITE}|\b{_PLAN} (?:\w+ )?(?:approved|greenlit|green-lit)"),
    ),
)


@lru_cache(maxsize=TEXTS_KEPT)
def ruling(title: str, *, told_now: bool = True) -> str:
    """The act, or "" where the headline says none or speaks of something else beside it.

    ``told_now``: it is the news of the headline ("council rejects"), not what was ("voted down last month").

    >>> ruling("Planning board rejects data center in Fayetteville"), ruling("Board rejects appeal against data center")
    ('rejected', '')
    """
    text = _MAIN.split(_FILED.sub("sues", fold(headline(title))), maxsplit=1)[0].strip()
    if (_VETO if told_now else _WAS_VETOED).search(text):
        return "vetoed"
    if _OTHER.search(text):
        return ""
    return next((name for name, form in (_RULINGS if told_now else _RULINGS + _WAS) if form.search(text)), "")


def turned(titles: Iterable[str], told: Sequence[str], title: str) -> tuple[str, str] | None:
    """What was ruled before ``title`` and what it says, where none of the headlines so far says so, nor a line that was ``told``:
    an event remembers few of its headlines.

    A first approval is what any plan needs, and a vote put off leaves all as it is: where nobody had ruled, only a no is told.
    """
    said = ruling(title)
    before = [r for t in titles if (r := ruling(t, told_now=False))] or [name for name in told if name in NAMES]
    if not said or said in before or said in told or not (before or said in _NO):
        return None
    return (before[-1] if before else ""), said

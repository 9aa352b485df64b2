"""What a headline says that a council or a court does about a site: rejects, approves, puts off; or that somebody sues."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from monitor.text import fold, headline

# Behind these stands what was before, or what somebody asks for.
_MAIN = re.compile(r"\b(?:after|despite|following|amid|as|who|which|whose|weeks later|now)\b|[.;:?!]\s")
# It is not the plan that is ruled on, but what was asked of it or said against it.
_OTHER = re.compile(
    r"\b(?:appeals?|bids? to|claims?|petitions?|moratoriums?|challenges?|calls|concerns?|criticism|bans?|limits?|suits?|"
    r"lawsuits?|reports?|offers?|may|might|could|would|not)\b"
)
_FILED = re.compile(r"\bfiles? (?:a )?(?:law)?suit\b")
_RULINGS = (
    ("taken to court", re.compile(r"\bsues\b")),
    ("rejected", re.compile(r"\b(?:rejects|votes? down|votes? against)\b"), re.compile(r"\b(?:rejected|voted down)\b")),
    ("put off", re.compile(r"\b(?:delays?|postpones?|tables|defers?) (?:[\w'-]+ ){0,3}(?:vote|decision|hearing)\b")),
    ("approved", re.compile(r"\b(?:approves|green-?lights)\b"), re.compile(r"\b(?:approved|greenlit|green-lit)\b")),
)


@lru_cache(maxsize=4096)
def ruling(title: str, *, told_now: bool = True) -> str:
    """The act, or "" where the headline says none or speaks of something else beside it.

    ``told_now``: it is the news of the headline ("council rejects"), not what was ("voted down last month").

    >>> ruling("Planning board rejects data center in Fayetteville"), ruling("Board rejects appeal against data center")
    ('rejected', '')
    """
    text = _MAIN.split(_FILED.sub("sues", fold(headline(title))), maxsplit=1)[0]
    if _OTHER.search(text):
        return ""
    return next((name for name, *forms in _RULINGS if any(form.search(text) for form in forms[: 1 if told_now else None])), "")


def turned(titles: Iterable[str], title: str) -> tuple[str, str] | None:
    """What was ruled before ``title`` and what it says, where none of the headlines told so far says so.

    A first approval is what any plan needs, and a vote put off leaves all as it is: where nobody had ruled, only a no is told.
    """
    said, before = ruling(title), [r for t in titles if (r := ruling(t, told_now=False))]
    if not said or said in before or not (before or said in ("rejected", "taken to court")):
        return None
    return (before[-1] if before else ""), said

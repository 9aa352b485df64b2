"""What names that nobody knows are told by: who opens a headline and does the deed, whom it is done with, who only judges shares.

The weights of ``orgs`` were fitted on names of which most are known; "Osprey Quill signs …" is who signs whatever they say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import monitor.classify.words.lexicon as lexicon
from monitor.classify.buildouts.bodies import (
    DECISIONS,
    VERB,
    decided,
    decides,
    goes_on_with_a_verb,
    is_body,
    is_lender,
    speaks_up,
)
from monitor.classify.buildouts.mentions import Candidate, Line, Mention
from monitor.classify.buildouts.no_party import UNKNOWN, takes_no_part
from monitor.classify.words.name_words import ORG_WORDS

PARTY = 2.4  # log odds: more than any words beside an unknown name take
COMPARED = 12.0  # log odds: more than the encoder outweighs
RATER = 5.0  # log odds: more than speaks for anybody; who judges a share builds nothing
_RATES = re.compile(
    r"\s(?:cuts?|raises?|lifts?|trims?|hikes?|downgrades?|upgrades?|starts?|initiates?|maintains?|reiterates?|keeps?)\s", re.I
)
_RATING = re.compile(
    r"\b(?:price\starget|upgrade[sd]?|downgrade[sd]?|(?:to|at)\s['‘\"“]?(?:buy|sell|hold|neutral|outperform|overweight|underweight|"
    r"underperform|equal[\s-]weight)\b)",
    re.I,
)
_STATES = frozenset(
    "Ala Ariz Ark Calif Colo Conn Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev N.C N.D N.H N.J N.M N.Y Okla "
    "Ore Pa S.C S.D Tenn Tex Va Wash Wis W.Va Wyo".split()
)
_BASED = re.compile(r",\s(?:[A-Z][\w.]*\s){0,2}[A-Z][\w.]*-(?:based|headquartered)\b")
_NAMES = UNKNOWN | {"person"}
_DEEDS = ("build", "invest", "compute", "power.deal", "finance", "acquire", "lease", "deal", "open", "expand", "commit", "cancel")
_DEALS = ("deal", "lease", "acquire", "compute", "power.deal", "finance", "invest")
_SHORTEST, _MOSTLY = 4, 0.6
# Whose trade is told right before a name is of the story: "Acme buys data center operator Quillmark", "Crypto miner Quillmark".
_TRADE = re.compile(
    r"\b(?P<trade>operator|developer|builder|provider|miner|firm|company|start-?up|landlord|specialist|owner|group|chip-?maker|maker|"
    r"packager|driller|hyperscaler)\s$",
    re.I,
)
EPITHET = re.compile(  # a trade that has its capital from where it stands, and is no part of the name behind it
    r"(?:Neocloud|Startup|Start-up|Fund|Miner|Utility|Developer|Operator|Chipmaker|Hyperscaler|Lender|Insurer)\s(?=[A-Z])"
)
_LED = re.compile(  # what a headline tells of a firm before its name: "Pension giant …", "Crusoe rival …", "Polish insurer …"
    r"(?:[\w&.’'-]+\s){0,3}(?:giant|insurer|lender|investor|fund|major|group|firm|company|start-?up|miner|operator|developer|"
    r"builder|maker|chip-?maker|utility|landlord|specialist|provider|conglomerate|owner|unicorn|upstart|neocloud|hyperscaler|"
    r"telco|carrier|rival|competitor|challenger|supplier|affiliate)\s",
    re.I,
)
_NEAR = 12  # characters: "agrees to" may stand before the deed
_WITH = re.compile(r"\b(?:with|from|to|by|buys?|acquires?|acquiring|buying|supply|supplies|stake\sin)\s$", re.I)
_OF_SEVERAL = re.compile(r"^\s[a-zA-Z]{2,}\s")
_PICKED = re.compile(r"\b(?:picks?|taps?|selects?|chooses?|hires?|enlists?)\s$", re.I)
_A_SITE = re.compile(r"\s(?:as|for)\s(?:[\w.-]+\s){0,3}(?:site|campus|location|base|debut)\b")  # "picks Tulsa for second site"
_LIST = frozenset((", ", " and ", ", and ", " & ", " or ", " and by "))
_JOINED = frozenset("-")  # "Osprey-Quillmark venture"
_OWNED = frozenset(("'s ", "’s "))
_THEN = re.compile(r"^(?:$|[,;:]|\s(?:for|in|to|under|at|on|over|with)\s|\s-\s|['’]s?\s)", re.I)
_STOPS = re.compile(rf"{_THEN.pattern}|[.]|\sand\s", re.I)
_RUNS_INTO = re.compile(
    r"\s(?:(?:AI\s)?Data\s?[Cc]ent(?:er|re)|Datacent(?:er|re)|Inks?|Agrees?|Approves?|Rejects?|Votes?|Vetoes|Bans?|Scraps?|Pledges?|"
    r"Commits?|Delays?|Explores|Weighs|Mulls|Eyes|Courts|Taps|Preps|Readies|Nears|Seeks|Secures|Snaps|Unveils?|Announces?)$"
)


def length(text: str) -> int:
    """How many characters of a run in Title Case are a name, without the site or the verb that it runs into."""
    found = _RUNS_INTO.search(text)
    return found.start() if found is not None else len(text)


def in_address(source: str, start: int, end: int) -> bool:
    """Whether a name is a place's by its commas: "Ashland, Va.", "the Reston, Virginia-based operator"."""
    if source[start - 2 : start] == ", " and source[start:end].rstrip(".") in _STATES and source[end - 1 : end + 1].count("."):
        return True
    return source[end : end + 2] == ", " and _BASED.match(source, end) is not None


def _rates(m: Mention, line: Line) -> bool:
    """Whether a name is that of who judges a share: "Quill cuts Osprey to neutral", "price target raised by Quill"."""
    source, sentence = line.row.source, m.sentence
    before, behind = source[sentence.start : m.start], source[m.end : sentence.end]
    if _RATES.match(behind) is not None:
        return _RATING.search(behind.partition(" and ")[0].partition(" as ")[0]) is not None
    return before.endswith((" by ", " at ")) and _RATING.search(before) is not None


def standing(candidate: Candidate) -> float:
    """What is added to the log odds of a name that no list has for what it does, or what is done with it, in the title; or
    taken from those of who only rates a share."""
    mention, line = candidate.first, candidate.lines[0]
    if mention.in_title and mention.kind not in ("place", "actor") and _rates(mention, line):
        return -RATER
    if takes_no_part(candidate):
        return -COMPARED
    if not candidate.in_title and mention.kind == "gazetteer" and all(map(_makes_what_others_use, candidate.mentions)):
        return -PARTY
    if speaks_up(mention) or (mention.in_title and (decides(mention, line) or _is_quoted(mention, line))):
        return PARTY
    if not mention.in_title and (_picked(mention, line) or _is_its(mention, line) or is_lender(mention, line)):
        return PARTY
    if any(decided(m, at) for m, at in zip(candidate.mentions, candidate.lines, strict=True)):
        return PARTY
    if mention.kind in _NAMES and _of_trade(mention, line) and _named(mention, line):
        return PARTY
    spelled = mention.text.isupper() and len(mention.text) == _SHORTEST - 1
    if mention.kind in UNKNOWN and (spelled or _named(mention, line)) and _done_by(mention, line):
        return PARTY
    body = is_body(mention.text)
    if not mention.in_title or mention.kind not in UNKNOWN or not (body or _named(mention, line)):
        return 0.0
    return PARTY if _opens(mention, line) or _is_partner(mention, line) else 0.0


_CHIPS = re.compile(r"\s(?:\w+\s)?(?:GPUs?|chips|processors|accelerators)\b")
# Who has built, owns or pays: "a campus backed by Quillmark", "The seller was Quillmark".
_BY = re.compile(
    r"\b(?:(?:planned|proposed|built|developed|owned|operated|run|backed|financed|funded)\sby|"
    r"(?:seller|buyer|lenders?|backers?|investors?|tenant|developer|operator)\s(?:is|was|are|were|(?:also\s)?include[sd]?))\s"
    r"(?:[a-z][\w-]*\s){0,3}$"
)
_FAR = 64  # characters of such words before a name


_HAS_PICKED = re.compile(r"\b(?:named|picked|selected|chosen|chose|tapped)\s$")
_AS = re.compile(
    r"^\s(?:as|for|to|preferred)\b"
    r"(?!\s(?:its|his|her|the)?\s?(?:[a-z]+\s){0,2}(?:chief|chair|head|president|director|boss|CEO)\b)"
)
_ITS = re.compile(
    r"\b(?:its|whose)\s(?:manager|operator|owner|landlord|developer|builder|promoter|sponsor|lender|tenant|backer|contractor)\s$"
)


def _is_quoted(m: Mention, line: Line) -> bool:
    """ "Not here, says Quillshire Council": whose word the headline is."""
    source = line.row.source
    return m.kind == "org" and m.text.endswith(" Council") and source[m.sentence.start : m.start].endswith(", says ")


def _picked(m: Mention, line: Line) -> bool:
    """ "The ministry has named Quillmark preferred partner": whom somebody chose for it."""
    source = line.row.source
    firm = m.kind not in ("place", "actor", "person")
    return (
        firm
        and _HAS_PICKED.search(source, m.sentence.start, m.start) is not None
        and _AS.match(source[m.end : m.end + 40]) is not None
    )


def _is_its(m: Mention, line: Line) -> bool:
    """ "… said its operator Quillmark": whose trade at the site is told right before the name."""
    named = m.kind in UNKNOWN and _named(m, line)
    return named and _ITS.search(line.row.source, m.sentence.start, m.start) is not None


def _makes_what_others_use(m: Mention) -> bool:
    """Whether a name tells but whose chips somebody has: "a site with 66,000 Nvidia GPUs"."""
    return _CHIPS.match(m.sentence.text, m.end - m.sentence.start) is not None


def _done_by(m: Mention, line: Line) -> bool:
    """ "data center by Quillmark", "The cable is backed by Osprey and Quillmark", "The seller was Quillmark"."""
    source, first = line.row.source, _listed(m, line, _LIST, _LIST)[0].start
    if _STOPS.match(source[m.end : min(m.sentence.end, m.end + 8)]) is None:
        return False  # "and Basque operator Quillmark"
    if source[first - 4 : first] == " by " and any(h.sentence is m.sentence and h.end == first - 4 for h in line.topics):
        return True
    return _BY.search(source, max(m.sentence.start, first - _FAR), first) is not None


def _named(m: Mention, line: Line) -> bool:
    """Whether it can be a firm's name: no short abbreviation, not mostly a term ("Data Centers"), no word of the dictionary."""
    hits = [h for h in line.topics if h.start < m.end and m.start < h.end]
    inside = sum((m.end if goes_on_with_a_verb(m, h) else h.end) - h.start for h in hits)
    if len(m.text) < _SHORTEST or any(c.isdigit() for c in m.text) or inside >= _MOSTLY * len(m.text):
        return False
    return not lexicon.common_words().issuperset(m.text.lower().replace("'s", "").split())


def _of_trade(m: Mention, line: Line) -> bool:
    """Whether a name is told behind its trade: "data center operator Quillmark". Nobody's whom the gazetteer has."""
    epithet = EPITHET.match(line.row.source, m.sentence.start)
    if epithet is not None and epithet.end() == m.start:
        return True
    trade = _TRADE.search(line.row.source, max(m.sentence.start, m.start - 16), m.start)
    if trade is None:
        return False
    at = trade.start("trade")
    return any(h.sentence is m.sentence and h.start < m.start and at - 1 <= h.end for h in line.topics)


def _opens(m: Mention, line: Line) -> bool:
    """Whether a name, or the list it stands in, opens the headline and does the deed: "Chile's Quill, Osprey race to build"."""
    source = line.row.source
    first, last = _listed(m, line)
    before = source[m.sentence.start : first.start]
    epithet = EPITHET.match(source, m.sentence.start)
    opening = before in ("", "The ") or (epithet is not None and epithet.end() == first.start)
    opening = opening or (first is last and before.endswith(": "))  # "Exclusive: Quillmark to build …"
    opening = opening or _LED.fullmatch(before) is not None
    verb = VERB if first is last or last.start - first.end <= len("'s ") else _OF_SEVERAL
    if not opening or verb.match(source[last.end : last.end + 16]) is None:
        return False
    deeds = _DEEDS + DECISIONS if is_body(m.text) else _DEEDS
    return any(0 <= h.start - last.end <= _NEAR and h.topic.name.startswith(deeds) for h in line.cues)


def _is_partner(m: Mention, line: Line) -> bool:
    """Whether a deal is told to be with a name, or with the list it stands in: "signs for 40 MW with Quill, Osprey"."""
    source = line.row.source
    first, last = _listed(m, line, on=_LIST)
    before, behind = (
        source[max(m.sentence.start, first.start - 12) : first.start],
        source[last.end : min(m.sentence.end, last.end + 8)],
    )
    if not _THEN.match(behind):
        return False
    if _PICKED.search(before):
        return _A_SITE.match(source, last.end) is None
    return _WITH.search(before) is not None and any(h.start < first.start and h.topic.name.startswith(_DEALS) for h in line.cues)


_EITHER = _LIST | _OWNED


def _listed(m: Mention, line: Line, back: frozenset[str] = _EITHER, on: frozenset[str] = _EITHER) -> tuple[Mention, Mention]:
    """The first and the last of the names side by side around one, with whose they are: "Chile's Quill, Osprey". ``back`` and
    ``on``: what may stand between them before it and behind it."""
    source, row = line.row.source, line.mentions
    first = last = m.nth
    while first and source[row[first - 1].end : row[first].start] in back:
        first -= 1
    while last + 1 < len(row) and source[row[last].end : row[last + 1].start] in on:
        last += 1
    return row[first], row[last]


def beside(candidate: Candidate, sure: Sequence[Mention]) -> bool:
    """Whether a name that no list has is listed right beside one that is sure: "from Oracle, Quillmark and Vexley"."""
    m, line = candidate.first, candidate.lines[0]
    if m.kind not in UNKNOWN or not _named(m, line) or ORG_WORDS.issuperset(m.text.lower().split()):
        return False
    first, last = _listed(m, line, *((_EITHER | _JOINED, _LIST | _JOINED) if m.kind == "org" else (_LIST, _LIST)))
    return any(s.sentence is m.sentence and first.start <= s.start and s.end <= last.end for s in sure if s is not m)

"""What names that nobody knows are told by: who opens a headline and does the deed, whom it is done with, and bodies that decide.

The weights of ``infra_orgs`` were fitted on names of which most are known; "Osprey Quill signs …" is who signs whatever they say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import monitor.classify.lexicon as lexicon
from monitor.classify.infra_mentions import Candidate, Line, Mention
from monitor.classify.name_words import ORG_WORDS, PLACE_WORDS
from monitor.classify.row import Row

PARTY = 2.4  # log odds: more than any words beside an unknown name take
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
_UNKNOWN = frozenset({"org", "name"})
_DEEDS = ("build", "invest", "compute", "power.deal", "finance", "acquire", "lease", "deal", "open", "expand", "commit", "cancel")
_DECISIONS = ("policy", "oppose")  # what a council does
_DEALS = ("deal", "lease", "acquire", "compute", "power.deal", "finance", "invest")
_VERB = re.compile(r"^\s(?:[a-zA-Z]{2,}s|to|will|has|have|is)\s", re.I)  # of one: "Osprey Quill Spending" does nothing
_SHORTEST, _MOSTLY = 4, 0.6
_NEAR = 12  # characters: "agrees to" may stand before the deed
_WITH = re.compile(r"\b(?:with|from|to|by|buys?|acquires?|acquiring|buying|supply|supplies|stake\sin)\s$", re.I)
_OF_SEVERAL = re.compile(r"^\s[a-zA-Z]{2,}\s")
_PICKED = re.compile(r"\b(?:picks?|taps?|selects?|chooses?|hires?|enlists?)\s$", re.I)
_A_SITE = re.compile(r"\s(?:as|for)\s(?:[\w.-]+\s){0,3}(?:site|campus|location)\b")  # "picks Tulsa for second site"
_LIST = frozenset((", ", " and ", ", and ", " & "))
_OWNED = frozenset(("'s ", "’s "))
_THEN = re.compile(r"^(?:$|[,;:]|\s(?:for|in|to|under|at|on|over|with)\s|\s-\s|['’]s?\s)", re.I)
_BODY = re.compile(
    r"\b(?:(?:(?:St\.|[A-Z][\w'’-]+)\s){1,3}(?:(?:City|County|Town|Township|Village|Borough|District)\s(?:Council|Commission(?:ers)?|"
    r"Board(?:\sof\s(?:Supervisors|Commissioners|Trustees))?)|(?:Planning|Zoning|Utility|Utilities)\s(?:Commission|Board)|"
    r"Public\s(?:Service|Utilit(?:y|ies))\sCommission|Board\sof\s(?:Supervisors|Commissioners|Selectmen))|"
    r"Public\s(?:Service|Utilit(?:y|ies))\sCommission\sof\s[A-Z]\w+|(?:[A-Z][\w'’-]+\s){1,2}County\s[Cc]ommissioners)\b"
)
_RUNS_INTO = re.compile(
    r"\s(?:(?:AI\s)?Data\s?[Cc]ent(?:er|re)|Datacent(?:er|re)|Inks?|Agrees?|Approves?|Rejects?|Votes?|Vetoes|Bans?|Scraps?|Pledges?|"
    r"Commits?|Delays?)$"
)
_HOLDS = ("ouncil", "ommission", "Board")
_ONE = frozenset(
    "council county city town township village parish borough board commission administration government "
    "legislature regulator".split()
)
_OFFICES = frozenset(
    "supervisors commissioners lawmakers legislators senators councillors regulators planners officials trustees".split()
)
_NEIGHBOURS = frozenset("residents voters neighbors neighbours farmers homeowners landowners activists campaigners".split())
_OF_BODIES = frozenset("utility utilities energy state federal local planning zoning school environmental".split())
_PEOPLE = _ONE | _OFFICES | _NEIGHBOURS
_FIRMS = frozenset(
    "capital electric club ventures holdings group technologies technology foundation inc inc. corp corp. ltd bank energies "
    "builders trust securities".split()
)
_CHAPTERS = frozenset({"sierra club", "farm bureau", "citizens utility board"})  # each state's has the state before it
_BY_PLACE = frozenset({"utility", "telecom", "ipp", "dc_operator", "bank", "gas"})  # firms that have an arm for each place
_OF_PLACES = (*_DECISIONS, "cancel")  # what neighbours do
_NO_VERB = frozenset("and or of in on at near from with over for who whose as by after , . : ; - ( ' ’ — –".split())


def length(text: str) -> int:
    """How many characters of a run in Title Case are a name, without the site or the verb that it runs into."""
    found = _RUNS_INTO.search(text)
    return found.start() if found is not None else len(text)


def bodies(row: Row) -> Iterator[Mention]:
    """Councils and commissions with the place that is theirs: "Quill County Board of Supervisors", "Dutch" of "Dutch town"."""
    lows, first = row.sentence.lows, row.sentence.lows[0] == "the"
    if len(lows) > first + 1 and lows[first + 1] in _PEOPLE and lows[first] in PLACE_WORDS and lows[first] != "european":
        start, end = row.sentence.starts[first], row.sentence.ends[first]
        yield Mention(row.source[start:end], "place", lows[first], row.sentence, start, end)
    if not any(piece in row.sentence.text for piece in _HOLDS):
        return
    for found in _BODY.finditer(row.source, row.sentence.start, row.sentence.end):
        text = found.group().removeprefix("The ")
        yield Mention(text, "org", text.lower(), row.sentence, found.end() - len(text), found.end())


def wholes(candidates: Sequence[Candidate]) -> list[Mention]:
    """What candidates are told as, without what is then part of another: "Ventures" of "Quill Ventures"."""
    told = [_whole(c) for c in candidates]
    return [m for m in told if not any(_holds(other, m) for other in told)]


def _holds(one: Mention, other: Mention) -> bool:
    same = one.sentence is other.sentence and one.start <= other.start and other.end <= one.end
    return same and one.end - one.start > other.end - other.start


def _whole(candidate: Candidate) -> Mention:
    """What a candidate is told as, with the noun that says who of a place it is: "Quillsby council", "Ohio residents"."""
    told = candidate.told
    line = candidate.lines[candidate.mentions.index(told)]
    if told.kind == "actor":
        before = (m for m in line.mentions if m.end == told.start - 1 and m.kind != "actor")
        return next((w for m in before if (w := _with_noun(m, line)).end == told.end), told)
    return _with_noun(told, line)


def _with_noun(m: Mention, line: Line) -> Mention:
    noun = _noun(m, line)
    start, end = m.start, _end_of_firm(m, line) if m.kind == "gazetteer" else m.sentence.ends[noun] if noun else m.end
    if m.kind == "gazetteer" and m.text.lower() in _CHAPTERS:
        start = next((p.start for p in line.mentions if p.kind == "place" and p.end == m.start - 1), m.start)
    if (start, end) == (m.start, m.end):
        return m
    return Mention(line.row.source[start:end], m.kind, m.key, m.sentence, start, end, m.org_kind)


def _end_of_firm(m: Mention, line: Line) -> int:
    """Where a known firm's name ends with what makes it another's: "AEP Ohio", "Quill Capital", "Quill Climate Ventures"."""
    tokens, starts, ends = m.sentence.tokens, m.sentence.starts, m.sentence.ends
    n = bisect_left(starts, m.end + 1)
    if n >= len(tokens) or starts[n] != m.end + 1 or line.row.source[m.end] != " " or not tokens[n].capital:
        return m.end
    for last in (n, n + 1):
        if last < len(tokens) and tokens[last].low in _FIRMS and tokens[last].capital and not line.row.sentence.loud:
            return ends[last]
    place = next((p for p in line.mentions if p.start == m.end + 1 and p.kind == "place"), None)
    return place.end if place is not None and m.org_kind in _BY_PLACE and _acts_next(place, line) else m.end


def _acts_next(m: Mention, line: Line) -> bool:
    """Whether a verb follows, or a comma, but no site: "AEP Ohio asks", not "Quill Ohio campus"."""
    n = bisect_left(m.sentence.starts, m.end)
    low = m.sentence.lows[n] if n < len(m.sentence.lows) else ""
    verb = low in ("to", "will", "has", "is", "and", ",") or (low.endswith("s") and low != "s" and low not in ORG_WORDS)
    return verb and not any(h.start <= m.end + 1 < h.end for h in line.topics)


def _noun(m: Mention, line: Line) -> int:
    """The last token of "city council" behind "Quillsby"; 0 behind a firm, and where no word of who acts is there."""
    lows, starts, found = m.sentence.lows, m.sentence.starts, 0
    if m.kind in ("gazetteer", "actor") or line.row.source[m.end : m.end + 1] != " ":
        return 0
    first = bisect_left(starts, m.end + 1)
    for n in range(first, min(first + 3, len(lows))):
        people = lows[n] in _PEOPLE
        if starts[first] != m.end + 1 or m.sentence.tokens[n].owns or not (people or lows[n] in _OF_BODIES):
            break
        found = n if people else found
    return found


def _decides(m: Mention, line: Line) -> bool:
    """ "Quillsby council bans …", "Ohio residents sue …": who of a place opens the headline, and does something."""
    opening, lows = line.row.source[m.sentence.start : m.start], m.sentence.lows
    at = _noun(m, line) if opening in ("", "The ") or opening.endswith(": ") else 0
    if not at:
        return False
    behind = next((low for low in lows[at + 1 :] if low[-2:] != "ly"), ".")
    if behind in _NO_VERB or (lows[at] in _ONE and behind[-1] != "s" and behind not in ("to", "will")):
        return False
    return lows[at] not in _NEIGHBOURS or any(h.topic.name.startswith(_OF_PLACES) for h in line.cues)


def _rules(m: Mention, line: Line) -> bool:
    """ "Alberta curbs grid hookups …", "Quillsby bans …": a place that opens the headline, with the verb of a decision."""
    opening, behind = line.row.source[m.sentence.start : m.start], line.row.source[m.end : m.end + 16]
    if opening not in ("", "The ") or _VERB.match(behind) is None:
        return False
    return any(h.start - m.end == 1 and h.topic.name.startswith(_DECISIONS) for h in line.cues)


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
    if mention.in_title and (_decides(mention, line) or (mention.kind == "place" and _rules(mention, line))):
        return PARTY
    body = _BODY.fullmatch(mention.text) is not None
    if not mention.in_title or mention.kind not in _UNKNOWN or not (body or _named(mention, line)):
        return 0.0
    return PARTY if _opens(mention, line) or _is_partner(mention, line) else 0.0


def _named(m: Mention, line: Line) -> bool:
    """Whether it can be a firm's name: no short abbreviation, not mostly a term ("Data Centers"), no word of the dictionary."""
    inside = sum(h.end - h.start for h in line.topics if h.start < m.end and m.start < h.end)
    if len(m.text) < _SHORTEST or any(c.isdigit() for c in m.text) or inside >= _MOSTLY * len(m.text):
        return False
    return not lexicon.common_words().issuperset(m.text.lower().replace("'s", "").split())


def _opens(m: Mention, line: Line) -> bool:
    """Whether a name, or the list it stands in, opens the headline and does the deed: "Chile's Quill, Osprey race to build"."""
    source = line.row.source
    first, last = _listed(m, line)
    opening = source[m.sentence.start : first.start] in ("", "The ")
    verb = _VERB if first is last or last.start - first.end <= len("'s ") else _OF_SEVERAL
    if not opening or verb.match(source[last.end : last.end + 16]) is None:
        return False
    deeds = _DEEDS + _DECISIONS if _BODY.fullmatch(m.text) else _DEEDS
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
    if m.kind not in _UNKNOWN or not _named(m, line) or ORG_WORDS.issuperset(m.text.lower().split()):
        return False
    first, last = _listed(m, line, _EITHER if m.kind == "org" else _LIST, _LIST)
    return any(s.sentence is m.sentence and first.start <= s.start and s.end <= last.end for s in sure if s is not m)

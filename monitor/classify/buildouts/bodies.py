"""Who of a place decides, and what a name is told as: councils, commissions, residents, a firm's arm for a place.

"Quillsby council bans …" is the council's deed and no town's; "AEP Ohio" is no AEP of Ohio's, "Quill Ventures" no Quill.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from monitor.classify.buildouts.mentions import Candidate, Line, Mention
from monitor.classify.buildouts.openers import without_unnamed
from monitor.classify.buildouts.states import does_itself
from monitor.classify.buildouts.terms import CORE, Hit, Scan
from monitor.classify.buildouts.towns import COUNTIES
from monitor.classify.parsing.row import Row
from monitor.classify.words.name_words import ORG_WORDS, PLACE_WORDS

DECISIONS = ("policy", "oppose")  # what a council does
VERB = re.compile(r"^\s(?:[a-zA-Z]{2,}s|to|will|has|have|is)\s", re.I)  # of one: "Osprey Quill Spending" does nothing
_STATE_COMMISSION = (
    r"(?:Public\s(?:Service|Utilit(?:y|ies))|(?:Utility|Energy)\sRegulatory|Corporation)\sCommission(?:\sof\s[A-Z]\w+)?"
)
BODY = re.compile(
    r"\b(?:(?:(?:St\.|[A-Z][\w'’-]+)\s){1,3}(?:(?:City|County|Town|Township|Village|Borough|District)\s(?:Council|Commission(?:ers)?|"
    r"Board(?:\sof\s(?:Supervisors|Commissioners|Trustees))?)|(?:Planning(?:\s(?:and|&)\sZoning)?|Zoning)\s(?:Commission|Board)|"
    rf"(?:Utility|Utilities)\s(?:Commission(?:\sof\s[A-Z]\w+)?|Board)|{_STATE_COMMISSION}|"
    rf"Board\sof\s(?:Supervisors|Commissioners|Selectmen))|{_STATE_COMMISSION}|"
    r"(?:[A-Z][a-z]+\s){1,2}(?:PSC|PUC|SCC)|(?:Supreme|High)\sCourt|[A-Z]\w+\senvironment(?:al)?\s[Cc]ourt|"
    r"(?:[A-Z]\w+\s){1,2}[Cc]abinet(?!\s(?:minister|member|approval|meeting|secretary))|"
    r"(?:[A-Z][\w'’-]+\s){1,2}County\s[Cc]ommissioners)\b"
)
_HOLDS = ("ouncil", "ommission", "Board", "ourt", "abinet", "PSC", "PUC", "SCC")
# What somebody official did, told behind its name in a summary: "The Quill Planning Board on Friday approved …".
_OFFICIALLY = frozenset("council commission board supervisors commissioners authority trustees selectmen psc puc scc".split())
_DECIDED = re.compile(
    r"^(?:,|\s(?:on\s\w+day|(?:this|last)\s\w+|unanimously|recently|also|narrowly|has|have))*\s(?:approved?|rejected|denied|voted|"
    r"order(?:ed|s)|adopted|granted|refused|backed|cleared|ruled|blocked|passed|hired|sued|imposed|"
    r"signed\soff|recommended|tabled|repealed|"
    r"(?:has\s|have\s)?(?:named|picked|chosen|selected)|will\s(?:take\sup|vote|decide|rule))\b"
)
_RULING = re.compile(
    r"^\s(?:\w+ly\s)?(?:ends|kills|settles|tables|votes|says\s(?:no|yes)|rezones|pauses|halts|rejects|approves|bans|blocks|denies|"
    r"(?:extends|stretches|lengthens|prolongs|renews|lifts|ends)\s(?:[\w-]+\s){0,4}(?:moratorium|ban|pause|freeze|halt)\b|"
    r"delays\s(?:[\w-]+\s){0,4}(?:vote|decision|hearing))\b"
)
# Those told by a word before the place, or the cause: "City of Quillsby", "the Alliance for Fair Rates".
_SEAT = re.compile(r"\b(?:City|Town|Village|Township|Borough|County)\sof\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?\b")
_CAUSE = re.compile(
    r"\b(?:Alliance|Coalition|Campaign|Citizens|Committee|Friends|Neighbou?rs|League)\s(?:for|of|against|to)\s(?:the\s|a\s)?"
    r"[A-Z][\w'’-]+(?:\s(?:and\s)?[A-Z][\w'’-]+){0,3}\b"
)
# Names that go on behind a comma or a people's: "Ministry for Trade, Energy and Quills", "Asian Quill Bank".
_OFFICE = re.compile(
    r"\b(?:Department|Ministry|Office|Secretariat|Directorate)\s(?:of|for)\s(?:the\s)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)?"
    r"(?:,\s[A-Z][\w-]+(?:\s[A-Z][\w-]+)?){0,3},?\s(?:and|&)\s[A-Z][\w-]+(?:\s[A-Z][\w-]+)?"
)
_BANK = re.compile(
    r"\b(?:Asian|African|European|Inter-American|Islamic|Caribbean|Eurasian|Latin\sAmerican|World|New)\s"
    r"(?:(?:Development|Investment|Infrastructure|Reconstruction)\s){1,2}Bank\b"
)
_OFFICES_OF = ("epartment ", "inistry ", "ffice ", "ecretariat ", "irectorate ")
_FOR = ("Alliance", "Coalition", "Campaign", "Citizens", "Committee", "Friends", "Neighb", "League")
_BEFORE = ("ity of ", "own of ", "illage of ", "ship of ", "orough of ", "ounty of ")
_CAUSES = ("lliance ", "oalition ", "ampaign ", "itizens ", "ommittee ", "riends ", "ors ", "ours ", "eague ")
_ONE = frozenset(
    "council county city town township village parish borough board commission administration government "
    "legislature regulator senate parliament".split()
)
_OFFICES = frozenset(
    "supervisors commissioners lawmakers legislators senators councillors regulators planners officials trustees aldermen "
    "selectmen utilities councils towns cities counties townships municipalities".split()
)
_NEIGHBOURS = frozenset(
    "residents voters neighbors neighbours farmers ranchers growers fishermen villagers islanders locals homeowners landowners "
    "ratepayers taxpayers activists campaigners environmentalists".split()
)
_OF_BODIES = frozenset("utility utilities energy state federal local planning zoning school environmental".split())
_PEOPLE = _ONE | _OFFICES | _NEIGHBOURS
_FIRMS = frozenset(
    "capital electric grid club ventures holdings group technologies technology foundation inc inc. corp corp. ltd bank energies "
    "builders trust securities".split()
)
_CHAPTERS = frozenset({"sierra club", "farm bureau", "citizens utility board"})  # each state's has the state before it
_BY_PLACE = frozenset({"utility", "telecom", "ipp", "dc_operator", "bank", "gas"})  # firms that have an arm for each place
_OF_PLACES = (*DECISIONS, "cancel")  # what neighbours do
# Behind a place these are no firm's name but who is there: "Ohio Senate", "Tennessee Valley Authority".
_OF_THE_PLACE = _PEOPLE | frozenset(
    "senate house parliament congress assembly legislature authority court courts supreme governor ministry minister department "
    "agency office university college institute state federal national people tribe tribes tribal nation democrats republicans "
    "valley bay coast island islands river lake basin port airport army navy attorney judge sheriff police".split()
)
_SHORT = 4  # letters of an office: "Georgia PSC"
_VERBS_TOO = frozenset({"leases", "orders", "plans", "needs", "spends"})  # second halves of terms: "compute leases"
_COUNTIES = (" County", " Township", " Parish", " Borough")
_OFFICIAL = frozenset({"planning commission", "city council", "county board", "county commissioners"})
_NO_VERB = frozenset("and or of in on at near from with over for who whose as by after , . : ; - ( ' ’ — –".split())


def named_after_places(candidates: Sequence[Candidate], scan: Scan) -> list[Mention]:
    """The names of firms that begin with a place, which says nothing of where they build: "Oslo Compute", "Oslo Quillmark".

    In Title Case only a known name is sure to end where it does; a site is no firm ("Oslo Supercluster").
    """
    begun = {(h.sentence, h.start): h.end for h in scan.places if not h.topic.name.endswith(COUNTIES)}
    return [
        m
        for c in candidates
        for m in c.mentions
        if m.kind not in ("place", "actor")
        and (m.kind == "gazetteer" or not m.sentence.loud)
        and begun.get((m.sentence, m.start), m.end) < m.end
        and _is_a_firm(m.text[begun[m.sentence, m.start] - m.start :])
        and not any(
            h.sentence is m.sentence and h.topic.weight >= CORE and h.start < m.end <= h.end and not goes_on_with_a_verb(m, h)
            for h in scan.topics
        )
    ]


def goes_on_with_a_verb(m: Mention, h: Hit) -> bool:
    """Whether of a term that begins in a name the name has but a half: "compute leases" of "Osprey Compute leases 40 MW"."""
    behind = m.sentence.text[m.end - m.sentence.start : h.end - m.sentence.start]
    return not m.sentence.loud and behind.strip() in _VERBS_TOO


def _is_a_firm(rest: str) -> bool:
    """Whether what a name says behind a place makes it a firm's."""
    words = rest.replace("-", " ").split()
    office = len(words) == 1 and words[0].isupper() and len(words[0]) <= _SHORT
    return bool(words) and words[-1][0].isupper() and not office and _OF_THE_PLACE.isdisjoint(w.lower() for w in words)


def is_body(text: str) -> bool:
    """Whether a name is a council's, a commission's, a town's as such, or of who stands for a cause."""
    return any(pattern.fullmatch(text) is not None for pattern in (BODY, _SEAT, _CAUSE))


def is_lender(m: Mention, line: Line) -> bool:
    """Whether a bank of many states lends, or thinks of it."""
    return _BANK.fullmatch(m.text) is not None and any(h.topic.name.startswith("finance") for h in line.cues)


_SPEAKS = re.compile(rf"{VERB.pattern}|^\s(?:told|said|argued|filed|sued|asked|urged|appealed|objected|petitioned)\s", re.I)


def speaks_up(m: Mention) -> bool:
    """ "The Alliance for Fair Rates says …": who stands for a cause, and does something."""
    return (
        m.kind == "org"
        and m.text.startswith(_FOR)
        and _CAUSE.fullmatch(m.text) is not None
        and _SPEAKS.match(m.sentence.text[m.end - m.sentence.start :]) is not None
    )


def bodies(row: Row) -> Iterator[Mention]:
    """Councils and commissions with the place that is theirs: "Quill County Board of Supervisors", "Dutch" of "Dutch town"."""
    lows, first = row.sentence.lows, row.sentence.lows[0] == "the"
    if len(lows) > first + 1 and lows[first + 1] in _PEOPLE and lows[first] in PLACE_WORDS and lows[first] != "european":
        start, end = row.sentence.starts[first], row.sentence.ends[first]
        yield Mention(row.source[start:end], "place", lows[first], row.sentence, start, end)
    if not row.sentence.loud and " of " in row.sentence.text and any(piece in row.sentence.text for piece in _BEFORE):
        yield from _all(row, _SEAT)
    if not row.sentence.loud and any(piece in row.sentence.text for piece in _CAUSES):
        yield from _all(row, _CAUSE)
    if not row.sentence.loud and any(piece in row.sentence.text for piece in _OFFICES_OF):
        yield from _all(row, _OFFICE)
    if " Bank" in row.sentence.text:
        yield from _all(row, _BANK)
    if any(piece in row.sentence.text for piece in _HOLDS):
        yield from _all(row, BODY)


def _all(row: Row, pattern: re.Pattern[str]) -> Iterator[Mention]:
    for found in pattern.finditer(row.source, row.sentence.start, row.sentence.end):
        text = found.group().removeprefix("The ")
        yield Mention(text, "org", text.lower(), row.sentence, found.end() - len(text), found.end())


def wholes(candidates: Sequence[Candidate]) -> list[Mention]:
    """What candidates are told as, without what is then part of another: "Ventures" of "Quill Ventures"."""
    told = [_whole(c) for c in candidates]
    told = without_unnamed(told, [is_body(m.text) for m in told])
    return [m for m in told if not any(_holds(other, m) for other in told)]


def _holds(one: Mention, other: Mention) -> bool:
    same = one.sentence is other.sentence and one.start <= other.start and other.end <= one.end
    return same and one.end - one.start > other.end - other.start


def _whole(candidate: Candidate) -> Mention:
    """What a candidate is told as, with the noun that says who of a place it is: "Quillsby council", "Ohio residents"."""
    told = next((m for m, at in zip(candidate.mentions, candidate.lines, strict=True) if decided(m, at)), candidate.told)
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


def decides(m: Mention, line: Line) -> bool:
    """Whether a name opens the headline with a body or people of its place that act, or, of a place, with a decision or deed."""
    if m.opens:
        return True
    rules = m.kind == "place" or m.text.endswith(_COUNTIES) or (m.kind == "actor" and m.text.lower() in _OFFICIAL)
    return _acts(m, line) or (rules and _rules(m, line)) or (m.kind == "place" and does_itself(m, line))


def decided(m: Mention, line: Line) -> bool:
    """Whether the summary tells what a council or commission with a name did: "The Quill Planning Board approved …"."""
    if m.kind in ("place", "actor", "person") or not 1 <= line.number <= 2 or " " not in m.text:
        return False
    official = m.text.rpartition(" ")[2].lower() in _OFFICIALLY or any(p.fullmatch(m.text) for p in (BODY, _OFFICE))
    return official and _DECIDED.match(line.row.source[m.end : m.sentence.end]) is not None


def _acts(m: Mention, line: Line) -> bool:
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
    if opening in ("", "The ") and _RULING.match(line.row.source[m.end : m.sentence.end]) is not None:
        return True
    if opening not in ("", "The ") or VERB.match(behind) is None:
        return False
    return any(h.start - m.end == 1 and h.topic.name.startswith(DECISIONS) for h in line.cues)

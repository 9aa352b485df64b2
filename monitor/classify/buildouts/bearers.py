"""What bears the name of a place without being there: a firm, an authority, a paper, a stock exchange, a government; and where a
thing is only said or written, a firm only has its seat."""

from __future__ import annotations

import re
from functools import cache

import monitor.classify.words.lexicon as lexicon
from monitor.classify.words.document import Sentence

_PAPER = re.compile(
    r"^\s(?:(?:Morning|Sunday)\s)?(?:Times|Post|News|Herald|Journal|Tribune|Stock|Exchange|IPO|listing|"
    r"debut|bourse|Fed)\b"
)  # no place at all
# Behind the name of a place: a firm's name, which says nothing of the site, or an authority's, where no other place is told.
_FIRM = re.compile(
    r"^\s(?:Power|Electric|Energy|Steel|Water|Instruments|Investment|Corporation|Mining|Pacific|"
    r"Supercomputing|Semiconductor)\b"
)
_LONGER_FIRM = re.compile(
    r"^\s(?:[A-Z][\w&-]+\s){0,2}(?:Bank|Cables?|Institute|Hyperscale|Telecom|Technologies|Capital|Holdings|Partners|Networks|"
    r"Semiconductors?|Realty|Ventures|Racks|Systems|Development)\b"
)
_FIRM_IN_TITLE_CASE = re.compile(r"^\s(?:Bank|Cables|Institute|Hyperscale|Telecom|Technologies|Holdings)\b")
_FIRM_OF = re.compile(r"\b(?:Telekom|Telecom|Telehouse|Clean)\s$")  # "Telecom Egypt"
_AUTHORITY = re.compile(r"^\s(?:University|Authority|Public\s(?:Service|Power)|Commission|Utilit)")
_BODY_OF = re.compile(r"\b(?:Commission|Board|Department|Council|University|Bank|Corporation|Authority)\sof\s(?:the\s)?$")
MONEY = re.compile(r"^(?:\$|\s(?i:dollars?|kron[aeo]r?|francs?|rupees?|pounds?|won|yen|yuan|riyals?|pesos?|dirhams?)\b)")
_BASED = re.compile(r"^-(?:based|headquartered|listed|backed|owned|led|controlled|and-)")  # says whose, never where
# A capital that gives or forbids is the government there: "Tokyo grants", "$2bn from Tokyo".
_CAPITALS = frozenset(
    "Beijing Tokyo Brussels Washington Westminster Canberra Ottawa Delhi Seoul Taipei Berlin Paris London Moscow Hanoi Madrid "
    "Rome Jakarta Oslo Stockholm Copenhagen Helsinki Dublin Warsaw Lisbon Ankara Cairo Rabat Nairobi Pretoria Abuja Riyadh "
    "Brasília Islamabad Dhaka Manila Bangkok Santiago Bogotá".split()
)
_GOVERNS = re.compile(
    r"^\s(?:to\s)?(?:offers?|grants?|gives?|names?|bans?|tells?|orders?|approves?|urges?|pledges?|lifts?|eases?|clears?|blocks?|"
    r"backs?|subsidi[sz]es?|earmarks?|tightens?|curbs?|bars?|wants|says|warns|steps|push(?:es)?|unveils?|vows|considers?|weighs|"
    r"mulls|drafts|sets|asks?|picks?|selects?|chooses?|puts|expects|agrees|refuses|promises|hopes)\b",
    re.I,
)
_PLANS = re.compile(r"^['’]s\s(?:\w+\s)?(?:plan|push|drive|ban|curbs?|crackdown|strategy|rules)\b")
_GIVEN_BY = re.compile(
    r"(?:illion|bn|yen|won|euros|dollars|aid|subsid(?:y|ies)|grants?|support|approval|nod|money|funding|pressure)\sfrom\s$"
)
_FAILS = re.compile(r"^\s(?:failed|refused|declined|agreed|promised|balked|dithered|objected)\b")
_ASKS = re.compile(r"\b(?:asks?|tells?|urges?|lobb(?:y|ies)|presse?s?)\s$")
_PROJECT = re.compile(r"\bProject\s$")
# "Norway's Osprey" is a firm from there; what a country itself has is there: "Norway's AI boom", "Norway's Parliament".
_OWNS = re.compile(r"^['’]s?\s(?P<word>[A-Z][\w.&-]+)")
_COUNTY = re.compile(r"^['’]s\s(?:[A-Z][\w.]+\s){1,2}(?:County|Parish)\b")
_OF_THE_STATE = frozenset(
    "ai gpu parliament congress senate house government cabinet president prime minister ministry supreme court national "
    "federal state central north south east west northern southern eastern western first".split()
)
_COUNTRIES = frozenset(
    {"Dubai", "Abu Dhabi", "UK", "U.K.", "US", "U.S.", "Hong Kong", "Cambodia", "Luxembourg", "Uganda", "Senegal"}
)
_NO_COUNTRIES = frozenset(
    {"Texas", "orbit", "Scotland", "Wales", "Latin America", "Africa", "Asia", "Europe", "America", "Nordics"}
)


def names_a_firm(source: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the place from ``start`` to ``end`` is no place at all: a name of a currency, paper, firm or government."""
    behind = source[end : end + 24]
    if MONEY.match(behind) or _PAPER.match(behind) or _FIRM.match(behind) or _BASED.match(behind):
        return True
    before = source[max(sentence.start, start - 24) : start]
    longer = _FIRM_IN_TITLE_CASE if sentence.loud else _LONGER_FIRM
    if longer.match(source[end : end + 48]) or (not sentence.loud and _FIRM_OF.search(before)):
        return True
    if source[start:end] in _CAPITALS and (
        _FAILS.match(behind)
        or _GIVEN_BY.search(before)
        or _ASKS.search(before)
        or _PLANS.match(behind)
        or governs(source, sentence, start, end)
    ):
        return True
    return _in_known_name(source, sentence, start, end)


# Where it was told: "at a forum in Washington", "told investors in Peoria", "the Paris summit"; a groundbreaking is on the site.
_TOLD_AT = re.compile(
    r"(?:(?<!groundbreaking )(?<!ribbon-cutting )(?<!opening )(?<!inauguration )(?<!topping-out )(?<!dedication )\bceremony|"
    r"\b(?:forum|conference|summit|keynote|symposium|expo|congress|convention|interview|speech|briefing|gala|roadshow|talks|"
    r"trade\s(?:show|fair)))(?:,?\s(?:held|hosted|staged))?\s(?:in|at|near|outside)\s(?:the\s)?$|"
    r"\btold\s(?:[\w’'-]+\s){0,2}(?:investors|analysts|shareholders|delegates|conference|forum|summit|audience|gathering)\s"
    r"(?:in|at)\s$|\b(?:federal|district|bankruptcy|appeals|high|superior)\scourt\sin\s$|"
    r"\btold\san?\s$|\b(?:filed|published|presented|announced|unveiled)\sin\s$|"
    r"\b(?:view|letter|postcard|dispatch)\sfrom\s$|"
    r"\bmet\s(?:[\w.’'-]+\s){1,6}in\s$|\bspeaking\s(?:[\w.’'-]+\s){0,7}?in\s$",
    re.I,
)
_SUMMIT = re.compile(
    r"^['’]?s?\s(?:[\w-]+\s){0,2}(?:summit|forum|conference|symposium|expo|convention)\b(?!\s(?:cent|hall))", re.I
)
# Who wrote it, and where a firm has its seat.
_NAMES = r"(?:[A-Z][\w.’'-]+,?\s(?:and\s)?){2,6}"
_BYLINE = re.compile(
    rf"(?:(?:^|\()(?:By|(?:(?:Additional\s)?[Rr]eporting|Editing|Writing)\sby)\s{_NAMES}(?:in|from)\s|\b[Rr]eport(?:s|ed|ing)\sfrom\s)$"
)
_WRITERS = re.compile(r"(?:^|\sand\s)(?:[A-Z][\w.’'-]+\s){2,3}in\s$")  # "Ada Quill in Seoul and Ben Okoro in London"
_WRITERS_GO_ON = re.compile(r"^(?:,\s|\sand\s)(?:[A-Z][\w.’'-]+\s){2,3}in\s[A-Z]|^\sreports?\b")
_SEATED = re.compile(
    r"\b(?:based|headquartered|listed|incorporated|registered|domiciled|headquarters)\s(?:out\s)?(?:in|on|at)\s(?:the\s)?$"
)
STATES = frozenset(
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|"
    "Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|"
    "New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|"
    "South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming".split("|")
)
# "The Quillsby company", "a Quillsby startup": where a firm is from.
_A_FIRMS = re.compile(
    r"^(?:,\s[A-Z][\w.]+,?)?(?:\s(?!data\s?cent|datacent|server)[a-z][\w-]*){0,2}?\s(?:data[\s-]?cent(?:er|re)\s)?(?:company|firm|start-?up|"
    r"operator|developer|group|builder|landlord|lender|conglomerate|giant|chip-?maker|neocloud|insurer|carrier)\b"
)
_ARTICLE = re.compile(r"\b(?:the|a|an)\s(?:[a-z-]+\s)?$", re.I)
_BEFORE = 72  # characters


def only_told_there(source: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the place from ``start`` to ``end`` is where something was said, written or listed, and no site."""
    before = source[max(sentence.start, start - _BEFORE) : start]
    behind = source[end : end + 48]
    if _TOLD_AT.search(before) or _SUMMIT.match(behind) or _BYLINE.search(before) or _SEATED.search(before):
        return True
    if _A_FIRMS.match(behind) and _ARTICLE.search(before):
        return True
    return sentence.field == "summary" and _WRITERS.search(before) is not None and _WRITERS_GO_ON.match(behind) is not None


def names_a_firm_behind(source: str, end: int) -> bool:
    """Whether what follows ``end`` makes it a firm's: "Ohio Power"."""
    return _FIRM.match(source[end : end + 14]) is not None


def governs(source: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the sentence begins with a place that gives, names or forbids: "Norway lifts ban"."""
    return start == sentence.start and _GOVERNS.match(source[end : end + 24]) is not None


def from_there(source: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether somebody or something is merely from the place: "Norway's Osprey", "University of Oslo"."""
    behind = source[end : end + 40]
    before = source[max(sentence.start, start - 24) : start]
    if _PROJECT.search(before) or _AUTHORITY.match(behind) or _BODY_OF.search(before):
        return True
    if _COUNTY.match(behind) or _known_before(before):
        return True
    owned = _OWNS.match(behind)
    if owned is None or source[start:end] not in countries():
        return False
    low = owned["word"].lower()
    return low not in _OF_THE_STATE and not (sentence.loud and low in lexicon.dictionary())


def _known_before(before: str) -> bool:
    """Whether right before the place stands a firm: "Osprey Nigeria" is its house there."""
    if not before.endswith(" ") or not before[:-1].rpartition(" ")[2][:1].isupper():
        return False
    words = before[:-1].split(" ")
    orgs = (lexicon.orgs_by_alias().get(" ".join(words[-n:])) for n in (1, 2, 3) if n < len(words) + 1)
    return any(org is not None and org.ambiguity == 0 for org in orgs)


@cache
def countries() -> frozenset[str]:
    """Countries whose people have a name in the lexicon, and some more."""
    return frozenset(lexicon.demonyms().values()) - _NO_COUNTRIES | _COUNTRIES


def _in_known_name(source: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a known organisation's name of more words holds the place: "Osprey Norway", "Norway Data Trust"."""
    known = lexicon.orgs_by_alias()
    before = source[max(sentence.start, start - 30) : start].split(" ")[-3:-1]
    after = source[end : min(sentence.end, end + 40)].split(" ")[1:4]
    name = source[start:end]
    heads = [" ".join([*before[-n:], name]) if n else name for n in range(len(before) + 1)]
    return any(
        " ".join([head, *after[:m]]).rstrip(",.;:") in known
        for n, head in enumerate(heads)
        for m in range(len(after) + 1)
        if n or m
    )

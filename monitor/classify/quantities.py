"""Amounts of money and capacities as written, with their bounds in one unit. Every pattern takes linear time.

What governs a sum decides whether it is news of a buildout: a valuation, a revenue or last year's figure is a sum of
another kind, and ``Found.kind`` says so. Prices per unit, shares and years are no sums at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.classify.guarded import Guarded
from monitor.classify.number_places import QUALIFIERS, SMALL_WORDS, Signs, Stretch, numbers_and_words, tried
from monitor.model import Quantity

_NUM = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"trillion|billion|million|thousand|lakh crore|crore|lakh|trn|tn|bln|bn|mln|mn|[TtBbMmKk](?![A-Za-z])"
_SIGNS = {
    "US$": "USD", "USD": "USD", "C$": "CAD", "CA$": "CAD", "CAD": "CAD", "A$": "AUD", "AU$": "AUD", "AUD": "AUD", "S$": "SGD",
    "SGD": "SGD", "HK$": "HKD", "NT$": "TWD", "NZ$": "NZD", "R$": "BRL", "$": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP",
    "GBP": "GBP", "¥": "JPY", "JPY": "JPY", "CN¥": "CNY", "RMB": "CNY", "CNY": "CNY", "₹": "INR", "INR": "INR", "RS.": "INR",
    "RS": "INR", "₩": "KRW", "KRW": "KRW", "AED": "AED", "SAR": "SAR", "QAR": "QAR", "CHF": "CHF", "SEK": "SEK", "NOK": "NOK",
    "DKK": "DKK", "MYR": "MYR", "RM": "MYR", "IDR": "IDR", "THB": "THB", "PLN": "PLN", "ZAR": "ZAR", "TRY": "TRY",
    "VND": "VND", "PHP": "PHP", "MXN": "MXN",
}  # fmt: skip
_WORDS = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "won": "KRW", "rupee": "INR", "dirham": "AED",
    "riyal": "SAR", "franc": "CHF", "kronor": "SEK", "kroner": "NOK", "krone": "NOK", "krona": "SEK", "ringgit": "MYR",
    "rupiah": "IDR", "baht": "THB", "zloty": "PLN", "rand": "ZAR", "lira": "TRY", "reai": "BRL", "peso": "MXN", "dong": "VND",
}  # fmt: skip
_FACTOR = {
    "t": 1e12, "tn": 1e12, "trn": 1e12, "trillion": 1e12, "b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9, "m": 1e6, "mn": 1e6,
    "mln": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3, "lakh crore": 1e12, "crore": 1e7, "lakh": 1e5,
}  # fmt: skip
_MW = {"t": 1e6, "g": 1e3, "m": 1.0, "k": 1e-3}
_DIGIT_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SMALL = {w: float(n) for n, w in enumerate(_DIGIT_WORDS)} | {
    "a": 1.0, "an": 1.0, "half a": 0.5, "dozen": 12.0, "a dozen": 12.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0,
}  # fmt: skip
_SMALL_WORDS = "|".join(SMALL_WORDS)
_AT_MOST = frozenset({"up to", "as much as", "as high as", "less than", "under", "below", "a maximum of"})
_AT_LEAST = frozenset({"at least", "more than", "over", "above", "north of", "upwards of", "in excess of", "a minimum of"})
_QUAL = rf"(?:(?P<qual>{'|'.join(QUALIFIERS)})\s)?~?"
SIGNS = Signs(_SIGNS)
_CUR = "|".join(map(re.escape, SIGNS.longest_first))
_SEP = r"(?:\s?[-–—]\s?|\s(?:to|and|or)\s)"
_PER = (
    r"(?:\s?(?:per|an?|/)\s?(?:share|hour|barrel|user|seat|million tokens|token|gallon|mwh|mw-day|megawatt|kwh|kw|gpu|"
    r"wafer|chip|"
    r"ton))"
)

MONEY = re.compile(
    rf"{_QUAL}(?<![A-Za-z])(?P<c>{_CUR})\s?(?P<a>{_NUM})(?:[\s-]?(?P<s>{_SCALE}))?"
    rf"(?:{_SEP}(?P<c2>{_CUR})?\s?(?P<b>{_NUM})(?:[\s-]?(?P<t>{_SCALE}))?)?(?P<plus>\+)?(?P<per>{_PER})?",
    re.I,
)
MONEY_WORD = re.compile(
    rf"{_QUAL}(?<![\w.,$€£])(?P<a>{_NUM})(?:{_SEP}(?P<b>{_NUM}))?[\s-]?(?P<s>{_SCALE})[\s-](?:US |U\.S\. )?"
    rf"(?P<w>{'|'.join(_WORDS)})s?\b(?P<per>{_PER})?",
    re.I,
)
MONEY_VAGUE = re.compile(
    r"\b(?P<n>tens|hundreds|several|multiple|multi|half a|a)[\s-]?(?:of\s)?(?P<s>trillion|billion|million)s?"
    r"(?:[\s-](?:of\s)?(?P<w>dollar|euro|pound)s?)\b"
    r"|(?<![\w-])(?<!\d )(?P<s2>trillion|billion)s?[\s-](?:of[\s-])?(?P<w2>dollar|euro|pound)s?\b",
    re.I,
)
POWER = re.compile(
    rf"{_QUAL}(?<![\w.,$€£])(?P<a>{_NUM})(?:\s?(?P<v>GW|MW|gigawatts?|megawatts?)(?={_SEP}\d))?(?:{_SEP}(?P<b>{_NUM}))?"
    r"(?:\+|[\s-]plus)?[\s-]?(?P<u>GW|MW|kW|TW|gigawatts?|megawatts?|kilowatts?|terawatts?)(?P<e>p?h|[\s-]?hours?)?(?![a-z])",
    re.I,
)
POWER_WORD = re.compile(
    rf"\b(?:(?P<n>{_SMALL_WORDS})|(?P<vague>multi|multiple|several|tens of|hundreds of|dozens of))[\s-]?"
    r"(?P<u>gigawatt|megawatt|GW|MW)s?(?![\w-]?(?:h\b|hour))(?:-scale|-class)?\b",
    re.I,
)
_CHIP = (
    r"(?:(?:\w+['’]s?|[a-z]+-designed|nvidia|amd|google|amazon|web services|aws|huawei|blackwell|hopper|rubin|grace|vera|"
    r"ironwood|trainium\d?|graviton\s?\d?|cpu|gpu|arm|instinct|gb\d{3}|its|their|the|"
    r"b\d{3}|h\d{3}|a100|mi\d{3}x?|armv\d|custom|ai|more|additional|advanced|new|top|latest|high-end|of)[\s-]){0,7}"
)
_CHIPS = (
    r"gpus?|tpus?|chips|accelerators|processors|xpus?|lpus?|cpus|h100s?|h200s?|h20s?|h800s?|b200s?|b300s?|gb200s?|"
    r"gb300s?|a100s?|"
    r"mi\d{3}x?s?|cores|h100[- ]equivalents|tensor processing units|computing systems"
)
CHIPS = re.compile(
    rf"{_QUAL}(?<![\w.,$€£])(?P<a>{_NUM})\+?(?:\s?(?P<s>million|thousand|k|m)(?![a-z])\+?)?[\s-]{_CHIP}(?P<u>{_CHIPS})\b",
    re.I,
)
CHIPS_VAGUE = re.compile(
    rf"\b(?P<n>(?:tens|hundreds) of (?:thousand|million)s of|millions of|(?:a|one|two|half a) million)\s{_CHIP}(?P<u>{_CHIPS})\b",
    re.I,
)
# What else a site is counted in: a number, up to three words that say of what kind, and the thing.
_THINGS = (
    r"data[\s-]?cent(?:er|re)s?(?:\scampuses)?|ai factories|gas turbines|turbines|(?:natural\s)?gas plants|wafers?|servers?|"
    r"(?:exa|peta)flops?|qubits|terabits per second|tbps|kilomet(?:er|re)s|km"
)
COUNTED = re.compile(
    rf"{_QUAL}(?<![\w.,$€£-])(?:(?P<a>{_NUM})\+?(?:\s?(?P<s>million|thousand|k)(?![a-z]))?|(?P<n>{_SMALL_WORDS}))[\s-]"
    rf"(?P<kind>(?:(?!(?:of|in|to|by|and|at|for|on|year|per|acres?|states?|gigawatts?|megawatts?|gw|mw|billion|hours?|are|is|were|"
    rf"americans|people|residents|voters)\b)(?:[A-Za-z]+|U\.S\.|\$\d[\w.]*)[\s-]){{0,3}}?)(?P<u>{_THINGS})\b(?P<rate>\s(?:a|per)\s(?:month|year|week))?",
    re.I,
)
FLOOR = re.compile(
    rf"{_QUAL}(?<![\w.,$€£])(?P<a>{_NUM})[\s-](?P<s>million)[\s-](?P<u>square[\s-]f(?:ee|oo)t|sq\.?\s?ft|square met(?:er|"
    rf"re)s)\b",
    re.I,
)
# "Site 2 data center", "in 2030 servers": no count. In Title Case a capital before the number says nothing.
_LABEL = re.compile(r"(?:^|\s)(?:[Ii]n|[Tt]he|(?!More|Nearly|Over|About|Around|Only|Just|Some|Than)[A-Z][\w'’.-]*)\s$")
_LOUD_LABEL = re.compile(r"(?:^|\s)(?:In|The|Site|Phase|Building|Unit|Hall|Colossus)\s$")
_COUNT_UNIT = {"server": "servers", "wafer": "wafers", "km": "kilometers", "kilometres": "kilometers"}
LONG_CABLE = 1000  # kilometers: what is shorter is a distance
# A quantity without figures has one of these.
_COUNT = re.compile(
    r"watt|W\b|illion|of thousands|"
    r"\b(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|dozen|twelve|fifteen|twenty)\b"
)
# What a sum is of, said by the words beside it. The slices searched are bounded, so the whole stays linear.
_VALUE_AFTER = re.compile(
    r"^\+?(?:\s\([^)]{1,20}\))?[\s-](?:(?:post|pre)-money\s)?"
    r"(?:in\s|of\s|annual\s|annualized\s|quarterly\s|q[1-4]\s|worth of\s|net\s|run-?rate\s|pre-tax\s|future\s|adjusted\s|"
    r"core\s|total\s)*"
    r"(?P<k>valuation|market[\s-](?:cap\w*|value)|revenues?(?!\sbacklog)|sales|profits?|loss(?:es)?|"
    r"earnings|ebitda|income|ipo|initial public|"
    r"share (?:repurchase|buyback)|buyback|bonus(?:es)?|company|arr|cash flow|salary|salaries|fine|penalt(?:y|ies)|"
    r"lease obligations|estimate|est|value|last year|a year earlier)\b",
    re.I,
)
_VALUE_BEFORE = Guarded(
    r"\b(?P<k>valuations?|valued|valuing|values|market (?:cap\w*|value)|revenues?|sales|profits?|loss(?:es)?|ebitda|income|"
    r"earnings|compared (?:with|to)|"
    r"(?:previous|prior|earlier|old) (?:\w+ ){0,2}(?:of|at)|"
    r"price target|bonus(?:es)?|salary|sold (?:\w+ ){0,3}for|fined?|last year['’]s|vs\.?)"
    r"(?:\s(?:of|at|in|is|was|to|that|had|has|have|reached|surged?|hit|for|the|its|a|an|range|grow\w*|record|more|than|"
    r"over|about|around|"
    r"by|nearly|totaled|totalled|came|up|with|last|year['’]?s?|of\sup|rose|fell|climbed|jumped|grew|down|yoy|q[1-4]|quarter|\d+%)"
    r"){0,8}\s*$",
    *("valu", "market ", "revenue", "sales", "profit", "loss", "ebitda", "income", "earnings", "compared", "previous", "prior"),
    *("earlier", "old", "price target", "bonus", "salary", "fine", "last year", "vs"),
)


@dataclass(slots=True)
class Found:
    """A quantity and where it stands: offsets into the text searched. ``kind``: "" or what else the sum is of."""

    quantity: Quantity
    start: int
    end: int
    kind: str = ""


def currencies() -> set[str]:
    """The ISO 4217 codes a sum can have."""
    return {*_SIGNS.values(), *_WORDS.values()}


def amounts(within: Stretch) -> list[Found]:
    """Money in a text, left to right, without overlap. Prices per unit and sums of under 1e5 or over 1e17 are left out."""
    found = [*_signed(within)] if within.numbers else []
    if "worded" in within.kinds:
        found += (*_worded(within), *_vague(within))
    return _apart(found, within) if found else []


def _signed(within: Stretch) -> Iterator[Found]:
    text, start, at = within.text, within.start, within.start
    while m := SIGNS.first(MONEY, within, at):
        second = m["b"] if m["b"] and (m["t"] or m["c2"]) else ""
        if second and text[max(start, m.start("c") - 3) : m.start("c")] == "by ":  # "by $5m to $30m" is no range
            second = ""
        at = m.end() if second or not m["b"] else max(m.end("s"), m.end("a"))
        scale = m["s"] or (m["t"] if second else "") or ""
        low = _number(m["a"]) * _FACTOR.get(scale.lower(), 1.0)
        high = _number(second) * _FACTOR.get((m["t"] or scale).lower(), 1.0) if second else low
        if not m["per"] and 1e5 <= max(low, high) <= 1e17:
            yield _found(m, low, high, _SIGNS[m["c"].upper()], at, open_end=bool(m["plus"]))


def _worded(within: Stretch) -> Iterator[Found]:
    for m in tried(MONEY_WORD, within, within.numbers):
        if not m["per"]:
            factor = _FACTOR[m["s"].lower()]
            low = _number(m["a"]) * factor
            if low <= 1e17:
                yield _found(m, low, _number(m["b"]) * factor if m["b"] else low, _WORDS[m["w"].lower()], m.end())


def _vague(within: Stretch) -> Iterator[Found]:
    if "llion" not in within.low:
        return
    for m in MONEY_VAGUE.finditer(within.text, within.start, within.stop):
        scale, count = _FACTOR[(m["s"] or m["s2"]).lower()], (m["n"] or "").lower()
        bounds: dict[str, tuple[float | None, float | None]] = {
            "tens": (10 * scale, 100 * scale),
            "hundreds": (100 * scale, 1000 * scale),
            "a": (scale, scale),
            "half a": (scale / 2, scale / 2),
        }
        low, high = bounds.get(count, (scale, None))
        quantity = Quantity(text=m.group(), low=low, high=high, unit=_WORDS[(m["w"] or m["w2"]).lower()])
        yield Found(quantity, m.start(), m.end())


def capacities(within: Stretch) -> list[Found]:
    """Power in MW, accelerators by number and what else a site is counted in, left to right, without overlap.

    Energy (MWh) has the unit "MWh", other counts the unit of the thing ("data centers", "turbines", "square feet").
    """
    readers = [read for kind, read in (("power", _power), ("chips", _chips), ("things", _counted)) if kind in within.kinds]
    if not readers or not (within.numbers or _COUNT.search(within.text, within.start, within.stop)):
        return []
    found = [one for read in readers for one in read(within)]
    return _apart(found, within, governed=False) if found else []


def _power(within: Stretch) -> Iterator[Found]:
    for m in tried(POWER, within, within.numbers):
        factor = _MW[m["u"][0].lower()]
        low = _number(m["a"]) * (_MW[m["v"][0].lower()] if m["v"] else factor)
        if not low:  # "the 0 to 1 megawatt range": a class of size
            continue
        high = _number(m["b"]) * factor if m["b"] else low
        yield _found(m, low, high, "MWh" if m["e"] else "MW", m.end())
    for m in POWER_WORD.finditer(within.text, within.start, within.stop):
        value = _SMALL[m["n"].lower()] * _MW[m["u"][0].lower()] if m["n"] else None
        yield Found(Quantity(text=m.group(), low=value, high=value, unit="MW"), m.start(), m.end())


def _chips(within: Stretch) -> Iterator[Found]:
    for m in tried(CHIPS, within, within.numbers):
        count = _number(m["a"]) * _FACTOR.get((m["s"] or "").lower(), 1.0)
        if count >= 100 and not (1980 <= count <= 2100 and "," not in m["a"] and not m["s"]):
            yield _found(m, count, count, "accelerators", m.end())
    if "million" not in within.low and "thousand" not in within.low:
        return
    for m in CHIPS_VAGUE.finditer(within.text, within.start, within.stop):
        number = {"a": 1e6, "one": 1e6, "two": 2e6, "half": 5e5}.get(m["n"].split()[0].lower())
        yield Found(Quantity(text=m.group(), low=number, high=number, unit="accelerators"), m.start(), m.end())


def _counted(within: Stretch) -> Iterator[Found]:
    text, start = within.text, within.start
    for m in tried(COUNTED, within, numbers_and_words(within)):
        if m["n"] and m["n"].lower() in ("a", "an", "one", "half a"):
            continue
        count = _SMALL[m["n"].lower()] if m["n"] else _number(m["a"]) * _FACTOR.get((m["s"] or "").lower(), 1.0)
        unit = m["u"].lower()
        label = _LOUD_LABEL if m["u"][0].isupper() else _LABEL
        number = m.start("a" if m["a"] else "n")
        if (
            (1980 <= count <= 2100 and "," not in m.group())
            or label.search(text[max(start, number - 24) : number])
            or (count < 2 and not unit.endswith("flops"))
            or (count < LONG_CABLE and unit.startswith("k"))
        ):
            continue
        yield _found(m, count, count, _COUNT_UNIT.get(unit, unit) + (m["rate"] or "").lower(), m.end())
    for m in tried(FLOOR, within, within.numbers if "million" in within.low else ()):
        count = _number(m["a"]) * _FACTOR[m["s"].lower()]
        yield _found(m, count, count, "square meters" if "met" in m["u"].lower() else "square feet", m.end())


def _apart(items: list[Found], within: Stretch, *, governed: bool = True) -> list[Found]:
    """Left to right; of two that overlap the one that begins first, then the longer."""
    kept: list[Found] = []
    for item in sorted(items, key=lambda f: (f.start, -f.end)):
        if not kept or item.start >= kept[-1].end:
            kind = _kind(within, item, kept[-1] if kept else None) if governed else ""
            kept.append(Found(item.quantity, item.start, item.end, kind))
    return kept


def _kind(within: Stretch, item: Found, previous: Found | None) -> str:
    text, start, stop = within.text, within.start, within.stop
    if previous is not None and text[previous.end : item.start].strip() in ("(", "(about", "(around", "(roughly", "(nearly"):
        return "conversion"
    after = _VALUE_AFTER.match(text[item.end : min(stop, item.end + 60)])
    before = _VALUE_BEFORE.search(text[max(start, item.start - 80) : item.start])
    return (after or before)["k"].lower() if after or before else ""  # type: ignore[index]


def _found(m: re.Match[str], low: float, high: float, unit: str, end: int, *, open_end: bool = False) -> Found:
    """The match without its qualifier, which bounds one side: "up to" leaves the low open, "at least" the high."""
    qualifier = (m["qual"] or "").lower()
    start = m.end("qual") + 1 if qualifier else m.start()
    lowest: float | None = None if qualifier in _AT_MOST else low
    highest: float | None = None if qualifier in _AT_LEAST or open_end else high
    return Found(Quantity(text=m.string[start:end].strip(), low=lowest, high=highest, unit=unit), start, end)


def _number(text: str) -> float:
    return float(text.replace(",", ""))

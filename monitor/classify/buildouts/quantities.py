"""Amounts of money and capacities as written, with their bounds in one unit. Every pattern takes linear time.

What governs a sum decides whether it is news of a buildout: a valuation, a revenue or last year's figure is a sum of
another kind, and ``Found.kind`` says so. Prices per unit, shares and years are no sums at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.classify.buildouts.currencies import FACTOR, LETTERS, OF_LETTERS, PEOPLES, WORDS, currency
from monitor.classify.buildouts.currencies import SIGNS as CURRENCIES
from monitor.classify.buildouts.governed import governed
from monitor.classify.buildouts.number_places import QUALIFIERS, SMALL_WORDS, Signs, Stretch, numbers_and_words, tried
from monitor.model import Quantity

_NUM = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"trillion|billion|million|thousand|lakh crore|crore|lakh|trn|tn|bln|bn|mln|mn|(?:[TtBbMmKk]|bil|mil|cr)(?![A-Za-z])"
_MW = {"t": 1e6, "g": 1e3, "m": 1.0, "k": 1e-3}
_DIGIT_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SMALL = {w: float(n) for n, w in enumerate(_DIGIT_WORDS)} | {
    "a": 1.0, "an": 1.0, "half a": 0.5, "dozen": 12.0, "a dozen": 12.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0,
}  # fmt: skip
_SMALL_WORDS = "|".join(SMALL_WORDS)
_QUALIFIED = re.compile(rf"\b(?P<qual>{'|'.join(QUALIFIERS)})\s\Z", re.I)
_AT_MOST = frozenset({"up to", "as much as", "as high as", "less than", "under", "below", "a maximum of"})
_AT_LEAST = frozenset({"at least", "more than", "over", "above", "north of", "upwards of", "in excess of", "a minimum of"})
_QUAL = rf"(?:(?P<qual>{'|'.join(QUALIFIERS)})\s)?~?"
SIGNS = Signs([*CURRENCIES, *LETTERS])
_PEOPLES = "|".join(map(re.escape, PEOPLES))
_CUR = "|".join(map(re.escape, SIGNS.longest_first))
_SEP = r"(?:\s?[-–—]\s?|\s(?:to|and|or)\s)"
_PER = (
    r"(?:\s?(?:per|an?|/)\s?(?:share|hour|barrel|user|seat|million tokens|token|gallon|mwh|mw-day|megawatt|kwh|kw|gpu|"
    r"wafer|chip|"
    r"ton))"
)

MONEY = re.compile(
    rf"{_QUAL}(?<![A-Za-z])(?P<c>{_CUR})\s?(?P<a>{_NUM})(?:[\s-]?(?P<s>{_SCALE}))?"
    rf"(?:{_SEP}(?P<c2>{_CUR})?\s?(?P<b>{_NUM})(?:[\s-]?(?P<t>{_SCALE}))?)?(?P<plus>\+|-plus\b)?(?P<per>{_PER})?",
    re.I,
)
MONEY_WORD = re.compile(
    rf"{_QUAL}(?<![\w.,$€£])(?P<a>{_NUM})(?:{_SEP}(?P<b>{_NUM}))?[\s-]?(?P<s>{_SCALE})[\s-](?:(?P<of>{_PEOPLES})\s)?"
    rf"(?P<w>{'|'.join(WORDS)})s?\b(?P<per>{_PER})?",
    re.I,
)
# "Billions of dollars" by themselves are a manner of speaking; "trillions" are told as a sum.
MONEY_VAGUE = re.compile(
    rf"\b(?P<n>tens|hundreds|several|multiple|multi|half a|a|{'|'.join(_DIGIT_WORDS[1:])})[\s-]?(?:of\s)?"
    r"(?P<s>trillion|billion|million)s?"
    r"(?:[\s-](?:of\s)?(?P<w>dollar|euro|pound)s?)\b"
    r"|(?<![\w-])(?<!\d )(?P<s2>trillion|billion)(?:(?<=trillion)s\sof)?[\s-](?P<w2>dollar|euro|pound)s?\b",
    re.I,
)
POWER = re.compile(
    rf"{_QUAL}(?<![\w.,$€£])(?P<a>{_NUM})(?:\s?(?P<v>GW|MW|gigawatts?|megawatts?)(?={_SEP}\d))?(?:{_SEP}(?P<b>{_NUM}))?"
    r"(?P<plus>\+|[\s-]plus)?[\s-]?(?P<u>(?:GW|MW|kW|TW)(?:[es]|p(?!h))?|MVA|gigawatts?|megawatts?|kilowatts?|terawatts?)"
    r"(?P<e>p?h|[\s-]?hours?)?(?![a-z])(?P<more>\+|-plus\b)?",
    re.I,
)
POWER_WORD = re.compile(
    rf"\b(?:(?P<n>{_SMALL_WORDS})|(?P<vague>multi|multiple|several|tens of|hundreds of|dozens of))[\s-]?"
    r"(?P<u>gigawatt|megawatt|GW|MW)s?(?![\w-]?(?:h\b|hour))(?:-scale|-class)?\b"
    r"|(?<![\w-])(?P<bare>gigawatt)(?:[\s-](?:scale|class)\b|(?=\s(?:ai\s)?(?:data[\s-]?cent|datacent|campus|cluster|supercluster)))",
    re.I,
)
_CHIP = (
    r"(?:(?:\w+['’]s?|[a-z]+-designed|nvidia|amd|google|amazon|web services|aws|cloud|huawei|blackwell|hopper|rubin|grace|vera|"
    r"ultra|ascend|gaudi|maia|mtia|inferentia\d?|xeon|epyc|kunlun|wafer-scale|nvl\d+|ironwood|trainium\d?|graviton\s?\d?|cpu|gpu|arm|instinct|gb\d{3}|its|their|the|"
    r"b\d{3}|h\d{3}|a100|mi\d{3}x?|armv\d|custom|ai|more|additional|advanced|new|top|latest|high-end|next-gen(?:eration)?|units|of)[\s-]){0,7}"
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
    r"data[\s-]?cent(?:er|re)(?:s|\scampuses)|ai factories|gas turbines|turbines|(?:natural\s)?gas plants|wafers?(?!-scale)|"
    r"servers?(?!\s(?:parks?|farms?|halls?|rooms?|makers?|racks?|complex|sites?|cent))|racks|"
    r"fib(?:re|er)\spairs|satellites?|(?:exa|peta)flops?|qubits|(?:tera|peta)bits per second|tbps|kilomet(?:er|re)s|km"
)
COUNTED = re.compile(
    rf"{_QUAL}(?<![\w.,$€£-])(?:(?P<a>{_NUM})\+?(?:\s?(?P<s>million|thousand|k)(?![a-z]))?|(?P<n>{_SMALL_WORDS}))"
    rf"(?:[\s-]|(?=km\b|tbps))(?P<kind>(?:(?!(?:of|in|to|by|and|at|for|on|year|per|inch|mm|nm|acres?|states?|gigawatts?|megawatts?|[gm]w[se]?|mva|gpus?|tpus?|xpus?|chips|accelerators|processors|billion|hours?|are|is|were|"
    rf"americans|people|residents|voters)\b)(?:[A-Za-z]+|U\.S\.|\$\d[\w.]*)[\s-]){{0,3}}?)(?P<u>{_THINGS})\b(?P<rate>\s(?:a|per)\s(?:month|year|week))?",
    re.I,
)
FLOOR = re.compile(
    rf"{_QUAL}(?<![\w.,$€£])(?P<a>{_NUM})(?:[\s-]?(?P<s>million|m|lakh))?(?:[\s-]|(?=sq))"
    r"(?P<u>square[\s-]f(?:ee|oo)t|sq\.?[\s-]?(?:ft|feet)|(?-i:SF)|square[\s-]met(?:er|re)s?|sq\.?\s?m(?:et(?:er|re)s?)?)\b",
    re.I,
)
# "Site 2 data center", "in 2030 servers": no count. In Title Case a capital before the number says nothing.
_LABEL = re.compile(r"(?:^|\s)(?:[Ii]n|[Tt]he|(?!More|Nearly|Over|About|Around|Only|Just|Some|Than)[A-Z][\w'’.-]*)\s$")
_LOUD_LABEL = re.compile(r"(?:^|\s)(?:In|The|Site|Phase|Building|Unit|Hall|Colossus)\s$")
# What a firm already has, or comes to: "bringing its total footprint to five data centers", "a portfolio of 12 data centers".
_ESTATE = re.compile(
    r"\b(?:footprint|portfolio|network|fleet|estate|total|tally|count)\s(?:(?:to|of|consists|comprises|includes|spans|now|has|is|at)\s){1,2}\Z",
    re.I,
)
_COUNT_UNIT = {"server": "servers", "satellite": "satellites", "wafer": "wafers", "km": "kilometers", "kilometres": "kilometers"}
_OR_MORE = re.compile(r"\s(?:or|and)\s(?:more|larger|greater|above|over|bigger)\b")
LONG_CABLE = 1000  # kilometers: what is shorter is a distance
LARGE_FLOOR = 100_000  # square feet: what is smaller is a room
LARGE_METERS = 5_000  # the same in square meters, about
MANY_SATELLITES = 1000
# A quantity without figures has one of these.
_COUNT = re.compile(
    r"watt|W\b|illion|of thousands|"
    r"\b(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|dozen|twelve|fifteen|twenty)\b"
)


@dataclass(slots=True)
class Found:
    """A quantity and where it stands: offsets into the text searched. ``kind``: "" or what else the sum is of."""

    quantity: Quantity
    start: int
    end: int
    kind: str = ""


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
        low = _number(m["a"]) * FACTOR.get(scale.lower(), 1.0)
        high = _number(second) * FACTOR.get((m["t"] or scale).lower(), 1.0) if second else low
        unit = CURRENCIES.get(m["c"].upper()) or _by_letter(m, scale)
        if unit and not m["per"] and 1e5 <= max(low, high) <= 1e17:
            yield _found(m, low, high, unit, at, open_end=bool(m["plus"]))


def _by_letter(m: re.Match[str], scale: str) -> str:
    """The currency of "R8bn", in which the letter stands right before the figures, and they before their scale; else ""."""
    close = m.end("c") == m.start("a")
    return LETTERS.get(m["c"], "") if close and scale.lower() in OF_LETTERS and scale != "M" else ""


def _worded(within: Stretch) -> Iterator[Found]:
    for m in tried(MONEY_WORD, within, within.numbers):
        if not m["per"]:
            factor = FACTOR[m["s"].lower()]
            low = _number(m["a"]) * factor
            if low <= 1e17:
                yield _found(m, low, _number(m["b"]) * factor if m["b"] else low, currency(m["w"], m["of"] or ""), m.end())


def _vague(within: Stretch) -> Iterator[Found]:
    if "llion" not in within.low:
        return
    for m in MONEY_VAGUE.finditer(within.text, within.start, within.stop):
        scale, count = FACTOR[(m["s"] or m["s2"]).lower()], (m["n"] or "").lower()
        bounds: dict[str, tuple[float | None, float | None]] = {
            "tens": (10 * scale, 100 * scale),
            "hundreds": (100 * scale, 1000 * scale),
            "a": (scale, scale),
            **{word: (_SMALL[word] * scale, _SMALL[word] * scale) for word in _DIGIT_WORDS[1:]},
            "half a": (scale / 2, scale / 2),
        }
        low, high = bounds.get(count, (scale, None))
        quantity = Quantity(text=m.group(), low=low, high=high, unit=WORDS[(m["w"] or m["w2"]).lower()])
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
        if _OR_MORE.match(within.text, m.end()):  # "customers of 60 MW or more": whom a rule is for
            continue
        if not low:  # "the 0 to 1 megawatt range": a class of size
            continue
        high = _number(m["b"]) * factor if m["b"] else low
        yield _found(m, low, high, "MWh" if m["e"] else "MW", m.end(), open_end=bool(m["plus"] or m["more"]))
    for m in POWER_WORD.finditer(within.text, within.start, within.stop):
        value = _SMALL[m["n"].lower()] * _MW[m["u"][0].lower()] if m["n"] else _MW["g"] if m["bare"] else None
        before = _QUALIFIED.search(within.text, max(within.start, m.start() - 20), m.start())
        qualifier = before["qual"].lower() if before is not None and value is not None else ""
        yield Found(_bounded(m.group(), value, value, "MW", qualifier), m.start(), m.end())


def _chips(within: Stretch) -> Iterator[Found]:
    for m in tried(CHIPS, within, within.numbers):
        count = _number(m["a"]) * FACTOR.get((m["s"] or "").lower(), 1.0)
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
        count = _SMALL[m["n"].lower()] if m["n"] else _number(m["a"]) * FACTOR.get((m["s"] or "").lower(), 1.0)
        unit = m["u"].lower()
        label = _LOUD_LABEL if m["u"][0].isupper() else _LABEL
        number = m.start("a" if m["a"] else "n")
        if (
            (1980 <= count <= 2100 and "," not in m.group())
            or ("," not in m.group() and label.search(text[max(start, number - 24) : number]))
            or (count < 2 and not unit.endswith("flops"))
            or (unit.startswith("data") and _ESTATE.search(text, max(start, m.start() - 40), m.start()))
            or (count < LONG_CABLE and unit.startswith("k"))
            or (count < MANY_SATELLITES and unit.startswith("satellite"))
        ):
            continue
        yield _found(m, count, count, _COUNT_UNIT.get(unit, unit) + (m["rate"] or "").lower(), m.end())
    for m in tried(FLOOR, within, within.numbers if "sq" in within.low or "SF" in text else ()):
        count = _number(m["a"]) * FACTOR.get((m["s"] or "").lower(), 1.0)
        metric = m["u"][-1] == "m" or "met" in m["u"].lower()
        if count >= (LARGE_METERS if metric else LARGE_FLOOR):
            yield _found(m, count, count, "square meters" if metric else "square feet", m.end())


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
    return governed(text, start, item.start, item.end, stop)


def _found(m: re.Match[str], low: float, high: float, unit: str, end: int, *, open_end: bool = False) -> Found:
    """The match without its qualifier, which bounds one side: "up to" leaves the low open, "at least" the high."""
    qualifier = (m["qual"] or "").lower()
    start = m.end("qual") + 1 if qualifier else m.start()
    return Found(_bounded(m.string[start:end].strip(), low, high, unit, qualifier, open_end=open_end), start, end)


def _bounded(text: str, low: float | None, high: float | None, unit: str, qualifier: str, *, open_end: bool = False) -> Quantity:
    """ "up to" leaves the low open, "at least" and a plus the high."""
    lowest = None if qualifier in _AT_MOST else low
    highest = None if qualifier in _AT_LEAST or open_end else high
    return Quantity(text=text, low=lowest, high=highest, unit=unit)


def _number(text: str) -> float:
    return float(text.replace(",", ""))

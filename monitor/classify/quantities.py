"""Amounts of money and capacities as written, with their bounds in one unit. All patterns take linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.model import Quantity

_NUM = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"trillion|billion|million|thousand|lakh crore|crore|lakh|trn|tn|bln|bn|mln|mn|[TtBbMmKk](?![A-Za-z])"
_CURRENCIES = {
    "US$": "USD", "USD": "USD", "C$": "CAD", "CAD": "CAD", "A$": "AUD", "AUD": "AUD", "S$": "SGD", "SGD": "SGD", "HK$": "HKD",
    "NT$": "TWD", "R$": "BRL", "$": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "¥": "JPY", "JPY": "JPY",
    "CN¥": "CNY", "RMB": "CNY", "CNY": "CNY", "₹": "INR", "INR": "INR", "Rs.": "INR", "Rs": "INR", "₩": "KRW", "KRW": "KRW",
    "AED": "AED", "SAR": "SAR", "CHF": "CHF", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK",
}  # fmt: skip
_WORDS = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "won": "KRW", "rupee": "INR", "dirham": "AED",
    "riyal": "SAR", "franc": "CHF", "kronor": "SEK", "kroner": "NOK",
}  # fmt: skip
_CUR = "|".join(re.escape(c) for c in sorted(_CURRENCIES, key=len, reverse=True))
_SEP = r"(?:\s?[-–—]\s?|\s(?:to|and|or)\s)"
_QUAL = (
    r"(?:(?P<qual>up to|as much as|as high as|at least|more than|over|above|north of|nearly|almost|close to|around|about|roughly|"
    r"approximately|an estimated|less than|under|below|upwards of|in excess of)\s)?"
)
MONEY = re.compile(
    rf"{_QUAL}(?P<c>{_CUR})\s?(?P<a>{_NUM})(?:[\s-]?(?P<s>{_SCALE}))?(?:{_SEP}(?:{_CUR})?\s?(?P<b>{_NUM})[\s-]?(?P<t>{_SCALE}))?"
    rf"(?P<unit>\s?(?:per|an?|/)\s?(?:share|hour|barrel|month|user|seat|million tokens|token|gallon|MWh|MW-day|kWh|megawatt))?",
    re.I,
)
MONEY_WORD = re.compile(
    rf"{_QUAL}(?P<a>{_NUM})\s?(?P<s>{_SCALE})(?:{_SEP}(?P<b>{_NUM})\s?(?P<t>{_SCALE}))?[\s-](?:US |U\.S\. )?"
    r"(?P<w>dollar|euro|pound|yen|yuan|won|rupee|dirham|riyal|franc|kronor|kroner)s?\b",
    re.I,
)
POWER = re.compile(
    rf"(?<![\w.,$€£]){_QUAL}(?P<a>{_NUM})(?:\s?(?:GW|MW|gigawatts?|megawatts?))?(?:{_SEP}(?P<b>{_NUM}))?[\s-]?"
    r"(?P<u>GW|MW|kW|TW|gigawatts?|megawatts?|kilowatts?|terawatts?)(?P<e>h|-?hours?)?(?![a-z])",
    re.I,
)
POWER_WORD = re.compile(
    r"\b(?P<n>half a|an?|one|two|three|four|five|six|seven|eight|nine|ten|multi)[\s-](?P<u>gigawatt|megawatt)s?\b", re.I
)
_CHIP = r"(?:(?:nvidia|amd|google|blackwell|hopper|rubin|grace|vera|ironwood|trainium\d?|instinct|gb\d{3}|b\d{3}|h\d{3}|a100|mi\d{3}x?|ai|more|additional|advanced|new)[\s-]){0,4}"
CHIPS = re.compile(
    rf"(?<![\w.,$€£]){_QUAL}(?P<a>{_NUM})(?:\s?(?P<s>million|thousand|k|m)(?![a-z]))?\s(?:of\s)?{_CHIP}"
    r"(?P<u>gpus?|tpus?|chips|accelerators|xpus?|lpus?|h100s?|h200s?|h20s?|b200s?|b300s?|gb200s?|gb300s?|a100s?|mi\d{3}x?s?)\b",
    re.I,
)
_FACTOR = {
    "t": 1e12, "tn": 1e12, "trn": 1e12, "trillion": 1e12, "b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9, "m": 1e6, "mn": 1e6,
    "mln": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3, "lakh crore": 1e12, "crore": 1e7, "lakh": 1e5,
}  # fmt: skip
_MW = {"t": 1e6, "g": 1e3, "m": 1.0, "k": 1e-3}
_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "a": 1,
    "an": 1,
    "half a": 0.5,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and where it stands: offsets into the text searched."""

    quantity: Quantity
    start: int
    end: int


def amounts(text: str, start: int = 0, end: int | None = None) -> list[Found]:
    """Money in a text, left to right. Prices per unit are left out, and what is under a million without a scale word."""
    stop = len(text) if end is None else end
    found = [f for m in MONEY.finditer(text, start, stop) if (f := _money(m, _currency(m["c"])))]
    for m in MONEY_WORD.finditer(text, start, stop):
        f = _money(m, _WORDS[m["w"].lower()])
        if f and not any(f.start < g.end and g.start < f.end for g in found):
            found.append(f)
    return sorted(found, key=lambda f: f.start)


def _currency(sign: str) -> str:
    return _CURRENCIES.get(sign) or _CURRENCIES.get(sign.upper(), "") or _CURRENCIES.get(sign.capitalize(), "")


def _money(m: re.Match[str], unit: str) -> Found | None:
    groups = m.groupdict()
    if groups.get("unit"):
        return None
    scale, second = groups["s"] or groups["t"] or "", groups["t"] or groups["s"] or ""
    low = _number(groups["a"]) * _FACTOR.get(scale.lower(), 1.0)
    high = _number(groups["b"]) * _FACTOR.get(second.lower(), 1.0) if groups["b"] else low
    if low < 1e5 and high < 1e5:
        return None
    return _found(m, low, high, unit)


def capacities(text: str, start: int = 0, end: int | None = None) -> list[Found]:
    """Power in MW and accelerators by number, left to right; energy (MWh) is no capacity."""
    stop = len(text) if end is None else end
    found = []
    for m in POWER.finditer(text, start, stop):
        if not m["e"]:
            factor = _MW[m["u"][0].lower()]
            low = _number(m["a"]) * factor
            found.append(_found(m, low, _number(m["b"]) * factor if m["b"] else low, "MW"))
    for m in POWER_WORD.finditer(text, start, stop):
        word = m["n"].lower()
        value = None if word == "multi" else _NUMBERS[word] * _MW[m["u"][0].lower()]
        found.append(Found(Quantity(text=m.group(), low=value, high=value, unit="MW"), m.start(), m.end()))
    for m in CHIPS.finditer(text, start, stop):
        n = _number(m["a"]) * _FACTOR.get((m["s"] or "").lower(), 1.0)
        if n >= 100:
            found.append(_found(m, n, n, "accelerators"))
    return sorted(found, key=lambda f: f.start)


def _found(m: re.Match[str], low: float, high: float, unit: str) -> Found:
    """The match without its qualifier, which bounds one side: "up to" leaves the low open, "at least" the high."""
    qualifier = (m["qual"] or "").lower()
    start = m.end("qual") + 1 if qualifier else m.start()
    lowest: float | None = low
    highest: float | None = high
    if qualifier in ("up to", "as much as", "as high as", "less than", "under", "below"):
        lowest = None
    elif qualifier in ("at least", "more than", "over", "above", "north of", "upwards of", "in excess of"):
        highest = None
    text = m.string[start : m.end()].strip()
    return Found(Quantity(text=text, low=lowest, high=highest, unit=unit), start, m.end())


def _number(text: str) -> float:
    return float(text.replace(",", ""))

"""The features of the infrastructure label (``buildouts.label``) in words: topics, deeds, and who is named, each with its place.

A core topic is one that, in a title, is what the label is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PLACES = {"t": "title", "s": "first sentence", "r": "rest"}
_ALONE = {
    "computing": "words of computing",
    "no computing": "no word of computing",
    "tech": "a technology firm",
    "no tech": "no technology firm",
    "core -": "no core topic",
    "core last": "a core topic ends the title",
    "core inside": "a core topic does not end the title",
    "site -": "no site",
    "market press": "an outlet for share prices",
    "no summary": "no summary",
    "place": "a place named",
    "project": "a known project named",
    "t amount": "an amount in the title",
    "t valuation": "a valuation in the title",
    "t question": "the title asks",
    "t two parts": "a title in two parts",
    "t percent": "a percentage in the title",
    "r amount": "an amount in the rest",
    "r capacity": "a capacity in the rest",
}
_TOPICS = {
    "ai": "AI",
    "ai_boom": "the AI boom",
    "ai_demand": "AI demand",
    "ai_hub": "AI hub",
    "ai_infra": "AI infrastructure",
    "ai_spend": "AI spending",
    "cable_company": "cable firm",
    "capacity_company": "data center or cloud firm",
    "colo": "colocation",
    "comput": "computing",
    "dc_product": "data center product",
    "dc_unit": "data center unit",
    "equipment_company": "equipment maker",
    "exec": "executives",
    "fab": "chip plant",
    "foundry_company": "chip foundry",
    "gov_program": "government programme",
    "gpus": "GPUs",
    "lab_company": "AI lab",
    "miner_company": "crypto miner",
    "nuclear_company": "nuclear firm",
    "tech_firms": "technology firms",
    "utility_company": "utility",
}
# Kinds of those who are named; others by their name.
_KINDS = {
    "actor": "those without a name",
    "ai_lab": "AI lab",
    "ai_platform": "AI platform",
    "ai_data": "AI data firm",
    "auto": "car maker",
    "big_tech": "big technology firm",
    "cable": "cable firm",
    "chip": "chip firm",
    "cloud": "cloud firm",
    "cooling_electrical": "cooling and electrical firm",
    "dc_developer": "data center developer",
    "dc_operator": "data center operator",
    "dc_reit": "data center trust",
    "eda": "chip design firm",
    "finance_tech": "financial technology firm",
    "gazetteer": "known organisation",
    "ipp": "independent power producer",
    "jv": "joint venture",
    "memory": "memory chip firm",
    "name": "unknown name",
    "ngo": "charity or campaign",
    "org": "organisation",
    "pe": "private equity firm",
    "pe_infra": "infrastructure fund",
    "semi_equipment": "chip machinery firm",
    "server_oem": "server maker",
    "sovereign": "sovereign fund",
    "subsea_cable": "subsea cable firm",
    "vc": "venture fund",
}
_COMPANY = re.compile(r"(?:(.+), )?((?:no )?computing), ((?:no )?tech)\Z")
_BETWEEN = re.compile(r"([ts]) (\w+) \[(.*)\] (\w+)\Z")
_BOTH = re.compile(r"(.+) & (.+)\Z")
_BESIDE = re.compile(r"(\w+) (after|before) (\S*)\Z")
_ORDER = re.compile(r"([ts]) (\w+) > (\w+)\Z")
_SUM = re.compile(r"([tsr]) (for|against) (\d)\Z")
_TERM = re.compile(r"([tsr]?)([=:])(\S+)\Z")
_COUNTED = re.compile(r"(core mentions|sites told|core at) (\d)\Z")
_FIRST = re.compile(r"(core|site) ([tsr-])(?: (.+))?\Z")
_NAMED = re.compile(r"t (org kind|org|actor|first) (\w+)\Z")
_CAPACITY = re.compile(r"([tr]) capacity (.+)\Z")
_MOST = {"for": 8, "against": 5}  # where ``buildouts.label`` ends counting


def worded_infra(told: str) -> str:
    """A feature without its prefix in words; "" where it is of no form known here."""
    if told in _ALONE:
        return _ALONE[told]
    for form, words in _FORMS:
        if found := form.match(told):
            return words(*found.groups())
    return ""


def _both(one: str, other: str) -> str:
    first, second = worded_infra(one), worded_infra(other)
    if first.startswith("title ") and second.startswith("title "):
        second = second.removeprefix("title ")
    return f"{first} and {second}" if first and second else ""


def _of_company(term: str | None, computing: str, tech: str) -> str:
    said = f"{_ALONE[computing]}, {_ALONE[tech]}"
    if term is None:
        return said
    first = worded_infra(term)
    return f"{first}, {said}" if first else ""


def _between(part: str, one: str, words: str, other: str) -> str:
    gap = f"“{words}”" if words else "nothing"
    return f"{_PLACES[part]}: {_topic(one)} and {_topic(other)} with {gap} between"


def _beside(of: str, side: str, word: str) -> str:
    """A core topic by its neighbour, in a field of whatever topic, or in the title of this one."""
    place, topic = (_PLACES[of], "a core topic") if of in _PLACES else ("title", _topic(of))
    ends = {("after", "^"): "begins it", ("before", "$"): "ends it"}
    beside = f"“{word}”" if word else "what is no word"
    return f"{place}: {topic} {ends.get((side, word)) or f'right {side} {beside}'}"


def _order(part: str, one: str, other: str) -> str:
    return f"{_PLACES[part]}: {_topic(one)} before {_topic(other)}"


def _sum(part: str, side: str, count: str) -> str:
    """How loud a field's topics are, counted to ``_MOST``."""
    loud = f"its topics speak {side} it, {count} of {_MOST[side]}" if count != "0" else f"no topic speaks {side} it"
    return f"{_PLACES[part]}: {loud}"


def _counted(what: str, count: str) -> str:
    """How often core topics are named, how many fields tell of a site, or how far into the title a core topic stands."""
    if what == "core mentions":
        return f"core topics named: {count}{' or more' if count == '4' else ''}"
    if what == "sites told":
        return f"sites in {count} of title, first sentence and rest"
    return f"title: a core topic from letter {20 * int(count)} on"


def _term(part: str, mark: str, name: str) -> str:
    place = _PLACES[part or "t"]
    return f"{place} speaks of {_topic(name)}" if mark == "=" else f"{place} tells: {_deed(name)}"


def _first(what: str, part: str, rest: str | None) -> str:
    """The first field with a core topic, or with a site."""
    words = "a core topic" if what == "core" else "a site"
    said = f"no {words[2:]}" if part == "-" else f"{words} in the {_PLACES[part]}"
    if rest is None:
        return said
    more = worded_infra(rest)
    return f"{said} and {more}" if more else ""


def _named(how: str, kind: str) -> str:
    who = _KINDS.get(kind, kind.replace("_", " "))
    return {"actor": f"who acts in the title: {who}", "first": f"first named in the title: {who}"}.get(how, f"title names: {who}")


def _capacity(part: str, unit: str) -> str:
    return f"a capacity in {unit} in the {_PLACES[part]}"


def _topic(name: str) -> str:
    return _TOPICS.get(name, name.replace("_", " "))


def _deed(name: str) -> str:
    """A cue by the deed it tells and its own name: "build (site)"; of no deed in particular, by its name."""
    deed, _, cue = name.replace("_", " ").partition(".")
    return cue if cue and deed in ("other", "attrib") else f"{deed} ({cue})" if cue else deed


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = (
    (_COMPANY, _of_company),
    (_BETWEEN, _between),
    (_BOTH, _both),
    (_ORDER, _order),
    (_SUM, _sum),
    (_NAMED, _named),
    (_CAPACITY, _capacity),
    (_COUNTED, _counted),
    (_TERM, _term),
    (_BESIDE, _beside),
    (_FIRST, _first),
)

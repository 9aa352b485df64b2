"""What a sum is of, said by the words beside it: a valuation, a revenue, last year's figure."""

from __future__ import annotations

import re

from monitor.classify.words.guarded import Guarded

# The slices searched are bounded, so the whole stays linear.
_VALUE_AFTER = re.compile(
    r"^\+?(?:\s\([^)]{1,20}\))?[\s-](?:(?:post|pre)-money\s)?"
    r"(?:in\s|of\s|annual\s|annualized\s|quarterly\s|q[1-4]\s|worth of\s|net\s|run-?rate\s|pre-tax\s|future\s|adjusted\s|"
    r"core\s|total\s)*"
    r"(?P<k>valuation|market[\s-](?:cap\w*|value)|revenues?(?!\sbacklog)|sales|profits?|loss(?:es)?|"
    r"earnings|ebitda|income|ipo|initial public|"
    r"share (?:repurchase|buyback)|buyback|bonus(?:es)?|company|arr|cash flow|salary|salaries|fine|penalt(?:y|ies)|windfalls?|"
    r"gains?|"
    r"lease obligations|estimate|est|value|run[\s-]rate|last year|a year earlier)\b",
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


_OF_A_SITE = re.compile(  # whose worth is what it costs
    r"\b(?:investment|projects?|campus(?:es)?|sites?|plans?|schemes?|complex)(?:\s(?:that|which))?\s(?:it|they|the\s\w+)\s"
    r"(?:values?|valued)\sat\s(?:\w+\s){0,3}$|"
    r"\b(?:investment|projects?|campus|site|plan|scheme|complex|facility|cent(?:er|re)|build)(?:,?\swhich)?\s(?:is|was|has\sbeen|were)\s"
    r"valued\sat\s(?:\w+\s){0,3}$",
    re.I,
)


# What a contract brings over its years is what it is worth; what is raised in a float is money for the site.
_OVER_YEARS = re.compile(
    r"^\s(?:in|of)\s(?:\w+\s){0,3}revenues?\s(?:over|across|during|through)\s(?!(?:the\s)?(?:past|last|previous|prior)\b)(?:(?:the|its|an?)\s)?(?:[\w-]+\s){0,2}?"
    r"(?:\d+[\s-]years?|\w+[\s-]years?|term|life|lease)\b",
    re.I,
)
_RAISED = re.compile(r"\b(?:rais(?:e|es|ed|ing)|nets|fetches|bags)\s(?:[\w-]+\s){0,3}$", re.I)
_FLOAT = frozenset({"ipo", "initial public"})


def governed(text: str, begin: int, start: int, end: int, stop: int) -> str:
    """What the sum from ``start`` to ``end`` is of, in the stretch from ``begin`` to ``stop``; "" where nothing says another."""
    after = _VALUE_AFTER.match(text[end : min(stop, end + 60)])
    before = _VALUE_BEFORE.search(text[max(begin, start - 80) : start])
    if before is not None and _OF_A_SITE.search(text[max(begin, start - 80) : start]):
        before = None
    if after is not None and _OVER_YEARS.match(text[end : min(stop, end + 80)]):
        after = None
    if after is not None and after["k"].lower() in _FLOAT and _RAISED.search(text[max(begin, start - 40) : start]):
        after = None
    found = after or before
    return found["k"].lower() if found is not None else ""

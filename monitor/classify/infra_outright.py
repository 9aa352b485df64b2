"""Headlines that say outright what is done: "Acme shelves 400 MW site", "Acme raises $2bn". The whole of it is a set phrase, so
that no weight of a summary that tells the old plan, or of the site that the money is for, speaks against it.

Of 1,672 read and written stories that the weights had not seen 119 have such a headline: it says the action of 116, the weights
that of 85 (the phrases were looked for in these stories, too, which flatters them).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from monitor.classify.infra_bodies import BODY
from monitor.classify.infra_facts import Facts
from monitor.model import BuildoutAction

_SUM = (
    r"(?:(?:up to|as much as|more than|over|about|nearly|almost|at least|around|an?|another|additional|record|some|further|"
    r"extra|close to) ){0,3}(?:[A-Z]{0,3}[$€£¥₹]|(?:SEK|NOK|DKK|CHF|EUR|USD|Rs\.?|RM) ?)\d\S*"
    r"(?: ?(?:m|mn|b|bn|million|billion|trillion)\b)?"
)
_SITE = (
    r"(?:data ?cent(?:er|re)s?|datacent(?:er|re)s?|(?:mega)?campus(?:es)?|sites?|(?:mega|giga)?fabs?|plants?|facilit(?:y|ies)|"
    r"complex|supercomputers?|clusters?|halls?|hubs?|factory|factories|gigafactory|reactors?|cables?|server farms?|"
    r"build-?outs?|MW|megawatts)\b"
)
_OF_RULES = (
    r"(?:tax (?:breaks?|exemptions?|abatements?|incentives?|credits?|holiday)|bans?|bill|moratorium|incentives|subsid\w+|rules?|"
    r"permits?|hookups|applications|approvals?|rezoning|zoning)\b"
)
# What may stand before a site and is of it still; what behind one makes it another thing's: "data center bill".
_THE, _NOT_OF = (
    r"(?:(?!to )[^\s,;:?]+ ){0,6}?",
    rf"(?! (?:{_OF_RULES}|tax|law|bonds?|loans?|debt|stocks?|shares|jobs|workers|talks|fears))",
)
_STOPS = (
    r"(?:scraps|cancels|shelves|abandons|mothballs|ditches|nixes|axes|pauses|halts|suspends|freezes|pulls (?:the )?plug on|"
    r"walks away from|backs (?:out of|away from)|(?:pulls|bows) out of|gives up on|(?:hits|presses) pause on|calls off|"
    r"(?:stops|halts|pauses|suspends|freezes) (?:work|construction|building) (?:on|of|at)|drops (?:[\w’'-]+ ){0,3}plans?|"
    r"(?:withdraws|pulls) (?:[\w’'-]+ ){0,3}(?:plans?|proposals?|applications?) (?:for|to))"
)
_STOPPING = re.compile(
    rf"(?:^|[:;—] |, )(?P<who>[^:;?—]{{2,70}}?) (?:(?:quietly|reportedly|abruptly|temporarily|formally) )?"
    rf"(?:{_STOPS} {_THE}{_SITE}{_NOT_OF}|"
    rf"(?:puts|places|keeps) {_THE}(?:{_SITE}|expansion|plans?|projects?) {_THE}on (?:hold|ice)\b)",
    re.I,
)
_STOPPED = re.compile(
    rf"(?:\b(?:plans?|proposals?|projects?|work|construction|expansion|{_SITE})"
    r"(?: (?!by\b)[^\s,;:?]+){0,5}? (?:(?:is|are|was|were|has been|have been|gets?) )?(?:scrapped|cancell?ed|"
    r"shelved|mothballed|abandoned|called off|(?:put )?on (?:hold|ice)|paused|halted|suspended|dead|nixed|axed|withdrawn|frozen)"
    r"(?=$|[,.;:]| (?:as|after|over|amid|in|due|because|following|until|for now|indefinitely|-|—)(?: |$))|"
    r"^(?:work|construction) (?:stops|halts|ceases|paused|halted|suspended) (?:on|at)\b)",
    re.I,
)
# Who stops what is another's forbids or opposes it; who is only pressed for, or is told to, has not stopped.
_FORBIDS = re.compile(
    r"\b(?:judges?|courts?|county|city|council|board|commission\w*|towns?|townships?|village|residents|neighbou?rs|lawmakers?|governor|"
    r"gov|mayor|state|senate|senators?|house|regulators?|supervisors|ministers?|ministry|government|trump|tribe|epa|ferc|utility|grid|"
    r"voters?|protesters?|officials|agency|drought|strikes?|fire|lawsuit|opposition|outcry|backlash|calls?|demands?|denies|deny|denied|"
    r"if|may|might|could|why|how|not|never|no)\b",
    re.I,
)
_NEVER = re.compile(
    r"\b(?:den(?:y|ies|ied)|not|never|no longer|bans?|moratori\w+|bill|lawsuit|tax|judge|court|resum\w+|reviv\w+|restart\w*)\b",
    re.I,
)


def _firm_stops(title: str, facts: Facts) -> bool:
    found = _STOPPING.search(title)
    if found is None or _FORBIDS.search(found["who"]) or BODY.search(found["who"]):
        return _STOPPED.search(title) is not None and _NEVER.search(title) is None
    places = {m.text for c in facts.candidates for m in c.mentions if m.in_title and m.kind in ("place", "actor")}
    return not found["who"].endswith(tuple(places))


def _phrase(pattern: str) -> Callable[[str, Facts], bool]:
    compiled = re.compile(pattern, re.I)
    return lambda title, _: compiled.search(title) is not None


_TAX = r"tax (?:breaks?|exemptions?|abatements?|incentives?|credits?)\b"
# In the order to ask: the deed that a headline tells of another ("scraps leases", "raises $2bn to build").
_DEEDS: tuple[tuple[BuildoutAction, Callable[[str, Facts], bool]], ...] = (
    (BuildoutAction.CANCEL, _firm_stops),
    (
        BuildoutAction.POLICY,
        _phrase(
            rf"\b(?:pauses?|suspends?|halts?|hits? pause on|scraps?|ends?|repeals?|nix(?:es)?|axes|vetoes|freezes?) "
            rf"{_THE}{_OF_RULES}|"
            rf"\b(?:receives?|gets?|wins?|granted|lands|secures?|awarded|approves?|approved|offers?) {_THE}{_TAX}|"
            r"\b(?:gets?|wins?|secures?|receives?|granted) (?:[\w-]+ ){0,3}?"
            r"(?:permits?|consent|planning (?:nod|approval|permission)|zoning (?:nod|approval|change))\b"
        ),
    ),
    (
        BuildoutAction.OPPOSE,
        _phrase(
            r"\b(?:faces|facing|sparks|sparking|draws|drawing|meets|met with|triggers|triggering|stirs|runs into|prompts) "
            r"(?:[\w-]+ ){0,3}?(?:backlash|pushback|opposition|protests?|outcry|revolt|resistance|anger|fury|uproar)\b|"
            r"\bdivides (?:[\w’'-]+ ){0,3}(?:villag\w+|residents|neighbou?rs|towns?|locals|communit\w+|council|voters)\b"
        ),
    ),
    (
        BuildoutAction.FINANCE,
        _phrase(
            rf"\b(?:raises?|raised|borrows?|borrowed|(?:to|could|may|will) (?:raise|borrow)|raising|borrowing) {_SUM}|"
            rf"\b(?:secures?|gets?|closes?|closed|lands?|seeks?|nears?|lines up|obtains|arranges|wins|inks|lends|locks in|"
            rf"signs) {_SUM}"
            r"(?: [\w-]+){0,4} (?:loans?|financing|funding|bonds?|debt|credit|notes|float|round)\b"
        ),
    ),
    (
        BuildoutAction.ACQUIRE,
        _phrase(
            r"\b(?:seeks? buyers?|puts? (?:[^\s,;:?]+ ){1,6}up for sale|(?:explor\w+|weighs?|weighing|mulls|consider(?:s|ing)?) "
            r"(?:(?:a|the) )?(?:sale of|selling))\b(?!.*\b(?:loans?|debt|bonds?|power|electricity|chips)\b)"
        ),
    ),
    (
        BuildoutAction.OTHER,  # what happens to it: nobody's deed
        _phrase(
            r"\b(?:fire|blaze|explosion) (?:at|guts|hits|destroys|damages|shuts|breaks out|kills)\b|\bcatch(?:es)? fire\b|"
            r"\b(?:crane|roof|wall|scaffold\w*) collapses?\b"
        ),
    ),
    (BuildoutAction.INVEST, _phrase(r"\bminority (?:equity )?stake\b")),
    (
        BuildoutAction.LEASE,
        _phrase(
            r"(?<!scraps )(?<!cancels )(?<!drops )\b(?:pre-?)?leases (?:out )?(?:[^\s,;:?]+ ){0,4}?"
            r"(?:MW|megawatts|hall|campus|site|space)\b"
        ),
    ),
    (
        BuildoutAction.COMPUTE_DEAL,
        _phrase(
            rf"\b(?:commits?|pledges?|commits? to spend(?:ing)?|to spend|will spend|spending) {_SUM}(?: \w+){{0,3}} "
            r"(?:with|to|at) (?:CoreWeave|Nebius|Oracle|AWS|Azure|Google Cloud|Lambda|Crusoe|Nscale|Microsoft Azure)\b"
        ),
    ),
    (
        BuildoutAction.POWER_DEAL,
        _phrase(
            r"\b(?:buys?|orders?|ordered|bought|acquires|delivers?|supply|supplies) (?:[^\s,;:?]+ ){0,5}?"
            r"(?:turbines|generators|fuel cells|gas engines)\b|"
            r"\b(?:taps|signs up|buys) (?:[^\s,;:?]+ ){0,3}?(?:(?:hydro|nuclear|solar|wind|gas) (?:plant|farm|power)|hydropower|"
            r"geothermal|(?:small |modular )?reactors?)\b.{0,30}\bfor\b.{0,24}\b(?:data ?cent|AI\b|campus)"
        ),
    ),
    (
        BuildoutAction.OPEN,
        _phrase(
            r"\b(?:opens|inaugurates|energi[sz]es|switches on|powers up|fires up|turns on|brings online|cuts (?:the )?ribbon on) "
            rf"(?!(?:bid|door|tender|talks|probe|up)){_THE}{_SITE}(?! (?:bid|tender|probe|hearing|floodgates|bond|market|debate))"
        ),
    ),
    (
        BuildoutAction.BUILD,
        _phrase(rf"\b(?:resumes|revives) {_THE}(?:work|construction|data ?cent(?:er|re)s?|campus|fabs?)\b(?!.*\bnuclear\b)"),
    ),
    (BuildoutAction.INVEST, _phrase(rf"\binvest(?:s|ing)? {_SUM}(?: more)? to (?:build|expand|develop|boost)\b")),
)


def outright(facts: Facts) -> BuildoutAction | None:
    """The action that the headline says in a set phrase; None where it says none so."""
    title = facts.document.title
    return next((action for action, says in _DEEDS if says(title, facts)), None)

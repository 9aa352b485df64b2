"""Headlines that say that a site is given up or put off, by who builds it: "Acme shelves 400 MW site"."""

from __future__ import annotations

import re

from monitor.classify.buildouts.bodies import BODY
from monitor.classify.buildouts.facts import Facts

SITE = (
    r"(?:data ?cent(?:er|re)s?|datacent(?:er|re)s?|(?:mega)?campus(?:es)?|sites?|(?:mega|giga)?fabs?|plants?|facilit(?:y|ies)|"
    r"complex|supercomputers?|clusters?|halls?|hubs?|factory|factories|gigafactory|reactors?|cables?|server farms?|"
    r"build-?outs?|MW|megawatts)\b"
)
OF_RULES = (
    r"(?:tax (?:breaks?|exemptions?|abatements?|incentives?|credits?|holiday)|bans?|bill|moratorium|incentives|subsid\w+|rules?|"
    r"permits?|hookups|applications|approvals?|rezoning|zoning)\b"
)
# What may stand before a site and is of it still; what behind one makes it another thing's: "data center bill".
THE, _NOT_OF = (
    r"(?:(?!to )[^\s,;:?]+ ){0,6}?",
    rf"(?! (?:{OF_RULES}|tax|law|bonds?|loans?|debt|stocks?|shares|jobs|workers|talks|fears))",
)
_STOPS = (
    r"(?:scraps|cancels|terminates|scuttles|rescinds|"
    r"shelves|abandons|mothballs|ditches|nixes|axes|pauses|halts|suspends|freezes|pulls (?:the )?plug on|"
    r"walks away from|backs (?:out of|away from)|(?:pulls|bows) out of|gives up on|(?:hits|presses) pause on|calls off|"
    r"(?:stops|halts|pauses|suspends|freezes) (?:work|construction|building) (?:on|of|at)|drops (?:[\w’'-]+ ){0,3}plans?|"
    r"(?:withdraws|pulls) (?:[\w’'-]+ ){0,3}(?:plans?|proposals?|applications?) (?:for|to)|"
    r"ha(?:s|ve) (?:(?:reportedly|quietly|also|now|formally) )?(?:scrapped|cancell?ed|shelved|abandoned|mothballed|ditched|"
    r"terminated|rescinded|called off|paused|halted|(?:dropped|pulled|withdrawn|backed (?:off|away from)) "
    r"(?:[\w’'-]+ ){0,3}plans? (?:for|to)))"
)
STOPPING = re.compile(
    rf"(?:^|[:;—] |, )(?P<who>[^:;?—]{{2,70}}?) (?:(?:quietly|reportedly|abruptly|temporarily|formally) )?"
    rf"(?:{_STOPS} {THE}{SITE}{_NOT_OF}|"
    rf"(?:puts|places|keeps) {THE}(?:{SITE}|expansion|plans?|projects?) {THE}on (?:hold|ice)\b)",
    re.I,
)
BOTH_STOP = re.compile(  # "Osprey and Corvid shelve Ohio campus"
    rf"^(?P<who>[^:;?—]{{2,50}}? and [^:;,?—]{{2,30}}?) (?:scrap|cancel|shelve|abandon|mothball|ditch|axe|pause|halt|"
    rf"suspend|freeze) {THE}{SITE}{_NOT_OF}",
    re.I,
)
STOPPED = re.compile(
    rf"(?:\b(?:plans?|proposals?|projects?|work|construction|expansion|{SITE})"
    r"(?: (?!by\b)[^\s,;:?]+){0,5}? (?:(?:is|are|was|were|has been|have been|gets?) )?(?:scrapped|cancell?ed|"
    r"shelved|mothballed|abandoned|called off|(?:put )?on (?:hold|ice)|paused|halted|suspended|dead|nixed|axed|withdrawn|frozen|"
    r"rescinded|terminated|scuttled|off the table)"
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


def firm_stops(title: str, facts: Facts) -> bool:
    """Whether a headline says that who builds has stopped."""
    found = STOPPING.search(title) or BOTH_STOP.search(title)
    if found is None or _FORBIDS.search(found["who"]) or BODY.search(found["who"]):
        return STOPPED.search(title) is not None and _NEVER.search(title) is None
    places = {m.text for c in facts.candidates for m in c.mentions if m.in_title and m.kind in ("place", "actor")}
    return not found["who"].endswith(tuple(places))

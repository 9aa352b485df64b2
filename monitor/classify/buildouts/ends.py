"""Headlines that say that a deal is off, or may be: "Acme calls off $4bn compute deal", "Acme's lease falls through".

It is told in the words of the deal, so that weights of words take it for one that is made.
"""

from __future__ import annotations

import re

_DEAL = (
    r"(?:deals?|agreements?|pacts?|leases?|contracts?|partnerships?|acquisitions?|mergers?|takeovers?|buyouts?|tie-?ups?|talks|"
    r"negotiations|bids?|loans?|financing|PPAs?|joint ventures?|(?<!executive )orders?|commitments?)"
)
_BEHIND = "with|over|for|to|worth|in|of|on|from|by|at|after|as|amid|between|because|due|following|citing"
_WITH = rf"(?=$|[,;.—–-]| [—–-]| (?:{_BEHIND})\b)"
_WORD = r"(?!(?:in|for|to|with|as|over|after|by|from|at|on|and|but|that|amid|plans?|until)\b)[^\s,;:?]+"
_WHAT = rf"(?:{_WORD} ){{0,8}}?{_DEAL}{_WITH}"
# Of one, of several or behind "to" and "could", and as what has been done.
_ENDS = (
    r"(?:calls off|scraps|cancels|terminates|abandons|ditches|nixes|axes|rescinds|ends|exits|drops|withdraws|tears up|rips up|"
    r"(?:walks|backs|steps) (?:away from|out of)|(?:pulls|bows|drops) out of|withdraws from|pulls (?:the )?plug on|"
    r"parts ways (?:on|over)|gives up on|breaks off)"
)
_END = (
    r"(?:call off|scrap|cancel|terminate|abandon|ditch|nix|axe|rescind|end|exit|drop|withdraw|tear up|rip up|"
    r"(?:walk|back|step) (?:away from|out of)|(?:pull|bow|drop) out of|withdraw from|pull (?:the )?plug on|"
    r"part ways (?:on|over)|give up on|break off)"
)
_ENDED = (
    r"(?:called off|scrapped|cancell?ed|terminated|abandoned|ditched|nixed|axed|rescinded|ended|exited|dropped|withdrawn|torn up|"
    r"(?:walked|backed|stepped) (?:away from|out of)|(?:pulled|dropped) out of|withdrawn from|broken off)"
)
_ENDING = (
    r"(?:calling off|scrapping|cancell?ing|terminating|abandoning|ditching|ending|exiting|dropping|withdrawing|"
    r"(?:walking|backing|stepping) (?:away from|out of)|(?:pulling|dropping) out of|breaking off)"
)
BY_SIDES = re.compile(
    rf"\b(?:{_ENDS}|ha(?:s|ve) (?:\w+ly )?{_ENDED}|(?:to|will|could|may|might) (?:\w+ly )?{_END}|"
    rf"(?:lenders|banks|investors|backers|partners|owners|shareholders|companies|firms) {_END}|"
    rf"(?: and |, )(?:[\w.'’&-]+ ){{1,4}}?(?:mutually |jointly )?{_END}) {_WHAT}|"
    rf"\b(?:considers?|weighs?|mulls?) {_ENDING} {_WHAT}|"
    rf"\bloses (?:{_WORD} ){{0,8}}?(?:deal|contract|lease|agreement){_WITH}|"
    rf"\b(?:won['’]t|will not|not (?:to )?) ?(?:go(?:ing)? ahead|proceed(?:ing)?) with {_WHAT}",
    re.I,
)
BY_ITSELF = re.compile(
    rf"\b(?:{_DEAL} (?:[^\s,;:?]+ ){{0,8}}?(?:(?:is|are|was|were|has been|have been|gets?) )?(?:collapses?|collapsed|unravels?|"
    rf"(?:falls?|fell|fallen) (?:through|apart)|{_ENDED}|voted down|off the table|(?<=is )(?:off|dead)|(?<=are )(?:off|dead))|"
    rf"(?:talks|negotiations) (?:[^\s,;:?]+ ){{0,9}}?(?:breaks?|broke) down){_WITH}",
    re.I,
)
# Behind these stands what was before, or why.
_MAIN = re.compile(
    r"\b(?:after|despite|following|amid|as|who|which|whose|because|due to|when|since|if|unless|once)\b|[;?!]\s", re.I
)
# Who rules on a deal, or only asks that it end; and what did not end.
_NOT = re.compile(
    r"\b(?:judges?|courts?|county|city|council|board of supervisors|commission\w*|residents|neighbou?rs|lawmakers?|governor|"
    r"senators?|regulators?|voters?|protesters?|activists?|ferc|epa|den(?:y|ies|ied|ying)|never|no longer|refus\w+|declin\w+|"
    r"urges?d?|asks?|asked|wants?|demands?|demanded|calls? (?:on|for)|pressed|told to|sues?|lawsuit|resum\w+|reviv\w+|rescues?|"
    r"saves?|without|tax|taxes|incentives?|strike)\b|(?:\b(?:doesn|didn|isn|hasn)['’]t|\bnot) (?!(?:to )?(?:go|proceed))",
    re.I,
)


def deal_ends(title: str) -> bool:
    """Whether a headline tells that a deal, or the talks on one, is off.

    >>> deal_ends("Tarn Labs backs out of $4 billion cloud deal"), deal_ends("Tarn Labs signs deal after another collapses")
    (True, False)
    """
    told = _MAIN.split(title, maxsplit=1)[0].strip()
    return _NOT.search(told) is None and (BY_SIDES.search(told) or BY_ITSELF.search(told)) is not None

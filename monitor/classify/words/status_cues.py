"""How sure a story of a buildout is: cues with a scope. Denied beats rumored, that reported; a title beats a summary."""

from __future__ import annotations

import re

from monitor.classify.words.document import Document
from monitor.classify.words.guarded import Guarded
from monitor.model import BuildoutAction, Status

QUELLS = (
    r"(?:(?:quash|squash|scotch|rubbish|dismiss)(?:es|ed|ing)|(?:reject|debunk|downplay)(?:s|ed|ing)|play(?:s|ed|ing) down|"
    r"(?:shot|shoot(?:s|ing)?) down|knock(?:s|ed|ing) down|brush(?:es|ed|ing) (?:off|aside)|shrug(?:s|ged|ging) off|"
    r"(?:pour(?:s|ed|ing)|throws|threw|throwing) cold water (?:on|over))"
)
HEARSAY = r"(?:reports?|rumou?rs?|speculation|claims?|suggestions?|talk|chatter|gossip|whispers|notion|idea)"
# Of a buildout: what is denied is that it is built, bought, talked of or stopped, and not "bias"; who "is denied power" denies
# nothing.
_BUILT = (
    r"(?:buil\w+|plan(?:s|ned|ning)?|talks|deals?|slow\w*|cancel\w*|paus\w*|s[eo]l[ld]\w*|sales?|expan\w+|invest\w*|delay\w*|"
    r"scrap\w*|halt\w*|acqui\w+|buy\w*|bids?|leas\w+|sign\w*|seek\w*|pull\w*|abandon\w*|retreat\w*|will|is|has)\b"
)
_DENIED = Guarded(
    rf"\b(?:den(?:y|ies) (?:(?!(?:and|as|after|but|while|amid)\b)[\w.'’-]+ ){{0,6}}?{_BUILT}|"
    r"den(?:y|ies|ied) (?:reports?|rumou?rs?|plans?|that|he|she|it|they|any|talks|"
    r"(?:buil|plan|seek|cancel|paus|delay|sign)\w*ing)\b|"
    rf"{QUELLS} (?:the |any |media )?{HEARSAY} (?:(?!(?:and|as|after|but|while|amid)\b)[\w.'’-]+ ){{0,6}}?{_BUILT}|"
    r"den(?:y|ies)\b(?=\W*$)|refut(?:e|es|ed)|no truth to|shot down (?:report|rumou?r)|threw cold water|called off|"
    r"(?<!if )(?<!after )(?<!after merger )talks (?:(?:over|on|with|about|for) (?:[\w'’-]+ ){1,5}?)?"
    r"(?:collapsed?|br(?:ea|o)ke? down|ended|f[ae]ll apart)|rejected (?:an? |the |his |her )?offer)\b",
    *(
        "deny",
        "denie",
        "refut",
        "no truth",
        "shot down",
        "shoot",
        "cold water",
        "called off",
        "talks ",
        "reject",
        "quash",
        "squash",
    ),
    *("scotch", "rubbish", "dismiss", "debunk", "play", "knock", "brush", "shrug"),
)
_REPORTED = Guarded(
    r"\b(?:sources?(?: say| said| familiar|:|\b)|people (?:familiar|with (?:direct )?knowledge|briefed)|person "
    r"(?:familiar|with (?:direct )?knowledge)|according to "
    r"(?:a |the )?(?:report|bloomberg|reuters|people|sources|the information|wsj|the wall street journal|ft|the "
    r"financial times|cnbc|axios|nyt|the new york times|memo|"
    r"internal)|report(?:s|edly|:| says)|(?:bloomberg|reuters|wsj|ft|cnbc|the information|nikkei|axios|nyt|sky news|"
    r"media) (?:reports?|reported|says|said)|insiders? say|"
    r"(?:is|are|was|were) said to|said to (?:be|have|buy|build|plan|pick|near|raise|pause|cut|halt|sell)\b|"
    r"asked not to be (?:named|identified)|first reported|leaked|-\s*report$|"
    r", (?:people|draft|documents?|memo|emails?|letter) (?:shows?|sa(?:ys?|id)|reveals?)$|- (?:bloomberg|"
    r"reuters|wsj|ft)\b)",
    *("source", "people ", "person ", "according to", "report", "bloomberg", "reuters", "wsj", "ft ", "cnbc", "the information"),
    *(
        "nikkei",
        "axios",
        "nyt",
        "sky news",
        "media ",
        "insider",
        "said to",
        "asked not",
        "leaked",
        "- ft",
        ", people",
        ", draft",
        ", document",
    ),
    *(", memo", ", email", ", letter"),
)


_NOT_MAY = re.compile(r"\bMay(?=\s+\d|,|\.|$)|\b(?:in|on|by|of|since|until|effective|from|early|late|mid)[\s-]+May\b")


def without_may(title: str) -> str:
    """``title`` without the month, that is no "may"."""
    return _NOT_MAY.sub(" ", title) if "May" in title else title


_DEAL = (
    r"(?:buy|acquire|purchase|take over|merge|sell|divest|invest|build|lease|rent|raise|borrow|sign|order|back|fund|finance|"
    r"supply|spend|scrap|cancel|shelve|abandon|announce|bid|get|seek|win|expand|receive|secure|offer|open|close|delay|pause|"
    r"drop|exit|list|issue|terminate|end|call off|(?:walk|back) (?:away|out)|pull out|withdraw)\b"
)
_BUILDOUT_RUMORED = Guarded(
    r"\b(?:in (?:[\w-]+ ){0,2}(?:talks|discussions|negotiations)|(?:holds?|held|holding|opens?|begins?|resumes?) (?:\w+ )?talks|"
    r"negotiat(?:es|ing)|(?:nears?|nearing|close to|closes? in on|closing in on) (?:[\w$€£.,'’-]+ ){0,6}?"
    r"(?:deals?|agreements?|contracts?|pacts?|sale|purchase|acquisition|lease|loan|investment|buyout|takeover|stake|financing)|"
    r"close to (?:buying|acquiring|selling|signing|leasing|raising|securing|investing|building)|"
    rf"(?:may|might|could)(?: (?:soon|also|still|yet|now))? {_DEAL}|"
    r"said to (?:be )?(?:seek|weigh|consider|mull|explor|ey(?:e|ing)|plan|prepar|stud(?:y|ying)|want|look)\w*|"
    rf"(?:expected|likely|poised|tipped|said to be planning|threaten(?:s|ing)?) to (?:soon )?{_DEAL}|rumou?r(?:ed|s)?\b)",
    *("talks", "discussions", "negotia", "near", "close to", "closes in", "close in", "closing in", "may ", "might ", "could "),
    *("expected", "likely", "poised", "tipped", "said to", "rumo", "threaten"),
)
_PONDERED = Guarded(
    r"\b(?:consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|mull(?:s|ed|ing)?|ponder(?:s|ed|ing)?|explor(?:es|ed|ing)|ey(?:es|ed|eing)|"
    r"court(?:s|ed|ing)) (?!how |whether (?!to ))(?=\w|\$|€|£)",
    *("consider", "weigh", "mull", "ponder", "explor", "eyes", "eyed", "eyeing", "court"),
)
# What a council or its neighbours weigh is the news itself, and so is what they deny; what a company weighs has not happened.
_DELIBERATED = frozenset({BuildoutAction.POLICY, BuildoutAction.OPPOSE})
_REFUSED_BY = _DELIBERATED | {BuildoutAction.CANCEL}
_REFUSED = re.compile(r"den(?:y|ies|ied)\b(?! (?:reports?|rumou?rs?|plans|that|he|she|it|they|any|talks|\w+ing)\b).*", re.I)
# A site that is called off is cancelled as one that is scrapped; talks that are called off never came to a site.
_ENDED = re.compile(r"(?!.*\btalks\b).*\bcalled off\b", re.I)


def status_of(document: Document, action: BuildoutAction) -> Status:
    """The status of a buildout: denied or only possible in the title, attributed to others in either field, else confirmed."""
    title, summary = document.title, document.story.summary[:600]
    first = title.partition("; ")[0]  # what stands behind is said of another deed: "Osprey buys Corvid; eyes plant in Utah"
    denial = _DENIED.search(first)
    certain = denial is not None and action in _REFUSED_BY and _REFUSED.fullmatch(denial[0])
    if denial is not None and not certain and not (action == BuildoutAction.CANCEL and _ENDED.match(first)):
        return Status.DENIED
    plain = without_may(first)
    if _BUILDOUT_RUMORED.search(plain) or (action not in _DELIBERATED and _PONDERED.search(plain)):
        return Status.RUMORED
    if _REPORTED.search(document.story.title) or _REPORTED.search(summary):
        return Status.REPORTED
    return Status.CONFIRMED

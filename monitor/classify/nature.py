"""News, a comment or a round-up: told by the form of the headline and by the part of its site.

A comment is stored, found and linked to its event, and nobody is alerted of it; so only forms count that news does not take. A
headline that tells news and asks or explains behind it is a comment where it ends in a question ("Corvid's chief leaves. What
now?"), for then others told the news; "here's what we know" behind a dash is what an outlet hangs on its first report.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from monitor.classify.words.guarded import Guarded
from monitor.model import Nature, Story
from monitor.text import headline

_NUMBER = "(?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten)"
_ROUNDUP = Guarded(
    r"\b(?:round-?up|this week in|week in review|weekly|daily (?:brief|digest|news)|morning (?:brief|report|bid)|"
    r"newsletter|people (?:moves|on the move)|"
    r"executive moves|tech moves|on the move|\d+ things|top \d+|highlights|what to watch|live(?: updates| blog)?:|the "
    r"download|briefing|links for|"
    r"in brief|headlines)\b|\band more(?: [\w-]+){0,2} news$|^all the latest\b",
    *("round", "week", "daily", "morning", "newsletter", "people ", " moves", "on the move", " things", "top ", "highlights"),
    *("what to watch", "live", "the download", "briefing", "links for", "in brief", "headlines", "and more", "all the latest"),
)
_MARK = (
    r"opinion|analysis|interview|editorial|podcast|column|review|q&a|commentary|letter|explainer|perspective|fact[- ]check|op-ed|"
    r"deep dive|guest post|essay|viewpoint|long read|primer|ask hn|explained"
)
_OPENS = re.compile(
    rf"(?:{_MARK})\b(?:\s*[:|]|-(?=[A-Z]))|(?:why|how|inside|meet)\b|"
    # "Who pays? Bond sales top $250bn" tells news behind its question
    rf"(?:what|when|where|(?-i:[Ww]ho))\b(?![^?]*\?\s+[\"“'‘]?(?-i:[A-Z]))|"
    # a question that opens the headline and what is said to it
    r"(?:should|is|are|can|will|could|would|does|do|did|has|have)\b[^?]*\?(?:$|\s*[-–—|:])|"
    r"here['’]s (?:why|what|how|where)\b|everything (?:you|we) (?:need|know)\b|it['’]s time (?:to|for)\b|use this\b|"
    rf"(?:the )?{_NUMBER} (?:[\w'’-]+ )?(?:reasons|ways|takeaways|charts|questions|lessons|facts|myths|tips|"
    r"stocks (?:to|that))\b|"
    r"(?:an? )?(?:[\w-]+ )?(?:q&as?|interviews?|conversations?|profiles?|deep dive) (?:with|of|into|on)\b|"
    r"(?-i:The (?:[\w'’]+ ){1,2}Show:)|"
    r"(?:an?|the|your) (?:complete |quick |short |brief )?guide (?:to|for)\b|"
    # "the race to build", "the future of", "the trouble with": of a thing, and no deed
    r"the (?:[\w'’-]+ )?(?:race|rise|age|era|future|making|quest|art|economics|politics|anatomy|paradox|irony|myth|trouble|"
    r"problem|truth|case) (?:to|of|for|behind|with|about|against)\b|the real (?:reason|story|cost)s?\b",
    re.I,
)
_COMMENT = Guarded(
    r"\b(?:opinion|podcast|interview|explained|legacy|retrospective)\s*$|\bpodcast:|^(?:[\w'’-]+ ){0,2}(?:readers?|fans|"
    r"analysts?|investors?|employees|workers|critics|colleagues) (?:react|say|weigh in|remember)|"  # behind news it is a quote
    r"\b(?:a|an?other) (?:look|closer look) (?:at|back)\b|"
    r"\bhas an opportunity to\b|\bheir apparent\b|\bburning questions\b|\bwhat (?:it|this) means\b|\bmemo to\b|"
    r"\?[\"'”’)]*$|[|:–—] (?:analysis|explainer|commentary|editorial)$|\[pdf\]$|\((?:yet|for now)\)$|, part \d+:|"
    # "Neoclouds and why they grow", "The 500k-ton typo: how it came about"
    r"(?:\band|\w:) (?:why|how)\b|\bwhere (?:[\w'’-]+ ){1,5}stands?$|[–—:-] (?:these are the|that['’]s why|this is why)\b|"
    r"\b(?:stocks?|shares?)\b.*\bin focus\b|\b(?:bull|bear) case\b|\binvestment (?:case|thesis|narrative)\b|"
    r"\bshould (?:you|investors)\b|\bbuy, sell or hold\b|\bin (?:one|\d+) charts?\b|"
    r"^(?!.*\b(?:says?|said|tells?|told|urges?|warns?|rules?|finds?|argues?)\b)(?:[\w'’-]+ ){1,3}should(?:n['’]t)? (?!be\b)[a-z]|"
    # "Corvid: Exposure To The Buildout (NYSE:CRV)": how columns on a stock are headed
    r"^[\w .&'’-]+: .*\((?:nasdaq|nyse):[a-z.]+\)$",
    *("opinion", "podcast", "interview", "explained", "legacy", "retrospective", " react", " say", " weigh", " remember"),
    *("look at", "look back", "opportunity to", "heir apparent", "burning q", "means", "memo to", "?", "analysis", "explainer"),
    *("commentary", "editorial", "[pdf]", "(yet)", "(for now)", ", part ", " why", " how", "where ", "these are the", "s why"),
    *("in focus", "bull case", "bear case", "investment ", "should", "or hold", " chart", "(nasdaq:", "(nyse:"),
)


# The part of a site that its address names, before the page's own name.
_SECTION = re.compile(
    r"/(?:opinions?|commentary|editorials?|op-?eds?|columns?|columnists?|podcasts?|features?|analysis|explainers?|interviews?|"
    r"essays?|perspectives?)/",
    re.I,
)


def nature_of(story: Story) -> Nature:
    """The kind of text a story is: by its headline, with the masthead and without, and by the part of the site it stands in."""
    titles = dict.fromkeys((story.title, headline(story.title)))
    if any(map(_ROUNDUP.search, titles)):
        return Nature.ROUNDUP
    if any(_OPENS.match(title) or _COMMENT.search(title) for title in titles):
        return Nature.COMMENT
    return Nature.COMMENT if _SECTION.search(urlsplit(story.url).path) else Nature.NEWS

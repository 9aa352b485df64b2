"""What in a feed's summary is no part of its text, and where texts were glued together as markup was taken off.

Bylines, datelines, credits of pictures and the headline once more name people, towns and outlets that have no part in the news;
"… its restructuringBy Jane RoeNorthlight said" reads as names that nobody bears.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.classify.words.lexicon import common_words, first_names, orgs_by_alias

Cut = tuple[int, int]  # offsets: what is between is left out; where it is nothing, a sentence ends there

# "By Jane Roe and John DoeNorthlight said …": some wires' summaries begin so, mostly without a space.
_BYLINE = re.compile(
    r"By ?([A-Z][\w’'-]+) (?:[A-Z]\. )?[A-Z][a-z’'-]+(?: and [A-Z][\w’'-]+ (?:[A-Z]\. )?[A-Z][a-z’'-]+)?"
    r"(?=([A-Z][A-Za-z])|[A-Z]|\s)"
)
_WHERE = re.compile(r" (?:in|from) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}\.(?=\s)")  # "By Jane Roe in London. Northlight said …"
# "EXAMPLE OYJ STOCK EXCHANGE RELEASE 13.2.2026 AT 17.00 EET": what a company's own releases begin with, in the north.
_RELEASED = re.compile(
    r"[^.!?\n]{2,60}?(?i:stock exchange|company|investor|press) (?i:release|announcement)[ ,|]+"
    r"(?:\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}\.? [A-Z]\w+,? \d{4}|[A-Z]\w+ \d{1,2},? \d{4})"
    r"(?:[ ,|]+(?i:at |klo |kl\.? )?\d{1,2}[.:]\d{2}(?: ?(?i:[ap]\.?m\b\.?))?(?: ?\(?(?:EES?T|CES?T|GMT|BST|UTC)\)?)?)?[ .]*"
)
_RELEASES = ("elease", "ELEASE", "nnouncement", "NNOUNCEMENT")  # of each of these one stands in it
# "Jane Roe / Example Wire: …": an aggregator's way to say whose story it is.
# "Jane Roe, reporting for Example Times: …" is a blog's.
_RELAYED = re.compile(
    r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}(?: / [A-Z][^/:]{1,40}|, (?:reporting|writing) (?:for|in|at) [A-Z][^:.]{1,60}): "
)
# "DRESDEN, Germany, Feb. 11, 2025 (EXAMPLE WIRE) — …"
_DATELINE = re.compile(
    r"(?P<town>[A-Z][\w.’']*(?:[ -][A-Z][\w.’']*){0,3})(?:,? (?:and )?[\w.,’' ]{2,60}?)??(?:--)?\s*"
    r"(?P<wire>\([A-Z][^)]{1,60}\)|/ ?[A-Z][^/]{2,30}/(?: ?[A-Z][a-z]+ \d+, \d{4} ?(?=/))?)?\s*(?:[—–/]|--+|-(?=\s))\s*"
)
_WIRE = re.compile(r"\s*(?:PR Newswire|Business Wire|GlobeNewswire)\s*")
_PICTURE = re.compile(
    r"(?:\| )?\b(?:Photo|Illustration|Image|Photograph|Picture|Credit)s?(?: [Cc]redit)?"
    r"(?: by [^/.|]{3,40}(?: ?/ ?(?:Getty Images|The [A-Z]\w+|[A-Z][\w-]+))+"
    r"|: (?:[A-Z][^/.|]{2,40} ?/ ?)?(?:Getty Images|Getty|Reuters|Shutterstock|AFP|AP))"
)
_DATED = re.compile(r"[A-Z][A-Z.]{2,}(?: [A-Z]{2}|, [A-Z])")  # a town in capitals
_BEGGING = re.compile(
    r"Write to [A-Z]\w+ [A-Z]\w+ at \S+|(?:Read [Mm]ore|Continue [Rr]eading)(?:…|\.\.\.|\s*$)|"
    r"Maximize Your Portfolio with .{0,300}?Your Smart Portfolio"
)
# What blogs' software and link sites put behind a summary.
_CREDITED = re.compile(
    r"The post .{5,250}? appeared first on .{2,60}?(?:\.(?!\w)|$)|"
    r"This article, [“\"].{5,250}?[”\"] first appeared on \S+|submitted by\s+/u/\S+\s*\[link\]\s*\[comments\]",
    re.S,
)
# What a pattern's texts have in common, looked for first as most summaries have none of it.
_STRAY = (
    (("Photo", "llustration", "Image", "Picture", "Credit"), _PICTURE),
    (("Write to ", "ead More", "ead more", "ontinue ", "Smart Portfolio"), _BEGGING),
    (("appeared", "submitted by"), _CREDITED),
)
_JOINT = re.compile(r"[A-Z0-9](?<=[a-z.)®].)")
_LEFT = re.compile(r"[^\W\d_][\w’'-]*[.)®]?$")
_RIGHT = re.compile(r"[^\W_][\w’'&-]*")
_LOUD = re.compile(r"\b[A-Z]{7,}\b")
_POSTS = frozenset("CEO CFO COO CTO CIO CMO CHAIRMAN PRESIDENT DIRECTOR".split())
SHORT = 3  # letters of the shortest word on either side of a joint of capitals
DATED = 120  # characters in which a dateline ends
LONGEST = 30  # letters of a word on either side of a joint
KNOWN = 4  # letters of a word of the language that may be joined to what follows


def seams(summary: str, title: str, outlet: str = "") -> list[Cut]:
    """What to leave out of a summary, and where to end a sentence, from left to right. ``title``: without its ``outlet``."""
    cuts = [(0, _front(summary, 0, title, outlet))]
    for found in _JOINT.finditer(summary):
        at = found.start()
        if at > cuts[-1][1] and _joined(summary, title, at):
            cuts.append((at, _front(summary, at, title, outlet)))
    for signs, pattern in _STRAY:
        if any(map(summary.__contains__, signs)):
            cuts.extend(found.span() for found in pattern.finditer(summary))
    cuts.extend(shouted(summary, title))
    if outlet and title and summary.startswith(outlet, len(title) + 1) and summary.startswith(title):
        cuts.extend(found.span() for found in _listed().finditer(summary, cuts[0][1]))
    return sorted(cuts)


def shouted(text: str, rest: str) -> list[Cut]:
    """Where a name in capitals is glued to a post, or to a word that stands elsewhere in the ``text`` or the ``rest`` of the
    story: "CHIEF OF OSPREYADA QUILL NAMED", "NEW CFOADA QUILL"."""
    found: list[Cut] = []
    for word in _LOUD.finditer(text):
        loud = word.group()
        for at in range(SHORT, len(loud) - SHORT + 1):
            before, after = loud[:at], loud[at:]
            if after.title() in first_names() and (before in _POSTS or _alone(before, text) or _alone(before.title(), rest)):
                found.append((word.start() + at, word.start() + at))
                break
    return found


@cache
def _listed() -> re.Pattern[str]:
    """What stands behind each headline of a list of them, as searches for news give: the outlet, or a link in pieces."""
    names = sorted((name for name, org in orgs_by_alias().items() if org.kind == "media"), key=len, reverse=True)
    return re.compile(rf"(?<=\S)\s+(?:The )?(?:{'|'.join(map(re.escape, names))})(?=\s+[A-Z‘“\"<]|\s*$)|<a href=.*", re.S)


def _front(text: str, at: int, title: str, outlet: str) -> int:
    """Where the text that begins at ``at`` comes to the news."""
    while True:
        end = _once(text, at, title, outlet)
        if end == at:
            return at
        at = end + len(text[end:]) - len(text[end:].lstrip())


def _once(text: str, at: int, title: str, outlet: str) -> int:
    """The end of one piece of front matter that begins at ``at``; ``at`` where there is none."""
    if (found := _BYLINE.match(text, at)) is not None and (found[2] or found[1] in first_names()):
        where = _WHERE.match(text, found.end())
        return where.end() if where is not None else found.end()  # a joint shows that it is one, whatever the first name is
    if (found := _RELAYED.match(text, at)) is not None:
        return found.end()
    if any(map(text[at : at + DATED].__contains__, _RELEASES)) and (found := _RELEASED.match(text, at)) is not None:
        return found.end()
    if title and text.startswith(title, at):
        end = at + len(title)
        if not text[end : end + 2].strip()[:1].islower():  # "Corvid Systems has been told" goes on with its subject
            return end + len(outlet) + 1 if outlet and text.startswith(outlet, end + 1) else end
    if (found := _WIRE.match(text, at)) is not None:
        return found.end()
    if not any(map(text[at : at + DATED].__contains__, ("(", "/", "—", "–", "-"))):
        return at
    found = _DATELINE.match(text, at)
    return found.end() if found is not None and (found["wire"] or (found["town"].isupper() and len(found["town"]) > 3)) else at


def _joined(text: str, title: str, at: int) -> bool:
    """Whether two words were glued at ``at``: the second stands alone elsewhere, or the first is a word of the language."""
    before, after = _LEFT.search(text, max(at - LONGEST, 0), at), _RIGHT.match(text, at, at + LONGEST)
    if before is None or after is None:
        return False
    left, right = before.group(), after.group()
    if left + right in orgs_by_alias() or text.count(left + right) + title.count(left + right) > 1:
        return False  # a name that is written so
    apart = len(right) > 1 if left.endswith(".") else len(right) > 2 and not right.isupper()  # ChatGPT is no chat
    if apart and (_alone(right, title) or _alone(right, text)):
        return True
    if left.endswith(".") and len(right) > 2 and right.lower() in common_words():  # "in the UK.These hires"
        return True
    ended = left.rstrip(".)’'")
    if left.endswith(".") and len(ended) >= KNOWN and ended in common_words() and right.istitle() and len(right) > 2:
        return True  # "its own ends.Quill joins": a small letter, and a name
    if right == "By" or (left == "By" and right in first_names()):
        return True
    known = len(left) >= KNOWN and left.lower() in common_words()
    return known and (left.islower() or _DATED.match(text, at) is not None or _WIRE.match(text, at) is not None)


def _alone(word: str, text: str) -> bool:
    """Whether a word stands somewhere with nothing before and behind it."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[at - 1 : at] == "." or text[end : end + 1].isalnum()):
            return True
        at = text.find(word, end)
    return False

"""What is said of a name in a story of infrastructure, as features for the choice of who acts (``orgs``).

Names enter by their kind alone: what stands beside them, what their own words look like, and where they stand among the others.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache

import monitor.classify.words.lexicon as lexicon
from monitor.classify.buildouts.mentions import Candidate, Line, Mention
from monitor.classify.buildouts.terms import FILE, flat
from monitor.classify.weights.crossed import Crossed
from monitor.classify.words.kept import Kept

NEAR = 3  # characters between a name and a cue that is right beside it
_BACKED = re.compile(r"-(?:backed|based|owned|led|linked|funded|powered)$", re.I)
_POSTS = frozenset("senator sen governor gov president minister mayor judge representative rep congressman ceo chief".split())
folded = Kept(flat)  # names come again and again


@cache
def _words(name: str) -> frozenset[str]:
    """``beside``: small words worth noting beside a name; ``no_name``: words that make a capitalised run no name."""
    return frozenset(lexicon.load(FILE)["words"][name].split())


def features_of(candidate: Candidate) -> Crossed:
    """What is said of a name, much of it by its kind. Made where somebody asks: of most stories nobody does."""
    found = Crossed()
    tails = found.tails
    for mention, line in zip(candidate.mentions, candidate.lines, strict=True):
        _beside(line, mention, tails)
        _of_text(line, mention, tails)
        _among(line, mention, tails)
    kind, title, count = candidate.first.kind, candidate.in_title, candidate.count
    summary = any(not m.in_title for m in candidate.mentions)
    of_kind = tails[kind]
    of_kind.add("both" if title and summary else "title only" if title else "summary only")
    if kind in ("person", "name", "place", "actor"):
        of_kind.add(f"beside company {candidate.company}")
    if len(candidate.mentions) > 2:
        of_kind.add("often")
    if title:
        of_kind.add(f"title {min(candidate.order, 4)}")
    of_kind.add(f"of {'one' if count == 1 else 'few' if count < 5 else 'many'}")
    if org := candidate.org_kind:
        tails["is"].update((org, f"{org} {'title' if title else 'summary'}"))
    return found


Tails = dict[str, set[str]]


def _beside(line: Line, m: Mention, tails: Tails) -> None:
    """The words and terms around a mention."""
    source, alone, of_kind = line.row.source, tails[""], tails[m.kind]
    _words_beside(line, m, tails)
    for h in line.cues:
        if 0 <= h.start - m.end <= NEAR:
            tails["then"].add(h.topic.name)
        elif 0 <= m.start - h.end <= NEAR:
            tails["following"].add(h.topic.name)
    if m.acts:
        of_kind.add("acts")
    if (source[m.start - 1 : m.start] in "(" and m.start) or source[m.end : m.end + 1] in ("/", ")"):
        alone.add("bracket")


def _words_beside(line: Line, m: Mention, tails: Tails) -> None:
    sentence = line.row.sentence
    tokens, lows, ends = sentence.tokens, sentence.lows, sentence.ends
    first, last = bisect_right(ends, m.start), min(bisect_left(ends, m.end), len(ends) - 1)
    first = first if first < len(ends) else 0
    before = lows[first - 1] if first else "^"
    after = lows[last + 1] if last + 1 < len(lows) else "$"
    place = "title" if line.number == 0 else "summary1" if line.number == 1 else "summary2"
    noted = _words("beside")
    words = (
        f"before {before if before in noted or before == '^' else 'other'}",
        f"after {after if after in noted or after == '$' else 'other'}",
    )
    of_kind = tails[m.kind]
    of_kind.add(place)
    of_kind.update(words)
    tails[place].update(words)
    tails["w-1"].add(before)
    tails["w+1"].add(after)
    tails["w-2"].add(f"{lows[first - 2] if first > 1 else '^'} {before}")
    tails["w+2"].add(f"{after} {lows[last + 2] if last + 2 < len(lows) else '$'}")
    if tokens and tokens[last].owns:
        of_kind.add("owns")
    if "-" in tokens[last].text and _BACKED.search(tokens[last].text):
        tails[""].add("backed")


def _of_text(line: Line, m: Mention, tails: Tails) -> None:
    """What a mention's own words say."""
    alone, of_kind, low = tails[""], tails[m.kind], folded[m.text]
    words = low.split()
    if words and words[0] in _POSTS:
        alone.add("titled")
    if line.projects and any(h.start < m.end and m.start < h.end for h in line.projects):
        alone.add("project")
    if m.kind == "actor":
        of_kind.add(m.key)
    if m.kind == "gazetteer":
        return
    inside = [h.end - h.start for h in line.topics if h.start < m.end and m.start < h.end]
    if inside:
        alone.add("topic inside")
        if sum(inside) >= 0.6 * (m.end - m.start):
            alone.add("topic all")
    if m.kind != "actor":
        _of_name(line, m, low, words, alone, of_kind)


def _of_name(line: Line, m: Mention, low: str, words: list[str], alone: set[str], of_kind: set[str]) -> None:
    """Whether what no list has looks like a name."""
    sentence, outlet, no_name = line.row.sentence, line.document.outlet, _words("no_name")
    if not no_name.isdisjoint(words):
        of_kind.add("junk")
    if no_name.issuperset(words):
        alone.add("all junk")
    if m.text.isupper():
        alone.add(f"capitals {min(len(m.text), 5)}")
    if not m.text.isalpha() and any(map(str.isdigit, m.text)):
        alone.add("digit")
    if "-" in m.text:
        alone.add("hyphen")
    end = words[-1] if words else ""
    alone.add(f"ends {end}")
    of_kind.update((f"words {min(len(words), 4)}", f"{len(words)} ends ..{end[-3:]}"))
    if sentence.loud:
        of_kind.add("loud")
    if outlet and low in folded[outlet]:  # of names no list has, as it was fitted; outlets of the list are no candidates
        alone.add("outlet")
    if m.kind in ("place", "person") and sentence.start == m.start:
        of_kind.add("opens")


_LISTED = frozenset({",", "and", "&", "or", "with"})


def _among(line: Line, m: Mention, tails: Tails) -> None:
    """Where a mention stands among the others: first of its sentence, in a list, which kinds are around it."""
    source, mentions, of_kind, n = line.row.source, line.mentions, tails[m.kind], m.nth
    of_kind.add(f"nth {min(n, 3)}")
    if n:
        _apart(mentions[n - 1], "left", source[mentions[n - 1].end : m.start], of_kind, tails)
    if n + 1 < len(mentions):
        _apart(mentions[n + 1], "right", source[m.end : mentions[n + 1].start], of_kind, tails)
    tails[m.org_kind or m.kind].add(f"with {len(line.known) > (m.key in line.known)}")


def _apart(other: Mention, side: str, gap: str, of_kind: set[str], tails: Tails) -> None:
    """What stands between two mentions."""
    words = gap.lower().replace(",", " , ").split()
    if words and len(words) <= 2 and _LISTED.issuperset(words):
        of_kind.add(f"listed {side}")
        tails[f"listed {side} of"].add(other.org_kind or other.kind)
    elif len(words) <= 4:
        of_kind.add(f"{side} gap {' '.join(words)}")

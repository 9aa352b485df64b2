"""Who builds, buys, supplies, finances or opposes: names weighed by where they stand and what stands beside them.

A candidate is a name of the title or of the first sentences: an organisation, a person, a country or state that acts, or
a word for those who act without a name ("residents"). Weights of its features (``data/infra_weights.json``) decide.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import attrgetter

import monitor.classify.lexicon as lexicon
import monitor.classify.mixing as mixing
from monitor.classify.chunks import Chunk
from monitor.classify.crossed import Crossed, Rows
from monitor.classify.document import Document
from monitor.classify.encoded import Logs
from monitor.classify.infra_bodies import bodies
from monitor.classify.infra_mentions import Candidate, Line, Mention
from monitor.classify.infra_parties import beside, in_address, length, standing
from monitor.classify.infra_terms import FILE, Hit, Scan, flat
from monitor.classify.kept import Kept
from monitor.classify.row import Row

SENTENCES = 3  # of the summary, in which somebody is looked for
MAX_ORGS = 8
BESIDE = -2.0  # log odds: what is listed with a firm that acts is one, unless much says no
NEAR = 3  # characters between a name and a cue that is right beside it


@cache
def _words(name: str) -> frozenset[str]:
    """``beside``: small words worth noting beside a name; ``no_name``: words that make a capitalised run no name."""
    return frozenset(lexicon.load(FILE)["words"][name].split())


_BACKED = re.compile(r"-(?:backed|based|owned|led|linked|funded|powered)$", re.I)
_LOCATED = re.compile(r"-(?:based|headquartered|listed|branded|bound|area)$", re.I)  # "Oslo-based" is no name
_TIED = re.compile(r"-(?:backed|owned|led|linked|funded|controlled|managed|built|run|designed)$", re.I)  # "Acme-backed" is Acme
_PAIR = re.compile(r"\b(?P<a>[A-Z][\w.]+)-(?P<b>[A-Z][\w.]+)\b")  # "Acme-Nordhaven deal"
_PREFIX = re.compile(r"(?:[\w.]+\s){0,3}[\w.]+-(?:based|backed|owned|led|listed)\s(?=\w)")  # "Oslo-based Acme" is Acme
_POSTS = frozenset("senator sen governor gov president minister mayor judge representative rep congressman ceo chief".split())
_SCENES = frozenset({"silicon valley", "middle east", "northern virginia", "the gulf", "gulf"})  # places where others act
_LEAD = frozenset({"tech", "sources", "exclusive", "report", "analysis", "rumor", "document", "summary", "tier"})


def candidates(document: Document, rows: Sequence[Row], scan: Scan) -> list[Candidate]:
    """The names of the story in order, each with its features."""
    found: list[Candidate] = []
    taken: dict[str, Candidate] = {}
    for mention, line in _mentions(document, rows, scan):
        known = taken.get(mention.key) or _same(found, mention)
        if known is None:
            known = taken[mention.key] = Candidate(mention, [], [])
            found.append(known)
        known.mentions.append(mention)
        known.lines.append(line)
        known.in_title = known.in_title or mention.in_title
    order = 0
    company = any(c.first.kind == "gazetteer" and c.in_title for c in found)
    for candidate in found:
        order += candidate.in_title
        candidate.order, candidate.count, candidate.company = order, len(found), company
    return found


def _same(found: Iterable[Candidate], mention: Mention) -> Candidate | None:
    """A candidate whose words hold all words of the mention, or the other way round; two of the gazetteer never are."""
    words = set(mention.key.split())
    for candidate in found:
        if candidate.first.kind == mention.kind == "gazetteer":
            continue
        other = set(candidate.first.key.split())
        if words <= other or (other <= words and candidate.first.kind != "place"):
            return candidate
    return None


def _mentions(document: Document, rows: Sequence[Row], scan: Scan) -> Iterator[tuple[Mention, Line]]:
    summary = 0
    for row in rows:
        if row.sentence.field == "summary":
            summary += 1
            if summary > SENTENCES:
                break
        number = summary if row.sentence.field == "summary" else 0
        line = Line(document, row, number, _here(row, scan.cues), _here(row, scan.topics), _here(row, scan.projects))
        places = _here(row, scan.places)
        mentions = [m for c in row.names if (m := _of_chunk(row, c, places)) is not None]
        for wholes in (list(_of_pairs(row)) if "-" in row.sentence.text else [], list(bodies(row))):
            if wholes:
                mentions = [m for m in mentions if not any(w.start < m.end and m.start < w.end for w in wholes)] + wholes
        spans = [(m.start, m.end) for m in mentions]
        for hit in (*_here(row, scan.actors), *places):
            if hit.topic.name.lower() not in _SCENES and not any(a < hit.end and hit.start < b for a, b in spans):
                text = row.source[hit.start : hit.end]
                mentions.append(Mention(text, hit.topic.kind, _folded[text], row.sentence, hit.start, hit.end))
        mentions.sort(key=_start)
        line.mentions = mentions
        deed = max([h.start for h in line.cues if h.topic.name in _DEEDS], default=-1)
        line.known = {mention.key for mention in mentions if mention.kind == "gazetteer"}
        for n, mention in enumerate(mentions):
            mention.nth, mention.acts = n, deed >= mention.end
            yield mention, line


_folded = Kept(flat)  # names come again and again


_start = attrgetter("start")
_DEEDS = frozenset({"policy.body", "deal", "build", "build.plan", "invest", "acquire"})


def _here(row: Row, hits: Sequence[Hit]) -> list[Hit]:
    sentence = row.sentence
    return [h for h in hits if h.sentence is sentence] if hits else []


def _of_pairs(row: Row) -> Iterator[Mention]:
    """Both halves of "Acme-Nordhaven" where the gazetteer has both, or one beside capitals, and not the whole."""
    known = lexicon.orgs_by_alias()
    for pair in _PAIR.finditer(row.source, row.sentence.start, row.sentence.end):
        halves = [(pair[g], pair.start(g), pair.end(g), known.get(pair[g])) for g in "ab"]
        found = [org is not None for *_, org in halves]
        if pair.group() in known or not any(found) or not all(f or h[0].isupper() for f, h in zip(found, halves, strict=True)):
            continue
        for text, start, end, org in halves:
            kind, key = ("gazetteer", flat(org.name)) if org else ("name", flat(text))
            yield Mention(text, kind, key, row.sentence, start, end, org.kind if org else "")


def _of_chunk(row: Row, c: Chunk, places: Sequence[Hit]) -> Mention | None:
    known = c.entity.org if c.entity is not None else None
    low = _folded[c.text].strip()
    if not low or low in _LEAD or (known is not None and known.kind in ("media", "jv")) or in_address(row.source, c.start, c.end):
        return None  # a joint venture that is known is a project here
    if known is None and any(h.start <= c.start and c.end <= h.end for h in places):
        return None  # comes as a place
    begin, stop = 0, len(c.text)
    if known is None and row.sentence.loud and (stop := length(c.text)) < len(c.text):
        low = flat(c.text[:stop])
        if any(h.start <= c.start and c.start + stop <= h.end for h in places):
            return None
    if known is None and "-" in c.text:
        if _LOCATED.search(c.text):
            return None
        prefix, tied = _PREFIX.match(c.text), _TIED.search(c.text)
        begin = prefix.end() if prefix is not None else 0
        stop = tied.start() if tied is not None else stop
        low = flat(c.text[begin:stop]).strip()
        known = lexicon.orgs_by_alias().get(c.text[begin:stop])
    kind = "gazetteer" if known is not None else c.kind
    name, known_kind = (_folded[known.name], known.kind) if known is not None else (low, "")
    return Mention(c.text[begin:stop], kind, name, row.sentence, c.start + begin, c.start + stop, known_kind)


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
    row, number = line.row, line.number
    tokens, lows, ends = row.sentence.tokens, row.sentence.lows, row.sentence.ends
    first, last = bisect_right(ends, m.start), min(bisect_left(ends, m.end), len(ends) - 1)
    first = first if first < len(ends) else 0
    before = lows[first - 1] if first else "^"
    after = lows[last + 1] if last + 1 < len(lows) else "$"
    place = "title" if number == 0 else "summary1" if number == 1 else "summary2"
    beside = _words("beside")
    words = (
        f"before {before if before in beside or before == '^' else 'other'}",
        f"after {after if after in beside or after == '$' else 'other'}",
    )
    alone, of_kind = tails[""], tails[m.kind]
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
        alone.add("backed")
    for h in line.cues:
        if 0 <= h.start - m.end <= NEAR:
            tails["then"].add(h.topic.name)
        elif 0 <= m.start - h.end <= NEAR:
            tails["following"].add(h.topic.name)
    if m.acts:
        of_kind.add("acts")
    if (row.source[m.start - 1 : m.start] in "(" and m.start) or row.source[m.end : m.end + 1] in ("/", ")"):
        alone.add("bracket")


def _of_text(line: Line, m: Mention, tails: Tails) -> None:
    """What a mention's own words say."""
    alone, of_kind, low = tails[""], tails[m.kind], _folded[m.text]
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
    if outlet and low in _folded[outlet]:  # of names no list has, as it was fitted; outlets of the list are no candidates
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


def chosen(found: Sequence[Candidate], weights: Rows[float], bias: float, odds: Logs | None = None) -> list[Candidate]:
    """Those whose weights add up to a yes, in the order of the story. ``odds``: the encoder's of each, to be weighed in."""
    sums = [bias + features_of(c).total(weights, 0.0) + standing(c) for c in found]
    if odds is not None:
        sums = mixing.actors(sums, odds)
    sure = [c.first for c, total in zip(found, sums, strict=True) if total > 0 and c.first.kind == "gazetteer"]
    return [c for c, total in zip(found, sums, strict=True) if total > 0 or (total > BESIDE and beside(c, sure))][:MAX_ORGS]

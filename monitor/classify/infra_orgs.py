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
from monitor.classify.chunks import Chunk
from monitor.classify.document import Document
from monitor.classify.infra_mentions import Candidate, Line, Mention
from monitor.classify.infra_terms import FILE, Hit, Scan, flat
from monitor.classify.row import Row, person_like

SENTENCES = 3  # of the summary, in which somebody is looked for
MAX_ORGS = 8


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
_LEAD = frozenset({"tech", "sources", "exclusive", "report", "analysis", "rumor", "document", "summary"})


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
        mentions = [m for c in row.items if c.named and (m := _of_chunk(row, c, places)) is not None]
        pairs = list(_of_pairs(row)) if "-" in row.sentence.text else []
        mentions = [m for m in mentions if not any(p.start < m.end and m.start < p.end for p in pairs)] + pairs
        spans = [(m.start, m.end) for m in mentions]
        for hit in (*_here(row, scan.actors), *places):
            if hit.topic.name.lower() not in _SCENES and not any(a < hit.end and hit.start < b for a, b in spans):
                text = row.source[hit.start : hit.end]
                mentions.append(Mention(text, hit.topic.kind, flat(text), row.sentence, hit.start, hit.end))
        mentions.sort(key=_start)
        line.mentions = mentions
        deed = max([h.start for h in line.cues if h.topic.name in _DEEDS], default=-1)
        for mention in mentions:
            mention.acts = deed >= mention.end
            yield mention, line


_start = attrgetter("start")
_DEEDS = frozenset({"policy.body", "deal", "build", "build.plan", "invest", "acquire"})


def _here(row: Row, hits: Iterable[Hit]) -> list[Hit]:
    return [h for h in hits if h.sentence is row.sentence]


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


_LISTED = frozenset({",", "and", "&", "or", "with"})


def _among(line: Line, m: Mention) -> Iterator[str]:
    """Where a mention stands among the others: first of its sentence, in a list, which kinds are around it."""
    row, mentions = line.row, line.mentions
    n = next(n for n, one in enumerate(mentions) if one is m)
    kind = m.org_kind or m.kind
    yield f"{m.kind} nth {min(n, 3)}"
    left, right = mentions[n - 1] if n else None, mentions[n + 1] if n + 1 < len(mentions) else None
    for other, side in ((left, "left"), (right, "right")):
        if other is None:
            continue
        gap = row.source[other.end : m.start] if side == "left" else row.source[m.end : other.start]
        words = gap.lower().replace(",", " , ").split()
        if words and len(words) <= 2 and all(w in _LISTED for w in words):
            yield f"{m.kind} listed {side}"
            yield f"listed {side} of {other.org_kind or other.kind}"
        elif len(words) <= 4:
            yield f"{m.kind} {side} gap {' '.join(words)}"
    yield f"{kind} with {any(x.kind == 'gazetteer' and x.key != m.key for x in mentions)}"


def _of_chunk(row: Row, c: Chunk, places: Sequence[Hit]) -> Mention | None:
    known = c.entity.org if c.entity is not None else None
    low = flat(c.text).strip()
    if not low or low in _LEAD or (known is not None and known.kind in ("media", "jv")):
        return None  # a joint venture that is known is a project here
    if known is None and any(h.start <= c.start and c.end <= h.end for h in places):
        return None  # comes as a place
    begin, stop = 0, len(c.text)
    if known is None and "-" in c.text:
        if _LOCATED.search(c.text):
            return None
        prefix, tied = _PREFIX.match(c.text), _TIED.search(c.text)
        begin = prefix.end() if prefix is not None else 0
        stop = tied.start() if tied is not None else stop
        low = flat(c.text[begin:stop]).strip()
    person = c.kind == "person" and person_like(c, row)
    kind = "gazetteer" if known is not None else "person" if person else c.kind
    name, known_kind = (flat(known.name), known.kind) if known is not None else (low, "")
    return Mention(c.text[begin:stop], kind, name, row.sentence, c.start + begin, c.start + stop, known_kind)


def _of_mention(line: Line, m: Mention) -> list[str]:
    row, number, kind = line.row, line.number, m.kind
    tokens, lows, ends = row.sentence.tokens, row.sentence.lows, line.ends
    first, last = bisect_right(ends, m.start), min(bisect_left(ends, m.end), len(ends) - 1)
    first = first if first < len(ends) else 0
    before = lows[first - 1] if first else "^"
    after = lows[last + 1] if last + 1 < len(lows) else "$"
    place = "title" if number == 0 else "summary1" if number == 1 else "summary2"
    beside = _words("beside")
    before_word = before if before in beside or before == "^" else "other"
    after_word = after if after in beside or after == "$" else "other"
    found = [
        f"{kind} {place}",
        f"{place} before {before_word}",
        f"{place} after {after_word}",
        f"{kind} before {before_word}",
        f"{kind} after {after_word}",
        f"w-1 {before}",
        f"w+1 {after}",
        f"w-2 {lows[first - 2] if first > 1 else '^'} {before}",
        f"w+2 {after} {lows[last + 2] if last + 2 < len(lows) else '$'}",
    ]
    if tokens and tokens[last].owns:
        found.append(f"{kind} owns")
    if "-" in tokens[last].text and _BACKED.search(tokens[last].text):
        found.append("backed")
    found += [f"then {h.topic.name}" for h in line.cues if 0 <= h.start - m.end <= 3]
    found += [f"following {h.topic.name}" for h in line.cues if 0 <= m.start - h.end <= 3]
    if m.acts:
        found.append(f"{kind} acts")
    if (row.source[m.start - 1 : m.start] in "(" and m.start) or row.source[m.end : m.end + 1] in ("/", ")"):
        found.append("bracket")
    found += _of_text(line, m)
    return found


def _of_text(line: Line, m: Mention) -> Iterator[str]:
    row, outlet = line.row, line.document.outlet
    words, no_name = flat(m.text).split(), _words("no_name")
    if words and words[0] in _POSTS:
        yield "titled"
    if any(h.start < m.end and m.start < h.end for h in line.projects):
        yield "project"
    inside = [h for h in line.topics if h.start < m.end and m.start < h.end]
    if inside and m.kind != "gazetteer":
        yield "topic inside"
        if sum(h.end - h.start for h in inside) >= 0.6 * (m.end - m.start):
            yield "topic all"
    if m.kind not in ("gazetteer", "actor"):
        if any(w in no_name for w in words):
            yield f"{m.kind} junk"
        if all(w in no_name for w in words):
            yield "all junk"
        if m.text.isupper():
            yield f"capitals {min(len(m.text), 5)}"
        if any(c.isdigit() for c in m.text):
            yield "digit"
        if "-" in m.text:
            yield "hyphen"
        yield f"{m.kind} words {min(len(words), 4)}"
        yield f"ends {words[-1] if words else ''}"
        yield f"{m.kind} {len(words)} ends ..{words[-1][-3:] if words else ''}"
        if row.sentence.loud:
            yield f"{m.kind} loud"
        if outlet and flat(m.text) in flat(outlet):
            yield "outlet"
        if m.kind in ("place", "person") and row.sentence.start == m.start:
            yield f"{m.kind} opens"
    if m.kind == "actor":
        yield f"actor {m.key}"


def features_of(candidate: Candidate) -> set[str]:
    """What is said of a name. Made where somebody asks: of most stories nobody does."""
    return set(_of_candidate(candidate))


def _of_candidate(candidate: Candidate) -> Iterator[str]:
    for mention, line in zip(candidate.mentions, candidate.lines, strict=True):
        yield from _of_mention(line, mention)
        yield from _among(line, mention)
    kind, title, count = candidate.first.kind, candidate.in_title, candidate.count
    summary = any(not m.in_title for m in candidate.mentions)
    yield f"{kind} {'both' if title and summary else 'title only' if title else 'summary only'}"
    if kind in ("person", "name", "place", "actor"):
        yield f"{kind} beside company {candidate.company}"
    if len(candidate.mentions) > 2:
        yield f"{kind} often"
    if title:
        yield f"{kind} title {min(candidate.order, 4)}"
    yield f"{kind} of {'one' if count == 1 else 'few' if count < 5 else 'many'}"
    if candidate.org_kind:
        yield f"is {candidate.org_kind}"
        yield f"is {candidate.org_kind} {'title' if title else 'summary'}"


def chosen(found: Sequence[Candidate], weights: dict[str, float], bias: float) -> list[Candidate]:
    """Those whose weights add up to a yes, in the order of the story."""
    get = weights.get
    kept = [c for c in found if bias + sum([get(f, 0.0) for f in features_of(c)]) > 0]
    return kept[:MAX_ORGS]

"""Who builds, buys, supplies, finances or opposes: names weighed by where they stand and what stands beside them.

A candidate is a name of the title or of the first sentences: an organisation, a person, a country or state that acts, or
a word for those who act without a name ("residents"). Weights of its features (``data/infra_weights.json``) decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

import monitor.classify.encoder.mixing as mixing
import monitor.classify.words.lexicon as lexicon
from monitor.classify.buildouts.bodies import bodies
from monitor.classify.buildouts.mentions import Candidate, Line, Mention, shortened
from monitor.classify.buildouts.openers import unnamed
from monitor.classify.buildouts.org_features import features_of, folded
from monitor.classify.buildouts.parties import EPITHET, beside, in_address, length, standing
from monitor.classify.buildouts.terms import CORE, Hit, Scan, flat
from monitor.classify.encoder.encoded import Logs
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.row import Row
from monitor.classify.weights.crossed import Rows
from monitor.classify.words.document import Document

SENTENCES = 3  # of the summary, in which somebody is looked for
MAX_ORGS = 8
NEARLY = -0.5  # log odds: where nobody is more likely, who opens the headline acts
BESIDE = -2.0  # log odds: what is listed with a firm that acts is one, unless much says no
_LOCATED = re.compile(r"-(?:based|headquartered|listed|branded|bound|area)$", re.I)  # "Oslo-based" is no name
_TIED = re.compile(r"-(?:backed|owned|led|linked|funded|controlled|managed|built|run|designed)$", re.I)  # "Acme-backed" is Acme
_PAIR = re.compile(r"\b(?P<a>[A-Z][\w.]+)-(?P<b>[A-Z][\w.]+)\b")  # "Acme-Nordhaven deal"
# What two firms have together: "Osprey-Quillmark venture".
_JOINT = re.compile(
    r"\s(?:joint\s)?(?:development|ventures?|consortium|group|partnership|projects?|campus|hub|deal|bid|alliance|"
    r"tie-up|team|pact|agreement|site|complex|cluster)\b"
)
_PREFIX = re.compile(r"(?:[\w.]+\s){0,3}[\w.]+-(?:based|backed|owned|led|listed)\s(?=\w)")  # "Oslo-based Acme" is Acme
_OWNED = re.compile(r"['’]s(?= )")
_SCALE = re.compile(r"(?:Million|Billion|Trillion|Crore|Lakh)\s(?=[A-Z])")  # of a sum before a name: "€40 Million Quill Factory"
_PROGRAMMES = (" Framework", " Program", " Programme", " Initiative")
_SCENES = frozenset({"silicon valley", "middle east", "northern virginia", "the gulf", "gulf"})  # places where others act
_LEAD = frozenset({"tech", "sources", "exclusive", "report", "analysis", "rumor", "document", "summary", "tier"})


def candidates(document: Document, rows: Sequence[Row], scan: Scan) -> list[Candidate]:
    """The names of the story in order, each with all its mentions."""
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
        if shortened(candidate.first.text, mention.text) or shortened(mention.text, candidate.first.text):
            return candidate
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
        mentions = _whole([m for c in row.names if (m := _of_chunk(row, c, places)) is not None])
        for wholes in (list(_of_pairs(row)) if "-" in row.sentence.text else [], list(bodies(row)), list(unnamed(row))):
            if wholes:
                mentions = [m for m in mentions if not any(w.start < m.end and m.start < w.end for w in wholes)] + wholes
        spans = [(m.start, m.end) for m in mentions]
        for hit in (*_here(row, scan.actors), *places):
            if hit.topic.name.lower() not in _SCENES and not any(a < hit.end and hit.start < b for a, b in spans):
                text = row.source[hit.start : hit.end]
                mentions.append(Mention(text, hit.topic.kind, folded[text], row.sentence, hit.start, hit.end))
        mentions.sort(key=_start)
        line.mentions = mentions
        deed = max([h.start for h in line.cues if h.topic.name in _DEEDS], default=-1)
        line.known = {mention.key for mention in mentions if mention.kind == "gazetteer"}
        for n, mention in enumerate(mentions):
            mention.nth, mention.acts = n, deed >= mention.end
            yield mention, line


# Behind a known name that is a word as well these make it another firm's: "Ember Cloud", where Ember is one.
_ARMS = frozenset("cloud compute computing digital data infrastructure networks hosting semiconductor semiconductors".split())


def _whole(mentions: list[Mention]) -> list[Mention]:
    """The names of a row, each that was read as a known one and a word of firms as the one it is."""
    known = lexicon.orgs_by_alias()
    for n in range(len(mentions) - 1, 0, -1):
        one, other = mentions[n - 1], mentions[n]
        if other.start != one.end + 1 or one.kind != "gazetteer" or other.kind == "gazetteer" or one.sentence.loud:
            continue
        if other.text.lower() in _ARMS and (org := known.get(one.text)) is not None and org.ambiguity:
            text = f"{one.text} {other.text}"
            mentions[n - 1 : n + 1] = [Mention(text, "org", flat(text), one.sentence, one.start, other.end)]
    return mentions


_start = attrgetter("start")
_DEEDS = frozenset({"policy.body", "deal", "build", "build.plan", "invest", "acquire"})


def _here(row: Row, hits: Sequence[Hit]) -> list[Hit]:
    sentence = row.sentence
    return [h for h in hits if h.sentence is sentence] if hits else []


def _of_pairs(row: Row) -> Iterator[Mention]:
    """Both halves of "Acme-Nordhaven" where the gazetteer has both, or one beside capitals, and not the whole."""
    known = lexicon.orgs_by_alias()
    for pair in _PAIR.finditer(row.source, row.sentence.start, row.sentence.end):
        begin = (
            row.source.rfind(" ", row.sentence.start, pair.start() - 1) + 1
            if pair.start() > row.sentence.start and row.source[pair.start() - 1] == " "
            else 0
        )
        longer = row.source[begin : pair.end("a")] if begin else ""
        first = (longer, begin) if longer in known else (pair["a"], pair.start("a"))
        halves = [(*first, pair.end("a"), known.get(first[0])), (pair["b"], *pair.span("b"), known.get(pair["b"]))]
        found = [org is not None for *_, org in halves]
        joint = _JOINT.match(row.source[pair.end() : min(pair.end() + 24, row.sentence.end)]) is not None
        if pair.group() in known or not any(found):
            continue
        if not joint and not all(f or h[0].isupper() for f, h in zip(found, halves, strict=True)):
            continue
        for text, start, end, org in halves:
            kind, key = ("gazetteer", flat(org.name)) if org else ("org" if joint else "name", flat(text))
            yield Mention(text, kind, key, row.sentence, start, end, org.kind if org else "")


def _of_chunk(row: Row, c: Chunk, places: Sequence[Hit]) -> Mention | None:
    known = c.org
    low = folded[c.text].strip()
    if not low or low in _LEAD or (known is not None and known.kind in ("media", "jv")) or in_address(row.source, c.start, c.end):
        return None  # a joint venture that is known is a project here
    if known is None and any(h.start <= c.start and c.end <= h.end for h in places):
        return None  # comes as a place
    begin, stop = 0, len(c.text)
    if known is None and row.sentence.loud and (stop := length(c.text)) < len(c.text):
        low = flat(c.text[:stop])
        if any(h.start <= c.start and c.start + stop <= h.end for h in places):
            return None
    if known is None and not row.sentence.loud and (epithet := EPITHET.match(c.text)) is not None:
        begin, low = epithet.end(), flat(c.text[epithet.end() :])
    if known is None and (scale := _SCALE.match(c.text)) is not None and row.source[max(0, c.start - 2) : c.start - 1].isdigit():
        begin, low = scale.end(), flat(c.text[scale.end() : stop])
    if known is None and "-" in c.text:
        if _LOCATED.search(c.text):
            return None
        prefix, tied = _PREFIX.match(c.text), _TIED.search(c.text)
        begin = prefix.end() if prefix is not None else 0
        stop = tied.start() if tied is not None else stop
        low = flat(c.text[begin:stop]).strip()
        known = lexicon.orgs_by_alias().get(c.text[begin:stop])
    kind = "gazetteer" if known is not None else c.kind
    name, known_kind = (folded[known.name], known.kind) if known is not None else (low, "")
    return Mention(c.text[begin:stop], kind, name, row.sentence, c.start + begin, c.start + stop, known_kind)


def chosen(found: Sequence[Candidate], weights: Rows[float], bias: float, odds: Logs | None = None) -> list[Candidate]:
    """Those whose weights add up to a yes, in the order of the story. ``odds``: the encoder's of each, to be weighed in."""
    sums = [bias + features_of(c).total(weights, 0.0) + standing(c) for c in found]
    if odds is not None:
        sums = mixing.actors(sums, odds)
    sure = [c.first for c, total in zip(found, sums, strict=True) if total >= 0 and c.first.kind == "gazetteer"]
    told = [c for c, total in zip(found, sums, strict=True) if total >= 0 or (total > BESIDE and beside(c, sure))][:MAX_ORGS]
    return told or [c for c, total in zip(found, sums, strict=True) if total > NEARLY and _opens(c)][:1]


def _opens(candidate: Candidate) -> bool:
    """Whether a place, or who acts without a name, opens the headline; "Alberta data centers" only says where."""
    first, line = candidate.first, candidate.lines[0]
    if first.kind not in ("place", "actor") or not candidate.in_title or candidate.order > 1:
        return False
    return first.kind == "actor" or not any(h.start == first.end + 1 and h.topic.weight >= CORE for h in line.topics)


def once(told: Sequence[Mention]) -> list[Mention]:
    """Without names that another tells more fully: "Amazon" beside "Amazon Web Services", a county beside its board; of a firm
    and its programme the firm; without a country right before its agency's name ("US Quill Commission")."""
    told = [m for m in told if m.kind != "place" or not any(k.sentence is m.sentence and k.start == m.end + 1 for k in told)]
    words = [frozenset(_OWNED.sub("", m.text.lower().replace(".com", "")).split()) for m in told]
    fuller = [not m.text.endswith(_PROGRAMMES) for m in told]
    kept: list[Mention] = []
    for n, m in enumerate(told):
        other = [k for k in range(len(told)) if k != n]
        less = any((words[n] < words[k] and fuller[k]) or (words[n] == words[k] and k < n) for k in other)
        if not (less or (not fuller[n] and any(words[k] < words[n] for k in other))):
            kept.append(m)
    return kept

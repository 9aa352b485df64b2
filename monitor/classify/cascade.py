"""``cascade``: from a story to its verdict, the cheap looks first. ``docs/architecture.md`` has every module in this order.

parse     _heard          telling words (``prefilter``), and what of the summary is text at all (``document``)
          _wanted         a linear look at those words (``gate``), and words that no rest outweighs
          read, rows      sentences, and in each its names, posts and frames, left to right (``chunks``, ``row``)
          infra.analyse   who builds what, where, for how much
          …_features      what speaks for and against each label
classify  _decide         yes or no: the linear model, the encoder beside it, the thresholds (``decision``)
          _match          of a move: who the story speaks of (``cast``), who moves and what fills each slot (``choosing``),
                          as frozen moves (``to_moves``); of a buildout what was read before
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

import monitor.classify.buildouts.infrastructure as infra
import monitor.classify.weights.linear as linear
import monitor.classify.weights.slot_model as slot_model
from monitor.classify.encoder.encoded import Encoded
from monitor.classify.encoder.network import card
from monitor.classify.encoder.use import used
from monitor.classify.gate import narrowed
from monitor.classify.moves.cast.cast import cast
from monitor.classify.moves.cast.no_move import no_move
from monitor.classify.moves.choice.choosing import choose
from monitor.classify.moves.features import is_certain, move_features, move_words
from monitor.classify.moves.status import status_of_move
from monitor.classify.moves.to_moves import to_moves
from monitor.classify.nature import nature_of
from monitor.classify.parsing.row import Row, rows
from monitor.classify.prefilter import Candidates, candidates
from monitor.classify.watched import Projects
from monitor.classify.weights.decision import decide, refused
from monitor.classify.weights.runs import Features, Runs
from monitor.classify.words.document import Document, heard, read
from monitor.classify.words.gazetteer import known
from monitor.model import Decision, Label, Match, Story, Verdict
from monitor.text import split_outlet

VERSION = "1"
STRONG = 0.2  # of the weight of a topic: without one a story is not read for infrastructure
_NONE, _NO_WORD = dict.fromkeys(Label, 0.0), ("no word of either kind",)
Part = Literal["both", "rules", "model"]  # what decides; the halves are for measuring what each adds


@dataclass(slots=True)
class Parse:
    """Everything the grammar found in a story, before the decision."""

    document: Document
    rows: list[Row]
    terms: infra.Terms | None
    reading: infra.Reading | None
    features: Mapping[Label, Features]
    encoded: Encoded | None = None


class Cascade:
    """``models``: instead of the shipped ones. ``threshold_…``: a user's own, instead of the model's. ``gate``: without it the
    grammar looks at all that the prefilter lets through. ``possible``: also say what refused labels of the band would hold.
    ``reasons``: say why, in the trace and in the decisions' weights. ``encoder``: "on", "off", or "auto" for where it can run."""

    name = "cascade"

    def __init__(
        self,
        *,
        threshold_move: float | None = None,
        threshold_infrastructure: float | None = None,
        extra_orgs: Iterable[str] = (),
        extra_people: Iterable[str] = (),
        extra_projects: Iterable[str] = (),
        models: Mapping[Label, linear.Model] | None = None,
        part: Part = "both",
        gate: bool = True,
        possible: bool = False,
        reasons: bool = True,
        encoder: str = "off",
    ) -> None:
        self._gazetteer, self._projects = known(tuple(extra_orgs), tuple(extra_people)), Projects(extra_projects)
        self._models = {label: (models or {}).get(label) or linear.shipped(label) for label in Label}
        self._joints = card().joints if part == "both" and used(encoder) else None
        parts = [f"{label.value}:{self._models[label].version}" for label in Label]
        self.version = " ".join((VERSION, *parts, *([f"encoder:{card().version}"] if self._joints is not None else [])))
        self._part, self._gate, self._possible, self._reasons = part, gate, possible, reasons
        self._slots = slot_model.load()
        self._thresholds = {Label.EXECUTIVE_MOVE: threshold_move, Label.INFRASTRUCTURE: threshold_infrastructure}

    def parse(self, story: Story) -> Parse | None:
        """The grammar's half: None where the prefilter lets the story go."""
        story, told = _heard(story)
        if not (told.move or told.infra):
            return None
        wanted, words = self._wanted(story, told)
        if not (wanted.move or wanted.infra):
            return None
        document = read(story)
        terms = infra.terms_of(document, infra.scan(document)) if wanted.infra else None
        if self._gate and terms and self._models[Label.INFRASTRUCTURE].hopeless(infra.infra_features(document, terms)):
            wanted, terms = wanted._replace(infra=False), None
            if not wanted.move:
                return None
        found = rows(document, self._gazetteer)
        strong = terms is not None and any(h.topic.weight >= STRONG for h in terms.scan.topics)
        encoded = Encoded(document) if self._joints is not None else None
        reading = infra.analyse(document, found, terms, encoded) if strong else None
        features = {
            Label.EXECUTIVE_MOVE: move_features(document, found, words) if wanted.move else Features(),
            Label.INFRASTRUCTURE: infra.infra_features(document, reading) if wanted.infra else Features(),
        }
        return Parse(document, found, terms, reading, features, encoded)

    def _wanted(self, story: Story, found: Candidates) -> tuple[Candidates, tuple[Runs, ...]]:
        """Which half of the grammar has to look; the words that the move label is told by, where it is to."""
        wanted, plain = narrowed(found, story.title, story.summary) if self._gate else found, found.plain
        wanted = wanted._replace(move=True) if plain else wanted
        if not (wanted.move or wanted.infra):
            return wanted, ()
        words = move_words(story, split_outlet(story.title)[0]) if wanted.move else ()
        if self._gate and wanted.move and not plain and self._models[Label.EXECUTIVE_MOVE].hopeless(Features((), *words)):
            wanted = wanted._replace(move=False)
        return wanted, words

    def classify(self, story: Story) -> Verdict:
        parse = self.parse(story)
        if parse is None:
            return Verdict(story_id=story.id, scores=_NONE.copy(), trace=_NO_WORD)
        decisions = self._decisions(parse)
        given = {d.label for d in decisions if d.yes}
        matches = {d.label: self._match(parse, d) for d in decisions if d.yes or (self._possible and d.by == "band")}
        orgs, people = named(parse.rows[:4])
        return Verdict(
            story_id=story.id,
            scores={d.label: d.score for d in decisions},
            matches=tuple(m for label, m in matches.items() if label in given),
            nature=nature_of(story),
            orgs=orgs[:12],
            people=people[:12],
            trace=self._trace(parse, decisions) if self._reasons else (),
            decisions=decisions,
            possible=tuple(m for label, m in matches.items() if label not in given),
        )

    def _decisions(self, parse: Parse) -> tuple[Decision, ...]:
        return tuple(self._decide(model, parse) for model in self._models.values())

    def _decide(self, model: linear.Model, parse: Parse) -> Decision:
        sure = certain(model.label, parse.features[model.label])
        if self._part == "rules":
            found = sure if model.label is Label.EXECUTIVE_MOVE else parse.reading is not None
            return decide(model, float(found))
        features, line = parse.features[model.label], self._thresholds[model.label]
        score = model.score(features) if features else 0.0  # the label's grammar did not look
        told, both = features if self._reasons else (), self._part == "both"
        joint, encoded = (self._joints or {}).get(model.label), parse.encoded
        odds = partial(encoded.label, model.label) if encoded is not None else None
        decision = decide(model, score, told, certain=sure and both, threshold=line, joint=joint, odds=odds)
        asked = both and model.label is Label.EXECUTIVE_MOVE and (decision.yes or decision.by == "band")
        return refused(decision) if asked and no_move(parse.rows) else decision

    def _match(self, parse: Parse, decision: Decision) -> Match:
        story_id = parse.document.story.id
        if decision.label is Label.EXECUTIVE_MOVE:
            told = cast(parse.rows, parse.document.outlet)
            found = choose(told, self._slots, parse.encoded)
            moves, evidence = to_moves(parse.document, told, found, partial(status_of_move, parse.document))
            return Match(story_id=story_id, label=decision.label, score=decision.score, moves=moves, evidence=evidence)
        reading = parse.reading or infra.analyse(parse.document, parse.rows, encoded=parse.encoded)
        match = Match(
            story_id=story_id,
            label=decision.label,
            score=decision.score,
            buildout=reading.buildout,
            evidence=reading.evidence,
        )
        return self._projects.fill(match, parse.document.story)

    @staticmethod
    def _trace(parse: Parse, decisions: Iterable[Decision]) -> tuple[str, ...]:
        """Why, in a few lines: the frames and topics that fired, and the loudest weights of each label."""
        frames = [c.frame.id for row in parse.rows for c in row.items if c.kind == "frame" and c.frame is not None]
        lines = [f"frames: {', '.join(dict.fromkeys(frames))}"] if frames else []
        if parse.terms is not None and (topics := parse.terms.scan.topics):
            lines.append("topics: " + ", ".join(dict.fromkeys(h.topic.name for h in topics)))
        for d in decisions:
            if d.weights:
                lines.append(f"{d.label.value} {d.score:.2f}: " + ", ".join(f"{name} {w:+.2f}" for name, w in d.weights))
        return tuple(lines)


def _heard(story: Story) -> tuple[Story, Candidates]:
    """The story as it is ``heard``, and what its words may tell. What is left out brings nothing: where all of a story tells
    nothing, which is most, nobody asks what is to be left out."""
    found = candidates(f"{story.title}\n{story.summary}")
    if found.move or found.infra:
        kept = heard(story)
        if kept is not story:
            return kept, candidates(f"{kept.title}\n{kept.summary}")
    return story, found


def certain(label: Label, features: Collection[str]) -> bool:
    """The grammar alone says yes: a senior person, a post and a frame that seldom misleads, and no public office."""
    return label is Label.EXECUTIVE_MOVE and is_certain(features)


def named(rows: Iterable[Row]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The organisations, those of the gazetteer by its names, and the people, each once and in order."""
    orgs: dict[str, None] = {}
    people: dict[str, None] = {}
    for row in rows:
        for c in row.names:
            if (kind := c.kind) == "org":
                orgs[c.org.name if c.org else c.text] = None
            elif kind == "person":
                people[c.text] = None
    return tuple(orgs), tuple(people)

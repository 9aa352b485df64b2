"""What the models learn from: labelled stories in files, and what people said of alerts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor import json_lines
from monitor.classify.words.document import heard
from monitor.errors import MovewireError, SettingsError
from monitor.ids import digest
from monitor.model import Feedback, FeedbackKind, FeedId, Label, Story, StoryId
from monitor.text import words

Row = dict[str, Any]
STORY = "story"  # ``"example": "story"``: written for the purpose too, but whole as a feed carries it, and told once
# ``"example": "press"``: printed somewhere and read, but looked for. Among these the labels are likelier than in the news that a
# feed carries: they teach as other stories that were read do, and count in no figure and no threshold.
PRESS = "press"


class TrainingError(MovewireError):
    """A training file cannot be used, or there is too little in it; the message says which and what would be right."""


def needs_extra() -> SettingsError:
    """What an installation that cannot train is told."""
    return SettingsError(["training needs scikit-learn: pip install 'movewire[train]'"])


def read_lines(path: Path) -> Iterator[Row]:
    """The objects of a JSON lines file, gzipped or not. Raises TrainingError naming file and line of what is no object."""
    for number, row in json_lines.objects(path, TrainingError):
        if "id" not in row:
            raise TrainingError(f"{path}:{number}: expected an object with an id")
        yield row


def stories(paths: Sequence[Path], texts: Sequence[Path] = ()) -> list[Row]:
    """The labelled stories of all files, each id once (the first file wins), texts joined by id. Raises TrainingError."""
    rows: dict[str, Row] = {}
    for path in paths:
        for row in read_lines(path):
            if not isinstance(row.get("labels"), list):
                raise TrainingError(f"{path}: {row['id']}: labels must be a list")
            rows.setdefault(row["id"], row)
    wanting = {key for key, row in rows.items() if "title" not in row}
    for path in texts:
        for row in read_lines(path):
            if row["id"] in wanting:
                rows[row["id"]] = {**row, **rows[row["id"]]}
                wanting.discard(row["id"])
    if wanting:
        raise TrainingError(
            f"{len(wanting)} labelled ids have no text, first {min(wanting)}: name a file that has it with --stories"
        )
    return list(rows.values())


def as_story(row: Row) -> Story:
    """The row as the classifier reads it."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return heard(
        Story(
            id=StoryId(row["id"]),
            feed_id=FeedId(""),
            url=row.get("url") or "",
            title=row["title"],
            summary=row.get("summary") or "",
            outlet=row.get("source") or "",
            first_seen=now,
        )
    )


def is_headline(row: Row) -> bool:
    """Whether it is one of the many fillings of a headline written for the purpose; see STORY for the others."""
    return bool(row.get("example")) and row["example"] not in (STORY, PRESS)


def is_written(row: Row) -> bool:
    """Whether it was written for the purpose, and never printed."""
    return bool(row.get("example")) and row["example"] != PRESS


def group_of(row: Row) -> str:
    """Near-copies share their rarest-looking words: the longest four of the title."""
    return digest(*sorted(sorted(set(words(row["title"])), key=lambda w: (-len(w), w))[:4]), size=6)


def kin_of(row: Row) -> str:
    """Near-copies; of written examples all that fill one template, which their ids number."""
    template, _, filling = str(row["id"]).rpartition("-")
    return template if row.get("example") and filling.isdigit() else group_of(row)


def judged_for(row: Row, label: Label) -> bool:
    """Whether the row says anything of the label: ``judged`` names the labels it was read for; without it, all."""
    return label.value in row.get("judged", list(Label))


_MEANS = {FeedbackKind.RELEVANT: True, FeedbackKind.WRONG_SLOT: True, FeedbackKind.NOT_RELEVANT: False}


def from_feedback(said: Iterable[Feedback]) -> list[Row]:
    """What people said, as rows: each story once, by the majority of those who spoke; where they are even, nothing.

    A word tells only of the labels the story was flagged with. "wrong event" tells nothing of labels, and neither does a
    word on a story that was not flagged, as it does not say which label was missed.
    """
    votes: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    about: dict[str, Feedback] = {}
    for one in said:
        if one.kind in _MEANS and one.labels:
            votes[one.story_id][_MEANS[one.kind]] += 1
            about[one.story_id] = one
    rows = []
    for story_id, count in votes.items():
        if count[True] != count[False]:
            one, labels = about[story_id], [label.value for label in about[story_id].labels]
            rows.append(
                {
                    "id": story_id,
                    "title": one.title,
                    "summary": one.summary,
                    "url": one.url,
                    "labels": labels if count[True] > count[False] else [],
                    "judged": labels,
                    "feedback": True,
                }
            )
    return rows


def without(rows: Iterable[Row], held_out: Collection[Row]) -> list[Row]:
    """``rows`` without those that are, or nearly copy, a story that is held out to judge by."""
    ids, groups = {row["id"] for row in held_out}, {group_of(row) for row in held_out}
    return [row for row in rows if row["id"] not in ids and group_of(row) not in groups]

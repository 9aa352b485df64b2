"""What the encoder is trained on, as JSON lines: ``python -m benchmarks.encoder_stories FILES… --stories TEXTS… > OUT``.

FILES are labelled stories, read or written (as of ``monitor.training``); several lines of one story are brought together. Each
line out has the text the network reads (title without its outlet, summary), the labels (-1: not judged), and where the grammar
found the names it is to choose from: people, organisations and posts of moves with the records that are right, names of
buildouts, always as field, first and last character. ``kin`` is one for near-copies.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from monitor.classify.buildouts.infrastructure import facts_of
from monitor.classify.encoder.encoded import fields
from monitor.classify.moves.cast.view import Named, Place
from monitor.classify.parsing.row import rows
from monitor.classify.words.document import Document, read
from monitor.classify.words.gazetteer import Gazetteer
from monitor.evaluation.compare import same_name
from monitor.model import Label
from monitor.training.data import STORY, Row, as_story, is_headline, judged_for, kin_of, stories
from monitor.training.slots import Example, examples, kind_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--stories", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    told = whole(options.files, options.stories)
    chosen = {one.row["id"]: one for one in examples(told)}
    gazetteer = Gazetteer()
    for row in told:
        print(json.dumps(_line(row, read(as_story(row)), chosen.get(row["id"]), gazetteer), ensure_ascii=False))


def whole(files: Iterable[Path], texts: list[Path]) -> list[Row]:
    """The stories of all files, each once, with everything that any file says of it; what the first file says goes before."""
    found: dict[str, Row] = {}
    for path in files:
        for row in stories([path], texts):
            known = found.setdefault(row["id"], {**row, "judged": [label for label in Label if judged_for(row, label)]})
            new = [label for label in Label if judged_for(row, label) and label not in known["judged"]]
            known["labels"] = [*known["labels"], *(label for label in new if label.value in row["labels"])]
            known["judged"] = [*known["judged"], *new]
            for key in ("moves", "infra", "action"):
                if row.get(key) and not known.get(key):
                    known[key] = row[key]
    return list(found.values())


def _line(row: Row, document: Document, chosen: Example | None, gazetteer: Gazetteer) -> dict[str, Any]:
    buildout = row.get("infra") or {}
    example = is_headline(row)
    return {
        "id": row["id"],
        "kin": kin_of(row),
        "example": example,
        "whole": row.get("example") == STORY,
        **dict(zip(("title", "summary"), fields(document), strict=True)),
        "labels": [int(label.value in row["labels"]) if judged_for(row, label) else -1 for label in Label],
        "unsure": bool(row.get("unsure")),
        "slots": _slots(chosen) if chosen is not None else None,
        "actors": _actors(buildout["orgs"], document, gazetteer) if buildout else None,
        "deed": buildout.get("action") or row.get("action"),
        "status": row["moves"][0].get("status") if row.get("moves") and not example else None,
    }


def _actors(orgs: list[str], document: Document, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    left, found = list(orgs), []
    for one in facts_of(document, rows(document, gazetteer)).candidates:
        hit = next((name for name in left if same_name(name, one.first.text)), None)
        if hit is not None:
            left.remove(hit)
        places = [[m.sentence.field, m.start, m.end] for m in one.mentions]
        found.append({"places": places, "acts": int(hit is not None)})
    return found


def _slots(one: Example) -> dict[str, Any]:
    cast = one.cast

    def stands(place: Place) -> list[Any]:
        return [cast.seen.rows[place.row].sentence.field, place.chunk.start, place.chunk.end]

    def places(named: list[Named]) -> list[list[Any]]:
        return [[stands(place) for place in each.places] for each in named]

    def of(anchor: Named | None) -> list[Any] | None:
        lists = (("people", cast.people), ("posts", cast.posts))
        return next(([name, n] for name, each in lists for n, other in enumerate(each) if other is anchor), None)

    records = [
        {
            "of": of(anchor),
            "kind": kind_of(move),
            "orgs": [list(map(int, pair.gold)) for pair in one.orgs[n]],
            "titles": [list(map(int, pair.gold)) for pair in one.titles[n]],
        }
        for n, (anchor, move) in enumerate(one.told)
    ]
    return {
        **{name: places(getattr(cast, name)) for name in ("people", "posts", "orgs")},
        "titles": [[stands(place)] for _, place in cast.titles],
        "records": records,
    }


if __name__ == "__main__":
    main()

"""The gate lets go what the grammar would find nothing in, keeps what it would, and says what is wrong with its file."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

import monitor.classify.gate as gate
import monitor.classify.words.lexicon as lexicon
from monitor import evaluation as ev
from monitor.backtest import read_stories, to_story
from monitor.classify import load_classifier
from monitor.classify.prefilter import Candidates, candidates
from monitor.classify.words.lexicon import LexiconError
from monitor.model import Label
from tests.shared import DEV, STREAM, needs_gold, needs_stream
from tests.training.rows import rows


def both(title: str, summary: str = "") -> Candidates:
    """As if the prefilter let the story through for either label."""
    return candidates(f"{title}\n{summary}")._replace(move=True, infra=True)


def looked_at(title: str, summary: str = "") -> Candidates:
    return gate.narrowed(candidates(f"{title}\n{summary}"), title, summary)


@pytest.mark.parametrize(
    ("title", "summary", "wanted"),
    [
        ("Corvid Systems names Mara Lindqvist chief executive", "", "move"),
        ("Northlight AI co-founder leaves to start a rival lab", "", "move"),
        ("Skagen Power to build 1.2 GW data center campus in Texas", "", "infra"),
        ("Court aide heads for the coast", "Ada Quill, deputy director at an agency, will join Corvid as a partner.", "move"),
        (
            "Corvid raid reaches Osprey Bay",
            "Building head Ada Quill and three fellow partners will open an office for a rival.",
            "move",
        ),
        ("County votes on a moratorium for data centers", "Residents fear for their water.", "infra"),
    ],
)
def test_it_keeps_what_may_be(title: str, summary: str, wanted: str) -> None:
    assert getattr(looked_at(title, summary), wanted)


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Best cloud storage deals this week", "Save on servers, chips and gas grills."),
        ("New gaming chip beats its rivals", "The processor draws less power and has more cores."),
    ],
)
def test_it_lets_go_what_the_prefilter_kept_for_a_word(title: str, summary: str) -> None:
    assert candidates(f"{title}\n{summary}").infra and looked_at(title, summary) == Candidates(move=False, infra=False)


@needs_stream
def test_of_a_general_stream_it_lets_go_half_of_what_the_prefilter_left() -> None:
    told = [(s.title, s.summary) for s in map(to_story, itertools.islice(read_stories(STREAM), 3000))]
    left = [(t, s) for t, s in told if (c := candidates(f"{t}\n{s}")).move or c.infra]
    kept = [1 for t, s in left if (c := looked_at(t, s)).move or c.infra]
    assert len(left) < 0.3 * len(told) and len(kept) < 0.6 * len(left)


def test_it_never_adds_to_what_the_prefilter_lets_through() -> None:
    title = "Skagen Power names Ada Quill chief executive and builds a data center"
    assert gate.narrowed(Candidates(move=False, infra=False), title, "") == Candidates(move=False, infra=False)
    assert gate.narrowed(both(title), title, "") == Candidates(move=True, infra=True)


def test_moves_written_for_the_tests_pass() -> None:
    written = [r["title"] for r in rows(100) if r["labels"]]
    passed = [t for t in written if candidates(t).move and gate.narrowed(both(t), t, "").move]
    assert len(passed) >= 0.97 * len(written)


@needs_gold
def test_the_verdicts_on_labelled_stories_are_the_same_without_it() -> None:
    """Nothing that the cascade would have flagged is lost to the gate but one in a hundred of those with a label."""
    golds = ev.stories_in(DEV)
    kept, all_ = (ev.said_by(load_classifier(gate=on, reasons=False), golds) for on in (True, False))
    lost = [(g, label) for g, k, a in zip(golds, kept, all_, strict=True) for label in a.labels - k.labels if label in g.labels]
    assert len(lost) <= 2, lost
    assert not any(k.labels - a.labels for k, a in zip(kept, all_, strict=True))


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    gate.halves.cache_clear()
    yield tmp_path / gate.FILE
    gate.halves.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"executive_move": {"title": {"a": "x"}, "summary": {}, "terms": {}, "bias": 0, "line": 0}}',
        '{"executive_move": 3}',
    ],
)
def test_a_damaged_file_is_named(damaged: Path, text: str) -> None:
    damaged.write_text(text)
    with pytest.raises(LexiconError, match=r"gate\.json: is no gate"):
        gate.halves()


def test_every_label_has_its_half() -> None:
    assert set(gate.halves()) == set(Label) and all(half.terms for half in gate.halves().values())

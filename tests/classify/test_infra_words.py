"""Words that stand for a data center, for its power or for a fab, and those that only look like them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.classify import load_classifier
from monitor.model import FeedId, Label, Story, StoryId


@pytest.fixture(scope="module")
def classifier():  # type: ignore[no-untyped-def]
    return load_classifier(encoder="off")


def flagged(classifier, title: str) -> bool:  # type: ignore[no-untyped-def]
    story = Story(
        id=StoryId("1"), feed_id=FeedId("f"), url="", title=title, summary="", first_seen=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return any(match.label is Label.INFRASTRUCTURE for match in classifier.classify(story).matches)


@pytest.mark.parametrize(
    "title",
    [
        "Quillmark to build AI data hub in Tulsa",
        "Norway's largest data hub planned beside fjord",
        "Quillmark plans 12-story data tower in Boise",
        "Container firm lowers data pods into Irish Sea",
        "Quillmark opens cloud halls near Leeds",
        "Old coal plant to reopen to feed AI's hunger",
        "Quillmark Power to keep coal units running for AI boom",
        "Reactor to restart for AI load",
        "Regulator rules on co-located loads at nuclear plants",
        "xAI buys retired jet engines to power Memphis cluster",
        "Chip packager Quillmark opens $1.6B plant in Vietnam",
        "Memory maker Quillmark to convert Osaka lines to HBM",
        "Poland hands land to Quillmark for EU gigafactory bid",
        "Oracle, OpenAI tear up exclusive hosting pact",
        "Quillmark signs $38 billion deal with Amazon Web Services",
        "Ghana unveils $9 billion package for chip industry",
        "Google lifts 2026 capital expenditure to $80 billion as cloud profit rises",
        "Data center developer Osprey hires contractors for 300MW Ohio campus",
        "Data center firm Osprey promotes Ada Quill to president as it opens 40MW Ohio campus",
    ],
)
def test_capacity_by_other_words(classifier, title: str) -> None:  # type: ignore[no-untyped-def]
    assert flagged(classifier, title)


@pytest.mark.parametrize(
    "title",
    [
        "Quillmark launches data hub to unify customer records",
        "National Health Data Hub moves patient records",
        "New framework cuts AI load times by half",
        "Quillmark opens AI warehouse for parcels",
        "Jet engines to power new Boeing planes",
        "Nuclear stocks rally on AI demand",
        "Uranium prices climb as AI demand grows",
        "Solar firm cuts jobs despite AI boom",
        "Chipmaker cuts 500 jobs at Dresden plant",
        "Quillmark signs $3 million deal with Amazon Web Services to sell its app",
        "Ghana unveils $9 billion package for car industry",
        "Aid package for Ghana sends chip industry stocks higher",
        "Grocer lifts 2026 capital expenditure to $2 billion as profit rises",
        "Equinix inks naming rights deal with Quill for arena",
        "Data center operator Osprey taps Ada Quill as CFO",
        "Nordic Data Centre Association appoints Ada Quill as managing director",
        "Chipmaker Quillmark supplies electric car plant",
        "Potato chip maker opens $50M plant",
        "Miami and F1 sign 10-year hosting pact",
    ],
)
def test_what_only_sounds_like_it(classifier, title: str) -> None:  # type: ignore[no-untyped-def]
    assert not flagged(classifier, title)

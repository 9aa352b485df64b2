"""``explain``: a text, a page fetched through the HTTP door, a stored story, event or alert."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Run, World
from tests.servers import LocalServer, Reply

PAGE = """<!doctype html><html><head><title>Corvid Systems | Harbor Wire</title>
<meta property="og:title" content="Corvid Systems hires Mara Lindqvist from Northlight AI as chief executive">
<meta property="og:description" content="Mara Lindqvist of Northlight AI joins Corvid Systems &amp; leads it, the company said.">
<meta property="og:site_name" content="Harbor Wire"></head><body><p>Hello</p></body></html>"""


@pytest.fixture
def page(world: World, net: LocalServer, run: Run) -> Any:
    """``page(reply)``: what ``explain`` makes of an address that answers so."""
    world.write()

    def explain(reply: Reply, *args: str) -> Any:
        net.routes["/story.html"] = lambda _: reply
        return run("--config", world.config, "explain", f"{net.url}/story.html", *args)

    return explain


def html(text: str, kind: str = "text/html; charset=utf-8") -> Reply:
    return Reply(200, text.encode(), {"content-type": kind})


def test_a_page_is_explained_by_what_it_says_of_itself(page: Any) -> None:
    told = json.loads(page(html(PAGE), "--format", "json").out)
    assert told["labels"] == ["executive_move"] and told["outlet"] == "Harbor Wire"
    assert told["summary"] == "Mara Lindqvist of Northlight AI joins Corvid Systems & leads it, the company said."
    assert told["moves"][0]["person"] == "Mara Lindqvist" and told["url"].endswith("/story.html")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(404, b"no"), "404"),
        (Reply(200, b"%PDF-1.7", {"content-type": "application/pdf"}), "no web page: its type is application/pdf"),
        (html("<html><body>words alone</body></html>"), "names no title"),
        (html(""), "names no title"),
        (Reply(200, b"x" * 6_000_000, {"content-type": "text/html"}), "larger than 5000000 bytes"),
    ],
)
def test_a_page_that_cannot_be_used_says_why(page: Any, reply: Reply, words: str) -> None:
    ended = page(reply)
    assert ended.code == 1 and words in ended.err and "http://127.0.0.1" in ended.err and not ended.out


def test_the_address_of_a_stored_story_is_explained_by_the_words_it_was_judged_by(told: Run) -> None:
    """Its page may be behind a wall, or gone; nothing answers at this one."""
    (story,) = json.loads(told("stories", "--label", "infrastructure", "--format", "json").out)
    explained = json.loads(told("explain", f"{story['url']}?utm_source=feed", "--format", "json").out)
    assert (explained["id"], explained["title"]) == (story["id"], story["title"])


def test_an_address_that_is_guarded_is_refused(world: World, run: Run) -> None:
    world.write(network={"allow_networks": []})
    ended = run("--config", world.config, "explain", f"{world.server.url}/page")
    assert ended.code == 1 and "127.0.0.1" in ended.err


def test_an_event_and_an_alert_are_explained_by_their_first_story(told: Run) -> None:
    alert = json.loads(told("alerts", "--label", "infrastructure", "--format", "json").out)[0]
    found = [json.loads(told("explain", ref, "--format", "json").out) for ref in (alert["id"], alert["event_id"].lower())]
    assert found[0] == found[1] and found[0]["infra"]["capacity"] == ["1.2 GW"]
    assert found[0]["infra"]["org_ids"] == ["skagen-power"]


def test_the_object_says_who_decided_and_what_speaks_for_and_against(run: Run) -> None:
    told = json.loads(run("explain", "Acme Corp names Jane Roe chief executive", "--format", "json").out)
    move, infra = told["decisions"]
    assert move["label"] == "executive_move" and move["yes"] and move["by"] in ("rule", "model", "band")
    assert move["band"][0] <= move["threshold"] <= move["band"][1] and move["weights"]
    assert all({"feature", "words", "weight"} == set(w) for w in move["weights"])
    assert not infra["yes"] and infra["why"]
    assert (told["moves"][0]["to_org_id"], told["moves"][0]["to_level"], told["moves"][0]["from_level"]) == ("acme", 1, None)
    for span in told["evidence"]:
        assert told[span["field"]][span["start"] : span["end"]] == span["text"]


def test_what_no_word_speaks_for_is_said_so(run: Run) -> None:
    shown = run("explain", "Ten quiet keyboards, tried")
    assert "not flagged" in shown.out and "no word of either kind" in shown.out

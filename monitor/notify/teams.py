"""``teams``: a webhook of Teams' Workflows, which posts an Adaptive Card (1.5) to a channel or chat.

Of a feed's words nothing is markup: they stand in text runs, which no client reads markdown in, and in titles of actions.
A message may be 28 KB (learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors).
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import httpx

from monitor.changes import status_word
from monitor.interfaces import Answer, Judged, Judgement, Outgoing
from monitor.notify.judging import judge_service
from monitor.notify.message import (
    Message,
    message_of,
    reasons_line,
    severity_mark,
    status_mark,
    with_entries,
)
from monitor.notify.plain import as_text
from monitor.notify.quoting import Quote, pieces
from monitor.text import counted, shorten

MAX_BYTES = 26_000
MAX_URL = 1500
ACTIONS = 6  # what a card shows; more hide behind a menu
_COLOURS = {"critical": "attention", "high": "warning", "normal": "accent", "low": "default"}
_GONE = (b"WorkflowNotFound", b"WorkflowTriggerIsNotEnabled", b"webhook URL is no longer valid")
Json = dict[str, Any]


class Teams:
    kind = "teams"

    def __init__(self, url: str) -> None:
        self._url = url

    def request(self, outgoing: Outgoing, *, now: datetime) -> httpx.Request:
        message = message_of(outgoing)
        encoded = _fitted([_runs(_run(shorten(as_text(message), 8000)))], []) if outgoing.plain else _card(message)
        return httpx.Request("POST", self._url, headers={"content-type": "application/json"}, content=encoded)

    def judge(self, outgoing: Outgoing, answer: Answer) -> Judged:
        if answer.status in (400, 403, 404) and any(word in answer.body for word in _GONE):
            return Judged(judgement=Judgement.DISABLE, why=f"the workflow is gone or switched off ({answer.status})")
        if answer.status in (400, 413) and not outgoing.plain:
            return Judged(judgement=Judgement.AGAIN, why=f"the workflow refused the card ({answer.status})", plain=True)
        return judge_service(answer)


def _card(message: Message) -> bytes:
    """The message as a card: of a digest with as many entries as fit, and how many are left out."""
    while True:
        body = card_body(message)
        encoded = _encoded(body, _actions(message))
        if len(encoded) <= MAX_BYTES or not message.entries:
            return _fitted(body, _actions(message))
        message = with_entries(message, len(message.entries) - 1)


def card_body(message: Message) -> list[Json]:
    """The elements of the card, in the order of the message."""
    colour = _COLOURS.get(message.severity, "default")
    found = [_runs(_run(message.title, size="large", weight="bolder"))]
    found += [_runs(_run(line)) for line in message.lines[:8]]
    if message.status:
        reasons = f" ({reasons_line(message)})" if message.severity_reasons else ""
        found.append(
            _runs(
                _run(f"{status_mark(message.status)} {status_word(message.status)}", weight="bolder"),
                _run(f"   {severity_mark(message.severity)} {message.severity}", weight="bolder", color=colour),
                _run(f"{reasons} · {counted(message.outlets, 'outlet')}", isSubtle=True),
            )
        )
    found += [_runs(_run(f"• {line}")) for line in message.changes[:8]]
    found += [_runs(_run(f"{name}: ", weight="bolder"), _run(value)) for name, value in message.details]
    found += [_quoted(q) for q in message.quotes[:2]]
    for number, one in enumerate(message.entries, 1):
        opened = {"selectAction": action} if one.link and (action := _open(one.link.url, one.link.outlet)) else {}
        found.append(
            _runs(_run(f"{number}. ", weight="bolder"), _run(one.headline, **opened), _run(f" ({one.facts})", isSubtle=True))
        )
    if message.more:
        found.append(_runs(_run(f"and {message.more} more", isSubtle=True)))
    return found


def _quoted(quote: Quote) -> Json:
    runs = [_run(text, **({"weight": "bolder"} if strong else {})) for text, strong in pieces(quote)]
    runs = [_run("“"), *runs, _run("”" + (f" — {quote.outlet}" if quote.outlet else ""), isSubtle=True)]
    return {"type": "Container", "style": "emphasis", "items": [_runs(*runs)]}


def _actions(message: Message) -> list[Json]:
    wanted = [(message.page_url, "Open the event"), *((x.url, shorten(x.outlet, 40)) for x in message.links)]
    return [action for url, title in wanted if (action := _open(url, title))][:ACTIONS]


def _open(url: str, title: str) -> Json | None:
    """The action of a link; None where a feed's link is no address: one that Teams cannot read costs the whole card."""
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL:
        return None
    usable = address.scheme in ("http", "https") and address.raw_host and len(str(address)) <= MAX_URL
    return {"type": "Action.OpenUrl", "title": title or "source", "url": str(address)} if usable else None


def _runs(*runs: Json) -> Json:
    return {"type": "RichTextBlock", "inlines": list(runs)}


def _run(text: str, **style: Any) -> Json:
    return {"type": "TextRun", "text": text, **style}


def _fitted(body: list[Json], actions: list[Json]) -> bytes:
    """The whole message, with as many elements from the top as fit into it."""
    while len(encoded := _encoded(body, actions)) > MAX_BYTES and len(body) > 1:
        body = body[:-1]
    return encoded


def _encoded(body: list[Json], actions: list[Json]) -> bytes:
    card: Json = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "msteams": {"width": "Full"},
        "body": body,
    }
    if actions:
        card["actions"] = actions
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return json.dumps({"type": "message", "attachments": [attachment]}, ensure_ascii=False).encode("utf-8", "replace")

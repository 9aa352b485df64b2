"""``discord``: a webhook of a Discord channel. Nobody is ever mentioned, and its rate limits are read from every answer.

Limits are Discord's own (discord.com/developers/docs/resources/message#embed-object-embed-limits): content 2,000,
description 4,096, 25 fields of name 256 and value 1,024, footer 2,048, and 6,000 over all of an embed.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote as percent

import httpx

from monitor.changes import status_word
from monitor.interfaces import Answer, Judged, Judgement, Outgoing
from monitor.notify.judging import LONGEST, SHORTEST, json_object, judge_service
from monitor.notify.message import (
    SEVERITY_COLOURS,
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

MAX_CONTENT, MAX_DESCRIPTION, MAX_EMBED = 2000, 4096, 5500
MAX_FIELDS = 3000  # characters of all of them
MAX_URL = 500
_MARKS = re.compile(r"([\\*_~`|>#\[\]()<@:\-])")
_GONE = {10003: "the channel is gone", 10015: "the webhook is gone", 50027: "the webhook's token is not valid"}
_UNREADABLE = {50006, 50035, 50109}  # empty message, invalid form body, no JSON


class Discord:
    kind = "discord"

    def __init__(self, url: str) -> None:
        self._url = httpx.URL(url).copy_merge_params({"wait": "true"})

    def request(self, outgoing: Outgoing, *, now: datetime) -> httpx.Request:
        message = message_of(outgoing)
        text = as_text(message) if outgoing.plain else message.title
        body: dict[str, Any] = {"content": _cut(escape(text), MAX_CONTENT), "allowed_mentions": {"parse": []}}
        if not outgoing.plain and message.kind != "test":
            body["embeds"] = [embed(message)]
        encoded = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return httpx.Request("POST", self._url, headers={"content-type": "application/json"}, content=encoded)

    def judge(self, outgoing: Outgoing, answer: Answer) -> Judged:
        told = json_object(answer) or {}
        code = told.get("code") if isinstance(told.get("code"), int) else None
        if code in _GONE and answer.status in (401, 403, 404):
            return Judged(judgement=Judgement.DISABLE, why=f"Discord says {_GONE[code]} ({code})")
        if answer.status == 429:
            wait = seconds(told.get("retry_after")) or seconds(answer.headers.get("x-ratelimit-reset-after"))
            judged = judge_service(answer)
            return Judged(judgement=Judgement.AGAIN, why="Discord's rate limit (429)", wait=wait or judged.wait)
        if answer.status == 400 and code in _UNREADABLE:
            return Judged(judgement=Judgement.AGAIN, why=f"Discord could not read the message ({code})", plain=True)
        judged = judge_service(answer)
        if judged.judgement == Judgement.SENT and answer.headers.get("x-ratelimit-remaining") == "0":
            return Judged(judgement=Judgement.SENT, rest=seconds(answer.headers.get("x-ratelimit-reset-after")))
        return judged


def seconds(value: Any) -> timedelta | None:
    """A number of seconds, as text or number, between 1 s and 24 h; None for what is none."""
    try:
        return min(max(timedelta(seconds=float(value)), SHORTEST), LONGEST)
    except (TypeError, ValueError, OverflowError):
        return None


def escape(text: str) -> str:
    """Every character that Discord's markup gives a meaning to stays a character."""
    return _MARKS.sub(r"\\\1", text)


def link(url: str, words: str) -> str:
    """A link whose address cannot end it early; where it can be none, the words."""
    safe = percent(url, safe="%/:?#!$&'*+,;=~-._", errors="replace")
    return f"[{escape(words)}](<{safe}>)" if url.startswith(("http://", "https://")) and len(safe) <= MAX_URL else escape(words)


def embed(message: Message) -> dict[str, Any]:
    """Everything but the line itself, which is the content."""
    lines = [escape(line) for line in message.lines[:8]]
    if message.status:
        lines.append(
            f"{status_mark(message.status)} **{status_word(message.status)}**"
            f"  {severity_mark(message.severity)} {message.severity}"
            + (f" ({escape(reasons_line(message))})" if message.severity_reasons else "")
        )
    lines += [f"• {escape(line)}" for line in message.changes[:8]]
    lines += ["> " + _quoted(q) for q in message.quotes[:2]]
    lines += [_entry(n, message) for n in range(len(message.entries))]
    if message.more:
        lines.append(f"and {message.more} more")
    fields = [
        {"name": escape(name), "value": _cut(escape(value), 400), "inline": len(value) < 40} for name, value in message.details
    ]
    while (size := sum(len(str(f["name"])) + len(str(f["value"])) for f in fields)) > MAX_FIELDS:
        fields.pop()
    room = min(MAX_EMBED - size, MAX_DESCRIPTION)
    foot = _foot(message, room // 2)
    if message.entries and sum(len(line) + 1 for line in lines) + len(foot) > room:
        return embed(with_entries(message, len(message.entries) - 1))
    description = "\n".join(part for part in (_lines(lines, room - len(foot) - 1), foot) if part)
    colour = SEVERITY_COLOURS.get(message.severity, "#607d8b")
    return {"description": description, "color": int(colour[1:], 16), "fields": fields}


def _foot(message: Message, limit: int) -> str:
    """What closes a message and is never cut: the outlets, with as many links as there is room for, and the page."""
    page = [link(message.page_url, "Open the event")] if message.page_url else []
    links = [link(x.url, shorten(x.outlet, 60)) for x in message.links]
    for count in range(len(links), 0, -1):
        foot = "\n".join([f"{counted(message.outlets, 'outlet')}: {' · '.join(links[:count])}", *page])
        if len(foot) <= limit:
            return foot
    return "".join(page)


def _entry(number: int, message: Message) -> str:
    one = message.entries[number]
    return f"**{number + 1}.** {escape(one.headline)}\n{escape(one.facts)}" + (
        f" · {link(one.link.url, shorten(one.link.outlet, 60))}" if one.link else ""
    )


def _quoted(quote: Quote) -> str:
    words = "".join(f"**{escape(t)}**" if strong and t == t.strip() else escape(t) for t, strong in pieces(quote))
    return words.replace("\n", " ") + (f" — {escape(quote.outlet)}" if quote.outlet else "")


def _lines(lines: list[str], limit: int) -> str:
    """As many whole lines as fit: a line cut in two could leave markup open."""
    kept: list[str] = []
    for line in lines:
        if sum(len(k) + 1 for k in kept) + len(line) > limit:
            break
        kept.append(line)
    return "\n".join(kept)


def _cut(text: str, limit: int) -> str:
    """At most ``limit`` characters, never ending in half an escape."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return cut[: len(cut) - (len(cut) - len(cut.rstrip("\\"))) % 2] + "…"

"""``slack``: an incoming webhook, Block Kit. It posts only; it cannot edit what it posted.

Limits are Slack's own (docs.slack.dev, Block Kit reference): 50 blocks, header 150, section text 3,000, field 2,000,
context 10 elements. Of a feed's words only ``& < >`` are escaped, so that no mention or link can be built from them.
"""

from __future__ import annotations

import json
from datetime import datetime
from urllib.parse import quote as percent

import httpx
from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from monitor.errors import SettingsError
from monitor.interfaces import Answer, Judged, Judgement, Outgoing
from monitor.notify.judging import judge_status
from monitor.notify.message import Message, Quote, as_text, message, status_word
from monitor.settings.schema import Channel
from monitor.text import shorten

MAX_TEXT = 3000
MAX_TOTAL = 10_000
_STATUS = {"rumored": "💬", "reported": "📰", "confirmed": "✅", "denied": "⛔"}
_SEVERITY = {"critical": "🔴", "high": "🟠", "normal": "🔵", "low": "⚪"}
# Answers that say the destination itself is gone or closed to us.
_GONE = ("no_service", "no_team", "invalid_token", "team_disabled", "channel_is_archived", "channel_not_found", "no_active_hooks")
_UNREADABLE = ("invalid_blocks", "invalid_payload", "invalid_attachments", "no_text", "msg_too_long", "too_many_attachments")
PLAIN_MARK = "say it in plain text"


class Slack:
    kind = "slack"

    def __init__(self, name: str, channel: Channel) -> None:
        if channel.url is None:
            raise SettingsError([f"channels.{name}.url: is not given; expected a Slack incoming webhook address"])
        self._url = channel.url.get_secret_value()

    def request(self, outgoing: Outgoing, *, now: datetime) -> httpx.Request:
        said = message(outgoing.alert, outgoing.page_url)
        if outgoing.kind == "test":
            text = "Movewire: this is a test message. This channel works."
        else:
            text = escape(shorten(as_text(said), MAX_TEXT))
        body = {"text": text, "unfurl_links": False, "unfurl_media": False}
        if not outgoing.plain and outgoing.kind == "alert":
            body["blocks"] = [block.to_dict() for block in blocks(said)]
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return httpx.Request("POST", self._url, headers={"content-type": "application/json; charset=utf-8"}, content=content)

    def judge(self, answer: Answer) -> Judged:
        words = answer.body[:200].decode("utf-8", "replace").strip()
        if answer.status == 410 or (answer.status in (403, 404) and words in _GONE):
            return Judged(judgement=Judgement.DISABLE, why=f"Slack says {words or 'this webhook is gone'} ({answer.status})")
        if answer.status == 400 and words in _UNREADABLE:
            return Judged(judgement=Judgement.AGAIN, why=f"Slack could not read the blocks ({words}); {PLAIN_MARK}", refused=True)
        return judge_status(answer)


def escape(text: str) -> str:
    """The three characters Slack asks to be escaped; everything else stays a word."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(url: str, words: str) -> str:
    """A link whose address cannot end it early and whose words cannot start another."""
    safe = percent(url, safe="%/:?#[]@!$&'()*+,;=~-._", errors="replace").replace("&", "&amp;")
    return f"<{safe}|{escape(words).replace('|', '¦')}>" if url.startswith(("http://", "https://")) else escape(words)


def blocks(said: Message) -> list[Block]:
    """The message as blocks, under Slack's limits in number, in each text and in all."""
    head = ("Update: " if said.update else "") + said.headline
    found: list[Block] = [HeaderBlock(text=PlainTextObject(text=shorten(head, 150), emoji=False))]
    if len(head) > 150:
        found.append(_section(escape(head)))
    reasons = f" ({', '.join(said.severity_reasons[:4])})" if said.severity_reasons else ""
    state = f"{_STATUS.get(said.status, '')} *{status_word(said.status)}*   {_SEVERITY.get(said.severity, '')} {said.severity}"
    found.append(_context(state + escape(shorten(reasons, 300))))
    if said.changes:
        found.append(_section("\n".join(f"• {escape(line)}" for line in said.changes[:8])))
    if said.details:
        fields = [
            MarkdownTextObject(text=f"*{escape(name)}*\n{escape(value)}", verbatim=True) for name, value in said.details[:10]
        ]
        found.append(SectionBlock(fields=fields))
    found += [_section("> " + marked(q) + (f" — {escape(q.outlet)}" if q.outlet else "")) for q in said.quotes[:2]]
    if said.links:
        found.append(DividerBlock())
        links = "  ·  ".join(link(x.url, x.outlet) for x in said.links)
        found.append(_context(f"{said.outlets} outlet{'s' if said.outlets != 1 else ''}: " + links))
    if said.page_url:
        found.append(_context(link(said.page_url, "Open the event")))
    return _bounded(found)


def _section(text: str) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=_cut(text), verbatim=True))


def _context(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=_cut(text), verbatim=True)])


def _cut(text: str) -> str:
    """At most 3,000 characters, never ending inside a link or an escape."""
    if len(text) <= MAX_TEXT:
        return text
    cut = text[: MAX_TEXT - 1]
    for opening, closing in (("<", ">"), ("&", ";")):
        if cut.rfind(opening) > cut.rfind(closing):
            cut = cut[: cut.rfind(opening)]
    return cut + "…"


def marked(q: Quote) -> str:
    """The quote with its evidence in bold, where the words carry no mark of their own that would break it."""
    text, parts, at = q.text.replace("\n", " "), [], 0
    for start, end in q.marks:
        words = text[start:end]
        bold = words == words.strip() and words and not set(words) & set("*_`~\n")
        parts += [escape(text[at:start]), f"*{escape(words)}*" if bold else escape(words)]
        at = end
    return "".join(parts) + escape(text[at:])


def _bounded(found: list[Block]) -> list[Block]:
    """Blocks from the top until all of them together would pass 10,000 characters or 50 blocks."""
    kept, size = [], 0
    for block in found[:50]:
        size += len(json.dumps(block.to_dict(), ensure_ascii=False))
        if size > MAX_TOTAL:
            break
        kept.append(block)
    return kept

"""The message as Slack's Block Kit, for the incoming webhook and the bot alike.

Limits are Slack's own (docs.slack.dev, Block Kit reference): 50 blocks, header 150, section text 3,000, field 2,000,
button 75, context 10 elements, menu 2 to 5 options of 75 characters each. Of a feed's words ``& < >`` are escaped, so that no
mention or link can be built from them, and marks that would act (``*bold*``) look the same and do nothing.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote as percent

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
)

from monitor.changes import status_word
from monitor.model import FeedbackKind
from monitor.notify.message import Message, reasons_line, severity_mark, status_mark, with_entries
from monitor.notify.plain import as_text
from monitor.notify.quoting import Quote, pieces
from monitor.text import counted, shorten

MAX_TEXT = 3000
MAX_HEADER = 150
MAX_FIELDS = 10
MAX_URL = 1500  # of one link; longer ones are said without a link
MAX_TOTAL = 10_000
_ADDRESS = re.compile(r"(https?://[^\s*`]+)")
_QUOTING = re.compile(r"^([^\S\n]*)>", re.M)
_EMOJI = re.compile(r"(?<![A-Za-z0-9]):(?=[0-9_+-]*[a-z][a-z0-9_+-]*:)")
# Each with one that looks like it, where it begins something, and where it begins or ends it: not inside a word, nor alone.
_MARKS = tuple(
    (
        pair,
        re.compile(rf"(?<![A-Za-z0-9]){mark}(?=\S)"),
        re.compile(rf"(?<![A-Za-z0-9]){mark}(?=\S)|(?<=\S){mark}(?![A-Za-z0-9])"),
    )
    for pair in (("*", "∗"), ("_", "ˍ"), ("~", "∼"))
    for mark in (re.escape(pair[0]),)
)
# Action ids. A button is one word and its value the alert; the menu behind "…" has the rarer words, each option's value
# the word and the alert: ``wrong_slot 01J…``.
BUTTONS = {"feedback.relevant": FeedbackKind.RELEVANT, "feedback.not_relevant": FeedbackKind.NOT_RELEVANT}
MENU = "feedback.more"
MENU_KINDS = (FeedbackKind.WRONG_SLOT, FeedbackKind.WRONG_EVENT)
WORDS = {
    FeedbackKind.RELEVANT: "👍 Relevant",
    FeedbackKind.NOT_RELEVANT: "👎 Not relevant",
    FeedbackKind.WRONG_SLOT: "Wrong detail",
    FeedbackKind.WRONG_EVENT: "Wrong event",
}


def content(said: Message, *, plain: bool = False, feedback_on: str = "") -> dict[str, Any]:
    """``text`` that says everything, for screen readers and phones, and ``blocks``; links and media are not unfolded.

    ``feedback_on``: the id the buttons name; "" leaves them out.
    """
    text = escape(shorten(as_text(said), MAX_TEXT))
    body: dict[str, Any] = {"text": _cut(text), "unfurl_links": False, "unfurl_media": False}
    if not plain and said.kind != "test":
        body["blocks"] = [block.to_dict() for block in blocks(said, feedback_on)]
    return body


def change_content(said: Message, *, plain: bool = False) -> dict[str, Any]:
    """A line of the thread below a message: what changed, and how sure it is now."""
    changes = said.changes or ("more is known",)
    text = _cut("\n".join(f"• {escape(line)}" for line in changes[:8]))
    if said.change_link:
        text = _cut(f"{text}\n{link(said.change_link.url, shorten(said.change_link.outlet, 60))}")
    body: dict[str, Any] = {"text": escape(shorten("; ".join(changes), MAX_TEXT)), "unfurl_links": False, "unfurl_media": False}
    if not plain:
        body["blocks"] = [block.to_dict() for block in (_section(text), _context(_state(said)))]
    return body


def escape(text: str) -> str:
    """The three characters Slack asks to be escaped, and marks that would act made others of the same look: a mark itself
    cannot be escaped. Addresses stay as they are."""
    parts = _ADDRESS.split(_QUOTING.sub(r"\1›", text))
    inert = "".join(part if n % 2 else _inert(part) for n, part in enumerate(parts))
    return inert.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _inert(text: str) -> str:
    for (mark, alike), opening, acting in _MARKS:
        if mark in text and opening.search(text):
            text = acting.sub(alike, text)
    return _EMOJI.sub("꞉", text).replace("`", "ˋ")


def link(url: str, words: str) -> str:
    """A link whose address cannot end it early and whose words cannot start another."""
    safe = percent(url, safe="%/:?#[]@!$&'()*+,;=~-._", errors="replace").replace("&", "&amp;")
    usable = url.startswith(("http://", "https://")) and len(safe) <= MAX_URL
    return f"<{safe}|{escape(words).replace('|', '¦')}>" if usable else escape(words)


def blocks(said: Message, feedback_on: str = "") -> list[Block]:
    """The message as blocks, under Slack's limits in number, in each text and in all."""
    found: list[Block] = [HeaderBlock(text=PlainTextObject(text=shorten(said.title, MAX_HEADER), emoji=False))]
    if len(said.title) > MAX_HEADER:
        found.append(_section(escape(said.title)))
    found += [_section(escape(line)) for line in said.lines[:8]]
    if said.status:
        found.append(_context(_state(said)))
    if said.changes:
        found.append(_section("\n".join(f"• {escape(line)}" for line in said.changes[:8])))
    pairs = [MarkdownTextObject(text=f"*{escape(name)}*\n{escape(value)}", verbatim=True) for name, value in said.details]
    found += [SectionBlock(fields=pairs[n : n + MAX_FIELDS]) for n in range(0, len(pairs), MAX_FIELDS)]
    found += [_section("> " + marked(q) + (f" — {escape(q.outlet)}" if q.outlet else "")) for q in said.quotes[:2]]
    before = len(found)
    found += [_section(_entry(n, said)) for n in range(len(said.entries))]
    if said.more:
        found.append(_context(f"and {said.more} more"))
    foot = _foot(said, feedback_on)
    kept = _bounded(found, foot)
    if len(kept) < len(found) and said.entries:  # one more goes, for the line that counts them
        return blocks(with_entries(said, max(len(kept) - before - 1, 0)), feedback_on)
    return [*kept, *foot]


def _state(said: Message) -> str:
    reasons = f" ({escape(reasons_line(said))})" if said.severity_reasons else ""
    sure = f"{status_mark(said.status)} *{status_word(said.status)}*"
    return f"{sure}   {severity_mark(said.severity)} {said.severity}{reasons}"


def _entry(number: int, said: Message) -> str:
    one = said.entries[number]
    told = f"*{number + 1}.* {escape(one.headline)}\n{escape(one.facts)}"
    return told + (f" · {link(one.link.url, shorten(one.link.outlet, 60))}" if one.link else "")


def _foot(said: Message, feedback_on: str) -> list[Block]:
    """What closes a message and is never cut: outlets, page, buttons."""
    found: list[Block] = []
    if said.links:
        outlets = "  ·  ".join(link(x.url, shorten(x.outlet, 60)) for x in said.links)
        found += [DividerBlock(), _context(f"{counted(said.outlets, 'outlet')}: {outlets}")]
    if said.page_url:
        found.append(_context(link(said.page_url, "Open the event")))
    if feedback_on:
        found.append(_words(feedback_on))
    return found


def _words(alert_id: str) -> ActionsBlock:
    """Two buttons and a menu: four buttons would take two lines on a telephone."""
    buttons = [ButtonElement(text=WORDS[kind], action_id=id_, value=alert_id) for id_, kind in BUTTONS.items()]
    rarer = [Option(text=WORDS[kind], value=f"{kind.value} {alert_id}") for kind in MENU_KINDS]
    return ActionsBlock(elements=[*buttons, OverflowMenuElement(action_id=MENU, options=rarer)])


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
    return "".join(
        f"*{escape(words)}*" if strong and _can_be_bold(words) else escape(words) for words, strong in pieces(q)
    ).replace("\n", " ")


def _can_be_bold(words: str) -> bool:
    return words == words.strip() and not set(words) & set("*_`~\n")


def _bounded(found: list[Block], foot: list[Block]) -> list[Block]:
    """Blocks from the top until all of them together, the foot included, would pass 10,000 characters or 50 blocks."""
    kept: list[Block] = []
    size = sum(_size(block) for block in foot)
    for block in found[: 50 - len(foot)]:
        size += _size(block)
        if size > MAX_TOTAL:
            break
        kept.append(block)
    return kept


def _size(block: Block) -> int:
    return len(json.dumps(block.to_dict(), ensure_ascii=False))

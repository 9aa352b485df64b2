"""The message as plain text: in a few lines, for screen readers, terminals and fallbacks; or whole, for mail."""

from __future__ import annotations

from monitor.changes import status_word
from monitor.notify.message import Message, reasons_line
from monitor.text import counted


def as_text(said: Message) -> str:
    """The whole message as plain text of a few lines, for screen readers, terminals and fallbacks."""
    lines = [said.title, *said.lines]
    if said.status:
        lines.append(_state(said))
    lines += [f"now {line}" for line in said.changes]
    lines += [f"“{q.text}”" + (f" ({q.outlet})" if q.outlet else "") for q in said.quotes[:1]]
    lines += [f"{link.outlet}: {link.url}" for link in said.links[:3]]
    lines += _entries(said)
    return "\n".join(lines + ([said.page_url] if said.page_url else []))


def as_full_text(said: Message) -> str:
    """Everything there is to say, in the order of the design."""
    lines = [said.title, *said.lines]
    if said.status:
        lines.append(_state(said))
    if said.changes:
        lines += ["", "New since the last message:", *(f"- {line}" for line in said.changes)]
    if said.details:
        lines += ["", *(f"{name}: {value}" for name, value in said.details)]
    for quote in said.quotes:
        lines += ["", f"“{quote.text}”" + (f" ({quote.outlet})" if quote.outlet else "")]
    if said.entries:
        lines += ["", *_entries(said)]
    if said.links:
        lines += ["", *(f"{link.outlet}: {link.url}" for link in said.links)]
    return "\n".join(lines + (["", said.page_url] if said.page_url else []))


def _state(said: Message) -> str:
    why = f" ({reasons_line(said)})" if said.severity_reasons else ""
    return f"{status_word(said.status)} · {said.severity}{why} · {counted(said.outlets, 'outlet')}"


def _entries(said: Message) -> list[str]:
    found: list[str] = []
    for number, one in enumerate(said.entries, 1):
        found += [f"{number}. {one.headline} ({one.facts})"] + ([f"   {one.link.outlet}: {one.link.url}"] if one.link else [])
    return found + ([f"and {said.more} more"] if said.more else [])

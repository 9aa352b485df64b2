"""The message as plain text: in a few lines, for screen readers, terminals and fallbacks; or whole, for mail."""

from __future__ import annotations

from monitor.changes import status_word
from monitor.notify.message import Message, reasons_line
from monitor.text import counted


def as_text(message: Message) -> str:
    """The whole message as plain text of a few lines, for screen readers, terminals and fallbacks."""
    lines = [message.title, *message.lines]
    if message.status:
        lines.append(_state(message))
    lines += [f"now {line}" for line in message.changes]
    lines += [f"“{q.text}”" + (f" ({q.outlet})" if q.outlet else "") for q in message.quotes[:1]]
    lines += [f"{link.outlet}: {link.url}" for link in message.links[:3]]
    lines += _entries(message)
    return "\n".join(lines + ([message.page_url] if message.page_url else []))


def as_full_text(message: Message) -> str:
    """Everything there is to say, in the order of the design."""
    lines = [message.title, *message.lines]
    if message.status:
        lines.append(_state(message))
    if message.changes:
        lines += ["", "New since the last message:", *(f"- {line}" for line in message.changes)]
    if message.details:
        lines += ["", *(f"{name}: {value}" for name, value in message.details)]
    for quote in message.quotes:
        lines += ["", f"“{quote.text}”" + (f" ({quote.outlet})" if quote.outlet else "")]
    if message.entries:
        lines += ["", *_entries(message)]
    if message.links:
        lines += ["", *(f"{link.outlet}: {link.url}" for link in message.links)]
    return "\n".join(lines + (["", message.page_url] if message.page_url else []))


def _state(message: Message) -> str:
    why = f" ({reasons_line(message)})" if message.severity_reasons else ""
    return f"{status_word(message.status)} · {message.severity}{why} · {counted(message.outlets, 'outlet')}"


def _entries(message: Message) -> list[str]:
    found: list[str] = []
    for number, one in enumerate(message.entries, 1):
        found += [f"{number}. {one.headline} ({one.facts})"] + ([f"   {one.link.outlet}: {one.link.url}"] if one.link else [])
    return found + ([f"and {message.more} more"] if message.more else [])

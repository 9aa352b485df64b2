"""The message as the HTML of an e-mail: tables and inline styles, which is what mail readers agree on."""

from __future__ import annotations

from html import escape

from monitor.changes import status_word
from monitor.notify.message import (
    SEVERITY_COLOURS,
    Link,
    Message,
    reasons_line,
)
from monitor.notify.quoting import Quote, pieces
from monitor.text import counted, shorten

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_INK, _SOFT, _LINE, _BACK = "#1c2530", "#5a6673", "#e3e7ec", "#f4f6f8"
_STATUS_COLOURS = {"confirmed": "#1b7a43", "reported": "#1565c0", "rumored": "#8a5a00", "denied": "#b3261e"}


def as_html(message: Message) -> str:
    """A whole document. Every word of a feed is escaped; links lead to http and https addresses only."""
    colour = SEVERITY_COLOURS.get(message.severity, "#607d8b")
    parts = [_title(message), *(_paragraph(line) for line in message.lines)]
    parts += [_changes(message), _details(message), *(_quote(q) for q in message.quotes), _entries(message), _links(message)]
    inside = "".join(part for part in parts if part)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(message.title)}</title></head>"
        f'<body style="margin:0;padding:24px 12px;background:{_BACK}">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" '
        f'style="max-width:620px;background:#ffffff;border:1px solid {_LINE};border-left:5px solid {colour};border-radius:6px">'
        f'<tr><td style="padding:24px 28px;{_FONT};font-size:15px;line-height:1.5;color:{_INK}">{inside}</td></tr></table>'
        f'<p style="{_FONT};font-size:12px;color:{_SOFT};margin:14px 0 0">Movewire: who moved and who is building</p>'
        "</td></tr></table></body></html>"
    )


def _title(message: Message) -> str:
    line = f'<h1 style="margin:0 0 10px;font-size:20px;line-height:1.3;font-weight:700">{escape(message.title)}</h1>'
    if not message.status:
        return line
    status = _badge(status_word(message.status), _STATUS_COLOURS.get(message.status, _SOFT))
    severity = _badge(message.severity, SEVERITY_COLOURS.get(message.severity, _SOFT))
    reasons = f'<div style="color:{_SOFT};font-size:13px;margin:6px 0 0">{escape(reasons_line(message))}</div>'
    return f"{line}<div>{status} {severity}</div>" + (reasons if message.severity_reasons else "")


def _badge(words: str, colour: str) -> str:
    return (
        f'<span style="display:inline-block;background:{colour};color:#ffffff;font-size:12px;font-weight:600;'
        f'padding:2px 10px;border-radius:10px">{escape(words)}</span>'
    )


def _paragraph(words: str) -> str:
    return f'<p style="margin:10px 0 0">{escape(words)}</p>'


def _changes(message: Message) -> str:
    if not message.changes:
        return ""
    items = "".join(f'<li style="margin:2px 0">{escape(line)}</li>' for line in message.changes)
    return (
        f'<div style="margin:16px 0 0;padding:10px 14px;background:{_BACK};border-radius:4px">'
        f'<strong>New since the last message</strong><ul style="margin:4px 0 0;padding-left:20px">{items}</ul></div>'
    )


def _details(message: Message) -> str:
    if not message.details:
        return ""
    rows = "".join(
        f'<tr><td style="padding:3px 16px 3px 0;color:{_SOFT};font-size:14px;vertical-align:top;white-space:nowrap">'
        f'{escape(name)}</td><td style="padding:3px 0;font-size:15px">{escape(value)}</td></tr>'
        for name, value in message.details
    )
    return f'<table role="presentation" cellpadding="0" cellspacing="0" style="margin:16px 0 0">{rows}</table>'


def _quote(quote: Quote) -> str:
    marked = "".join(
        f'<strong style="background:#fff3c4;padding:0 1px">{escape(text)}</strong>' if strong else escape(text)
        for text, strong in pieces(quote)
    )
    by = f'<div style="color:{_SOFT};font-size:13px">{escape(quote.outlet)}</div>' if quote.outlet else ""
    return f'<blockquote style="margin:16px 0 0;padding:2px 0 2px 14px;border-left:3px solid {_LINE}">“{marked}”{by}</blockquote>'


def _entries(message: Message) -> str:
    if not message.entries:
        return ""
    rows = "".join(
        f'<tr><td style="padding:9px 0;border-top:1px solid {_LINE}"><strong>{escape(one.headline)}</strong>'
        f'<div style="color:{_SOFT};font-size:13px">{escape(one.facts)}{_source(one.link)}</div></td></tr>'
        for one in message.entries
    )
    more = f'<p style="margin:8px 0 0;color:{_SOFT}">and {message.more} more</p>' if message.more else ""
    return f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:16px 0 0">{rows}</table>{more}'


def _source(link: Link | None) -> str:
    return f" · {_anchor(link.url, link.outlet)}" if link else ""


def _links(message: Message) -> str:
    found = " · ".join(_anchor(x.url, shorten(x.outlet, 60), x.title) for x in message.links)
    lines = [f"{counted(message.outlets, 'outlet')}: {found}"] if found else []
    lines += [_anchor(message.page_url, "Open the event")] if message.page_url else []
    inside = "".join(f'<div style="margin:2px 0">{line}</div>' for line in lines)
    return (
        f'<div style="margin:18px 0 0;padding:12px 0 0;border-top:1px solid {_LINE};font-size:14px">{inside}</div>'
        if lines
        else ""
    )


def _anchor(url: str, words: str, title: str = "") -> str:
    if not url.startswith(("http://", "https://")):
        return escape(words)
    tip = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(url)}"{tip} style="color:#1257a8">{escape(words)}</a>'

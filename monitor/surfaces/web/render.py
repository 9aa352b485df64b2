"""Templates to pages. Everything is escaped; a page says nothing that a template did not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor import __version__
from monitor.changes import change_line, status_word
from monitor.headlines import headline
from monitor.money import dollars, watts
from monitor.notify.message import details
from monitor.surfaces.web.addresses import chips
from monitor.text import minute, shorten

_FOLDER = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    said = (headline, details, change_line, status_word, time, clock, day, date, web, shorten, dollars, watts, query)
    made.filters |= {filter.__name__: filter for filter in said}
    made.globals |= {"version": __version__}
    return made


def time(when: datetime | None) -> str:
    return minute(when) if when else ""


def clock(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%H:%M")


def day(when: datetime) -> str:
    """``Thu 26 Nov 2026``."""
    return when.astimezone(UTC).strftime("%a %-d %b %Y")


def date(when: datetime) -> str:
    """``26 Nov 2026``."""
    return when.astimezone(UTC).strftime("%-d %b %Y")


def web(url: str) -> str:
    """An address that is safe to link to; "" for one that is none (a feed may say ``javascript:``)."""
    return url if url.lower().startswith(("http://", "https://")) else ""


def query(pairs: Mapping[str, str]) -> str:
    """Parameters as a query string, the empty ones left out."""
    return urlencode({name: value for name, value in pairs.items() if value})


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    shown = {"given": {}, "here": request.url.path} | values
    page = environment().get_template(template).render(request=request, **shown)
    return Response(page, status, media_type="text/html; charset=utf-8")


_TROUBLES = {
    400: "Invalid request",
    403: "Not allowed",
    404: "Not found",
    429: "Too many requests",
    503: "Temporarily unavailable",
}


def _page_of(request: Request) -> str:
    """The page whose button was pressed; "" where none was."""
    if request.method != "POST":
        return ""
    _, kind, *rest = request.url.path.split("/")
    return f"/{kind}/{rest[0]}" if kind in ("events", "deliveries") and rest else f"/{kind}"


def trouble(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The page that says what is wrong; of an address that cannot be read each part can be taken off."""
    given = request.query_params.multi_items() if status == 400 and request.method == "GET" else []
    told = {"title": _TROUBLES.get(status, "Something went wrong"), "detail": detail, "back": _page_of(request)}
    page = render(request, "trouble.html", status=status, given=dict(given), chips=chips(request.url.path, given), **told)
    page.headers.update(headers or {})
    return page

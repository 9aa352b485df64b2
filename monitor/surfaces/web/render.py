"""Templates to pages. Everything is escaped; a page says nothing that a template did not."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.notify.headlines import headline
from monitor.notify.message import details

_FOLDER = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"headline": headline, "details": details, "time": time, "web": web}
    return made


def time(when: datetime | None) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if when else ""


def web(url: str) -> str:
    """An address that is safe to link to; "" for one that is none (a feed may say ``javascript:``)."""
    return url if url.lower().startswith(("http://", "https://")) else ""


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    page = environment().get_template(template).render(request=request, **values)
    return Response(page, status, media_type="text/html; charset=utf-8")

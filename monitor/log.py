"""structlog set up once: JSON when not on a terminal, colours on one, secrets redacted. Never pass ``event=``."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_SECRET_KEYS = re.compile(r"(secret|token|password|authorization|api_?key|signing|webhook_?url|cookie)", re.I)
_SECRET_TEXT = re.compile(
    r"(whsec_[A-Za-z0-9+/=_-]+|xox[abeprs]-[A-Za-z0-9-]+|xapp-[A-Za-z0-9-]+|https://hooks\.slack(?:-gov)?\.com/[^\s'\"]+"
    r"|https://(?:[a-z]+\.)?discord(?:app)?\.com/api/webhooks/[^\s'\"]+|(?<=://)[^/@\s:]+:[^/@\s]+(?=@)|Bearer\s+[^\s'\"]+)"
)
_known: set[str] = set()


def hide(secret: str) -> None:
    """From now on ``secret`` is masked wherever it would appear in a log line."""
    if len(secret) >= 6:
        _known.add(secret)


def clean(text: str) -> str:
    """``text`` with every known secret, and everything shaped like one, masked."""
    for secret in _known:
        if secret in text:
            text = text.replace(secret, "…")
    return _SECRET_TEXT.sub("…", text)


def _redact(_: object, __: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
    for key, value in line.items():
        line[key] = "…" if _SECRET_KEYS.search(key) and value else _clean_value(value)
    return line


def _clean_value(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {k: "…" if _SECRET_KEYS.search(str(k)) and v else _clean_value(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean_value(v) for v in value]
    return value if isinstance(value, (int, float, bool, type(None))) else clean(str(value))


def configure(level: str = "info", style: str = "auto") -> None:
    """Send logs to stderr. ``style``: "json", "console", or "auto" (console on a terminal)."""
    console = style == "console" or (style == "auto" and sys.stderr.isatty())
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if console
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _redact,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # looked up at each line: tests and services swap it
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")


def get(**fields: Any) -> Any:
    """A logger bound to ``fields``."""
    return structlog.get_logger(**fields)

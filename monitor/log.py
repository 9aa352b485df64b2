"""structlog set up once: JSON when not on a terminal, colours on one, secrets redacted. Never pass ``event=``.

structlog costs a twentieth of a second of start-up: it is imported with the first line that is to be written.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

_SECRET_KEYS = re.compile(r"(secret|token|password|authorization|api_?key|signing|webhook_?url|cookie)", re.I)
_SECRET_TEXT = re.compile(
    r"(whsec_[A-Za-z0-9+/=_-]+|xox[abeprs]-[A-Za-z0-9-]+|xapp-[A-Za-z0-9-]+|https://hooks\.slack(?:-gov)?\.com/[^\s'\"]+"
    r"|https://(?:[a-z]+\.)?discord(?:app)?\.com/api/webhooks/[^\s'\"]+|(?<=://)(?!USER:PASSWORD@)[^/@\s:]+:[^/@\s]+(?=@)|Bearer\s+[^\s'\"]+)"
)
SHORTEST = 6  # characters of a secret that is masked wherever it stands; shorter ones are words too
LONG = 12  # characters of a part of an address that is taken for a secret
_known: tuple[str, ...] = ()  # the longest first, so that no part of one is left over
_asked: tuple[str, str] | None = None  # level and style that structlog was not told yet


def hide(secret: str) -> None:
    """From now on ``secret`` is masked wherever it would appear, also as addresses and JSON write it."""
    global _known
    forms = {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]} if len(secret) >= SHORTEST else set()
    _known = tuple(sorted({*_known, *forms}, key=len, reverse=True))


def hide_url(url: str) -> None:
    """Mask an address that is a secret, whole and in its parts: login, long parts of the path, the query."""
    hide(url)
    hide_login(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    values = [value for _, value in parse_qsl(parts.query) if len(value) >= LONG]
    segments = [segment for segment in parts.path.split("/") if len(segment) >= LONG]
    for secret in (parts.query, *values, *segments, parts.path if segments else ""):
        hide(secret)


def hide_login(url: str) -> None:
    """Mask the password that an address holds, and no more of it."""
    try:
        password = urlsplit(url).password or ""
    except ValueError:
        return
    hide(password)
    hide(unquote(password))


def clean(text: str) -> str:
    """``text`` with every known secret, and everything shaped like one, masked."""
    for secret in _known:
        if secret in text:
            text = text.replace(secret, "…")
    return _SECRET_TEXT.sub("…", text)


class _Ours(logging.Handler):
    """What libraries log by themselves, in the form of our own lines and cleaned as they are."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            get(part=record.name).log(record.levelno, record.getMessage(), exc_info=record.exc_info)
        except Exception:  # noqa: BLE001 - as every handler: a line that cannot be written must not end who wrote it
            self.handleError(record)


def last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """For ``sys.excepthook``: a fault nobody foresaw is shown whole, without the secrets that its words may hold."""
    sys.stderr.write(clean("".join(traceback.format_exception(kind, error, trace))))


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
    global _asked
    _asked = level, style
    if "structlog" in sys.modules:
        _set_up()
    root = logging.getLogger()
    root.setLevel(max(_number(level), logging.WARNING))
    for handler in [h for h in root.handlers if isinstance(h, _Ours)]:
        root.removeHandler(handler)
    root.addHandler(_Ours())
    # Of a database that is away it says a line a try, several a second; whoever needed the connection says so once, and why.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level.upper()]


class _Logger:
    """structlog's, from the first line on that is not below the level asked for."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self._fields = fields

    def __getattr__(self, name: str) -> Any:
        if _asked is not None and _LEVELS.get(name, logging.CRITICAL) < _number(_asked[0]):
            return _nothing
        import structlog  # noqa: PLC0415 - start-up

        _set_up()
        return getattr(structlog.get_logger(**self._fields), name)


_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}


def _nothing(*_: object, **__: object) -> None:
    """A line below the level."""


def get(**fields: Any) -> Any:
    """A logger bound to ``fields``."""
    return _Logger(fields)


def _set_up() -> None:
    """Tell structlog what ``configure`` was told last."""
    import structlog  # noqa: PLC0415 - start-up

    global _asked
    if _asked is None:
        return
    (level, style), _asked = _asked, None
    console = style == "console" or (style == "auto" and sys.stderr.isatty())
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if console
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _redact,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_number(level)),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # looked up at each line: tests and services swap it
        cache_logger_on_first_use=False,
    )

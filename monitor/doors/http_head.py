"""The head of an HTTP/1.1 answer, read strictly: whatever two readers might read differently is a ``Doubt``. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_STATUS = re.compile(rb"HTTP/1\.([01]) ([1-5]\d\d)(?: [^\r\n\0]*)?")
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a token (RFC 9110, 5.6.2)
_CONTROL = re.compile(rb"[\0-\x08\x0a-\x1f\x7f]")
MOST = 500  # headers of one answer
NO_BODY = frozenset({204, 304})


class Doubt(Exception):
    """An answer that is not written as the standard has it."""


@dataclass(frozen=True, slots=True)
class Head:
    """``length`` bytes of body follow; None: as many as come before the line ends, or chunks where it is ``chunked``."""

    status: int
    headers: Mapping[str, str]  # lower-case names; values of one name joined by commas
    length: int | None
    chunked: bool
    stays: bool  # may the line be used again?


def head_of(raw: bytes) -> Head:
    """Everything up to the empty line, which is left out. Raises Doubt."""
    first, *lines = raw.split(b"\r\n")
    told = _STATUS.fullmatch(first)
    if told is None or len(lines) > MOST:
        raise Doubt("status line")
    headers: dict[str, str] = {}
    for line in lines:
        before, colon, after = line.partition(b":")
        if not colon or not _NAME.fullmatch(before) or _CONTROL.search(after):
            raise Doubt("header")
        name, value = before.decode("ascii").lower(), after.strip(b" \t").decode("utf-8", "surrogateescape")
        if name in ("content-length", "transfer-encoding") and headers.get(name, value) != value:
            raise Doubt("two lengths")
        headers[name] = value if name not in headers or headers[name] == value else f"{headers[name]}, {value}"
    status, latest = int(told[2]), told[1] == b"1"
    chunked, length = _framing(status, headers)
    ends = "close" in headers.get("connection", "").lower() or (length is None and not chunked)
    return Head(status, headers, length, chunked, latest and not ends)


def _framing(status: int, headers: Mapping[str, str]) -> tuple[bool, int | None]:
    if status in NO_BODY or status < 200:
        return False, 0
    coding, length = headers.get("transfer-encoding"), headers.get("content-length")
    if coding is not None:
        if coding.lower() != "chunked" or length is not None:
            raise Doubt("framing")
        return True, None
    if length is None:
        return False, None
    if not (length.isascii() and length.isdigit() and len(length) <= 18):
        raise Doubt("length")
    return False, int(length)

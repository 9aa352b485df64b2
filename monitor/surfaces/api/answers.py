"""Lists as answers: a JSON page with its cursor, or the whole list streamed as CSV or NDJSON."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from pydantic_core import to_json
from typing_extensions import TypedDict

from monitor.query import Page, Pages, every
from monitor.surfaces.api.parameters import Paging
from monitor.surfaces.text import Row, check_fields, csv_cell

T = TypeVar("T")
R = TypeVar("R")
DEFAULT_LIMIT = 50
_AT_ONCE = 200  # rows read, and written, at a time while streaming


class ListOf(TypedDict, Generic[R]):
    """One page. ``next`` goes on from its end, ``next_url`` is the address that does; both null at the end."""

    items: list[R]
    next: str | None
    next_url: str | None


def listing(
    request: Request,
    paging: Paging,
    pages: Pages[T],
    row: Callable[[T], Any],
    shape: Any,
    columns: Sequence[str],
) -> Response:
    """``row`` makes an item's row, of the fields of ``shape``; ``columns`` are a CSV's."""
    return listing_of_rows(request, paging, pages, lambda items: map(row, items), shape, columns)


def listing_of_rows(
    request: Request,
    paging: Paging,
    pages: Pages[T],
    rows: Callable[[Iterable[T]], Iterable[Any]],
    shape: Any,
    columns: Sequence[str],
) -> Response:
    """As ``listing``, with ``rows`` making the rows of many items at once."""
    check_fields(paging.fields, shape.__annotations__)
    if paging.format == "json":
        page = pages(cursor=paging.cursor, limit=paging.limit or DEFAULT_LIMIT)
        return _page(request, page, [_chosen(row, paging.fields) for row in rows(page.items)])
    return streamed(rows(_every(paging, pages)), paging, shape, columns)


def whole(request: Request, paging: Paging, rows: Iterable[Any], shape: Any, columns: Sequence[str]) -> Response:
    """A list that is never long, as one page that is the last."""
    check_fields(paging.fields, shape.__annotations__)
    if paging.format != "json":
        return streamed(rows, paging, shape, columns)
    return _page(request, Page(items=()), [_chosen(row, paging.fields) for row in rows])


def _every(paging: Paging, pages: Pages[T]) -> Iterator[T]:
    """All items from the cursor on; the first are read at once, so that a mistake is an error."""
    first = pages(cursor=paging.cursor, limit=min(paging.limit or _AT_ONCE, _AT_ONCE))
    more = every(pages, cursor=first.next, page=_AT_ONCE) if first.next and first.items else ()
    return islice(chain(first.items, more), paging.limit)


def _chosen(row: Row, fields: Sequence[str]) -> Row:
    return {name: row[name] for name in fields} if fields else row


def _page(request: Request, page: Page[Any], items: list[Row]) -> Response:
    url = _next_url(request, page.next) if page.next else None
    headers = {"link": f'<{url}>; rel="next"'} if url else {}
    return tagged(request, to_json({"items": items, "next": page.next, "next_url": url}), headers)


def _next_url(request: Request, cursor: str) -> str:
    given = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    base = request.app.state.app.settings.server.public_url.rstrip("/")
    return f"{base}{request.url.path}?{urlencode([*given, ('cursor', cursor)])}"


def tagged(
    request: Request, body: bytes, headers: dict[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    """A body with its ETag, or 304 to who has it already."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    told = {**(headers or {}), "etag": etag, "cache-control": "private, no-cache", "vary": "authorization, cookie"}
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if etag in known or known == ["*"]:
        return Response(status_code=304, headers=told)
    return Response(body, headers=told, media_type=media_type)


def answer(request: Request, value: Any, *, status: int = 200) -> Response:
    """One thing as JSON; what was made anew (201) has no ETag to compare."""
    body = to_json(value)
    return tagged(request, body) if request.method == "GET" else Response(body, status, media_type="application/json")


def streamed(rows: Iterable[Row], paging: Paging, shape: Any, columns: Sequence[str]) -> StreamingResponse:
    """Rows as CSV (RFC 4180, safe for spreadsheets) or NDJSON, a few hundred at a time."""
    check_fields(paging.fields, shape.__annotations__)
    every = (_chosen(row, paging.fields) for row in rows)
    if paging.format == "ndjson":
        return StreamingResponse(_joined(to_json(row) + b"\n" for row in every), media_type="application/x-ndjson")
    named = paging.fields or tuple(columns)
    return StreamingResponse(
        _joined(_csv(every, named)),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="movewire.csv"'},
    )


def _csv(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[bytes]:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")

    def written(cells: Iterable[str]) -> bytes:
        line.seek(0)
        line.truncate()
        writer.writerow(cells)
        return line.getvalue().encode()

    yield written(columns)
    for row in rows:
        yield written(csv_cell(row.get(name)) for name in columns)


def _joined(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Fewer and larger pieces: each is a turn of the event loop."""
    while piece := b"".join(islice(parts, _AT_ONCE)):
        yield piece

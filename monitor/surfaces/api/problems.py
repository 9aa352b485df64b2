"""Every error in one shape: problem+json (RFC 9457), with the parameter it is about where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, get_type_hints
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from pydantic import BaseModel
from pydantic_core import to_json
from starlette.exceptions import HTTPException

from monitor import errors, log
from monitor.surfaces.web.render import trouble
from monitor.text import shorten

PAGES = "pages"  # the tag of routes that people look at: who may not see them is led to the form
MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """RFC 9457. ``parameter`` names the parameter or field that is wrong, ``detail`` what would be right."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    parameter: str | None = None


def problem(status: int, detail: str, parameter: str = "", headers: Mapping[str, str] | None = None) -> Response:
    told: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    if parameter:
        told["parameter"] = parameter
    return Response(to_json(told), status, headers, MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route says of its errors in the OpenAPI document."""
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {s: {"description": HTTPStatus(s).phrase, "content": {MEDIA_TYPE: shape}} for s in statuses}


def documented_list(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """``documented`` for a list, which also comes as CSV and NDJSON."""
    text = {"schema": {"type": "string"}}
    return documented(*statuses) | {200: {"content": {"text/csv": text, "application/x-ndjson": text}}}


# The statuses of our own errors, the most particular first.
_STATUSES: tuple[tuple[type[errors.MovewireError], int], ...] = (
    (errors.AmbiguousError, 404),
    (errors.NotFoundError, 404),
    (errors.QueryError, 400),
    (errors.ConflictError, 409),
    (errors.DatabaseBusy, 503),
    (errors.DatabaseAway, 503),
)


def install(api: FastAPI) -> None:
    api.add_exception_handler(errors.MovewireError, _ours)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(Exception, _fault)


def status_of(error: Exception) -> int:
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def _error_answer(
    request: Request, status: int, detail: str, parameter: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """The error as a page for people, as a problem for programs."""
    if _looks(request):
        return trouble(request, status, detail, headers)
    return problem(status, detail, parameter, headers)


async def _ours(request: Request, error: Exception) -> Response:
    status = status_of(error)
    if status == 500:
        log.get(part="api").error("a request failed", path=request.url.path, error=str(error))
        return _error_answer(request, 500, "the database cannot be used; the log says more")
    if status == 503:  # without the error's own words: they say where the database is
        log.get(part="api").warning("a request could not be answered now", path=request.url.path, error=str(error))
        return _error_answer(request, 503, "the database is busy or cannot be reached; ask again", headers={"retry-after": "1"})
    return _error_answer(request, status, str(error), getattr(error, "parameter", ""))


async def _invalid(request: Request, error: Exception) -> Response:
    """The first mistake in a body or a parameter."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    if first["type"] == "json_invalid":
        return problem(400, "the body is no JSON")
    if not where and first["type"] in _NO_OBJECT:
        kind = request.headers.get("content-type", "").partition(";")[0].strip()
        found = f"is sent as {kind}, not as application/json" if kind and not kind.endswith("json") else "is no JSON object"
        return problem(400, f"the body {found}; expected {_body_of(request)}")
    return _error_answer(request, 400, _wrong(request, where, first), where)


def _wrong(request: Request, where: str, error: Mapping[str, Any]) -> str:
    """A mistake in what was sent, with what would be right in our own words where they are there."""
    model, kind = _model_of(request), error["type"]
    if model and kind == "missing":
        return f"{where}: is missing; expected {_body_of(request)}"
    if model and kind == "extra_forbidden":
        return f"{where}: there is no such field; expected {_body_of(request)}"
    field = model.model_fields.get(where) if model else None
    if field and field.description and kind == "string_pattern_mismatch":
        return f"{where}: found {shorten(str(error['input']), 60)!r}; expected {field.description.rstrip('.')}"
    return f"{where}: {error['msg']}" if where else str(error["msg"])


_NO_OBJECT = ("model_attributes_type", "model_type", "dict_type", "missing")  # (missing: there is no body at all)


def _model_of(request: Request) -> type[BaseModel] | None:
    taken = get_type_hints(request.scope["endpoint"]).values()
    return next((kind for kind in taken if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def _body_of(request: Request) -> str:
    """The object a route takes, in words."""
    model = _model_of(request)
    if model is None:
        return "one"
    fields = model.model_fields.items()
    return "one with " + ", ".join(n if field.is_required() else f"{n} (may be left out)" for n, field in fields)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 401 and _is_page(request):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'next': asked})}", 303)
    if error.status_code == 404:  # the router's own word; what is not stored is a NotFoundError
        if _looks(request):
            return trouble(request, 404, f"there is no page {request.url.path}")
        return problem(404, f"there is no {request.url.path} here; /docs tells of every route")
    return _error_answer(request, error.status_code, str(error.detail), headers=_with_head(error.headers))


def _with_head(headers: Mapping[str, str] | None) -> Mapping[str, str] | None:
    """Where GET is allowed, HEAD is: the guard answers it by the same route, which does not know of it."""
    allowed = {name for name in (headers or {}).get("Allow", "").split(", ") if name}
    return {**(headers or {}), "Allow": ", ".join(sorted(allowed | {"HEAD"}))} if "GET" in allowed else headers


def _is_page(request: Request) -> bool:
    return PAGES in getattr(request.scope.get("route"), "tags", ())


def _looks(request: Request) -> bool:
    """Is it somebody at a page, or with a browser at an address that is no program's?"""
    return _is_page(request) or (
        "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(("/api/", "/feeds/"))
    )


async def _fault(request: Request, error: Exception) -> Response:
    """A fault of ours: the log has it whole, the answer nothing of it."""
    log.get(part="api").error("a request failed", path=request.url.path, exc_info=error)
    return _error_answer(request, 500, "something is wrong here; the log says more", headers=HEADERS)


# Sent with every answer. Nothing of another origin is loaded, nothing inline is run, nobody frames us.
HEADERS: dict[str, str] = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

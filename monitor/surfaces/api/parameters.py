"""What a request asks for: the filter language as parameters of addresses, documented from its table, and no parameter else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request
from fastapi.routing import APIRoute

from monitor import query, searches
from monitor.app import App
from monitor.errors import QueryError
from monitor.filtering import BY_NAME, PARAMETERS, Context, Filter, Pair, Parameter, near, parse

Kind = TypeVar("Kind", bound=StrEnum)
_NUMBER = {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,3})?$"}
_DATE = r"[12][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
# A character that is no white space, neither to JSON Schema nor to Python, which counts four separators and NEL as well.
VISIBLE = r"[^\s\x1c-\x1f\x85]"
_TIME = rf"{_DATE}(T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?Z)?"
TIME = {"type": "string", "pattern": rf"^([0-9]{{1,3}}[smhdwy]|today|yesterday|{_TIME})$"}
FORMATS = ("json", "csv", "ndjson")
TRUTH: dict[str, Any] = {"type": "string", "enum": ["true", "false"], "default": "false"}
_LEAST = ("amount", "capacity", "severity")  # also written NAME>=VALUE


def _schema(parameter: Parameter) -> dict[str, Any]:
    if parameter.kind == "least":
        return _NUMBER
    if parameter.kind == "time":
        return TIME
    one: dict[str, Any] = {"type": "string", "enum": list(parameter.values)} if parameter.values else {"type": "string"}
    if not parameter.values:
        one |= {"minLength": 1, "pattern": VISIBLE} if parameter.kind == "name" else {}
    return {"type": "array", "items": one} if parameter.many else one


def parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    """One parameter of an address, as the OpenAPI document has it."""
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


LIMIT = parameter(
    "limit",
    "At most this many items a page; csv and ndjson have no pages and end after this many.",
    {"type": "integer", "minimum": 1, "maximum": query.MAX_LIMIT},
)
FORMAT = parameter(
    "format",
    "json: one page; csv or ndjson: the whole list.",
    {"type": "string", "enum": list(FORMATS), "default": "json"},
)
CURSOR = parameter("cursor", "The `next` of the previous page.", {"type": "string", "minLength": 1})


def fields(*rows: Any) -> dict[str, Any]:
    """The parameter that chooses among the fields of these rows."""
    one = "|".join(dict.fromkeys(name for row in rows for name in row.__annotations__))
    return parameter("fields", "Fields to return, separated by commas.", {"type": "string", "pattern": f"^({one})(,({one}))*$"})


def paged(row: Any) -> list[dict[str, Any]]:
    """The parameters of every list of such rows."""
    return [LIMIT, CURSOR, FORMAT, fields(row)]


def unpaged(row: Any) -> list[dict[str, Any]]:
    """The parameters of a list of such rows that is told whole."""
    return [FORMAT, fields(row)]


def filter_parameters(of: str = "", *, leave: Collection[str] = ()) -> list[dict[str, Any]]:
    """The filter's parameters for the OpenAPI document; ``of`` is the list that is served, ``leave`` what it does not know."""
    known = (p for p in PARAMETERS if p.only in ("", of) and p.name not in leave)
    return [parameter(p.name, p.help, _schema(p)) for p in known]


def documented(of: str, row: Any) -> dict[str, Any]:
    """What a route of a filtered list of such rows adds to the OpenAPI document."""
    return {"parameters": [*filter_parameters(of), *paged(row)]}


def app_of(request: Request) -> App:
    """A dependency: the parts of this process."""
    app: App = request.app.state.app
    return app


def context_of(app: App) -> Context:
    return searches.context(app.store, app.settings, app.names.asked, app.clock())


def one_of(name: str, value: str, kinds: type[Kind]) -> Kind:
    """What the parameter ``name`` says. Raises QueryError where it is none of ``kinds``."""
    try:
        return kinds(value)
    except ValueError:
        raise QueryError.unknown(name, value, kinds) from None


def truth(request: Request, name: str) -> bool:
    """A parameter of ``TRUTH``. Raises QueryError."""
    given = request.query_params.get(name, "false")
    if given not in ("true", "false"):
        raise QueryError(f"{name}: {given!r} is neither true nor false", name)
    return given == "true"


def pairs_of(request: Request) -> list[Pair]:
    """Those parameters of a request that are of the filter language."""
    return [(name, value) for name, value in request.query_params.multi_items() if name.removesuffix(">") in BY_NAME]


def filter_of(request: Request) -> Filter:
    """A dependency: the filter a request says. Raises QueryError, NotFoundError for a saved search."""
    return parse(pairs_of(request), context_of(app_of(request)))


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page, in which form."""

    limit: int | None
    cursor: str | None
    format: str
    fields: tuple[str, ...]


def paging(request: Request) -> Paging:
    """A dependency. Raises QueryError."""
    given = request.query_params
    form, limit, fields = given.get("format", "json"), given.get("limit"), given.get("fields")
    if form not in FORMATS:
        raise QueryError.unknown("format", form, FORMATS)
    chosen = tuple(name.strip() for name in (fields or "").split(",") if name.strip())
    if fields is not None and not chosen:
        raise QueryError("fields: is empty; leave it out, or name fields with commas between them", "fields")
    if given.get("cursor") == "":
        raise QueryError("cursor: is empty; leave it out, or give the next of a page", "cursor")
    return Paging(None if limit is None else _limit(limit), given.get("cursor"), form, chosen)


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and 1 <= int(text) <= query.MAX_LIMIT):
        raise QueryError(f"limit: {text[:20]!r} is not between 1 and {query.MAX_LIMIT}", "limit")
    return int(text)


Asked = Annotated[Filter, Depends(filter_of)]
Paged = Annotated[Paging, Depends(paging)]
TheApp = Annotated[App, Depends(app_of)]


def known_to(document: dict[str, Any], router: APIRouter, prefix: str) -> dict[Any, dict[str, bool]]:
    """By endpoint, the parameters that the OpenAPI document names, and whether one may be given several times; endpoints it does
    not have (pages, callbacks) are left out."""
    found = {}
    for route in router.routes:
        if isinstance(route, APIRoute) and (methods := document["paths"].get(prefix + route.path_format)):
            told = (methods[m.lower()] for m in route.methods or () if m.lower() in methods)
            asked = [p for one in told for p in one.get("parameters", ()) if p["in"] == "query"]
            found[route.endpoint] = {p["name"]: p["schema"]["type"] == "array" or p["name"] == "q" for p in asked}
    return found


def no_unknown(request: Request) -> None:
    """A dependency: the document of the API names every parameter there is, and any other is a mistake."""
    allowed = request.app.state.known.get(request.scope["endpoint"])
    if allowed is None:
        return
    for name in request.query_params:
        plain = name.removesuffix(">")
        if name not in allowed and not (plain in _LEAST and plain in allowed):
            raise QueryError(f"there is no parameter {name!r} here; {near(name, sorted(allowed))}", name)
        if not allowed.get(name, True) and len(several := request.query_params.getlist(name)) > 1:
            raise QueryError.repeated(name, len(several))

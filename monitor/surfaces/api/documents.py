"""The API's own document: ``/openapi.json``, and ``/docs``, which reads it for people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.openapi.utils import get_openapi
from pydantic_core import to_json
from starlette.routing import BaseRoute

from monitor import __version__
from monitor.surfaces.api.answers import tagged
from monitor.surfaces.api.problems import Problem, documented
from monitor.surfaces.web.render import render

TITLE = "Movewire"
DESCRIPTION = "Who moved and who is building: alerts, events, stories, talent flows and buildouts, with their evidence."


def describe(routes: Sequence[BaseRoute], *, closed: bool, watchlists: Sequence[str]) -> dict[str, Any]:
    """The OpenAPI document of ``routes``: FastAPI's, with our one shape of errors, with the token where the API is ``closed``
    without one, else with the names of the ``watchlists``: anybody may read the document, and who is watched is not for anybody.
    """
    document = get_openapi(title=TITLE, version=__version__, description=DESCRIPTION, routes=routes)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):  # FastAPI's shape, which we never answer with
        schemas.pop(name, None)
    schemas["Problem"] = Problem.model_json_schema()
    if closed:
        document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"token": []}]
    for name, schema in schemas.items():
        if name.endswith("Row"):  # the parameter fields may leave any of them out
            schema.pop("required", None)
    everywhere = {str(status): one for status, one in documented(*((401, 429) if closed else (429,))).items()}
    for operation in (operation for methods in document["paths"].values() for operation in methods.values()):
        if "parameters" in operation:
            operation["parameters"] = _ours(operation["parameters"], watchlists, closed=closed)
        operation["responses"].pop("422", None)
        operation["responses"] |= everywhere
    return document


_IN_PATHS = {"id": "An id, or its beginning.", "name": "Its name."}


def _ours(parameters: list[dict[str, Any]], watchlists: Sequence[str], *, closed: bool) -> list[dict[str, Any]]:
    """The parameters, with the names there are of what the configuration names, unless it is ``closed``; without what it has none
    of. What stands in the path says what it is."""
    named = {} if closed else {"schema": {"type": "array", "items": {"type": "string", "enum": list(watchlists)}}}
    kept = (one for one in parameters if watchlists or one["name"] != "watchlist")
    told = ({"description": _IN_PATHS[one["name"]]} | one if one["in"] == "path" else one for one in kept)
    return [one | named if one["name"] == "watchlist" else one for one in told]


router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    return tagged(request, to_json(request.app.openapi()))


@router.get("/docs")
def docs(request: Request) -> Response:
    document = request.app.openapi()
    return render(request, "docs.html", document=document, body=partial(_body, document), closed="security" in document)


def _body(document: dict[str, Any], operation: dict[str, Any]) -> list[tuple[str, dict[str, Any], bool]]:
    """The fields of what an operation is sent: name, schema, and whether it must be there; none where it is sent nothing."""
    if "requestBody" not in operation:
        return []
    _, _, name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")
    schema = document["components"]["schemas"][name]
    return [(field, shape, field in schema.get("required", ())) for field, shape in schema["properties"].items()]

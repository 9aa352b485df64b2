"""The API's own document: ``/openapi.json``, and ``/docs``, which reads it for people."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from pydantic_core import to_json

from monitor.surfaces.api.answers import tagged
from monitor.surfaces.api.problems import Problem, documented
from monitor.surfaces.web.render import render


def describe(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI document: FastAPI's, with our one shape of errors, and the token where one is needed."""
    if api.openapi_schema is not None:
        return api.openapi_schema
    document = get_openapi(title=api.title, version=api.version, description=api.description, routes=api.routes)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):  # FastAPI's shape, which we never answer with
        schemas.pop(name, None)
    schemas["Problem"] = Problem.model_json_schema()
    closed = api.state.gate.closed
    if closed:
        document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"token": []}]
    for name, schema in schemas.items():
        if name.endswith("Row"):  # the parameter fields may leave any of them out
            schema.pop("required", None)
    watchlists = sorted(api.state.app.settings.watchlists)
    everywhere = {str(status): one for status, one in documented(*((401, 429) if closed else (429,))).items()}
    for operation in (operation for methods in document["paths"].values() for operation in methods.values()):
        if "parameters" in operation:
            operation["parameters"] = _ours(operation["parameters"], watchlists)
        operation["responses"].pop("422", None)
        operation["responses"] |= everywhere
    api.openapi_schema = document
    return document


_IN_PATHS = {"id": "Its id, or the beginning of it.", "name": "Its name."}


def _ours(parameters: list[dict[str, Any]], watchlists: list[str]) -> list[dict[str, Any]]:
    """The parameters, with the names there are of what the configuration names; without what it has none of. What stands in the
    path says what it is."""
    named = {"schema": {"type": "array", "items": {"type": "string", "enum": watchlists}}}
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

"""pydantic's complaints in the words of the person who has to mend the file."""

from __future__ import annotations

import json
from typing import Any, get_args, get_origin

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from monitor.settings.base import HOST_AND_PORT
from monitor.settings.environment import near
from monitor.settings.origin import Origin, Path_

# What would be right, by pydantic's error type, with what pydantic says of the bound.
_EXPECTED = {
    "missing": "expected this key to be given",
    "int_parsing": "expected a whole number",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_parsing": "expected a number",
    "float_type": "expected a number",
    "bool_parsing": "expected true or false",
    "bool_type": "expected true or false",
    "string_type": "expected text",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "dict_type": "expected keys and values",
    "model_type": "expected keys and values",
    "model_attributes_type": "expected keys and values",
    "greater_than": "expected more than {gt:g}",
    "greater_than_equal": "expected at least {ge:g}",
    "less_than_equal": "expected at most {le:g}",
    "enum": "expected one of {expected}",
    "literal_error": "expected one of {expected}",
    "too_short": "expected at least {min_length} item",
    "string_too_short": "expected some text",
    "string_pattern_mismatch": "expected an http or https address",  # the only other pattern is that of HOST_AND_PORT
    "ip_v4_network": "expected a network such as 127.0.0.0/8 or fd00::/8",
    "ip_v6_network": "expected a network such as 127.0.0.0/8 or fd00::/8",
}
_LISTENING = "expected an address and a port, such as 127.0.0.1:8080"


def explain(error: ValidationError, model: type[BaseModel], origin: Origin) -> list[str]:
    """One line a mistake: ``file:line: key: found …; expected …``."""
    lines: dict[Path_, str] = {}
    for detail in error.errors():
        path = _clean(detail["loc"], model)
        lines.setdefault(path, origin.problem(path, _words(detail, path, model)))
    return list(lines.values())


def in_short(error: ValidationError) -> str:
    """All of it in one line, where no file is to be named."""
    return "; ".join(f"{'.'.join(map(str, e['loc'][:1]))}: {e['msg']}" for e in error.errors())


def _clean(loc: tuple[str | int, ...], model: type[BaseModel]) -> Path_:
    """A location without the names pydantic adds for the branches of a union (``IPv4Network`` …). They stand below what holds
    nothing; whatever stands below a section, a mapping or a list is a person's key, however it is written."""
    kind: Any = model
    for depth, part in enumerate(loc):
        kind = _plain(kind)
        if part == "[key]" or not (_is_section(kind) or get_origin(kind) in (dict, list, tuple)):
            return loc[:depth]
        kind = _below(kind, part)
    return loc


def _words(detail: ErrorDetails, path: Path_, model: type[BaseModel]) -> str:
    kind, context = detail["type"], detail.get("ctx") or {}
    if kind == "extra_forbidden":
        return _unknown_key(path, model)
    if kind == "missing":
        return "is not given; expected a value"
    secret = detail["input"] is not None and _secret(path, model)
    found = "found … (not shown: it may be secret)" if secret else f"found {_shown(detail['input'])}"
    if kind in ("value_error", "assertion_error"):
        return f"{found}; {detail['msg'].removeprefix('Value error, ')}"
    if HOST_AND_PORT in context.get("pattern", "") or (kind == "string_type" and path[-1:] == ("listen",)):
        return f"{found}; {_LISTENING}"  # (of the wrong type: 8080 alone, which YAML reads as a number)
    expected = _EXPECTED.get(kind)
    return f"{found}; " + (expected.format_map(context) if expected else f"expected otherwise ({detail['msg']})")


def _secret(path: Path_, model: type[BaseModel]) -> bool:
    """Does a secret stand at ``path``, right or wrong? The schema says: it is a SecretStr, several, or a section with one."""
    kind: Any = model
    for part in path:
        if _of_secrets(kind):
            return True
        kind = _below(kind, part)
    return _of_secrets(kind) or (_is_section(kind) and any(_of_secrets(f.annotation) for f in kind.model_fields.values()))


def _of_secrets(kind: Any) -> bool:
    return kind is SecretStr or any(map(_of_secrets, get_args(kind)))


def _unknown_key(path: Path_, model: type[BaseModel]) -> str:
    return f"found a key that does not exist; expected {near(str(path[-1]), fields_at(model, path[:-1]))}"


def fields_at(model: type[BaseModel], path: Path_) -> list[str]:
    """The keys that may stand at ``path`` below ``model``."""
    current: Any = model
    for part in path:
        current = _below(current, part)
    while get_args(current) and not _is_section(current):
        current = next((a for a in get_args(current) if a not in (type(None), Ellipsis)), None)
    if _is_section(current):
        return [f.alias or n for n, f in current.model_fields.items()]
    return []


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _plain(kind: Any) -> Any:
    """A type without its annotations, and without the none it may be."""
    while type(None) in get_args(kind) or hasattr(kind, "__metadata__"):
        kind = next(a for a in get_args(kind) if a is not type(None))
    return kind


def _below(kind: Any, part: str | int) -> Any:
    """The type of what stands at ``part`` in a ``kind``; None where nothing can."""
    kind = _plain(kind)
    if _is_section(kind):
        name = next((n for n, f in kind.model_fields.items() if part in (n, f.alias)), None)
        return kind.model_fields[name].annotation if name else None
    return next((a for a in reversed(get_args(kind)) if a is not Ellipsis), None)  # of a list or mapping


def _shown(value: Any) -> str:
    """What was found, short; what is a secret by its type or its shape is not repeated."""
    if isinstance(value, SecretStr):
        return "a secret"
    if isinstance(value, str) and (value.startswith(("whsec_", "xox", "https://hooks.")) or len(value) > 120):
        return "…"
    if isinstance(value, (dict, list)):
        words = "keys and values" if isinstance(value, dict) else "a list"
        return words if value else f"{words} with nothing in it"
    return json.dumps(value, default=str, ensure_ascii=False)

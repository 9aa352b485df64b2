"""Routes in a file of their own, beside the configuration file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.settings.base import Section
from monitor.settings.explain import explain
from monitor.settings.origin import Origin, Path_
from monitor.settings.schema import Settings
from monitor.settings.yaml_lines import Files, Source, read_yaml


class RoutesFile(Section):
    """What stands in it. The routes themselves are held against their form where all routes are."""

    routes: Any = ()


@dataclass(frozen=True, slots=True)
class Routed:
    """``data`` has the key ``routes`` where the file has it; ``places`` say where each stands."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path_, str] = field(default_factory=dict)


def read(main: Source, named: object, environ: Mapping[str, str], problems: list[str], files: Files) -> Routed:
    """The routes of the file that ``routes_file`` names, relative to ``main``. There is no shipped one.

    What is wrong with it goes to ``problems``, and so do routes that stand in both files.
    """
    default, origin = Settings.model_fields["routes_file"].default, Origin(main.name, main.places())
    name = named if isinstance(named, str) else default  # what is no text is complained of with all options
    path = Path(main.name).parent / name
    if not files.there(path):
        if name != default:
            problems.append(origin.problem(("routes_file",), f"found {name!r}, which is not there; expected a file"))
        return Routed()
    if "routes" in main.data:
        problems.append(origin.problem(("routes",), f"found routes here and in {path}; expected them in one of the two"))
        return Routed()
    source = read_yaml(path, environ, such_as="routes", files=files)
    problems += source.problems
    try:
        RoutesFile.model_validate(source.data)
    except ValidationError as error:
        problems += explain(error, RoutesFile, Origin(source.name, source.places()))
    places = {at: place for at, place in source.places().items() if at[:1] == ("routes",)}
    return Routed({"routes": source.data["routes"]} if "routes" in source.data else {}, places)

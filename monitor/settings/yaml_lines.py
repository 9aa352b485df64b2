"""YAML read with the line of every key, duplicates and alias bombs refused. The safe loader only."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monitor.errors import SettingsError

Path_ = tuple[str | int, ...]
_VARIABLE = re.compile(r"\$\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)\}")
MAX_NODES = 200_000  # aliases make a small file large: count what they unfold to


@dataclass
class Source:
    """A file read: its data, and where each key stands. ``problems`` collects what is wrong on the way."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def where(self, path: Path_) -> str:
        """``file:line`` of ``path``, or of the nearest key above it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return f"{self.name}:{self.lines[path[:end]]}"
        return self.name


class _Builder:
    def __init__(self, source: Source, environ: Mapping[str, str]) -> None:
        self.source, self.environ, self.nodes = source, environ, 0
        self.loader = yaml.SafeLoader("")

    def value(self, node: yaml.Node, path: Path_) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise SettingsError([f"{self.source.name}: more than {MAX_NODES} values; aliases unfold without end"])
        self.source.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, n)) for n, child in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self.scalar(node, path)

    def mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in found:
                first = self.source.lines[(*path, key)]
                self.source.problems.append(
                    f"{self.source.name}:{line}: {dotted((*path, key))}: found the key twice (first in line {first}); "
                    "expected it once"
                )
            self.source.lines[(*path, key)] = line
            found[key] = self.value(value_node, (*path, key))
        return found

    def scalar(self, node: yaml.ScalarNode, path: Path_) -> Any:
        if "${" in node.value:
            return self.expanded(node, path)
        try:
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            self.source.problems.append(f"{self.source.where(path)}: {dotted(path)}: found {node.value!r}; {error}")
            return None

    def expanded(self, node: yaml.ScalarNode, path: Path_) -> str:
        def look_up(match: re.Match[str]) -> str:
            name = match["name"]
            if name not in self.environ:
                self.source.problems.append(
                    f"{self.source.where(path)}: {dotted(path)}: found ${{{name}}}, but the environment variable {name} is not "
                    "set; expected it to be set, or the value itself here"
                )
            return self.environ.get(name, "")

        return _VARIABLE.sub(look_up, node.value)


def dotted(path: Path_) -> str:
    """``("routes", 0, "match")`` as ``routes[0].match``."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".") or "the file"


def read_yaml(path: Path, environ: Mapping[str, str] | None = None) -> Source:
    """Read ``path``. Raises SettingsError where it cannot be read or is no YAML mapping; lesser problems are collected."""
    source = Source(name=str(path))
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError([f"{path}: cannot be read ({error.strerror}); expected a YAML file"]) from None
    except UnicodeDecodeError:
        raise SettingsError([f"{path}: is not UTF-8 text; expected a YAML file"]) from None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f":{mark.line + 1}" if mark else ""
        raise SettingsError(
            [f"{path}{line}: found {error.problem or 'something that is no YAML'}; expected valid YAML"]
        ) from None
    except yaml.YAMLError as error:
        raise SettingsError([f"{path}: {error}; expected valid YAML"]) from None
    if node is None:
        return source
    if not isinstance(node, yaml.MappingNode):
        raise SettingsError([f"{path}:1: found no keys; expected a mapping such as `polling:`"])
    source.data = _Builder(source, os.environ if environ is None else environ).value(node, ())
    return source

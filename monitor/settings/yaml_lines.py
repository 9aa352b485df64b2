"""YAML read with the line of every key; duplicates, alias bombs and tags refused. The safe loader only."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monitor.settings.origin import Path_, dotted

_VARIABLE = re.compile(r"\$\{(?P<name>[^}]*)\}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# libyaml's form of the safe loader is ten times faster; where PyYAML was built without it, its own does.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
MAX_VALUES = 200_000  # aliases make a small file large: count what they unfold to
MAX_DEPTH = 40


@dataclass
class Source:
    """A file read: its data, and where each key stands. ``problems`` collects what is wrong on the way.

    ``broken``: it could not be read at all, so that what is missing from ``data`` means nothing.
    """

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unset: set[Path_] = field(default_factory=set)  # where a variable stands that was complained of
    broken: bool = False

    def places(self) -> dict[Path_, str]:
        return {path: f"{self.name}:{line}" for path, line in self.lines.items()}

    def wrong(self, line: int, path: Path_, words: str) -> None:
        self.problems.append(f"{self.name}:{line}: {dotted(path)}: {words}")

    def failed(self, line: int | None, words: str) -> Source:
        place = self.name if line is None else f"{self.name}:{line}"
        return Source(name=self.name, problems=[*self.problems, f"{place}: {words}"], broken=True)


@dataclass(frozen=True)
class Files:
    """The files of a configuration as they are on disk, but for what is about to be written: ``instead``, text by path."""

    instead: Mapping[Path, str] = field(default_factory=dict)

    def there(self, path: Path) -> bool:
        return path in self.instead or path.is_file()

    def text(self, path: Path) -> str:
        """Raises OSError, UnicodeDecodeError."""
        return self.instead[path] if path in self.instead else path.read_text(encoding="utf-8")


ON_DISK = Files()


class _TooMuch(Exception):
    """The file unfolds to more than a configuration can be. The arguments are line and words."""


class _Builder:
    def __init__(self, source: Source, environ: Mapping[str, str]) -> None:
        self.source, self.environ, self.values = source, environ, 0
        self.loader = yaml.SafeLoader("")

    def value(self, node: yaml.Node, path: Path_) -> Any:
        self.values += 1
        line = node.start_mark.line + 1
        if self.values > MAX_VALUES:
            raise _TooMuch(line, f"found more than {MAX_VALUES} values; expected aliases that do not unfold without end")
        if len(path) > MAX_DEPTH:
            raise _TooMuch(line, f"found more than {MAX_DEPTH} levels; expected an alias that does not hold itself")
        self.source.lines.setdefault(path, line)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, path)
        kind = "map" if isinstance(node, yaml.MappingNode) else "seq"
        if node.tag != _TAG + kind:
            self.source.wrong(line, path, f"found the tag {node.tag!r}; expected a value without one")
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        assert isinstance(node, yaml.SequenceNode)
        return [self.value(child, (*path, n)) for n, child in enumerate(node.value)]

    def mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if key_node.tag == _TAG + "merge":
                merged = self.merged(value_node, path, line) | merged
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                self.source.wrong(line, path, "found a key that is a list or a mapping; expected a word")
                continue
            key = str(key_node.value)
            if key in found:
                first = self.source.lines[(*path, key)]
                self.source.wrong(line, (*path, key), f"found the key twice (first in line {first}); expected it once")
                continue
            self.source.lines[(*path, key)] = line
            found[key] = self.value(value_node, (*path, key))
        return merged | found

    def merged(self, node: yaml.Node, path: Path_, line: int) -> dict[str, Any]:
        """What ``<<: *base`` brings in; of several, the first wins."""
        if isinstance(node, yaml.MappingNode):
            return self.mapping_below(node, path)
        if isinstance(node, yaml.SequenceNode) and all(isinstance(n, yaml.MappingNode) for n in node.value):
            found: dict[str, Any] = {}
            for child in node.value:
                found = self.mapping_below(child, path) | found
            return found
        self.source.wrong(line, path, "found << before something that is no mapping; expected an alias such as *base")
        return {}

    def mapping_below(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        known = dict(self.source.lines)
        value = self.value(node, path)
        self.source.lines |= known  # a key's own line goes before the line it has in the base
        assert isinstance(value, dict)
        return value

    def scalar(self, node: yaml.ScalarNode, path: Path_) -> Any:
        if "\0" in node.value:  # no path, address or header holds one, and no name in a database
            wrong = "found a NUL character; expected text without one"  # the text may be a secret
            self.source.wrong(node.start_mark.line + 1, path, wrong)
            return node.value.replace("\0", "")
        if "${" in node.value:
            return self.expanded(node, path)
        if node.tag == _TAG + "str":
            return node.value
        try:
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            reason = getattr(error, "problem", None) or str(error)
            self.source.wrong(node.start_mark.line + 1, path, f"found {node.value!r}, {reason}; expected a plain value")
            return None

    def expanded(self, node: yaml.ScalarNode, path: Path_) -> str:
        def look_up(match: re.Match[str]) -> str:
            name, line = match["name"], node.start_mark.line + 1
            if name not in self.environ:
                self.source.unset.add(path)
            if not _NAME.fullmatch(name):
                self.source.wrong(
                    line, path, f"found ${{{name}}}; expected the name of an environment variable, as in ${{TOKEN}}"
                )
            elif name not in self.environ:
                words = f"found ${{{name}}}, but the environment variable {name} is not set; expected it to be set"
                self.source.wrong(line, path, words)
            return self.environ.get(name, "")

        text = _VARIABLE.sub(look_up, node.value)
        if not text.strip() and path[:1] == ("channels",) and path not in self.source.unset:  # no address or secret is nothing
            self.source.unset.add(path)
            words = f"found {node.value}, which is empty in the environment; expected it to be set"
            self.source.wrong(node.start_mark.line + 1, path, words)
        return text


def read_yaml(
    path: Path, environ: Mapping[str, str] | None = None, *, such_as: str = "polling", files: Files = ON_DISK
) -> Source:
    """Read ``path``. Raises nothing: what is wrong stands in ``problems``, one line a mistake. ``such_as``: a key it may hold."""
    source = Source(name=str(path))
    try:
        text = files.text(path)
    except OSError as error:
        return source.failed(None, f"cannot be read ({error.strerror}); expected a YAML file")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return source.failed(line, "found bytes that are not UTF-8; expected a YAML file in UTF-8")
    try:
        _bound_depth(text)
        node = yaml.compose(text, Loader=_Loader)
        if node is None:
            return source
        if not isinstance(node, yaml.MappingNode):
            return source.failed(node.start_mark.line + 1, f"found no keys; expected keys and values, such as {such_as}:")
        source.data = _Builder(source, os.environ if environ is None else environ).value(node, ())
    except _TooMuch as error:
        return source.failed(error.args[0], error.args[1])
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        words = ", ".join(part for part in (_while(error), error.problem) if part)
        expected = _instead(text, mark.line if mark else -1)
        return source.failed(mark.line + 1 if mark else None, f"found what is no YAML ({words}); expected {expected}")
    except yaml.YAMLError as error:
        return source.failed(None, f"found what is no YAML ({' '.join(str(error).split())}); expected valid YAML")
    return source


def _while(error: yaml.MarkedYAMLError) -> str:
    """What YAML was at. Of a quote that is not closed the line where it begins is what helps: YAML gives up at the file's end."""
    begun, ended = error.context_mark, error.problem_mark
    since = f" that begins in line {begun.line + 1}" if begun and ended and begun.line < ended.line else ""
    return f"{error.context}{since}" if error.context else ""


def _instead(text: str, line: int) -> str:
    """What would be right in the line (from 0) where YAML gave up; its words are not repeated, which may be a secret's."""
    written = dict(enumerate(text.splitlines())).get(line, "")
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return "spaces where a tab stands"
    bare = _QUOTED.sub("", written)
    if "${" in bare and "{" in bare.partition("${")[0]:
        return 'quotes round a variable within braces, as in {url: "${NAME}"}'
    return "valid YAML"


def _bound_depth(text: str) -> None:
    """Composing recurses, in C too: what is nested without end is refused before, on the flat stream of events."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _TooMuch(
                    event.start_mark.line + 1 if event.start_mark else None, f"found more than {MAX_DEPTH} levels; expected fewer"
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1

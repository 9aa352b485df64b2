"""A YAML file changed in its text: every character stays but those of what is changed, comments too. Pure.

A change is a splice at the marks of the parsed document. What comes out is parsed again and must hold exactly what was meant:
a form that cannot be changed so (an alias, a tab, a key in an odd place) is refused, and left to its author's hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from monitor.settings.origin import Path_, dotted

_WIDTH = 120  # characters of a line, after which a list in brackets goes on in the next
_STEP = 2  # columns a level
_Texts: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DASH = re.compile(r"^ *(-)(?=\s|$)", re.M)


class NotChangeable(ValueError):
    """What stands at ``path`` has a form that is changed by hand only."""

    def __init__(self, path: Path_) -> None:
        super().__init__(f"{dotted(path)}: found a form that no command can change; expected it to be changed by hand")


def data(text: str) -> Any:
    """What the text holds, each value as the text it is written in, aliases unfolded; {} where there is nothing."""
    return _apart(yaml.load(text, Loader=_Texts)) or {}  # noqa: S506 - it makes texts, lists and mappings only


def _apart(value: Any) -> Any:
    """The same, with nothing in two places, so that a change of one is none of the other."""
    if isinstance(value, dict):
        return {key: _apart(one) for key, one in value.items()}
    return [_apart(one) for one in value] if isinstance(value, list) else value


def put(text: str, path: Path_, value: Any) -> str:
    """``value`` at ``path``, in place of a single or empty value there, or as a new key behind those around it. Raises
    NotChangeable."""

    def changed(found: Any) -> None:
        around = found
        for part in path[:-1]:
            around = around[part] if isinstance(part, int) else around.setdefault(part, {})
        around[path[-1]] = _as_written(value)

    return _sure(text, _put(text, path, value), changed, path)


def insert(text: str, path: Path_, value: Any, n: int | None = None) -> str:
    """``value`` as item ``n`` of the list at ``path``, or behind the last one; the list is made where there is none or an empty
    one. Raises NotChangeable."""
    there = _under(data(text), path)
    if not there:
        return put(text, path, [value])
    at = len(there) if n is None else n
    return _sure(text, _insert(text, path, at, value), lambda found: _under(found, path).insert(at, _as_written(value)), path)


def drop(text: str, path: Path_) -> str:
    """Without the key or item at ``path``. Comments above and below it stay. Raises NotChangeable."""

    def changed(found: Any) -> None:
        del _under(found, path[:-1])[path[-1]]

    return _sure(text, _drop(text, path), changed, path)


def _under(found: Any, path: Path_) -> Any:
    """The value at ``path`` in what ``data`` gives; None where there is none."""
    for part in path:
        if isinstance(part, str):
            found = found.get(part) if isinstance(found, dict) else None
        else:
            found = found[part] if isinstance(found, list) and part < len(found) else None
    return found


def _sure(text: str, after: str, change: Callable[[Any], None], path: Path_) -> str:
    """``after``, where it holds what ``text`` does but for ``change``. Raises NotChangeable."""
    meant = data(text)
    change(meant)
    try:
        right = data(after) == meant
    except yaml.YAMLError:
        right = False
    if not right:
        raise NotChangeable(path)
    return after


def _as_written(value: Any) -> Any:
    return data(f"- {_flow(value)}")[0]


def _flow(value: Any) -> str:
    """In one line, in brackets and braces where it is a list or a mapping."""
    whole = yaml.safe_dump([value], default_flow_style=True, width=float("inf"), allow_unicode=True, sort_keys=False)
    return whole.strip()[1:-1]


def _block(value: Any, column: int, nl: str) -> str:
    """What follows the colon of a key that stands at ``column``: mappings, and lists of them, a line a key; the rest in one."""
    inner = column + _STEP
    if isinstance(value, dict) and value:
        return nl + nl.join(" " * inner + line for line in _lines(value, inner, nl))
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "".join(f"{nl}{_item(one, inner, nl)}" for one in value)
    return f" {_flow(value)}"


def _item(value: Any, column: int, nl: str) -> str:
    """An item of a list whose dashes stand at ``column``."""
    if not isinstance(value, dict):
        return f"{' ' * column}- {_flow(value)}"
    return f"{' ' * column}- " + f"{nl}{' ' * (column + _STEP)}".join(_lines(value, column + _STEP, nl))


def _lines(value: dict[str, Any], column: int, nl: str) -> list[str]:
    return [f"{_flow(key)}:{_block(one, column, nl)}" for key, one in value.items()]


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _find(text: str, path: Path_) -> tuple[yaml.Node | None, yaml.Node | None]:
    """The key (None: of an item, or of the whole) and the value at ``path``; no value where there is none."""
    key, node = None, yaml.compose(text, Loader=yaml.SafeLoader)
    for part in path:
        key, below = None, None
        if isinstance(node, yaml.MappingNode):
            key, below = next(((k, v) for k, v in node.value if k.value == part), (None, None))
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            below = node.value[part]
        node = below
    return key, node


def _end(node: yaml.Node, text: str) -> int:
    """Where the last character of a value stands, and one on. (The mark of what is written in lines is that of what follows.)"""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, text)
    end: int = node.end_mark.index
    return len(text[:end].rstrip()) if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") else end


def _below(text: str, at: int, column: int) -> tuple[int, str]:
    """Where a line can be put in below the one of ``at``, and what must stand before it: behind comments that stand further in
    than ``column``, which belong to what they follow."""
    end = text.find("\n", at) + 1
    if not end:
        return len(text), _newline(text)
    while (comment := re.compile(r"( *)#[^\n]*(\n|$)").match(text, end)) and len(comment[1]) > column:
        end = comment.end()
    return end, "" if text[end - 1] == "\n" else _newline(text)


def _added(text: str, at: int, column: int, lines: str) -> str:
    """``text`` with new ``lines`` below the one of ``at``."""
    place, before = _below(text, at, column)
    return f"{text[:place]}{before}{lines}{_newline(text)}{text[place:]}"


def _put(text: str, path: Path_, value: Any) -> str:
    key, old = _find(text, path)
    if old is not None:
        return _replaced(text, path, key, old, value)
    _, around = _find(text, path[:-1])
    if len(path) > 1 and (around is None or not around.value):
        return _put(text, path[:-1], {path[-1]: value})
    new, nl = _flow(path[-1]), _newline(text)
    if around is None:  # there is nothing yet but comments
        before = "" if not text or text.endswith("\n") else nl
        return f"{text}{before}{new}:{_block(value, 0, nl)}{nl}"
    if not isinstance(around, yaml.MappingNode):
        raise NotChangeable(path)
    if around.flow_style:
        return _into_brackets(text, around, f"{new}: {_flow(value)}")
    column = around.start_mark.column
    return _added(text, _end(around, text), column, f"{' ' * column}{new}:{_block(value, column, nl)}")


def _replaced(text: str, path: Path_, key: yaml.Node | None, old: yaml.Node, value: Any) -> str:
    end = _end(old, text)
    if isinstance(old, yaml.ScalarNode) or key is None:
        return text[: old.start_mark.index] + _flow(value) + text[end:]
    if old.value:
        raise NotChangeable(path)
    colon, column, nl = text.index(":", key.end_mark.index) + 1, key.start_mark.column, _newline(text)
    new = _block(value, column, nl)
    if not new.startswith(nl):
        return text[:colon] + new + text[end:]
    return _added(text[:colon] + text[end:], colon, column, new.removeprefix(nl))


def _into_brackets(text: str, around: yaml.CollectionNode, new: str) -> str:
    """``new`` behind the last of a list or mapping in brackets; in a line of its own where the last one's is full."""
    if not around.value:
        begin = around.start_mark.index + 1
        return text[:begin] + new + text[begin:]
    last, first = around.value[-1], around.value[0]
    end = _end(last[1] if isinstance(last, tuple) else last, text)
    start = (first[0] if isinstance(first, tuple) else first).start_mark
    full = end - (text.rfind("\n", 0, end) + 1) + len(new) + 3 > _WIDTH
    between = f",{_newline(text)}{' ' * start.column}" if full else ", "
    return text[:end] + between + new + text[end:]


def _insert(text: str, path: Path_, n: int, value: Any) -> str:
    _, found = _find(text, path)
    if not isinstance(found, yaml.SequenceNode):
        raise NotChangeable(path)
    if found.flow_style and n < len(found.value):
        begin = found.value[n].start_mark.index
        return f"{text[:begin]}{_flow(value)}, {text[begin:]}"
    if found.flow_style:
        return _into_brackets(text, found, _flow(value))
    column, last = found.start_mark.column, found.value[-1]
    in_braces = isinstance(last, yaml.MappingNode) and last.flow_style
    new = f"{' ' * column}- {_flow(value)}" if in_braces else _item(value, column, _newline(text))
    if n >= len(found.value):
        return _added(text, _end(found, text), column, new)
    begin = _above(text, _line_of(text, _dash(text, (*path, n), found, n)), column)
    return f"{text[:begin]}{new}{_newline(text)}{text[begin:]}"


def _dash(text: str, path: Path_, found: yaml.SequenceNode, n: int) -> int:
    """Where the dash of item ``n`` stands."""
    begin = _end(found.value[n - 1], text) if n else _line_of(text, found.start_mark.index)
    dashes = list(_DASH.finditer(text, begin, found.value[n].start_mark.index))
    if not dashes:
        raise NotChangeable(path)
    return dashes[-1].start(1)


def _line_of(text: str, at: int) -> int:
    """Where the line of ``at`` begins."""
    return text.rfind("\n", 0, at) + 1


def _above(text: str, line: int, column: int) -> int:
    """Where the comments right above a line begin that stand at its column: they belong to it."""
    while line:
        before = _line_of(text, line - 1)
        if not re.match(rf" {{{column}}}#", text[before:line]):
            break
        line = before
    return line


def _drop(text: str, path: Path_) -> str:
    key, found = _find(text, path)
    around_key, around = _find(text, path[:-1])
    if found is None or not isinstance(around, yaml.CollectionNode):
        raise NotChangeable(path)
    end = _end(found, text)
    begin = key.start_mark.index if key else found.start_mark.index
    if around.flow_style:
        return _out_of_brackets(text, begin, end)
    if isinstance(around, yaml.SequenceNode):
        begin = _dash(text, path, around, int(path[-1]))
    line = _line_of(text, begin)
    if text[line:begin].strip():
        raise NotChangeable(path)
    rest = text[text.find("\n", end) + 1 :] if "\n" in text[end:] else ""
    left = text[:line]
    if len(around.value) > 1:
        return left + rest
    nothing = "[]" if key is None else "{}"
    if around_key is None:
        return f"{left}{nothing}{_newline(text)}{rest}"
    colon = text.index(":", around_key.end_mark.index) + 1
    return f"{left[:colon]} {nothing}{left[colon:]}{rest}"


def _out_of_brackets(text: str, begin: int, end: int) -> str:
    """Without what stands from ``begin`` to ``end``, and the comma behind it, or before it where it is the last."""
    if comma := re.compile(r"\s*,[ \t]*").match(text, end):
        before, after = text[:begin], text[comma.end() :]
        empty = not before[_line_of(before, len(before)) :].strip() and re.match(r"\r?\n", after)
        return before[: _line_of(before, len(before))] + re.sub(r"^\r?\n", "", after) if empty else before + after
    comma_before = re.search(r",\s*$", text[:begin])
    return text[: comma_before.start() if comma_before else begin] + text[end:]

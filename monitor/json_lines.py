"""Files of one JSON object a line, gzipped or not: stored stories, labelled stories."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from monitor.errors import MovewireError


def objects(path: Path, error: type[MovewireError]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and object of each line that is not empty. Raises ``error`` naming file and line of what is none."""
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _object(line, f"{path}:{number}", error)
    except UnicodeDecodeError as problem:
        raise error(f"{path}: found bytes that are not UTF-8; expected one JSON object a line") from problem
    except (OSError, EOFError) as problem:
        raise error(f"{path}: {getattr(problem, 'strerror', None) or problem}") from problem


def _object(line: str, where: str, error: type[MovewireError]) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as problem:
        raise error(f"{where}: not JSON: {problem.msg}") from problem
    if not isinstance(found, dict):
        raise error(f"{where}: expected a JSON object")
    return found

"""Files that are written beside their place and moved into it when they are whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.errors import StoreError


def present(path: Path) -> bool:
    """Is there something at ``path``? Raises StoreError where this user may not look."""
    try:
        return path.exists()
    except OSError as error:
        raise StoreError(f"{path}: cannot be reached ({error.strerror})") from error


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """The name to write a database under until it is whole: it is moved to ``target`` then. Where that fails nothing of it stays,
    as on a disk that is full. Raises StoreError where ``target`` exists or has no folder."""
    if present(target):
        raise StoreError(f"{target} exists already; a backup never overwrites")
    if not target.parent.is_dir():
        raise StoreError(f"{target.parent} is not a folder to put a backup in")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        yield part
        part.replace(target)
    finally:
        for beside in ("", "-journal", "-wal", "-shm"):  # the logs are empty where all went well
            part.with_name(part.name + beside).unlink(missing_ok=True)

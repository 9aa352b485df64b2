"""Files that are written beside their place and moved into it when they are whole."""

from __future__ import annotations

from pathlib import Path

from monitor.errors import StoreError


def present(path: Path) -> bool:
    """Is there something at ``path``? Raises StoreError where this user may not look."""
    try:
        return path.exists()
    except OSError as error:
        raise StoreError(f"{path}: cannot be reached ({error.strerror})") from error


def new_file(target: Path) -> Path:
    """The name to write a file under until it is whole. Raises StoreError where ``target`` exists or has no folder."""
    if present(target):
        raise StoreError(f"{target} exists already; a backup never overwrites")
    if not target.parent.is_dir():
        raise StoreError(f"{target.parent} is no folder to put a backup in")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    return part

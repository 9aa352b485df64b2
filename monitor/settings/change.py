"""Which file of the configuration a change by command goes to, and its writing: whole, or not at all."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import SettingsError
from monitor.settings.beside import Outlet, OutletsFile, shipped_folder
from monitor.settings.schema import Settings
from monitor.settings.yaml_edit import data
from monitor.settings.yaml_lines import read_yaml


@dataclass(frozen=True, kw_only=True)
class Changeable:
    """A file as it is before a change. ``copied``: it is not there yet, and its text is that of the shipped one, in force till
    now."""

    file: Path
    text: str
    copied: bool = False


def changeable(settings: Settings, key: str, name: str = "") -> Changeable:
    """Where watchlists, outlets or routes (``key``) are changed; ``name``: one of them, which may stand in the configuration file
    itself. The files are as the settings found them. Raises SettingsError."""
    main, beside = Path(settings.origin.file), _beside(settings, key)
    with _told(main):
        text = _text(main)
        within = data(text).get(key) or {}
        if name in within or (not beside.is_file() and (within or key == "routes")):
            return Changeable(file=main, text=text)
    with _told(beside):
        if beside.is_file():
            return Changeable(file=beside, text=_text(beside))
        return Changeable(file=beside, text=_text(shipped_folder() / beside.name), copied=True)


def outlets(settings: Settings) -> tuple[Outlet, ...]:
    """The mastheads of the file in force, which the settings hold as tiers only. Raises SettingsError."""
    beside = _beside(settings, "outlets")
    source = read_yaml(beside if beside.is_file() else shipped_folder() / beside.name, such_as="outlets")
    if source.problems:
        raise SettingsError(source.problems)
    return OutletsFile.model_validate(source.data).outlets


def _beside(settings: Settings, key: str) -> Path:
    name: str = getattr(settings, f"{key}_file")
    return Path(settings.origin.file).parent / name


def _text(file: Path) -> str:
    """With its line ends as they are, which are written back."""
    return file.read_bytes().decode("utf-8")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Of several commands that change files of ``folder``, one after the other does. Raises SettingsError."""
    with _told(folder):
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with _told(folder):
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def write(file: Path, text: str) -> None:
    """The file is the old one or the new one at every moment, with the owner and the mode it had. Raises SettingsError."""
    target = file.resolve()  # of a link, what it leads to
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _told(file):
            with part.open("w", encoding="utf-8", newline="") as out:
                if target.exists():
                    _as_it_was(out.fileno(), target.stat())
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _as_it_was(number: int, before: os.stat_result) -> None:
    now = os.fstat(number)
    if (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
        os.fchown(number, before.st_uid, before.st_gid)
    os.fchmod(number, stat.S_IMODE(before.st_mode))


@contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = f"cannot be read or written ({error.strerror}); expected a file that this user may change"
        raise SettingsError([f"{file}: {why}"]) from error

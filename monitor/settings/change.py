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
from monitor.settings.origin import Path_
from monitor.settings.schema import Settings
from monitor.settings.yaml_edit import data
from monitor.settings.yaml_lines import read_yaml

OVERRULED = "found what has the last word, whatever the file says; expected the change here"


@dataclass(frozen=True, kw_only=True)
class Changeable:
    """A file as it is before a change. ``copied``: it does not exist yet, and its text is that of the shipped one, in force till
    now. ``at``: where in it a feed stands."""

    file: Path
    text: str
    copied: bool = False
    at: Path_ = ()


def changeable(settings: Settings, key: str, name: str = "") -> Changeable:
    """Where watchlists, outlets, routes or feeds (``key``) are changed; ``name``: one of them, which may stand in the
    configuration file itself, and of feeds is there. The files are as the settings found them. Raises SettingsError."""
    if key == "feeds":
        return _of_feed(settings, name)
    main, beside = Path(settings.origin.file), beside_of(settings, key)
    with _told(main):
        text = _text(main)
        within = data(text).get(key) or {}
        if name in within or (not beside.is_file() and (within or key == "routes")):
            return Changeable(file=main, text=text)
    with _told(beside):
        if beside.is_file():
            return Changeable(file=beside, text=_text(beside))
        return Changeable(file=beside, text=_text(shipped_folder() / beside.name), copied=True)


def _of_feed(settings: Settings, name: str) -> Changeable:
    n = next(n for n, feed in enumerate(settings.feeds) if feed.name == name)
    files = [_file_of(settings.origin.where(("feeds", m))) for m in range(n + 1)]
    found = files[n]
    if found is None:
        raise SettingsError([settings.origin.problem(("feeds", n), OVERRULED)])
    main, beside = Path(settings.origin.file), beside_of(settings, "feeds")
    copied = found not in (main, beside)
    with _told(found):
        text = _text(found)
    return Changeable(file=beside if copied else found, text=text, copied=copied, at=("feeds", n - files.index(found)))


def _file_of(place: str) -> Path | None:
    """The file of ``file:line``; None of a variable of the environment."""
    file, _, line = place.rpartition(":")
    return Path(file) if line.isdecimal() else None


def outlets(settings: Settings) -> tuple[Outlet, ...]:
    """The mastheads of the file in force, which the settings hold as tiers only. Raises SettingsError."""
    beside = beside_of(settings, "outlets")
    source = read_yaml(beside if beside.is_file() else shipped_folder() / beside.name, such_as="outlets")
    if source.problems:
        raise SettingsError(source.problems)
    return OutletsFile.model_validate(source.data).outlets


def beside_of(settings: Settings, key: str) -> Path:
    """The file of ``key`` beside the configuration file, whether it is there or not."""
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
    with _told(file):
        try:
            with part.open("w", encoding="utf-8", newline="") as out:
                if target.exists():
                    _as_it_was(out.fileno(), target.stat())
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)  # fails too where nothing may be written at all


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

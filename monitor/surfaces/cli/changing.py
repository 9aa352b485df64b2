"""What commands share that change a file of the configuration: read, changed, held against the whole, and then written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from monitor.errors import NotFoundError, SettingsError
from monitor.surfaces.cli.context import settings_of
from monitor.surfaces.cli.output import notice

if TYPE_CHECKING:
    from monitor.settings import Settings
    from monitor.settings.change import Changeable
    from monitor.settings.origin import Path_


def change(
    ctx: click.Context,
    at: Path_,
    edit: Callable[[Settings, Changeable], str],
    overruled: Callable[[Settings], Path_ | None],
    *,
    done: str = "changed",
    at_once: bool = False,
) -> Settings:
    """Write what ``edit`` makes of the file that ``at`` stands in, and tell what was ``done`` and, unless it has it ``at_once``,
    how a daemon takes it up; returns the settings as they are then. Where they would be wrong, or another place rules what was
    changed (``overruled``: it), nothing is written.

    Raises SettingsError, and what ``edit`` does.
    """
    from monitor.settings.change import OVERRULED, alone, changeable, write
    from monitor.settings.load import chosen
    from monitor.settings.yaml_edit import NotChangeable
    from monitor.settings.yaml_lines import Files

    main = chosen(ctx.find_root().obj.config, os.environ)
    if main is None:
        remedy = "create config/movewire.yaml, which may be empty, or give --config FILE"
        raise SettingsError([f"the shipped configuration is in use and is never changed; {remedy}"])
    with alone(main.parent):
        settings = settings_of(ctx, tell=False)
        held = changeable(settings, str(at[0]), str(at[1]) if len(at) > 1 else "")
        try:
            text = edit(settings, held)
        except NotChangeable as error:
            raise SettingsError([f"{held.file}: {error}"]) from error
        if text == held.text:
            notice(f"{held.file}: nothing to change")
            return settings
        try:
            made = settings_of(ctx, files=Files({held.file: text}))
            if (place := overruled(made)) is not None:
                ruling = next((path for path in made.origin.places if path[: len(place)] == place), place)
                raise SettingsError([made.origin.problem(ruling, OVERRULED)])
        except SettingsError as error:
            raise SettingsError([*error.problems, f"{held.file}: is left as it was"]) from error
        write(held.file, text)
    whole = "copied from the shipped one, with the change"
    notice(f"{held.file}: {(whole if done == 'changed' else f'{whole}: {done}') if held.copied else done}")
    if not at_once:
        notice("run `movewire config reload` to make a running daemon use it")
    return made


def missing(kind: str, name: str, place: object, known: Iterable[str]) -> NotFoundError:
    """There is no ``kind`` called ``name`` at ``place``, a file with a key."""
    from monitor.settings.environment import near

    return NotFoundError(kind, name, instead=f"{place}: expected {near(name, list(known))}")


def texts(option: str, given: Iterable[str]) -> list[str]:
    """What was given of an option, each once, without what stands around it. Raises UsageError where one is empty."""
    found = list(dict.fromkeys(one.strip() for one in given))
    if "" in found:
        raise click.UsageError(f"{option}: is empty; leave it out, or say which")
    return found

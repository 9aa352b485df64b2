"""Kinds of arguments that several commands take: what is none of its kind is a mistake in usage, said before anything is done."""

from __future__ import annotations

import math
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.urls import without_login

if TYPE_CHECKING:
    Kind = click.ParamType[str]
else:  # click before 8.3 says nothing of what comes out
    Kind = click.ParamType


class DatabaseAddress(Kind):
    """The address of a database, as ``database.url`` has it."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from monitor.store.dialect import wrong_with

        if wrong := wrong_with(str(value)):
            self.fail(wrong, param, ctx)
        return str(value)


class WebAddress(Kind):
    """An address that can be asked for a feed or a page."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from monitor.settings.wire import is_web_address

        text = str(value).strip()
        if not is_web_address(text):
            wanted = "an http or https address with a host, such as https://example.org/feed.xml"
            self.fail(f"found {without_login(text)!r}; expected {wanted}", param, ctx)
        return text


class HostName(Kind):
    """A name as it stands in an address."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from monitor.settings.wire import A_HOST_NAME, is_host_name

        text = str(value).strip()
        if not is_host_name(text):
            self.fail(f"found {without_login(text)!r}; expected {A_HOST_NAME}, such as example.org", param, ctx)
        return text


class SourceName(Kind):
    """A kind of feed."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from monitor.sources import SOURCES

        if value not in SOURCES:
            self.fail(f"{value!r} is not a kind of feed; it is one of {', '.join(SOURCES)}", param, ctx)
        return str(value)


class Finite(click.FloatRange):
    """A number in a range, where ``nan`` and ``inf`` are none: no comparison refuses the first."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value!r} is not a number that can be counted with", param, ctx)
        return found


MOST = 1_000_000_000  # rows: more than any database holds, and fewer than make Python's own tools stumble
DATABASE, WEB_ADDRESS = DatabaseAddress(), WebAddress()
ROWS = click.IntRange(1, MOST)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE_OR_STDIN = click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True)
SECONDS = Finite(min=0, max=1e9)  # thirty years: no clock stumbles
of_source = click.option("--source", type=SourceName(), default="syndication", show_default=True, help="The kind of feed.")


def by_whom(does: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option --by of a command with which somebody ``does`` something; where it is left out, ``context.login`` says who."""
    return click.option("--by", help=f"Who {does} (default: the name of your login).")


class Named(click.Command):
    """A command whose words beyond its arguments are given with options: those ``meant``, which a word too many is told of."""

    def __init__(self, *args: Any, meant: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.meant, self.allow_extra_args = meant, True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        left = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            many = f"{', '.join(self.meant[:-1])} or {self.meant[-1]}" if len(self.meant) > 1 else self.meant[0]
            words = " ".join(map(repr, ctx.args))
            ctx.fail(
                f"found {words} without an option; expected {many} before each, as in {self.meant[0]} {shlex.quote(ctx.args[0])}"
            )
        return left

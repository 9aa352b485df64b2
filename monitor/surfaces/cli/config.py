"""``config`` and ``schema``."""

from __future__ import annotations

import os
import signal
import socket
import time
from typing import TYPE_CHECKING

import click

from monitor import log, pulse
from monitor.errors import MovewireError, SettingsError, StoreError
from monitor.surfaces.cli import CONFIGURATION
from monitor.surfaces.cli.context import Whole, now, saved_words, settings_of, store_as_it_is, store_of
from monitor.surfaces.cli.output import dump, notice
from monitor.text import counted
from monitor.urls import without_login

if TYPE_CHECKING:
    from monitor.settings import Settings
    from monitor.store import Store


@click.group(cls=Whole)
def config() -> None:
    """The configuration: check, show, reload, schema."""


@config.command("check")
@click.pass_context
def config_check(ctx: click.Context) -> None:
    """Report every mistake with file, line, key and what would be right."""
    from monitor.classify import encoder_told

    settings = settings_of(ctx)
    _check(settings)
    tell_of_searches(settings)
    _tell_of_tokens(settings)
    notice(
        f"the configuration is right: {counted(len(settings.feeds), 'feed')}, {counted(len(settings.channels), 'channel')}, "
        f"{counted(len(settings.routes), 'route')}; the classifier's encoder is {encoder_told(settings)}"
    )


def _check(settings: Settings) -> None:
    """Raises SettingsError for all that a daemon would refuse of settings that are right by themselves, but for its tokens."""
    from monitor.app import check
    from monitor.settings.origin import in_order
    from monitor.surfaces.exposure import one_port

    problems = one_port(settings)
    try:
        check(settings)
    except SettingsError as error:
        problems += error.problems
    if problems:
        raise SettingsError(in_order(problems, settings.origin.file))


def tell_of_searches(settings: Settings) -> None:
    """Notices of saved searches that routes name and that are not there or cannot be used. No mistake of the files: they live
    in the database, which may be made later."""
    from monitor import searches

    try:
        for words in searches.wrong(settings, saved_words(settings)):
            notice(words)
    except StoreError as error:
        for one in searches.in_routes(settings):
            notice(settings.origin.problem(one.path, f"the saved search {one.matcher.search!r} cannot be looked up: {error}"))


def _tell_of_tokens(settings: Settings) -> None:
    """A notice where the daemon would refuse to serve: others could reach it, and the database has no token that is good."""
    from monitor.surfaces import exposure

    if not settings.server.enabled or not exposure.must_have_tokens(settings.server):
        return
    try:
        with store_as_it_is(settings) as store:
            made = exposure.has_token(store, now())
    except StoreError:
        made = False
    if not made:
        notice(f"{exposure.no_token(settings)}; until then `movewire run` refuses to start")


@config.command("show")
@click.option("--all", "everything", is_flag=True, help="Include feeds, watchlists and outlets.")
@click.pass_context
def config_show(ctx: click.Context, everything: bool) -> None:
    """Print the configuration in force as YAML, with secrets masked."""
    import yaml

    settings = settings_of(ctx)
    left_out = set() if everything else {"feeds", "watchlists", "outlet_tiers"}
    shown = settings.model_dump(mode="json", exclude=left_out, by_alias=True)
    for asked, key in ((shown["classify"]["second_opinion"], "url"), (shown["tracing"], "endpoint")):
        asked[key] = without_login(asked[key])  # some services take their key in the query
    click.echo(log.clean(yaml.safe_dump(shown, sort_keys=False, allow_unicode=True)), nl=False)


@config.command("reload")
@click.pass_context
def config_reload(ctx: click.Context) -> int:
    """Make the running daemon load the configuration; a faulty one is refused."""
    settings = settings_of(ctx)
    _check(settings)  # every mistake is said here, before the daemon is bothered
    tell_of_searches(settings)
    with store_of(ctx, settings) as store:
        return _reload(store)


def _reload(store: Store) -> int:
    beats, began = store.heartbeats(), now()
    beat = beats.get("daemon")
    if beat is None or pulse.dead(beat.at, beat.info, began):
        raise MovewireError("no daemon runs on this database")
    if beat.info.get("host") != socket.gethostname():
        raise MovewireError(f"the daemon runs on {beat.info.get('host')}: send SIGHUP to its process there")
    os.kill(int(beat.info["pid"]), signal.SIGHUP)
    for _ in range(200):
        told = store.heartbeats().get("reload")
        if told is not None and told.at >= began:
            for problem in told.info["problems"]:
                notice(problem)
            notice("the new configuration is in force" if told.info["taken"] else "refused: the old configuration stays")
            return 0 if told.info["taken"] else CONFIGURATION
        time.sleep(0.1)
    raise MovewireError("the daemon has not answered for 20 seconds; its log says what it does")


@config.command("schema")
def config_schema() -> None:
    """Print the JSON Schema of the configuration, for editors."""
    from monitor.settings.schema import json_schema

    click.echo(dump(json_schema(), indent=2))


@click.command()
@click.argument("type", required=False, default="")
def schema(type: str) -> None:
    """Print the JSON Schema of webhook messages.

    Of one TYPE, such as alert.created, or of all."""
    from monitor.notify.schemas import TYPES
    from monitor.notify.schemas import schema as payload_schema

    if type and type not in TYPES:
        raise click.BadParameter(f"{type!r} is none of {', '.join(TYPES)}", param_hint="TYPE")
    click.echo(dump(payload_schema(type), indent=2))

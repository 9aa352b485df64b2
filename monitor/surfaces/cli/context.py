"""What commands begin with: settings and a store, and the options that lists share."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor import log
from monitor.errors import ReadingError, SettingsError, StoreError
from monitor.filtering import NOT_OF_EVENTS, NOT_OF_SUMS, PARAMETERS, Pair, parse, read, spelt, write
from monitor.surfaces.cli.arguments import DATABASE
from monitor.surfaces.cli.output import notice

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.classify.names import Names
    from monitor.filtering import Filter
    from monitor.interfaces import Classifier
    from monitor.settings import Settings
    from monitor.settings.named import Named
    from monitor.settings.origin import Origin
    from monitor.settings.yaml_lines import Files
    from monitor.store import Store


def settings_of(
    ctx: click.Context, *, logs: bool = True, whole: bool = True, tell: bool = True, files: Files | None = None
) -> Settings:
    """The settings in force, with the database of ``--database`` where it is given; ``whole`` and ``files`` as ``load`` takes
    them. Not ``tell``: without notices.

    Raises SettingsError.
    """
    from monitor.settings import load
    from monitor.settings.yaml_lines import ON_DISK

    options = ctx.find_root().obj
    if options.database is not None:  # looked at here: `--help` needs no database, and SQLAlchemy costs 200 ms
        option = next(param for param in ctx.find_root().command.params if param.name == "database")
        DATABASE.convert(options.database, option, ctx)
    settings = load(options.config, whole=whole, also=lambda named: _unknown(named, options.database), files=files or ON_DISK)
    if options.database is not None:
        database = settings.database.model_copy(update={"url": options.database})
        settings = settings.model_copy(update={"database": database}).placed(_by_option(settings.origin))
        log.hide_login(options.database)
    if logs:
        log.configure(
            "debug" if options.verbose else "error" if options.quiet else settings.logging.level, settings.logging.style
        )
    for words in settings.origin.notices if tell else ():
        notice(words)
    return settings


def _unknown(named: Named, database: str | None) -> Iterable[str]:
    """What the registries know to be wrong beside other mistakes, of the database that would have been used."""
    from monitor.app import unknown

    return unknown(named if database is None else replace(named, database=database, origin=_by_option(named.origin)))


def _by_option(origin: Origin) -> Origin:
    """Who is to blame for the database's address is the command line, and no file."""
    return replace(origin, places={**origin.places, ("database", "url"): "--database"})


def classifier_of(settings: Settings, **options: Any) -> Classifier:
    """The classifier as the daemon has it, without the rest of the daemon."""
    from monitor.classify import classifier_for

    return classifier_for(settings, **options)


def names_of(settings: Settings) -> Names:
    """The other names of organisations, as the lexicon and the watchlists know them."""
    from monitor.classify.names import names_for

    return names_for(settings)


class Whole(click.Group):
    """A group that says of each command its first sentence, over as many lines as that takes; click would cut it off."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, command.get_short_help_str(limit=1000)) for name, command in sorted(self.commands.items())]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Listing(Whole):
    """A group that lists where no command is named: ``alerts --since 7d`` is ``alerts list --since 7d``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and (not args[0].startswith("-") or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named or ctx.resilient_parsing else ["list", *args])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [row for param in self.commands["list"].params if (row := param.get_help_record(ctx))]
        with formatter.section("Alone it lists; options of list"):
            formatter.write_dl(rows)


@contextmanager
def store_of(ctx: click.Context, settings: Settings | None = None) -> Iterator[Store]:
    """The database alone: what reading commands need, with the daemon running or not."""
    from monitor.store import Store

    url = database_of(settings or settings_of(ctx, whole=False))
    if absent := absent_file(url):
        notice(f"{absent} is a new database: nothing is stored in it yet")
    with Store.open(url) as store:
        yield store


def saved_words(settings: Settings) -> dict[str, str]:
    """The words of the saved searches that routes name; the database is opened where they do. Raises StoreError where it cannot
    be read as it is."""
    from monitor import searches

    if not searches.in_routes(settings):
        return {}
    with store_as_it_is(settings) as store:
        return searches.of_routes(store, settings)


@contextmanager
def store_as_it_is(settings: Settings) -> Iterator[Store]:
    """The database, neither made nor brought up to date for it. Raises StoreError where it cannot be read so."""
    from monitor.store import Store

    url = database_of(settings)
    if absent := absent_file(url):
        raise StoreError(f"{absent} does not exist yet")
    with Store.open(url, migrate=False) as store:
        yield store


def absent_file(url: str) -> Path | None:
    """The file of a SQLite database that does not exist yet, as often where a command runs in another folder than the daemon."""
    from monitor.store.dialect import sqlite_file

    file = sqlite_file(url)
    try:
        return file.absolute() if file is not None and not file.exists() else None
    except OSError:  # a folder one may not look into: what opens it says so
        return None


def database_of(settings: Settings) -> str:
    """The address of the database. Raises SettingsError, naming where it was written, for one that is none or has no driver."""
    from monitor.store import lacks, wrong_with

    url = settings.database.url
    if wrong := wrong_with(url) or lacks(url):
        raise SettingsError([settings.origin.problem(("database", "url"), wrong)])
    return url


@contextmanager
def asking(ctx: click.Context, values: dict[str, Any], settings: Settings | None = None) -> Iterator[tuple[Store, Filter]]:
    """The database and the filter that the options of ``filtered`` say."""
    settings = settings or settings_of(ctx, whole=False)
    with store_of(ctx, settings) as store:
        yield store, filter_of(values, settings, store)


@contextmanager
def app_of(ctx: click.Context, *, quiet: bool = False, declare: bool = False) -> Iterator[App]:
    """Store, classifier and notifiers: what acting commands need. ``quiet`` logs errors only, unless --verbose is given.

    Only what polls declares the feeds of its configuration: the others may be called with another one than the daemon's.
    """
    from monitor.app import open_app

    settings = settings_of(ctx)
    if quiet and not ctx.find_root().obj.verbose:
        log.configure("error", settings.logging.style)
    with open_app(settings, declare=declare) as app:
        yield app


@contextmanager
def app_beside(ctx: click.Context, settings: Settings) -> Iterator[App]:
    """The database with what decides, beside a running daemon, which goes on from what is written."""
    from monitor.app import App

    with store_of(ctx, settings) as store:
        yield App(settings=settings, store=store, clock=now)


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """What is wrong with a document is told with the file's name. Raises ReadingError."""
    name = "standard input" if str(file) == "-" else file
    try:
        yield
    except OSError as error:
        raise ReadingError(f"{name}: cannot be read ({error.strerror})") from error
    except ReadingError as error:
        raise ReadingError(f"{name}: {error.why}") from error


def login() -> str:
    """Who sits at the terminal; "" where the system knows no name (a container with a bare number)."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def now() -> datetime:
    return datetime.now(UTC)


class FilterWord(click.Choice[str]):
    """A word of the filter, also as messages and pages show it: rumoured, "under way"."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(spelt(str(value), tuple(self.choices)), param, ctx)


def filtered(command: Callable[..., Any], leave: Collection[str] = (), of: str = "") -> Callable[..., Any]:
    """The filter's options: all given must hold, within one given several times any. ``filter_of`` reads them.

    ``leave`` names those the command has no use for; ``of`` the list it shows, where that knows more than others.
    """
    for one in reversed(PARAMETERS):
        if one.only not in ("", of) or one.name in leave:
            continue
        names = ("-q", "--q", "--query") if one.name == "q" else (f"--{one.name.replace('_', '-')}",)
        command = click.option(
            *names,
            f"filter_{one.name}",
            multiple=one.many,
            type=FilterWord(one.values) if one.values else str,
            help=one.help,
        )(command)
    return command


def matched(command: Callable[..., Any]) -> Callable[..., Any]:
    """The filter's options of what is held against events to come: of these, words are looked for in what tells the event.
    ``words_of`` reads them."""
    words = 'Words and "phrases" of its headline, titles or names; a word may end in *.'
    command = click.option("-q", "--q", "--query", "filter_q", help=words)(command)
    return filtered(command, leave=(*NOT_OF_EVENTS, "q"))


def words_of(values: dict[str, Any], words: Iterable[str] = ()) -> str:
    """What ``matched`` and ``words`` say, as one search; "" where they say nothing. Raises QueryError."""
    return write([*read(" ".join(words)), *pairs_of(values)])


def filtered_sums(command: Callable[..., Any]) -> Callable[..., Any]:
    """The filter's options of what adds up: which kind of event it counts, and which way it goes, is said already."""
    return filtered(command, leave=NOT_OF_SUMS)


def pairs_of(values: dict[str, Any]) -> list[Pair]:
    """What was given of the options of ``filtered``, as parameters of the filter language. One that is empty is given too, as by
    ``--since "$SINCE"`` of a variable that is not set, and a mistake; but for words, of which there may be none."""
    found: list[Pair] = []
    for one in PARAMETERS:
        value = values.get(f"filter_{one.name}")
        several = [value] if isinstance(value, str) else value or ()
        found += [(one.name, each) for each in several if each.strip() or one.name != "q"]
    return found


def filter_of(values: dict[str, Any], settings: Settings, store: Store) -> Filter:
    """The filter the options say. Raises QueryError, and NotFoundError for a saved search that is not there."""
    from monitor import searches

    # (The lexicon is read when a name is asked about, which few lists do.)
    return parse(pairs_of(values), searches.context(store, settings, lambda org: names_of(settings).asked(org), now()))

"""Builds what a process needs, once: store, classifier, notifiers. Nothing is made at import."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from monitor import __version__, notify, tracing
from monitor.classify import classifier_for, encoder_told, rest, unusable
from monitor.doors.http_client import HttpClient
from monitor.errors import SettingsError
from monitor.ids import digest
from monitor.interfaces import Classifier, Notifier
from monitor.metrics import Metrics
from monitor.model import Feed, FeedId, FeedState
from monitor.notify import NOTIFIERS, notifier_for
from monitor.settings.named import Named, channel_types, sources
from monitor.settings.origin import in_order
from monitor.settings.routes import zones
from monitor.settings.schema import FeedEntry, Settings
from monitor.sources import SOURCES
from monitor.store import Lock, Store, lacks, wrong_with
from monitor.tracing import Traces

if TYPE_CHECKING:
    from monitor.classify.names import Names
    from monitor.in_force import InForce
    from monitor.routing import Router

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def user_agent(settings: Settings) -> str:
    """Name, version and, where the settings give one, a contact: what a publisher's log shows."""
    contact = settings.polling.contact
    return f"movewire/{__version__}" + (f" (+{contact})" if contact else "")


@dataclass(frozen=True)
class App:
    """The parts of one process. ``classifier``, ``explainer`` and ``notifiers`` are built when first asked for."""

    settings: Settings
    store: Store
    clock: Clock = utc_now
    rnd: Callable[[], float] = random.random
    metrics: Metrics = field(default_factory=Metrics, compare=False)
    lock: Lock | None = None  # of the one daemon, where this is it

    @cached_property
    def classifier(self) -> Classifier:
        return classifier_for(self.settings, reasons=False, possible=bool(self.settings.classify.second_opinion.url))

    @cached_property
    def explainer(self) -> Classifier:
        """The same classifier, which also says why: half as quick, and for people."""
        return classifier_for(self.settings, possible=True)

    @cached_property
    def encoder(self) -> str:
        """Whether the classifier's encoder is used, and why not: for logs and heartbeats."""
        return encoder_told(self.settings)

    @cached_property
    def names(self) -> Names:
        from monitor.classify.names import names_for  # noqa: PLC0415 - start-up

        return names_for(self.settings)

    @cached_property
    def router(self) -> Router:
        from monitor.routing import Router  # noqa: PLC0415 - start-up

        return Router(self.settings, self.names.canonical)

    @cached_property
    def zones(self) -> Mapping[str, str]:
        """The time zone of each route by its path."""
        return dict(zones(self.settings.routes, self.settings.alerting.timezone))

    @cached_property
    def routes(self) -> InForce:
        """The router at work: it knows saved searches as they are at each decision."""
        from monitor.in_force import InForce  # noqa: PLC0415 - start-up

        return InForce(self.settings, self.router)

    @cached_property
    def notifiers(self) -> Mapping[str, Notifier]:
        return {name: notifier_for(name, channel) for name, channel in self.settings.channels.items() if channel.enabled}

    @cached_property
    def traces(self) -> Traces:
        return Traces(self.settings.tracing.endpoint)

    def declare(self) -> None:
        """Bring the feeds and channels of the settings into the database."""
        feeds = [feed_of(entry) for entry in self.settings.feeds]
        self.store.transact(lambda tx: tx.sync_feeds(feeds))
        self.store.transact(lambda tx: tx.know_channels(self.settings.channels))

    async def rest(self) -> None:
        """Gives memory back that nobody needed since this was called last: a tick of every process that stays."""
        rest()

    def client(self) -> HttpClient:
        """A new HTTP door; to be made and closed on the event loop that uses it."""
        return HttpClient(self.settings.polling, self.settings.network, user_agent(self.settings))


def feed_of(entry: FeedEntry) -> Feed:
    """The Feed a line of config/feeds.yaml declares. Its id follows from its name, so an address can be mended."""
    return Feed(
        id=FeedId(digest("feed", entry.name, size=8)),
        name=entry.name,
        url=entry.url,
        source=entry.source,
        category=entry.category,
        paused=entry.paused,
        state=FeedState.RESTING if entry.paused else FeedState.OK,
    )


def new_feed(name: str, url: str, *, source: str = "syndication", category: str = "") -> Feed:
    """A feed added by command: it lives in the database, and config/feeds.yaml does not rule it."""
    return replace(feed_of(FeedEntry(name=name, url=url, source=source, category=category)), declared=False)


def unknown(named: Named) -> Iterator[str]:
    """What only registries and the installation know to be wrong of what a configuration names: a line a mistake."""
    place = named.origin.problem
    if wrong := wrong_with(named.database) or lacks(named.database):
        yield place(("database", "url"), wrong)
    yield from channel_types(named, tuple(NOTIFIERS))
    yield from (place(("channels", name, "type"), why) for name, kind in named.channels.items() if (why := notify.lacks(kind)))
    yield from sources(named, tuple(SOURCES))
    yield from unusable(named)
    if missing := tracing.lacks(named.tracing):
        yield place(("tracing", "endpoint"), missing)


def check(settings: Settings) -> None:
    """Raises SettingsError for what only the registries know, all of it: channel types, sources, unusable secrets, an encoder
    that is asked for and cannot be."""
    problems = list(unknown(Named.of(settings)))
    for name, channel in settings.channels.items():
        if channel.type in NOTIFIERS and not notify.lacks(channel.type):
            try:
                notifier_for(name, channel)
            except SettingsError as error:
                problems += error.problems
    if problems:
        raise SettingsError(in_order(problems, settings.origin.file))


@contextmanager
def open_app(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    rnd: Callable[[], float] = random.random,
    alone: bool = False,
    declare: bool = True,
) -> Iterator[App]:
    """Check what only the registries know, open the database, and bring the declared feeds into it.

    ``alone``: as the one daemon of the database. ``declare``: False leaves feeds as another process declared them.
    Raises SettingsError (unknown channel type, unusable secret) before anything is opened, StoreError after.
    """
    check(settings)
    with Store.open(settings.database.url) as store, ExitStack() as held:
        lock = held.enter_context(store.alone()) if alone else None
        app = App(settings=settings, store=store, clock=clock, rnd=rnd, lock=lock)
        if declare:
            app.declare()
        try:
            app.traces  # noqa: B018 - a missing extra is said before anything begins
            yield app
        finally:
            app.traces.close()

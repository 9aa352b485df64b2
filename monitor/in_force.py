"""The routes in force: those of the configuration, with the saved searches they name as the database has them at each decision.

A search that is changed is in force at the next decision of every process; one that routes cannot use is told in the log and to
the operator channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import monitor.store.access as access
from monitor import log as logging
from monitor.routing import Router
from monitor.settings.schema import Settings
from monitor.settings.searched import searched
from monitor.store import Reads, Transaction
from monitor.store.lost_searches import tell_searches


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The routes with the searches as they were read last. ``whole`` has for each route that names one why it cannot go by it."""

    saved: Mapping[str, str]
    router: Router
    whole: Mapping[str, tuple[str, ...]]


class InForce:
    """``router`` knows no saved searches: what is handed out is made of it anew where they changed."""

    def __init__(self, settings: Settings, router: Router) -> None:
        self._settings, self._router = settings, router
        self._last: _Known | None = None  # (taken and put as one: threads share it)
        self._log = logging.get(part="routes")

    def now(self, reads: Reads) -> Router:
        """The routes as they are now. One query where a route names a saved search, else none."""
        return self._known(reads).router if self._router.searches else self._router

    def decide(self, tx: Transaction, now: datetime) -> Router:
        """The routes as they are now, for what is written beside: who operates is told once of a route that cannot go by its
        search, and once that it can again."""
        if not self._router.searches:
            return self._router
        known = self._known(tx)
        tell_searches(tx, known.whole, now, self._settings.operator_channel or "")
        return known.router

    def _known(self, reads: Reads) -> _Known:
        saved, last = access.words_of(reads, self._router.searches), self._last
        if last is not None and last.saved == saved:
            return last
        known = _Known(saved=saved, router=self._router.knowing(saved), whole=self._told(saved, last.saved if last else {}))
        self._last = known
        return known

    def _told(self, saved: Mapping[str, str], before: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """Why each route that names a search cannot go by it, nothing where it can; the log is told."""
        for name, words in saved.items():
            if words != before.get(name):
                self._log.info("routes go by a saved search", search=name, words=words)
        found = dict[str, tuple[str, ...]]()
        for one in searched(self._settings.routes):
            found.setdefault(one.route, ())
            if why := one.why_not(saved, self._settings.watchlists):
                why = f"{why}; {one.until_then}"
                self._log.error("a route cannot use its saved search", route=one.route, search=one.matcher.search, why=why)
                found[one.route] += (why,)
        return found

"""The routes in force: those of the configuration, with the saved searches they name as the database has them at each decision.

A search that is changed is in force at the next decision of every process; one that routes cannot use is told in the log.
"""

from __future__ import annotations

from collections.abc import Mapping

import monitor.store.access as access
from monitor import log as logging
from monitor.routing import Router
from monitor.settings.schema import Settings
from monitor.settings.searched import searched
from monitor.store import Reads


class InForce:
    """``router`` knows no saved searches: what is handed out is made of it anew where they changed."""

    def __init__(self, settings: Settings, router: Router) -> None:
        self._settings, self._router = settings, router
        self._last: tuple[Mapping[str, str], Router] | None = None  # (taken and put as one: threads share it)
        self._log = logging.get(part="routes")

    def now(self, reads: Reads) -> Router:
        """The routes as they are now. One query where a route names a saved search, else none."""
        if not self._router.searches:
            return self._router
        saved, last = access.words_of(reads, self._router.searches), self._last
        if last is not None and last[0] == saved:
            return last[1]
        router = self._router.knowing(saved)
        self._last = (saved, router)
        self._tell(saved, last[0] if last else {})
        return router

    def _tell(self, saved: Mapping[str, str], before: Mapping[str, str]) -> None:
        for name, words in saved.items():
            if words != before.get(name):
                self._log.info("routes go by a saved search", search=name, words=words)
        for one in searched(self._settings.routes):
            if why := one.why_not(saved, self._settings.watchlists):
                told = {"route": one.route, "search": one.matcher.search, "why": f"{why}; {one.until_then}"}
                self._log.error("a route cannot go by its saved search", **told)

"""Other names of organisations, as the lexicon and a user's watchlists know them."""

from __future__ import annotations

from collections.abc import Iterable

import monitor.classify.lexicon as lexicon
from monitor.standing import org_key


class Names:
    """One name for all spellings of an organisation: "Facebook", "Meta Platforms, Inc." and "Meta" are "Meta"."""

    def __init__(self, extra_orgs: Iterable[str] = ()) -> None:
        self._canonical: dict[str, str] = {}
        self._spellings: dict[str, list[str]] = {}
        for alias, org in lexicon.orgs(extra_orgs).items():
            if (key := org_key(alias)) and self._canonical.setdefault(key, org.name) == org.name:
                self._spellings.setdefault(org.name, []).append(alias)

    def canonical(self, name: str) -> str:
        """The one name; a name the lexicon does not have is its own."""
        return self._canonical.get(org_key(name), name)

    def spellings(self, name: str) -> tuple[str, ...]:
        """Every name of the organisation that ``name`` is a name of, the one name first."""
        one = self.canonical(name)
        return tuple(dict.fromkeys((one, name, *self._spellings.get(one, ()))))

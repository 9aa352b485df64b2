"""Other names of organisations, as the lexicon and a user's watchlists know them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import monitor.classify.words.lexicon as lexicon
from monitor.settings.schema import Settings
from monitor.standing import org_key

_SHORTEST = 3  # letters of another name that is looked for: PI and X are parts of too many names


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

    def asked(self, name: str) -> tuple[str, ...]:
        """The names to look an organisation up by: as given, its one name, and those of its others that name nothing else."""
        one, *others = self.spellings(name)
        return tuple(dict.fromkeys((name, one, *(other for other in others if _tells(other)))))


def _tells(name: str) -> bool:
    """Another name that is a word of the language (Square, FAIR), or next to nothing, would find other organisations."""
    return len(name) >= _SHORTEST and name.lower() not in lexicon.common_words()


@lru_cache(maxsize=4)
def _names(watched: tuple[str, ...]) -> Names:
    return Names(watched)


def names_for(settings: Settings) -> Names:
    """The other names of organisations, as the lexicon and the watchlists of the settings know them."""
    return _names(tuple(org for watchlist in settings.watchlists.values() for org in watchlist.orgs))

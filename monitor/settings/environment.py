"""``MOVEWIRE__SECTION__KEY=value`` over the file. Each variable is read by itself, so that a mistake names it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from monitor.settings.origin import Path_
from monitor.settings.schema import Settings

if TYPE_CHECKING:
    from pydantic_settings import EnvSettingsSource

PREFIX = "MOVEWIRE__"
_SINGLE = "MOVEWIRE_"
# What others call our keys, where these look like another or like none.
_OTHER_WORDS = {"from": "sender", "recipients": "to", "webhook_url": "url", "company": "org", "companies": "org"}


@dataclass
class Overrides:
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[Path_, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@lru_cache(1)
def _reader() -> EnvSettingsSource:
    from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict  # noqa: PLC0415 - start-up

    class Environment(Settings, BaseSettings):
        model_config = SettingsConfigDict(frozen=True, extra="forbid")

    return EnvSettingsSource(Environment, env_prefix=PREFIX, env_nested_delimiter="__", case_sensitive=False)


def overrides(environ: Mapping[str, str], base: Mapping[str, Any]) -> Overrides:
    """What the environment says. ``base`` is the file's data: a channel keeps the case of the name it has there."""
    found = Overrides()
    known = list(Settings.model_fields)
    names = sorted((name for name in environ if name.upper().startswith(PREFIX)), key=lambda n: (n.count("__"), n))
    for name in names:  # the whole of a section before its parts
        section = name[len(PREFIX) :].split("__")[0].lower()
        if section not in known:
            found.problems.append(f"environment {name}: found a variable of no section; expected {near(section, known)}")
            continue
        reader = _reader()
        reader.env_vars = {name.lower(): environ[name]}
        try:
            value = _as_in(base, reader())
        except ValueError:  # (pydantic-settings has an error of its own for what is no JSON, which is one of these)
            found.problems.append(
                f"environment {name}: found what is no JSON; expected JSON for lists and mappings, as in '[\"127.0.0.0/8\"]'"
            )
            continue
        found.values = merged(found.values, value)
        found.places |= dict.fromkeys(_own(value, base), f"environment {name}")
    found.notices = [
        f"environment {name}: is not read; options begin with {PREFIX} (two underscores)"
        + ("" if "__" in name else f", and have two before each key, as in {PREFIX}DATABASE__URL")
        for name in environ
        if name.startswith(_SINGLE) and not name.startswith(PREFIX) and _meant(name[len(_SINGLE) :].lower(), known)
    ]
    return found


def _meant(written: str, sections: list[str]) -> bool:
    """Does it begin as an option would, but for an underscore?"""
    return any(written == section or written.startswith(f"{section}_") for section in sections)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``over`` upon ``base``, mapping by mapping; a list replaces a list."""
    result = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged(result[key], value) if both else value
    return result


def near(word: str, known: list[str]) -> str:
    """What was probably meant: ``'polling'``; all that is known where nothing resembles it."""
    low, folded = word.lower(), {name.lower(): name for name in known}
    begun = [name for name in folded if min(len(name), len(low)) > 2 and (low.startswith(name) or name.startswith(low))]
    meant = [name for name in (_OTHER_WORDS.get(low),) if name in folded]
    close = meant or difflib.get_close_matches(low, begun, n=1, cutoff=0) or difflib.get_close_matches(low, list(folded), n=1)
    return repr(folded[close[0]]) if close else "one of " + (", ".join(sorted(known)) or "none")


def _as_in(base: Any, value: dict[str, Any]) -> dict[str, Any]:
    """Variables have no lower case: a name the file spells ``Desk`` is meant by DESK."""
    spelt = {str(key).lower(): key for key in base} if isinstance(base, Mapping) else {}
    result = {}
    for key, inner in value.items():
        name = spelt.get(key, key)
        below = base.get(name) if isinstance(base, Mapping) else None
        result[name] = _as_in(below, inner) if isinstance(inner, dict) else inner
    return result


def _own(value: Any, base: Any, path: Path_ = ()) -> list[Path_]:
    """Where the variable says what the file does not: its value, and what is made keys and values of by it that is something else
    there (a list, as of ``ROUTES__0__NAME``)."""
    if not (isinstance(value, dict) and value):
        return [path]
    below = base if isinstance(base, Mapping) else {}
    inner = [one for key, within in value.items() for one in _own(within, below.get(key), (*path, key))]
    return inner if isinstance(base, Mapping) or not path else [path, *inner]

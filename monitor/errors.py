"""One tree of errors. Each carries what it is about, and ``retry`` says whether trying again can help.

::

    MovewireError
    ├── SettingsError        a mistake in the configuration: file, line, key, found, expected   (exit code 4)
    ├── NotFoundError        what was asked for is not stored                                   (exit code 3)
    │   └── AmbiguousError   the beginning of an id fits several
    ├── QueryError           a filter, time or cursor that cannot be read                       (exit code 2)
    ├── ConflictError        the thing asked for is not in a state that allows it              (exit code 2)
    ├── FetchError           a request through the HTTP door failed
    │   ├── BlockedAddress   the address guard refused the address
    │   ├── TooLarge         the body passed its cap, before or after decompression
    │   ├── TooManyRedirects
    │   ├── TimedOut         retry
    │   └── ConnectionFailed retry
    ├── ReadingError         a document could not be read as a feed
    │   └── HostileDocument  it passed a cap on depth, attributes, entities, entries or time
    └── StoreError           the database cannot be used                                     (exit code 1)
        ├── DatabaseTooNew   it was written by a newer Movewire
        ├── AnotherDaemon    it has one already
        ├── DatabaseBusy     retry
        └── DatabaseAway     retry
"""

from __future__ import annotations

from collections.abc import Iterable


class MovewireError(Exception):
    """Base of every error Movewire raises on purpose. ``retry``: can the same call succeed later?"""

    retry: bool = False


class SettingsError(MovewireError):
    """A mistake in the configuration, worded for the person who has to mend it.

    ``problems`` holds one line a mistake: ``file:line: key: what was found; what would be right``.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class NotFoundError(MovewireError):
    """Nothing stored answers to ``kind`` and ``name``; ``of`` is the kind that the name is an id of, where it is one, ``instead``
    what would be right and where."""

    def __init__(self, kind: str, name: str, of: str = "", instead: str = "") -> None:
        self.kind, self.name = kind, name
        told = f": that is the id of {'an' if of[0] in 'ae' else 'a'} {of}" if of else f": {instead}" if instead else ""
        super().__init__(f"no {kind} {name!r}{told}")


class AmbiguousError(NotFoundError):
    """The beginning of an id fits more than one thing stored."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(kind, name)
        self.args = (f"more than one {kind} begins with {name!r}: write more of it",)


class QueryError(MovewireError):
    """A filter, a time or a cursor cannot be read. The message says what would be right, ``parameter`` which one it is."""

    def __init__(self, words: str, parameter: str = "") -> None:
        self.parameter = parameter
        super().__init__(words)

    @classmethod
    def unknown(cls, parameter: str, value: str, known: Iterable[str]) -> QueryError:
        """``value`` is none of the words there are."""
        return cls(f"{parameter}: {value!r} is unknown; it is one of {', '.join(known)}", parameter)

    @classmethod
    def repeated(cls, parameter: str, times: int) -> QueryError:
        """What may be given once was given several times."""
        return cls(f"{parameter}: is given {times} times; give it once", parameter)


class ConflictError(MovewireError):
    """What was asked for cannot be done to the thing as it is: a name is taken, a delivery is under way."""


class FetchError(MovewireError):
    """A request failed. ``where`` is the address with its secrets taken off."""

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(f"{where}: {why}")


class BlockedAddress(FetchError):
    """The address guard refused to dial."""


class TooLarge(FetchError):
    """The body passed its cap on the wire or after decompression."""


class TooManyRedirects(FetchError):
    """More redirects than allowed, or a redirect to something that is no HTTP address."""


class TimedOut(FetchError):
    """No answer, or no whole answer, in time."""

    retry = True


class ConnectionFailed(FetchError):
    """Name resolution, connection or TLS failed, or the line dropped."""

    retry = True

    @classmethod
    def unresolved(cls, where: str) -> ConnectionFailed:
        return cls(where, "the host's name cannot be resolved")

    @classmethod
    def untrusted(cls, where: str) -> ConnectionFailed:
        return cls(where, "the TLS certificate or handshake is not acceptable")

    @classmethod
    def dropped(cls, where: str) -> ConnectionFailed:
        return cls(where, "the line dropped before the answer was whole")


class ReadingError(MovewireError):
    """A document is not a feed we can read. ``why`` is in plain words."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class HostileDocument(ReadingError):
    """A document passed a cap on depth, attributes, entities, entries or reading time."""


class StoreError(MovewireError):
    """The database cannot be used."""


class DatabaseTooNew(StoreError):
    """The database was written by a newer Movewire than this one."""


class AnotherDaemon(StoreError):
    """The database has one daemon, and it is another process."""


class DatabaseBusy(StoreError):
    """Another process holds the database's write lock."""

    retry = True


class DatabaseAway(StoreError):
    """The database's server cannot be reached, or dropped the line. What was not committed did not happen."""

    retry = True

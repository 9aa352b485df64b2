"""What goes wrong below the door out, in our own errors: those of sockets, TLS, httpx and the library."""

from __future__ import annotations

import errno
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from monitor.doors.http_lines import Unresolved
from monitor.errors import ConnectionFailed, FetchError, MovewireError, TimedOut

_OUT_OF_FILES = frozenset((errno.EMFILE, errno.ENFILE))


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Foreign errors to ours, with words a person understands. Ours pass through. Raises FetchError, and MovewireError where this
    process may open no socket more, for which nobody is to blame whom we ask."""
    try:
        yield
    except FetchError:
        raise
    except _foreign() as error:
        cause = (error.__cause__ if isinstance(error, httpx.HTTPError) else None) or error
        if isinstance(cause, OSError) and cause.errno in _OUT_OF_FILES:
            raise MovewireError(f"{cause.strerror}: raise the limit (ulimit -n), or lower polling.in_flight") from error
        raise _kind(where, cause) from error


def _foreign() -> tuple[type[Exception], ...]:
    """The errors of everything below the door; those of the library where it has been imported."""
    library = sys.modules.get("monitor.doors.http_library")
    return (httpx.HTTPError, OSError, EOFError, ValueError, *(library.ERRORS if library else ()))


def _kind(where: str, cause: BaseException) -> FetchError:
    library = sys.modules.get("monitor.doors.http_library")
    if library is not None and (found := library.kind(where, cause)) is not None:
        return found  # type: ignore[no-any-return]
    if isinstance(cause, (Unresolved, UnicodeError)) and not isinstance(cause, UnicodeDecodeError):  # (that is the answer's)
        return ConnectionFailed.unresolved(where)
    if isinstance(cause, (TimeoutError, httpx.TimeoutException)):
        return TimedOut(where, "no answer in time")
    if isinstance(cause, ssl.SSLError):
        return ConnectionFailed.untrusted(where)
    if isinstance(cause, (ConnectionResetError, BrokenPipeError, EOFError)):
        return ConnectionFailed.dropped(where)
    if isinstance(cause, OSError):
        return ConnectionFailed(where, f"no connection ({cause.strerror or 'refused'})")
    return ConnectionFailed(where, f"the answer is not valid HTTP ({type(cause).__name__})")

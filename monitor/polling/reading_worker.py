"""Documents are read in a process of its own that can be killed: a hostile one costs that process, not the daemon.

The parent sends one job at a time over a socket pair and waits for at most ``polling.parse_deadline``. The child ends when
the line closes and is given an alarm with every job, so a daemon killed by force leaves no orphan. Its memory is limited;
one that grew large while reading is let go afterwards, and the next document gets a new one (0.4 s of CPU).
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import pickle
import resource
import signal
import socket
import struct
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from monitor.errors import HostileDocument, MovewireError, ReadingError
from monitor.interfaces import Reading, Source
from monitor.settings.schema import Settings
from monitor.sources import source_for

MEMORY_LIMIT = 768 * 1024 * 1024  # bytes of address space
RETIRE_AT = 160 * 1024 * 1024  # bytes resident after a job
START_DEADLINE = 60.0  # seconds, on a machine that is busy with something else
_LENGTH = struct.Struct("!Q")
_READY = _LENGTH.pack(0)
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
# Source, body, url, content type, most entries, seconds until the alarm, bytes resident at which to retire.
Job = tuple[str, bytes, str, str, int, int, int]
Result = tuple[str, Reading | str, bool]  # kind, reading or reason, and whether the process ends itself now


class ReadingWorker:
    """Call ``parse`` from any task of one event loop; jobs queue up. ``killed`` counts processes lost to documents."""

    def __init__(self, settings: Settings, *, retire_at: int = RETIRE_AT) -> None:
        self._retire_at = retire_at
        self._max_entries = settings.polling.max_entries
        self._deadline = settings.polling.parse_deadline.total_seconds()
        self._lock = asyncio.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Line | None = None
        self.killed = 0

    async def parse(self, source: str, body: bytes, url: str, content_type: str = "") -> Reading:
        """Read a document. Raises ReadingError, or HostileDocument where it passed a cap or cost the process."""
        alarm = math.ceil(self._deadline) + 5
        job: Job = (source, body, url, content_type, self._max_entries, alarm, self._retire_at)
        async with self._lock:
            answer = await self._ask(pickle.dumps(job))
            kind, value, ends = pickle.loads(answer)  # noqa: S301 - written by our own child over a private socket pair
            if ends:
                await self._end()
        if isinstance(value, Reading):
            return value
        raise HostileDocument(value) if kind == "hostile" else ReadingError(value)

    async def _ask(self, job: bytes) -> bytes:
        reader, writer = await self._ready()
        try:
            async with asyncio.timeout(self._deadline):
                writer.write(_LENGTH.pack(len(job)))
                writer.write(job)
                await writer.drain()
                (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
                return await reader.readexactly(length)
        except TimeoutError:
            await self._lost()
            raise HostileDocument(f"reading it took longer than {self._deadline:g} s") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            await self._lost()
            raise HostileDocument("the process reading it ended, most likely out of memory") from None
        except asyncio.CancelledError:  # what comes back next would answer the wrong question
            await self._end()
            raise

    async def _ready(self) -> Line:
        """The line to a child that lives, starting one where there is none, or where it died while idle."""
        if self._line is not None and self._process is not None and self._process.poll() is None:
            return self._line
        await self._end()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = _spawn(theirs.fileno())
        self._line = await asyncio.open_connection(sock=ours, limit=2**20)
        try:
            async with asyncio.timeout(START_DEADLINE):
                await self._line[0].readexactly(len(_READY))
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
            await self._end()
            raise MovewireError("the process that reads documents cannot be started") from error
        except asyncio.CancelledError:
            await self._end()
            raise
        return self._line

    async def _lost(self) -> None:
        self.killed += 1
        await self._end()

    async def _end(self) -> None:
        process, line = self._process, self._line
        self._process = self._line = None
        if process is not None:
            process.kill()
            await asyncio.to_thread(process.wait)
        if line is not None:
            line[1].close()
            with contextlib.suppress(ConnectionError):  # the other end is gone, as it should be
                await line[1].wait_closed()

    async def close(self) -> None:
        """End the process; one that was never started costs nothing."""
        async with self._lock:
            await self._end()


def _spawn(line: int) -> subprocess.Popen[bytes]:
    """The child, holding ``line`` (a file descriptor). It imports this very package, and sees no environment of ours.

    A process group of its own keeps a Ctrl-C in the terminal from ending it before the daemon has.
    """
    path = os.pathsep.join([str(Path(__file__).resolve().parents[1]), *filter(None, sys.path)])
    command = [sys.executable, "-m", "monitor.polling.reading_worker", str(line)]
    return subprocess.Popen(  # noqa: S603
        command, pass_fds=[line], stdin=subprocess.DEVNULL, env={"PYTHONPATH": path}, process_group=0
    )


# -- the child


def _serve(line: BinaryIO) -> None:
    line.write(_READY)
    line.flush()
    ends = False
    while not ends and (head := line.read(_LENGTH.size)):
        result = _read(pickle.loads(line.read(_LENGTH.unpack(head)[0])))  # noqa: S301 - from our own parent
        ends = result[2]
        answer = pickle.dumps(result)
        line.write(_LENGTH.pack(len(answer)) + answer)
        line.flush()


def _read(job: Job) -> Result:
    name, body, url, content_type, max_entries, seconds, retire_at = job
    signal.alarm(seconds)  # unhandled, it ends the process
    try:
        reading = _source(name, max_entries).parse(body, url=url, content_type=content_type)
    except HostileDocument as error:
        return "hostile", error.why, _resident() > retire_at
    except ReadingError as error:
        return "error", error.why, _resident() > retire_at
    except MemoryError:
        return "hostile", "reading it takes more memory than it may have", True
    except RecursionError:
        return "hostile", "its parts are nested too deeply", True
    finally:
        signal.alarm(0)
    return "reading", reading, _resident() > retire_at


@lru_cache(maxsize=64)
def _source(name: str, max_entries: int) -> Source:
    return source_for(name, Settings.model_validate({"polling": {"max_entries": max_entries}}))


def _resident() -> int:
    """Bytes of memory this process holds now; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with socket.socket(fileno=int(sys.argv[1])) as connection, connection.makefile("rwb") as stream:
        _serve(stream)  # type: ignore[arg-type]

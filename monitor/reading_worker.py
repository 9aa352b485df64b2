"""Documents are read in a process of its own that can be killed: a hostile one costs that process, not the daemon.

The parent sends one pickled job at a time over a socket pair and waits for at most ``polling.parse_deadline``. The child
ends when the line closes, so a daemon killed by force leaves no orphan. Its memory is limited.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import resource
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from monitor.errors import HostileDocument, ReadingError
from monitor.interfaces import Reading
from monitor.settings.schema import Settings
from monitor.sources import source_for

MEMORY_LIMIT = 768 * 1024 * 1024  # bytes of address space
_LENGTH = struct.Struct("!Q")


class ReadingWorker:
    """Call ``parse`` from any task of one event loop; jobs queue up."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._deadline = settings.polling.parse_deadline.total_seconds()
        self._lock = asyncio.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.killed = 0  # processes lost to hostile documents

    async def parse(self, source: str, body: bytes, *, url: str, content_type: str = "") -> Reading:
        """Read a document. Raises ReadingError, or HostileDocument where it cost the process."""
        job = pickle.dumps((source, body, url, content_type, self._settings.polling.max_entries))
        async with self._lock:
            reader, writer = self._line or await self._start()
            try:
                async with asyncio.timeout(self._deadline):
                    writer.write(_LENGTH.pack(len(job)))
                    writer.write(job)
                    await writer.drain()
                    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
                    answer = await reader.readexactly(length)
            except TimeoutError:
                await self._kill()
                raise HostileDocument(f"reading it took longer than {self._deadline:g} s") from None
            except (asyncio.IncompleteReadError, ConnectionError):
                await self._kill()
                raise HostileDocument("the process reading it ended, most likely out of memory") from None
            except BaseException:  # cancelled in the middle: what comes back next would answer the wrong question
                await self._kill(counted=False)
                raise
        return _unpack(answer)

    async def _start(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = _spawn(theirs.fileno())
        self._line = await asyncio.open_connection(sock=ours, limit=2**20)
        return self._line

    async def _kill(self, *, counted: bool = True) -> None:
        self.killed += counted
        process, line = self._process, self._line
        self._process = self._line = None
        if line is not None:
            line[1].close()
        if process is not None:
            process.kill()
            await asyncio.to_thread(process.wait)

    async def close(self) -> None:
        """End the process; one that was never started costs nothing."""
        async with self._lock:
            await self._kill(counted=False)


def _spawn(line: int) -> subprocess.Popen[bytes]:
    """The child, holding ``line`` (a file descriptor). It imports this very package, from wherever this one came."""
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
    command = [sys.executable, "-m", "monitor.reading_worker", str(line)]
    return subprocess.Popen(command, pass_fds=[line], stdin=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": path})  # noqa: S603


def _unpack(answer: bytes) -> Reading:
    kind, value = pickle.loads(answer)  # noqa: S301 - written by our own child over a private socket pair
    if kind == "hostile":
        raise HostileDocument(value)
    if kind == "error":
        raise ReadingError(value)
    assert isinstance(value, Reading)
    return value


def _serve(line: BinaryIO) -> None:
    while head := line.read(_LENGTH.size):
        job = line.read(_LENGTH.unpack(head)[0])
        answer = pickle.dumps(_read(job))
        line.write(_LENGTH.pack(len(answer)) + answer)
        line.flush()


def _read(job: bytes) -> tuple[str, Reading | str]:
    name, body, url, content_type, max_entries = pickle.loads(job)  # noqa: S301 - from our own parent
    settings = Settings.model_validate({"polling": {"max_entries": max_entries}})
    try:
        return "reading", source_for(name, settings).parse(body, url=url, content_type=content_type)
    except HostileDocument as error:
        return "hostile", error.why
    except ReadingError as error:
        return "error", error.why
    except MemoryError:
        return "hostile", "reading it takes more memory than it may have"
    except RecursionError:
        return "hostile", "its parts are nested too deeply"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    with socket.socket(fileno=int(sys.argv[1])) as connection, connection.makefile("rwb") as stream:
        _serve(stream)  # type: ignore[arg-type]

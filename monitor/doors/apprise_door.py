"""The door for the apprise library: a process of its own for each message.

The library dials by itself. In a process of its own it inherits no proxy variables, cannot hold the daemon up, can be ended
when its time is over, and whatever it dials is judged by the address guard (``apprise_child``).
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta

from monitor.doors.address_guard import Network
from monitor.errors import ConnectionFailed, TimedOut
from monitor.interfaces import Answer, Handover
from monitor.urls import redacted

# All that a child is given of the environment: where Python and its modules are, and a place for temporary files.
KEPT = ("PATH", "HOME", "LANG", "PYTHONPATH", "VIRTUAL_ENV", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")


class AppriseDoor:
    def __init__(self, allow: Collection[Network] = ()) -> None:
        self._allow = [str(network) for network in allow]

    async def send(self, handed: Handover, timeout: timedelta) -> Answer:
        """200 where the library says that it was sent, 502 where not, 400 where it cannot use the address. Raises FetchError."""
        where = redacted(handed.url)
        child = await _begun(where)
        work = {"url": handed.url, "title": handed.title, "text": handed.text, "allow": self._allow}
        try:  # the address goes through a pipe: arguments can be seen by everybody on a machine
            out, _ = await asyncio.wait_for(child.communicate(json.dumps(work).encode()), timeout.total_seconds())
        except TimeoutError:
            raise TimedOut(where, f"no whole answer within {timeout.total_seconds():g} s") from None
        finally:
            if child.returncode is None:
                with suppress(ProcessLookupError):
                    child.kill()
                await child.wait()
        try:
            said = json.loads(out)
        except ValueError:
            raise ConnectionFailed(where, f"the apprise process ended early ({child.returncode})") from None
        return Answer(status=int(said["status"]), body=str(said["said"]).encode())


async def _begun(where: str) -> asyncio.subprocess.Process:
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "monitor.doors.apprise_child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
        )
    except OSError as error:  # no memory, no descriptor, no process left: a minute later there may be
        raise ConnectionFailed(where, f"the apprise process cannot be started ({error.strerror})") from None

"""Mail servers that take their time: nobody waits for another's, and what was taken is not sent again."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest

from monitor.doors.mail_door import MailDoor
from monitor.errors import TimedOut
from tests.notify.test_doors import HERE, mail, sent

SOON = timedelta(seconds=0.5)
Talk = Callable[[socket.socket], None]


@contextmanager
def server(talk: Talk) -> Iterator[str]:
    """The address of a server each of whose sessions is ``talk``, in a thread of its own."""

    def session(line: socket.socket) -> None:
        with line, suppress(OSError):
            talk(line)

    def listen() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=session, args=(listener.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, daemon=True).start()
        yield f"smtp+plain://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def endless(line: socket.socket) -> None:
    """A greeting without end: a line now and then, so that no single read takes too long."""
    line.settimeout(0.05)
    while True:
        line.sendall(b"220-one moment\r\n")
        with suppress(TimeoutError):
            if not line.recv(1):
                return


def taking(farewell: bytes | None) -> Talk:
    """A server that takes every mail, and says ``farewell`` at its end; None: nothing, for as long as the line stands."""

    def talk(line: socket.socket) -> None:
        said = line.makefile("rb")
        line.sendall(b"220 here\r\n")
        while word := said.readline()[:4].upper().strip():
            if word == b"QUIT":
                if farewell is not None:
                    line.sendall(farewell)
                    return
                continue
            line.sendall(b"354 go on\r\n" if word == b"DATA" else b"250 well\r\n")
            if word == b"DATA":
                while said.readline() not in (b".\r\n", b""):
                    pass
                line.sendall(b"250 taken\r\n")

    return talk


def test_servers_without_end_keep_no_other_waiting_and_no_thread() -> None:
    async def work(slow: str, quick: str) -> int:
        door = MailDoor(HERE)
        late = [asyncio.create_task(door.send(mail(slow), timedelta(seconds=5))) for _ in range(8)]
        await asyncio.sleep(0)
        status = (await door.send(mail(quick), timedelta(seconds=5))).status
        for task in late:
            task.cancel()
        assert all(isinstance(end, asyncio.CancelledError) for end in await asyncio.gather(*late, return_exceptions=True))
        door.close()
        return status

    with server(endless) as slow, server(taking(b"221 bye\r\n")) as quick:
        assert asyncio.run(work(slow, quick)) == 250
        for thread in [t for t in threading.enumerate() if t.name.startswith("mail")]:
            thread.join(5)
            assert not thread.is_alive(), "its line was cut"


def test_a_server_that_goes_on_talking_is_waited_for_no_longer_than_was_said() -> None:
    with server(endless) as slow, pytest.raises(TimedOut):
        sent(MailDoor(HERE), mail(slow), SOON)


@pytest.mark.parametrize("farewell", [None, b"421 too busy to say good-bye\r\n", b"500 what?\r\n", b""])
def test_a_farewell_changes_nothing_of_what_was_taken(farewell: bytes | None) -> None:
    with server(taking(farewell)) as slow:
        assert sent(MailDoor(HERE), mail(slow), SOON).status == 250

"""One message through the apprise library, in a process of its own: read from standard input, answered on standard output.

The process is ours alone, so its sockets can be guarded as a whole: whatever the library dials, by name or by address, is
judged when it is dialled.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Collection
from ipaddress import ip_network
from typing import Any

from monitor.doors.address_guard import Network, forbidden, refusal
from monitor.text import shorten


def guard(allow: Collection[Network]) -> None:
    """From now on this process connects to no forbidden address."""

    class Guarded(socket.socket):
        def connect(self, address: Any) -> None:
            self._judge(address)
            super().connect(address)

        def connect_ex(self, address: Any) -> int:
            self._judge(address)
            return super().connect_ex(address)

        def sendto(self, *args: Any) -> int:  # datagrams, such as syslog's
            self._judge(args[-1])
            return super().sendto(*args)

        def _judge(self, address: Any) -> None:
            if self.family not in (socket.AF_INET, socket.AF_INET6):
                raise PermissionError("only internet addresses are dialled")
            for *_, to in socket.getaddrinfo(address[0], address[1]):
                if why := forbidden(str(to[0]), allow):
                    raise PermissionError(refusal(str(to[0]), why))

    socket.socket = Guarded  # type: ignore[misc]


def send(work: dict[str, Any]) -> dict[str, Any]:
    """``{"status": 200 | 502 | 400, "said": …}``"""
    import apprise  # noqa: PLC0415 - an extra, and half a second of start-up

    guard([ip_network(network) for network in work["allow"]])
    service = apprise.Apprise.instantiate(work["url"], suppress_exceptions=True)
    if service is None:
        return {"status": 400, "said": "apprise cannot use this address"}
    title, text = work["title"], work["text"]
    if "overflow=" not in work["url"].lower():  # left alone, the library hands on what the service then refuses for its length
        title = shorten(title, service.title_maxlen) if service.title_maxlen > 0 else title
        text = shorten(text, max(service.body_maxlen - (len(title) + 2 if service.title_maxlen <= 0 else 0), 1))
    sent = service.notify(title=title, body=text, body_format=apprise.NotifyFormat.TEXT)
    return {"status": 200 if sent else 502, "said": "" if sent else f"{service.service_name} did not take it"}


if __name__ == "__main__":
    print(json.dumps(send(json.loads(sys.stdin.buffer.read()))))  # noqa: T201 - the answer of this process

"""Where the server of pages and API listens, who can reach it, and what it asks of them. Without the server itself, which costs a
third of a second to import: `config check` only asks."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address

import monitor.store.access as stored
from monitor.settings.base import Listening
from monitor.settings.schema import Server, Settings
from monitor.store import Store


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def asks_for_tokens(server: Server) -> bool:
    """Whether who comes has to show a token."""
    return server.auth == "token" or (server.auth is None and not is_loopback(server.host))


def must_have_tokens(server: Server) -> bool:
    """Whether it is served only where there is a token: others can reach it, and nobody decided that all may."""
    return server.auth != "none" and not is_loopback(server.host)


def has_token(store: Store, now: datetime) -> bool:
    return any(token.good_at(now) for token in store.read(stored.tokens))


def no_token(settings: Settings) -> str:
    """What is wrong, with its place, where ``must_have_tokens`` and there is none."""
    right = "create a token first (movewire tokens create NAME), or set server.auth: none"
    return settings.origin.problem(("server", "listen"), f"found {settings.server.listen}, which others can reach; {right}")


def one_port(settings: Settings) -> list[str]:
    """What is wrong, with its place, where a daemon would serve pages and metrics on one port of one address; a worker, which
    serves no pages, may do so."""
    server, metrics = settings.server, settings.metrics
    if not server.enabled or not metrics.listen or not server.port or server.port != metrics.port or _apart(server, metrics):
        return []
    right = 'expected another port, or "" (they are served beside the pages too)'
    words = f"found {metrics.listen} beside server.listen: {server.listen}; {right}"
    return [settings.origin.problem(("metrics", "listen"), words)]


def _apart(first: Listening, second: Listening) -> bool:
    """Whether two hosts share no address: they differ, and none stands for every address of the other's kind."""
    one, other = (listening.host.lower().replace("localhost", "127.0.0.1") for listening in (first, second))
    if (":" in one) != (":" in other):  # IPv6 and IPv4 have their own ports
        return True
    return one != other and not _is_every(one) and not _is_every(other)


def _is_every(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False

"""Who can reach the server of pages and API, and what it asks of them. Without the server itself, which costs a third of a second
to import: `config check` only asks."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address

import monitor.store.access as stored
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
    right = "make a token first (movewire tokens create NAME), or say auth: none"
    return settings.origin.problem(("server", "listen"), f"found {settings.server.listen}, which others can reach; {right}")

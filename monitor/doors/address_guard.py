"""Which addresses nobody may make us dial. Python's ``ipaddress`` alone is no guard: it calls several special blocks global.

The blocks are the IANA special-purpose registries (RFC 6890 and its updates). Forms that carry an IPv4 address inside an
IPv6 one are refused whole; where the settings allow such a block, the address inside is still judged.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypedDict

from monitor.errors import BlockedAddress

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

_V4 = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "carrier-grade NAT",
    "127.0.0.0/8": "loopback",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "reserved for protocols",
    "192.0.2.0/24": "documentation",
    "192.31.196.0/24": "AS112",
    "192.52.193.0/24": "AMT",
    "192.88.99.0/24": "6to4 relay",
    "192.168.0.0/16": "private",
    "192.175.48.0/24": "AS112",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
_V6 = {
    "::/128": "unspecified",
    "::1/128": "loopback",
    "::ffff:0:0/96": "an IPv4-mapped address",
    "::/96": "an IPv4-compatible address",
    "::ffff:0:0:0/96": "an IPv4-translated address",
    "64:ff9b::/96": "NAT64",
    "64:ff9b:1::/48": "NAT64",
    "100::/64": "discard only",
    "100:0:0:1::/64": "dummy prefix",
    "2001::/23": "reserved for protocols (Teredo, ORCHID, benchmarking)",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "2620:4f:8000::/48": "AS112",
    "3fff::/20": "documentation",
    "5f00::/16": "SRv6 segments",
    "fc00::/7": "unique local",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}
_MAPPED, _COMPATIBLE, _TRANSLATED = (IPv6Network(n) for n in ("::ffff:0:0/96", "::/96", "::ffff:0:0:0/96"))
_NAT64 = IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48")
_GLOBAL = IPv6Network("2000::/3")
# Name look-ups under way at once; they have threads of their own, so that slow name servers hold up nothing else.
LOOKUPS = 16
_BLOCKS: tuple[tuple[Network, str], ...] = tuple((ip_network(n), why) for n, why in (*_V4.items(), *_V6.items()))


def forbidden(address: str, allow: Collection[Network] = ()) -> str:
    """Why ``address`` (an IP address, with or without a zone) must not be dialled; "" where it may be.

    >>> forbidden("2002:a9fe:a9fe::")
    '6to4'
    """
    try:
        parsed: Address = ip_address(address.split("%", 1)[0])
    except ValueError:
        return "not an IP address"
    inner = carried(parsed)
    if _within(parsed, allow):
        return forbidden(str(inner), allow) if inner is not None else ""
    if inner is not None and isinstance(parsed, IPv6Address) and parsed in _MAPPED and _within(inner, allow):
        return ""  # the same host, written in the other family
    for network, why in _BLOCKS:
        if parsed.version == network.version and parsed in network:
            return why
    return "outside the global unicast space" if isinstance(parsed, IPv6Address) and parsed not in _GLOBAL else ""


def carried(address: Address) -> IPv4Address | None:
    """The IPv4 address inside an IPv6 one (mapped, compatible, translated, NAT64, 6to4, Teredo); None where there is none."""
    if not isinstance(address, IPv6Address) or address.is_loopback or address.is_unspecified:
        return None
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    embedding = (_MAPPED, _COMPATIBLE, _TRANSLATED, *_NAT64)
    return IPv4Address(int(address) & 0xFFFFFFFF) if any(address in network for network in embedding) else None


def _within(address: Address, networks: Collection[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


@lru_cache(maxsize=1024)  # every request asks three times
def literal(host: str) -> str:
    """The IP address that ``host`` writes, in any form the C library would dial (``0x7f.1``, ``2130706433``); else ""."""
    bare = host.strip("[]").rstrip(".").split("%", 1)[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        pass  # not in its usual form; perhaps in one of the old ones
    if not bare[:1].isdigit() or not all(c in "0123456789abcdefxABCDEFX." for c in bare):
        return ""
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except OSError:
        return ""


def looks_numeric(host: str) -> bool:
    """Would a connector take ``host`` for an address and not ask the resolver for it?"""
    return ":" in host or host.replace(".", "").isdigit()


def refusal(address: str, why: str) -> str:
    """The words for an address that must not be dialled."""
    return f"the address {address} is not public ({why}); network.allow_networks can allow it"


class Found(TypedDict):
    """One address of a name, in the form in which aiohttp wants it."""

    hostname: str
    host: str
    port: int
    family: int
    proto: int
    flags: int


class GuardedResolver:
    """Resolves names and refuses the whole answer if one address in it is forbidden: what is checked is what is dialled."""

    def __init__(self, allow: Sequence[Network] = ()) -> None:
        self._allow = tuple(allow)
        self._threads = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="names")

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[Found]:
        """Every address of ``host``. Raises BlockedAddress, or OSError where the name has none."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _look_up, host, port, family)
        for answer in found:
            if why := forbidden(answer["host"], self._allow):
                raise BlockedAddress(host, refusal(answer["host"], why))
        return found

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[Found]:
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return [
        Found(hostname=host, host=str(to[0]), port=port, family=kind, proto=proto, flags=flags)
        for kind, _, proto, _, to in socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
    ]

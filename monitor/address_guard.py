"""Which addresses nobody may make us dial. Python's ``ipaddress`` alone is no guard: it calls several special blocks global.

The blocks are the IANA special-purpose registries (RFC 6890 and its updates) plus forms that carry an IPv4 address inside
an IPv6 one, which are judged by the address they carry as well.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

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
_BLOCKS: tuple[tuple[Network, str], ...] = tuple((ip_network(n), why) for n, why in (*_V4.items(), *_V6.items()))


def forbidden(address: str, allow: Iterable[Network] = ()) -> str:
    """Why ``address`` (an IP address, with or without a zone) must not be dialled; "" where it may be."""
    try:
        parsed: Address = ip_address(address.split("%", 1)[0])
    except ValueError:
        return "not an IP address"
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped  # what the kernel really dials
    if any(parsed.version == n.version and parsed in n for n in allow):
        return ""
    for network, why in _BLOCKS:
        if parsed.version == network.version and parsed in network:
            return why
    if isinstance(parsed, IPv6Address) and not IPv6Address("2000::") <= parsed < IPv6Address("4000::"):
        return "outside the global unicast space"
    return ""


def literal(host: str) -> str:
    """The IP address that ``host`` writes, in any form the C library would dial (``0x7f.1``, ``2130706433``); else ""."""
    bare = host.strip("[]").rstrip(".").split("%", 1)[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        pass
    if not bare or not all(c in "0123456789abcdefxABCDEFX." for c in bare) or not bare[0].isdigit():
        return ""
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except OSError:
        return ""


def refusal(address: str, why: str) -> str:
    """The words for an address that must not be dialled."""
    return f"the address {address} is not public ({why}); network.allow_networks can allow it"


class GuardedResolver(AbstractResolver):
    """Resolves names and refuses the whole answer if one address in it is forbidden: what is checked is what is dialled."""

    def __init__(self, allow: Sequence[Network] = ()) -> None:
        self._allow = tuple(allow)
        self._inner = ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        for answer in found:
            if why := forbidden(answer["host"], self._allow):
                raise BlockedAddress(
                    host, f"the address {answer['host']} is not public ({why}); network.allow_networks can allow it"
                )
        return found

    async def close(self, *_: Any) -> None:
        await self._inner.close()

"""Which addresses may be dialled: one row an address form, from the IANA registries and the lists of Svix and OWASP."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.doors.address_guard import GuardedResolver, carried, forbidden, literal, looks_numeric
from monitor.errors import BlockedAddress

REFUSED = [
    # IPv4
    ("0.0.0.0", "this network"),
    ("0.1.2.3", "this network"),
    ("10.0.0.0", "private"),
    ("10.255.255.255", "private"),
    ("100.64.0.1", "carrier-grade NAT"),
    ("100.100.100.200", "carrier-grade NAT"),  # a cloud's metadata service
    ("100.127.255.255", "carrier-grade NAT"),
    ("127.0.0.1", "loopback"),
    ("127.255.255.254", "loopback"),
    ("169.254.0.1", "link-local"),
    ("169.254.169.254", "link-local"),
    ("169.254.170.2", "link-local"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private"),
    ("192.0.0.1", "reserved for protocols"),
    ("192.0.0.192", "reserved for protocols"),
    ("192.0.2.1", "documentation"),
    ("192.31.196.1", "AS112"),
    ("192.52.193.1", "AMT"),
    ("192.88.99.1", "6to4 relay"),
    ("192.168.0.1", "private"),
    ("192.168.255.255", "private"),
    ("192.175.48.1", "AS112"),
    ("198.18.0.1", "benchmarking"),
    ("198.19.255.255", "benchmarking"),
    ("198.51.100.7", "documentation"),
    ("203.0.113.7", "documentation"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.250", "multicast"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "reserved"),
    # IPv6
    ("::", "unspecified"),
    ("::1", "loopback"),
    ("::2", "IPv4-compatible"),
    ("::127.0.0.1", "IPv4-compatible"),
    ("::8.8.8.8", "IPv4-compatible"),
    ("::ffff:127.0.0.1", "IPv4-mapped"),
    ("::ffff:a9fe:a9fe", "IPv4-mapped"),
    ("::ffff:8.8.8.8", "IPv4-mapped"),
    ("0:0:0:0:0:ffff:0a00:0001", "IPv4-mapped"),
    ("::ffff:0:127.0.0.1", "IPv4-translated"),
    ("64:ff9b::169.254.169.254", "NAT64"),
    ("64:ff9b::808:808", "NAT64"),
    ("64:ff9b:1::1", "NAT64"),
    ("64:ff9b:1:ffff::10.0.0.1", "NAT64"),
    ("100::1", "discard"),
    ("100:0:0:1::1", "dummy"),
    ("2001::1", "Teredo"),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo"),
    ("2001:2::1", "benchmarking"),
    ("2001:10::1", "ORCHID"),
    ("2001:20::1", "ORCHID"),
    ("2001:db8::1", "documentation"),
    ("2002:7f00:1::", "6to4"),
    ("2002:a9fe:a9fe::1", "6to4"),
    ("2002:808:808::1", "6to4"),
    ("2620:4f:8000::1", "AS112"),
    ("3fff::1", "documentation"),
    ("3fff:fff:ffff::1", "documentation"),
    ("5f00::1", "SRv6"),
    ("fc00::1", "unique local"),
    ("fd00:ec2::254", "unique local"),
    ("fe80::1", "link-local"),
    ("fe80::1%eth0", "link-local"),
    ("febf::1", "link-local"),
    ("fec0::1", "site-local"),
    ("feff::1", "site-local"),
    ("ff02::1", "multicast"),
    ("ff0e::1", "multicast"),
    ("4000::1", "outside the global unicast space"),
    ("200::1", "outside the global unicast space"),
    ("not an address", "not an IP address"),
    ("", "not an IP address"),
]
ALLOWED = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.1",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2000::1",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2003::1",
    "2606:4700:4700::1111",
    "2a00:1450:4001:82b::200e",
    "3ffe::1",
    "3fff:1000::1",
]


@pytest.mark.parametrize(("address", "why"), REFUSED)
def test_what_is_not_public_is_refused_with_its_reason(address: str, why: str) -> None:
    assert why in forbidden(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_public_addresses_are_dialled_up_to_the_edge_of_each_block(address: str) -> None:
    assert forbidden(address) == ""


@given(st.ip_addresses())
def test_nothing_python_knows_to_be_private_gets_through(address: IPv4Address | IPv6Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert forbidden(str(address))


@given(st.ip_addresses(v=4))
def test_an_address_carried_in_another_is_found(address: IPv4Address) -> None:
    number = int(address)
    for form in ("::ffff:0:0", "64:ff9b::", "64:ff9b:1::", "::ffff:0:0:0"):
        assert carried(IPv6Address(int(IPv6Address(form)) + number)) == address
    assert carried(IPv6Address((0x2002 << 112) | (number << 80))) == address
    assert carried(IPv6Address((0x20010000 << 96) | (number ^ 0xFFFFFFFF))) == address
    assert carried(address) is None


@pytest.mark.parametrize(
    ("address", "allowed", "fine"),
    [
        ("10.1.2.3", "10.0.0.0/8", True),
        ("10.1.2.3", "10.9.0.0/16", False),
        ("::1", "::1/128", True),
        ("::ffff:10.1.2.3", "10.0.0.0/8", True),  # the same host
        ("64:ff9b::8.8.8.8", "64:ff9b::/96", True),  # a network that reaches IPv4 through NAT64
        ("64:ff9b::169.254.169.254", "64:ff9b::/96", False),  # and still not this
        ("2002:a00:1::1", "2002::/16", False),
        ("fd12::1", "fd00::/8", True),
        ("127.0.0.1", "::/0", False),
    ],
)
def test_a_network_allowed_on_purpose_opens_no_more_than_it_says(address: str, allowed: str, fine: bool) -> None:
    assert (forbidden(address, (ip_network(allowed),)) == "") is fine


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0X7F.0x0.0x0.0x1", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0177.0.0.01", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("[::1]", "::1"),
        ("::ffff:127.0.0.1", "::ffff:7f00:1"),
        ("[fe80::1%25eth0]", "fe80::1"),
        ("example.org", ""),
        ("1.2.3.4.5", ""),
        ("face.example", ""),
        ("127.0.0.1.nip.io", ""),
        ("", ""),
    ],
)
def test_literals_are_known_in_every_form_the_c_library_dials(host: str, address: str) -> None:
    found = literal(host)
    assert (ip_address(found) if found else "") == (ip_address(address) if address else "")


def test_what_a_connector_would_take_for_an_address_is_told() -> None:
    assert all(looks_numeric(host) for host in ("1.2.3.4.5", "999", "::x", "1.2.3.4"))
    assert not any(looks_numeric(host) for host in ("example.org", "0x7f.1", "1.example"))


def _answers(*addresses: str) -> Any:
    def look_up(_host: str, port: int, *_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return look_up


def _resolve(*allow: str) -> list[str]:
    async def main() -> list[str]:
        resolver = GuardedResolver([ip_network(network) for network in allow])
        try:
            return [answer["host"] for answer in await resolver.resolve("feed.example", 443)]
        finally:
            await resolver.close()

    return asyncio.run(main())


def test_every_resolved_address_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _answers("93.184.215.14", "93.184.215.15"))
    assert _resolve() == ["93.184.215.14", "93.184.215.15"]
    monkeypatch.setattr(socket, "getaddrinfo", _answers("93.184.215.14", "192.168.1.1"))
    with pytest.raises(BlockedAddress, match=r"192\.168\.1\.1 is not public \(private\)"):
        _resolve()
    assert _resolve("192.168.0.0/16") == ["93.184.215.14", "192.168.1.1"]

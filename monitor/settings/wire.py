"""What can go over a line as it is written: addresses, and the values of headers. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

HTTP = ("http", "https")
HEADER_VALUE = "printable characters of ASCII"
A_HOST_NAME = "a host name without scheme and port"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")


def is_address(url: str, schemes: Collection[str]) -> bool:
    """Has ``url`` one of ``schemes`` (none named: any), a host, and nothing that no address holds?"""
    try:
        parts = urlsplit(url)
        known = parts.scheme in schemes if schemes else bool(parts.scheme)
        return known and bool(parts.hostname or (not schemes and parts.netloc)) and url.isprintable() and " " not in url
    except ValueError:
        return False


def has_port(url: str) -> bool:
    """Is the port of an address, where it names one, one that can be dialled?"""
    try:
        return urlsplit(url).port != 0
    except ValueError:  # no number, or over 65535
        return False


def is_web_address(url: str) -> bool:
    """Is it an http or https address that can be asked?"""
    return is_address(url, HTTP) and has_port(url) and has_name(url)


def has_name(url: str) -> bool:
    """Can the host of an address be looked up? What stands between two dots has 1 to 63 characters, and the coded name means
    something: as the HTTP client has it, which looks at that of hosts alone that begin with it or are no ASCII."""
    host = urlsplit(url).hostname or ""
    if ":" in host:
        return True  # an address of IPv6: no other has colons
    if not host.isascii() or host.startswith("xn--"):
        import idna  # noqa: PLC0415 - few hosts need it

        try:
            host = idna.encode(idna.decode(host) if host.isascii() else host).decode()
        except idna.IDNAError:
            return False
    return all(0 < len(label) <= 63 for label in host.removesuffix(".").split("."))


def is_host_name(text: str) -> bool:
    """Is it a name as it stands in addresses, coded where it is no ASCII?"""
    return _HOST.fullmatch(text) is not None


def is_header_value(text: str) -> bool:
    """Can it stand in a header? More than ASCII is written in one way by some and in another by others (RFC 9110, 5.5)."""
    return text.isascii() and text.isprintable()


def same_address(url: str) -> str:
    """The form that two spellings of one address share: scheme and host in small letters, no port that its scheme has anyway."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    user, at, _ = parts.netloc.rpartition("@")
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    usual = port is None or port == {"http": 80, "https": 443}.get(parts.scheme)
    return parts._replace(netloc=f"{user}{at}{host}" + ("" if usual else f":{port}")).geturl()

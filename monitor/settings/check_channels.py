"""What each kind of channel needs, and what none may hold: said for the person who wrote it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from urllib.parse import unquote, urlsplit

from monitor.settings.origin import Origin, Path_
from monitor.settings.schema import Channel
from monitor.settings.wire import HEADER_VALUE, HTTP, has_name, has_port, is_address, is_header_value, is_web_address

_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.1
_SLACK_ID = re.compile(r"[CDG][A-Z0-9]{7,}")
_MAILBOX = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
_ADDRESS = "an address in ASCII (its domain as xn--…)"
SCHEMES = {
    "email": ("smtp", "smtps", "smtp+plain"),
    "apprise": (),  # any: the library knows them
}
NEED_URL = ("webhook", "slack", "discord", "teams", "email", "apprise")
_URL = frozenset({"url", "url_file"})
TAKEN = {  # by each type, beside what every channel has
    "stdout": frozenset({"format"}),
    "webhook": _URL | {"secrets", "secrets_file", "headers", "bearer_token"},
    "slack": _URL | {"token", "token_file", "channel", "signing_secret", "app_token", "api_url"},
    "discord": _URL,
    "teams": _URL,
    "email": _URL | {"sender", "to"},
    "apprise": _URL,
}


def takes(kind: str) -> frozenset[str]:
    """The keys of a channel of this type, which is one of ``TAKEN``."""
    return TAKEN[kind] | {"type", "rate_per_second", "timeout", "enabled"}


# What an option is judged by beside itself.
_HANGS_ON = {"url": ("token",), "channel": ("token",), "signing_secret": ("token",), "app_token": ("token",)}


def channels(given: Mapping[str, Channel], unread: Collection[Path_], unset: AbstractSet[Path_], origin: Origin) -> Iterator[str]:
    """Every mistake in every channel. ``unread``: keys already complained of; ``unset``: those whose variable is not there,
    about whose value nothing can be said."""
    for name, channel in given.items():
        key: Path_ = ("channels", name)
        useless = _useless(channel)
        for option in sorted(useless):
            *others, last = sorted(takes(channel.type))
            told = f"found a key that no channel of type {channel.type} takes; expected only {', '.join(others)} and {last}"
            yield origin.problem((*key, option), told)
        found = (*_address(channel, (*key, "url_file") in unread), *_slack(channel), *_email(channel), *_webhook(channel))
        for part, problem in found:
            if useless.isdisjoint((part[0], f"{part[0]}_file")) and unset.isdisjoint(
                (*key, option) for option in (part[0], *_HANGS_ON.get(part[0], ()))
            ):
                yield origin.problem((*key, *part), problem)


def _useless(channel: Channel) -> set[str]:
    """What is written of a channel and read by nobody: who wrote it expects something that does not come."""
    if channel.type not in TAKEN:
        return set()
    written = {option for option in channel.model_fields_set if getattr(channel, option) is not None}
    from_files = {option for option in written if f"{option}_file" in written}
    return written - from_files - takes(channel.type)


_Problems = Iterator[tuple[tuple[str, ...], str]]


def _address(channel: Channel, unread: bool) -> _Problems:
    url = channel.url.get_secret_value() if channel.url else ""
    schemes = SCHEMES.get(channel.type, HTTP)
    other = channel.type == "slack" and (channel.token or channel.token_file)
    if not url and channel.type in NEED_URL and not unread and not other:
        ways = "url or url_file, or token and channel" if channel.type == "slack" else "url or url_file"
        yield ("url",), f"is not given; expected {ways}"
    elif url and other:
        yield ("url",), "found url beside token; expected one of them"
    elif url and not is_address(url, schemes):
        wanted = " or ".join(f"{s}://" for s in schemes) if channel.type == "email" else "http or https"
        expected = "an apprise address, such as ntfy://host/topic" if not schemes else f"an {wanted} address"
        yield ("url",), f"found … (not shown: it may be secret); expected {expected}"
    elif url and schemes and not has_name(url):  # (elsewhere a token may stand in its place, as in that of a port)
        yield ("url",), "found a host that is no name (not shown: it may be secret); expected one such as hooks.example.org"
    elif schemes and not has_port(url):
        yield ("url",), "found a port that is none (not shown: it may be secret); expected a number from 1 to 65535"


def _slack(channel: Channel) -> _Problems:
    if channel.type != "slack":
        return
    bot = channel.token or channel.token_file
    if bot and not _SLACK_ID.fullmatch(channel.channel):
        yield ("channel",), f"found {channel.channel!r}; expected the channel's ID, such as C0123456789 (not its name)"
    if not bot:
        for option in ("channel", "signing_secret", "app_token"):
            if getattr(channel, option):
                yield (option,), "is given without token; an incoming webhook posts only, and to its own channel"
    if not is_web_address(channel.api_url):
        yield ("api_url",), f"found {channel.api_url!r}; expected an http or https address"
    if channel.token and not is_header_value(channel.token.get_secret_value()):
        written = "token" if channel.token_file is None else "token_file"
        yield (written,), f"found what no header may hold (not shown); expected {HEADER_VALUE}"


def _email(channel: Channel) -> _Problems:
    if channel.type != "email":
        return
    if not _is_mailbox(channel.sender) or not _is_author(channel.sender):
        found = f"found {channel.sender!r}" if channel.sender else "is not given"
        yield ("sender",), f"{found}; expected {_ADDRESS}, such as movewire@example.org"
    if not channel.to:
        yield ("to",), "is not given; expected a list of addresses"
    for one in channel.to:
        if not _is_mailbox(one):
            yield ("to",), f"found {one!r}; expected {_ADDRESS}, such as desk@example.org"
    url = channel.url.get_secret_value() if channel.url else ""
    if is_address(url, SCHEMES["email"]) and not unquote(urlsplit(url).netloc.rpartition("@")[0]).isascii():
        yield ("url",), "found a login with other characters than ASCII's (not shown); expected one in ASCII"


def _is_mailbox(text: str) -> bool:
    """One that SMTP carries as it is: letters beyond ASCII need SMTPUTF8 (RFC 6531), which many servers do not speak."""
    return bool(_MAILBOX.fullmatch(text)) and text.isascii() and text.isprintable()


def _is_author(text: str) -> bool:
    """Can it stand in From, where an address is read more strictly?"""
    from email.errors import MessageError  # noqa: PLC0415 - start-up
    from email.headerregistry import Address  # noqa: PLC0415 - start-up

    try:
        return bool(Address(addr_spec=text))
    except (ValueError, MessageError):
        return False


def _webhook(channel: Channel) -> _Problems:
    for secret in channel.secrets:
        if why := _bad_signing_secret(secret.get_secret_value()):
            written = "secrets" if channel.secrets_file is None else "secrets_file"
            yield (written,), f"found {why}; expected whsec_ and base64 of 16 to 128 bytes"
    for header, value in channel.headers.items():
        if not _HEADER.fullmatch(header) or not is_header_value(value.get_secret_value()):
            yield ("headers", header), f"found what no header may hold; expected a name and {HEADER_VALUE}"
    if channel.bearer_token and not is_header_value(channel.bearer_token.get_secret_value()):
        yield ("bearer_token",), f"found what no header may hold (not shown); expected {HEADER_VALUE}"


def _bad_signing_secret(secret: str) -> str:
    if not secret.startswith("whsec_"):
        return "a secret that does not begin with whsec_"
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        return "a secret that is not base64"
    return "" if 16 <= len(key) <= 128 else f"a secret of {len(key)} bytes"

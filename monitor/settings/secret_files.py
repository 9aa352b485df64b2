"""Secrets of channels: read from their files, and made known to the log so that none is ever printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from monitor import log
from monitor.settings.origin import Origin, Path_
from monitor.settings.schema import Channel

_MOUNTED = "/run/secrets/"  # where containers find them, readable by everybody in a container of one user


@dataclass
class Secrets:
    channels: dict[str, Channel] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def with_secrets(channels: Mapping[str, Channel], folder: Path, origin: Origin) -> Secrets:
    """The channels with ``url_file`` and ``secrets_file`` read. Paths are relative to ``folder``."""
    found = Secrets()
    for name, channel in channels.items():
        update: dict[str, Any] = {}
        if channel.url_file and channel.url:
            path: Path_ = ("channels", name, "url_file")
            found.problems.append(origin.problem(path, "found url_file beside url; expected one of them"))
        elif channel.url_file and (text := _read(channel.url_file, folder, ("channels", name, "url_file"), origin, found)):
            update["url"] = SecretStr(text)
        if channel.token_file and (text := _read(channel.token_file, folder, ("channels", name, "token_file"), origin, found)):
            update["token"] = SecretStr(text)
        if channel.secrets_file:
            text = _read(channel.secrets_file, folder, ("channels", name, "secrets_file"), origin, found)
            update["secrets"] = (*channel.secrets, *(SecretStr(line) for line in text.split()))
        found.channels[name] = channel.model_copy(update=update)
        _hide(found.channels[name])
    return found


def _read(written: str, folder: Path, key: Path_, origin: Origin, found: Secrets) -> str:
    path = folder / Path(written).expanduser()
    try:
        text = path.read_text(encoding="utf-8").strip()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        found.problems.append(
            origin.problem(key, f"found {str(path)!r}, which cannot be read ({reason}); expected a file with the secret")
        )
        return ""
    if not text:
        found.problems.append(origin.problem(key, f"found {str(path)!r}, which is empty; expected a file with the secret"))
    if mode & 0o027 and not str(path).startswith(_MOUNTED):
        found.notices.append(origin.problem(key, f"{path} can be read or changed by other users; `chmod 600 {path}` closes it"))
    return text


def _hide(channel: Channel) -> None:
    tokens = (channel.bearer_token, channel.token, channel.signing_secret, channel.app_token)
    for secret in (*tokens, *channel.secrets, *channel.headers.values()):
        if secret is not None:
            log.hide(secret.get_secret_value())
    if channel.url is not None:
        log.hide_url(channel.url.get_secret_value())

"""The registry of notifiers: the kinds of channel Movewire can tell. A new one is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from monitor.errors import SettingsError
from monitor.interfaces import Notifier
from monitor.notify.apprise import Apprise
from monitor.notify.discord import Discord
from monitor.notify.stdout import Stdout
from monitor.notify.teams import Teams
from monitor.notify.webhook import Webhook
from monitor.settings.schema import Channel


def _slack(name: str, channel: Channel) -> Notifier:
    from monitor.notify.slack import SlackWebhook  # noqa: PLC0415 - start-up: slack_sdk
    from monitor.notify.slack_bot import SlackBot  # noqa: PLC0415 - start-up

    if channel.token is None:
        return SlackWebhook(_url(name, channel))
    feedback = channel.signing_secret is not None or channel.app_token is not None
    return SlackBot(channel.token.get_secret_value(), channel.channel, api_url=channel.api_url, feedback=feedback)


def _email(name: str, channel: Channel) -> Notifier:
    from monitor.notify.email import Email  # noqa: PLC0415 - start-up: the standard library's e-mail

    return Email(_url(name, channel), channel.sender, channel.to)


def lacks(kind: str) -> str:
    """What channels of a type need and the installation has not; "" where it has all."""
    missing = kind == "apprise" and find_spec("apprise") is None
    return "apprise needs the extra of that name: pip install 'movewire[apprise]'" if missing else ""


def _apprise(name: str, channel: Channel) -> Notifier:
    if missing := lacks("apprise"):
        raise SettingsError([f"channels.{name}.type: {missing}"])
    return Apprise(_url(name, channel))


def _url(name: str, channel: Channel) -> str:
    if channel.url is None:
        raise SettingsError([f"channels.{name}.url: is not given; expected the address to post to"])
    return channel.url.get_secret_value()


NOTIFIERS: dict[str, Callable[[str, Channel], Notifier]] = {
    "stdout": lambda name, channel: Stdout(channel.format),
    "webhook": lambda name, channel: Webhook(_url(name, channel), channel),
    "slack": _slack,
    "discord": lambda name, channel: Discord(_url(name, channel)),
    "teams": lambda name, channel: Teams(_url(name, channel)),
    "email": _email,
    "apprise": _apprise,
}


def notifier_for(name: str, channel: Channel) -> Notifier:
    """The notifier of the channel ``name``. Raises SettingsError where its type is not known or its options do not do."""
    factory = NOTIFIERS.get(channel.type)
    if factory is None:
        expected = ", ".join(sorted(NOTIFIERS))
        raise SettingsError([f"channels.{name}.type: found {channel.type!r}; expected one of {expected}"])
    return factory(name, channel)

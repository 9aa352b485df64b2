"""The registry of notifiers: the kinds of channel Movewire can tell. A new one is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable

from monitor.errors import SettingsError
from monitor.interfaces import Notifier
from monitor.notify.slack import SlackWebhook
from monitor.notify.slack_bot import SlackBot
from monitor.notify.stdout import Stdout
from monitor.notify.webhook import Webhook
from monitor.settings.schema import Channel


def _slack(name: str, channel: Channel) -> Notifier:
    if channel.token is not None:
        feedback = channel.signing_secret is not None or channel.app_token is not None
        return SlackBot(channel.token.get_secret_value(), channel.channel, api_url=channel.api_url, feedback=feedback)
    if channel.url is None:
        raise SettingsError([f"channels.{name}.url: is not given; expected an incoming webhook's address, or token and channel"])
    return SlackWebhook(channel.url.get_secret_value())


NOTIFIERS: dict[str, Callable[[str, Channel], Notifier]] = {
    "stdout": Stdout,
    "webhook": Webhook,
    "slack": _slack,
}


def notifier_for(name: str, channel: Channel) -> Notifier:
    """The notifier of the channel ``name``. Raises SettingsError where its type is not known or its options do not do."""
    factory = NOTIFIERS.get(channel.type)
    if factory is None:
        expected = ", ".join(sorted(NOTIFIERS))
        raise SettingsError([f"channels.{name}.type: found {channel.type!r}; expected one of {expected}"])
    return factory(name, channel)

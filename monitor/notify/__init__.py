"""The registry of notifiers: the kinds of channel Movewire can tell. A new one is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable

from monitor.errors import SettingsError
from monitor.interfaces import Notifier
from monitor.notify.slack import SlackWebhook
from monitor.notify.stdout import Stdout
from monitor.notify.webhook import Webhook
from monitor.settings.schema import Channel


def _slack(name: str, channel: Channel) -> Notifier:
    if channel.url is None:
        raise SettingsError([f"channels.{name}.url: is not given; expected a Slack incoming webhook address"])
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

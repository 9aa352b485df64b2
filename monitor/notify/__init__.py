"""The registry of notifiers: the kinds of channel Movewire can tell. A new one is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable

from monitor.errors import SettingsError
from monitor.interfaces import Notifier
from monitor.notify.slack import Slack
from monitor.notify.stdout import Stdout
from monitor.notify.webhook import Webhook
from monitor.settings.schema import Channel

NOTIFIERS: dict[str, Callable[[str, Channel], Notifier]] = {
    "stdout": Stdout,
    "webhook": Webhook,
    "slack": Slack,
}


def notifier_for(name: str, channel: Channel) -> Notifier:
    """The notifier of the channel ``name``. Raises SettingsError where its type is not known or its options do not do."""
    factory = NOTIFIERS.get(channel.type)
    if factory is None:
        expected = ", ".join(sorted(NOTIFIERS))
        raise SettingsError([f"channels.{name}.type: found {channel.type!r}; expected one of {expected}"])
    return factory(name, channel)

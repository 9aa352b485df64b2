"""How alerts reach people: deliveries, and what waits for a digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from monitor.model.events import AlertId

DeliveryId = NewType("DeliveryId", str)


class DeliveryState(StrEnum):
    PENDING = "pending"  # waiting for its first or next attempt
    SENDING = "sending"  # claimed, under a lease
    SENT = "sent"
    DEAD = "dead"  # no further attempt without a person's word


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One revision of one alert to one channel.

    Made with a ``next_attempt``, it is held until then (quiet hours): the channel's order goes by that time.
    """

    id: DeliveryId
    alert_id: AlertId
    revision: int
    channel: str
    created_at: datetime
    route: str = ""  # the route that sent it here
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0  # begun
    lost: int = 0  # of them, those that never ended: their process was killed
    next_attempt: datetime | None = None  # None: now
    lease_until: datetime | None = None
    sent_at: datetime | None = None  # to all, or to all but those of ``later``
    last_status: int | None = None
    last_error: str = ""
    kind: str = "alert"  # alert, notice, digest; where it is no alert, ``alert_id`` is "" and ``revision`` 1
    plain: bool = False  # the receiver could not read the rich form
    unsure: bool = False  # an attempt ended without an answer: it may have arrived
    later: tuple[str, ...] = ()  # of several recipients those who have not got it yet, while the others have; it holds up nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """A revision that waits for a digest. ``digest`` is the same for all that one route tells one channel at one time."""

    digest: str
    channel: str
    route: str
    due_at: datetime
    alert_id: AlertId
    revision: int
    added_at: datetime

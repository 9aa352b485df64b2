"""What can be asked for: one filter for every surface, and the place in a list to go on from."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, fields
from datetime import datetime

from monitor.errors import QueryError
from monitor.model import BuildoutAction, Label, MoveAction, Severity, Status

_KNOWN: dict[str, tuple[str, ...]] = {
    "label": tuple(Label),
    "status": tuple(Status),
    "severity": tuple(Severity),
    "action": tuple(dict.fromkeys((*MoveAction, *BuildoutAction))),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """All conditions given must hold; within a tuple one suffices. The empty filter matches everything.

    Names (``org`` is either side, ``from_org``, ``to_org``, ``person``, ``role``, ``outlet``, ``project``, ``location``)
    match whole words in their order, whatever their case and accents. Raises QueryError for a word the model does not have.
    """

    label: tuple[str, ...] = ()
    org: tuple[str, ...] = ()
    from_org: tuple[str, ...] = ()
    to_org: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    project: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    feed: str = ""  # a feed's id; stories only
    amount_min: float | None = None  # dollars
    capacity_min: float | None = None  # megawatts
    since: datetime | None = None  # first seen, or alerted, at this time or later
    until: datetime | None = None  # before this time
    q: str = ""  # every word and every "phrase" of it, in any order; a word may end in *
    changed_after: datetime | None = None  # oldest change first, for keeping a copy up to date

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if one.type.startswith("tuple") and isinstance(value, str):
                raise QueryError(f"{one.name}: a tuple of texts is wanted, not {value!r}")
        for name, known in _KNOWN.items():
            for value in getattr(self, name):
                if value not in known:
                    raise QueryError(f"{name}: {value!r} is unknown; it is one of {', '.join(known)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place in a list. ``order``: t by time, s by number (both newest first), c by change (oldest first), n by name."""

    order: str
    at: int = 0
    seq: int = 0
    name: str = ""

    def encode(self) -> str:
        return base64.urlsafe_b64encode(f"{self.order}.{self.at}.{self.seq}.{self.name}".encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """Raises QueryError for what no page gave out."""
        try:
            plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
            order, at, seq, name = plain.split(".", 3)
            if order not in ("t", "s", "c", "n") or max(abs(int(at)), abs(int(seq))) >= 2**63:
                raise ValueError(order)
            return cls(order=order, at=int(at), seq=int(seq), name=name)
        except (ValueError, binascii.Error) as error:
            raise QueryError("the cursor is not one that a page gave out; start again without one") from error

"""The place in a list to go on from."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from monitor.errors import QueryError
from monitor.store.reads import Reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place in a list. ``order``: t by time, s by number (both newest first), c by change (oldest first), n by name, o of what
    was counted up."""

    order: str
    at: int = 0
    seq: int = 0
    name: str = ""

    def encode(self) -> str:
        return base64.urlsafe_b64encode(f"{self.order}.{self.at}.{self.seq}.{self.name}".encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, orders: str) -> Cursor:
        """``orders`` are those the list may be in. Raises QueryError for what no page of it gave out."""
        try:
            plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
            order, at, seq, name = plain.split(".", 3)
            if order not in tuple(orders) or max(abs(int(at)), abs(int(seq))) >= 2**63 or "\0" in name:
                raise ValueError(order)
            return cls(order=order, at=int(at), seq=int(seq), name=name)
        except (ValueError, binascii.Error) as error:
            raise QueryError("cursor: no page of this list gave it out; start again without one", "cursor") from error


def end_of(reads: Reads, change: ColumnElement[Any]) -> Cursor:
    """The place of who has seen everything there is: ``change`` is the column that counts a list's changes."""
    return Cursor(order="c", seq=reads.connection.execute(select(func.max(change))).scalar() or 0)

"""Where everything is kept. Rows never leave this folder; ``Store`` and ``Transaction`` speak in frozen values."""

from typing import TYPE_CHECKING, Any

from monitor.later import Later
from monitor.store.database import Store
from monitor.store.dialect import Lock, lacks, wrong_with
from monitor.store.reads import Reads
from monitor.store.writes import Transaction

if TYPE_CHECKING:
    from monitor.store.due import Wanted
    from monitor.store.outbox import Turn

__all__ = ["Lock", "Reads", "Store", "Transaction", "Turn", "Wanted", "lacks", "wrong_with"]

_ASKED = {"Turn": Later("monitor.store.outbox"), "Wanted": Later("monitor.store.due")}


def __getattr__(name: str) -> Any:
    """``Turn`` and ``Wanted``: whoever delivers asks for them, and whoever reads does without."""
    if name not in _ASKED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(_ASKED[name], name)

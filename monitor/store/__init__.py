"""Where everything is kept. Rows never leave this folder; ``Store`` and ``Transaction`` speak in frozen values."""

from typing import TYPE_CHECKING, Any

from monitor.later import Later
from monitor.store.database import Store
from monitor.store.dialect import Lock, lacks, wrong_with
from monitor.store.reads import Reads
from monitor.store.writes import Transaction

if TYPE_CHECKING:
    from monitor.store.outbox import Turn, Wanted

__all__ = ["Lock", "Reads", "Store", "Transaction", "Turn", "Wanted", "lacks", "wrong_with"]

_OUTBOX = Later("monitor.store.outbox")


def __getattr__(name: str) -> Any:
    """``Turn`` and ``Wanted``: whoever delivers asks for them, and whoever reads does without."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(_OUTBOX, name)

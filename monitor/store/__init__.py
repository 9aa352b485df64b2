"""Where everything is kept. Rows never leave this folder; ``Store`` and ``Transaction`` speak in frozen values."""

from monitor.store.database import Store
from monitor.store.dialect import Lock, lacks, wrong_with
from monitor.store.outbox import Turn, Wanted
from monitor.store.reads import Reads
from monitor.store.writes import Transaction

__all__ = ["Lock", "Reads", "Store", "Transaction", "Turn", "Wanted", "lacks", "wrong_with"]

"""How many of the newest events a list of alerts is about are of each label, status and severity."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlalchemy import func, select

import monitor.store.tables as t
from monitor.filtering import Filter
from monitor.store.reads import Reads
from monitor.store.search import newest_alerted

NEWEST = 1000  # alerts looked at: what a page can count in its time
Counts = dict[str, dict[str, int]]


def facets(reads: Reads, filter: Filter) -> Counts:
    """``{"label": {"infrastructure": 12}, "status": …, "severity": …}``, each event once, as it stands today.

    What the filter itself narrows is counted without it, so that what else could be chosen is seen.
    """
    found = _counts(reads, filter)
    for name, wider in (
        ("label", replace(filter, label=())),
        ("status", replace(filter, status=())),
        ("severity", replace(filter, severity=())),
    ):
        if getattr(filter, name):
            found[name] = _counts(reads, wider)[name]
    return found


def _counts(reads: Reads, filter: Filter) -> Counts:
    found = newest_alerted(reads, filter, NEWEST)
    counts: dict[str, Counter[str]] = {"label": Counter(), "status": Counter(), "severity": Counter()}
    if found is None:
        return {name: {} for name in counts}
    e, rows = t.events.c, found.subquery()
    about = select(rows.c.event_seq).distinct().subquery()
    grouped = select(e.labels, e.status, e.severity, func.count()).join(about, about.c.event_seq == e.seq)
    for labels, status, severity, count in reads.connection.execute(grouped.group_by(e.labels, e.status, e.severity)):
        counts["label"].update(dict.fromkeys(labels.split(), count))
        counts["status"][status] += count
        counts["severity"][severity] += count
    return {name: dict(counter) for name, counter in counts.items()}

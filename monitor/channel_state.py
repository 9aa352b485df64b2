"""How an attempt changes its channel, and what the operator is told of it. Pure.

A notice goes out at the fourth failure in a row, when the channel works again after that, and when it is switched off:
because the destination is gone, or because it has failed for five days.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.results import ChannelState
from monitor.subjects import Notice, notice
from monitor.text import minute

TOLD_AT = 4  # failures in a row
LONGEST_FAILING = timedelta(days=5)


def after_attempt(
    state: ChannelState, *, sent: bool, why: str = "", gone: bool = False, now: datetime
) -> tuple[ChannelState, Notice | None]:
    """The channel after an attempt, and the notice that follows. ``gone``: the answer says the destination is no more."""
    if sent:
        well = replace(state, failures=0, failing_since=None, reason=state.reason if state.disabled else "")
        if state.failures < TOLD_AT or state.failing_since is None:
            return well, None
        told = f"after {state.failures} failures in a row since {minute(state.failing_since)}"
        return well, notice(now, "channel.recovered", state.name, f"Channel {state.name} works again", told)
    failing = replace(state, failures=state.failures + 1, failing_since=state.failing_since or now)
    if not state.disabled:
        failing = replace(failing, reason=why)
    since = failing.failing_since or now
    if gone or now - since >= LONGEST_FAILING:
        reason = why if gone else f"it has failed since {minute(since)}; last: {why}"
        off = replace(failing, disabled=True, reason=reason)
        if state.disabled:
            return off, None
        title = f"Channel {state.name} was disabled"
        return off, notice(now, "channel.disabled", state.name, title, reason, f"movewire channels enable {state.name}")
    if failing.failures == TOLD_AT:
        title = f"Channel {state.name} fails: {TOLD_AT} attempts in a row"
        return failing, notice(now, "channel.failing", state.name, title, why, "Retries follow the schedule.")
    return failing, None

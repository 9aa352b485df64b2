"""A file that says a process lives, for who may look at files and at nothing else: the health check of a container."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from monitor import log as logging

LOOPS = frozenset({"collect", "deliver", "work"})  # a heartbeat tells those of its process
STALE = timedelta(seconds=45)  # a heartbeat comes every 5 s


def write(path: str, now: datetime, info: Mapping[str, Any]) -> None:
    """Put the heartbeat into the file at ``path`` whole; "" writes none. Failing is said, and no heartbeat dies of it."""
    if path:
        part = Path(f"{path}.part")
        try:
            part.write_text(json.dumps({"at": now.isoformat(), "info": info}, default=str), encoding="utf-8")
            part.replace(path)
        except OSError as error:
            _tell(path, error.strerror or str(error))


@lru_cache(maxsize=8)
def _tell(path: str, why: str) -> None:
    """Once a reason: it would be said every 5 s."""
    logging.get(part="daemon").warning("pulse_file cannot be written: health checks that read it will fail", path=path, why=why)


def read(path: Path, now: datetime) -> str:
    """Why the process behind the file at ``path`` is not healthy; "" where it is."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        at, info = datetime.fromisoformat(told["at"]), told["info"]
    except FileNotFoundError:
        return f"{path}: no process has written its pulse yet"
    except OSError as error:
        return f"{path}: no pulse can be read ({error.strerror})"
    except (ValueError, LookupError, TypeError):
        return f"{path}: no pulse can be read (the file was not written by a Movewire process)"
    return dead(at, info, now)


def late(at: datetime, info: Mapping[str, Any], now: datetime) -> str:
    """Why a heartbeat of ``at`` does not speak of a healthy process at ``now``; "" where it does."""
    if stopped := info.get("stopped"):
        return f"the process was stopped at {stopped} (process {info.get('pid')})"
    if now - at > STALE:
        return f"the last heartbeat of the process was {_ago(now - at)} ago (process {info.get('pid')})"
    for tick in sorted(LOOPS & info.keys()):
        told = info.get(tick) or info["started"]  # the first heartbeat comes before the first tick has ended
        if now - datetime.fromisoformat(str(told)) > STALE:
            return f"the {tick} loop has not run since {told}"
    return ""


def dead(at: datetime, info: Mapping[str, Any], now: datetime) -> str:
    """``late``, asked from outside: one that was killed says so to nobody, and is missed at once where it was of this machine."""
    return late(at, info, now) or (f"the process was killed or crashed (process {info['pid']})" if gone(info) else "")


def gone(info: Mapping[str, Any]) -> bool:
    """Is the process of a heartbeat no more? Only known of processes of this machine; in a container, of its own."""
    if info.get("host") != socket.gethostname() or "pid" not in info:
        return False
    try:
        os.kill(int(info["pid"]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False  # another user's: it lives
    return False


def _ago(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"

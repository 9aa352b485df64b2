"""Ticks that fail: said once, taken up again, said once more."""

from __future__ import annotations

import asyncio
import json

import pytest

from monitor import log
from monitor.engine.loops import failures_logged
from monitor.errors import DatabaseAway


def test_a_tick_that_fails_for_an_hour_is_two_lines_and_a_fault_is_shown_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.configure("info", "json")
    ends: list[Exception | None] = [None, *[DatabaseAway("db: gone")] * 9, DatabaseAway("db: no route"), None, None]
    ends += [KeyError("alerts"), None]
    left = iter(ends)

    async def collect() -> None:
        if (error := next(left)) is not None:
            raise error

    async def hour() -> None:
        turn = failures_logged(collect)
        for _ in ends:
            await turn()

    asyncio.run(hour())
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["event"], line.get("why", "")) for line in lines] == [
        ("a tick failed", "db: gone"),
        ("a tick failed", "db: no route"),
        ("a tick works again", ""),
        ("a tick failed", "'alerts'"),
        ("a tick works again", ""),
    ]
    assert {line["tick"] for line in lines} == {"collect"}
    assert ["Traceback" in line.get("exception", "") for line in lines] == [False, False, False, True, False]


def test_what_libraries_log_is_a_line_as_ours_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    import logging

    log.configure("info", "json")
    log.hide("s3cret-of-a-library")
    logging.getLogger("some.library").warning("no answer from %s", "https://x.example/s3cret-of-a-library")
    logging.getLogger("some.library").info("chatter")
    [line] = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (line["part"], line["level"], line["event"]) == ("some.library", "warning", "no answer from https://x.example/…")

"""The stream of alerts as server-sent events."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

import monitor.surfaces.api.stream as stream
from monitor import query
from monitor.app import App
from monitor.filtering import Filter
from monitor.model import Status
from tests.store.build import at, founded


async def heard(app: App, count: int, *, last: str = "", filter: Filter = query.EVERYTHING, then: Any = None) -> list[Any]:
    """The first ``count`` events of a stream that looks without waiting; ``then`` is done once it has begun."""
    state = type("State", (), {"stopping": asyncio.Event(), "streams": 1})()
    cursor = last or query.end_of_alerts(app.store)
    pieces = stream._followed(state, app, filter, cursor, await stream._after(app, filter, cursor))
    found: list[Any] = []
    async for piece in pieces:
        if piece.startswith(b"retry") and then:
            then()
        if piece.startswith(b"event: alert\n"):
            _, id_, data = piece.decode().strip().split("\n")
            found.append((id_.removeprefix("id: "), json.loads(data.removeprefix("data: "))))
        if len(found) == count:
            break
    await pieces.aclose()
    assert state.streams == 0
    return found


def test_the_stream_tells_what_comes_and_goes_on_where_it_ended(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "EVERY", 0.001)

    def more() -> None:
        for number in (50, 51, 52):
            app.store.transact(lambda tx, n=number: tx.record_poll(founded(n, at(n))))  # type: ignore[misc]

    first = asyncio.run(heard(app, 2, then=more))
    rest = asyncio.run(heard(app, 1, last=first[-1][0]))
    assert [told["at"][11:16] for _, told in first + rest] == ["12:50", "12:51", "12:52"]


def test_the_stream_is_filtered_and_ends_with_the_daemon(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "EVERY", 0.001)

    def more() -> None:
        for number, status in ((60, Status.CONFIRMED), (61, Status.RUMORED)):
            app.store.transact(lambda tx, n=number, s=status: tx.record_poll(founded(n, at(n), status=s)))  # type: ignore[misc]

    ((_, told),) = asyncio.run(heard(app, 1, filter=Filter(status=("rumored",)), then=more))
    assert told["status"] == "rumored"


def test_a_stream_with_a_bad_id_is_refused(client: TestClient) -> None:
    answer = client.get("/api/v1/stream", headers={"last-event-id": "nonsense"})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "cursor")

"""The server beside the daemon: on a real socket, closed by default, gone when the daemon stops."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.responses import Response

import monitor.store.access as stored
from monitor.app import open_app
from monitor.engine.embedded import serve
from monitor.engine.loops import Running
from monitor.errors import SettingsError
from monitor.settings.schema import Server, Settings
from monitor.surfaces.api.server import serving
from monitor.surfaces.listening import address, listening
from tests.store.build import NOW


def settings_of(folder: Path, **server: Any) -> Settings:
    return Settings(database={"url": f"sqlite:///{folder}/movewire.db"}, server=Server(**server), channels={}, routes=())  # type: ignore[arg-type]


def lived(settings: Settings, *, auth_needed: bool = False) -> list[httpx.Response]:
    """A daemon's whole life of half a second, asked once while it ran."""
    answers: list[httpx.Response] = []

    @asynccontextmanager
    async def asked(running: Running) -> AsyncIterator[None]:
        async with serving(running) as url, httpx.AsyncClient() as client:
            answers.append(await client.get(f"{url}/api/v1/alerts"))
            yield

    with open_app(settings) as app:
        asyncio.run(serve(app, 0.1, [asked]))
    return answers


def test_the_daemon_serves_while_it_lives(tmp_path: Path) -> None:
    (answer,) = lived(settings_of(tmp_path, listen="127.0.0.1:0"))
    assert answer.status_code == 200 and answer.json() == {"items": [], "next": None, "next_url": None}
    assert "server" not in answer.headers


@pytest.mark.parametrize("listen", ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"])
def test_it_refuses_to_be_reached_by_others_before_anybody_decided_who_may(tmp_path: Path, listen: str) -> None:
    with pytest.raises(SettingsError, match="movewire tokens create NAME"):
        lived(settings_of(tmp_path, listen=listen))


def test_with_a_token_or_by_an_explicit_word_it_can_be_reached(tmp_path: Path) -> None:
    assert lived(settings_of(tmp_path, listen="0.0.0.0:0", auth="none"))[0].status_code == 200
    with open_app(settings_of(tmp_path)) as app:
        app.store.transact(lambda tx: stored.create_token(tx, "desk", "read", NOW))
    assert lived(settings_of(tmp_path, listen="0.0.0.0:0"))[0].status_code == 401


def test_a_name_that_leads_nowhere_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"server.listen: found no.invalid:8080: this name has no address here; expected"):
        lived(settings_of(tmp_path, listen="no.invalid:8080", auth="none"))


def test_an_address_that_is_taken_is_said_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"server.listen: found 127.0.0.1:{port}: address already in use; expected"):
            lived(settings_of(tmp_path, listen=f"127.0.0.1:{port}"))


def test_a_server_that_nobody_asks_rests_and_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It wakes for the Date of its answers, not to see whether it is to end: an idle daemon did little else."""
    looks, look = [], uvicorn.Server.on_tick

    async def looked(server: uvicorn.Server, counter: int) -> bool:
        looks.append(counter)
        return await look(server, counter)

    async def idle() -> str:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            async with listening(Response("ok"), listener), httpx.AsyncClient() as client:
                date: str = (await client.get(address(listener))).headers["date"]
                await asyncio.sleep(0.3)
                looks.append(-1)
        return date

    monkeypatch.setattr(uvicorn.Server, "on_tick", looked)
    monkeypatch.setattr("monitor.surfaces.listening.DATE_EVERY", 60.0)
    assert asyncio.run(asyncio.wait_for(idle(), 10)).endswith("GMT") and looks == [0, -1, 0]


PATHS = ("alerts", "alerts?format=csv", "stories/nothing", "stream", "flows", "nothing")


def test_head_tells_what_get_would_and_no_more(tmp_path: Path) -> None:
    """Of a stream too, which would not end."""

    async def talk(running: Running) -> None:
        async with serving(running) as url, httpx.AsyncClient(timeout=20) as client:
            for path in PATHS:
                head = await client.head(f"{url}/api/v1/{path}")
                async with client.stream("GET", f"{url}/api/v1/{path}") as whole:
                    assert (head.status_code, head.content) == (whole.status_code, b""), path
                    left = {"date", "transfer-encoding", "connection"}
                    assert {k: v for k, v in head.headers.items() if k not in left} == {
                        k: v for k, v in whole.headers.items() if k not in left
                    }, path
            tag = head.headers.get("etag") or (await client.head(f"{url}/api/v1/alerts")).headers["etag"]
            assert (await client.head(f"{url}/api/v1/alerts", headers={"if-none-match": tag})).status_code == 304
            assert (await client.head(f"{url}/healthz")).status_code == (await client.get(f"{url}/healthz")).status_code
            assert (await client.head(f"{url}/")).status_code == 200

    with open_app(settings_of(tmp_path, listen="127.0.0.1:0")) as app:

        @asynccontextmanager
        async def asked(running: Running) -> AsyncIterator[None]:
            await talk(running)
            yield

        asyncio.run(serve(app, 0.1, [asked]))

"""``movewire deliveries retry``: dead letters of one channel, counted first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.app import open_app
from monitor.settings import load
from monitor.store import Store
from tests.cli.conftest import Run, World
from tests.outboxes import Clock, deliver, numbered, states, tell
from tests.servers import Reply

HOUR = timedelta(hours=1)


@pytest.fixture
def refused(world: World) -> World:
    """Three dead letters of ``desk``, an hour apart, and one of ``log``: receivers that refused them three times."""
    world.server.routes["/refuses"] = lambda _: Reply(404)
    hook = {"type": "webhook", "url": f"{world.server.url}/refuses", "rate_per_second": 1000}
    world.write(channels={"desk": hook, "log": hook}, routes=[{"name": "all", "channels": ["desk"]}])
    clock = Clock()
    clock.now = datetime.now(UTC) - 4 * HOUR
    with open_app(load(world.config), clock=clock) as app:
        for n in range(3):
            one = numbered(n, clock.now)
            tell(app, one, ["desk", "log"] if n == 0 else ["desk"])
            for _ in range(3):
                deliver(app)
                clock.now += timedelta(minutes=20)
        assert states(app) == {"desk": ["dead"] * 3, "log": ["dead"]}
    return world


def waiting(world: World) -> dict[str, int]:
    with Store.open(load(world.config).database.url) as store:
        return store.waiting_by_channel()


def test_those_of_one_channel_are_counted_and_sent_again(refused: World, run: Run) -> None:
    asked = run("--config", refused.config, "deliveries", "retry", "--channel", "desk", "--since", "3h")
    assert asked.code != 0 and "of desk" in asked.err and ": 1\n" in asked.err and "Send 1 delivery again?" in asked.err
    assert waiting(refused) == {}, "nobody said yes"
    done = run("--config", refused.config, "deliveries", "retry", "--channel", "desk", "--failed", "--yes")
    assert done.code == 0 and "of desk" in done.err and "3 deliveries will be sent again" in done.err
    assert waiting(refused) == {"desk": 3}
    rest = run("--config", refused.config, "deliveries", "retry", "--failed", "--yes")
    assert "1 delivery will be sent again" in rest.err and waiting(refused) == {"desk": 3, "log": 1}


def test_a_channel_that_is_not_there_is_named(refused: World, run: Run) -> None:
    ended = run("--config", refused.config, "deliveries", "retry", "--channel", "dsek", "--yes")
    assert ended.code == 3 and "no channel" in ended.err and "desk" in ended.err
    assert waiting(refused) == {}


def test_named_ones_have_their_channel(refused: World, run: Run) -> None:
    ended = run("--config", refused.config, "deliveries", "retry", "01ABC", "--channel", "desk")
    assert ended.code == 2 and "--channel" in ended.err

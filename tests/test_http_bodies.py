"""What the HTTP door reads of a body: one coding taken off, bombs and floods stopped at their cap."""

from __future__ import annotations

import asyncio
import gzip
import time
import zlib

import pytest

from monitor.errors import ConnectionFailed, FetchError, TooLarge
from monitor.interfaces import Answer
from tests.door import Door, asking, head, run, says


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP", "identity, gzip"])
def test_one_gzip_coding_is_taken_off(coding: str) -> None:
    text = b"<rss/>" * 1000
    assert run(asking, says(200, gzip.compress(text), {"content-encoding": coding})).body == text


def test_deflate_members_and_padding_are_read_as_browsers_do() -> None:
    assert run(asking, says(200, zlib.compress(b"abc"), {"content-encoding": "deflate"})).body == b"abc"
    two = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0padding"
    assert run(asking, says(200, two, {"content-encoding": "gzip"})).body == b"one two"


def test_members_cut_anywhere_by_the_network_are_joined() -> None:
    data = gzip.compress(b"one ") + gzip.compress(b"two")

    async def talk(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"content-encoding": "gzip"}, len(data)))
        for at in range(len(data)):
            writer.write(data[at : at + 1])
            await writer.drain()

    assert run(asking, talk).body == b"one two"


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "zstd", "gzip,deflate", "made-up"])
def test_any_other_coding_is_refused(coding: str) -> None:
    with pytest.raises(FetchError, match="only one coding") as caught:
        run(asking, says(200, gzip.compress(gzip.compress(b"x")), {"content-encoding": coding}))
    assert not caught.value.retry


@pytest.mark.parametrize(
    "body",
    [b"not gzip at all", gzip.compress(bytes(range(256)), mtime=0)[:90], gzip.compress(b"", mtime=0)[:10]],
    ids=("none", "cut", "head alone"),
)
def test_a_damaged_or_cut_coding_is_a_failed_answer(body: bytes) -> None:
    with pytest.raises(ConnectionFailed, match="compressed body"):
        run(asking, says(200, body, {"content-encoding": "gzip"}))


def test_a_bomb_is_stopped_at_the_cap_and_the_loop_keeps_turning() -> None:
    """200 MB of zeros in 200 KB, inflated in pieces: nothing holds the loop for 50 ms of CPU."""
    bomb = gzip.compress(bytes(200_000_000), 6)

    async def work(door: Door) -> float:
        gaps, stop = [0.0], False

        async def tick() -> None:
            last = time.thread_time()
            while not stop:
                await asyncio.sleep(0)
                gaps.append(time.thread_time() - last)
                last = time.thread_time()

        ticker = asyncio.create_task(tick())
        with pytest.raises(TooLarge, match="once decompressed"):
            await door.get()
        stop = True
        await ticker
        return max(gaps)

    assert run(work, says(200, bomb, {"content-encoding": "gzip"})) < 0.05


def test_a_large_honest_body_leaves_the_loop_turning() -> None:
    text = b"".join(b"<item>%d</item>" % n for n in range(700_000))
    body = gzip.compress(text, 1)

    async def work(door: Door) -> tuple[bool, float]:
        worst, last = 0.0, time.thread_time()
        task = asyncio.create_task(door.get())
        while not task.done():
            await asyncio.sleep(0)
            worst, last = max(worst, time.thread_time() - last), time.thread_time()
        return (await task).body == text, worst

    same, worst = run(work, says(200, body, {"content-encoding": "gzip"}))
    assert same
    assert worst < 0.05


@pytest.mark.parametrize("sized", [True, False])
def test_a_body_over_the_cap_on_the_wire_is_refused(sized: bool) -> None:
    async def talk(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"connection": "close"}, 10_000 if sized else None))
        for _ in range(10):
            writer.write(b"x" * 1000)
            await writer.drain()

    async def work(door: Door) -> Answer:
        return await door.get(max_body=4000)

    with pytest.raises(TooLarge, match="larger than 4000 bytes"):
        run(work, talk)


def test_incompressible_gzip_over_the_cap_is_refused_on_the_wire() -> None:
    async def talk(_p: str, _h: dict[str, str], _b: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"content-encoding": "gzip", "connection": "close"}))
        for _ in range(100):
            writer.write(gzip.compress(b""))
            await writer.drain()

    async def work(door: Door) -> Answer:
        return await door.get(max_body=1024)

    with pytest.raises(TooLarge, match="on the wire"):
        run(work, talk)

"""Entries that were missed are looked for on the pages before, as far back as it takes, and again where a page failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from monitor.model import FeedState
from tests.polling import World, world
from tests.servers import Asked, Reply

PATH = "/wire?count=2"


@dataclass
class Archive:
    """EDGAR on loopback, two filings a page; ``fails`` are pages by their ``start``, and how they answer."""

    w: World
    filings: list[str] = field(default_factory=list)
    fails: dict[int, Callable[[Asked], Reply]] = field(default_factory=dict)

    def page(self, asked: Asked) -> Reply:
        start = int(asked.path.partition("start=")[2].partition("&")[0] or 0)
        if start in self.fails:
            return self.fails[start](asked)
        return Reply(200, edgar(self.filings[start : start + 2]), {"content-type": "application/atom+xml", "etag": f'"{start}"'})

    def files(self, *numbers: int) -> None:
        """Newest first."""
        self.filings[:0] = [filing(n) for n in numbers]

    def asked(self) -> list[int]:
        """The pages asked for since it was last looked at."""
        starts = [int(a.path.partition("start=")[2] or 0) for a in self.w.server.asked]
        self.w.server.asked.clear()
        return starts

    def stories(self) -> int:
        return self.w.app.store.counts()["stories"]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Three filings, of which the first poll saw the newest two; then seven more."""
    with world(tmp_path, polling={"contact": "desk@wire.example"}) as w:
        made = Archive(w)
        feed = replace(w.feed(), url=f"{w.server.url}{PATH}", source="edgar")
        w.app.store.transact(lambda tx: tx.save_feed(feed))
        w.server.routes |= {f"{PATH}&start={start}": made.page for start in range(2, 40, 2)} | {PATH: made.page}
        made.files(0, 1, 2)
        assert w.poll()[0].new == 2
        made.files(*range(10, 17))
        made.asked()
        w.forward(hours=1)
        yield made


def filing(number: int) -> str:
    accession = f"0001234567-26-{number:06}"
    return (
        f"<entry><title>8-K - COMPANY {number} INC (0001234567) (Filer)</title>"
        f'<link rel="alternate" type="text/html" href="https://www.sec.gov/Archives/{accession}-index.htm"/>'
        f'<summary type="html">AccNo: {accession} &lt;br&gt;Item 5.02: Departure of Directors</summary>'
        f"<id>urn:tag:sec.gov,2008:accession-number={accession}</id></entry>"
    )


def edgar(filings: list[str]) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Latest Filings</title>{"".join(filings)}</feed>'.encode()


def test_an_overrun_is_paged_back_until_it_meets_what_was_known(archive: Archive) -> None:
    [outcome] = archive.w.poll()
    assert (outcome.new, archive.stories()) == (7, 9)
    assert archive.asked() == [0, 2, 4, 6]
    assert archive.w.feed().overruns == 0, "paged back: nothing was missed"


FAILURES: dict[str, Callable[[Asked], Reply]] = {
    "status": lambda _: Reply(500),
    "a web page": lambda _: Reply(200, b"<html><title>Undeclared automated tool</title></html>", {"content-type": "text/html"}),
    "not a document": lambda _: Reply(200, b"<feed", {"content-type": "application/atom+xml"}),
    "no address": lambda _: Reply(302, b"", {"location": "ftp://nowhere.example/"}),
}


@pytest.mark.parametrize("how", FAILURES.values(), ids=FAILURES.keys())
def test_what_was_read_before_a_page_failed_is_stored_and_the_next_poll_reaches_the_rest(
    archive: Archive, how: Callable[[Asked], Reply]
) -> None:
    w, archive.fails = archive.w, {4: how}
    with capture_logs() as logged:
        [outcome] = w.poll()
    feed = w.feed()
    assert (outcome.new, archive.stories(), archive.asked()) == (4, 6, [0, 2, 4])
    assert f"{w.server.url}{PATH}&start=4" in feed.last_error and outcome.why == feed.last_error
    [said] = [line for line in logged if line["event"].startswith("a page of the feed failed")]
    assert (said["log_level"], said["feed"], said["url"]) == ("warning", "wire", f"{w.server.url}{PATH}&start=4")
    assert (feed.state, feed.etag, feed.body_digest) == (FeedState.OK, "", ""), "asked in full, and not as one that fails"
    archive.fails.clear()
    w.forward(hours=1)
    [outcome] = w.poll()
    assert (outcome.new, archive.stories(), archive.asked()) == (3, 9, [0, 2, 4, 6])
    assert (w.feed().missed_since, w.feed().last_error, w.feed().etag) == (None, "", '"0"')
    w.forward(hours=1)
    archive.files(17)
    w.poll()
    assert (archive.stories(), archive.asked()) == (10, [0]), "all was reached: it is not paged again"


def test_a_page_that_goes_on_failing_holds_nothing_up_and_loses_nothing(archive: Archive) -> None:
    """New filings come meanwhile, and push what is still to be reached further back; so does another process."""
    w, archive.fails = archive.w, {4: FAILURES["status"], 6: FAILURES["status"], 8: FAILURES["status"]}
    w.poll()
    for numbers in ((20,), (21, 22)):
        w.forward(hours=1)
        archive.files(*numbers)
        w.collector = None
        assert w.poll()[0].new == len(numbers)
        assert w.feed().missed_since == w.now - timedelta(hours=1 if numbers == (20,) else 2), "the first time it failed"
    archive.fails.clear()
    archive.asked()
    w.forward(hours=1)
    assert w.poll()[0].new == 3
    assert (archive.stories(), archive.asked()) == (12, [0, 2, 4, 6, 8, 10])


def test_what_cannot_be_reached_for_longer_than_would_be_alerted_is_given_up(archive: Archive) -> None:
    w, archive.fails = archive.w, {4: FAILURES["status"]}
    w.poll()
    archive.asked()
    for _ in range(7):
        w.forward(days=1)
        w.poll()
        assert archive.asked() == [0, 2, 4]
    w.forward(hours=1)
    with capture_logs() as logged:
        w.poll()
    assert (archive.asked(), w.feed().missed_since) == ([0], None)
    assert any("given up" in line["event"] for line in logged)


def test_a_page_that_asks_for_a_rest_is_not_asked_before(archive: Archive) -> None:
    w, archive.fails = archive.w, {2: lambda _: Reply(503, b"", {"retry-after": "80000"})}
    other = replace(w.feed(), id="other", name="other", url=f"{w.server.url}/other", next_check=w.now)
    w.app.store.transact(lambda tx: tx.save_feed(other))
    w.poll()
    assert [w.feed(name).next_check for name in ("wire", "other")] == [w.now + timedelta(seconds=84000)] * 2, "5 % later"

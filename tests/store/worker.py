"""A process that writes polls until it is killed: ``python -m tests.store.worker URL FIRST COUNT``.

After each commit it prints the number of the poll, so that the test knows what was promised.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from monitor.ids import digest
from monitor.model import FeedId
from monitor.results import PollResult
from monitor.store import Store

from .build import FEED, at, founded, key, story


def poll(number: int) -> PollResult:
    """A poll of ten stories of which the first founds an event and is alerted to two channels."""
    feed = replace(FEED, id=FeedId(f"feed-{number}"), name=f"feed {number}", etag=f'"{number}"')
    one = founded(number * 100, at(number), channels=("slack", "hook"))
    more = [story(number * 100 + n, at(number), feed_id=feed.id) for n in range(1, 10)]
    stories = (replace(one.stories[0], feed_id=feed.id), *more)
    return replace(one, feed=feed, stories=stories, keys=tuple(replace(key(s), key=digest(s.id, s.title)) for s in stories))


def main(url: str, first: int, count: int) -> None:
    with Store.open(url) as store:
        for number in range(first, first + count):
            result = poll(number)
            store.transact(lambda tx, result=result: tx.record_poll(result))  # type: ignore[misc]
            print(number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

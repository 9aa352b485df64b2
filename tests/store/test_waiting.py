"""What waits: held deliveries and digest items, hastened where a later revision overtakes them; silences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor import query
from monitor.errors import AmbiguousError, NotFoundError
from monitor.model import Change, Delivery, DeliveryState, Silence, SilenceId, StoryId
from monitor.results import PollResult, Tried
from monitor.store import Store, waiting
from monitor.subjects import DIGEST_ALERTS, Digest
from tests.claims import claims, ended

from .build import FEED, NOW, alert, at, delivery, founded, item


def held(result: PollResult, minutes: float) -> PollResult:
    return replace(result, deliveries=tuple(replace(d, next_attempt=at(minutes)) for d in result.deliveries))


def revised(result: PollResult, minutes: float, *, urgent: bool = True) -> PollResult:
    change = Change(at=at(minutes), kind="denial", after="denied", story_id=StoryId("S"))
    told = replace(alert(result.events[0], 2, at(minutes)), changes=(change,))
    sent = (delivery(told),) if urgent else ()
    return PollResult(feed=FEED, alerts=(told,), deliveries=sent)


def write(store: Store, *results: PollResult) -> None:
    for result in results:
        store.transact(lambda tx, r=result: tx.record_poll(r))  # type: ignore[misc]


def claimed(store: Store, minutes: float) -> list[Delivery]:
    return [claimed.delivery for claimed in claims(store, at(minutes))]


def test_a_held_delivery_waits_and_lets_others_pass(store: Store) -> None:
    write(store, held(founded(0), 60), founded(1, at(5)))
    [first] = claimed(store, 10)
    assert first.created_at == at(5)
    ended(store, Tried(delivery=replace(first, state=DeliveryState.SENT, lease_until=None), at=at(10)))
    assert claimed(store, 59) == []
    assert (store.due_channels(at(59.9)), store.due_channels(at(60))) == ([], ["slack"])
    [second] = claimed(store, 60)
    assert second.created_at == at(0)


def test_a_later_revision_takes_the_earlier_with_it(store: Store) -> None:
    first = founded(0)
    write(store, held(first, 60), revised(first, 20))
    [one] = claimed(store, 20)
    assert one.revision == 1, "in their order"


def test_what_waits_for_a_digest_is_told_with_the_revision_that_overtakes_it(store: Store) -> None:
    first = founded(0)
    write(store, item(first, 60), revised(first, 20))
    assert store.close_digests(at(10_000)) == 0
    [one] = claimed(store, 20)
    assert one.revision == 2


def test_a_digest_is_closed_once(store: Store) -> None:
    write(store, item(founded(0), 60), item(founded(1, at(1)), 60))
    assert store.read(waiting.next_due) == at(60)
    assert store.close_digests(at(59)) == 0
    assert store.close_digests(at(60)) == 1
    assert store.close_digests(at(61)) == 0
    assert store.read(waiting.next_due) is None
    [one] = claims(store, at(60))
    assert isinstance(one.subject, Digest)
    assert (one.subject.title, [a.created_at for a in one.subject.alerts]) == ("Digest of r", [at(0), at(1)])


def test_of_an_alert_it_is_told_which_digest_it_waits_for_and_then_which_told_it(store: Store) -> None:
    first = founded(0)
    write(store, item(first, 60), item(founded(1, at(1)), 60))
    [told] = first.alerts
    found = query.alert(store, told.id)
    assert [(i.channel, i.due_at) for i in found.waiting] == [("slack", at(60))] and found.deliveries == ()
    assert query.event(store, told.event_id).waiting == found.waiting
    assert store.close_digests(at(60)) == 1
    found = query.alert(store, told.id)
    assert [d.kind for d in found.deliveries] == ["digest"] and found.waiting == ()
    assert query.event(store, told.event_id).deliveries == found.deliveries


def test_a_digest_tells_the_last_revision_of_each_alert(store: Store) -> None:
    first = founded(0)
    second = revised(first, 20, urgent=False)
    items = tuple(replace(i, revision=2) for i in item(first, 60).digest_items)
    write(store, item(first, 60), replace(second, digest_items=items))
    assert store.close_digests(at(60)) == 1
    [one] = claims(store, at(60))
    assert isinstance(one.subject, Digest)
    assert [(a.revision, a.update) for a in one.subject.alerts] == [(2, False)], "no update of what nobody was told"


def test_a_digest_tells_an_update_as_that_where_the_first_message_went_out_before(store: Store) -> None:
    first = founded(0)
    items = tuple(replace(i, revision=2) for i in item(first, 60).digest_items)
    write(store, first, replace(revised(first, 20, urgent=False), digest_items=items))
    [sent] = claimed(store, 1)
    ended(store, Tried(delivery=replace(sent, state=DeliveryState.SENT, lease_until=None), at=at(1)))
    assert store.close_digests(at(60)) == 1
    [one] = claims(store, at(60))
    assert isinstance(one.subject, Digest)
    assert [(a.revision, a.update) for a in one.subject.alerts] == [(2, True)]


def test_a_long_digest_goes_out_in_parts_and_a_late_item_by_itself(store: Store) -> None:
    write(store, *(item(founded(n, at(n)), 60) for n in range(DIGEST_ALERTS + 3)))
    assert store.close_digests(at(60)) == 2
    write(store, item(founded(99, at(50)), 60))
    assert store.close_digests(at(61)) == 1
    told: list[str] = []
    titles: list[str] = []
    while found := claims(store, at(61)):
        for one in found:
            assert isinstance(one.subject, Digest)
            titles.append(one.subject.title)
            told += [a.id for a in one.subject.alerts]
            ended(store, Tried(delivery=replace(one.delivery, state=DeliveryState.SENT, lease_until=None), at=at(61)))
    assert len(told) == len(set(told)) == DIGEST_ALERTS + 4
    assert sorted(titles) == ["Digest of r", "Digest of r (1 of 2)", "Digest of r (2 of 2)"]


def test_a_digest_item_written_twice_waits_once(store: Store) -> None:
    write(store, item(founded(0), 60), item(founded(0), 60))
    assert store.close_digests(at(60)) == 1


# -- silences


def silence(number: int, start: float = 0, end: float = 60) -> Silence:
    return Silence(
        id=SilenceId(f"01ABC{number}"),
        match={"org": ["Acme"], "q": "x"},
        starts_at=at(start),
        ends_at=at(end),
        author="Ada \ud800",
        comment="no \0 more",
        created_at=NOW,
    )


def test_silences_come_back_as_they_were_with_odd_characters_replaced(store: Store) -> None:
    store.add_silence(silence(1))
    [found] = store.silences()
    assert found == replace(silence(1), author="Ada \ufffd", comment="no  more")


def test_silences_that_are_over_are_listed_on_request_only(store: Store) -> None:
    for one in (silence(1, end=10), silence(2, end=90), silence(3, start=100, end=120)):
        store.add_silence(one)
    assert [s.id for s in store.silences(at(50))] == ["01ABC2", "01ABC3"]
    assert len(store.silences()) == 3


def test_a_silence_is_ended_by_the_beginning_of_its_id(store: Store) -> None:
    store.add_silence(silence(1))
    store.add_silence(silence(2))
    ended = store.expire_silence("01abc1", now=at(5), by="Ben")
    assert (ended.ends_at, ended.expired_by) == (at(5), "Ben")
    assert store.expire_silence("01ABC1", now=at(9), by="Cy") == ended, "one that is over stays as it is"
    with pytest.raises(AmbiguousError):
        store.expire_silence("01ABC", now=at(5), by="Ben")
    for unknown in ("zz", "", "%"):
        with pytest.raises(NotFoundError):
            store.expire_silence(unknown, now=at(5), by="Ben")

"""One contract over every member of the registry, and what is special about each."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.changes import change_line, status_word
from monitor.headlines import headline
from monitor.interfaces import Answer, Judgement, Outgoing
from monitor.model import AlertId, Change, ChangeKind, StoryId
from monitor.notify import NOTIFIERS
from monitor.notify.message import alert_message, settled
from monitor.notify.plain import as_text
from monitor.notify.slack_blocks import change_content, escape
from monitor.subjects import Digest
from tests.notify.parcels import CHANNELS, NOW, notifier, parcel, said
from tests.notify.receivers import check, content, texts, visible
from tests.notify.samples import ADDRESSES, AT, HOSTILE, KINDS, MOVE, STORY, alert, digest, hostile
from tests.notify.tellings import PAGE, TELLINGS, outgoing

SAID = Outgoing(delivery_id="D1", subject=alert())


def test_every_kind_is_under_contract() -> None:
    assert {str(options["type"]) for options in CHANNELS.values()} == set(NOTIFIERS)


@pytest.mark.parametrize("kind", sorted(CHANNELS))
class TestContract:
    @pytest.mark.parametrize("shape", sorted(KINDS))
    @pytest.mark.parametrize("plain", [False, True])
    def test_says_the_same_at_every_attempt_and_what_the_service_takes(self, kind: str, shape: str, plain: bool) -> None:
        made = parcel(kind, KINDS[shape](), plain=plain)
        assert content(made) == said(kind, KINDS[shape](), plain=plain)
        check(kind, made)
        assert "Corvid Systems" in visible(kind, made)

    @pytest.mark.parametrize("name", sorted(TELLINGS))
    def test_says_what_the_design_asks(self, kind: str, name: str) -> None:
        telling = TELLINGS[name]()
        made = notifier(kind).request(outgoing(telling), now=NOW)
        check(kind, made)
        words, event = visible(kind, made), telling.event
        assert headline(event) in words and PAGE in content(made).decode("utf-8").replace("=\r\n", "")
        assert event.outlets[0] in words and event.stories[0].url in words.replace("\\", "") + content(made).decode()
        if kind not in ("stdout", "webhook"):
            assert status_word(event.status.value) in words and event.severity.value in words
            assert event.severity_reasons[0] in words and event.stories[0].evidence[0].text in words
            assert kind == "apprise" or all(change_line(c) in words for c in telling.changes)

    @pytest.mark.parametrize("words", HOSTILE)
    @pytest.mark.parametrize("plain", [False, True])
    def test_hostile_words_arrive_as_words_and_within_limits(self, kind: str, words: str, plain: bool) -> None:
        made = parcel(kind, hostile(words), plain=plain)
        check(kind, made)
        if len(words) < 200 and kind not in ("webhook", "stdout"):
            assert " ".join(settled(words).split()) in " ".join(visible(kind, made).split())

    def test_a_digest_of_hostile_words_too(self, kind: str) -> None:
        alerts = tuple(replace(hostile(words), id=AlertId(f"A{n}")) for n, words in enumerate(HOSTILE * 9))
        check(kind, parcel(kind, Digest(id="D", at=AT, title=HOSTILE[0], since=AT, until=AT, alerts=alerts)))

    @pytest.mark.parametrize("url", ADDRESSES)
    @pytest.mark.parametrize("plain", [False, True])
    def test_a_link_that_is_no_address_costs_no_message(self, kind: str, url: str, plain: bool) -> None:
        told = alert(stories=(replace(STORY, url=url),))
        for what in (told, replace(digest(), alerts=(told,))):
            made = parcel(kind, what, plain=plain)
            check(kind, made)
            assert "Mara Lindqvist" in visible(kind, made)

    def test_a_test_message_can_be_said(self, kind: str) -> None:
        made = parcel(kind, alert(), test=True)
        check(kind, made)
        assert kind == "webhook" or "test" in visible(kind, made)

    def test_a_good_answer_is_sent(self, kind: str) -> None:
        body = b'{"ok": true, "ts": "1.2", "channel": "C0123456789"}' if kind == "slack bot" else b"ok"
        assert notifier(kind).judge(SAID, Answer(status=200, body=body)).judgement == Judgement.SENT

    @pytest.mark.parametrize("status", [500, 502, 503, 429])
    def test_trouble_is_tried_again(self, kind: str, status: int) -> None:
        if kind not in ("stdout", "email"):
            for body in (b"", b'{"code": [1], "retry_after": []}', b"[" * 200_000):
                assert notifier(kind).judge(SAID, Answer(status=status, body=body)).judgement == Judgement.AGAIN


@pytest.mark.parametrize(
    ("status", "judgement"),
    [
        (204, "sent"),
        (302, "again"),
        (400, "again"),
        (404, "again"),
        (408, "again"),
        (410, "disable"),
        (429, "again"),
        (503, "again"),
    ],
)
def test_what_an_answer_means(status: int, judgement: str) -> None:
    judged = notifier("webhook").judge(SAID, Answer(status=status))
    assert judged.judgement.value == judgement
    assert judged.refused == (status in (302, 400, 404)), "what is refused is tried three times at most"


@pytest.mark.parametrize(("value", "wait"), [("120", 120), ("0", 1), ("999999", 86400)])
def test_retry_after_counts_between_a_second_and_a_day(value: str, wait: int) -> None:
    judged = notifier("webhook").judge(SAID, Answer(status=429, headers={"retry-after": value}))
    assert judged.wait == timedelta(seconds=wait)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "90.5"}, timedelta(seconds=90.5)),
        ({"retry-after": "Mon, 04 May 2026 10:10:00 GMT", "date": "Mon, 04 May 2026 10:00:00 GMT"}, timedelta(minutes=10)),
        ({"retry-after": "Mon, 04 May 2026 10:10:00 GMT"}, None),
        ({"retry-after": "Mon, 04 May 2026 10:10:00 GMT", "date": "Fri, 31 Dec 9999 23:59:59 -0100"}, None),
        ({"retry-after": "Fri, 31 Dec 9999 23:59:59 -0100", "date": "Mon, 04 May 2026 10:00:00 GMT"}, None),
        ({"retry-after": "-5"}, None),
    ],
)
def test_an_odd_retry_after_is_no_day_and_no_dead_letter(headers: dict[str, str], wait: timedelta | None) -> None:
    judged = notifier("webhook").judge(SAID, Answer(status=429, headers=headers))
    assert (judged.judgement, judged.wait) == (Judgement.AGAIN, wait)


@pytest.mark.parametrize(
    ("form", "terminal", "text"), [("auto", True, True), ("auto", False, False), ("text", False, True), ("json", True, False)]
)
def test_a_terminal_is_for_people_and_a_pipe_for_programs_unless_it_is_said(form: str, terminal: bool, text: bool) -> None:
    made = notifier("stdout", format=form).request(Outgoing(delivery_id="D1", subject=alert(), plain=terminal), now=NOW)
    assert content(made).startswith(b"Mara Lindqvist" if text else b'{"type":"alert.created"')


class TestSlack:
    def test_the_top_text_says_everything_for_a_screen_reader(self) -> None:
        text = json.loads(said("slack", KINDS["move"]()))["text"]
        for words in ("Mara Lindqvist", "Northlight AI", "Corvid Systems", "confirmed", "https://wire.example/1"):
            assert words in text

    def test_links_and_media_are_not_unfolded(self) -> None:
        body = json.loads(said("slack", alert()))
        assert body["unfurl_links"] is False and body["unfurl_media"] is False

    def test_a_refused_form_is_said_in_plain_text(self) -> None:
        judged = notifier("slack").judge(SAID, Answer(status=400, body=b"invalid_blocks"))
        assert judged.judgement == Judgement.AGAIN and judged.plain
        assert "blocks" not in json.loads(said("slack", alert(), plain=True))

    @pytest.mark.parametrize(("status", "body"), [(404, b"no_service"), (403, b"invalid_token"), (410, b"channel_is_archived")])
    def test_a_dead_webhook_disables_the_channel(self, status: int, body: bytes) -> None:
        assert notifier("slack").judge(SAID, Answer(status=status, body=body)).judgement == Judgement.DISABLE


class TestMessage:
    def test_one_line_tells_a_move(self) -> None:
        assert headline(alert().event) == "Mara Lindqvist: Northlight AI → Corvid Systems, vice president of data centers"

    def test_one_line_tells_a_group(self) -> None:
        assert headline(KINDS["group"]().event) == "Three senior Meridian leaders: Northlight AI → Corvid Systems"

    def test_a_group_s_role_that_is_its_name_is_not_said_twice(self) -> None:
        move = replace(MOVE, person="", group="Three senior leaders", to_role="senior leaders", from_role="")
        assert headline(alert(moves=(move,)).event) == "Three senior leaders: Northlight AI → Corvid Systems"

    def test_whoever_is_named_is_told_before_the_group_they_are_of(self) -> None:
        groups = tuple(replace(MOVE, person="", group=g, to_role="") for g in ("three leaders", "senior leaders"))
        line = headline(alert(moves=(*groups, MOVE)).event)
        assert line == "Mara Lindqvist: Northlight AI → Corvid Systems, vice president of data centers"

    def test_one_line_tells_a_buildout(self) -> None:
        assert headline(KINDS["buildout"]().event) == "Skagen Power and Corvid Systems: power deal, 1.2 GW, $14 billion, Lindholm"

    def test_an_event_with_nobody_named_is_told_by_its_title(self) -> None:
        assert headline(alert(moves=()).event) == alert().event.headline

    def test_a_revision_says_what_changed(self) -> None:
        text = as_text(alert_message(KINDS["revision"]()))
        assert text.startswith("Update: ") and "status: rumoured → confirmed" in text

    def test_the_quoted_words_are_marked_where_they_stand(self) -> None:
        [quote] = alert_message(alert()).quotes
        assert [quote.text[a:b] for a, b in quote.marks] == ["Corvid Systems", "Mara Lindqvist"]

    def test_the_time_of_a_message_is_that_of_its_revision(self) -> None:
        assert json.loads(said("webhook", alert()))["timestamp"] == AT.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("kind", "before", "after", "said"),
    [
        ("status", "rumored", "confirmed", "status: rumoured → confirmed"),
        ("confirmation", "reported", "confirmed", "status: reported → confirmed"),
        ("confirmation", "confirmed", "Corvid Newsroom", "confirmed by: Corvid Newsroom"),
        ("confirmation", "", "Corvid Newsroom", "confirmed by: Corvid Newsroom"),
        ("confirmation", "confirmed", "", "confirmed"),
        ("confirmation", "Nina Volk rumored", "confirmed", "Nina Volk: rumoured → confirmed"),
        ("denial", "rumored", "denied", "status: rumoured → denied"),
        ("denial", "Mara Lindqvist", "Mara Lindqvist", "denied: Mara Lindqvist"),
        ("denial", "", "Mara Lindqvist", "denied: Mara Lindqvist"),
        ("amount", "$1 billion", "$2 billion", "amount: $2 billion (told before: $1 billion)"),
        ("capacity", "", "300 MW", "capacity: 300 MW"),
        ("correction", "$1 billion", "$2 billion", "corrected: $1 billion → $2 billion"),
        ("person", "", "Mara Lindqvist", "named: Mara Lindqvist"),
    ],
)
def test_a_change_is_said_as_what_it_is(kind: ChangeKind, before: str, after: str, said: str) -> None:
    """A confirmation is a status that moved on, or a weighty outlet that stands behind it now."""
    assert change_line(Change(at=AT, kind=kind, before=before, after=after, story_id=StoryId("S1"))) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("<!channel> @here <@U123> Bob *Stone* | `x`", "&lt;!channel&gt; @here &lt;@U123&gt; Bob ∗Stone∗ | ˋxˋ"),
        ("_it_ ~no~ **two** (*in*)", "ˍitˍ ∼no∼ ∗∗two∗∗ (∗in∗)"),
        ("> said :fire: :rotating_light:", "› said ꞉fire: ꞉rotating_light:"),
        ("one\n> two", "one\n› two"),
        ("https://a.example/_x_/~y?a=1&b=2", "https://a.example/_x_/~y?a=1&amp;b=2"),
        ("https://`x`", "https://ˋxˋ"),
    ],
)
def test_a_feed_s_marks_do_nothing_in_slack(words: str, said: str) -> None:
    assert escape(words) == said


@pytest.mark.parametrize(
    "words",
    [
        "snake_case, 3*4 and 5 * 6",
        "a 5* hotel",
        "~ 300 MW at 10:30:45",
        "re:invent: what is new",
        "Müller _",
        "Ada O'Quill's 100%",
    ],
)
def test_ordinary_words_are_unchanged_in_slack(words: str) -> None:
    assert escape(words) == words


def test_no_mark_of_a_title_acts_in_slack_wherever_it_is_said() -> None:
    """Blocks, plain text and the line below in the thread: what is bold is ours."""
    words = "Oracle names <!channel> @here <@U123> Bob *Stone* | `x` _chief_ ~financial~ officer"
    acting = re.compile(r"\*Stone|`|_chief|~financial|<[!@]")
    told = replace(hostile(words), revision=2, changes=(Change(at=AT, kind="person", after=words, story_id=StoryId("S1")),))
    for kind in ("slack", "slack bot"):
        for plain in (False, True):
            body = json.loads(content(parcel(kind, told, plain=plain)))
            marked = [
                body["text"],
                *(t["text"] for block in body.get("blocks", ()) for t in texts(block) if t["type"] == "mrkdwn"),
            ]
            assert not any(acting.search(re.sub(r"<https://[^|]*\|", "", text)) for text in marked)
    below = change_content(replace(alert_message(told), change_link=None))
    assert "Stone" in below["text"] and not any(
        acting.search(text) for text in (below["text"], below["blocks"][0]["text"]["text"])
    )

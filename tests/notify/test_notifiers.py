"""One contract over every member of the registry, and what is special about each."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import jsonschema
import pytest
from pydantic import SecretStr
from slack_sdk.models.blocks import Block
from standardwebhooks import Webhook

from monitor.interfaces import Answer, Judgement, Notifier, Outgoing, Printed
from monitor.model import Alert
from monitor.notify import NOTIFIERS, notifier_for
from monitor.notify.headlines import headline
from monitor.notify.message import as_text, message
from monitor.notify.payload import MAX_BYTES
from monitor.notify.schemas import schema
from monitor.settings.schema import Channel
from tests.notify.samples import AT, HOSTILE, KINDS, alert, hostile

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OLDER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SAID = Outgoing(delivery_id="D1", subject=alert())


def notifier(kind: str, **options: object) -> Notifier:
    given = {"url": SecretStr("https://hooks.example/T/B/secret")} if kind != "stdout" else {}
    return notifier_for("name", Channel(type=kind, **(given | options)))  # type: ignore[arg-type]


def said(channel: str, what: Alert, **more: object) -> bytes:
    made = notifier(channel).request(Outgoing(delivery_id="D1", subject=what, **more), now=NOW)  # type: ignore[arg-type]
    assert isinstance(made, (httpx.Request, Printed))
    return made.content


@pytest.mark.parametrize("kind", sorted(NOTIFIERS))
class TestContract:
    @pytest.mark.parametrize("shape", sorted(KINDS))
    def test_says_the_same_at_every_attempt(self, kind: str, shape: str) -> None:
        assert said(kind, KINDS[shape]()) == said(kind, KINDS[shape]())

    @pytest.mark.parametrize("shape", sorted(KINDS))
    def test_names_who_and_where_to(self, kind: str, shape: str) -> None:
        text = said(kind, KINDS[shape]()).decode()
        assert "Corvid Systems" in text

    @pytest.mark.parametrize("words", HOSTILE)
    def test_hostile_words_arrive_as_words_and_within_limits(self, kind: str, words: str) -> None:
        body = said(kind, hostile(words))
        assert body.decode("utf-8")
        assert len(body) < 40_000

    def test_a_test_message_can_be_said(self, kind: str) -> None:
        assert said(kind, alert(), test=True)

    def test_a_good_answer_is_sent(self, kind: str) -> None:
        assert notifier(kind).judge(SAID, Answer(status=200, body=b"ok")).judgement == Judgement.SENT


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


class TestWebhook:
    def request(self, *secrets: str, now: datetime = NOW) -> tuple[dict[str, str], str]:
        made = notifier("webhook", secrets=tuple(SecretStr(s) for s in secrets))
        request = made.request(Outgoing(delivery_id="D1", subject=alert()), now=now)
        return dict(request.headers), request.content.decode()

    def test_the_independent_library_accepts_every_signature_during_a_rotation(self) -> None:
        headers, body = self.request(SECRET, OLDER)
        signatures = headers["webhook-signature"].split()
        for secret, signature in zip((SECRET, OLDER), signatures, strict=True):
            assert Webhook(secret).sign("D1", NOW, body) == signature

    def test_a_changed_body_or_id_is_not_accepted(self) -> None:
        headers, body = self.request(SECRET)
        assert Webhook(SECRET).sign("D1", NOW, body + " ") != headers["webhook-signature"]
        assert Webhook(SECRET).sign("D2", NOW, body) != headers["webhook-signature"]

    def test_signed_afresh_with_the_same_id_and_body_later(self) -> None:
        first, later = self.request(SECRET), self.request(SECRET, now=NOW + timedelta(hours=1))
        assert first[0]["webhook-id"] == later[0]["webhook-id"] and first[1] == later[1]
        assert first[0]["webhook-signature"] != later[0]["webhook-signature"]

    def test_own_headers_and_a_token_cannot_replace_ours(self) -> None:
        made = notifier(
            "webhook", headers={"x-team": SecretStr("desk"), "webhook-id": SecretStr("no")}, bearer_token=SecretStr("t0ken!")
        )
        headers = made.request(Outgoing(delivery_id="D1", subject=alert()), now=NOW).headers
        assert (headers["x-team"], headers["webhook-id"], headers["authorization"]) == ("desk", "D1", "Bearer t0ken!")

    @pytest.mark.parametrize("words", HOSTILE)
    def test_stays_under_twenty_kilobytes(self, words: str) -> None:
        body = said("webhook", hostile(words))
        assert len(body) <= MAX_BYTES
        assert json.loads(body)["data"]["event"]["id"] == "E1"

    @pytest.mark.parametrize("shape", sorted(KINDS))
    def test_keeps_to_its_published_schema(self, shape: str) -> None:
        body = json.loads(said("webhook", KINDS[shape]()))
        conforms(body, schema())
        conforms(body, schema(body["type"]))

    def test_the_published_schema_is_the_code_s(self) -> None:
        assert json.loads((ROOT / "docs/webhook-schema.json").read_text()) == schema()


def conforms(body: object, shape: dict) -> None:  # type: ignore[type-arg]
    jsonschema.Draft202012Validator.check_schema(shape)
    jsonschema.Draft202012Validator(shape, format_checker=jsonschema.FormatChecker()).validate(body)


class TestSlack:
    @pytest.mark.parametrize("shape", sorted(KINDS))
    def test_blocks_pass_the_sdk_and_slacks_own_limits(self, shape: str) -> None:
        body = json.loads(said("slack", KINDS[shape]()))
        assert within_limits(body)

    @pytest.mark.parametrize("words", HOSTILE)
    def test_nothing_of_a_feed_becomes_a_mention_or_a_link(self, words: str) -> None:
        body = json.loads(said("slack", hostile(words)))
        assert within_limits(body)
        # A header is plain text, in which Slack looks for nothing; everything else is markup.
        texts = json.dumps([b for b in body["blocks"] if b["type"] != "header"], ensure_ascii=False) + body["text"]
        assert "<!" not in texts and "<@" not in texts and "<https://evil" not in texts

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


def within_limits(body: dict) -> bool:  # type: ignore[type-arg]
    """Slack's limits, those the SDK checks and those it does not."""
    blocks = body["blocks"]
    for parsed in Block.parse_all(blocks):
        parsed.validate_json()
    texts = [b["text"]["text"] for b in blocks if "text" in b] + [f["text"] for b in blocks for f in b.get("fields", ())]
    heads = [b["text"]["text"] for b in blocks if b["type"] == "header"]
    fields = [f["text"] for b in blocks for f in b.get("fields", ())]
    context = [e["text"] for b in blocks if b["type"] == "context" for e in b["elements"]]
    return (
        len(blocks) <= 50
        and all(0 < len(t) <= 3000 for t in texts + context)
        and all(len(t) <= 150 for t in heads)
        and all(len(t) <= 2000 for t in fields)
        and len(json.dumps(blocks, ensure_ascii=False)) <= 10_500
    )


class TestMessage:
    def test_one_line_tells_a_move(self) -> None:
        assert headline(alert().event) == "Mara Lindqvist: Northlight AI → Corvid Systems, vice president of data centers"

    def test_one_line_tells_a_group(self) -> None:
        assert headline(KINDS["group"]().event) == "three senior Meridian leaders: Northlight AI → Corvid Systems"

    def test_one_line_tells_a_buildout(self) -> None:
        assert headline(KINDS["buildout"]().event) == "Skagen Power, Corvid Systems: power deal, 1.2 GW, $14 billion, Lindholm"

    def test_an_event_with_nobody_named_is_told_by_its_title(self) -> None:
        assert headline(alert(moves=()).event) == alert().event.headline

    def test_a_revision_says_what_changed(self) -> None:
        text = as_text(message(KINDS["revision"]()))
        assert text.startswith("Update: ") and "status: rumoured → confirmed" in text

    def test_the_quoted_words_are_marked_where_they_stand(self) -> None:
        [quote] = message(alert()).quotes
        assert [quote.text[a:b] for a, b in quote.marks] == ["Corvid Systems", "Mara Lindqvist"]

    def test_the_time_of_a_message_is_that_of_its_revision(self) -> None:
        assert json.loads(said("webhook", alert()))["timestamp"] == AT.isoformat(timespec="milliseconds").replace("+00:00", "Z")

"""What is special about webhooks: signatures, the form and the size of what they carry."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from standardwebhooks import Webhook

from monitor.interfaces import Outgoing
from monitor.notify.payload import MAX_BYTES
from monitor.notify.schemas import schema
from tests.notify.parcels import NOW, notifier, said
from tests.notify.samples import HOSTILE, alert, digest, hostile

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


OLDER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


ROOT = Path(__file__).parents[2]


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

    def test_what_a_long_digest_leaves_out_is_counted(self) -> None:
        short = digest()
        body = said("webhook", replace(short, alerts=short.alerts * 20))
        told = json.loads(body)["data"]
        assert len(body) <= MAX_BYTES and 0 < len(told["alerts"]) < 100
        assert len(told["alerts"]) + told["omitted"] == 100 + short.omitted

    def test_the_published_schema_is_the_code_s(self) -> None:
        assert json.loads((ROOT / "docs/webhook-schema.json").read_text()) == schema()

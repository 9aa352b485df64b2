"""``webhook``: signed as Standard Webhooks 1.0 describes (github.com/standard-webhooks/standard-webhooks).

``webhook-id`` is the delivery's id and the body depends on the revision alone: over all attempts an id has one body. The
timestamp and the signatures, one a secret so that secrets can be rotated, are made afresh at each attempt.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

import httpx

from monitor.interfaces import Answer, Judged, Outgoing
from monitor.notify.judging import judge_status
from monitor.notify.payload import encoded
from monitor.settings.schema import Channel

OURS = frozenset({"webhook-id", "webhook-timestamp", "webhook-signature", "content-type", "content-length", "host"})


class Webhook:
    kind = "webhook"

    def __init__(self, url: str, channel: Channel) -> None:
        self._url = url
        self._keys = [_key(secret.get_secret_value()) for secret in channel.secrets]
        self._headers = {k: v.get_secret_value() for k, v in channel.headers.items() if k.lower() not in OURS}
        if channel.bearer_token:
            self._headers["authorization"] = f"Bearer {channel.bearer_token.get_secret_value()}"

    def request(self, outgoing: Outgoing, *, now: datetime) -> httpx.Request:
        body, stamp = encoded(outgoing), str(int(now.timestamp()))
        headers = {
            **self._headers,
            "content-type": "application/json",
            "webhook-id": outgoing.delivery_id,
            "webhook-timestamp": stamp,
        }
        if self._keys:
            signed = f"{outgoing.delivery_id}.{stamp}.".encode() + body
            headers["webhook-signature"] = " ".join(_signature(key, signed) for key in self._keys)
        return httpx.Request("POST", self._url, headers=headers, content=body)

    def judge(self, outgoing: Outgoing, answer: Answer) -> Judged:
        return judge_status(answer)


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix("whsec_"))


def _signature(key: bytes, signed: bytes) -> str:
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()

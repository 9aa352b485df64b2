"""What Slack sends when somebody presses a button: its signature checked, its words read. Pure.

The signature is ``v0=`` and the HMAC-SHA256 of ``v0:timestamp:body`` with the app's signing secret; one older than five
minutes is refused (docs.slack.dev/authentication/verifying-requests-from-slack).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from monitor.model import FeedbackKind
from monitor.notify.slack_blocks import NOT_RELEVANT, RELEVANT

WINDOW = 300  # seconds
_KINDS = {RELEVANT: FeedbackKind.RELEVANT, NOT_RELEVANT: FeedbackKind.NOT_RELEVANT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button of ours, pressed. ``by`` names a person for good: team and user, whatever the person is called today."""

    alert_id: str
    kind: FeedbackKind
    by: str
    answer_to: str = ""  # where an answer only that person sees may be posted


def signed(secrets: Iterable[str], headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Did one of ``secrets`` sign this request within the last five minutes? ``headers`` have lower-case names."""
    stamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not (stamp.isascii() and stamp.isdigit()) or abs(now.timestamp() - int(stamp)) > WINDOW:
        return False
    base = f"v0:{stamp}:".encode() + body
    digests = ("v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest() for secret in secrets)
    given = signature.encode("utf-8", "replace")  # as bytes: a signature may hold anything
    return any(hmac.compare_digest(digest.encode(), given) for digest in digests)


def from_form(body: bytes) -> Pressed | None:
    """The press in the form that the interactivity address gets; None where it is none of ours."""
    try:
        written = parse_qs(body.decode("utf-8", "replace"), max_num_fields=20).get("payload", [""])[0]
        return from_payload(json.loads(written))
    except ValueError:
        return None


def from_payload(payload: Any) -> Pressed | None:
    """The press in an interactive payload, as Socket Mode hands it over; None where it is none of ours."""
    if not isinstance(payload, dict) or payload.get("type") != "block_actions":
        return None
    action = next((a for a in payload.get("actions") or () if isinstance(a, dict) and a.get("action_id") in _KINDS), None)
    user = payload.get("user")
    if action is None or not isinstance(user, dict) or not user.get("id") or not action.get("value"):
        return None
    team = user.get("team_id") or (payload.get("team") or {}).get("id") or ""
    return Pressed(
        alert_id=str(action["value"]),
        kind=_KINDS[action["action_id"]],
        by=f"slack:{team}/{user['id']}",
        answer_to=str(payload.get("response_url") or ""),
    )


def answer(kind: FeedbackKind) -> dict[str, Any]:
    """What the person who pressed is told, and nobody else."""
    words = {FeedbackKind.RELEVANT: "relevant", FeedbackKind.NOT_RELEVANT: "not relevant"}.get(kind, kind.value)
    text = f"Noted: {words}. Press the other button to change it."
    return {"response_type": "ephemeral", "replace_original": False, "text": text}

"""What Slack sends when somebody presses a button or chooses from the menu: its signature checked, its words read. Pure.

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
from monitor.notify.slack_blocks import BUTTONS, MENU, MENU_KINDS, WORDS

WINDOW = 300  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A word of ours, pressed or chosen. ``by`` names a person for good: team and user, whatever the person is called today."""

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
    said = next(filter(None, map(_said, payload.get("actions") or ())), None)
    user = payload.get("user")
    if said is None or not isinstance(user, dict) or not user.get("id"):
        return None
    team = user.get("team_id") or (payload.get("team") or {}).get("id") or ""
    return Pressed(
        alert_id=said[1],
        kind=said[0],
        by=f"slack:{team}/{user['id']}",
        answer_to=str(payload.get("response_url") or ""),
    )


def _said(action: Any) -> tuple[FeedbackKind, str] | None:
    """The word of one action and the alert it is about: a button's, or the menu's option that was chosen."""
    if not isinstance(action, dict):
        return None
    value, name = action.get("value"), action.get("action_id")
    if name == MENU:
        chosen = action.get("selected_option")
        name, _, value = str(chosen.get("value")).partition(" ") if isinstance(chosen, dict) else ("", "", "")
        kind = next((k for k in MENU_KINDS if k.value == name), None)
    else:
        kind = next((k for id_, k in BUTTONS.items() if id_ == name), None)
    return (kind, str(value)) if kind and value else None


def answer(kind: FeedbackKind) -> dict[str, Any]:
    """What the person who pressed is told, and nobody else."""
    text = f"Noted: {WORDS[kind]}. Say another to change it."
    return {"response_type": "ephemeral", "replace_original": False, "text": text}

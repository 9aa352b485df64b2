"""``slack`` with ``token`` and ``channel``: the Web API. One message an alert, edited in place as the event develops, each
change logged in its thread, buttons that take feedback.

A delivery is a short conversation of steps, each one request:

    first message     (unsure: look →) post
    later revision    edit → (unsure: look below →) reply
    overtaken one     (unsure: look below →) reply: the message shows what is known now

Every message carries its delivery's id as ``metadata``: after a time-out that may have arrived, Slack is asked first.
Error words are those of docs.slack.dev/reference/methods.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx

from monitor.ids import time_of
from monitor.interfaces import Answer, Judged, Judgement, Outgoing
from monitor.model import Alert
from monitor.notify.judging import json_object as read
from monitor.notify.judging import judge_status, wait_of
from monitor.notify.message import message_of
from monitor.notify.slack_blocks import change_content, content

API = "https://slack.com/api/"
EVENT_TYPE = "movewire_delivery"
LOOK_BACK = timedelta(minutes=1)  # before a delivery's own time: clocks differ
PAGE, PAGES = 200, 3  # messages a page, and pages read before it counts as not arrived
LOOK, POST, EDIT, LOOK_BELOW, REPLY = "look", "post", "edit", "look below", "reply"
_GONE = {
    "account_inactive": "the bot's account is not active",
    "channel_not_found": "there is no such channel, or the bot is not in it",
    "invalid_auth": "the token is not valid",
    "is_archived": "the channel is archived",
    "missing_scope": "the token lacks a scope; it needs chat:write, channels:history and groups:history",
    "no_permission": "the token may not do this",
    "not_authed": "no token was given",
    "not_in_channel": "the bot is not in the channel; invite it there",
    "org_login_required": "the workspace is moving to an organisation",
    "team_access_not_granted": "the token has no access to this workspace",
    "token_expired": "the token has expired",
    "token_revoked": "the token was revoked",
}
_UNREADABLE = ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "invalid_arguments")
_UNSURE = ("internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org")
_NO_MESSAGE = ("message_not_found", "thread_not_found", "cannot_reply_to_message")
_NO_EDIT = ("cant_update_message", "edit_window_closed", "update_failed", "block_mismatch")


class SlackBot:
    kind = "slack"

    def __init__(self, token: str, channel: str, *, api_url: str = API, feedback: bool = False) -> None:
        self._token, self._channel, self._api, self._feedback = token, channel, api_url.rstrip("/") + "/", feedback

    def request(self, outgoing: Outgoing, *, now: datetime) -> httpx.Request:
        channel, ts = self._held(outgoing)
        step, _, cursor = _step(outgoing, ts)
        if step in (LOOK, LOOK_BELOW):
            oldest = (time_of(outgoing.delivery_id) - LOOK_BACK).timestamp()
            asked = {"channel": channel, "include_all_metadata": "true", "limit": str(PAGE), "oldest": f"{oldest:.6f}"}
            asked |= {"ts": ts} if step == LOOK_BELOW else {}
            method = "conversations.replies" if step == LOOK_BELOW else "conversations.history"
            return self._get(method, asked | ({"cursor": cursor} if cursor else {}))
        said = message_of(outgoing)
        if step == REPLY:
            body = change_content(said, plain=outgoing.plain) | {"channel": channel, "thread_ts": ts, **_metadata(outgoing)}
            return self._post("chat.postMessage", body)
        body = content(said, plain=outgoing.plain, feedback_on=self._feedback_on(outgoing))
        if step == EDIT:
            return self._post("chat.update", body | {"channel": channel, "ts": ts})
        return self._post("chat.postMessage", body | {"channel": self._channel, **_metadata(outgoing)})

    def judge(self, outgoing: Outgoing, answer: Answer) -> Judged:
        judged = self._answered(outgoing, answer)
        if outgoing.unsure and _step(outgoing, self._held(outgoing)[1])[0] not in (POST, REPLY):
            return replace(judged, unsure=True)  # nobody has looked to the end: what an earlier attempt left is not known yet
        return judged

    def _answered(self, outgoing: Outgoing, answer: Answer) -> Judged:
        channel, ts = self._held(outgoing)
        step, page, _ = _step(outgoing, ts)
        if answer.status != 200:
            return judge_status(answer)
        said = read(answer)
        if said is None:
            return Judged(judgement=Judgement.AGAIN, why="Slack's answer is no JSON", unsure=True)
        if said.get("ok") is not True:
            return _refused(step, str(said.get("error", "no error named")), answer, unsure=outgoing.unsure)
        if step in (LOOK, LOOK_BELOW):
            return _looked(step, page, outgoing, said, channel)
        if step == EDIT:
            return Judged(judgement=Judgement.NEXT, step=LOOK_BELOW if outgoing.unsure else REPLY)
        post = "" if step == REPLY else f"{said.get('channel') or self._channel}/{said.get('ts', '')}"
        return Judged(judgement=Judgement.SENT, post=post)

    def _held(self, outgoing: Outgoing) -> tuple[str, str]:
        """The channel and the time stamp of the alert's message there; "" where there is none. What an earlier configuration
        said to another channel stays as it is: who reads this one has not seen it, and the bot may have left the other."""
        channel, _, ts = outgoing.post.partition("/")
        return self._channel, ts if channel == self._channel else ""

    def _feedback_on(self, outgoing: Outgoing) -> str:
        return outgoing.subject.id if self._feedback and isinstance(outgoing.subject, Alert) and not outgoing.test else ""

    def _post(self, method: str, body: Mapping[str, Any]) -> httpx.Request:
        headers = {"authorization": f"Bearer {self._token}", "content-type": "application/json; charset=utf-8"}
        encoded = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return httpx.Request("POST", self._api + method, headers=headers, content=encoded)

    def _get(self, method: str, query: Mapping[str, str]) -> httpx.Request:
        headers = {"authorization": f"Bearer {self._token}"}
        return httpx.Request("GET", f"{self._api}{method}?{urlencode(query)}", headers=headers)


def _step(outgoing: Outgoing, ts: str) -> tuple[str, int, str]:
    """The step, the page of a look and its cursor: ``look``, ``look|2|dXNlcjpV``."""
    if outgoing.step:
        step, _, more = outgoing.step.partition("|")
        page, _, cursor = more.partition("|")
        return step, int(page or 1), cursor
    subject = outgoing.subject
    if isinstance(subject, Alert) and ts and outgoing.overtaken:
        return LOOK_BELOW if outgoing.unsure else REPLY, 1, ""
    if isinstance(subject, Alert) and subject.revision > 1 and ts:
        return EDIT, 1, ""
    return LOOK if outgoing.unsure else POST, 1, ""


def _metadata(outgoing: Outgoing) -> dict[str, Any]:
    return {"metadata": {"event_type": EVENT_TYPE, "event_payload": {"delivery_id": outgoing.delivery_id}}}


def _looked(step: str, page: int, outgoing: Outgoing, said: Mapping[str, Any], channel: str) -> Judged:
    """Is the message among those found? Else the next page, else it is sent."""
    for message in said.get("messages") or ():
        carried = message.get("metadata") or {}
        ours = carried.get("event_type") == EVENT_TYPE
        if ours and (carried.get("event_payload") or {}).get("delivery_id") == outgoing.delivery_id:
            post = f"{channel}/{message.get('ts', '')}" if step == LOOK else ""
            return Judged(judgement=Judgement.SENT, why="an earlier attempt had arrived", post=post)
    cursor = (said.get("response_metadata") or {}).get("next_cursor") or ""
    if cursor and page < PAGES:
        return Judged(judgement=Judgement.NEXT, step=f"{step}|{page + 1}|{cursor}")
    return Judged(judgement=Judgement.NEXT, step=POST if step == LOOK else REPLY)


def _refused(step: str, error: str, answer: Answer, *, unsure: bool) -> Judged:
    """What one of Slack's error words means at ``step``."""
    why = f"Slack says {error}"
    if error in _GONE:
        return Judged(judgement=Judgement.DISABLE, why=f"{why}: {_GONE[error]}")
    if error in _NO_MESSAGE and step != POST:  # somebody deleted it: it is said anew, unless an earlier attempt did
        return Judged(judgement=Judgement.NEXT, step=LOOK if unsure and step in (EDIT, LOOK_BELOW) else POST)
    if error in _NO_EDIT and step == EDIT:
        return Judged(judgement=Judgement.NEXT, step=REPLY)
    if error in _UNREADABLE:
        return Judged(judgement=Judgement.AGAIN, why=why, plain=True)
    if error in ("ratelimited", "rate_limited"):
        return Judged(judgement=Judgement.AGAIN, why=why, wait=wait_of(answer))
    if error in _UNSURE:
        return Judged(judgement=Judgement.AGAIN, why=why, unsure=True)
    return Judged(judgement=Judgement.AGAIN, why=why, refused=True)

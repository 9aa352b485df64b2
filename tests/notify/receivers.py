"""What each kind of channel makes of what it gets: its limits, and the words a reader sees. Written from their documents."""

from __future__ import annotations

import html
import json
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from html.parser import HTMLParser
from typing import Any

import httpx
from slack_sdk.models.blocks import Block

from monitor.interfaces import Handover, Mail, Parcel, Printed
from monitor.notify.schemas import schema

JSON_KINDS = ("webhook", "slack", "slack bot", "discord", "teams")


def content(parcel: Parcel) -> bytes:
    """Everything that leaves the process."""
    return parcel.text.encode() + parcel.title.encode() if isinstance(parcel, Handover) else parcel.content


def check(kind: str, parcel: Parcel) -> None:
    """Raises AssertionError where the service would refuse it, or read a mention, a link or a header out of a feed's words."""
    {"webhook": _webhook, "slack": _slack, "slack bot": _slack, "discord": _discord, "teams": _teams, "email": _email}.get(
        kind, lambda parcel: None
    )(parcel)


def visible(kind: str, parcel: Parcel) -> str:
    """The words as a reader gets them."""
    if isinstance(parcel, Printed):
        return parcel.content.decode()
    if isinstance(parcel, Handover):
        return f"{parcel.title}\n{parcel.text}"
    if isinstance(parcel, Mail):
        mail = parsed(parcel)
        return f"{mail['Subject']}\n{part(mail, 'plain')}\n{text_of(part(mail, 'html'))}"
    said = json.loads(parcel.content)
    if kind == "webhook":
        return "\n".join(strings(said))
    if kind == "teams":
        return "\n".join("".join(r["text"] for r in b["inlines"]) for b in _blocks(_card(said)["body"]))
    if kind == "discord":
        return re.sub(r"\\([^a-zA-Z0-9])", r"\1", "\n".join(strings([said["content"], said.get("embeds", [])])))
    return html.unescape("\n".join(strings([said["text"], said.get("blocks", [])]))).translate(_READ_AS)


# What is written in a mark's place in Slack, since there is no way to escape one there, as a reader reads it.
_READ_AS = str.maketrans({"∗": "*", "ˍ": "_", "∼": "~", "ˋ": "`", "꞉": ":", "›": ">"})


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, (dict, list)):
        return [text for item in (value.values() if isinstance(value, dict) else value) for text in strings(item)]
    return []


CARD = "card"


@cache
def shape(kind: str) -> Any:
    """What holds a body against the schema of this payload type, of all ("") or of a card. Made once: it looks at the schema too,
    which takes longer than most bodies do."""
    import jsonschema  # it takes a second, in each process that collects tests

    told = ADAPTIVE_CARD if kind == CARD else schema(kind)
    jsonschema.Draft202012Validator.check_schema(told)
    return jsonschema.Draft202012Validator(told, format_checker=jsonschema.FormatChecker())


def _webhook(parcel: Parcel) -> None:
    assert isinstance(parcel, httpx.Request) and len(parcel.content) <= 20_000
    body = json.loads(parcel.content)
    shape("").validate(body)
    shape(body["type"]).validate(body)


def _slack(parcel: Parcel) -> None:
    """Slack's limits, those the SDK checks and those it does not."""
    assert isinstance(parcel, httpx.Request)
    body = json.loads(parcel.content)
    blocks = body.get("blocks", [])
    for one in Block.parse_all(blocks):
        one.validate_json()
    assert len(blocks) <= 50 and len(json.dumps(blocks, ensure_ascii=False)) <= 10_500 and 0 < len(body["text"]) <= 3000
    assert body["unfurl_links"] is False and body["unfurl_media"] is False
    markup = body["text"]
    for block in blocks:
        for text in texts(block):
            limit = {"header": 150, "actions": 75}.get(block["type"], 3000)
            assert 0 < len(text["text"]) <= limit
            markup += text["text"] if text["type"] == "mrkdwn" else ""
        assert all(len(field["text"]) <= 2000 for field in block.get("fields", ())) and len(block.get("fields", ())) <= 10
        assert len(block.get("elements", ())) <= 25
        menus = [e for e in block.get("elements", ()) if e["type"] == "overflow"]
        assert all(2 <= len(e["options"]) <= 5 and all(len(o["value"]) <= 75 for o in e["options"]) for e in menus)
    named = [e["action_id"] for block in blocks for e in block.get("elements", ()) if "action_id" in e]
    assert len(named) == len(set(named))
    # Whatever stands between < and > is a link of ours: no mention, no command, no scheme but http(s).
    assert all(re.match(r"<https?://[^<>|]*\|[^<>|]+>$", found) for found in re.findall(r"<[^>]*>?", markup)), markup
    # Of marks only our own bold is left: whole words of one line.
    words = re.sub(r"<[^>]*>|https?://\S+", "", markup)
    assert "`" not in words and not re.search(r"(?<!\w)[_~](?=\S)", words), words


def texts(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Every text a block shows: of a menu those of its options."""
    elements = [part for e in block.get("elements", ()) for part in e.get("options", (e,))]
    worded = [e if isinstance(e["text"], str) else e["text"] for e in elements]  # a text, a button or an option
    return [t for t in (block.get("text"), *block.get("fields", ()), *worded) if t]


def _discord(parcel: Parcel) -> None:
    assert isinstance(parcel, httpx.Request)
    body = json.loads(parcel.content)
    assert body["allowed_mentions"] == {"parse": []} and len(body["content"]) <= 2000
    for embed in body.get("embeds", ()):
        sizes = [len(embed["description"]), *(len(f["name"]) + len(f["value"]) for f in embed["fields"])]
        assert len(embed["description"]) <= 4096 and sum(sizes) <= 6000 and len(embed["fields"]) <= 25
        assert all(0 < len(f["name"]) <= 256 and 0 < len(f["value"]) <= 1024 for f in embed["fields"])
        for text in (body["content"], embed["description"], *(f["value"] for f in embed["fields"])):
            bare = re.sub(r"\\.", "", text)  # what is escaped has no meaning any more
            assert not re.search(r"<[@#:!]|@everyone|@here|`", bare)
            # Links are ours: one target in <>, and a target is http(s).
            assert all(
                re.fullmatch(r"\(<https?://[^<>() ]+>\)", found) for found in re.findall(r"\([^)]*\)", bare) if "//" in found
            )


def _card(body: dict[str, Any]) -> dict[str, Any]:
    [attachment] = body["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card: dict[str, Any] = attachment["content"]
    return card


def _blocks(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [block for item in items for block in (_blocks(item["items"]) if item["type"] == "Container" else [item])]


def _teams(parcel: Parcel) -> None:
    assert isinstance(parcel, httpx.Request) and len(parcel.content) < 28_000
    card = _card(json.loads(parcel.content))
    shape(CARD).validate(card)


def _shape(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


_OPEN = _shape(
    ["type", "url"],
    type={"const": "Action.OpenUrl"},
    title={"type": "string", "minLength": 1},
    url={"type": "string", "pattern": "^https?://"},
)
_RUN = _shape(
    ["type", "text"],
    type={"const": "TextRun"},
    text={"type": "string"},
    color={"enum": ["default", "dark", "light", "accent", "good", "warning", "attention"]},
    size={"enum": ["default", "small", "medium", "large", "extraLarge"]},
    weight={"enum": ["default", "lighter", "bolder"]},
    isSubtle={"type": "boolean"},
    selectAction=_OPEN,
)
_RICH = _shape(["type", "inlines"], type={"const": "RichTextBlock"}, inlines={"type": "array", "items": _RUN, "minItems": 1})
_CONTAINER = _shape(
    ["type", "items"],
    type={"const": "Container"},
    style={"enum": ["default", "emphasis", "good", "attention", "warning", "accent"]},
    items={"type": "array", "items": _RICH},
)
# What we use of Adaptive Cards 1.5 (adaptivecards.io/explorer), with Teams' own ``msteams`` beside it.
ADAPTIVE_CARD = _shape(
    ["type", "version", "body"],
    **{"$schema": {"const": "http://adaptivecards.io/schemas/adaptive-card.json"}},
    type={"const": "AdaptiveCard"},
    version={"const": "1.5"},
    msteams=_shape([], width={"const": "Full"}),
    body={"type": "array", "items": {"anyOf": [_RICH, _CONTAINER]}, "minItems": 1},
    actions={"type": "array", "items": _OPEN, "maxItems": 6},
)


def parsed(mail: Mail) -> EmailMessage:
    read = message_from_bytes(mail.content, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def part(mail: EmailMessage, subtype: str) -> str:
    body = mail.get_body((subtype,))
    return str(body.get_content()) if body is not None else ""


HEADERS = {"Subject", "From", "To", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "X-Movewire-Delivery"}


def _email(parcel: Parcel) -> None:
    assert isinstance(parcel, Mail)
    mail = parsed(parcel)
    assert not mail.defects and set(mail.keys()) <= HEADERS | {"MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
    assert all(len(line) <= 998 for line in parcel.content.split(b"\r\n")) and b"\n" not in parcel.content.replace(b"\r\n", b"")
    assert len(mail["Subject"]) <= 200 and len(parcel.content) < 200_000
    tags = _Tags()
    tags.feed(part(mail, "html"))
    assert tags.names <= _Tags.OURS, tags.names - _Tags.OURS
    assert all(target.startswith(("http://", "https://")) for target in tags.targets)


class _Tags(HTMLParser):
    """The elements of a document, where its links lead, and its text."""

    OURS = frozenset("html head meta title body table tr td h1 div span p strong ul li blockquote a".split())

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.targets: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.targets += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def text_of(document: str) -> str:
    tags = _Tags()
    tags.feed(document)
    return tags.text

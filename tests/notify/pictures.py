"""Pictures of a message for docs/: ``python -m tests.notify.pictures``. They need Chromium, as the page tests do.

The e-mail is the very HTML that is sent. Slack draws its blocks itself: this drawing of them follows its look, so that the
order, the emphasis and the length can be judged.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from monitor.notify import notifier_for
from monitor.notify.email_html import as_html
from monitor.notify.message import message_of
from tests.notify.golden import MADE, NOW
from tests.notify.receivers import content
from tests.notify.tellings import TELLINGS, digest, outgoing

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
STYLE = """
body { margin: 0; background: #fff; font: 15px/1.46 Lato, "Noto Sans", "DejaVu Sans", Arial, sans-serif; color: #1d1c1d; }
.room { padding: 18px 20px; width: 640px; }
.post { display: grid; grid-template-columns: 44px 1fr; gap: 10px; margin: 0 0 22px; }
.face { width: 36px; height: 36px; border-radius: 8px; background: #123c69; color: #fff; 
  text-align: center; font: 700 18px/36px sans-serif; }
.by { font-weight: 900; } .app { background: #e8e8e8; font-size: 10px; padding: 1px 4px; border-radius: 3px; margin: 0 6px; }
.at { color: #616061; font-size: 12px; }
h1 { font-size: 18px; line-height: 1.33; margin: 4px 0 6px; } .context { color: #616061; font-size: 13px; margin: 6px 0; }
.section { margin: 6px 0; } .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; margin: 8px 0; }
blockquote { border-left: 4px solid #ddd; margin: 6px 0; padding: 2px 0 2px 12px; }
hr { border: 0; border-top: 1px solid #ddd; margin: 10px 0; } a { color: #1264a3; text-decoration: none; }
button { border: 1px solid #bbb; background: #fff; border-radius: 4px; 
  padding: 5px 12px; margin: 4px 8px 0 0; font: 700 13px sans-serif; }
"""


def mrkdwn(text: str) -> str:
    """Slack's markup as HTML; ``& < >`` are escaped in it already."""
    shown = re.sub(r"&lt;(https?://.*?)\|(.*?)&gt;", r"\2", re.sub(r"<(https?://[^|>]*)\|([^>]*)>", r'<a href="\1">\2</a>', text))
    lines = [
        f"<blockquote>{line[2:]}</blockquote>" if line.startswith("> ") else line + "<br>"
        for line in re.sub(r"(?<!\w)\*([^*]+)\*", r"<b>\1</b>", shown).split("\n")
    ]
    return "".join(lines).removesuffix("<br>")


def drawn(block: dict[str, Any]) -> str:
    """One block as HTML."""
    kind = block["type"]
    if kind == "header":
        return f"<h1>{html.escape(block['text']['text'])}</h1>"
    if kind == "divider":
        return "<hr>"
    if kind == "context":
        inside = "".join(mrkdwn(element["text"]) for element in block["elements"])
        return f'<div class="context">{inside}</div>'
    if kind == "actions":
        words = (e["text"]["text"] if e["type"] == "button" else "⋯" for e in block["elements"])  # (a menu shows no words)
        return "".join(f"<button>{html.escape(said)}</button>" for said in words)
    if "fields" in block:
        cells = "".join(f"<div>{mrkdwn(field['text'])}</div>" for field in block["fields"])
        return f'<div class="fields">{cells}</div>'
    return f'<div class="section">{mrkdwn(block["text"]["text"])}</div>'


def room(*names: str) -> str:
    """Some tellings as a Slack channel shows them."""
    posts = ""
    for name in names:
        parcel = notifier_for("name", MADE["slack"]).request(outgoing(TELLINGS[name]()), now=NOW)
        blocks = "".join(drawn(block) for block in json.loads(content(parcel))["blocks"])
        by = '<span class="by">Movewire</span><span class="app">APP</span><span class="at">9:30 AM</span>'
        posts += f'<div class="post"><div class="face">M</div><div>{by}{blocks}</div></div>'
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><div class="room">{posts}</div>'


def mail(name: str) -> str:
    return as_html(message_of(outgoing(TELLINGS[name]())))


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("no chromium: install it, or name it in CHROMIUM")
    FOLDER.mkdir(exist_ok=True)
    pages = {
        "slack": (room("move_confirmed", "group_rumoured"), 680),
        "slack-buildout": (room("buildout", "revision"), 680),
        "email": (mail("move_confirmed"), 680),
        "email-update": (mail("revision"), 680),
        "email-digest": (as_html(message_of(outgoing(digest()))), 680),
    }
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (document, width) in pages.items():
            page = browser.new_page(viewport={"width": width, "height": 400})
            page.set_content(document)
            page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main()

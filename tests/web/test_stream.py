"""The pages over real stories: a month of the recorded stream, as `movewire backtest` keeps it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

import pytest

from monitor import query
from monitor.app import App, open_app
from monitor.backtest import keep, read_stories
from monitor.settings.schema import Settings
from tests.shared import STREAM, needs_stream
from tests.web.conftest import needs_chromium, serious, served, too_wide

pytestmark = [needs_chromium, needs_stream, pytest.mark.slow]
STORIES = 3000  # of the stream's newest
PAGES = (
    *("/", "/?label=infrastructure&status=confirmed", "/?q=data", "/flows?since=365d", "/buildouts?since=365d"),
    *("/organisations?since=365d", "/organisations/Meta?since=365d", "/organisations/OpenAI?since=365d", "/searches"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, str]]:
    folder = tmp_path_factory.mktemp("stream")
    settings = Settings.model_validate({"database": {"url": f"sqlite:///{folder}/m.db"}, "feeds": []})
    newest = sorted(read_stories(STREAM), key=lambda record: str(record.get("published")))[-STORIES:]
    now = datetime.fromisoformat(str(newest[-1]["published"]).replace("Z", "+00:00")) + timedelta(hours=1)
    with open_app(settings, clock=lambda: now) as app, served(app) as url:
        rows = list(keep(newest, app.store, classifier=app.classifier, settings=settings))
        assert len(rows) == STORIES and sum(row["alerted"] for row in rows) > 30
        yield app, url


def test_every_page_is_usable_in_both_themes_and_at_every_width(chromium: Any, site: tuple[App, str]) -> None:
    app, url = site
    events = [f"/events/{event.id}" for event in islice(query.every(partial(query.events, app.store)), 0, 60, 12)]
    for theme in ("light", "dark"):
        assert serious(chromium, url, theme, (*PAGES, *events)) == []
    for width in (1440, 1024, 390):
        assert too_wide(chromium, url, width, (*PAGES, *events)) == []


def test_the_pages_hold_what_was_kept(chromium: Any, site: tuple[App, str]) -> None:
    _, url = site
    page = chromium.new_page(base_url=url)

    def told(question: str) -> Any:
        return json.loads(page.request.get(f"{url}/api/v1/{question}").text())

    page.goto("/flows?since=365d")
    flows = [one for one in told("flows?since=365d")["flows"] if one["from"] and one["to"]]
    assert page.locator("svg.chart path.band").count() == len(flows) > 0
    page.goto("/?label=executive_move")
    shown = page.locator("ol.alerts > li").count()
    found = told("alerts?label=executive_move")["items"]
    assert shown == len({one["id"] for one in found}) > 5
    page.close()

"""People walk the pages: with the mouse, with keys alone, without JavaScript, in both themes, on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from monitor import feedback, query, searches
from monitor.filtering import read
from tests.web.conftest import NOW, Site, needs_chromium, serious, too_wide

pytestmark = needs_chromium
PAGES = (
    *("/", "/?label=executive_move", "/?q=nothing-of-the-kind", "/flows", "/flows?since=7d", "/buildouts", "/organisations"),
    *("/organisations/Corvid%20Systems", "/organisations/Nobody", "/searches", "/feeds", "/deliveries", "/login", "/docs"),
)


@pytest.fixture
def page(chromium: Any, site: Site) -> Iterator[Any]:
    context = chromium.new_context(base_url=site.url)
    context.set_default_timeout(15_000)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" and "404" not in said.text else None)
    yield opened
    context.close()
    assert not faults, "the browser complains: a script failed or the content policy was broken"


def test_search_filter_open_an_event_and_read_its_evidence(page: Any) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("Lindqvist")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/?q=Lindqvist")
    page.get_by_role("link", name="executive move").click()
    page.wait_for_url("**label=executive_move**")
    page.locator("ol.alerts a.line").first.click()
    page.wait_for_url("**/events/**")
    marked = page.locator("mark.slot").all_inner_texts()
    assert "Mara Lindqvist" in marked and "Corvid Systems" in marked
    assert "person" in str(page.locator("mark.slot", has_text="Mara Lindqvist").first.get_attribute("title"))
    assert page.locator(".steps [aria-current=step]").inner_text().startswith("confirmed")


@pytest.mark.slow
def test_a_word_on_an_event_is_kept_without_leaving_the_page(page: Any, site: Site) -> None:
    page.goto("/?q=Okafor")
    page.locator("ol.alerts a.line").first.click()
    page.wait_for_url("**/events/**")
    page.get_by_role("button", name="Not relevant").click()
    page.locator("button[aria-pressed=true]", has_text="Not relevant").wait_for()
    event = page.url.rsplit("/", 1)[1]
    assert feedback.current_kind(site.app, event, by="anybody") == "not_relevant"


def test_keys_alone_find_and_open_an_event(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("[data-item]").nth(1)
    assert "here" in str(second.get_attribute("class"))
    page.keyboard.press("o")
    page.wait_for_url("**/events/**")
    page.keyboard.press("u")
    page.wait_for_url(lambda url: url.endswith("/"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"


def keep_and_forget(page: Any, name: str) -> None:
    """With keys alone: filter, save what is seen, use it, delete it."""
    page.goto("/?org=Corvid+Systems&label=executive_move")
    count = page.locator("ol.alerts > li").count()
    page.locator("details.keep summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?search=**")
    assert page.locator("ol.alerts > li").count() == count > 0
    page.get_by_role("link", name="Searches").click()
    row = page.locator("tbody tr", has_text=name)
    assert 'org:"Corvid Systems" label:executive_move' in row.inner_text()
    row.get_by_role("button", name=f"Delete {name}").focus()
    page.keyboard.press("Enter")
    row.wait_for(state="detached")


@pytest.mark.slow
def test_what_is_seen_is_saved_found_again_and_forgotten(page: Any, site: Site) -> None:
    keep_and_forget(page, "their people")
    searches.save(site.app.store, "money", read("label:infrastructure"), NOW, site.app.settings)
    page.goto("/?search=money&status=reported")
    page.locator("details.keep summary").click()
    assert page.locator("details.keep code").inner_text() == "label:infrastructure status:reported"
    page.goto("/searches")
    taken = page.request.post("/searches", form={"name": "money", "words": "to:Fjordgrid"})
    assert taken.status == 409 and 'value="to:Fjordgrid"' in taken.text()
    wrong = page.request.post("/searches", form={"name": "<b>x", "words": "colour:red"})
    assert wrong.status == 400 and "&lt;b&gt;x" in wrong.text() and "there is no &#39;colour&#39;" in wrong.text()
    foreign = page.request.post("/searches", form={"name": "y", "words": "q"}, headers={"origin": "https://evil.example"})
    assert foreign.status == 403
    searches.delete(site.app.store, "money", site.app.settings, NOW)


@pytest.mark.slow
def test_without_javascript_everything_is_there(chromium: Any, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="infrastructure").click()
    page.locator("ol.alerts a.line").first.click()
    page.wait_for_url("**/events/**")
    page.get_by_role("button", name="👍 Relevant", exact=True).click()
    page.wait_for_url("**/events/**#feedback")
    assert page.locator("button[aria-pressed=true]").inner_text() == "👍 Relevant"
    keep_and_forget(page, "without scripts")
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Any, site: Site, theme: Any) -> None:
    event = f"/events/{query.events(site.app.store).items[0].id}"
    delivery = f"/deliveries/{query.deliveries(site.app.store).items[0].id}"
    assert serious(chromium, site.url, theme, (*PAGES, event, delivery)) == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_page_is_wider_than_its_window(chromium: Any, site: Site, width: int) -> None:
    event = f"/events/{query.events(site.app.store).items[0].id}"
    assert too_wide(chromium, site.url, width, (*PAGES, event)) == []


def test_a_band_of_the_picture_leads_to_the_moves_it_counts(page: Any) -> None:
    page.goto("/flows")
    band = page.get_by_role("link", name="from Northlight AI to Corvid Systems")
    count = int(str(band.get_attribute("aria-label")).split()[0])
    row = page.locator("tbody tr", has=page.get_by_text("Northlight AI")).filter(has_text="Corvid Systems").first
    assert row.locator("td.num").inner_text() == str(count), "the table is the picture's twin"
    band.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**from=Northlight**")
    assert page.locator("ol.alerts > li").count() == count
    assert "Lindqvist" in page.locator("ol.alerts").inner_text()


def test_an_organisation_shows_who_came_beside_what_it_builds(page: Any) -> None:
    page.goto("/organisations")
    page.get_by_role("link", name="Corvid Systems").first.click()
    page.wait_for_url("**/organisations/Corvid**")
    text = page.locator("main").inner_text()
    assert "Mara Lindqvist" in text and "$6 billion" in text
    page.get_by_role("link", name="Mara Lindqvist").first.click()
    page.wait_for_url("**/events/**")


def test_the_ledger_is_exported_as_csv(page: Any, site: Site) -> None:
    import csv
    import io

    page.goto("/buildouts")
    assert page.locator("svg.chart rect").count() > 0
    href = page.get_by_role("link", name="CSV").get_attribute("href")
    lines = list(csv.DictReader(io.StringIO(page.request.get(site.url + str(href)).text())))
    assert any("Skagen Power" in line["orgs"] and float(line["amount"]) == 14e9 for line in lines)
    assert len(lines) == page.locator("table.stack tbody tr").count()


@pytest.mark.slow
def test_what_comes_while_you_look_is_said_without_taking_the_page_away(page: Any, site: Site) -> None:
    # One visit only: a second would take the first one's late answer for its own.
    with page.expect_response("**/api/v1/stream*"):
        page.goto("/?q=Penhallow")
    site.tell("Fjordgrid hires Tess Penhallow from Skagen Power as chief operating officer", "Tess Penhallow joins Fjordgrid.")
    page.get_by_role("link", name="1 new alert: show").click()
    page.locator("ol.alerts a.line", has_text="Penhallow").wait_for()


def test_an_address_that_cannot_be_read_says_what_would_be_right(page: Any) -> None:
    page.on("console", lambda said: None)
    answer = page.request.get("/?since=lately")
    assert answer.status == 400 and "since" in answer.text()


def test_a_script_in_a_story_stays_text(page: Any) -> None:
    page.goto("/?q=Evil")
    assert page.title() == "q: Evil · Alerts · Movewire"
    page.locator("ol.alerts a.line").first.click()
    page.wait_for_url("**/events/**")
    assert "owned" not in page.title() or "<script>" in page.title()
    assert page.locator("main script, main img").count() == 0

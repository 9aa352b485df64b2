"""What is told reaches everybody: by keys, on a telephone, on paper, in an older browser, and with the longest of names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor import query
from tests.api.conftest import fill, opened
from tests.api.test_access import token
from tests.store.build import BUILDOUT, MOVE, NOW, buildout_event, founded
from tests.web.conftest import CHROMIUM, FLAGS, Site, needs_chromium, served, too_wide

pytestmark = [needs_chromium, pytest.mark.slow]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
BOLD = '<b onclick="alert(1)">Bold & Sons</b>'
NAMES = (LONG, BOLD, "شركة الحوسبة العربية لمراكز البيانات", "🏗️👩‍👩‍👧‍👦 Rocket 🚀 Compute")


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Names without a place to break, of other directions, and of markup: in every slot, outlet and error."""
    with opened(tmp_path_factory.mktemp("hard")) as app:
        for n, name in enumerate(NAMES):
            other = NAMES[n - 1]
            move = replace(MOVE, person=f"{other} Doe", from_org=other, to_org=name, to_role=name)
            build = replace(BUILDOUT, orgs=(name, other), project=f"{name} campus", location=other)
            said = {"headline": f"{name} {name}", "outlets": (name,) * 3, "severity_reasons": (name,)}
            for result in (
                founded(n, NOW, moves=(move,), orgs=(name, other), keys=(f"person:{n}",), **said),
                founded(50 + n, NOW, make=buildout_event, buildout=build, orgs=(name,), keys=(f"project:{n}",), **said),
            ):
                app.store.transact(lambda tx, result=result: tx.record_poll(result))  # type: ignore[misc]
        with served(app) as url:
            yield Site(app, url, lambda title, summary: None)


@contextmanager
def opening(browser: Any, url: str, path: str, width: int = 1280, **context: Any) -> Iterator[Any]:
    held = browser.new_context(base_url=url, viewport={"width": width, "height": 800}, **context)
    held.set_default_timeout(15_000)
    page = held.new_page()
    page.goto(path)
    yield page
    held.close()


@pytest.mark.parametrize("width", [1280, 700, 390])
def test_long_names_push_nothing_out_of_the_window(chromium: Any, hard: Site, width: int) -> None:
    events = [f"/events/{event.id}" for event in query.events(hard.app.store).items]
    deliveries = [f"/deliveries/{one.id}" for one in query.deliveries(hard.app.store).items[:2]]
    tables = ("/flows", "/buildouts", "/organisations", "/deliveries")
    assert too_wide(chromium, hard.url, width, ("/", f"/?org={LONG}{LONG}", *tables, *events, *deliveries)) == []
    for path in tables if width != 700 else ():
        with opening(chromium, hard.url, path, width) as page:
            outside = f"[...document.querySelectorAll('td.num')].filter(td => td.getBoundingClientRect().right > {width}).length"
            assert page.locator("td.num").count() and page.evaluate(outside) == 0, path


def test_a_telephone_shows_no_empty_lines_and_pictures_that_can_be_read(chromium: Any, hard: Site) -> None:
    for path in ("/organisations", "/deliveries"):
        with opening(chromium, hard.url, path, 390) as page:
            cells = page.locator("table.stack td")
            shown = [cells.nth(n).inner_text().strip() for n in range(cells.count()) if cells.nth(n).is_visible()]
            assert shown and all(shown), path
    for path in ("/flows", "/buildouts"):
        with opening(chromium, hard.url, path, 390) as page:
            sizes = "[...document.querySelectorAll('svg text')].map(text => text.getBoundingClientRect().height)"
            assert min(page.evaluate(sizes)) >= 9, path
    with opening(chromium, hard.url, "/buildouts", 390) as page:
        place = page.locator("svg rect").first.bounding_box()
        assert place["x"] + place["width"] < 390, "the one month there is stands where it is seen first"


@pytest.mark.parametrize("path", ["/flows", "/organisations/Corvid%20Systems"])
def test_a_picture_that_goes_on_beyond_the_window_says_so_and_no_other_does(chromium: Any, site: Site, path: str) -> None:
    for width in (390, 700, 1000, 1280):
        with opening(chromium, site.url, path, width) as page:
            beyond = page.locator(".picture .scroll").evaluate_all("all => all.map(one => one.scrollWidth > one.clientWidth)")
            told = [one.is_visible() for one in page.locator(".picture .sideways").all()]
            assert told == beyond, width
            assert any(told) is ((path == "/flows" and width < 1040) or width in (390, 1000)), width


def test_a_feed_on_a_telephone_stands_over_its_host(chromium: Any, site: Site) -> None:
    with opening(chromium, site.url, "/feeds", 390) as page:
        cell = page.locator("td[data-name=Feed]", has_text="Silent Wire")
        name, host = cell.bounding_box(), cell.locator("div").bounding_box()
        assert host["y"] > name["y"] + 10
        page.keyboard.press("j")
        row = page.locator("tr.here")
        assert row.evaluate("row => getComputedStyle(row).backgroundColor") != "rgba(0, 0, 0, 0)", "where the keys are is seen"


@pytest.mark.parametrize(("path", "name"), [("/organisations", "Organisation"), ("/deliveries", "What"), ("/buildouts", "What")])
def test_a_line_on_a_telephone_begins_with_what_it_is_of(chromium: Any, site: Site, path: str, name: str) -> None:
    """It had stood at the right, after a word, among the figures; of a delivery below its time."""
    with opening(chromium, site.url, path, 390) as page:
        row = page.locator("table.stack tbody tr").first
        boxes = {cell.get_attribute("data-name"): cell.bounding_box() for cell in row.locator("td").all()}
        shown = {which: box for which, box in boxes.items() if box}
        assert min(shown, key=lambda which: shown[which]["y"]) == name and len(shown) > 3
        assert row.locator("td.lead a").bounding_box()["x"] == pytest.approx(14, abs=1)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_names_of_pages_stay_where_they_are(chromium: Any, site: Site, width: int) -> None:
    """The one that is shown was bold, and moved those behind it: on a telephone into another line."""
    places = []
    for path in ("/", "/flows", "/organisations", "/feeds"):
        with opening(chromium, site.url, path, width) as page:
            places.append([link.bounding_box() for link in page.locator("nav.main a").all()])
    assert all(place == places[0] for place in places)


def test_charts_of_some_months_stand_beside_each_other(chromium: Any, site: Site) -> None:
    """One below the other, with two columns in the corner of each, they left the sums to be scrolled for."""
    with opening(chromium, site.url, "/buildouts?since=90d") as page:
        money, power = (chart.bounding_box() for chart in page.locator("svg.chart").all())
        assert money["y"] == power["y"] and money["x"] + money["width"] <= power["x"]


def test_a_word_keeps_the_focus_on_its_button(chromium: Any, hard: Site) -> None:
    with opening(chromium, hard.url, f"/events/{query.events(hard.app.store).items[0].id}") as page:
        page.get_by_role("button", name="Wrong detail").focus()
        page.keyboard.press("Enter")
        page.locator("button[aria-pressed=true]").wait_for()
        assert page.evaluate("document.activeElement.innerText") == "Wrong detail"


def test_a_word_that_is_refused_says_why(chromium: Any, tmp_path: Path) -> None:
    with opened(tmp_path, auth="token") as app, served(app) as url:
        fill(app.store, 1)
        good = token(app)
        with opening(chromium, url, "/login") as page:
            page.get_by_label("Token").fill(good)
            page.keyboard.press("Enter")
            page.locator("ol.alerts a.line").click()
            page.get_by_role("button", name="👍 Relevant", exact=True).click()
            page.get_by_role("heading", name="Not allowed").wait_for()
            assert "may read only" in page.get_by_role("alert").inner_text()
            page.get_by_role("button", name="Log out").click()
            page.get_by_role("heading", name="Log in").wait_for()


def here_after(page: Any, key: str) -> int:
    """How many items of the list are marked as where one is, after this key."""
    page.keyboard.press(key)
    return int(page.locator("[data-item].here").count())


def test_single_letters_are_switched_off_by_keys_for_every_page_and_window(chromium: Any, site: Site) -> None:
    """WCAG 2.2, 2.1.4: what is said to the browser, or struck by mistake, moves nothing."""
    with opening(chromium, site.url, "/") as page:
        other = page.context.new_page()
        other.goto("/feeds")
        assert here_after(other, "j") == 1
        switch = page.get_by_role("checkbox", name="Keys")
        assert switch.is_checked()
        switch.focus()
        page.keyboard.press("Space")
        page.locator("body").evaluate("body => document.activeElement.blur()")
        assert here_after(page, "j") == 0
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement === document.body")
        other.locator("[data-keys] input:not(:checked)").wait_for()  # a window that was open hears of it
        page.locator("ol.alerts a.line").first.click()
        page.wait_for_url("**/events/**")
        page.keyboard.press("u")
        assert not page.get_by_role("checkbox", name="Keys").is_checked() and "/events/" in page.url
        page.goto("/")
        page.get_by_role("checkbox", name="Keys").check()
        page.locator("body").evaluate("body => document.activeElement.blur()")
        assert here_after(page, "j") == 1


def test_where_the_browser_may_keep_nothing_the_switch_counts_for_its_page(chromium: Any, site: Site) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    with opening(chromium, site.url, "/login") as page:
        page.add_init_script(refuse)
        page.goto("/")
        assert here_after(page, "j") == 1
        page.get_by_role("checkbox", name="Keys").uncheck()
        page.locator("body").evaluate("body => document.activeElement.blur()")
        assert here_after(page, "j") == 1 and page.locator("[data-item]").first.evaluate("first => first.matches('.here')")


def test_no_keys_are_offered_where_scripts_do_not_run(chromium: Any, site: Site) -> None:
    with opening(chromium, site.url, "/", java_script_enabled=False) as page:
        assert not page.locator("[data-keys]").is_visible() and page.get_by_role("checkbox", name="Keys").count() == 0


@pytest.mark.parametrize("path", ["/flows", "/buildouts"])
def test_keys_pass_a_picture_by(chromium: Any, hard: Site, path: str) -> None:
    with opening(chromium, hard.url, path) as page:
        skip = page.get_by_role("link", name="Skip the chart").last
        skip.focus()
        assert skip.bounding_box()["x"] > 0, "seen while it has the focus"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('table') !== null")


def test_what_proves_a_slot_is_read_without_pointing_at_it(chromium: Any, site: Site) -> None:
    with opening(chromium, site.url, "/?q=Lindqvist") as page:
        page.locator("ol.alerts a.line").first.click()
        page.locator("summary", has_text="What the marks mean").first.focus()
        page.keyboard.press("Enter")
        assert "person\nMara Lindqvist" in page.locator("details[open] dl").inner_text()


def test_a_page_that_comes_back_is_not_deaf(chromium: Any, site: Site) -> None:
    """A browser shows again the page it kept, whose stream was closed when it was left."""
    kept = "--disable-back-forward-cache"
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=FLAGS, ignore_default_args=[kept])
    with opening(browser, site.url, "/") as page:
        page.evaluate("window.mark = 1")
        page.locator("ol.alerts a.line").first.click()
        page.wait_for_url("**/events/**")
        page.go_back(wait_until="commit")
        page.wait_for_function("window.mark === undefined && document.querySelector('[data-stream]') !== null")
    browser.close()


def test_an_older_browser_opens_the_filters_by_their_summary(chromium: Any, site: Site) -> None:
    """One without ``::details-content`` cannot open them from the style sheet."""
    with opening(chromium, site.url, "/login") as page:

        def older(route: Any) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace("::details-content", "::not-there-yet"))

        page.route("**/static/style.css", older)
        page.goto("/")
        page.locator("summary", has_text="Filter").click()
        page.get_by_role("link", name="executive move").click()
        page.wait_for_url("**label=executive_move**")


def test_on_paper_stand_the_words_and_the_period_but_no_buttons(chromium: Any, site: Site) -> None:
    with opening(chromium, site.url, "/flows") as page:
        page.emulate_media(media="print")
        assert page.locator(".toolbar a:visible").all_inner_texts() == ["90 days"]
        page.goto("/?q=Lindqvist")
        page.locator("ol.alerts a.line").first.click()
        page.locator("h1", has_text="Lindqvist").wait_for()
        assert page.locator("button:visible").count() == 0
        panels = page.locator("section.panel:visible")
        assert all(panel.inner_text().strip() for panel in panels.all())
        page.goto("/searches")
        assert page.locator("input:visible").count() == 0

"""Draws docs/pictures: ``python -m tests.web.pictures``. The stories are those of ``newsroom.py``; no such company exists."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.web.conftest import CHROMIUM, FLAGS, newsroom
from tests.web.newsroom import MORE, STORIES

OUT = Path(__file__).parents[2] / "docs" / "pictures"
SHOTS = (
    ("alerts", "/", "light", (1180, 760)),
    ("flows", "/flows", "light", (1180, 820)),
    ("buildouts", "/buildouts", "light", (1180, 900)),
    ("organisation", "/organisations/Corvid%20Systems", "light", (1180, 760)),
    ("alerts-narrow", "/", "dark", (390, 760)),
)


def main() -> None:
    with TemporaryDirectory() as folder, newsroom(MORE + STORIES, Path(folder), hours=9) as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, path, theme, size in SHOTS:
            page = _page(browser, theme, size)
            page.goto(site.url + path)
            page.screenshot(path=OUT / f"{name}.png")
        page = _page(browser, "light", (1180, 820))
        page.goto(site.url + "/?q=Adeyemi")
        page.locator("ol.alerts a.line").first.click()
        page.wait_for_url("**/events/**")
        page.screenshot(path=OUT / "event.png")
        page = _page(browser, "light", (1180, 560))
        page.goto(site.url + "/?label=infrastructure&severity=%3E%3Dhigh")
        page.locator("details.keep summary").click()
        page.get_by_label("Name").fill("big builds")
        page.screenshot(path=OUT / "searches.png")
        browser.close()


def _page(browser, theme: str, size: tuple[int, int]) -> Page:  # type: ignore[no-untyped-def]
    width, height = size
    return browser.new_context(color_scheme=theme, viewport={"width": width, "height": height}).new_page()


if __name__ == "__main__":
    main()

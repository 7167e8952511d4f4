"""Pages opened in a real browser, watched for what they fetch and complain of."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.requirements import require_browser

# As in tests/acceptance: no phoning home, and root in a container.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require_browser(), args=FLAGS)
        yield browser
        browser.close()


class Watch:
    """Opens a report; whatever is done with it, nothing is fetched or complained of."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def open(self, file: Path, **options: object) -> Page:
        """The page, once its script has run."""
        viewport = {"width": 1400, "height": 900}
        page = self.browser.new_page(**({"viewport": viewport} | options))  # type: ignore[arg-type]
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(file.as_uri())
        expect(page.locator("html")).to_have_attribute("data-ready", "yes")
        return page

    def judge(self) -> None:
        """Nothing was fetched but the file itself, and nothing complained of."""
        assert [url for url in self.requests if not url.startswith(("file://", "data:"))] == []
        assert len([url for url in self.requests if url.startswith("file://")]) <= 1
        assert self.complaints == []

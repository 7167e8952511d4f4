"""The happy path in a real browser, where the tracking shows up by itself."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.acceptance.shopping import PASSWORD

# What keeps it from phoning home, and lets it run as root in a container.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A browser for one test: while Playwright is there, an event loop runs in this thread, and
    no other test could start one."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        missing = "No chromium here: install Debian's, or name one in $CHROMIUM."
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1180, "height": 860})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert not errors


def photograph(page: Page, shop, name: str) -> None:
    """Keep a picture for the documentation when asked to, with $SHOP_PICTURES."""
    if folder := os.environ.get("SHOP_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{shop.name}.png")


def test_a_purchase_in_a_browser(shop, page):
    page.goto(shop.url)
    expect(page.get_by_role("heading", name="Plants for people")).to_be_visible()
    photograph(page, shop, "catalogue")
    page.get_by_role("link", name="Terracotta pots, set of three").click()
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("link", name="Check out").click()
    page.get_by_role("main").get_by_role("link", name="Register").click()
    page.get_by_label("Your name").fill("Grace")
    page.get_by_label("E-mail").fill(f"grace-{uuid.uuid4().hex[:10]}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Register").click()
    for label, value in {
        "Name": "Grace Hopper",
        "Street": "1 Compiler Way",
        "Postcode": "N1 9GU",
        "City": "London",
        "Card number": "4242 4242 4242 4242",
        "Expires": "12/30",
        "Security code": "123",
    }.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Order and pay").click()
    expect(page.get_by_text("Your order is paid")).to_be_visible(timeout=20_000)
    # Without a reload: the page asks for the tracking until there is some.
    expect(page.get_by_text("Snail & Sons has your parcel")).to_be_visible(timeout=30_000)
    expect(page.locator(".status")).to_have_text("on its way", timeout=30_000)
    photograph(page, shop, "order")
    cookie = next(each for each in page.context.cookies() if each["name"] == "banyan_token")
    assert cookie["httpOnly"]


def test_a_purchase_on_a_narrow_screen_needs_no_scrolling_sideways(shop, page):
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ["/", "/plants/monstera/", "/cart/", "/register/"]:
        page.goto(shop.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path

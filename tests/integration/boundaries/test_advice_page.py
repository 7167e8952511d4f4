"""The advice in a real browser: found, read, walked by keyboard, printed on one sheet."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.advices import hostile_advice, made_advice, shop_advice
from tests.browsing import Watch, chromium
from tests.surveys import HOSTILE, made, module, shop, survey_of

from banyan.boundaries.advice.facts import Advice
from banyan.boundaries.advice.reports.html import render
from banyan.survey.facts import Survey
from banyan.survey.figures import figures

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opener = Callable[..., Page]
VIEWS = ["Advice", "Plan", "Map", "Matrix", "Modules", "Pairs", "Not told"]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens a page with advice; whatever is done, nothing is fetched or complained of."""
    watch = Watch(browser)

    def open_page(survey: Survey, advice: Advice, **options: object) -> Page:
        file = tmp_path / "advice.html"
        file.write_text(render(survey, figures(survey), advice, "1.0"), encoding="utf-8")
        return watch.open(file, **options)

    yield open_page
    watch.judge()


def test_it_opens_with_the_advice_and_leads_to_the_rest(opened: Opener) -> None:
    page = opened(shop(), shop_advice())
    expect(page.get_by_role("heading", level=1)).to_have_text(shop_advice().headline)
    expect(page.locator("#map")).to_be_hidden()
    navigation = page.get_by_role("navigation")
    expect(navigation.get_by_role("link")).to_have_text(VIEWS)
    expect(navigation.get_by_role("link", name="Advice")).to_have_attribute("aria-current", "page")
    navigation.get_by_role("link", name="Plan").click()
    expect(page.get_by_role("heading", name="Plan", exact=True)).to_be_focused()
    expect(page.get_by_role("heading", name="Cutting order for payments")).to_be_visible()
    expect(page.get_by_text("shop/payments/models.py:12").first).to_be_visible()
    page.get_by_role("link", name="payments → orders").first.click()
    expect(page.get_by_role("heading", name="payments and orders")).to_be_focused()
    navigation.get_by_role("link", name="Map").click()
    expect(page.locator("#map")).to_be_visible()
    expect(page.locator("#view-advice")).to_be_hidden()


def test_the_map_says_rung_and_verdict_by_bars_words_and_frames(opened: Opener) -> None:
    page = opened(shop(), shop_advice())
    page.get_by_role("link", name="Map").click()
    node = page.locator('[data-module="shipping"]')
    assert "rung 3 of 5, data-owned; verdict: ready" in str(node.get_attribute("aria-label"))
    expect(node.locator(".bar-full")).to_have_count(3)
    expect(node.locator(".bar-empty")).to_have_count(2)
    expect(node.locator(".mark-text")).to_have_text("ready")
    expect(page.locator("#map .mark.thick .mark-text")).to_have_text(["bound first", "▶ cut data"])
    expect(page.locator("#map-nodes .mark")).to_have_count(5)
    expect(page.locator("#legend")).to_contain_text("5 rungs")
    node.click()
    expect(page.locator("#panel")).to_contain_text("verdict: ready to separate")


def test_a_mark_stays_within_its_module(opened: Opener) -> None:
    page = opened(made(120, 600), made_advice(made(120, 600)))
    page.get_by_role("link", name="Map").click()
    out = page.locator("#map-nodes .node").evaluate_all(
        """nodes => nodes.filter(node => {
            const box = node.querySelector(".box").getBoundingClientRect();
            return [...node.querySelectorAll(".mark, .mark-text")].some(each => {
                const at = each.getBoundingClientRect();
                return at.left < box.left || at.right > box.right || at.bottom > box.bottom;
            });
        }).map(node => node.dataset.module)"""
    )
    assert out == []


def test_a_modules_page_says_where_it_stands_what_holds_it_and_the_price(opened: Opener) -> None:
    page = opened(shop(), shop_advice())
    page.get_by_role("link", name="Modules").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="orders"))
    expect(row).to_contain_text("0 of 5: bound first")
    row.get_by_role("link").first.click()
    view = page.locator("#view-page")
    expect(view.get_by_role("heading", name="Advice")).to_be_visible()
    expect(view.locator("[aria-current=step]")).to_contain_text("0 tangled")
    expect(view).to_contain_text(
        "What speaks for separating it, and against: \N{MINUS SIGN}0.5 in all"
    )
    expect(view).to_contain_text("A call in one data centre takes 2 ms.")
    view.get_by_text("In which order: 1 step").click()
    expect(view.get_by_text("shop/orders/models.py:13")).to_be_visible()
    page.evaluate("location.hash = 'module=catalogue'")
    expect(view).to_contain_text("Nothing in the code holds it back.")


def test_all_of_it_can_be_reached_by_keyboard(opened: Opener) -> None:
    page = opened(shop(), shop_advice())
    reached: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert [name for name in VIEWS if name not in reached] == []
    assert "orders → payments" in reached
    page.evaluate("location.hash = 'plan'")
    page.locator("#view-plan .scroll").first.focus()
    expect(page.locator("#view-plan .scroll").first).to_be_focused()


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("size", [1, 5, 40, 120])
def test_the_advice_is_one_sheet_of_paper(opened: Opener, size: int) -> None:
    survey = made(size, size * 12)
    page = opened(survey, made_advice(survey))
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) == 1
    assert pages_of(page.pdf(format="A4", scale=2)) > 1, "pages are counted"


def test_on_paper_there_is_nothing_but_the_advice(opened: Opener) -> None:
    page = opened(shop(), shop_advice())
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.locator("footer")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("location.hash = 'map'")
    expect(page.locator("footer")).to_be_visible()


@pytest.mark.parametrize("size", [1, 5, 120])
def test_nothing_sticks_out_of_the_window(opened: Opener, size: int) -> None:
    survey = made(size, size * 12)
    page = opened(survey, made_advice(survey))
    first = survey.modules[0].name
    for hash_ in ("advice", "plan", "map", "modules", f"module={first}"):
        page.evaluate(f"location.hash = {hash_!r}")
        for width in (360, 820, 1400):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (hash_, width)


def test_without_scripts_the_advice_can_be_read(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "advice.html"
    file.write_text(render(shop(), figures(shop()), shop_advice(), "1.0"), encoding="utf-8")
    page = browser.new_page(java_script_enabled=False)
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", name=shop_advice().headline)).to_be_visible()
    expect(page.get_by_text("Cutting order for")).to_be_visible()


def test_a_hostile_name_is_a_name_everywhere(opened: Opener) -> None:
    survey = survey_of([module(HOSTILE, HOSTILE), module("users")], [], name=HOSTILE)
    page = opened(survey, hostile_advice())
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    for view in VIEWS:
        page.get_by_role("navigation").get_by_role("link", name=view).click()
        assert page.locator("img").count() == 0
    page.get_by_role("link", name="Modules").click()
    page.locator("#view-page tbody a").filter(has_text="script").first.click()
    expect(page.locator("#view-page h2")).to_have_text(HOSTILE)
    expect(page.locator("#view-page .advice-panel")).to_contain_text(HOSTILE)
    assert page.locator("img").count() == 0

"""The survey's page in a real browser: clicked, walked by keyboard, with hostile names, and big."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect
from tests.browsing import Watch, chromium
from tests.surveys import HOSTILE, made, module, shop, survey_of

from banyan.survey.facts import Basis, Coupling, Kind, Survey
from banyan.survey.figures import figures
from banyan.survey.reports import html

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opener = Callable[..., Page]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens a survey's page; whatever is done with it, nothing is fetched or complained of."""
    watch = Watch(browser)

    def open_page(survey: Survey, **options: object) -> Page:
        file = tmp_path / "survey.html"
        file.write_text(html.render(survey, figures(survey), "1.0"), encoding="utf-8")
        return watch.open(file, **options)

    yield open_page
    watch.judge()


def drawn(page: Page) -> set[str]:
    """The edges on the map."""
    return set(page.locator("#map-edges .edge").evaluate_all("all => all.map(e => e.dataset.edge)"))


def choose_edge(page: Page, name: str) -> None:
    """Click an edge where its line is, as somebody with a mouse does."""
    reach = page.locator(f'[data-edge="{name}"] .reach')
    reach.scroll_into_view_if_needed()
    x, y = reach.evaluate(
        """path => {
            const point = path.getPointAtLength(path.getTotalLength() * 0.55);
            const at = point.matrixTransform(path.getScreenCTM());
            return [at.x, at.y];
        }"""
    )
    page.mouse.click(x, y)


def test_the_map_shows_each_module_and_each_edge(opened: Opener) -> None:
    page = opened(shop())
    expect(page.locator("#map-nodes .node")).to_have_count(5)
    assert drawn(page) == {
        "orders → users",
        "orders → catalogue",
        "orders → payments",
        "payments → orders",
        "users → orders",
        "shipping → users",
        "shipping → orders",
        "catalogue → orders",
    }
    assert page.locator("#map-nodes .circle").count() == 3


def test_a_click_on_an_edge_shows_its_lines(opened: Opener) -> None:
    page = opened(shop())
    choose_edge(page, "orders → users")
    panel = page.locator("#panel")
    expect(panel.get_by_role("heading", name="orders → users")).to_be_visible()
    for each in shop().couplings:
        if (each.from_, each.to) == ("orders", "users") and each.place is None:
            row = panel.get_by_role("row").filter(has_text=f"{each.file}:{each.line}")
            expect(row.first).to_contain_text(each.source)
            expect(row.first).to_contain_text(each.target)
    expect(panel).to_contain_text("An import graph shows 1 of 6.")
    expect(panel).to_contain_text("CASCADE")
    panel.get_by_role("button", name="Close").click()
    expect(panel.get_by_role("heading", name="How to read the map")).to_be_visible()


def test_the_filter_takes_edges_away_and_brings_them_back(opened: Opener) -> None:
    page = opened(shop())
    everything = drawn(page)
    page.get_by_label("Code", exact=True).uncheck()
    assert everything - drawn(page) == {"orders → payments", "catalogue → orders"}
    page.get_by_label("only what an import graph shows nothing of").check()
    assert drawn(page) == {"shipping → users", "shipping → orders"}
    page.get_by_role("button", name="Show the usual").click()
    assert drawn(page) == everything
    expect(page.get_by_label("Code", exact=True)).to_be_checked()


def test_tests_and_migrations_are_hidden_until_they_are_asked_for(opened: Opener) -> None:
    page = opened(shop())
    expect(page.locator("#filter-count")).to_have_text("20 of 22 couplings shown")
    assert "users → catalogue" not in drawn(page)
    page.get_by_label("also in tests").check()
    assert "users → catalogue" in drawn(page)
    page.get_by_label("also migrations").check()
    expect(page.locator("#filter-count")).to_have_text("22 of 22 couplings shown")


def test_without_evidence_there_is_no_choice_of_it(opened: Opener) -> None:
    expect(opened(shop()).get_by_label("read or seen running")).to_be_hidden()


def test_what_was_read_and_what_was_seen_are_told_apart_in_words(opened: Opener) -> None:
    survey = shop()
    basis = {20: Basis.SEEN, 52: Basis.BOTH}
    page = opened(
        replace(
            survey,
            couplings=tuple(
                replace(one, evidence=basis.get(one.line, Basis.READ)) for one in survey.couplings
            ),
        )
    )
    choice = page.get_by_label("read or seen running")
    expect(choice.locator("option")).to_have_text(
        ["all", "only read: 20", "only seen: 1", "read and seen: 1"]
    )
    choice.select_option("only seen: 1")
    assert drawn(page) == {"shipping → users"}
    choose_edge(page, "shipping → users")
    expect(page.locator("#panel")).to_contain_text("only seen running")
    page.get_by_role("button", name="Show the usual").click()
    expect(choice).to_have_value("")
    expect(page.locator("#filter-count")).to_have_text("20 of 22 couplings shown")


def test_light_edges_can_be_left_out(opened: Opener) -> None:
    page = opened(shop())
    page.get_by_label("edges of at least").fill("3")
    assert drawn(page) == {"orders → users", "orders → catalogue", "shipping → orders"}


def focused(page: Page) -> str:
    return str(
        page.evaluate(
            """() => {
                const at = document.activeElement;
                return at.dataset.module || at.id || at.textContent.trim();
            }"""
        )
    )


def tab_to(page: Page, wanted: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
    raise AssertionError(f"{wanted} can't be reached by Tab")


def test_all_can_be_done_without_a_mouse(opened: Opener) -> None:
    page = opened(shop())
    page.keyboard.press("Tab")
    assert focused(page) == "skip"
    expect(page.locator("#skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert focused(page) == "main"
    # The map is one stop; arrows walk in it.
    tab_to(page, "shipping")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "orders"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    last = focused(page)
    page.keyboard.press("Home")
    assert focused(page) == "shipping" != last
    page.keyboard.press("ArrowDown")
    outline = page.locator('[data-module="orders"] .halo').evaluate(
        "halo => getComputedStyle(halo).strokeWidth"
    )
    assert outline == "3.5px"
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("orders")
    tab_to(page, "Open its page")
    page.keyboard.press("Tab")
    assert focused(page).startswith("users")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("orders → users")
    assert focused(page) == "panel-title"
    expect(page.locator("#panel")).to_contain_text("shop/orders/models.py:12")


def test_the_matrix_is_walked_by_arrows_and_opened_by_enter(opened: Opener) -> None:
    page = opened(shop())
    page.get_by_role("link", name="Matrix").click()
    expect(page.get_by_role("heading", name="Dependency matrix")).to_be_focused()
    page.locator("#matrix td[tabindex='0']").focus()
    said = page.locator("#matrix-said")
    expect(said).to_have_text("shipping")
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("shipping → orders: 1 raw SQL, 1 signal receiver, 1 task")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="shipping and orders")).to_be_focused()
    expect(page.locator("#view-page")).to_contain_text("An import graph shows nothing")


def test_the_matrix_frames_what_goes_back_up(opened: Opener) -> None:
    page = opened(shop())
    page.get_by_role("link", name="Matrix").click()
    labels = page.locator("#matrix td.upward").evaluate_all(
        "all => all.map(each => each.ariaLabel)"
    )
    assert labels
    assert all(label.endswith(", against the layers") for label in labels)
    assert not any(label.startswith("shipping") for label in labels)


def test_a_module_has_a_page_with_all_that_ties_it(opened: Opener) -> None:
    page = opened(shop())
    page.get_by_role("link", name="Modules").click()
    page.get_by_role("rowheader", name="orders", exact=True).get_by_role("link").click()
    view = page.locator("#view-page")
    expect(view.get_by_role("heading", name="orders", exact=True)).to_be_focused()
    expect(view).to_contain_text("Order, Line")
    expect(view).to_contain_text("Holds on to 3")
    expect(view).to_contain_text("Is held on to by 4")
    expect(view).to_contain_text("The filter hides 1 coupling here.")
    view.locator("summary").filter(has_text="catalogue").first.click()
    expect(view.get_by_text("shop/orders/models.py:31")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Modules")).to_be_visible()


def test_what_could_not_be_told_is_listed_by_reason(opened: Opener) -> None:
    page = opened(shop())
    page.get_by_role("link", name="Not told").click()
    expect(page.locator("summary").filter(has_text="a model chosen at run time")).to_contain_text(
        "2 places"
    )
    expect(page.get_by_text("shop/orders/rules.py:44")).to_be_visible()
    expect(page.get_by_text("print is no statement here")).to_be_visible()


def test_search_finds_modules_models_and_lines(opened: Opener) -> None:
    page = opened(shop())
    page.keyboard.press("/")
    expect(page.get_by_label("Search")).to_be_focused()
    page.keyboard.type("Order.address")
    expect(page.get_by_role("heading", name="Search for")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="0 modules, 1 coupling")).to_be_visible()
    expect(page.get_by_text("shop/orders/models.py:14")).to_be_visible()
    page.get_by_label("Search").fill("parcel")
    expect(page.locator("#view-page").get_by_role("link", name="shipping")).to_be_visible()


def hostile() -> Survey:
    bad = Coupling(
        kind=Kind.MODEL_ACCESS,
        from_=HOSTILE,
        to="users",
        file=f"{HOSTILE}.py",
        line=1,
        source=HOSTILE,
        target=HOSTILE,
        lookup=HOSTILE,
    )
    return survey_of([module(HOSTILE, HOSTILE), module("users")], [bad], name=HOSTILE)


def test_a_hostile_name_is_a_name_everywhere(opened: Opener) -> None:
    page = opened(hostile())
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(HOSTILE)
    page.locator("#map-nodes .node").first.click()
    for link in ["Matrix", "Modules", "Pairs", "Not told", "Map"]:
        page.get_by_role("navigation").get_by_role("link", name=link).click()
        assert page.locator("img").count() == 0
    page.get_by_role("link", name="Modules").click()
    page.locator("#view-page tbody a").filter(has_text="script").first.click()
    expect(page.locator("#view-page h2")).to_have_text(HOSTILE)
    page.locator("#view-page summary").first.click()
    page.get_by_label("Search").fill("<img")
    expect(page.locator("#view-page h2")).to_contain_text("<img")
    assert page.locator("img").count() == 0


def test_a_link_to_what_is_not_there_says_so(opened: Opener) -> None:
    page = opened(shop())
    page.evaluate("location.hash = 'module=nobody%'")
    expect(page.get_by_role("heading", name="No such module")).to_be_visible()


def test_twenty_thousand_couplings_stay_quick(opened: Opener) -> None:
    page = opened(made(120, 20_000))
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert ready < 5_000
    assert page.locator("#map-edges .edge").count() == 220
    expect(page.locator("#map-note")).to_contain_text("The 220 heaviest of")
    spent = page.evaluate(
        """() => {
            const start = performance.now();
            document.querySelector('#filter-tests').click();
            document.querySelector('#map').getBoundingClientRect();
            return performance.now() - start;
        }"""
    )
    assert spent < 2_000
    page.get_by_role("link", name="Matrix").click()
    expect(page.locator("#matrix tbody tr")).to_have_count(120)


@pytest.mark.parametrize("size", [1, 5, 40, 120])
def test_nothing_sticks_out_of_the_window(opened: Opener, size: int) -> None:
    page = opened(made(size, size * 12))
    for link in ["Map", "Matrix", "Modules", "Pairs", "Not told"]:
        page.get_by_role("navigation").get_by_role("link", name=link).click()
        for width in (360, 820, 1400):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (link, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_lines_stand_out_from_their_ground(opened: Opener, scheme: str) -> None:
    page = opened(shop(), color_scheme=scheme)
    # WCAG 2.2: 4.5 for text (1.4.3), 3 for what a drawing is read by (1.4.11).
    for name, least in [
        ("ink", 4.5),
        ("soft", 4.5),
        ("accent", 4.5),
        ("relation", 3),
        ("moment", 3),
        ("access", 3),
        ("code", 3),
        ("node-line", 3),
    ]:
        for ground in ("paper", "card"):
            assert contrast(page, name, ground) >= least, (name, ground)


def contrast(page: Page, one: str, other: str) -> float:
    style = "getComputedStyle(document.documentElement).getPropertyValue"
    light, dark = sorted(
        (luminance(page.evaluate(f"{style}('--{name}')")) for name in (one, other)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour.strip().removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    assert re.fullmatch(r"[0-9a-f]{6}", digits), colour
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_on_paper_all_of_the_map_is_there(opened: Opener) -> None:
    page = opened(shop())
    page.emulate_media(media="print")
    expect(page.locator("#filter")).to_be_hidden()
    expect(page.locator("#map")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")

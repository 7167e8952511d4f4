"""What customers see while parts of the shop are down, and that all is well once they are back."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.acceptance.shopping import (
    GOOD_CARD,
    SLOW_CARD,
    check_out,
    new_customer,
    number_of,
    pay,
    put_in_cart,
    reload_until,
)
from tests.acceptance.visitor import Page, Visitor


@pytest.fixture
def services(shop):
    """Only what runs apart can fail apart.

    In one process the same pages are held by the shop's own tests, with injected faults.
    """
    if shop.topology == "monolith":
        pytest.skip("services only: in one process no part goes down alone")
    return shop


def test_while_payments_is_down_the_order_is_kept_and_can_be_paid_later(services):
    visitor = new_customer(services.url)
    put_in_cart(visitor, "Boston fern")
    with services.without("payments"):
        page = check_out(visitor)
        assert page.status == 200
        assert "Your order is kept, but payment is not available right now" in page.notes
        assert "not paid yet" in page.text
        assert "payment is not available right now" in pay(page).notes
        # Everything else works on.
        assert "Monstera" in visitor.open("/").text
        assert number_of(page) in visitor.open("/orders/").text
    page = pay(visitor.open(page.url))
    assert "Your order is paid" in page.notes
    reload_until(visitor, page.url, lambda page: "has your parcel" in page.text)
    assert charges(services, number_of(page)) == 1


def test_while_shipping_is_down_there_is_no_tracking_and_then_there_is(services):
    visitor = new_customer(services.url)
    put_in_cart(visitor, "Golden pothos")
    with services.without("shipping"):
        page = check_out(visitor)
        assert "Your order is paid" in page.notes
        assert "Tracking is not available right now" in page.text
    reload_until(visitor, page.url, lambda page: "has your parcel" in page.text)


def test_while_orders_is_down_the_shop_asks_for_patience(services):
    visitor = new_customer(services.url)
    put_in_cart(visitor, "Aloe vera")
    with services.without("orders"):
        page = visitor.open("/")
        assert page.status == 503
        assert "One moment, please" in page.text
        assert visitor.open("/login/").status == 200
    assert visitor.open("/").status == 200
    assert "Aloe vera" in visitor.open("/cart/").text


def test_while_users_is_down_customers_stay_logged_in(services):
    visitor = new_customer(services.url)
    put_in_cart(visitor, "Aloe vera")
    with services.without("users"):
        assert "Your order is paid" in check_out(visitor).notes
        page = Visitor(services.url).open("/login/")
        page = page.press("Log in", e_mail="staff@figandfern.example", password="x")
        assert page.status == 503
        assert "not possible right now" in page.text


def test_while_the_broker_is_down_orders_are_taken_and_parcels_leave_afterwards(services):
    visitor = new_customer(services.url)
    put_in_cart(visitor, "Aloe vera")
    with services.without("nats"):
        page = check_out(visitor)
        assert "Your order is paid" in page.notes
        assert "We are getting your parcel ready" in page.text
    reload_until(visitor, page.url, lambda page: "on its way" in page.text)
    reload_until(visitor, page.url, lambda page: "has your parcel" in page.text)


@pytest.mark.parametrize("part", ["nats", "envoy", "orders.web", "payments.events", "web.web"])
def test_what_is_killed_is_back_by_itself_and_nothing_is_lost(services, part):
    visitor = new_customer(services.url)
    put_in_cart(visitor, "Peat-free potting mix, 10 l")
    services.kill(part)
    services.wait_ready()
    page = check_out(visitor)
    assert "Your order is paid" in page.notes
    reload_until(visitor, page.url, lambda page: "has your parcel" in page.text)


def test_payments_killed_in_the_middle_of_charges_charges_nobody_twice(services):
    """Four customers pay by a card that takes its time, and payments is killed meanwhile."""
    visitors = [new_customer(services.url) for _ in range(4)]
    for visitor in visitors:
        put_in_cart(visitor, "Terracotta pots, set of three")
    done = threading.Event()

    def keep_killing() -> int:
        kills = 0
        while not done.wait(1.1):
            services.kill("payments.web")
            services.wait_ready()
            kills += 1
        return kills

    with ThreadPoolExecutor(max_workers=5) as pool:
        killer = pool.submit(keep_killing)
        pages: list[Page] = list(pool.map(lambda visitor: check_out(visitor, SLOW_CARD), visitors))
        pages = [pay_until_paid(page) for page in pages]
        done.set()
        assert killer.result() >= 2
    for visitor, page in zip(visitors, pages, strict=True):
        reload_until(visitor, page.url, lambda page: "has your parcel" in page.text)
        assert charges(services, number_of(page)) == 1


def pay_until_paid(page: Page) -> Page:
    """As a patient customer does: each time the page says that it did not work."""
    for attempt in range(20):
        page = reload_until(page.visitor, page.url, lambda page: page.status == 200)
        if "not paid yet" not in page.text:
            return page
        assert page.soup.find(string="Pay now"), page.text[:500]
        pay(page, SLOW_CARD if attempt < 2 else GOOD_CARD)
    raise AssertionError(f"Never paid: {page.text[:500]}")


def charges(services, number: str) -> int:
    """How often the card company moved money for this order, as its sandbox tells."""
    staff = Visitor(services.url)
    staff.open("/admin/").press("Log in", username="staff", password="figs-and-ferns")
    page = staff.open(f"/admin/payments/sandboxcharge/?q={number}&accepted__exact=1")
    return len(page.soup.select("#result_list tbody tr"))

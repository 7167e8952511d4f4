"""What customers see while parts of the shop are down, and that all is well once they are back.

Only what runs apart can fail apart: these run against services. In one process the same pages are
held by the shop's own tests, with injected faults.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.acceptance.shopping import (
    REFUSED_CARD,
    SLOW_CARD,
    check_out,
    new_customer,
    number_of,
    pay,
    put_in_cart,
    reload_until,
)
from tests.acceptance.visitor import Visitor

# How long the sandbox of the card company takes for SLOW_CARD.
SLOW_SECONDS = 1.5


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


@pytest.mark.parametrize("part", ["nats", "gateway", "orders.web", "payments.events", "web.web"])
def test_what_is_killed_is_back_by_itself_and_nothing_is_lost(services, part):
    visitor = new_customer(services.url)
    put_in_cart(visitor, "Peat-free potting mix, 10 l")
    services.kill(part)
    services.wait_ready()
    page = check_out(visitor)
    assert "Your order is paid" in page.notes
    reload_until(visitor, page.url, lambda page: "has your parcel" in page.text)


def test_payments_killed_in_the_middle_of_charges_charges_nobody_twice(services):
    """Customers pay by a card that takes its time, again and again, and payments is killed."""
    visitors = [new_customer(services.url) for _ in range(3)]
    for visitor in visitors:
        put_in_cart(visitor, "Terracotta pots, set of three")
    pages = [check_out(visitor, REFUSED_CARD) for visitor in visitors]
    staff = log_in_as_staff(services)
    with ThreadPoolExecutor(max_workers=3) as pool:
        for _ in range(3):
            paying = [pool.submit(pay, page, SLOW_CARD) for page in pages if "Pay now" in page.text]
            started = "/admin/payments/payment/?status__exact=started"
            while not staff.open(started).soup.select("input.action-select"):
                if all(each.done() for each in paying):
                    break
            time.sleep(random.uniform(0, SLOW_SECONDS))  # somewhere in the middle, on purpose
            services.kill("payments.web")
            for each in paying:
                assert each.result().status == 200
            services.wait_ready()
            pages = [visitor.open(page.url) for visitor, page in zip(visitors, pages, strict=True)]
            if not any("Pay now" in page.text for page in pages):
                break
    for visitor, page in zip(visitors, pages, strict=True):
        if "Pay now" in page.text:
            assert "Your order is paid" in pay(page).notes
        reload_until(visitor, page.url, lambda page: "has your parcel" in page.text)
        assert charges(services, number_of(page)) == 1


def log_in_as_staff(services) -> Visitor:
    staff = Visitor(services.url)
    staff.open("/admin/").press("Log in", username="staff", password="figs-and-ferns")
    return staff


def charges(services, number: str) -> int:
    """How often the card company moved money for this order, as its sandbox tells."""
    page = log_in_as_staff(services).open(
        f"/admin/payments/sandboxcharge/?q={number}&accepted__exact=1"
    )
    return len(page.soup.select("#result_list tbody tr"))

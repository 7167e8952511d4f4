import re

import pytest
from django.test import Client

from banyan.calls import Fault, inject
from banyan.testing import deliver_events
from orders.models import Order
from payments.models import SandboxCharge
from shipping.models import Shipment
from shipping.parcels import deliver
from tests.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("stock")

GOOD = {"card-number": "4242 4242 4242 4242", "card-expires": "12/30", "card-cvc": "123"}
REFUSED = {**GOOD, "card-number": "4000 0000 0000 0002"}
HOME = {"name": "Ada King", "street": "1 Analytical Row", "postcode": "N1 9GU", "city": "London"}


def text(response) -> str:
    return response.content.decode()


def check_out(browser: Client, card: dict[str, str] = GOOD):
    browser.post("/cart/add/monstera/", {"quantity": "2"})
    form = text(browser.get("/checkout/"))
    checkout = re.search(r'name="checkout" value="([^"]+)"', form)[1]
    return browser.post("/checkout/", {**HOME, **card, "checkout": checkout}, follow=True)


def test_a_visitor_registers_orders_pays_and_follows_the_parcel():
    browser = Client()
    answer = browser.post(
        "/register/",
        {"name": "Ada", "email": "ada@example.org", "password": PASSWORD, "next": "/cart/"},
    )
    assert answer.url == "/cart/"
    assert answer.cookies["banyan_token"]["httponly"]
    page = check_out(browser)
    assert "Your order is paid" in text(page)
    deliver_events()
    page = text(browser.get(page.redirect_chain[-1][0]))
    assert "on its way" in page
    assert "Snail &amp; Sons has your parcel" in page
    assert "cart" in browser.cookies
    assert not browser.cookies["cart"].value
    deliver(Shipment.objects.get().pk)
    deliver_events()
    assert Order.objects.get().status == "delivered"


def test_a_refused_card_keeps_the_order_for_another(browser):
    page = check_out(browser, REFUSED)
    assert "The card was refused" in text(page)
    number = Order.objects.get().number
    page = browser.post(f"/orders/{number}/pay/", GOOD, follow=True)
    assert "Your order is paid" in text(page)


@pytest.mark.parametrize("fault", Fault)
def test_while_payments_is_down_the_order_is_kept_and_paid_later_once(browser, fault):
    with inject("*payments*", fault=fault):
        page = check_out(browser)
    assert "Your order is kept" in text(page)
    assert "Pay now" in text(page)
    number = Order.objects.get().number
    page = browser.post(f"/orders/{number}/pay/", GOOD, follow=True)
    assert "Your order is paid" in text(page)
    assert SandboxCharge.objects.count() == 1


def test_while_shipping_is_down_the_page_does_without_tracking(browser):
    check_out(browser)
    with inject("*shipping*", fault=Fault.NEVER_ARRIVES):
        page = browser.get(f"/orders/{Order.objects.get().number}/")
    assert page.status_code == 200
    assert "Tracking is not available right now" in text(page)


def test_while_orders_is_down_the_shop_says_so_kindly(client):
    with inject("*orders*", fault=Fault.NEVER_ARRIVES):
        page = client.get("/")
    assert page.status_code == 503
    assert page["Retry-After"] == "5"
    assert "One moment, please" in text(page)


@pytest.mark.parametrize("fault", Fault)
def test_an_order_whose_placing_failed_can_be_sent_again(browser, fault):
    browser.post("/cart/add/monstera/", {"quantity": "2"})
    form = text(browser.get("/checkout/"))
    checkout = re.search(r'name="checkout" value="([^"]+)"', form)[1]
    sent = {**HOME, **GOOD, "checkout": checkout}
    with inject("*Orders/Place", fault=fault):
        page = text(browser.post("/checkout/", sent))
    assert "Nothing was ordered yet" in page or "it is placed only once" in page
    assert checkout in page
    assert "Your order is paid" in text(browser.post("/checkout/", sent, follow=True))
    assert Order.objects.count() == 1


def test_while_users_is_down_nobody_can_log_in_and_nobody_is_logged_out(browser):
    with inject("*users*", fault=Fault.NEVER_ARRIVES):
        form = {"email": "ada@example.org", "password": PASSWORD}
        page = Client().post("/login/", form)
        assert page.status_code == 503
        assert "not possible right now" in text(page)
        assert "Your order is paid" in text(check_out(browser))


def test_pages_of_a_customer_are_for_that_customer_only(browser):
    check_out(browser)
    number = Order.objects.get().number
    eve = Client()
    assert eve.get(f"/orders/{number}/").url == f"/login/?next=/orders/{number}/"
    eve.post("/register/", {"name": "Eve", "email": "eve@example.org", "password": PASSWORD})
    assert eve.get(f"/orders/{number}/").status_code == 404
    assert eve.post(f"/orders/{number}/cancel/").status_code == 404


def test_a_forged_cart_is_an_empty_one(client):
    client.cookies["cart"] = "eyJtb25zdGVyYSI6OTl9:forged"
    assert "Nothing in it yet" in text(client.get("/cart/"))


def test_a_sold_out_plant_is_told_of_and_waited_for(browser):
    assert "Sold out" in text(browser.get("/plants/chinese-money-plant/"))
    page = browser.post("/plants/chinese-money-plant/watch/", follow=True)
    assert "We will write to you" in text(page)
    assert browser.get("/plants/triffid/").status_code == 404
    assert browser.get("/?category=triffids").status_code == 404


def test_a_strange_address_to_go_on_to_is_ignored(ada, client):
    form = {"email": "ada@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/login/", form).url == "/"

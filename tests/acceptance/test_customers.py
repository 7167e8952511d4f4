"""What a customer meets, by HTTP: the same in one process and in many."""

import uuid

import pytest
import requests
from tests.acceptance.shopping import (
    PASSWORD,
    REFUSED_CARD,
    check_out,
    new_customer,
    number_of,
    pay,
    put_in_cart,
    reload_until,
)
from tests.acceptance.visitor import Visitor


def test_a_visitor_registers_browses_orders_pays_and_follows_the_parcel(shop):
    visitor = Visitor(shop.url)
    assert "Monstera deliciosa" in visitor.open("/").text
    assert "Aloe vera" in visitor.open("/?q=spiky").text
    put_in_cart(visitor, "Snake plant", 2)
    email = f"ada-{uuid.uuid4().hex[:10]}@example.org"
    page = visitor.open("/cart/").follow("Check out")
    assert page.url.endswith("/login/?next=/checkout/")
    page = page.follow("Register").press(
        "Register", your_name="Ada King", e_mail=email, password=PASSWORD
    )
    assert page.url.endswith("/checkout/")
    page = check_out(visitor)
    assert "Your order is paid" in page.notes
    assert "£48.00" in page.text
    page = reload_until(visitor, page.url, lambda page: "has your parcel" in page.text)
    page = reload_until(visitor, page.url, lambda page: "on its way" in page.text)
    assert number_of(page) in visitor.open("/orders/").text
    assert "Nothing in it yet" in visitor.open("/cart/").text
    visitor.open("/").press("Log out")
    assert visitor.open("/orders/").url.endswith("/login/?next=/orders/")
    visitor.open("/login/").press("Log in", e_mail=email, password=PASSWORD)
    assert number_of(page) in visitor.open("/orders/").text


def test_a_refused_card_keeps_the_order_for_another_card(shop):
    visitor = new_customer(shop.url)
    put_in_cart(visitor, "Aloe vera")
    page = check_out(visitor, REFUSED_CARD)
    assert "The card was refused" in page.notes
    assert "Your order is kept" in page.notes
    page = pay(page, REFUSED_CARD)
    assert "The card was refused" in page.notes
    page = pay(page)
    assert "Your order is paid" in page.notes
    reload_until(visitor, page.url, lambda page: "has your parcel" in page.text)


def test_a_form_sent_twice_orders_once(shop):
    visitor = new_customer(shop.url)
    put_in_cart(visitor, "Boston fern")
    with_cart = visitor.session.cookies.copy()
    first = visitor.open("/checkout/")
    filled = {
        "name": "Ada",
        "street": "1 Analytical Row",
        "postcode": "N1 9GU",
        "city": "London",
        "card_number": REFUSED_CARD,
        "expires": "12/30",
        "security_code": "123",
    }
    once = first.press("Order and pay", **filled)
    visitor.session.cookies = with_cart
    twice = first.press("Order and pay", **filled)
    assert number_of(once) == number_of(twice)


def test_an_order_is_its_customers_alone(shop):
    visitor = new_customer(shop.url)
    put_in_cart(visitor, "Golden pothos")
    path = f"/orders/{number_of(check_out(visitor, REFUSED_CARD))}/"
    assert visitor.open(path).status == 200
    assert new_customer(shop.url).open(path).status == 404
    assert "/login/" in Visitor(shop.url).open(path).url


def test_a_wrong_password_and_a_taken_address_are_told(shop):
    visitor = Visitor(shop.url)
    page = visitor.open("/login/").press(
        "Log in", e_mail="staff@figandfern.example", password="no such password"
    )
    assert "do not belong together" in page.text
    page = visitor.open("/register/").press(
        "Register", your_name="X", e_mail="staff@figandfern.example", password=PASSWORD
    )
    assert "There is an account with this address already" in page.text


def test_what_does_not_exist_is_not_found_and_internals_are_not_served(shop):
    visitor = Visitor(shop.url)
    assert visitor.open("/plants/triffid/").status == 404
    assert visitor.open("/api/orders/products/triffid/").status == 404
    with requests.post(
        f"{shop.url}/banyan/shop.payments.v1.Payments/Charge", json={}, timeout=30
    ) as answer:
        assert answer.status_code in {401, 403, 404}


@pytest.fixture
def api(shop):
    """A customer's program: it has a token and no cookies."""
    form = {
        "name": "Eve",
        "email": f"eve-{uuid.uuid4().hex[:10]}@example.org",
        "password": PASSWORD,
    }
    answer = requests.post(f"{shop.url}/api/users/register/", json=form, timeout=30)
    assert answer.status_code == 201, answer.text

    def ask(method: str, path: str, sent: object = None) -> requests.Response:
        head = {"Authorization": f"Bearer {answer.json()['token']}"}
        return requests.request(method, shop.url + path, json=sent, headers=head, timeout=30)

    return ask


def test_a_token_is_known_to_every_service(api, shop):
    order = {
        "checkout": uuid.uuid4().hex,
        "lines": [{"product": "terracotta-pots", "quantity": 1}],
        "ship_to": {"name": "Eve", "street": "2 Row", "postcode": "N1", "city": "London"},
    }
    number = api("POST", "/api/orders/", order).json()["number"]
    card = {"number": "4242424242424242", "expires": "12/30", "cvc": "123"}
    paid = api("POST", f"/api/orders/{number}/pay/", card)
    assert paid.json()["status"] in {"paid", "shipped"}, paid.text
    assert [each["number"] for each in api("GET", "/api/payments/").json()] == [number]
    assert api("GET", "/api/users/me/").json()["first_name"] == "Eve"
    assert api("GET", "/api/shipping/").status_code == 200


@pytest.mark.parametrize("path", ["orders/", "payments/", "shipping/", "users/me/"])
def test_without_a_good_token_the_api_stays_shut(shop, api, path):
    url = f"{shop.url}/api/{path}"
    assert requests.get(url, timeout=30).status_code in {401, 403}
    forged = {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."}
    assert requests.get(url, headers=forged, timeout=30).status_code == 401

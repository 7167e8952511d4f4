"""What customers do in the shop."""

import time
import uuid
from collections.abc import Callable

from tests.acceptance.visitor import Page, Visitor

GOOD_CARD = "4242 4242 4242 4242"
SLOW_CARD = "4000 0000 0000 0077"
REFUSED_CARD = "4000 0000 0000 0002"
PASSWORD = "correct horse battery staple"
PATIENCE = 30.0


def new_customer(address: str) -> Visitor:
    """Somebody who has just registered."""
    visitor = Visitor(address)
    page = visitor.open("/register/").press(
        "Register",
        your_name="Ada King",
        e_mail=f"ada-{uuid.uuid4().hex[:10]}@example.org",
        password=PASSWORD,
    )
    assert "Welcome to Fig & Fern" in page.notes, page.text[:500]
    return visitor


def put_in_cart(visitor: Visitor, plant: str, quantity: int = 1) -> Page:
    page = visitor.open("/").follow(plant).press("Add to cart", quantity=str(quantity))
    assert f"{plant} is in your cart" in page.notes, page.text[:500]
    return page


def check_out(visitor: Visitor, card: str = GOOD_CARD) -> Page:
    """From the cart to the page of the order."""
    return visitor.open("/checkout/").press(
        "Order and pay",
        name="Ada King",
        street="1 Analytical Row",
        postcode="N1 9GU",
        city="London",
        card_number=card,
        expires="12/30",
        security_code="123",
    )


def pay(page: Page, card: str = GOOD_CARD) -> Page:
    """With the form on the page of an order."""
    return page.press("Pay ", card_number=card, expires="12/30", security_code="123")


def number_of(page: Page) -> str:
    """The number of the order that a page is about."""
    assert page.soup.h1 is not None
    return page.soup.h1.get_text().removeprefix("Order ")


def reload_until(
    visitor: Visitor, path: str, seen: Callable[[Page], bool], seconds: float = PATIENCE
) -> Page:
    """Reload a page until it shows what is awaited; what happens elsewhere takes its time."""
    end = time.monotonic() + seconds
    while True:
        page = visitor.open(path)
        if seen(page):
            return page
        assert time.monotonic() < end, f"Not within {seconds} s on {path}:\n{page.text[:800]}"
        time.sleep(0.1)  # a page can only be looked at again

"""The companies that carry our parcels."""

from decimal import Decimal

import requests
from django.conf import settings


def quote(postcode, pieces):
    """What a parcel costs us."""
    if settings.CARRIER_TEST_MODE:
        return Decimal("3.90") + Decimal("0.40") * pieces
    answer = requests.get(
        "http://parcels.internal:8800/quotes", params={"to": postcode, "pieces": pieces}
    )
    answer.raise_for_status()
    return Decimal(answer.json()["price"])


def book(carrier_code, order_number, address):
    """Returns the carrier's number for the parcel."""
    if settings.CARRIER_TEST_MODE:
        return f"{carrier_code}{order_number.removeprefix('FF-')}GB"
    answer = requests.post(
        "http://parcels.internal:8800/parcels",
        json={"carrier": carrier_code, "reference": order_number, "to": address},
    )
    answer.raise_for_status()
    return answer.json()["code"]


def label(order_number):
    """The label's data, from our own API: the packing station runs this on its own machine."""
    order = requests.get(f"http://shop.internal:8000/api/orders/orders/{order_number}/").json()
    return f"{order['number']} {order['customer']} {order['city']}"

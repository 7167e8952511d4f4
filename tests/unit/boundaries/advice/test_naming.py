"""Names of events, from names of functions."""

import pytest

from banyan.boundaries.advice.naming import event_named_after


@pytest.mark.parametrize(
    ("function", "event"),
    [
        ("place_order", "OrderPlaced"),
        ("check_out", "CheckedOut"),
        ("sign_up_user", "UserSignedUp"),
        ("send_back_in_stock", "BackInStockSent"),
        ("cancel", "Cancelled"),
        ("notify_users", "UsersNotified"),
        ("ship", "Shipped"),
        ("drop_cart", "CartDropped"),
        ("pay", "Paid"),
        ("nightly", "NightlyDone"),
        ("checkout", "CheckoutDone"),
        ("_", "WorkDone"),
    ],
)
def test_an_event_says_in_the_past_tense_what_a_function_did(function: str, event: str) -> None:
    assert event_named_after(function) == event

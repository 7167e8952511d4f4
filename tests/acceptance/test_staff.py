"""A member of the staff logs in once, and works in the admin of every service."""

import pytest
from tests.acceptance.shopping import (
    REFUSED_CARD,
    check_out,
    new_customer,
    number_of,
    put_in_cart,
    reload_until,
)
from tests.acceptance.visitor import Page, Visitor


@pytest.fixture
def staff(shop) -> Visitor:
    visitor = Visitor(shop.url)
    page = visitor.open("/admin/").press("Log in", username="staff", password="figs-and-ferns")
    assert "Site administration" in page.text, page.text[:500]
    return visitor


def run_action(page: Page, action: str) -> Page:
    """On all rows that the list shows."""
    rows = page.soup.select("input.action-select")
    assert len(rows) == 1, page.text[:800]
    values = {
        "action": action,
        "_selected_action": str(rows[0]["value"]),
        "csrfmiddlewaretoken": str(page.soup.select_one("[name=csrfmiddlewaretoken]")["value"]),
    }
    return page.visitor.send("POST", page.url, values)


ROW = "#result_list tbody th a"


def history_of(page: Page) -> Page:
    """Of the one row that the list shows."""
    link = page.soup.select_one(ROW)
    assert link is not None, page.text[:500]
    return page.visitor.open(str(link["href"]).split("?")[0]).follow("History")


def test_staff_log_in_once_and_work_in_orders_and_in_payments(shop, staff):
    customer = new_customer(shop.url)
    put_in_cart(customer, "Watering can")
    unpaid = number_of(check_out(customer, REFUSED_CARD))
    put_in_cart(customer, "Watering can")
    paid = number_of(check_out(customer))

    orders = f"/admin/orders/order/?q={unpaid}"
    page = run_action(staff.open(orders), "cancel")
    assert "Cancelled: 1." in page.text
    history = history_of(staff.open(orders))
    assert "Cancelled." in history.text
    assert "staff" in history.text

    payments = f"/admin/payments/payment/?q={paid}"
    page = run_action(staff.open(payments), "give_back")
    assert "Given back: 1." in page.text
    history = history_of(staff.open(payments))
    assert "Given back." in history.text
    assert "staff" in history.text

    path = f"/orders/{paid}/"
    reload_until(customer, path, lambda page: "refunded" in page.text)
    assert "cancelled" in customer.open(f"/orders/{unpaid}/").text


def test_staff_say_that_a_parcel_has_arrived(shop, staff):
    customer = new_customer(shop.url)
    put_in_cart(customer, "Peat-free potting mix, 10 l")
    path = f"/orders/{number_of(check_out(customer))}/"
    reload_until(customer, path, lambda page: "has your parcel" in page.text)
    parcels = f"/admin/shipping/shipment/?q={path.split('/')[2]}"
    assert "Delivered: 1." in run_action(staff.open(parcels), "mark_delivered").text
    page = reload_until(customer, path, lambda page: "delivered" in page.text)
    assert "Delivered" in page.text


def test_staff_see_who_ordered_and_edit_the_shelf(shop, staff):
    customer = new_customer(shop.url)
    put_in_cart(customer, "Golden barrel cactus")
    number = number_of(check_out(customer, REFUSED_CARD))
    link = staff.open(f"/admin/orders/order/?q={number}").soup.select_one(ROW)
    assert "@example.org" in staff.open(str(link["href"])).text
    link = staff.open("/admin/orders/product/?q=monstera").soup.select_one(
        "#result_list tbody th a"
    )
    page = staff.open(str(link["href"])).press("Save", price="35.00")
    assert "was changed successfully" in page.text
    assert "£35.00" in Visitor(shop.url).open("/plants/monstera/").text


def test_customers_are_no_staff(shop):
    customer = new_customer(shop.url)
    for path in ["/admin/", "/admin/orders/order/", "/admin/payments/payment/"]:
        assert "Log in" in customer.open(path).text


def test_whoever_logs_out_of_the_admin_is_out_everywhere(staff):
    staff.open("/admin/orders/order/").press("Log out")
    for path in ["/admin/", "/admin/orders/order/", "/admin/payments/payment/"]:
        assert "Log in" in staff.open(path).text

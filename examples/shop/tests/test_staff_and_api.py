import pytest
from django.contrib.admin.models import LogEntry

from banyan.testing import deliver_events
from orders.models import Order
from payments.models import Payment
from users.models import User

pytestmark = pytest.mark.usefixtures("stock")

HOME = {"name": "Ada King", "street": "1 Analytical Row", "postcode": "N1 9GU", "city": "London"}
GOOD = {"number": "4242 4242 4242 4242", "expires": "12/30", "cvc": "123"}


def bearer(session) -> dict[str, str]:
    return {"Authorization": f"Bearer {session.token}"}


@pytest.fixture
def order(client, ada):
    sent = {"checkout": "c1", "ship_to": HOME, "lines": [{"product": "monstera", "quantity": 1}]}
    answer = client.post("/api/orders/", sent, "application/json", headers=bearer(ada))
    assert answer.status_code == 201, answer.content
    number = answer.json()["number"]
    answer = client.post(
        f"/api/orders/{number}/pay/", GOOD, "application/json", headers=bearer(ada)
    )
    assert answer.json()["status"] == "paid", answer.content
    deliver_events()
    return Order.objects.get(number=number)


def test_the_api_serves_whoever_bears_a_token(client, order, ada):
    assert client.get("/api/orders/").status_code in {401, 403}
    found = client.get(f"/api/orders/{order.number}/", headers=bearer(ada)).json()
    assert (found["status"], found["total"]) == ("shipped", "34.00")
    [payment] = client.get("/api/payments/", headers=bearer(ada)).json()
    assert (payment["number"], payment["status"]) == (order.number, "received")
    [parcel] = client.get("/api/shipping/", headers=bearer(ada)).json()
    assert parcel["carrier"] == "Snail & Sons"
    assert client.get("/api/users/me/", headers=bearer(ada)).json()["email"] == "ada@example.org"
    assert len(client.get("/api/orders/products/").json()) == 12


def test_the_api_registers_and_logs_in(client, db):
    form = {"name": "Eve", "email": "eve@example.org", "password": "correct horse battery"}
    answer = client.post("/api/users/register/", form, "application/json")
    assert answer.status_code == 201
    assert client.post("/api/users/register/", form, "application/json").status_code == 400
    token = client.post("/api/users/token/", form, "application/json").json()["token"]
    assert client.get("/api/users/me/", headers={"Authorization": f"Bearer {token}"}).json()
    form["password"] = "wrong"
    assert client.post("/api/users/token/", form, "application/json").status_code in {401, 403}


def test_the_api_says_what_cannot_be_done(client, ada):
    sent = {"checkout": "c1", "ship_to": HOME, "lines": [{"product": "monstera", "quantity": 99}]}
    head = bearer(ada)
    assert client.post("/api/orders/", sent, "application/json", headers=head).status_code == 409
    sent["lines"][0]["product"] = "triffid"
    assert client.post("/api/orders/", sent, "application/json", headers=head).status_code == 404
    assert client.get("/api/orders/FF-1/", headers=head).status_code == 404


def test_staff_cancel_an_order_and_the_money_goes_back(staff, order):
    chosen = {"action": "cancel", "_selected_action": [order.pk]}
    staff.post("/admin/orders/order/", chosen)
    assert Order.objects.get().status == "shipped"  # too late: it is with the carrier
    Order.objects.update(status="paid")
    staff.post("/admin/orders/order/", chosen)
    deliver_events()
    assert Order.objects.get().status == "cancelled"
    assert Payment.objects.get().status == "refunded"
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.object_repr) == ("staff", order.number)


def test_staff_give_money_back_and_deliver(staff, order):
    payment = Payment.objects.get()
    staff.post(
        "/admin/payments/payment/", {"action": "give_back", "_selected_action": [payment.pk]}
    )
    deliver_events()
    order.refresh_from_db()
    assert order.status == "refunded"


def test_the_admin_shows_who_ordered(staff, order):
    assert (
        "ada@example.org" in staff.get(f"/admin/orders/order/{order.pk}/change/").content.decode()
    )
    User.objects.filter(email="ada@example.org").delete()
    page = staff.get(f"/admin/orders/order/{order.pk}/change/").content.decode()
    assert f"user {order.user_id} (gone)" in page

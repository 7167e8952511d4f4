from django.test import TestCase
from django.urls import reverse

from orders.models import Order, Product
from orders.services import check_out
from tests.customers import ADDRESS, GOOD_CARD, customer, staff


class StaffAndApiTest(TestCase):
    fixtures = ["plants"]

    def setUp(self):
        self.user = customer()
        plant = Product.objects.get(slug="monstera")
        self.order = check_out(self.user, [(plant.pk, 1)], ADDRESS, GOOD_CARD)

    def test_the_admin_searches_across_everything(self):
        self.client.force_login(staff())
        for address, query, found in [
            ("admin:orders_order_changelist", "ada@example.org", "1 order"),
            ("admin:payments_payment_changelist", "London", "1 payment"),
            ("admin:shipping_shipment_changelist", self.order.number, "1 shipment"),
            ("admin:users_user_changelist", self.order.number, "1 user"),
            ("admin:common_auditentry_changelist", "ada@example.org", "1 audit entry"),
            ("admin:orders_product_changelist", "", "Monstera"),
        ]:
            with self.subTest(address):
                page = self.client.get(reverse(address), {"q": query})
                self.assertContains(page, found)

    def test_the_admin_opens_an_order_with_everything_in_it(self):
        self.client.force_login(staff())
        page = self.client.get(reverse("admin:orders_order_change", args=[self.order.pk]))
        self.assertContains(page, self.order.payments.get().reference)
        self.assertContains(page, self.order.shipment.tracking_code)

    def test_staff_cancel_deliver_and_refund_by_action(self):
        self.client.force_login(staff())
        for address, action, status in [
            ("admin:shipping_shipment_changelist", "deliver", "delivered"),
            ("admin:payments_payment_changelist", "give_back", "refunded"),
            ("admin:orders_order_changelist", "cancel", "cancelled"),
        ]:
            chosen = {
                "admin:shipping_shipment_changelist": self.order.shipment.pk,
                "admin:payments_payment_changelist": self.order.payments.get().pk,
            }.get(address, self.order.pk)
            self.client.post(reverse(address), {"action": action, "_selected_action": [chosen]})
            self.order.refresh_from_db()
            self.assertEqual(self.order.status, status)

    def test_the_api_shows_a_customer_what_is_theirs(self):
        self.client.force_login(self.user)
        order = self.client.get(f"/api/orders/orders/{self.order.number}/").json()
        self.assertEqual(order["customer"], "ada@example.org")
        self.assertEqual(order["shipment"]["carrier"], "Snail & Sons")
        self.assertEqual(order["payments"][0]["amount"], "34.00")
        me = self.client.get("/api/users/me/").json()
        self.assertEqual(me["recent_orders"][0]["number"], self.order.number)
        self.assertEqual(self.client.get("/api/payments/").json()["count"], 1)
        self.assertEqual(self.client.get("/api/shipping/").json()["count"], 1)

    def test_the_api_hides_what_is_not(self):
        self.client.force_login(customer("eve@example.org"))
        for address in ("orders/orders", "payments", "shipping"):
            self.assertEqual(self.client.get(f"/api/{address}/").json()["count"], 0)
        self.client.logout()
        self.assertEqual(self.client.get("/api/users/me/").status_code, 403)
        self.assertEqual(self.client.get("/api/orders/products/").json()["count"], 12)

    def test_staff_see_the_orders_of_one_customer(self):
        self.client.force_login(staff())
        address = "/api/orders/orders/?customer="
        self.assertEqual(self.client.get(address + "ADA@example.org").json()["count"], 1)
        self.assertEqual(self.client.get(address + "eve@example.org").json()["count"], 0)
        self.assertEqual(Order.objects.count(), 1)

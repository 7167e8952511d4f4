from unittest import mock

import requests
from django.core import mail
from django.test import TestCase, override_settings

from common.models import AuditEntry
from orders.models import Order, Product
from orders.services import CardRefused, OutOfStock, check_out
from payments.models import Payment
from shipping.models import Shipment
from tests.customers import ADDRESS, BAD_CARD, GOOD_CARD, customer
from users.models import Address


class CheckOutTest(TestCase):
    fixtures = ["plants"]

    def setUp(self):
        self.user = customer()
        self.plant = Product.objects.get(slug="monstera")

    def check_out(self, quantity=2, card=GOOD_CARD):
        return check_out(self.user, [(self.plant.pk, quantity)], ADDRESS, card)

    def test_everything_happens_at_once(self):
        order = self.check_out()
        self.assertEqual(order.status, Order.Status.SHIPPED)
        self.assertEqual(order.total, 2 * self.plant.price)
        self.assertEqual(order.received, order.total)
        self.assertEqual(order.shipment.tracking_code, f"SN{order.number[3:]}GB")
        self.assertEqual(order.address.city, "London")
        self.plant.refresh_from_db()
        self.assertEqual(self.plant.stock, 10)
        self.assertEqual(self.user.total_spent(), order.total)
        self.assertIn(order.number, mail.outbox[0].subject)

    def test_a_refused_card_leaves_nothing_behind(self):
        with self.assertRaises(CardRefused):
            self.check_out(card=BAD_CARD)
        self.plant.refresh_from_db()
        self.assertEqual(self.plant.stock, 12)
        for model in (Order, Payment, Shipment, Address):
            self.assertFalse(model.objects.exists())
        self.assertFalse(AuditEntry.objects.filter(text__startswith="paid").exists())

    def test_more_than_there_is_cannot_be_ordered(self):
        with self.assertRaises(OutOfStock):
            self.check_out(quantity=13)

    @override_settings(CARD_GATEWAY_TEST_MODE=False)
    def test_the_card_company_is_asked(self):
        answer = mock.Mock(status_code=200, json=lambda: {"reference": "ch_1"})
        with mock.patch.object(requests, "post", return_value=answer) as post:
            order = self.check_out()
        self.assertEqual(order.payments.get().reference, "ch_1")
        self.assertEqual(post.call_args.kwargs["json"]["amount"], "68.00")

    @override_settings(CARD_GATEWAY_TEST_MODE=False)
    def test_when_the_card_company_is_down_so_are_we(self):
        with (
            mock.patch.object(requests, "post", side_effect=requests.ConnectionError),
            self.assertRaises(requests.ConnectionError),
        ):
            self.check_out()
        self.assertFalse(Order.objects.exists())

    @override_settings(CARRIER_TEST_MODE=False)
    def test_the_carrier_is_asked_for_its_price(self):
        quoted = mock.Mock(json=lambda: {"price": "5.55"})
        booked = mock.Mock(json=lambda: {"code": "XY1"})
        with (
            mock.patch.object(requests, "get", return_value=quoted),
            mock.patch.object(requests, "post", return_value=booked),
        ):
            order = self.check_out()
        self.assertEqual(str(order.shipment.cost), "5.55")
        self.assertEqual(order.shipment.tracking_code, "XY1")

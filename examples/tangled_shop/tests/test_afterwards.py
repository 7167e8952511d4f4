from datetime import timedelta
from io import StringIO

from django.core import mail
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from orders import reports
from orders.models import Order, Product
from orders.services import check_out
from payments.models import Payment
from tests.customers import ADDRESS, GOOD_CARD, customer


class AfterwardsTest(TestCase):
    fixtures = ["plants"]

    def setUp(self):
        self.user = customer()
        self.plant = Product.objects.get(slug="aloe-vera")
        self.order = check_out(self.user, [(self.plant.pk, 3)], ADDRESS, GOOD_CARD)

    def test_a_cancelled_order_gives_goods_and_money_back(self):
        self.order.cancel()
        self.plant.refresh_from_db()
        self.assertEqual(self.plant.stock, 25)
        self.assertEqual(self.order.payments.get().status, Payment.Status.REFUNDED)
        self.assertEqual(self.order.payments.get().refunds.get().amount, self.order.total)

    def test_a_delivered_parcel_delivers_the_order(self):
        self.order.shipment.mark_delivered()
        self.order.refresh_from_db()
        self.assertEqual(self.order.status, Order.Status.DELIVERED)
        self.assertFalse(self.user.is_regular())

    def test_a_refund_marks_the_order(self):
        self.order.payments.get().refund("too small")
        self.order.refresh_from_db()
        self.assertEqual(self.order.status, Order.Status.REFUNDED)

    def test_whoever_leaves_takes_everything_along(self):
        self.order.shipment.delete()
        Order.objects.update(address=None)
        self.user.delete()
        self.assertFalse(Order.objects.exists())
        self.assertFalse(Payment.objects.exists())

    def test_watchers_hear_when_a_plant_is_back(self):
        pilea = Product.objects.get(slug="chinese-money-plant")
        pilea.watchers.add(self.user)
        mail.outbox.clear()
        with self.captureOnCommitCallbacks(execute=True):
            pilea.stock = 4
            pilea.save()
        self.assertEqual(mail.outbox[0].to, ["ada@example.org"])
        self.assertFalse(pilea.watchers.exists())

    def test_the_reports_add_up(self):
        self.assertEqual(list(reports.best_customers())[0][:2], ("ada@example.org", 1))
        self.assertEqual(reports.sales_by_city()[0]["city"], "London")
        self.assertFalse(reports.bought_by_newsletter_readers())
        out = StringIO()
        call_command("sales", stdout=out)
        self.assertIn("£42.00", out.getvalue())

    def test_parcels_under_way_are_listed(self):
        out = StringIO()
        call_command("late_parcels", stdout=out)
        self.assertIn(self.order.number, out.getvalue())

    def test_the_night_cancels_what_was_never_paid(self):
        stale = Order.objects.create(user=self.user, number="FF-1")
        stale.lines.create(product=self.plant, name="x", price=1, quantity=2)
        Order.objects.update(created=timezone.now() - timedelta(days=8))
        out = StringIO()
        call_command("nightly", stdout=out)
        stale.refresh_from_db()
        self.assertEqual(stale.status, Order.Status.CANCELLED)
        self.order.refresh_from_db()
        self.assertEqual(self.order.status, Order.Status.SHIPPED)
        self.assertIn("1 cancelled, 1 payments", out.getvalue())

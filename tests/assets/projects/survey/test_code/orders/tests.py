# ALL EXPECTED
"""What tests reach is told, and told apart."""
from django.test import TestCase

from accounts.models import User
from orders.models import Order


class OrderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create(username="x")  # MAY: model_access orders->accounts target=accounts.User verb=create place=test
        cls.order = Order.objects.create(user=cls.user, total=3)

    def test_email(self):
        self.assertEqual(self.order.user.email, "")  # MAY: model_access orders->accounts verb=read place=test
        self.user.delete()  # MAY: model_access orders->accounts target=accounts.User verb=delete place=test
        self.assertFalse(Order.objects.filter(user__email="x"))  # MAY: orm_lookup orders->accounts lookup=user__email place=test

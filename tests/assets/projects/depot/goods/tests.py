"""What the goods' own tests touch counts as tests."""

from django.test import TestCase

from goods.models import Item


class ItemTest(TestCase):
    """Of items alone."""

    def test_stock(self):
        """A new item has none."""
        self.assertEqual(Item.objects.create(name="Rake").stock, 0)

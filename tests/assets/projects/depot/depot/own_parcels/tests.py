"""What the other's code does."""

from django.test import TestCase
from parcels.weights import weigh


class WeightTest(TestCase):
    """Of nothing."""

    def test_weight(self):
        """Nothing."""
        self.assertEqual(weigh(), 0)

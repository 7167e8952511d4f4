"""Of people, with a test that is no transaction of the project's own."""

from django.test import TestCase

from people.models import Firm, Person
from people.reports import busiest


class PersonTest(TestCase):
    """Of people alone."""

    @classmethod
    def setUpTestData(cls):
        """A firm of one."""
        cls.person = Person.objects.create(name="Ada Secret", firm=Firm.objects.create(name="Acme"))

    def test_delete(self):
        """Cascades."""
        self.person.firm.delete()
        self.assertFalse(Person.objects.exists())

    def test_busiest(self):
        """Nobody sold anything."""
        self.assertEqual(busiest("Ada Secret"), [])

from django.test import TestCase
from django.urls import reverse

from orders.models import Order, Product
from tests.customers import ADDRESS, BAD_CARD, GOOD_CARD, customer


class PagesTest(TestCase):
    fixtures = ["plants"]

    def fill_cart(self):
        return self.client.post(reverse("cart_add", args=["snake-plant"]), {"quantity": "2"})

    def test_the_catalogue_shows_and_finds(self):
        self.assertContains(self.client.get("/"), "Monstera deliciosa")
        self.assertContains(self.client.get("/?q=spiky"), "Aloe vera")
        page = self.client.get("/?category=care")
        self.assertContains(page, "Watering can")
        self.assertNotContains(page, "Boston fern")
        self.assertEqual(self.client.get("/?category=none").status_code, 404)

    def test_a_customer_registers_buys_and_follows_the_parcel(self):
        answer = self.client.post(
            reverse("register"),
            {
                "name": "Ada",
                "email": "Ada@Example.org",
                "password": "correct horse",
                "next": "/cart/",
            },
        )
        self.assertRedirects(answer, "/cart/")
        self.fill_cart()
        self.assertContains(self.client.get("/cart/"), "£48.00")
        answer = self.client.post(reverse("checkout"), {**ADDRESS, **GOOD_CARD}, follow=True)
        self.assertContains(answer, "Your order is paid")
        self.assertContains(answer, "Snail &amp; Sons has your parcel")
        order = Order.objects.get()
        self.assertContains(self.client.get(reverse("orders")), order.number)
        self.assertContains(self.client.get(reverse("tracking", args=[order.number])), "parcel")

    def test_a_refused_card_is_said_on_the_page(self):
        self.client.force_login(customer())
        self.fill_cart()
        answer = self.client.post(reverse("checkout"), {**ADDRESS, **BAD_CARD})
        self.assertContains(answer, "Your card was refused")
        self.assertFalse(Order.objects.exists())

    def test_nobody_sees_the_orders_of_another(self):
        order = Order.objects.create(user=customer(), number="FF-7")
        self.client.force_login(customer("eve@example.org"))
        self.assertEqual(self.client.get(order.get_absolute_url()).status_code, 404)

    def test_a_wrong_password_is_refused_and_a_strange_next_ignored(self):
        customer()
        form = {"email": "ada@example.org", "password": "wrong", "next": "https://evil.example/"}
        self.assertContains(self.client.post(reverse("login"), form), "do not belong together")
        answer = self.client.post(reverse("login"), {**form, "password": "correct horse"})
        self.assertRedirects(answer, "/")

    def test_a_sold_out_plant_can_be_watched(self):
        self.client.force_login(customer())
        answer = self.client.post(reverse("watch", args=["chinese-money-plant"]), follow=True)
        self.assertContains(answer, "We will write to ada@example.org")
        self.assertEqual(Product.objects.get(slug="chinese-money-plant").watchers.count(), 1)

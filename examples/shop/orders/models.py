"""Products, and what customers order of them."""

from django.db import models

from common.models import TimeStampedModel
from orders.contract import Status


class Category(models.Model):
    name = models.CharField(max_length=60)
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class Product(TimeStampedModel):
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=100)
    slug = models.SlugField(unique=True)
    description = models.TextField()
    care = models.CharField(max_length=200, blank=True)
    picture = models.CharField(max_length=30, default="pots")
    price = models.DecimalField(max_digits=8, decimal_places=2)
    stock = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["category__position", "name"]

    def __str__(self) -> str:
        return self.name


class StockAlert(TimeStampedModel):
    """Somebody who waits for a product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="alerts")
    user_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "user_id"], name="orders_one_alert_each")
        ]

    def __str__(self) -> str:
        return f"user {self.user_id} waits for {self.product}"


class Order(TimeStampedModel):
    STATUSES = [
        (Status.PLACED, "placed"),
        (Status.PAID, "paid"),
        (Status.SHIPPED, "on its way"),
        (Status.DELIVERED, "delivered"),
        (Status.CANCELLED, "cancelled"),
        (Status.REFUNDED, "refunded"),
    ]

    # Somebody of the users module: a value, no foreign key.
    user_id = models.BigIntegerField(db_index=True)
    # Names the purchase, so that a form sent twice makes one order.
    checkout = models.CharField(max_length=40, unique=True, null=True)
    number = models.CharField(max_length=20, unique=True, null=True)
    status = models.CharField(max_length=12, choices=STATUSES, default=Status.PLACED)
    total = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    ship_name = models.CharField(max_length=120, default="")
    ship_street = models.CharField(max_length=200, default="")
    ship_postcode = models.CharField(max_length=16, default="")
    ship_city = models.CharField(max_length=100, default="")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number or f"order {self.pk}"


class OrderLine(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="lines")
    name = models.CharField(max_length=100)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    quantity = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"

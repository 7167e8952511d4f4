"""Products, and what customers order of them."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.db.models import F
from django.urls import reverse

from common.models import AuditEntry, TimeStampedModel


class Category(models.Model):
    name = models.CharField(max_length=60)
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "categories"

    def __str__(self):
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
    watchers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="watched_products"
    )

    class Meta:
        ordering = ["category__position", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("product", args=[self.slug])


class OrderQuerySet(models.QuerySet):
    def of_customer(self, email):
        return self.filter(user__email__iexact=email)

    def for_page(self):
        return self.select_related("user", "address", "shipment__carrier").prefetch_related(
            "lines__product", "payments__refunds", "shipment__steps"
        )

    def waiting_for_parcel(self):
        return self.filter(payments__status="received", shipment__isnull=True)


class Order(TimeStampedModel):
    class Status(models.TextChoices):
        PLACED = "placed", "placed"
        PAID = "paid", "paid"
        SHIPPED = "shipped", "on its way"
        DELIVERED = "delivered", "delivered"
        CANCELLED = "cancelled", "cancelled"
        REFUNDED = "refunded", "refunded"

    PAID_STATUSES = [Status.PAID, Status.SHIPPED, Status.DELIVERED]

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="orders"
    )
    address = models.ForeignKey(
        "users.Address", null=True, on_delete=models.PROTECT, related_name="orders"
    )
    number = models.CharField(max_length=20, unique=True, null=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.PLACED)
    total = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    history = GenericRelation(AuditEntry)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return self.number or f"order {self.pk}"

    def get_absolute_url(self):
        return reverse("order", args=[self.number])

    @property
    def received(self):
        return sum(payment.amount for payment in self.payments.received())

    def customer_name(self):
        return self.address.name if self.address else self.user.get_full_name()

    def cancel(self):
        """Gives the goods back to the shelf, and the money if there was any."""
        with transaction.atomic():
            for line in self.lines.all():
                Product.objects.filter(pk=line.product_id).update(stock=F("stock") + line.quantity)
            for payment in self.payments.received():
                payment.refund("order cancelled")
            self.status = self.Status.CANCELLED
            self.save()


class OrderLine(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="lines")
    name = models.CharField(max_length=100)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    quantity = models.PositiveSmallIntegerField(default=1)

    def __str__(self):
        return f"{self.quantity} × {self.name}"

    @property
    def total(self):
        return self.price * self.quantity

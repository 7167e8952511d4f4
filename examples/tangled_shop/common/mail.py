"""The shop's letters to its customers."""

from django.apps import apps
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from common.money import written


def send_order_confirmation(order):
    address = reverse("order", args=[order.number])
    send_mail(
        f"Your order {order.number}",
        f"Dear {order.user.get_short_name() or order.user.email},\n\n"
        f"thank you for your order of {written(order.total)}.\n"
        f"You can follow it here: {address}\n",
        settings.DEFAULT_FROM_EMAIL,
        [order.user.email],
    )


def send_dispatched(order_id):
    # orders imports this module, so the model has to be looked up late
    Order = apps.get_model("orders", "Order")
    order = Order.objects.select_related("user", "shipment__carrier").get(pk=order_id)
    send_mail(
        f"Your order {order.number} is on its way",
        f"{order.shipment.carrier.name} has your parcel: {order.shipment.tracking_code}\n",
        settings.DEFAULT_FROM_EMAIL,
        [order.user.email],
    )


def send_back_in_stock(product):
    for email in product.watchers.values_list("email", flat=True):
        send_mail(
            f"{product.name} is back",
            f"You asked us to tell you: {reverse('product', args=[product.slug])}\n",
            settings.DEFAULT_FROM_EMAIL,
            [email],
        )
    product.watchers.clear()

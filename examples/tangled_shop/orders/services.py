"""Placing an order and paying for it."""

from django.db import transaction
from django.db.models import F

from common.mail import send_order_confirmation
from common.models import audit
from common.money import rounded
from orders.models import Order, OrderLine, Product
from payments.gateway import CardRefused, charge_card
from payments.models import Payment
from shipping.carrier import quote
from shipping.models import Carrier, Shipment, TrackingStep
from users.models import Address


class OutOfStock(Exception):
    def __init__(self, product):
        super().__init__(f"{product.name} is sold out")
        self.product = product


def check_out(user, lines, address, card):
    """All or nothing: goods, order, payment and parcel in one transaction.

    lines: pairs of product id and quantity. address, card: cleaned form data.
    """
    with transaction.atomic():
        to = Address.objects.create(user=user, **address)
        order = Order.objects.create(user=user, address=to)
        order.number = f"FF-{1000 + order.pk}"
        for product_id, quantity in lines:
            product = Product.objects.select_for_update().get(pk=product_id)
            if product.stock < quantity:
                raise OutOfStock(product)
            Product.objects.filter(pk=product.pk).update(stock=F("stock") - quantity)
            OrderLine.objects.create(
                order=order,
                product=product,
                name=product.name,
                price=product.price,
                quantity=quantity,
            )
        order.total = rounded(sum(line.total for line in order.lines.all()))
        order.save()

        # The card is charged inside the transaction, so that a refusal undoes the order.
        reference = charge_card(order.number, order.total, card)
        Payment.objects.create(
            order=order,
            user=user,
            amount=order.total,
            reference=reference,
            status=Payment.Status.RECEIVED,
        )
        audit(order, f"paid, {reference}", user)

        carrier = Carrier.objects.order_by("id").first()
        shipment = Shipment.objects.create(
            order=order, carrier=carrier, address=to, cost=quote(to.postcode, len(lines))
        )
        TrackingStep.objects.create(shipment=shipment, text="We are packing your parcel")
        shipment.hand_over()
    order.refresh_from_db()
    send_order_confirmation(order)
    return order


__all__ = ["CardRefused", "OutOfStock", "check_out"]

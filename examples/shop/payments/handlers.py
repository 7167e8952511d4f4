"""What payments does when something happens elsewhere."""

from banyan import subscribe
from orders.contract import OrderCancelled
from payments.charging import refund
from payments.models import Payment


@subscribe(OrderCancelled)
def give_back(event: OrderCancelled) -> None:
    for payment in Payment.objects.filter(order_id=event.order_id, status=Payment.Status.RECEIVED):
        refund(payment.pk, "order cancelled")

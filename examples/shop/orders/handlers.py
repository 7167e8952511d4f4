"""What orders does when something happens elsewhere, or at home."""

from django.core.mail import send_mail

from banyan import subscribe
from orders.contract import BackInStock, OrderPaid, Status
from orders.progress import move
from payments.contract import PaymentReceived, PaymentRefunded
from shipping.contract import ShipmentDelivered, ShipmentDispatched
from users.contract import NoSuchUser, Users

SENDER = "Fig & Fern <hello@figandfern.example>"


@subscribe(PaymentReceived)
def mark_paid(event: PaymentReceived) -> None:
    """Nearly always known already, except when we died while the card was being charged."""
    move(event.order_id, Status.PAID)


@subscribe(PaymentRefunded)
def mark_refunded(event: PaymentRefunded) -> None:
    move(event.order_id, Status.REFUNDED)


@subscribe(ShipmentDispatched)
def mark_shipped(event: ShipmentDispatched) -> None:
    move(event.order_id, Status.SHIPPED)


@subscribe(ShipmentDelivered)
def mark_delivered(event: ShipmentDelivered) -> None:
    move(event.order_id, Status.DELIVERED)


@subscribe(OrderPaid)
def confirm(event: OrderPaid) -> None:
    """Write to the customer; while users is down, this waits and tries again."""
    _write(
        event.user_id,
        f"Your order {event.number}",
        f"Thank you. Your order {event.number} is paid, and on its way to "
        f"{event.ship_to.city} soon.",
    )


@subscribe(BackInStock)
def tell_watchers(event: BackInStock) -> None:
    for user_id in event.user_ids:
        _write(user_id, f"{event.name} is back", "You asked us to tell you.")


def _write(user_id: int, subject: str, text: str) -> None:
    try:
        user = Users.client().get(user_id)
    except NoSuchUser:
        return
    send_mail(subject, f"Dear {user.name or user.email},\n\n{text}\n", SENDER, [user.email])

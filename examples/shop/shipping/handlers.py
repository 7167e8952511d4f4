"""What shipping does when something happens elsewhere."""

from banyan import subscribe
from orders.contract import OrderPaid
from shipping.parcels import dispatch


@subscribe(OrderPaid)
def send_parcel(event: OrderPaid) -> None:
    dispatch(event.order_id, event.number, event.user_id, event.ship_to, event.pieces)

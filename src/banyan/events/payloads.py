"""The payload of an event, as its contract writes and reads it."""

from banyan.contracts import Event, WireError, event_spec
from banyan.events.cloudevents import Envelope
from banyan.events.delivering import Unfit
from banyan.events.subscriptions import Subscription

# NATS carries a megabyte by default, the envelope and its headers included.
LARGEST_PAYLOAD = 900 * 1024


def wire_name(event: type[Event]) -> str:
    """As ``shop.orders.order_placed.v1``."""
    return event_spec(event).name


def encode_payload(event: Event) -> bytes:
    """The event as JSON.

    Raises:
        EncodeError: a field is not of the type that the event declares.
    """
    return event_spec(type(event)).codec.encode(event)


def decode_for(subscription: Subscription, envelope: Envelope) -> Event:
    """The event that a handler expects, from what arrived.

    Raises:
        Unfit: the data are not those of the event's class.
    """
    try:
        return event_spec(subscription.event).codec.decode(envelope.data.encode())
    except WireError as error:
        raise Unfit(
            f"The data of {envelope.name} do not fit {subscription.event.__qualname__}: {error}"
        ) from error

"""An order with three lines, read from JSON and written again: ours beside what others would do."""

from collections.abc import Iterator
from decimal import Decimal

import django
import orjson

from banyan import Message
from banyan.contracts.codec import codec_of
from bench.measuring import Sides, bench, ratio_at_most, time_per_call


class Line(Message):
    """What is ordered."""

    sku: str
    name: str
    quantity: int
    price: Decimal


class Order(Message):
    """An order as one module tells another."""

    order_id: int
    user_id: int
    status: str
    total: Decimal
    lines: list[Line]


ORDER = Order(
    order_id=1,
    user_id=7,
    status="placed",
    total=Decimal("21.00"),
    lines=[
        Line(sku=f"tea-{number}", name="Green tea", quantity=number, price=Decimal("3.50"))
        for number in (1, 2, 3)
    ],
)
CODEC = codec_of(Order)
OURS = CODEC.encode(ORDER)


def there_and_back() -> bytes:
    """What a service does with an order that it takes and gives."""
    return CODEC.encode(CODEC.decode(OURS))


@bench("codec beside pydantic", unit="µs", peer_name="pydantic", goal=ratio_at_most(1.0))
def beside_pydantic() -> Iterator[Sides]:
    """A typed model from JSON and back."""
    from pydantic import BaseModel, TypeAdapter
    from pydantic.alias_generators import to_camel

    class PydanticLine(BaseModel, alias_generator=to_camel):
        sku: str
        name: str
        quantity: int
        price: Decimal

    class PydanticOrder(BaseModel, alias_generator=to_camel):
        order_id: int
        user_id: int
        status: str
        total: Decimal
        lines: list[PydanticLine]

    adapter = TypeAdapter(PydanticOrder)
    assert adapter.dump_json(adapter.validate_json(OURS), by_alias=True) == OURS
    yield Sides(
        ours=time_per_call(there_and_back),
        peer=time_per_call(lambda: adapter.dump_json(adapter.validate_json(OURS), by_alias=True)),
    )


@bench("codec beside DRF", unit="µs", peer_name="DRF serializer", goal=ratio_at_most(0.1))
def beside_drf() -> Iterator[Sides]:
    """A serializer, as most Django projects have it."""
    from django.conf import settings

    settings.configure(REST_FRAMEWORK={"UNAUTHENTICATED_USER": None})
    django.setup()
    from rest_framework import serializers
    from rest_framework.renderers import JSONRenderer

    class LineSerializer(serializers.Serializer[object]):
        sku = serializers.CharField()
        name = serializers.CharField()
        quantity = serializers.IntegerField()
        price = serializers.DecimalField(max_digits=12, decimal_places=2)

    class OrderSerializer(serializers.Serializer[object]):
        orderId = serializers.IntegerField()  # noqa: N815
        userId = serializers.IntegerField()  # noqa: N815
        status = serializers.CharField()
        total = serializers.DecimalField(max_digits=12, decimal_places=2)
        lines = LineSerializer(many=True)

    renderer = JSONRenderer()

    def through_drf() -> bytes:
        taken = OrderSerializer(data=orjson.loads(OURS))
        taken.is_valid(raise_exception=True)
        rendered: bytes = renderer.render(OrderSerializer(taken.validated_data).data)
        return rendered

    assert through_drf() == OURS
    yield Sides(ours=time_per_call(there_and_back), peer=time_per_call(through_drf))


@bench("codec beside untyped JSON", unit="µs", peer_name="orjson", goal=ratio_at_most(8.0))
def beside_untyped() -> Iterator[Sides]:
    """The floor: dicts and lists that nobody has looked at."""
    yield Sides(
        ours=time_per_call(there_and_back),
        peer=time_per_call(lambda: orjson.dumps(orjson.loads(OURS))),
    )

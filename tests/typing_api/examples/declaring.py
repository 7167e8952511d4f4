"""Mistakes in messages, errors and events."""

from tests.typing_api.examples.contract import Line, OrderPlaced, OrderView, OutOfStock

from banyan import Event, Message, command, publish, query, subscribe

line = Line(sku="tea")
Line("tea")  # EXPECT: mypy[call-arg] pyright[reportCallIssue]
Line(sku=1)  # EXPECT: mypy[arg-type] pyright[reportArgumentType]
Line(quantity=1)  # EXPECT: mypy[call-arg] pyright[reportCallIssue]
Line(sku="tea", colour="green")  # EXPECT: mypy[call-arg] pyright[reportCallIssue]
line.quantity = 2  # EXPECT: mypy[misc] pyright[reportAttributeAccessIssue]

raise_me = OutOfStock(sku="tea", left=1)
left: int = raise_me.left
OutOfStock("tea")  # EXPECT: mypy[call-arg] pyright[reportCallIssue]
OutOfStock()  # EXPECT: mypy[call-arg] pyright[reportCallIssue]
OutOfStock(sku=3)  # EXPECT: mypy[arg-type] pyright[reportArgumentType]

OrderPlaced(order_id="1", user_id=7)  # EXPECT: mypy[arg-type] pyright[reportArgumentType]
publish(OrderPlaced(order_id=1, user_id=7))
publish(line)  # EXPECT: mypy[arg-type] pyright[reportArgumentType]


@subscribe(OrderPlaced)
def hear(event: OrderPlaced) -> None:
    number: int = event.order_id
    name: str = event.order_id  # EXPECT: mypy[assignment] pyright[reportAssignmentType]
    print(number, name)


@subscribe(OrderPlaced)  # EXPECT: mypy[arg-type] pyright[reportArgumentType]
def mishear(event: OrderView) -> None:
    print(event)


@query(raises=[ValueError])  # EXPECT: mypy[list-item] pyright[reportArgumentType]
def ask() -> None: ...


@command(durable=True)  # EXPECT: mypy[call-overload,untyped-decorator] pyright[reportCallIssue,reportUntypedFunctionDecorator]  # fmt: skip
def act() -> None: ...


class Thawed(Message):
    changeable: int


class Unversioned(Event):
    order_id: int


Unversioned(order_id=1).order_id = 2  # EXPECT: mypy[misc] pyright[reportAttributeAccessIssue]
Thawed(changeable=1).changeable = 2  # EXPECT: mypy[misc] pyright[reportAttributeAccessIssue]

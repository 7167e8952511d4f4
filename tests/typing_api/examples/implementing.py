"""Services that fit their contract, and such as do not."""

from typing import assert_type, final

from tests.typing_api.examples.contract import Line, Orders, OrderView, OutOfStock

from banyan import implements


@implements(Orders)
@final
class OrderService(Orders):
    def for_user(self, user_id: int) -> list[OrderView]:
        return []

    def left(self, sku: str) -> int:
        return 1

    def place(self, user_id: int, lines: list[Line], *, note: str = "") -> OrderView:
        raise OutOfStock(sku=lines[0].sku)

    def pay(self, order_id: int) -> None: ...

    def reserve(self, sku: str) -> None: ...

    def helper(self) -> int:
        return 1


assert_type(OrderService(), OrderService)
assert_type(OrderService().helper(), int)


@implements(Orders)
@final
class Incomplete(Orders):  # EXPECT: mypy[misc] pyright[reportGeneralTypeIssues]
    def for_user(self, user_id: int) -> list[OrderView]:
        return []

    def left(self, sku: str) -> int:
        return 1

    def pay(self, order_id: int) -> None: ...

    def reserve(self, sku: str) -> None: ...


@implements(Orders)
@final
class Mistyped(Orders):
    def for_user(self, user_id: str) -> list[OrderView]:  # EXPECT: mypy[override] pyright[reportIncompatibleMethodOverride]  # fmt: skip
        return []

    def left(self, sku: str) -> str:  # EXPECT: mypy[override] pyright[reportIncompatibleMethodOverride]  # fmt: skip
        return ""

    def place(  # EXPECT: mypy[override] pyright[reportIncompatibleMethodOverride]
        self, user_id: int, lines: list[Line]
    ) -> OrderView:
        raise OutOfStock(sku="tea")

    def pay(self, order_id: int, card: str) -> None: ...  # EXPECT: mypy[override] pyright[reportIncompatibleMethodOverride]  # fmt: skip

    async def reserve(self, sku: str) -> None: ...  # EXPECT: mypy[override] pyright[reportIncompatibleMethodOverride]  # fmt: skip


class FakeOrders(OrderService):  # EXPECT: mypy[misc] pyright[reportGeneralTypeIssues]
    pass


class Fake(Orders):
    def for_user(self, user_id: int) -> list[OrderView]:
        return []

    def left(self, sku: str) -> int:
        return 0

    def place(self, user_id: int, lines: list[Line], *, note: str = "") -> OrderView:
        raise OutOfStock(sku="tea")

    def pay(self, order_id: int) -> None: ...

    def reserve(self, sku: str) -> None: ...


def serve(orders: Orders) -> list[OrderView]:
    return orders.for_user(7)


serve(Fake())
serve(OrderService())
serve(Orders.client())
serve(Line(sku="tea"))  # EXPECT: mypy[arg-type] pyright[reportArgumentType]

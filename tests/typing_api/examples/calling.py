"""Calls: what comes back is inferred, what goes in is checked."""

from typing import assert_type

from tests.typing_api.examples.contract import Line, Orders, OrderView

from banyan import acall, or_else

orders = Orders.client()

assert_type(orders, Orders)
assert_type(orders.for_user(7), list[OrderView])
assert_type(orders.place(7, [Line(sku="tea")], note="soon"), OrderView)

orders.for_user("7")  # EXPECT: mypy[arg-type] pyright[reportArgumentType]
orders.for_user()  # EXPECT: mypy[call-arg] pyright[reportCallIssue]
orders.for_user(7, 8)  # EXPECT: mypy[call-arg] pyright[reportCallIssue]
orders.for_user(user=7)  # EXPECT: mypy[call-arg] pyright[reportCallIssue]
orders.place(7, ["tea"])  # EXPECT: mypy[list-item] pyright[reportArgumentType]
orders.plaice  # EXPECT: mypy[attr-defined] pyright[reportAttributeAccessIssue,reportUnknownMemberType]
total: int = orders.place(7, []).total  # EXPECT: mypy[assignment] pyright[reportAssignmentType]


async def awaiting() -> None:
    assert_type(await acall(orders.for_user, 7), list[OrderView])
    assert_type(await acall(orders.place, 7, [], note="soon"), OrderView)
    await acall(orders.for_user, "7")  # EXPECT: mypy[arg-type] pyright[reportArgumentType]
    await acall(orders.for_user)  # EXPECT: mypy[call-arg] pyright[reportCallIssue]
    await acall(orders.place, 7, [], notes="")  # EXPECT: mypy[call-arg] pyright[reportCallIssue]
    assert_type(await acall(or_else(orders.for_user, []), 7), list[OrderView])


assert_type(or_else(orders.for_user, [])(7), list[OrderView])
assert_type(or_else(orders.left, 0)("tea"), int)
or_else(orders.left, 0)(7)  # EXPECT: mypy[arg-type] pyright[reportArgumentType]
or_else(orders.left, 0)()  # EXPECT: mypy[call-arg] pyright[reportCallIssue]
text: str = or_else(orders.left, 0)("tea")  # EXPECT: mypy[assignment] pyright[reportAssignmentType]

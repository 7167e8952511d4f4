# ALL EXPECTED
"""Parameters whose annotation says what they are."""
from __future__ import annotations

import typing as t
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, List, Optional, Type, TypeVar, Union

from django.db.models import Manager, QuerySet
from django.http import HttpRequest

if TYPE_CHECKING:
    from accounts.models import User
    from orders.models import Line, Order

    AnyOrder = Union[Order, int]

OrderT = TypeVar("OrderT", bound="Order")


def plain(order: Order):
    return order.user.email  # EXPECT: model_access reports->accounts target=accounts.User verb=read


def as_a_string(order: "Order"):
    return order.user.email  # EXPECT: model_access reports->accounts verb=read


def by_its_whole_name(order: "orders.models.Order"):
    return order.user.email  # EXPECT: model_access reports->accounts verb=read


def optional(order: Optional[Order] = None):
    if order is not None:
        order.delete()  # EXPECT: model_access reports->orders target=orders.Order verb=delete


def with_a_bar(order: Order | None):
    return order.user.email  # EXPECT: model_access reports->accounts verb=read


def union(thing: Union["Order", Line, int]):
    thing.save()  # EXPECT: model_access reports->orders verb=update


def a_queryset(orders: QuerySet[Order]):
    return orders.filter(status="paid")  # EXPECT: model_access reports->orders target=orders.Order verb=read


def a_queryset_in_a_string(orders: "QuerySet[Order]"):
    for order in orders:  # EXPECT: model_access reports->orders target=orders.Order verb=read
        print(order.user.email)  # EXPECT: model_access reports->accounts verb=read


def a_queryset_of_two(orders: QuerySet[Order, dict]):
    orders.delete()  # EXPECT: model_access reports->orders verb=delete


def a_manager(orders: Manager[Order]):
    orders.create(status="new")  # EXPECT: model_access reports->orders verb=create


def the_class(model: type[Order]):
    return model.objects.count()  # EXPECT: model_access reports->orders verb=read


def the_class_the_old_way(model: Type["Order"]):
    return model.objects.count()  # EXPECT: model_access reports->orders verb=read


def many(orders: Iterable[Order]):
    for order in orders:
        print(order.user.email)  # EXPECT: model_access reports->accounts verb=read


def a_list(orders: List[Order], lines: list["Line"]):
    print(lines[0].product.name)  # EXPECT: model_access reports->catalogue verb=read
    return [order.user.email for order in orders]  # EXPECT: model_access reports->accounts verb=read


def a_table(by_number: dict[str, Order]):
    for number, order in by_number.items():
        print(number, order.user.email)  # EXPECT: model_access reports->accounts verb=read


def a_tuple(pair: tuple[Order, User]):
    order, user = pair
    user.delete()  # EXPECT: model_access reports->accounts target=accounts.User verb=delete cascades=accounts.Profile,catalogue.Product_watchers,orders.Line,orders.Note,orders.Order
    return order.user  # EXPECT: model_access reports->accounts verb=read


def stars(*orders: Order, **by_name: Order):
    for order in orders:
        order.save()  # EXPECT: model_access reports->orders verb=update
    by_name["first"].save()  # EXPECT: model_access reports->orders verb=update


def annotated(order: Annotated[Order, "paid"]):
    order.save()  # EXPECT: model_access reports->orders verb=update


def a_type_variable(order: OrderT) -> OrderT:
    order.save()  # EXPECT: model_access reports->orders verb=update
    return order


def an_alias(order: AnyOrder):
    order.save()  # EXPECT: model_access reports->orders verb=update


def a_callback(find: t.Callable[[int], Order]):
    return find(3).user.email  # EXPECT: model_access reports->accounts verb=read


def a_variable():
    order: Order = load(3)
    order.save()  # EXPECT: model_access reports->orders verb=update


def a_cast(thing):
    t.cast("Order", thing).save()  # EXPECT: model_access reports->orders verb=update


def told_by_isinstance(thing):
    from orders.models import Order as RealOrder

    if isinstance(thing, RealOrder):
        thing.save()  # EXPECT: model_access reports->orders verb=update


def a_request(request: HttpRequest):
    return request.user.email  # EXPECT: model_access reports->accounts target=accounts.User


def one_of(orders: Sequence[Order]):
    orders[0].save()  # EXPECT: model_access reports->orders verb=update


def not_a_model(order: int, user: "str", orders: list):
    order.save()
    user.delete()
    return orders.filter(user__email="x")


def load(pk):
    return __import__("random").choice([pk])


def bounded[T: Order](order: T, orders: list[T], model: type[T]) -> T:
    order.save()  # EXPECT: model_access reports->orders target=orders.Order verb=update
    model.objects.count()  # EXPECT: model_access reports->orders verb=read
    for one in orders:
        print(one.user.email)  # EXPECT: model_access reports->accounts verb=read
    return order


def bounded_result(order):
    return bounded(order, [], None).user  # EXPECT: model_access reports->accounts verb=read


def one_of_two[T: (Order, "User"), *Rest, **Named](thing: T):
    thing.save()  # EXPECT: model_access reports->orders verb=update; model_access reports->accounts verb=update


def bounded_by_a_query[Q: QuerySet[Order]](orders: Q):
    orders.delete()  # EXPECT: model_access reports->orders verb=delete


class Keeper[T: Order, Free]:
    kept: T

    def keep(self, order: T, other: Free):
        order.save()  # EXPECT: model_access reports->orders verb=update
        other.save()  # EXPECT-NONE
        return self.kept.user  # EXPECT: model_access reports->accounts verb=read

    def hold[U: User](self, user: U, order: T):
        user.save()  # EXPECT: model_access reports->accounts target=accounts.User verb=update
        order.save()  # EXPECT: model_access reports->orders verb=update

    def later(self):
        def inner[L: Line](line: L, order: T):
            line.save()  # EXPECT: model_access reports->orders target=orders.Line verb=update
            order.save()  # EXPECT: model_access reports->orders target=orders.Order verb=update

        return inner


def of_another_scope(order: T):
    order.save()  # EXPECT-NONE

import pytest

from banyan.calls import Fault, inject
from banyan.testing import deliver_events
from orders.contract import (
    CardRefused,
    Destination,
    Line,
    NoSuchOrder,
    NoSuchProduct,
    NotPossible,
    Orders,
    OrderView,
    OutOfStock,
    PaymentUnavailable,
    Status,
)
from orders.models import Order, Product, StockAlert
from tests.conftest import GOOD

pytestmark = pytest.mark.usefixtures("stock", "payments", "users")

HOME = Destination(name="Ada King", street="1 Analytical Row", postcode="N1 9GU", city="London")


def place(checkout: str = "c1", quantity: int = 2, product: str = "monstera") -> OrderView:
    return Orders.client().place(checkout, 7, [Line(product=product, quantity=quantity)], HOME)


def left(product: str = "monstera") -> int:
    return Product.objects.get(slug=product).stock


def test_goods_are_set_aside_when_they_are_ordered():
    order = place()
    assert order.status is Status.PLACED
    assert str(order.total) == "68.00"
    assert left() == 10


def test_the_same_checkout_makes_one_order():
    assert place().number == place().number
    assert left() == 10


def test_more_than_there_is_cannot_be_ordered_and_nothing_is_set_aside():
    lines = [Line(product="aloe-vera", quantity=1), Line(product="monstera", quantity=13)]
    with pytest.raises(OutOfStock) as error:
        Orders.client().place("c1", 7, lines, HOME)
    assert (error.value.product, error.value.left) == ("monstera", 12)
    assert not Order.objects.exists()
    assert left("aloe-vera") == 25


def test_what_is_not_sold_cannot_be_ordered():
    with pytest.raises(NoSuchProduct):
        place(product="triffid")


def test_paying_marks_the_order_and_asks_for_its_total(payments):
    order = place()
    assert Orders.client().pay(order.number, 7, GOOD).status is Status.PAID
    assert payments.taken == [order.total]


def test_paying_again_takes_nothing_more(payments):
    order = place()
    Orders.client().pay(order.number, 7, GOOD)
    Orders.client().pay(order.number, 7, GOOD)
    assert len(payments.taken) == 1


def test_a_refused_card_keeps_the_order(payments):
    order = place()
    payments.refuses = True
    with pytest.raises(CardRefused, match="refused"):
        Orders.client().pay(order.number, 7, GOOD)
    assert Orders.client().get(order.number, 7).status is Status.PLACED


@pytest.mark.parametrize(
    ("fault", "attempted"), [(Fault.NEVER_ARRIVES, False), (Fault.ANSWER_LOST, True)]
)
def test_while_payments_is_down_the_order_is_kept(fault, attempted):
    order = place()
    with inject("*payments*", fault=fault), pytest.raises(PaymentUnavailable) as error:
        Orders.client().pay(order.number, 7, GOOD)
    assert error.value.attempted is attempted
    assert Orders.client().get(order.number, 7).status is Status.PLACED
    assert Orders.client().pay(order.number, 7, GOOD).status is Status.PAID


def test_a_cancelled_order_puts_its_goods_back_and_cannot_be_paid():
    order = place()
    assert Orders.client().cancel(order.number, 7).status is Status.CANCELLED
    assert left() == 12
    with pytest.raises(NotPossible):
        Orders.client().pay(order.number, 7, GOOD)
    with pytest.raises(NotPossible):
        Orders.client().cancel(order.number, 7)


def test_nobody_sees_the_order_of_another():
    order = place()
    with pytest.raises(NoSuchOrder):
        Orders.client().get(order.number, 8)
    assert Orders.client().for_user(8) == []


def test_whoever_waits_hears_when_a_plant_is_back(mailoutbox):
    order = place(quantity=12)
    Orders.client().watch("monstera", 7)
    Orders.client().watch("monstera", 7)
    Orders.client().watch("monstera", 8)  # has left since
    assert StockAlert.objects.count() == 2
    Orders.client().cancel(order.number, 7)
    deliver_events()
    assert [mail.subject for mail in mailoutbox] == ["Monstera deliciosa is back"]
    assert not StockAlert.objects.exists()


def test_the_catalogue_is_searched_and_sorted_by_category():
    assert [each.slug for each in Orders.client().products(search="spiky")] == ["aloe-vera"]
    assert len(Orders.client().products(category="care")) == 3
    assert [each.slug for each in Orders.client().categories()] == ["houseplants", "easy", "care"]

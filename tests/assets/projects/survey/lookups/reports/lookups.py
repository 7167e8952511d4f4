# ALL EXPECTED
"""From a third app: the path's steps, and the model that is asked."""
from orders.models import Line, Order


def of_orders():
    return Order.objects.filter(user__email="x")  # EXPECT: model_access reports->orders target=orders.Order; orm_lookup reports->accounts lookup=user__email


def of_lines():
    return Line.objects.filter(order__user__email="x", product__name="y")  # EXPECT: model_access reports->orders target=orders.Line; orm_lookup reports->accounts lookup=order__user__email; orm_lookup reports->catalogue lookup=product__name; MAY: orm_lookup reports->orders


def of_their_own():
    return Line.objects.filter(order__status="x")  # EXPECT: model_access reports->orders; MAY: orm_lookup reports->orders


def of_a_user_in_hand(user):
    return Order.objects.filter(user=user)  # EXPECT: model_access reports->orders

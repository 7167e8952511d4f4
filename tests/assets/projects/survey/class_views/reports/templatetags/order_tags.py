# ALL EXPECTED
from django import template

from orders.models import Order

register = template.Library()


@register.simple_tag
def count():
    return Order.objects.count()  # EXPECT: model_access reports->orders verb=read

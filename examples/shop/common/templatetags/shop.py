"""What the shop's templates need beside Django's own tags."""

import re
from decimal import Decimal

from django import template
from django.template.loader import render_to_string

from common.money import written

register = template.Library()


@register.filter
def money(amount: Decimal) -> str:
    return written(amount)


@register.simple_tag
def picture(name: str) -> str:
    """The drawing of a product, as inline SVG."""
    if not re.fullmatch(r"[a-z]+", name or ""):
        name = "pots"
    return render_to_string(f"pictures/{name}.svg")

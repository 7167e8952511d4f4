"""Ordering and paying, and what is said when a part of it cannot be done now."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from banyan import or_else
from banyan.errors import CallError, NotExecuted
from orders.contract import (
    Card,
    CardRefused,
    NoSuchOrder,
    NoSuchProduct,
    NotPossible,
    Orders,
    OrderView,
    OutOfStock,
    PaymentUnavailable,
)
from storefront.cart import Cart, CartLine, ordered, total
from storefront.forms import CARD_PREFIX, AddressForm, CardForm
from users.contract import Address, Users

KEPT = "Your order is kept, but payment is not available right now. Try again in a moment."
UNSURE = (
    "We could not learn what became of your payment. Your order is kept; pay again in a moment: "
    "you will not be charged twice."
)


@login_required
def check_out(request: HttpRequest) -> HttpResponse:
    basket = Cart(request)
    lines = basket.contents()
    if not lines:
        return redirect("cart")
    if request.method != "POST":
        return _form_page(
            request,
            AddressForm(initial=_known_address(request)),
            CardForm(prefix=CARD_PREFIX),
            lines,
        )
    address, card = AddressForm(request.POST), CardForm(request.POST, prefix=CARD_PREFIX)
    if not (address.is_valid() & card.is_valid()):
        return _form_page(request, address, card, lines)
    order = _place(request, address, lines)
    if order is None:
        return _form_page(request, address, card, lines)
    or_else(Users.client().remember_address, None)(request.user.pk, _as_address(address))
    _pay(request, order.number, card.card())
    response = redirect("order", order.number)
    basket.quantities.clear()
    basket.save(response)
    return response


@login_required
@require_POST
def pay_now(request: HttpRequest, number: str) -> HttpResponse:
    card = CardForm(request.POST, prefix=CARD_PREFIX)
    if card.is_valid():
        _pay(request, number, card.card())
    else:
        messages.error(request, "Please fill in all of your card's details.")
    return redirect("order", number)


def _place(
    request: HttpRequest, address: AddressForm, lines: Sequence[CartLine]
) -> OrderView | None:
    try:
        return Orders.client().place(
            checkout=str(address.cleaned_data["checkout"]),
            user_id=request.user.pk,
            lines=ordered(lines),
            ship_to=address.destination(),
        )
    except OutOfStock as sold_out:
        name = next(each.product.name for each in lines if each.product.slug == sold_out.product)
        left = f"Only {sold_out.left} left of" if sold_out.left else "Sold out:"
        address.add_error(None, f"{left} {name}. Please change your cart.")
    except NoSuchProduct:
        address.add_error(None, "Something in your cart is no longer sold. Please look again.")
    except NotExecuted:
        address.add_error(None, "We cannot take orders right now. Nothing was ordered yet.")
    except CallError:
        address.add_error(
            None, "We are not sure that we got your order. Send it again: it is placed only once."
        )
    return None


def _pay(request: HttpRequest, number: str, card: Card) -> None:
    try:
        Orders.client().pay(number, request.user.pk, card)
    except NoSuchOrder as unknown:
        raise Http404 from unknown
    except CardRefused as refused:
        messages.error(request, f"{refused.reason} Your order is kept: try another card.")
    except PaymentUnavailable as down:
        messages.warning(request, UNSURE if down.attempted else KEPT)
    except NotPossible as late:
        messages.error(request, f"This order is {late.status}; it cannot be paid.")
    except NotExecuted:
        messages.warning(request, KEPT)
    except CallError:
        messages.warning(request, UNSURE)
    else:
        messages.success(request, "Thank you! Your order is paid.")


def _form_page(
    request: HttpRequest, address: AddressForm, card: CardForm, lines: Sequence[CartLine]
) -> HttpResponse:
    context = {"address": address, "card": card, "lines": lines, "total": total(lines)}
    return render(request, "storefront/checkout.html", context)


def _known_address(request: HttpRequest) -> dict[str, object]:
    """The address of last time, if users can tell; the form works without."""
    user = or_else(Users.client().get, None)(request.user.pk)
    known: dict[str, object] = {"checkout": uuid.uuid4()}
    if user and user.address:
        known |= {
            "name": user.address.name,
            "street": user.address.street,
            "postcode": user.address.postcode,
            "city": user.address.city,
        }
    return known


def _as_address(form: AddressForm) -> Address:
    to = form.destination()
    return Address(name=to.name, street=to.street, postcode=to.postcode, city=to.city)

"""What a customer ordered, and where it is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from banyan import or_else
from orders.contract import NoSuchOrder, NotPossible, Orders, OrderView, Status
from shipping.contract import Shipping
from storefront.forms import CARD_PREFIX, CardForm


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    found = Orders.client().for_user(request.user.pk)
    return render(request, "storefront/orders.html", {"orders": found})


@login_required
@require_safe
def order(request: HttpRequest, number: str) -> HttpResponse:
    return _with_tracking(request, number, "storefront/order.html")


@login_required
@require_safe
def tracking(request: HttpRequest, number: str) -> HttpResponse:
    """The part of the page that changes by itself."""
    return _with_tracking(request, number, "storefront/_progress.html")


@login_required
@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    try:
        Orders.client().cancel(number, request.user.pk)
    except NoSuchOrder as unknown:
        raise Http404 from unknown
    except NotPossible:
        messages.error(request, "This order can no longer be cancelled.")
    else:
        messages.success(request, "Your order is cancelled.")
    return redirect("order", number)


def _with_tracking(request: HttpRequest, number: str, template: str) -> HttpResponse:
    try:
        found = Orders.client().get(number, request.user.pk)
    except NoSuchOrder as unknown:
        raise Http404 from unknown
    context = {"order": found, "card": CardForm(prefix=CARD_PREFIX), **_tracking(found)}
    return render(request, template, context)


def _tracking(found: OrderView) -> dict[str, object]:
    """Only asked for once there can be a parcel; None while shipping is out of reach."""
    if found.status in {Status.PLACED, Status.CANCELLED}:
        return {"expected": False}
    known = or_else(Shipping.client().tracking, None)(found.id, found.user_id)
    return {"expected": True, "tracking": known}

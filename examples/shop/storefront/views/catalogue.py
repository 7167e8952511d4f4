"""Looking around, and filling the cart."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from orders.contract import NoSuchProduct, Orders, ProductView
from storefront.cart import Cart, total


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    orders = Orders.client()
    query = request.GET.get("q", "").strip()[:100]
    categories = orders.categories()
    current = None
    if slug := request.GET.get("category"):
        current = next((each for each in categories if each.slug == slug), None)
        if current is None:
            raise Http404
    context = {
        "products": orders.products(category=current.slug if current else "", search=query),
        "categories": categories,
        "current": current,
        "query": query,
    }
    return render(request, "storefront/catalogue.html", context)


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "storefront/product.html", {"product": _product(slug)})


@login_required
@require_POST
def watch(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        Orders.client().watch(slug, request.user.pk)
    except NoSuchProduct as unknown:
        raise Http404 from unknown
    messages.success(request, "We will write to you when it is back.")
    return redirect("product", slug)


@require_safe
def cart(request: HttpRequest) -> HttpResponse:
    lines = Cart(request).contents()
    return render(request, "storefront/cart.html", {"lines": lines, "total": total(lines)})


@require_POST
def cart_add(request: HttpRequest, slug: str) -> HttpResponse:
    found = _product(slug)
    quantity = request.POST.get("quantity", "1")
    basket = Cart(request)
    basket.add(found, int(quantity) if quantity.isdecimal() and len(quantity) < 4 else 1)
    messages.success(request, f"{found.name} is in your cart.")
    response = redirect("cart")
    basket.save(response)
    return response


@require_POST
def cart_remove(request: HttpRequest, slug: str) -> HttpResponse:
    basket = Cart(request)
    basket.remove(slug)
    response = redirect("cart")
    basket.save(response)
    return response


def _product(slug: str) -> ProductView:
    try:
        return Orders.client().product(slug)
    except NoSuchProduct as unknown:
        raise Http404 from unknown

"""The pages of the shop."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from orders.models import Category, Order, Product
from orders.services import CardRefused, OutOfStock, check_out
from shipping.models import Shipment
from storefront.cart import Cart
from storefront.forms import CardForm
from users.forms import AddressForm, LogInForm, RegisterForm


def catalogue(request):
    products = Product.objects.select_related("category")
    query = request.GET.get("q", "").strip()
    current = None
    if query:
        products = products.filter(Q(name__icontains=query) | Q(description__icontains=query))
    elif slug := request.GET.get("category"):
        current = get_object_or_404(Category, slug=slug)
        products = products.filter(category=current)
    context = {
        "products": products,
        "categories": Category.objects.all(),
        "current": current,
        "query": query,
    }
    return render(request, "storefront/catalogue.html", context)


def product(request, slug):
    found = get_object_or_404(Product, slug=slug)
    return render(request, "storefront/product.html", {"product": found})


@login_required
@require_POST
def watch(request, slug):
    found = get_object_or_404(Product, slug=slug)
    found.watchers.add(request.user)
    messages.success(request, f"We will write to {request.user.email} when it is back.")
    return redirect("product", slug)


def cart(request):
    basket = Cart(request)
    return render(
        request, "storefront/cart.html", {"lines": basket.lines(), "total": basket.total()}
    )


@require_POST
def cart_add(request, slug):
    found = get_object_or_404(Product, slug=slug)
    quantity = request.POST.get("quantity", "1")
    Cart(request).add(found, int(quantity) if quantity.isdecimal() else 1)
    messages.success(request, f"{found.name} is in your cart.")
    return redirect("cart")


@require_POST
def cart_remove(request, slug):
    Cart(request).remove(get_object_or_404(Product, slug=slug))
    return redirect("cart")


@login_required
def checkout(request):
    basket = Cart(request)
    if not basket.count():
        return redirect("cart")
    address = AddressForm(request.POST or None, instance=request.user.last_address())
    card = CardForm(request.POST or None)
    if request.method == "POST" and address.is_valid() and card.is_valid():
        lines = [(line["product"].pk, line["quantity"]) for line in basket.lines()]
        try:
            placed = check_out(request.user, lines, address.cleaned_data, card.cleaned_data)
        except CardRefused as refused:
            card.add_error("number", str(refused))
        except OutOfStock as sold_out:
            address.add_error(None, f"{sold_out}. Please take it out of your cart.")
        else:
            basket.clear()
            messages.success(request, "Thank you! Your order is paid.")
            return redirect("order", placed.number)
    context = {
        "address": address,
        "card": card,
        "lines": basket.lines(),
        "total": basket.total(),
    }
    return render(request, "storefront/checkout.html", context)


@login_required
def orders(request):
    return render(
        request,
        "storefront/orders.html",
        {"orders": request.user.orders.select_related("shipment")},
    )


def tracking_of(found):
    shipment = Shipment.objects.filter(order=found).select_related("carrier").first()
    if shipment is None:
        return {}
    return {
        "carrier": shipment.carrier.name,
        "code": shipment.tracking_code,
        "steps": list(shipment.steps.all()),
        "delivered": shipment.delivered_at is not None,
    }


@login_required
def order(request, number):
    found = get_object_or_404(Order.objects.for_page(), user=request.user, number=number)
    context = {"order": found, "lines": found.lines.all(), "tracking": tracking_of(found)}
    return render(request, "storefront/order.html", context)


@login_required
def tracking(request, number):
    found = get_object_or_404(Order, user=request.user, number=number)
    return render(request, "storefront/_tracking.html", {"tracking": tracking_of(found)})


def onward(request):
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else ""


def register(request):
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.save())
        messages.success(request, "Welcome to Fig & Fern.")
        return redirect(onward(request) or "catalogue")
    context = {
        "form": form,
        "heading": "Register",
        "registering": True,
        "next": onward(request),
    }
    return render(request, "storefront/account.html", context)


def log_in(request):
    form = LogInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.user)
        return redirect(onward(request) or "catalogue")
    context = {"form": form, "heading": "Log in", "next": onward(request)}
    return render(request, "storefront/account.html", context)


@require_POST
def log_out(request):
    logout(request)
    return redirect("catalogue")

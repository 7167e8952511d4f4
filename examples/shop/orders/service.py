"""Orders, as others may use them."""

from collections import Counter
from decimal import Decimal
from typing import final

from django.db.models import Q

from banyan import implements, publish
from banyan.errors import CallError, NotExecuted
from common.money import rounded
from orders.contract import (
    CardRefused,
    CategoryView,
    Destination,
    Line,
    LineView,
    NoSuchOrder,
    NoSuchProduct,
    NotPossible,
    OrderPlaced,
    Orders,
    OrderView,
    PaymentUnavailable,
    ProductView,
    Status,
)
from orders.models import Category, Order, OrderLine, Product, StockAlert
from orders.progress import destination, move
from orders.stock import take
from payments.contract import Card, Outcome, Payments


@implements(Orders)
@final
class OrderService(Orders):
    def categories(self) -> list[CategoryView]:
        return [CategoryView(slug=each.slug, name=each.name) for each in Category.objects.all()]

    def products(self, category: str = "", search: str = "") -> list[ProductView]:
        found = Product.objects.select_related("category")
        if category:
            found = found.filter(category__slug=category)
        if search:
            found = found.filter(Q(name__icontains=search) | Q(description__icontains=search))
        return [_product_view(product) for product in found]

    def product(self, slug: str) -> ProductView:
        return _product_view(_product(slug))

    def watch(self, slug: str, user_id: int) -> None:
        StockAlert.objects.get_or_create(product=_product(slug), user_id=user_id)

    def place(
        self, checkout: str, user_id: int, lines: list[Line], ship_to: Destination
    ) -> OrderView:
        if known := Order.objects.filter(checkout=checkout, user_id=user_id).first():
            return view(known)
        order = Order.objects.create(
            checkout=checkout,
            user_id=user_id,
            ship_name=ship_to.name,
            ship_street=ship_to.street,
            ship_postcode=ship_to.postcode,
            ship_city=ship_to.city,
        )
        wanted = Counter[str]()
        for line in lines:
            wanted[line.product] += line.quantity
        # In one order for everybody, so that two customers never wait for each other's rows.
        for slug in sorted(wanted):
            product = _product(slug)
            take(product, wanted[slug])
            order.lines.create(
                product=product, name=product.name, price=product.price, quantity=wanted[slug]
            )
        order.number = f"FF-{1000 + order.pk}"
        order.total = rounded(sum((_total(line) for line in order.lines.all()), Decimal(0)))
        order.save()
        publish(
            OrderPlaced(order_id=order.pk, number=order.number, user_id=user_id, total=order.total)
        )
        return view(order)

    def pay(self, number: str, user_id: int, card: Card) -> OrderView:
        order = _order(number, user_id)
        if order.status == Status.PLACED:
            try:
                charge = Payments.client().charge(
                    order_id=order.pk,
                    number=number,
                    user_id=user_id,
                    amount=order.total,
                    card=card,
                )
            except CallError as failed:
                attempted = not isinstance(failed, NotExecuted)
                raise PaymentUnavailable(number=number, attempted=attempted) from failed
            if charge.outcome is Outcome.REFUSED:
                raise CardRefused(reason=charge.reason)
            # The event PaymentReceived says the same a moment later, in case we die here.
            move(order.pk, Status.PAID)
            order.refresh_from_db()
        if order.status == Status.CANCELLED:
            raise NotPossible(number=number, status=Status(order.status))
        return view(order)

    def cancel(self, number: str, user_id: int) -> OrderView:
        order = _order(number, user_id)
        if not move(order.pk, Status.CANCELLED):
            raise NotPossible(number=number, status=Status(order.status))
        order.refresh_from_db()
        return view(order)

    def get(self, number: str, user_id: int) -> OrderView:
        return view(_order(number, user_id))

    def for_user(self, user_id: int) -> list[OrderView]:
        found = Order.objects.filter(user_id=user_id).prefetch_related("lines__product")
        return [view(order) for order in found]


def view(order: Order) -> OrderView:
    return OrderView(
        id=order.pk,
        number=str(order),
        user_id=order.user_id,
        status=Status(order.status),
        total=order.total,
        created=order.created,
        ship_to=destination(order),
        lines=[
            LineView(
                product=line.product.slug,
                name=line.name,
                price=line.price,
                quantity=line.quantity,
                total=_total(line),
            )
            for line in order.lines.all()
        ],
    )


def _product_view(product: Product) -> ProductView:
    return ProductView(
        slug=product.slug,
        name=product.name,
        category=product.category.slug,
        description=product.description,
        care=product.care,
        picture=product.picture,
        price=product.price,
        stock=product.stock,
    )


def _total(line: OrderLine) -> Decimal:
    return line.price * line.quantity


def _product(slug: str) -> Product:
    product = Product.objects.select_related("category").filter(slug=slug).first()
    if product is None:
        raise NoSuchProduct(product=slug)
    return product


def _order(number: str, user_id: int) -> Order:
    found = Order.objects.filter(number=number, user_id=user_id)
    order = found.prefetch_related("lines__product").first()
    if order is None:
        raise NoSuchOrder(number=number)
    return order

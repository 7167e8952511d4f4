"""Figures for the owners of the shop."""

from django.db import connection
from django.db.models import Count, F, Sum

from orders.models import Order, OrderLine


def best_customers(limit=10):
    """Straight from the tables: the ORM's version was too slow."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT u.email, COUNT(DISTINCT o.id), SUM(p.amount)
            FROM orders_order o
            JOIN users_user u ON u.id = o.user_id
            JOIN payments_payment p ON p.order_id = o.id
            WHERE p.status = 'received'
            GROUP BY u.email
            ORDER BY SUM(p.amount) DESC
            LIMIT %s
            """,
            [limit],
        )
        return cursor.fetchall()


def sales_by_city():
    return (
        Order.objects.filter(payments__status="received")
        .values(city=F("address__city"))
        .annotate(orders=Count("id", distinct=True), turnover=Sum("payments__amount"))
        .order_by("-turnover")
    )


def bought_by_newsletter_readers():
    return (
        OrderLine.objects.filter(order__user__newsletter=True)
        .values("product__name")
        .annotate(pieces=Sum("quantity"))
        .order_by("-pieces", "product__name")
    )


def undelivered():
    return Order.objects.filter(
        shipment__delivered_at__isnull=True, shipment__tracking_code__gt=""
    ).values_list("number", "user__email", "shipment__carrier__name")

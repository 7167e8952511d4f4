"""Lists parcels that should have arrived."""

from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Lists parcels that should have arrived."

    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT o.number, s.tracking_code, u.email FROM shipping_shipment s "
                "INNER JOIN orders_order o ON o.id = s.order_id "
                "INNER JOIN users_user u ON u.id = o.user_id "
                "WHERE s.delivered_at IS NULL AND o.status = 'shipped' ORDER BY s.id"
            )
            for number, code, email in cursor.fetchall():
                self.stdout.write(f"{number} {code} {email}")

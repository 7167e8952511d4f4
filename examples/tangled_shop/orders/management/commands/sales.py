"""Prints the figures of the shop."""

from django.core.management.base import BaseCommand

from common.money import written
from orders import reports


class Command(BaseCommand):
    help = "Best customers, sales by city, parcels under way."

    def handle(self, *args, **options):
        self.stdout.write("Best customers")
        for email, orders, amount in reports.best_customers():
            self.stdout.write(f"  {email:40} {orders:4} {written(amount):>12}")
        self.stdout.write("By city")
        for row in reports.sales_by_city():
            city, turnover = row["city"] or "?", written(row["turnover"])
            self.stdout.write(f"  {city:40} {row['orders']:4} {turnover:>12}")
        self.stdout.write("Under way")
        for number, email, carrier in reports.undelivered():
            self.stdout.write(f"  {number:10} {email:40} {carrier}")

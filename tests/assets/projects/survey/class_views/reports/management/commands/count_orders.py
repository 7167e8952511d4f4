# ALL EXPECTED
from django.core.management.base import BaseCommand

from orders.models import Order


class Command(BaseCommand):
    def handle(self, *args, **options):
        for order in Order.objects.iterator():  # EXPECT: model_access reports->orders verb=read
            self.stdout.write(order.user.email)  # EXPECT: model_access reports->accounts verb=read

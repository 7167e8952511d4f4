"""What the shop does every night."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from common.models import AuditEntry, audit
from orders.models import Order
from payments.models import Payment
from shipping.models import Shipment


class Command(BaseCommand):
    help = "Cancels stale orders, counts the day, forgets old history."

    def handle(self, *args, **options):
        now = timezone.now()
        with transaction.atomic():
            stale = Order.objects.filter(
                status=Order.Status.PLACED, created__lt=now - timedelta(days=7)
            ).exclude(payments__status=Payment.Status.RECEIVED)
            for order in stale:
                order.cancel()
                Shipment.objects.filter(order=order).delete()
                audit(order, "cancelled by the night")
            AuditEntry.objects.filter(created__lt=now - timedelta(days=365)).delete()
        day = Payment.objects.filter(
            created__date=now.date(), order__user__is_staff=False
        ).received()
        self.stdout.write(f"{len(stale)} cancelled, {day.count()} payments today")

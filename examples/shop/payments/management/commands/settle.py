"""Asks the processor about charges of which nobody knows what became."""

from argparse import ArgumentParser
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from payments.charging import settle
from payments.models import Payment
from payments.processor import Answer, processor


class Command(BaseCommand):
    help = "Settles payments that were started and never finished; run it every few minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--older-than", type=float, default=60, metavar="SECONDS")

    def handle(self, *, older_than: float, **options: object) -> None:
        before = timezone.now() - timedelta(seconds=older_than)
        started = Payment.objects.filter(status=Payment.Status.STARTED, created__lte=before)
        for payment in started:
            answer = processor.find(payment.reference) or Answer(False, "Never charged.")
            settled = settle(payment.pk, answer)
            self.stdout.write(f"{settled.number}: {settled.status}")

"""One charge for an order, whatever dies in the middle of it.

A payment is written down as started before the processor is asked, and settled afterwards. If we
die in between, the next attempt finds it started and asks the processor under the same reference,
which answers for what it did the first time.
"""

import uuid
from decimal import Decimal

from django.db import IntegrityError, transaction

from banyan import atomic, publish
from payments.contract import (
    AmountDiffers,
    Card,
    PaymentReceived,
    PaymentRefunded,
    PaymentRefused,
)
from payments.models import Payment
from payments.processor import Answer, processor

Status = Payment.Status


def charge(order_id: int, number: str, user_id: int, amount: Decimal, card: Card) -> Payment:
    payment = _start(order_id, number, user_id, amount)
    if payment.amount != amount:
        raise AmountDiffers(order_id=order_id)
    if payment.status == Status.STARTED:
        answer = processor.charge(payment.reference, number, amount, card)
        payment = settle(payment.pk, answer)
    return payment


def settle(payment_id: int, answer: Answer) -> Payment:
    """Write down what the processor said, and tell the others; once."""
    with atomic(PaymentReceived):
        payment = Payment.objects.select_for_update().get(pk=payment_id)
        if payment.status == Status.STARTED:
            payment.status = Status.RECEIVED if answer.accepted else Status.REFUSED
            payment.save(update_fields=["status", "updated"])
            if answer.accepted:
                publish(
                    PaymentReceived(
                        order_id=payment.order_id,
                        amount=payment.amount,
                        reference=payment.reference,
                    )
                )
            else:
                publish(PaymentRefused(order_id=payment.order_id, reason=answer.reason))
    return payment


def refund(payment_id: int, reason: str) -> bool:
    """Give the money back; asked again, nothing more happens."""
    with atomic(PaymentRefunded):
        payment = Payment.objects.select_for_update().get(pk=payment_id)
        if payment.status != Status.RECEIVED:
            return False
        processor.refund(payment.reference)
        payment.status = Status.REFUNDED
        payment.save(update_fields=["status", "updated"])
        payment.refunds.create(amount=payment.amount, reason=reason)
        publish(PaymentRefunded(order_id=payment.order_id, amount=payment.amount))
    return True


def _start(order_id: int, number: str, user_id: int, amount: Decimal) -> Payment:
    open_or_paid = Payment.objects.filter(
        order_id=order_id, status__in=[Status.STARTED, Status.RECEIVED]
    )
    if known := open_or_paid.first():
        return known
    try:
        with transaction.atomic():
            return Payment.objects.create(
                order_id=order_id,
                number=number,
                user_id=user_id,
                amount=amount,
                status=Status.STARTED,
                reference=f"{number}-{uuid.uuid4().hex[:16]}",
            )
    except IntegrityError:  # somebody pressed the button twice
        return open_or_paid.get()

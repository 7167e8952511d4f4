"""Payments, as others may use them."""

from decimal import Decimal
from typing import final

from banyan import implements
from payments import charging
from payments.contract import Card, Charge, Outcome, Payments
from payments.models import Payment


@implements(Payments)
@final
class PaymentService(Payments):
    def charge(
        self, order_id: int, number: str, user_id: int, amount: Decimal, card: Card
    ) -> Charge:
        payment = charging.charge(order_id, number, user_id, amount, card)
        if payment.status == Payment.Status.RECEIVED:
            return Charge(outcome=Outcome.RECEIVED, reference=payment.reference)
        return Charge(
            outcome=Outcome.REFUSED, reference=payment.reference, reason="The card was refused."
        )

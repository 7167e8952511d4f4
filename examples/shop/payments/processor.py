"""The company that charges cards, and its sandbox, which knows test cards alone."""

import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from payments.contract import Card
from payments.models import SandboxCharge

ACCEPTED = {"4242424242424242", "5555555555554444"}
# Accepted too, after a while: for looking at what happens meanwhile.
ACCEPTED_SLOWLY = {"4000000000000077": 1.5}


@dataclass(frozen=True)
class Answer:
    accepted: bool
    reason: str = ""


class Processor(Protocol):
    """What any of them offers: a charge is named by its caller, and is made once."""

    def charge(self, reference: str, number: str, amount: Decimal, card: Card) -> Answer: ...
    def find(self, reference: str) -> Answer | None: ...
    def refund(self, reference: str) -> None: ...


class Sandbox:
    """Moves no money; remembers each charge by its reference, as a real one does."""

    def charge(self, reference: str, number: str, amount: Decimal, card: Card) -> Answer:
        digits = "".join(filter(str.isdigit, card.number))
        time.sleep(ACCEPTED_SLOWLY.get(digits, 0))
        accepted = digits in ACCEPTED or digits in ACCEPTED_SLOWLY
        known, _ = SandboxCharge.objects.get_or_create(
            reference=reference,
            defaults={"number": number, "amount": amount, "accepted": accepted},
        )
        return _answer(known)

    def find(self, reference: str) -> Answer | None:
        known = SandboxCharge.objects.filter(reference=reference).first()
        return _answer(known) if known else None

    def refund(self, reference: str) -> None:
        SandboxCharge.objects.filter(reference=reference, accepted=True).update(refunded=True)


def _answer(charge: SandboxCharge) -> Answer:
    return Answer(charge.accepted, "" if charge.accepted else "The card was refused.")


processor: Processor = Sandbox()

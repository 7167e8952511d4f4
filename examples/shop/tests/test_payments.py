from decimal import Decimal

import pytest
from django.core.management import call_command

from banyan.testing import deliver_events
from payments import charging
from payments.contract import AmountDiffers, Card, Charge, Outcome, Payments
from payments.models import Payment, Refund, SandboxCharge
from tests.conftest import GOOD, REFUSED

pytestmark = pytest.mark.django_db


def charge(card: Card = GOOD, amount: str = "68.00") -> Charge:
    return Payments.client().charge(1, "FF-1001", 7, Decimal(amount), card)


def test_a_good_card_is_charged():
    assert charge().outcome is Outcome.RECEIVED
    assert SandboxCharge.objects.get().amount == Decimal("68.00")


def test_an_order_is_charged_once_however_often_it_is_asked_for():
    assert charge().reference == charge().reference
    assert SandboxCharge.objects.count() == 1


def test_a_refusal_is_kept_and_another_card_may_follow():
    assert charge(REFUSED).outcome is Outcome.REFUSED
    assert charge().outcome is Outcome.RECEIVED
    assert [payment.status for payment in Payment.objects.order_by("id")] == ["refused", "received"]


def test_another_amount_for_a_paid_order_is_an_error():
    charge()
    with pytest.raises(AmountDiffers):
        charge(amount="1.00")


def die_after_the_processor_answered(monkeypatch) -> None:
    def die(*args: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(charging, "settle", die)
        with pytest.raises(SystemExit):
            charging.charge(1, "FF-1001", 7, Decimal("68.00"), GOOD)


def test_a_charge_that_was_interrupted_is_found_again_by_the_next(monkeypatch):
    die_after_the_processor_answered(monkeypatch)
    assert Payment.objects.get().status == "started"
    assert charge().outcome is Outcome.RECEIVED
    assert SandboxCharge.objects.count() == 1


def test_a_charge_that_was_interrupted_is_settled_without_its_customer(monkeypatch, capsys):
    die_after_the_processor_answered(monkeypatch)
    call_command("settle", "--older-than=0")
    assert Payment.objects.get().status == "received"
    assert "FF-1001: received" in capsys.readouterr().out


def test_a_charge_that_never_reached_the_processor_is_settled_as_refused():
    Payment.objects.create(order_id=1, number="FF-1", amount=1, status="started", reference="x")
    call_command("settle", "--older-than=0")
    assert Payment.objects.get().status == "refused"


def test_money_is_given_back_once():
    charge()
    payment = Payment.objects.get()
    assert charging.refund(payment.pk, "too small")
    assert not charging.refund(payment.pk, "too small")
    assert Refund.objects.get().amount == Decimal("68.00")
    assert SandboxCharge.objects.get().refunded


def test_nothing_of_a_card_is_written_anywhere(caplog):
    with caplog.at_level(0):
        charge()
        charge(REFUSED)
    deliver_events()
    digits = GOOD.number.replace(" ", "")
    kept = [
        str(value)
        for model in (Payment, SandboxCharge)
        for row in model.objects.values()
        for value in row.values()
    ]
    for text in [*kept, caplog.text]:
        assert "4242" not in text
        assert digits not in text
    assert "4242" not in repr(GOOD)

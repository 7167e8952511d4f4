import pytest

from orders.contract import Destination
from shipping import parcels
from shipping.contract import Shipping
from tests.conftest import PASSWORD
from users.contract import Address, EmailTaken, NoSuchUser, PasswordTooWeak, Users, WrongPassword

pytestmark = pytest.mark.django_db

HOME = Destination(name="Ada King", street="1 Analytical Row", postcode="N1 9GU", city="London")


def test_an_order_has_one_parcel():
    first = parcels.dispatch(1, "FF-1001", 7, HOME, 2)
    assert parcels.dispatch(1, "FF-1001", 7, HOME, 2) == first
    tracking = Shipping.client().tracking(1, 7)
    assert (tracking.carrier, tracking.code) == ("Snail & Sons", "SN1001GB")
    assert [step.text for step in tracking.steps][-1] == "Snail & Sons has your parcel"


def test_nobody_follows_the_parcel_of_another():
    parcels.dispatch(1, "FF-1001", 7, HOME, 2)
    assert Shipping.client().tracking(1, 8).steps == []


def test_a_parcel_arrives_once():
    shipment = parcels.dispatch(1, "FF-1001", 7, HOME, 2)
    assert parcels.deliver(shipment.pk)
    assert not parcels.deliver(shipment.pk)
    assert Shipping.client().tracking(1, 7).delivered


def test_an_account_is_known_by_its_address_however_it_is_written(ada):
    session = Users.client().log_in(" ADA@example.org", PASSWORD)
    assert session.user == ada.user
    with pytest.raises(EmailTaken):
        Users.client().register("Eve", "Ada@Example.ORG", PASSWORD)


def test_a_wrong_password_and_a_weak_one_are_refused(ada):
    with pytest.raises(WrongPassword):
        Users.client().log_in("ada@example.org", "wrong")
    with pytest.raises(WrongPassword):
        Users.client().log_in("nobody@example.org", PASSWORD)
    with pytest.raises(PasswordTooWeak) as weak:
        Users.client().register("Eve", "eve@example.org", "password")
    assert "too common" in weak.value.reasons[0]


def test_the_last_address_is_remembered(ada):
    home = Address(name="Ada", street="1 Analytical Row", postcode="N1", city="London")
    Users.client().remember_address(ada.user.id, home)
    Users.client().remember_address(ada.user.id, home)
    assert Users.client().get(ada.user.id).address == home
    with pytest.raises(NoSuchUser):
        Users.client().remember_address(999, home)

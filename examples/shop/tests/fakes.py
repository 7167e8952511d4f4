"""Other modules, as a module's own tests need them: they subclass the contract."""

from dataclasses import dataclass, field
from decimal import Decimal

from payments.contract import Card, Charge, Outcome, Payments
from users.contract import Address, NoSuchUser, Session, Users, UserView


@dataclass
class FakePayments(Payments):
    """Takes any card, or refuses all, and remembers what it took."""

    refuses: bool = False
    taken: list[Decimal] = field(default_factory=list)

    def charge(
        self, order_id: int, number: str, user_id: int, amount: Decimal, card: Card
    ) -> Charge:
        if self.refuses:
            return Charge(outcome=Outcome.REFUSED, reference="r", reason="The card was refused.")
        self.taken.append(amount)
        return Charge(outcome=Outcome.RECEIVED, reference="r")


@dataclass
class FakeUsers(Users):
    """Knows one user, number 7."""

    remembered: list[Address] = field(default_factory=list)

    def get(self, user_id: int) -> UserView:
        if user_id != 7:
            raise NoSuchUser(user_id=user_id)
        return UserView(id=7, email="ada@example.org", name="Ada King")

    def register(self, name: str, email: str, password: str) -> Session:
        return Session(token="t", user=self.get(7))

    def log_in(self, email: str, password: str) -> Session:
        return Session(token="t", user=self.get(7))

    def remember_address(self, user_id: int, address: Address) -> None:
        self.remembered.append(address)

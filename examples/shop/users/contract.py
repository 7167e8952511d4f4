"""What others may ask of users."""

from typing import Protocol

from banyan import Contract, DeclaredError, Message, command, query


class Address(Message):
    name: str
    street: str
    postcode: str
    city: str


class UserView(Message):
    id: int
    email: str
    name: str
    address: Address | None = None


class Session(Message):
    """Somebody who has proved who they are; every service accepts the token."""

    token: str
    user: UserView


class EmailTaken(DeclaredError):
    email: str


class PasswordTooWeak(DeclaredError):
    reasons: list[str]


class WrongPassword(DeclaredError):
    email: str


class NoSuchUser(DeclaredError):
    user_id: int


class Users(Contract, Protocol):
    @query(raises=[NoSuchUser])
    def get(self, user_id: int) -> UserView: ...

    @command(raises=[EmailTaken, PasswordTooWeak], secret=True)
    def register(self, name: str, email: str, password: str) -> Session: ...

    @command(raises=[WrongPassword], secret=True)
    def log_in(self, email: str, password: str) -> Session: ...

    @command(raises=[NoSuchUser])
    def remember_address(self, user_id: int, address: Address) -> None: ...

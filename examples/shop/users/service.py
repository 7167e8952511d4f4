"""Users, as others may use them."""

from typing import final

from django.contrib.auth import authenticate
from django.contrib.auth.models import update_last_login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from banyan import implements
from banyan.identity import issue_token
from users.contract import (
    Address,
    EmailTaken,
    NoSuchUser,
    PasswordTooWeak,
    Session,
    Users,
    UserView,
    WrongPassword,
)
from users.models import User


@implements(Users)
@final
class UserService(Users):
    def get(self, user_id: int) -> UserView:
        return _view(_user(user_id))

    def register(self, name: str, email: str, password: str) -> Session:
        email = email.strip().lower()
        if User.objects.filter(email=email).exists():
            raise EmailTaken(email=email)
        user = User(username=email, email=email, first_name=name.strip())
        try:
            validate_password(password, user)
        except ValidationError as weak:
            raise PasswordTooWeak(reasons=weak.messages) from weak
        user.set_password(password)
        user.save()
        return _session(user)

    def log_in(self, email: str, password: str) -> Session:
        email = email.strip().lower()
        known = User.objects.filter(email=email).values_list("username", flat=True).first()
        # Asked for nobody too, so that the time it takes tells nothing.
        user = authenticate(username=known or "", password=password)
        if not isinstance(user, User):
            raise WrongPassword(email=email)
        update_last_login(User, user)
        return _session(user)

    def remember_address(self, user_id: int, address: Address) -> None:
        _user(user_id).addresses.get_or_create(
            name=address.name,
            street=address.street,
            postcode=address.postcode,
            city=address.city,
        )


def _user(user_id: int) -> User:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NoSuchUser(user_id=user_id)
    return user


def _session(user: User) -> Session:
    return Session(token=issue_token(user), user=_view(user))


def _view(user: User) -> UserView:
    last = user.addresses.order_by("-id").first()
    return UserView(
        id=user.pk,
        email=user.email,
        name=user.get_full_name(),
        address=last
        and Address(name=last.name, street=last.street, postcode=last.postcode, city=last.city),
    )

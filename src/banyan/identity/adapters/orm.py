"""Users through Django's ORM: the real ones, and what other services make of a token."""

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal, NoReturn

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DEFAULT_DB_ALIAS, models, transaction

from banyan.identity.adapters.copies import store_copy
from banyan.identity.claims import Claims, Person
from banyan.identity.installation import BACKEND, CLAIMS
from banyan.identity.rejections import InvalidToken, NotHere, Reason

# What a token says of everybody, by the user model's usual names.
NAMES = ("first_name", "last_name", "is_staff", "is_superuser")


class DjangoResidents:
    """The users at the issuer.

    Args:
        fields: further fields of the user model that tokens carry.
    """

    def __init__(self, fields: Sequence[str] = ()) -> None:
        self._fields = fields

    def user(self, claims: Claims) -> AbstractBaseUser:
        """The user's row, as it is now."""
        model = get_user_model()
        try:
            found: AbstractBaseUser = model._default_manager.get(pk=_primary_key(model, claims))
        except model.DoesNotExist:
            raise InvalidToken(Reason.PERSON) from None
        if not getattr(found, "is_active", True):
            raise InvalidToken(Reason.PERSON)
        setattr(found, "backend", BACKEND)  # noqa: B010 - Django's own convention, not in its types
        return found

    def describe(self, user: AbstractBaseUser) -> Person:
        """What a token is to say of a user. Only staff carry permissions."""
        is_staff = bool(getattr(user, "is_staff", False))
        is_superuser = bool(getattr(user, "is_superuser", False))
        permissions: set[str] = set()
        if is_staff and not is_superuser:
            permissions = getattr(user, "get_all_permissions", set[str])()
        email = user.get_email_field_name()
        return Person(
            id=_text(user, user._meta.pk) or "",
            username=user.get_username(),
            email=str(getattr(user, email, None) or ""),
            first_name=str(getattr(user, "first_name", "")),
            last_name=str(getattr(user, "last_name", "")),
            is_staff=is_staff,
            is_superuser=is_superuser,
            permissions=frozenset(permissions),
            fields={name: _text(user, _field(type(user), name)) for name in self._fields},
        )


class TokenPeople:
    """Users where they do not live: made from a token, with a row of staff for Django's own joins.

    Args:
        keep: of whom a row is kept.
        recheck: seconds after which a row that was seen is looked at again.
    """

    def __init__(
        self,
        keep: Literal["staff", "all", "none"],
        *,
        recheck: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keep = keep
        self._recheck = recheck
        self._clock = clock
        self._seen: dict[object, tuple[int, float]] = {}
        self._lock = threading.Lock()

    def user(self, claims: Claims) -> AbstractBaseUser:
        """A user with what the token says. Anything else of them raises :class:`NotHere`."""
        model = get_user_model()
        values = _values(model, claims)
        if self._keep == "all" or (self._keep == "staff" and claims.person.is_staff):
            self._store(model, values)
        return _made(model, values, claims)

    def _store(self, model: type[AbstractBaseUser], values: dict[str, Any]) -> None:
        key = values[_attname(model._meta.pk)]
        digest = hash(tuple(sorted((name, str(value)) for name, value in values.items())))
        seen, until = self._seen.get(key, (0, 0.0))
        if seen == digest and self._clock() < until:
            return
        store_copy(model, values)
        # Only once it is committed: a request that fails may take the row with it.
        transaction.on_commit(partial(self._remember, key, digest), using=DEFAULT_DB_ALIAS)

    def _remember(self, key: object, digest: int) -> None:
        with self._lock:
            if len(self._seen) >= 10_000:
                self._seen.clear()
            self._seen[key] = (digest, self._clock() + self._recheck)


def _values(model: type[AbstractBaseUser], claims: Claims) -> dict[str, Any]:
    """The columns that a token fills."""
    person = claims.person
    found: dict[str, Any] = {_attname(model._meta.pk): _primary_key(model, claims)}
    told: dict[str, Any] = {
        _name_field(model): person.username,
        model.get_email_field_name(): person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "is_staff": person.is_staff,
        "is_superuser": person.is_superuser,
        "is_active": True,
    }
    columns = {field.name: field for field in model._meta.concrete_fields}
    found |= {columns[name].attname: value for name, value in told.items() if name in columns}
    for name, text in person.fields.items():
        if name in columns:
            field = columns[name]
            found[field.attname] = None if text is None else _parsed(field, text)
    return found


def _made(
    model: type[AbstractBaseUser], values: dict[str, Any], claims: Claims
) -> AbstractBaseUser:
    # An empty password matches nothing, and reads as usable: the admin offers to change it.
    known = values | {"password": ""}
    names = [field.attname for field in model._meta.concrete_fields if field.attname in known]
    user = model.from_db(DEFAULT_DB_ALIAS, names, [known[name] for name in names])
    what = f"{model._meta.label} {user.pk}"
    # The other fields are deferred, and reading one would ask the local table.
    extras: dict[str, Any] = {
        "backend": BACKEND,
        CLAIMS: claims,
        "refresh_from_db": partial(_refuse_fields, what),
        "_prefetched_objects_cache": {
            field.name: Elsewhere(f"{what}'s {field.name}") for field in model._meta.many_to_many
        },
    }
    for name, value in extras.items():
        setattr(user, name, value)
    return user


class Elsewhere:
    """Stands where a user's groups would be, and says so when it is asked for anything."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)  # copying and pickling ask for what need not be there
        self._refuse()

    def __iter__(self) -> NoReturn:
        self._refuse()

    def __len__(self) -> int:  # noqa: PLE0303 - it raises
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise NotHere(
            f"{self._what} is not known in this service.",
            hint="Ask `has_perm`, or a contract of the module in which users live.",
        )


def _refuse_fields(what: str, *_: object, fields: Sequence[str] = (), **__: object) -> NoReturn:
    named = ", ".join(fields)
    raise NotHere(
        f"{what} was made from a token, which does not say: {named or 'more of them'}.",
        hint=f"Ask a contract of the module in which users live, or let the token carry it: "
        f"`[identity] fields = [{', '.join(repr(name) for name in fields)}]` in banyan.toml.",
    )


def _primary_key(model: type[AbstractBaseUser], claims: Claims) -> Any:
    return _parsed(model._meta.pk, claims.person.id)


def _parsed(field: "models.Field[Any, Any]", text: str) -> Any:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    try:
        return field.to_python(text)
    except ValidationError:
        raise InvalidToken(Reason.PERSON) from None


def _text(user: AbstractBaseUser, field: "models.Field[Any, Any] | None") -> str | None:
    if field is None or field.value_from_object(user) is None:
        return None
    return field.value_to_string(user)


def _field(model: type[AbstractBaseUser], name: str) -> "models.Field[Any, Any] | None":
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None  # a check names it
    return found if isinstance(found, models.Field) else None


def _name_field(model: type[AbstractBaseUser]) -> str:
    return str(getattr(model, "USERNAME_FIELD"))  # noqa: B009 - not in its types


def _attname(field: "models.Field[Any, Any]") -> str:
    return field.attname

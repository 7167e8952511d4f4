from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

import msgspec
from banyan import Contract, Message, query
from django.db import models  # EXPECT: E112
from rest_framework.serializers import Serializer  # EXPECT: E112

from payments.contract import Paid
from shop.money import Money
from users.models import User  # EXPECT: E112
from users.services import register  # EXPECT: E112

if TYPE_CHECKING:
    from users.hidden import secret


class UserView(Message):
    id: int
    credit: Decimal


class Users(Contract, Protocol):
    @query
    def get(self, key: int) -> UserView: ...

# ALL EXPECTED, code too
from __future__ import annotations

import typing
from typing import TYPE_CHECKING

import shop.accounts  # EXPECT: import orders->accounts face=public
from shop import accounts as people  # EXPECT: import orders->accounts face=public
from shop.accounts import register  # EXPECT: import orders->accounts face=public
from shop.accounts.contract import Person  # EXPECT: import orders->accounts face=public
from shop.accounts.services import _check  # EXPECT: import orders->accounts face=internal
from shop.accounts.text import names  # EXPECT: import orders->accounts face=internal target=shop.accounts.text.names
from shop.accounts.text.names import (
    shorten,  # EXPECT: import orders->accounts face=internal
)
from shop.money import euros
from shop.orders.models import Order
from . import models

if TYPE_CHECKING:
    from shop.accounts.models import Team  # EXPECT: model_import orders->accounts face=models place=typing
if typing.TYPE_CHECKING:
    from shop.accounts.text.names import shorten as short  # EXPECT: import orders->accounts face=internal place=typing
else:
    short = shorten

try:
    import simplejson as json
except ImportError:
    import json

try:
    from shop.accounts.fast import shorten as fast  # MAY: import orders->accounts
except ImportError:
    fast = None


def late(team: Team):
    from shop.accounts.models import User  # EXPECT: model_import orders->accounts face=models place=function

    import shop.accounts.text.names as n  # EXPECT: import orders->accounts face=internal place=function

    return User, n, team


class Page:
    from shop.accounts.models import Team as T  # EXPECT: model_import orders->accounts face=models

    def get(self):
        if True:
            from ..accounts import text  # EXPECT: import orders->accounts face=internal place=function
        return text

# ALL EXPECTED, code too
from shop.accounts.models import *  # EXPECT: model_import reports->accounts face=models
from shop.orders.models import *  # EXPECT: model_import reports->orders face=models
from shop.accounts import *  # EXPECT: import reports->accounts face=public

import os, shop.orders.views  # EXPECT: import reports->orders face=internal


def all_of_them():
    return User.objects.count(), Order.objects.count(), os  # EXPECT: model_access reports->accounts; model_access reports->orders

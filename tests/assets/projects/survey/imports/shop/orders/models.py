# ALL EXPECTED, code too
from django.db import models

from ..accounts.models import User  # EXPECT: model_import orders->accounts target=shop.accounts.models.User face=models
from shop.accounts import models as account_models  # EXPECT: model_import orders->accounts face=models
import shop.accounts.models  # EXPECT: model_import orders->accounts face=models


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->accounts
    team = models.ForeignKey(account_models.Team, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->accounts

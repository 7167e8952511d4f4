# ALL EXPECTED, code too
from shop.accounts.models import User  # EXPECT: model_import orders->accounts face=models place=test
from shop.accounts.text.names import shorten  # EXPECT: import orders->accounts face=internal place=test


def test_shorten():
    from shop.accounts.models import Team  # EXPECT: model_import orders->accounts face=models place=test

    assert shorten("x") and Team and User

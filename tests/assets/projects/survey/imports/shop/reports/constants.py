# ALL EXPECTED, code too
# From a module of models, and no model.
from shop.accounts.models import KINDS  # EXPECT: import reports->accounts face=models

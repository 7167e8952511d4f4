# SHARED: imports=users imports_models=False used_by=orders
from shop.users.services import greet


def shout(name):
    return greet(name).upper()

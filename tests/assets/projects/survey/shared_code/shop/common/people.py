# SHARED: imports=users imports_models=True used_by=orders
from shop.users.models import User


def oldest():
    return User.objects.order_by("pk").first()


def all_users():
    return User.objects.all()

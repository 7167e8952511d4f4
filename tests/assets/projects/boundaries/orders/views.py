from typing import TYPE_CHECKING

import payments
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from orders.models import Order
from shop.mail import send
from toolbox.text import shorten
from users import who
from users.contract import Users
from users.hidden import other  # EXPECT: E102
from users.lookup import find
from users.models import User  # EXPECT: E102
from users.passing import secret
from users.services import register  # EXPECT: E102
from users.tasks import greet  # EXPECT: E102

if TYPE_CHECKING:
    from users.models import Profile


def checkout(request):
    user = User.objects.get(pk=who(find(secret() + other())))  # EXPECT: E105
    greet.delay(user.pk)
    register(shorten("x"))
    payments.pay(1)
    orders = Order.objects.filter(user__email="x")  # EXPECT: E106
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM users_user")  # EXPECT: E107
    model = apps.get_model("users", "User")  # EXPECT: E102
    send(orders)
    return reverse("users:detail"), model, Users


def place(request):
    with transaction.atomic():  # EXPECT: E108
        Order.objects.create(number="1")
        User.objects.create(email="x")  # EXPECT: E105
    Order.objects.filter(number="1").first()


def allowed(request):
    User.objects.count()  # banyan: allow[E105] counted for the front page until it has a projection
    # banyan: allow[E105, E106] the same
    Order.objects.filter(user__email="x"), User.objects.count()

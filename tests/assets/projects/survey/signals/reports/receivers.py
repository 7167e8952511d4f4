# ALL EXPECTED
"""A receiver is told on the line of `receiver` or `connect`."""
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in
from django.core.signals import request_finished
from django.db.models import signals
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver

from accounts.models import Profile, User
from catalogue.models import Product
from orders import signals as order_signals
from orders.models import Line, Order
from orders.signals import order_placed


@receiver(post_save, sender=Order)  # EXPECT: signal reports->orders target=orders.Order
def count_order(sender, instance, created, **kwargs):
    instance.user.save()  # EXPECT: model_access reports->accounts target=accounts.User verb=update


@receiver([post_save, post_delete], sender=User)  # EXPECT: signal reports->accounts target=accounts.User
def of_two(sender, instance, **kwargs):
    pass


@receiver(post_save, sender=Line)  # EXPECT: signal reports->orders target=orders.Line
@receiver(post_save, sender=Profile)  # EXPECT: signal reports->accounts target=accounts.Profile
def twice(sender, **kwargs):
    pass


@receiver(  # EXPECT: signal reports->catalogue target=catalogue.Product
    pre_save,
    sender="catalogue.Product",
)
def by_a_string(sender, instance, **kwargs):
    pass


@receiver(signals.post_save, sender=settings.AUTH_USER_MODEL, dispatch_uid="x")  # EXPECT: signal reports->accounts target=accounts.User
def by_the_setting(sender, instance=None, **kwargs):
    pass


@receiver(order_placed)  # EXPECT: signal reports->orders
def of_a_custom_signal(sender, order, **kwargs):
    pass


@receiver(order_signals.order_cancelled, sender=Order)  # EXPECT: signal reports->orders
def of_a_custom_signal_and_sender(sender, **kwargs):
    pass


@receiver(order_signals.ready)  # EXPECT: signal reports->orders
def of_an_alias(sender, **kwargs):
    pass


@receiver(post_save)  # EXPECT-NONE
def of_every_model(sender, **kwargs):
    pass


@receiver(request_finished)  # EXPECT-NONE
def of_djangos_own(sender, **kwargs):
    pass


@receiver(user_logged_in)
def at_login(sender, request, user, **kwargs):
    user.save()  # MAY: model_access reports->accounts


def watched(sender, instance, action, **kwargs):
    pass


def connect():
    post_save.connect(watched, sender=Order)  # EXPECT: signal reports->orders target=orders.Order
    post_save.connect(watched, sender="accounts.Team", weak=False)  # EXPECT: signal reports->accounts target=accounts.Team
    pre_save.connect(partial(watched, action="x"), Line)  # EXPECT: signal reports->orders target=orders.Line
    m2m_changed.connect(watched, sender=Product.watchers.through)  # EXPECT: signal reports->catalogue
    order_placed.connect(watched)  # EXPECT: signal reports->orders
    signals.post_delete.connect(  # EXPECT: signal reports->accounts target=accounts.User
        receiver=watched,
        sender=get_user_model(),  # MAY: get_model reports->accounts
    )
    for model in (Order, User):
        post_save.connect(watched, sender=model)  # EXPECT: signal reports->orders; signal reports->accounts
    post_save.disconnect(watched, sender=Order)  # MAY: signal reports->orders


class Socket:
    def connect(self, handler, sender=None):
        return handler


def not_a_signal(socket: Socket):
    socket.connect(watched, sender=Order)

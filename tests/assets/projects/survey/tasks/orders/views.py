# ALL EXPECTED, code too
"""A task is told on the line of the method that sends it."""
from celery import chain, chord, current_app, group, signature
from django.db import transaction

from accounts import tasks  # EXPECT: import orders->accounts
from accounts.tasks import big, clean, clean_one as one, greet, not_a_task  # EXPECT: import orders->accounts
from orders.tasks import own
from shop.celery import app


def by_delay():
    clean.delay()  # EXPECT: task orders->accounts target=accounts.tasks.clean
    tasks.clean.delay()  # EXPECT: task orders->accounts
    own.delay()


def by_apply_async():
    one.apply_async(  # EXPECT: task orders->accounts target=accounts.tasks.clean_one
        args=[3],
        countdown=10,
    )
    big.apply_async()  # EXPECT: task orders->accounts


def by_name():
    app.send_task("accounts.tasks.clean")  # EXPECT: task orders->accounts target=accounts.tasks.clean
    current_app.send_task("clean-one", args=[3])  # EXPECT: task orders->accounts target=accounts.tasks.clean_one
    app.send_task("nobody.knows")
    app.send_task("orders.tasks.own")


def by_signature():
    chain(greet.s("x"), own.si()).delay()  # EXPECT: task orders->accounts target=accounts.tasks.greet
    group([clean.si(), clean.s()])()  # EXPECT: task orders->accounts
    chord([greet.signature(("x",))], own.s()).apply_async()  # EXPECT: task orders->accounts
    signature("accounts.greet", args=["x"]).delay()  # EXPECT: task orders->accounts target=accounts.tasks.greet
    own.apply_async(link=clean.si())  # EXPECT: task orders->accounts


def after_the_commit():
    transaction.on_commit(lambda: greet.delay("x"))  # EXPECT: task orders->accounts
    transaction.on_commit(clean.delay)  # EXPECT: task orders->accounts


def called_here():
    # Called as a function, in this process: code that is imported, and no message.
    clean()
    greet("x")
    not_a_task("x")


def of_another(timer):
    timer.delay(3)
    timer.apply_async()

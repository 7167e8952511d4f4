from celery import current_app

from orders import number_of  # EXPECT: E101
from payments import pay  # EXPECT: E101
from payments.contract import Paid


def daily(event: Paid):
    current_app.send_task("users.tasks.greet")  # EXPECT: E101
    return pay(number_of(event))

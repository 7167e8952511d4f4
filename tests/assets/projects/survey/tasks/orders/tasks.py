# ALL EXPECTED, code too
from celery import shared_task

from shop.celery import app


@shared_task
def own():
    return 3


@app.on_after_finalize.connect
def schedule(sender, **kwargs):
    from accounts.tasks import clean  # EXPECT: import orders->accounts place=function

    sender.add_periodic_task(10.0, clean.s(), name="every 10")  # EXPECT: task orders->accounts target=accounts.tasks.clean


app.conf.beat_schedule = {
    "every minute": {
        "task": "accounts.greet",  # EXPECT: task orders->accounts target=accounts.tasks.greet
        "schedule": 60.0,
        "args": ["x"],
    },
}

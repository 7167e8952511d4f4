# ALL EXPECTED, code too
from celery import Task, shared_task

from shop.celery import app


@shared_task
def clean():
    clean_one.delay(3)


@app.task(bind=True, name="clean-one", max_retries=3)
def clean_one(self, pk):
    self.retry()


@shared_task(name="accounts.greet")
def greet(name):
    return name


class Big(Task):
    name = "accounts.big"

    def run(self):
        return 3


big = app.register_task(Big())


def not_a_task(name):
    return name

from celery import shared_task


@shared_task
def greet(key):
    return key

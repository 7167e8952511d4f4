# ALL EXPECTED, code too
"""The same word in other libraries."""
import dramatiq
from huey.contrib.djhuey import task


@dramatiq.actor
def count():
    return 3


@task()
def sum_up():
    return count.send()

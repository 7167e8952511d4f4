"""Tasks, where Celery is installed."""

from celery import Celery, shared_task
from people.models import Firm

app = Celery("depot")
app.conf.task_always_eager = True
app.set_default()


@shared_task
def found(name):
    """Found a firm."""
    Firm.objects.create(name=name)  # RUNS: INSERT people_firm


def later():
    """Send it."""
    found.delay("Acme")  # RUNS: task sales.tasks.found

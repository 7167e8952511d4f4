# ALL EXPECTED, code too
from celery.schedules import crontab

SECRET_KEY = "of the shop"
# MODULES: accounts orders reports
INSTALLED_APPS = ["accounts", "orders", "reports"]
# A project's settings are of no module: whom would it tie?
CELERY_BEAT_SCHEDULE = {
    "nightly": {"task": "accounts.tasks.clean", "schedule": crontab(hour=3)},  # MAY: task *->accounts
}

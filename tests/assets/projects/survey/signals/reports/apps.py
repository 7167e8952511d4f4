# ALL EXPECTED
from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from reports import receivers

        post_migrate.connect(receivers.watched, sender=self)
        post_save.connect(receivers.watched, sender="orders.Note")  # EXPECT: signal reports->orders target=orders.Note

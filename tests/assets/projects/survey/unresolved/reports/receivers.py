# ALL EXPECTED
from django.db.models.signals import post_save


def heard(**kwargs):
    pass


def connect(sender):
    post_save.connect(heard, sender=sender)  # UNRESOLVED: sender|model|name

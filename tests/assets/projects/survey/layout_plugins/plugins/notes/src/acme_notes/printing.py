# ALL EXPECTED, code too
from acme_gifts.models import Gift  # EXPECT: model_import acme_notes->acme_gifts


def notes():
    return list(Gift.objects.all())  # EXPECT: model_access acme_notes->acme_gifts

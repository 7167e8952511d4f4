# ALL EXPECTED
from users.models import User

NOTE = ""


def count():
    return User.objects.count()  # EXPECT: model_access orders->users verb=read

# ALL EXPECTED
from orders.models import lines
from orders.models.lines import User, make


def index():
    # Of users, though it is imported from orders.
    User.objects.all()  # EXPECT: model_access orders->users target=users.User verb=read
    make().delete()  # EXPECT: model_access orders->users target=users.User verb=delete
    return lines.Line.objects.all()

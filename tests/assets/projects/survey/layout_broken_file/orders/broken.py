from users.models import User


def broken(:  # PROBLEM: *
    return User.objects.count(  # MAY: model_access orders->users


class Half(

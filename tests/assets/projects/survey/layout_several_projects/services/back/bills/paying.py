# ALL EXPECTED
# `users` is no app of this project: it is of the one beside.
def later():
    from payers.models import User

    return User.objects.first()  # EXPECT: model_access bills->payers verb=read

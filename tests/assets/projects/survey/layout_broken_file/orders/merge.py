from users.models import User

<<<<<<< HEAD  # PROBLEM: *
x = User.objects.count()  # MAY: model_access orders->users
=======
x = 3
>>>>>>> other

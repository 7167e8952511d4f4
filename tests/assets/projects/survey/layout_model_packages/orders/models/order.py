# ALL EXPECTED
from django.db import models

import users.models as users_models
from users.models import Crew, User
from users.models.person import Hidden


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users target=users.User
    crew = models.ForeignKey(Crew, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users target=users.Team
    hidden = models.ForeignKey(Hidden, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users target=users.Hidden
    secret = models.ForeignKey(users_models._Secret, on_delete=models.CASCADE)  # EXPECT: foreign_key orders->users target=users._Secret

# ALL EXPECTED
from django.db import models


class Item(models.Model):
    buyer = models.ForeignKey("folk.User", on_delete=models.CASCADE)  # EXPECT: foreign_key stock->folk target=folk.User
    shelf = models.ForeignKey("shelves.Shelf", on_delete=models.CASCADE)  # EXPECT: foreign_key stock->shelves target=shelves.Shelf

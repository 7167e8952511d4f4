# ALL EXPECTED
from django.db import models


class Linked(models.Model):
    # Of a library, though a copy of it lies in an environment within the tree.
    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE)

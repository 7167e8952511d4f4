# ALL EXPECTED
from django.db import models


class WriterField(models.ForeignKey):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("to", "writers.Writer")
        kwargs.setdefault("on_delete", models.SET_NULL)
        kwargs.setdefault("null", True)
        super().__init__(*args, **kwargs)


class CascadeKey(models.ForeignKey):
    """A foreign key that cascades unless told otherwise."""

    def __init__(self, to, on_delete=models.CASCADE, **kwargs):
        super().__init__(to, on_delete, **kwargs)


class LooseKey(CascadeKey):
    description = "a key without a constraint"

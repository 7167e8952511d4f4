# ALL EXPECTED
"""Models that are made while a function runs: nothing says how many, or whether at all."""
from django import forms
from django.db import models

from orders.models import Line, Order


class Stamped(models.Model):
    class Meta:
        abstract = True


def history_of(model):
    class History(models.Model):  # UNRESOLVED: function
        of = models.ForeignKey(model, on_delete=models.CASCADE)
        order = models.ForeignKey(Order, on_delete=models.CASCADE)

    return History


class Maker:
    def make(self):
        if self.is_stamped:
            class Copy(Stamped):  # UNRESOLVED: function
                line = models.ForeignKey(Line, on_delete=models.CASCADE)

            return Copy
        return type("Note", (Stamped,), {"order": models.ForeignKey(Order, on_delete=models.CASCADE)})  # UNRESOLVED: function


def by_a_call(name):
    made = type(name, (models.Model,), {"__module__": __name__})  # UNRESOLVED: function
    return made


def no_models(order):
    class Plain:
        order = None

    class Form(forms.Form):
        name = forms.CharField()

    kind = type("Other", (Plain,), {})
    return Plain, Form, kind, type(order)

# ALL EXPECTED
"""Where following ends, it is said: nothing is guessed, nothing is left out in silence."""
import importlib

from django.apps import apps
from django.db import connection, models

from orders.models import Line, Order


def a_model_by_name(label):
    return apps.get_model(label).objects.all()  # UNRESOLVED: model|label|name


def a_path_by_name(field):
    return Line.objects.order_by(field)  # EXPECT: model_access reports->orders; UNRESOLVED: path|lookup|name


def paths_by_dict(where):
    return Order.objects.filter(**where)  # EXPECT: model_access reports->orders; UNRESOLVED: path|lookup|name


def sql_by_name(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)  # UNRESOLVED: sql


def sql_of_a_file(path):
    with connection.cursor() as cursor:
        cursor.execute(path.read_text())  # UNRESOLVED: sql


def a_module_by_name(name):
    return importlib.import_module(f"{name}.models").Order.objects.all()  # UNRESOLVED: module|import|name


def key_to_a_name(name):
    class Late(models.Model):
        other = models.ForeignKey(name, on_delete=models.CASCADE)

    return Late


class Strange(models.Model):
    other = models.ForeignKey("nowhere.Nothing", on_delete=models.CASCADE)
    third = models.ForeignKey(globals()["Or" + "der"], on_delete=models.CASCADE)  # UNRESOLVED: target|model|expression


def a_path_that_is_none():
    return Order.objects.filter(usr__email="x")  # EXPECT: model_access reports->orders; UNRESOLVED: path|lookup|usr

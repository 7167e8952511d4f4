# ALL EXPECTED
import django.apps
from django.apps import apps
from django.apps import apps as registry
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType

Order = apps.get_model("orders", "Order")  # EXPECT: get_model reports->orders target=orders.Order


def by_one_string():
    model = apps.get_model("orders.Line")  # EXPECT: get_model reports->orders target=orders.Line
    return model.objects.count()  # EXPECT: model_access reports->orders target=orders.Line verb=read


def by_keywords():
    return registry.get_model(app_label="catalogue", model_name="product")  # EXPECT: get_model reports->catalogue target=catalogue.Product


def at_once():
    return django.apps.apps.get_model("orders", "Order").objects.first()  # EXPECT: get_model reports->orders; model_access reports->orders target=orders.Order verb=read


def by_the_setting():
    return apps.get_model(settings.AUTH_USER_MODEL).objects.get(pk=1)  # EXPECT: get_model reports->accounts target=accounts.User; model_access reports->accounts target=accounts.User verb=read


def by_split(name="orders.Note"):
    return apps.get_model(*"orders.Note".split("."))  # EXPECT: get_model reports->orders target=orders.Note


def by_its_config():
    return apps.get_app_config("catalogue").get_model("Category")  # EXPECT: get_model reports->catalogue target=catalogue.Category


def by_content_type():
    return ContentType.objects.get(app_label="orders", model="order")  # MAY: get_model reports->orders


def of_the_user():
    return get_user_model().objects.count()  # EXPECT: model_access reports->accounts target=accounts.User verb=read; MAY: get_model reports->accounts


def used():
    return Order.objects.filter(user__email="x")  # EXPECT: model_access reports->orders target=orders.Order verb=read; orm_lookup reports->accounts lookup=user__email


def unknown(label, name):
    return apps.get_model(label, name)  # UNRESOLVED: model|name|label


def unknown_to_the_project():
    return apps.get_model("auth", "Group").objects.all(), apps.get_model("nowhere", "Nothing")


class Warehouse:
    def get_model(self, label, name):
        return label, name


def of_another(warehouse: Warehouse):
    return warehouse.get_model("orders", "Order")

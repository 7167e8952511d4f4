# ALL EXPECTED
"""What functions, methods and properties elsewhere return is followed here."""
from accounts import services
from accounts.services import active_users, each_user, find, names, pair, register, the_admin
from orders.models import Order
from orders.queries import Finder, buyer, finder


def calling_is_no_access():
    register("x")
    services.names()
    return names()[0].upper()


def a_queryset_is_evaluated_here():
    for user in active_users():  # EXPECT: model_access reports->accounts target=accounts.User verb=read
        user.is_staff = True  # MAY: model_access reports->accounts
        user.save()  # EXPECT: model_access reports->accounts target=accounts.User verb=update


def and_asked_more():
    return services.active_users().filter(is_staff=True).count()  # EXPECT: model_access reports->accounts verb=read


def and_counted():
    users = active_users()  # MAY: model_access reports->accounts
    return len(users)  # EXPECT: model_access reports->accounts verb=read


def through_two_functions(name):
    user = find(name)
    user.delete()  # EXPECT: model_access reports->accounts target=accounts.User verb=delete


def through_a_decorator():
    the_admin().save()  # EXPECT: model_access reports->accounts verb=update


def through_a_generator():
    for user in each_user():  # MAY: model_access reports->accounts
        user.save()  # EXPECT: model_access reports->accounts verb=update


def through_a_tuple():
    user, number = pair()
    user.save()  # EXPECT: model_access reports->accounts verb=update
    return number.save()


def through_a_property():
    return finder.late.update(status="lost")  # EXPECT: model_access reports->orders target=orders.Order verb=update


def through_a_method(pk):
    return finder.one(pk).user.email  # EXPECT: model_access reports->accounts target=accounts.User verb=read


def through_a_new_object(pk):
    Finder().one(pk).save()  # EXPECT: model_access reports->orders verb=update


def through_a_factory(pk):
    Finder.build().one(pk).save()  # EXPECT: model_access reports->orders verb=update
    Finder.newest().save()  # EXPECT: model_access reports->orders verb=update


def through_a_relation_elsewhere(pk):
    buyer(pk).save()  # EXPECT: model_access reports->accounts target=accounts.User verb=update


class Report:
    def users(self):
        return active_users()  # MAY: model_access reports->accounts

    @property
    def admins(self):
        return self.users().filter(is_staff=True)  # EXPECT: model_access reports->accounts verb=read

    def rows(self):
        return [user.pk for user in self.admins]  # MAY: model_access reports->accounts


class SmallReport(Report):
    def users(self):
        return super().users().filter(is_active=True)  # EXPECT: model_access reports->accounts verb=read


class Base:
    model = None

    def all(self):
        return self.model.objects.all()  # EXPECT: model_access reports->orders target=orders.Order verb=read


class OrdersOf(Base):
    model = Order  # MAY: model_access reports->orders

# ALL EXPECTED
"""Reverse accessors, told on the line of the accessor's name."""
from django.contrib.auth import get_user_model

from accounts.models import Team, User


def by_the_related_name(pk):
    user = User.objects.get(pk=pk)
    return user.orders.all()  # EXPECT: reverse_accessor accounts->orders target=orders.Order


def by_the_default_name(user: User):
    return user.note_set.count()  # EXPECT: reverse_accessor accounts->orders target=orders.Note


def of_many_to_many(user: User):
    user.watched.clear()  # EXPECT: reverse_accessor accounts->catalogue target=catalogue.Product_watchers verb=delete


def over_several_lines(user: User):
    return (
        user
        .orders  # EXPECT: reverse_accessor accounts->orders target=orders.Order
        .filter(status="paid")
        .order_by("pk")
        .first()  # MAY: model_access accounts->orders; reverse_accessor accounts->orders
    )


def in_a_loop():
    for user in get_user_model().objects.all():
        for order in user.orders.all():  # EXPECT: reverse_accessor accounts->orders
            order.delete()  # EXPECT: model_access accounts->orders target=orders.Order verb=delete cascades=orders.Line,orders.Note,reports.Pinned


def further(user: User):
    line = user.orders.first().lines.first()  # EXPECT: reverse_accessor accounts->orders
    return line.product.name  # EXPECT: model_access accounts->catalogue target=catalogue.Product verb=read


def own_only(user: User, team: Team):
    return user.profile.city, team.members.all(), user.team.members.first().profile


def in_hasattr(user: User):
    return hasattr(user, "licence") and user.licence.number  # EXPECT: reverse_accessor accounts->reports target=reports.Licence


def by_getattr(user: User):
    return getattr(user, "orders").count()  # EXPECT: reverse_accessor accounts->orders


def hidden(user: User):
    # related_name="+": there is no such accessor.
    return user.audit_set


def of_an_abstract_base(user: User):
    return user.reports_memo_written.all()  # EXPECT: reverse_accessor accounts->reports target=reports.Memo


def of_a_form(form):
    return form.orders.all(), form.note_set


class Members:
    def __init__(self, user: User):
        self.user = user
        self.orders = []

    def all(self):
        return self.orders, self.user.orders.all()  # EXPECT: reverse_accessor accounts->orders

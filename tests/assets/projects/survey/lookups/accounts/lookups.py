# ALL EXPECTED
"""From the side that is pointed at: reverse names, given and default."""
from django.db.models import Count, Max

from accounts.models import Profile, Team, User


def by_the_related_name():
    return User.objects.filter(orders__status="paid")  # EXPECT: orm_lookup accounts->orders lookup=orders__status


def by_the_name_itself():
    return User.objects.filter(orders__isnull=True)  # EXPECT: orm_lookup accounts->orders


def by_the_default_name():
    return User.objects.exclude(note__text="")  # EXPECT: orm_lookup accounts->orders lookup=note__text


def by_many_to_many():
    return User.objects.filter(watched__price__gt=3)  # EXPECT: orm_lookup accounts->catalogue


def counted():
    return User.objects.annotate(n=Count("orders"), last=Max("orders__total")).filter(n__gt=3)  # EXPECT: orm_lookup accounts->orders lookup=orders; orm_lookup accounts->orders lookup=orders__total


def prefetched():
    return User.objects.prefetch_related("orders__lines__product", "watched")  # EXPECT: orm_lookup accounts->orders; orm_lookup accounts->catalogue lookup=watched


def of_a_profile():
    return Profile.objects.filter(user__orders__lines__product__category__name="x")  # EXPECT: orm_lookup accounts->orders; orm_lookup accounts->catalogue lookup=user__orders__lines__product__category__name


def of_a_team():
    return Team.teams.big().filter(members__orders__total__gt=9)  # EXPECT: orm_lookup accounts->orders


def of_nothing_else():
    return Team.teams.filter(members__profile__city="x", members__username="y").order_by("members__team")

# ALL EXPECTED
import django_filters
from django_filters import rest_framework as filters

from accounts.models import Team
from orders.models import Order


class OrderFilter(django_filters.FilterSet):
    email = django_filters.CharFilter(field_name="user__email", lookup_expr="icontains")  # EXPECT: orm_lookup orders->accounts lookup=user__email
    status = django_filters.CharFilter()
    product = filters.NumberFilter("lines__product__price")  # EXPECT: orm_lookup orders->catalogue lookup=lines__product__price
    team = django_filters.ModelChoiceFilter(field_name="user__team", queryset=Team.teams.big())  # EXPECT: orm_lookup orders->accounts lookup=user__team; model_access orders->accounts target=accounts.Team
    o = django_filters.OrderingFilter(fields=(("user__username", "name"), ("total", "total")))  # EXPECT: orm_lookup orders->accounts lookup=user__username

    class Meta:
        model = Order
        fields = {
            "status": ["exact"],
            "user__username": ["exact", "contains"],  # EXPECT: orm_lookup orders->accounts lookup=user__username
        }


class ListedFilter(filters.FilterSet):
    class Meta:
        model = Order
        fields = ["user__team", "status"]  # EXPECT: orm_lookup orders->accounts lookup=user__team

# ALL EXPECTED
from rest_framework import filters, viewsets

from orders.models import Order
from orders.serializers import OrderSerializer


class OrderViewSet(viewsets.ModelViewSet):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
    filter_backends = [filters.SearchFilter, filters.OrderingFilter]
    search_fields = ["@user__email", "status"]  # EXPECT: orm_lookup orders->accounts lookup=user__email
    ordering_fields = ["user__username"]  # EXPECT: orm_lookup orders->accounts lookup=user__username
    ordering = ["-user__date_joined"]  # EXPECT: orm_lookup orders->accounts lookup=user__date_joined
    filterset_fields = ["user__team__name", "status"]  # EXPECT: orm_lookup orders->accounts lookup=user__team__name

from rest_framework import viewsets
from rest_framework.permissions import AllowAny

from orders.models import Order, Product
from orders.serializers import OrderSerializer, ProductSerializer


class ProductViewSet(viewsets.ReadOnlyModelViewSet):
    permission_classes = [AllowAny]
    serializer_class = ProductSerializer
    queryset = Product.objects.select_related("category")
    lookup_field = "slug"


class OrderViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = OrderSerializer
    lookup_field = "number"

    def get_queryset(self):
        orders = Order.objects.for_page()
        if self.request.user.is_staff:
            email = self.request.query_params.get("customer")
            return orders.of_customer(email) if email else orders
        return orders.filter(user=self.request.user)

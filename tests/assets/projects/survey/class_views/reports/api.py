# ALL EXPECTED
from rest_framework import generics, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import BasePermission

from accounts.models import User
from orders.models import Line, Order


class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order  # EXPECT: model_access reports->orders target=orders.Order
        fields = ["id", "status"]


class OrderViewSet(viewsets.ModelViewSet):
    queryset = Order.objects.all()  # EXPECT: model_access reports->orders verb=read
    serializer_class = OrderSerializer

    def perform_create(self, serializer):
        serializer.save(status="new")  # EXPECT: model_access reports->orders target=orders.Order

    @action(detail=True)
    def buyer(self, request, pk=None):
        order = self.get_object()  # MAY: model_access reports->orders
        return order.user.email  # EXPECT: model_access reports->accounts target=accounts.User verb=read


class MineViewSet(viewsets.ReadOnlyModelViewSet):
    def get_queryset(self):
        return self.request.user.orders.filter(status="paid")  # EXPECT: reverse_accessor reports->orders; MAY: model_access reports->accounts

    def list(self, request):
        return list(self.get_queryset().values("pk"))  # EXPECT: model_access reports->orders verb=read


class Lines(generics.ListAPIView):
    def get_queryset(self):
        queryset = Line.objects.all()  # EXPECT: model_access reports->orders target=orders.Line verb=read
        if self.request.GET.get("dear"):
            queryset = queryset.filter(quantity__gt=9)  # EXPECT: model_access reports->orders target=orders.Line verb=read
        return queryset


class IsBuyer(BasePermission):
    def has_object_permission(self, request, view, obj):
        return obj.user == request.user  # MAY: model_access reports->accounts


class UserField(serializers.PrimaryKeyRelatedField):
    def get_queryset(self):
        return User.objects.active()  # EXPECT: model_access reports->accounts target=accounts.User verb=read

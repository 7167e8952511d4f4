from rest_framework import serializers

from orders.models import Order, OrderLine, Product
from payments.serializers import PaymentSerializer
from shipping.serializers import ShipmentSerializer


class ProductSerializer(serializers.ModelSerializer):
    category = serializers.CharField(source="category.slug")

    class Meta:
        model = Product
        fields = ["id", "slug", "name", "category", "description", "care", "price", "stock"]


class LineSerializer(serializers.ModelSerializer):
    class Meta:
        model = OrderLine
        fields = ["name", "price", "quantity", "total"]


class OrderSummarySerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = ["number", "status", "total", "created"]


class OrderSerializer(OrderSummarySerializer):
    lines = LineSerializer(many=True)
    payments = PaymentSerializer(many=True)
    shipment = ShipmentSerializer()
    customer = serializers.EmailField(source="user.email")
    city = serializers.CharField(source="address.city", default="")

    class Meta(OrderSummarySerializer.Meta):
        fields = [
            *OrderSummarySerializer.Meta.fields,
            "customer",
            "city",
            "lines",
            "payments",
            "shipment",
        ]

"""Orders, as JSON."""

from rest_framework import serializers

from orders.models import Product


class ProductSerializer(serializers.ModelSerializer):
    category = serializers.CharField(source="category.slug")

    class Meta:
        model = Product
        fields = ["id", "slug", "name", "category", "description", "care", "price", "stock"]


class DestinationSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120)
    street = serializers.CharField(max_length=200)
    postcode = serializers.CharField(max_length=16)
    city = serializers.CharField(max_length=100)


class LineSerializer(serializers.Serializer):
    product = serializers.SlugField()
    quantity = serializers.IntegerField(min_value=1, max_value=999)
    name = serializers.CharField(read_only=True)
    price = serializers.DecimalField(max_digits=8, decimal_places=2, read_only=True)
    total = serializers.DecimalField(max_digits=10, decimal_places=2, read_only=True)


class OrderSerializer(serializers.Serializer):
    checkout = serializers.CharField(max_length=40, write_only=True)
    ship_to = DestinationSerializer()
    lines = LineSerializer(many=True, allow_empty=False)
    number = serializers.CharField(read_only=True)
    status = serializers.CharField(read_only=True)
    total = serializers.DecimalField(max_digits=10, decimal_places=2, read_only=True)
    created = serializers.DateTimeField(read_only=True)


class CardSerializer(serializers.Serializer):
    number = serializers.CharField(max_length=23, write_only=True)
    expires = serializers.CharField(max_length=7, write_only=True)
    cvc = serializers.CharField(max_length=4, write_only=True)

from rest_framework import serializers

from orders.serializers import OrderSummarySerializer
from users.models import Address, User


class AddressSerializer(serializers.ModelSerializer):
    class Meta:
        model = Address
        fields = ["id", "name", "street", "postcode", "city"]


class UserSerializer(serializers.ModelSerializer):
    addresses = AddressSerializer(many=True, read_only=True)
    recent_orders = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["id", "email", "first_name", "newsletter", "addresses", "recent_orders"]
        read_only_fields = ["email"]

    def get_recent_orders(self, user):
        return OrderSummarySerializer(user.orders.order_by("-id")[:5], many=True).data

# ALL EXPECTED
from rest_framework import serializers

from accounts.models import User
from orders.models import Line, Order


class UserSerializer(serializers.ModelSerializer):
    class Meta:
        model = User  # EXPECT: model_access orders->accounts target=accounts.User
        fields = ["username"]


class LineSerializer(serializers.ModelSerializer):
    product_name = serializers.CharField(source="product.name", read_only=True)  # EXPECT: orm_lookup orders->catalogue
    category = serializers.ReadOnlyField(source="product.category.name")  # EXPECT: orm_lookup orders->catalogue

    class Meta:
        model = Line
        fields = ["product_name", "quantity", "product"]  # MAY: orm_lookup orders->catalogue


class OrderSerializer(serializers.ModelSerializer):
    user = UserSerializer()  # EXPECT: orm_lookup orders->accounts lookup=user
    team = serializers.SlugRelatedField(source="user.team", slug_field="name", read_only=True)  # EXPECT: orm_lookup orders->accounts
    lines = LineSerializer(many=True)
    shouted = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields = ["user", "team", "lines", "shouted"]  # MAY: orm_lookup orders->accounts

    def get_shouted(self, obj):
        return obj.user.username.upper()  # EXPECT: model_access orders->accounts verb=read

    def create(self, validated_data):
        user = User.objects.create(username="x")  # EXPECT: model_access orders->accounts verb=create
        return Order.objects.create(user=user, **validated_data)

    def update(self, instance, validated_data):
        instance.user.save()  # EXPECT: model_access orders->accounts target=accounts.User verb=update
        return super().update(instance, validated_data)


class Plain(serializers.Serializer):
    # Of no model: the source may be anything.
    name = serializers.CharField(source="user.name")

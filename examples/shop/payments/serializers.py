"""Payments, as JSON."""

from rest_framework import serializers

from payments.models import Payment


class PaymentSerializer(serializers.ModelSerializer):
    class Meta:
        model = Payment
        fields = ["id", "number", "amount", "status", "reference", "created"]

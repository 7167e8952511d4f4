"""Parcels, as JSON."""

from rest_framework import serializers

from shipping.models import Shipment, TrackingStep


class StepSerializer(serializers.ModelSerializer):
    class Meta:
        model = TrackingStep
        fields = ["at", "text"]


class ShipmentSerializer(serializers.ModelSerializer):
    carrier = serializers.CharField(source="carrier.name")
    steps = StepSerializer(many=True)

    class Meta:
        model = Shipment
        fields = ["number", "carrier", "tracking_code", "delivered_at", "steps"]

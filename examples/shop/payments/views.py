"""The REST API of payments."""

from django.db.models import QuerySet
from rest_framework import viewsets

from payments.models import Payment
from payments.serializers import PaymentSerializer


class PaymentViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = PaymentSerializer

    def get_queryset(self) -> QuerySet[Payment]:
        payments = Payment.objects.all()
        if self.request.user.is_staff:
            return payments
        return payments.filter(user_id=self.request.user.pk)

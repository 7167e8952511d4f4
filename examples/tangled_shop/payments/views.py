from rest_framework import viewsets

from payments.models import Payment
from payments.serializers import PaymentSerializer


class PaymentViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = PaymentSerializer

    def get_queryset(self):
        payments = Payment.objects.select_related("order")
        if self.request.user.is_staff:
            return payments
        return payments.of_user(self.request.user)

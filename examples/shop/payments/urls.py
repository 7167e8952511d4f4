"""/api/payments/"""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from payments.views import PaymentViewSet

router = SimpleRouter()
router.register("", PaymentViewSet, basename="payment")

urlpatterns = [path("", include(router.urls))]

"""/api/shipping/"""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from shipping.views import ShipmentViewSet

router = SimpleRouter()
router.register("", ShipmentViewSet, basename="shipment")

urlpatterns = [path("", include(router.urls))]

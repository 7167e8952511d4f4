"""/api/orders/"""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from orders.views import OrderViewSet, ProductViewSet

router = SimpleRouter()
router.register("products", ProductViewSet)
router.register("", OrderViewSet, basename="order-api")

urlpatterns = [path("", include(router.urls))]

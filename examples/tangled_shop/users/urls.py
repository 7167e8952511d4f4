from django.urls import include, path
from rest_framework.routers import SimpleRouter

from users.views import AddressViewSet, MeView

router = SimpleRouter()
router.register("addresses", AddressViewSet, basename="address")

urlpatterns = [path("me/", MeView.as_view()), path("", include(router.urls))]

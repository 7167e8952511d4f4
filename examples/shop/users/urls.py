"""/api/users/"""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from users.views import AddressViewSet, MeView, RegisterView, TokenView

router = SimpleRouter()
router.register("addresses", AddressViewSet, basename="address")

urlpatterns = [
    path("register/", RegisterView.as_view()),
    path("token/", TokenView.as_view()),
    path("me/", MeView.as_view()),
    path("", include(router.urls)),
]

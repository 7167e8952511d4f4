from django.urls import include, path
from rest_framework.routers import DefaultRouter

from accounts import views

app_name = "accounts"
router = DefaultRouter()
router.register("teams", views.TeamViewSet, basename="team")
urlpatterns = [
    path("login/", views.login, name="login"),
    path("<int:pk>/", views.detail, name="detail"),
    path("api/", include(router.urls)),
]

"""The addresses of the office."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("banyan.identity.urls")),
    path("admin/", admin.site.urls),
    path("api/orders/", include("orders.urls")),
]

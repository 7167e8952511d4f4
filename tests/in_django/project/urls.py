"""The addresses of the Django project that the tests run in."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("banyan/", include("banyan.calls.urls")),
]

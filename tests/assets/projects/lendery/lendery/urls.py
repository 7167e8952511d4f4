"""The addresses of the whole lendery, in every service."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

urlpatterns = [
    path("admin/", admin.site.urls),
    path("loans/", include("loans.urls")),
    path("catalogue/", include("catalogue.urls")),
    path("about/", TemplateView.as_view(template_name="about.html"), name="about"),
]

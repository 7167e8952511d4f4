"""The bakery's addresses: every path answers with what arrived."""

from django.urls import path, re_path

from bakery import views

urlpatterns = [
    path("api/ovens/breads", views.breads),
    path("api/ovens/slow", views.slow),
    path("api/ovens/broken", views.broken),
    re_path("", views.echo),
]

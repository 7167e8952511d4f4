"""The addresses of the catalogue; the second is a view of Django's, which is in no module."""

from django.urls import path
from django.views.generic import RedirectView

from catalogue import views

urlpatterns = [
    path("", views.TitleList.as_view(), name="titles"),
    path("old/", RedirectView.as_view(url="/catalogue/"), name="old-titles"),
]

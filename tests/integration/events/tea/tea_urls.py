"""One page: pour a cup."""

from counter.views import pour
from django.urls import path

urlpatterns = [path("pour/", pour)]

"""The depot's pages."""

from django.urls import path
from django.views.generic import ListView
from goods.models import Item
from sales import views

urlpatterns = [
    path("buyers/", views.buyers),
    path("buyers/later/", views.buyers_later),
    path("buyers/page/", views.buyers_on_a_page),
    path("items/", ListView.as_view(model=Item, allow_empty=False)),
]

"""No module imports it: it puts the modules together, and may know them all."""

from django.urls import path

from orders.models import Order
from orders.views import checkout

urlpatterns = [path("checkout/", checkout, {"of": Order})]

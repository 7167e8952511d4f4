"""Every address of the shop; a service answers for those of its own modules."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/users/", include("users.urls")),
    path("api/orders/", include("orders.urls")),
    path("api/payments/", include("payments.urls")),
    path("api/shipping/", include("shipping.urls")),
    path("banyan/", include("banyan.calls.urls")),
    path("", include("banyan.identity.urls")),
    path("", include("storefront.urls")),
]

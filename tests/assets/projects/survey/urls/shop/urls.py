from django.contrib import admin
from django.urls import include, path, re_path

from reports import views as report_views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("staff/", include("accounts.urls", namespace="staff")),
    re_path(r"^orders/", include(("orders.urls", "orders"))),
    path("reports/", include("reports.urls")),
    path("sums/", report_views.sums, name="sums"),
]

"""``path("banyan/", include("banyan.calls.urls"))``: the endpoint, live and ready."""

from django.db import connections, transaction
from django.urls import path

from banyan.calls import views

app_name = "banyan"

# A command owns its transaction, so ATOMIC_REQUESTS must not put one around it, on any database.
_call = views.call
for _alias in connections:
    _call = transaction.non_atomic_requests(using=_alias)(_call)

urlpatterns = [
    path("live", views.live, name="live"),
    path("ready", views.ready, name="ready"),
    path("<str:service>/<str:method>", _call, name="call"),
]

"""To be included at the root: ``path("", include("banyan.identity.urls"))``."""

from django.urls import path

from banyan.identity.views import end, keys, renew

urlpatterns = [
    path(".well-known/jwks.json", keys, name="banyan_identity_keys"),
    path(".well-known/banyan/logins/renew", renew, name="banyan_identity_renew"),
    path(".well-known/banyan/logins/end", end, name="banyan_identity_end"),
]

"""The addresses of the pages."""

from django.urls import path

from storefront.views import account, catalogue, checkout, orders

urlpatterns = [
    path("", catalogue.browse, name="catalogue"),
    path("plants/<slug:slug>/", catalogue.product, name="product"),
    path("plants/<slug:slug>/watch/", catalogue.watch, name="watch"),
    path("cart/", catalogue.cart, name="cart"),
    path("cart/add/<slug:slug>/", catalogue.cart_add, name="cart_add"),
    path("cart/remove/<slug:slug>/", catalogue.cart_remove, name="cart_remove"),
    path("checkout/", checkout.check_out, name="checkout"),
    path("orders/", orders.overview, name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/pay/", checkout.pay_now, name="pay"),
    path("orders/<str:number>/cancel/", orders.cancel, name="cancel"),
    path("orders/<str:number>/tracking/", orders.tracking, name="tracking"),
    path("register/", account.register, name="register"),
    path("login/", account.log_in, name="login"),
    path("logout/", account.log_out, name="logout"),
]

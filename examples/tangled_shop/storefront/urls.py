from django.urls import path

from storefront import views

urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("plants/<slug:slug>/", views.product, name="product"),
    path("plants/<slug:slug>/watch/", views.watch, name="watch"),
    path("cart/", views.cart, name="cart"),
    path("cart/add/<slug:slug>/", views.cart_add, name="cart_add"),
    path("cart/remove/<slug:slug>/", views.cart_remove, name="cart_remove"),
    path("checkout/", views.checkout, name="checkout"),
    path("orders/", views.orders, name="orders"),
    path("orders/<str:number>/", views.order, name="order"),
    path("orders/<str:number>/tracking/", views.tracking, name="tracking"),
    path("register/", views.register, name="register"),
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
]

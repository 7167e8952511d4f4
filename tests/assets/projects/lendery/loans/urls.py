"""The addresses of the loans."""

from django.urls import path

from loans import views

urlpatterns = [
    path("", views.number_of_loans, name="loans"),
    path("async/", views.number_of_loans_async, name="loans-async"),
]

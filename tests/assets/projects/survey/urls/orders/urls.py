from django.urls import path

from orders import views

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.Detail.as_view(), name="detail"),
]

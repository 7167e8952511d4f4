# ALL EXPECTED, code too
from django.urls import reverse
from rest_framework import viewsets


class TeamViewSet(viewsets.ViewSet):
    pass


def login(request):
    return reverse("accounts:detail", args=[3])


def detail(request, pk):
    return pk

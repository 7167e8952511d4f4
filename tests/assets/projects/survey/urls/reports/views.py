# ALL EXPECTED, code too
from django.contrib.auth.decorators import user_passes_test
from django.urls import reverse as url


def index(request):
    return url("orders:detail", args=[3])  # EXPECT: url_reverse reports->orders


def sums(request):
    return url("report-list")

import requests
from django.conf import settings


def charge(amount):
    requests.post("https://cards.example/charge", json=amount)  # EXPECT: E113, E114
    requests.post("https://cards.example/refund", timeout=3)  # EXPECT: E113
    requests.post(settings.CARDS + "/charge")  # EXPECT: E114
    requests.post(settings.CARDS + "/charge", timeout=3)

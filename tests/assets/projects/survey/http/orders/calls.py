# ALL EXPECTED, code too
"""A call is told on the line of the method, with what its host is and whether it has a timeout."""
import os
import urllib.request
from urllib.request import Request, urlopen

import aiohttp
import httpx
import requests
import urllib3
from django.conf import settings
from requests import get as fetch
from requests.adapters import HTTPAdapter

BASE = "https://rates.example/v1"
SMS_URL = os.environ["SMS_URL"]
session = requests.Session()


def hard_coded():
    requests.get("https://rates.example/today")  # EXPECT: http_call orders->* host=hard-coded timeout=False
    requests.post("https://rates.example/today", json={}, timeout=3)  # EXPECT: http_call orders->* host=hard-coded timeout=True
    return requests.get(BASE + "/today", timeout=(3, 5))  # EXPECT: http_call orders->* host=hard-coded timeout=True


def by_format(day):
    requests.get(f"https://rates.example/{day}", timeout=None)  # EXPECT: http_call orders->* host=hard-coded timeout=False
    requests.get("https://rates.example/%s" % day)  # EXPECT: http_call orders->* host=hard-coded timeout=False
    return requests.get("{}/{}".format(BASE, day))  # EXPECT: http_call orders->* host=hard-coded timeout=False


def from_settings(pk):
    url = f"{settings.STOCK_URL}/items/{pk}"
    requests.put(url, json={})  # EXPECT: http_call orders->* host=settings timeout=False
    return requests.get(settings.PAY_URL, timeout=3)  # EXPECT: http_call orders->* host=settings timeout=True


def from_the_environment():
    requests.delete(SMS_URL)  # EXPECT: http_call orders->* host=environment timeout=False
    requests.get(os.getenv("SMS_URL") + "/x")  # EXPECT: http_call orders->* host=environment timeout=False
    return requests.head(os.environ.get("SMS_URL", "x"))  # EXPECT: http_call orders->* host=environment


def unknown(url, options):
    requests.request("GET", url)  # EXPECT: http_call orders->* host=unknown timeout=False
    requests.get(url, **options)  # EXPECT: http_call orders->* host=unknown
    return fetch(url, timeout=3)  # EXPECT: http_call orders->* host=unknown timeout=True


def over_several_lines(number):
    return (
        requests
        .post(  # EXPECT: http_call orders->* host=hard-coded timeout=True
            "https://pay.example/charge",
            json={"number": number},
            timeout=10,
        )
        .json()["id"]
    )


def with_a_session():
    session.get("https://rates.example")  # EXPECT: http_call orders->* host=hard-coded timeout=False
    with requests.Session() as s:
        s.mount("https://", HTTPAdapter())
        s.post("https://rates.example", timeout=3)  # EXPECT: http_call orders->* host=hard-coded timeout=True


class Client:
    def __init__(self, base_url=settings.STOCK_URL):
        self.http = httpx.Client(base_url=settings.STOCK_URL, timeout=3)
        self.session = requests.Session()

    def items(self):
        return self.http.get("/items")  # EXPECT: http_call orders->* host=settings timeout=True

    def rates(self):
        return self.session.get("https://rates.example")  # EXPECT: http_call orders->* host=hard-coded timeout=False


async def with_httpx():
    httpx.get("https://rates.example", timeout=3)  # EXPECT: http_call orders->* host=hard-coded timeout=True
    # httpx waits five seconds unless told otherwise.
    httpx.post("https://rates.example")  # EXPECT: http_call orders->* host=hard-coded timeout=True
    httpx.get("https://rates.example", timeout=None)  # EXPECT: http_call orders->* host=hard-coded timeout=False
    async with httpx.AsyncClient() as client:
        await client.get("https://rates.example")  # EXPECT: http_call orders->* host=hard-coded timeout=True


async def with_aiohttp(url):
    # aiohttp waits five minutes unless told otherwise.
    async with aiohttp.ClientSession() as client:
        async with client.get("https://rates.example") as answer:  # EXPECT: http_call orders->* host=hard-coded
            await answer.json()
        await client.post(url, timeout=aiohttp.ClientTimeout(total=3))  # EXPECT: http_call orders->* host=unknown timeout=True


def with_urllib3():
    pool = urllib3.PoolManager()
    pool.request("GET", "https://rates.example")  # EXPECT: http_call orders->* host=hard-coded timeout=False
    pool.urlopen("GET", "https://rates.example", timeout=3)  # EXPECT: http_call orders->* host=hard-coded timeout=True
    urllib3.request("GET", "https://rates.example", timeout=3)  # EXPECT: http_call orders->* host=hard-coded timeout=True


def with_the_standard_library():
    urllib.request.urlopen("https://rates.example")  # MAY: http_call orders->*
    urlopen(Request("https://rates.example"), timeout=3)  # MAY: http_call orders->*


def no_calls(request, cache, queryset):
    # Words of others.
    request.GET.get("https://rates.example")
    cache.get("https://rates.example")
    queryset.get(url="https://rates.example")
    {"https://rates.example": 3}.get("https://rates.example")
    requests.compat.urlparse("https://rates.example")
    return requests.exceptions.Timeout, requests.codes.ok

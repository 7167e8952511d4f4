# ALL EXPECTED
"""Dictionaries, elements and sessions that speak like rows."""
import json


def of_a_session(request):
    request.session["user"] = 3
    request.session.save()
    request.session.delete("x")
    return request.GET.get("user__email"), request.POST.getlist("orders")


def of_a_cache(cache, order):
    cache.get(order)
    cache.delete("orders.Order")
    return cache.get_or_create("accounts.User")


def of_a_file(path):
    data = json.loads(path.read_text())
    return data["user"]["orders"][0]["product"]


def of_a_query_builder(table):
    return table.objects.filter(table.user.email == 3).all().first()


def of_a_set(orders: set):
    orders.update({3})
    return orders.union({4})


def format_user(user):
    return f"{user.username} {user.email}"

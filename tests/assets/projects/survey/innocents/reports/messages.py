# ALL EXPECTED
"""Dictionaries, elements and sessions that speak like rows."""
import json
import sqlite3
import subprocess


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


def of_another_database(path):
    connection = sqlite3.connect(path)
    cursor = connection.cursor()
    cursor.execute("SELECT * FROM orders_order")
    return cursor.fetchall()


def execute(command):
    return subprocess.run(command, check=True)


def of_a_program():
    execute("DELETE FROM orders_order")
    return execute(["git", "update", "orders_order"])


def of_a_search_engine(es):
    return es.search(index="orders").filter("term", user__email="x").execute()


def of_a_mongo_collection(db):
    return db.orders.find({"user": 3}), db.orders.update({"a": 1}), db.accounts_user.delete()


class Form:
    user = None
    fields = ["user__email"]

    def save(self):
        return self.user.save()


def of_a_form_of_this_file():
    form = Form()
    form.save()
    return form.user.email

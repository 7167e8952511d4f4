"""A block is told on the line of `atomic`, once for each other app whose tables it writes."""
# ALL EXPECTED
from contextlib import ExitStack, contextmanager

from asgiref.sync import sync_to_async
from django.db import connection, connections, transaction
from django.db.transaction import atomic
from django.utils.decorators import method_decorator
from django.views.generic import View

from accounts.models import Team, User
from catalogue.models import Product
from checkout import steps
from checkout.steps import reserve, settle
from orders.models import Line, Order


def with_a_block(user_id):
    with transaction.atomic():  # EXPECT: transaction checkout->orders; transaction checkout->accounts
        order = Order.objects.create(user_id=user_id, status="new")  # EXPECT: model_access checkout->orders target=orders.Order verb=create
        User.objects.filter(pk=user_id).update(is_active=True)  # EXPECT: model_access checkout->accounts verb=update
    return order


@transaction.atomic  # EXPECT: transaction checkout->orders; transaction checkout->catalogue
def by_a_decorator(pk):
    Order.objects.filter(pk=pk).delete()  # EXPECT: model_access checkout->orders verb=delete
    Product.objects.update(price=0)  # EXPECT: model_access checkout->catalogue verb=update


@atomic(using="default", savepoint=False)  # EXPECT: transaction checkout->orders; transaction checkout->catalogue
def by_a_called_decorator(pk):
    Line.objects.create(order_id=pk, product_id=1)  # EXPECT: model_access checkout->orders target=orders.Line verb=create
    Product.objects.update(price=0)  # EXPECT: model_access checkout->catalogue verb=update


def durable():
    with transaction.atomic(durable=True):  # EXPECT: transaction checkout->orders; transaction checkout->accounts
        Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update
        Team.teams.update(size=3)  # EXPECT: model_access checkout->accounts target=accounts.Team verb=update


def through_functions(pk):
    with transaction.atomic():  # EXPECT: transaction checkout->orders; transaction checkout->catalogue
        Order.objects.filter(pk=pk).update(status="x")  # EXPECT: model_access checkout->orders verb=update
        reserve(pk)


def two_modules_away(pk):
    with atomic():  # EXPECT: transaction checkout->accounts; transaction checkout->orders
        settle(pk)


def through_another_apps_function(name):
    from accounts.services import register

    with transaction.atomic():  # EXPECT: transaction checkout->accounts; transaction checkout->orders
        user = register(name)
        user.orders.create(status="new")  # EXPECT: reverse_accessor checkout->orders


def nested(pk):
    with transaction.atomic():  # EXPECT: transaction checkout->orders; transaction checkout->catalogue
        Order.objects.filter(pk=pk).update(status="x")  # EXPECT: model_access checkout->orders verb=update
        with transaction.atomic():
            Product.objects.update(price=1)  # EXPECT: model_access checkout->catalogue verb=update


def with_two_managers(path):
    with open(path) as lines, transaction.atomic():  # EXPECT: transaction checkout->orders; transaction checkout->catalogue
        for line in lines:
            Order.objects.create(status=line)  # EXPECT: model_access checkout->orders verb=create
            Product.objects.create(name=line)  # EXPECT: model_access checkout->catalogue verb=create


def in_brackets(path):
    with (
        open(path) as lines,
        transaction.atomic(),  # EXPECT: transaction checkout->orders; transaction checkout->catalogue
    ):
        Order.objects.create(status=lines)  # EXPECT: model_access checkout->orders verb=create
        Product.objects.create(name="x")  # EXPECT: model_access checkout->catalogue verb=create


def through_instances(order: Order):
    with transaction.atomic():  # EXPECT: transaction checkout->orders; transaction checkout->accounts
        order.user.save()  # EXPECT: model_access checkout->accounts verb=update
        order.save()  # EXPECT: model_access checkout->orders verb=update


def one_app_only(pk):
    with transaction.atomic():
        order = Order.objects.create(user_id=pk, status="new")  # EXPECT: model_access checkout->orders verb=create
        Line.objects.create(order=order, product_id=3)  # EXPECT: model_access checkout->orders verb=create


def only_read_beside(pk):
    with transaction.atomic():
        user = User.objects.get(pk=pk)  # EXPECT: model_access checkout->accounts verb=read
        Order.objects.create(user=user, status="new")  # EXPECT: model_access checkout->orders verb=create


def outside_of_it(pk):
    with transaction.atomic():
        Order.objects.filter(pk=pk).update(status="x")  # EXPECT: model_access checkout->orders verb=update
    Product.objects.update(price=1)  # EXPECT: model_access checkout->catalogue verb=update


def without(pk):
    Order.objects.filter(pk=pk).update(status="x")  # EXPECT: model_access checkout->orders verb=update
    Product.objects.update(price=1)  # EXPECT: model_access checkout->catalogue verb=update


def after_it(pk):
    with transaction.atomic():
        Order.objects.filter(pk=pk).update(status="x")  # EXPECT: model_access checkout->orders verb=update
        transaction.on_commit(lambda: reserve(pk))
        transaction.on_commit(steps.after)


class Page:
    @transaction.atomic  # EXPECT: transaction checkout->orders; transaction checkout->catalogue
    def post(self, request):
        self.first()
        self.second()

    def first(self):
        Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update

    def second(self):
        Product.objects.update(price=3)  # EXPECT: model_access checkout->catalogue verb=update


def by_a_stack(pk):
    with ExitStack() as stack:
        stack.enter_context(transaction.atomic())  # EXPECT: transaction checkout->orders; transaction checkout->catalogue
        Order.objects.filter(pk=pk).update(status="x")  # EXPECT: model_access checkout->orders verb=update
        Product.objects.update(price=1)  # EXPECT: model_access checkout->catalogue verb=update


def by_a_block_of_its_own(pk):
    with whole():  # MAY: transaction checkout->orders; transaction checkout->catalogue
        Order.objects.filter(pk=pk).update(status="x")  # EXPECT: model_access checkout->orders verb=update
        Product.objects.update(price=1)  # EXPECT: model_access checkout->catalogue verb=update


@contextmanager
def whole():
    with transaction.atomic():  # MAY: transaction checkout->orders; transaction checkout->catalogue
        yield


@method_decorator(transaction.atomic, name="dispatch")  # EXPECT: transaction checkout->orders; transaction checkout->accounts
class Whole(View):
    def post(self, request):
        Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update
        return self.users()

    def users(self):
        return User.objects.update(email="")  # EXPECT: model_access checkout->accounts verb=update


class Part(View):
    @method_decorator(transaction.atomic())  # EXPECT: transaction checkout->orders; transaction checkout->accounts
    def post(self, request):
        Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update
        return User.objects.update(email="")  # EXPECT: model_access checkout->accounts verb=update


async def awaited(pk):
    await sync_to_async(by_a_decorator)(pk)


@sync_to_async
@transaction.atomic  # EXPECT: transaction checkout->orders; transaction checkout->accounts
def in_a_thread():
    Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update
    User.objects.update(email="")  # EXPECT: model_access checkout->accounts verb=update


def written_by_sql():
    with transaction.atomic():  # EXPECT: transaction checkout->orders; transaction checkout->catalogue
        Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update
        with connection.cursor() as cursor:
            cursor.execute("UPDATE catalogue_product SET price = 3")  # EXPECT: raw_sql checkout->catalogue table=catalogue_product


def written_by_sql_from_parts(number):
    with transaction.atomic():  # EXPECT: transaction checkout->orders; transaction checkout->catalogue
        Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {Product._meta.db_table} SET price = {number}")  # EXPECT: raw_sql checkout->catalogue table=catalogue_product


def written_by_sql_elsewhere():
    with transaction.atomic():  # GAP: transaction checkout->orders; transaction checkout->accounts
        run_sql("DELETE FROM accounts_user WHERE email = %s", "")  # EXPECT: raw_sql checkout->accounts table=accounts_user
        Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update


def run_sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@transaction.atomic  # EXPECT: transaction checkout->orders target=orders.Order; transaction checkout->catalogue
def written_by_sql_within_sql():
    with connection.cursor() as cursor:
        cursor.executemany(  # EXPECT: raw_sql checkout->orders; raw_sql checkout->accounts
            "WITH gone AS (DELETE FROM orders_order WHERE status = %s RETURNING id) "
            "SELECT id FROM gone JOIN accounts_user ON true",
            [["old"], ["x"]],
        )
        cursor.execute("INSERT INTO catalogue_product (name) SELECT email FROM accounts_user")  # EXPECT: raw_sql checkout->catalogue; raw_sql checkout->accounts


def read_by_sql():
    with transaction.atomic():  # EXPECT-NONE
        Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM catalogue_product FOR UPDATE")  # EXPECT: raw_sql checkout->catalogue


def in_another_database():
    with transaction.atomic():  # EXPECT-NONE
        Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update
        with connections["archive"].cursor() as cursor:
            cursor.execute("UPDATE catalogue_product SET price = 3")  # EXPECT: raw_sql checkout->catalogue


def one_of_two_texts(flag):
    statement = "UPDATE catalogue_product SET price = 3" if flag else "UPDATE accounts_user SET email = ''"
    with transaction.atomic():  # EXPECT-NONE
        Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update
        with connection.cursor() as cursor:
            cursor.execute(statement)  # MAY: raw_sql checkout->catalogue; raw_sql checkout->accounts


def cascading(pk):
    # The deletion writes the tables of orders too.
    with transaction.atomic():  # EXPECT: transaction checkout->accounts; transaction checkout->catalogue; MAY: transaction checkout->orders
        User.objects.filter(pk=pk).delete()  # EXPECT: model_access checkout->accounts verb=delete
        Product.objects.update(price=3)  # EXPECT: model_access checkout->catalogue verb=update


class NotDjangos:
    def atomic(self):
        return self


def of_another(lock: NotDjangos):
    with lock.atomic():
        Order.objects.update(status="x")  # EXPECT: model_access checkout->orders verb=update
        Product.objects.update(price=3)  # EXPECT: model_access checkout->catalogue verb=update

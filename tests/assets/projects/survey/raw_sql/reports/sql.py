# ALL EXPECTED
"""SQL is told on the line of the method that runs it."""
from textwrap import dedent

from django.db import connection, connections, transaction
from django.db.models.expressions import RawSQL

from accounts.models import User
from orders.models import Order
from reports.models import Daily

COUNT = "SELECT count(*) FROM orders_order WHERE status = %s"
PARTS = (
    "SELECT u.email, count(*) "
    "FROM accounts_user u "
    "JOIN orders_order o ON o.user_id = u.id "
    "GROUP BY u.email"
)
NEVER_RUN = "SELECT * FROM catalogue_product"


def plain():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM orders_order")  # EXPECT: raw_sql reports->orders table=orders_order target=orders.Order
        return cursor.fetchall()


def by_a_constant(status):
    cursor = connection.cursor()
    cursor.execute(COUNT, [status])  # EXPECT: raw_sql reports->orders table=orders_order
    cursor.execute(PARTS)  # EXPECT: raw_sql reports->orders table=orders_order; raw_sql reports->accounts table=accounts_user


def over_several_lines():
    with connections["replica"].cursor() as c:
        c.execute(  # EXPECT: raw_sql reports->accounts table=accounts_team; raw_sql reports->catalogue table=catalogue_product_watchers
            """
            -- orders_order is only spoken of here
            SELECT t.name, 'catalogue_category'
            FROM "accounts_team" AS t, catalogue_product_watchers w
            WHERE t.id > %s /* and catalogue_category here */
            """,
            [3],
        )


def written():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE `orders_order` SET status = 'x' WHERE id = %(id)s", {"id": 3})  # EXPECT: raw_sql reports->orders table=orders_order
        cursor.execute("DELETE FROM public.orders_line")  # EXPECT: raw_sql reports->orders table=orders_line
        cursor.executemany("INSERT INTO orders_note (text, order_id) VALUES (%s, %s)", [("x", 1)])  # EXPECT: raw_sql reports->orders table=orders_note
        cursor.execute("TRUNCATE TABLE accounts_profile")  # EXPECT: raw_sql reports->accounts table=accounts_profile


def with_a_common_table():
    with connection.cursor() as cursor:
        # The name of the expression hides the table's.
        cursor.execute("WITH orders_order AS (SELECT day FROM daily) SELECT * FROM orders_order")
        cursor.execute("WITH x AS (SELECT * FROM orders_order) SELECT * FROM x JOIN daily USING (id)")  # EXPECT: raw_sql reports->orders table=orders_order


def within():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM daily WHERE id IN (SELECT id FROM catalogue_category)")  # EXPECT: raw_sql reports->catalogue table=catalogue_category


def by_format(status):
    sql = "SELECT * FROM {table} WHERE id = 1".format(table="orders_order")
    with connection.cursor() as cursor:
        cursor.execute(sql)  # EXPECT: raw_sql reports->orders table=orders_order
        cursor.execute(f"SELECT * FROM orders_order WHERE status = '{status}'")  # EXPECT: raw_sql reports->orders table=orders_order
        cursor.execute("SELECT * FROM %s" % "accounts_user")  # EXPECT: raw_sql reports->accounts table=accounts_user


def by_the_models_own_word():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Order._meta.db_table}")  # EXPECT: raw_sql reports->orders table=orders_order
        cursor.execute("SELECT * FROM %s" % User._meta.db_table)  # EXPECT: raw_sql reports->accounts table=accounts_user


def by_steps(status=None):
    sql = "SELECT * FROM orders_order o"
    if status:
        sql += " JOIN accounts_user u ON u.id = o.user_id"
    with connection.cursor() as cursor:
        cursor.execute(sql)  # EXPECT: raw_sql reports->orders table=orders_order; raw_sql reports->accounts table=accounts_user


def run(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)  # MAY: raw_sql reports->orders
        return cursor.fetchall()


def through_a_function():
    return run("SELECT * FROM orders_order")  # EXPECT: raw_sql reports->orders


def unknown(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # UNRESOLVED: sql|table


def at_once():
    connection.cursor().execute("DELETE FROM orders_order")  # EXPECT: raw_sql reports->orders table=orders_order


class Table:
    sql = "SELECT * FROM orders_order"

    def __init__(self):
        self.cursor = connection.cursor()

    def rows(self):
        self.cursor.execute(self.sql)  # EXPECT: raw_sql reports->orders table=orders_order
        return self.cursor.fetchall()


def over_sqls(name):
    statements = ["DELETE FROM orders_note", "DELETE FROM accounts_profile"]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)  # EXPECT: raw_sql reports->orders table=orders_note; raw_sql reports->accounts table=accounts_profile


def by_textwrap():
    with connection.cursor() as cursor:
        cursor.execute(  # EXPECT: raw_sql reports->orders table=orders_order
            dedent(
                """
                SELECT count(*) FROM orders_order
                """
            )
        )


def in_upper_case_and_quoted():
    with connection.cursor() as cursor:
        cursor.execute('select * from ORDERS_ORDER as o left outer join "public"."accounts_user" using (id)')  # EXPECT: raw_sql reports->orders; raw_sql reports->accounts


def own_only():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM daily JOIN stats.named USING (id)")
        cursor.execute("SELECT 'orders_order', 1 AS accounts_user")
        cursor.execute("VACUUM")


def by_raw():
    return Daily.objects.raw("SELECT d.* FROM daily d JOIN orders_order o ON o.id = d.id")  # EXPECT: raw_sql reports->orders table=orders_order


def by_raw_of_another():
    return User.objects.raw("SELECT * FROM accounts_user")  # EXPECT: raw_sql reports->accounts table=accounts_user; MAY: model_access reports->accounts


def by_extra():
    return Daily.objects.extra(  # EXPECT: raw_sql reports->orders table=orders_order; raw_sql reports->accounts table=accounts_team
        select={"orders": "SELECT count(*) FROM orders_order"},
        tables=["accounts_team"],
        where=["accounts_team.id = daily.id"],
    )


def by_an_expression():
    return Daily.objects.annotate(n=RawSQL("SELECT count(*) FROM catalogue_product", ()))  # EXPECT: raw_sql reports->catalogue table=catalogue_product


def of_another_library(session):
    # No cursor of Django's: who knows which database that is.
    session.execute("SELECT * FROM orders_order")  # MAY: raw_sql reports->orders
    print("SELECT * FROM orders_order")


def in_a_transaction():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM orders_order FOR UPDATE")  # EXPECT: raw_sql reports->orders table=orders_order


def not_sql():
    with connection.cursor() as cursor:
        cursor.execute("SELEC orders_order FRM")  # MAY: raw_sql reports->orders

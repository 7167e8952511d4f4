"""What ties modules by their code is seen, and told on its line."""

import pytest
from tests.unit.survey.projects import Project, shop, told

from banyan.survey.facts import Coupling, Place
from banyan.survey.kinds.get_model import get_model
from banyan.survey.kinds.http_calls import http_calls
from banyan.survey.kinds.imports import imports, reaches
from banyan.survey.kinds.migrations import migrations
from banyan.survey.kinds.raw_sql import SqlReader, raw_sql, runners
from banyan.survey.kinds.tasks import TaskIndex, declared_tasks, tasks
from banyan.survey.kinds.urls import template_urls, urls
from banyan.survey.routes import find_routes
from banyan.survey.shared import reached, shared_code


def imports_of(project: Project) -> list[Coupling]:
    return [
        one
        for each in project.outlines()
        for one in imports(project.territory, each, reaches(project.names, each))
        if isinstance(one, Coupling)
    ]


@pytest.mark.parametrize(
    ("statement", "target", "face"),
    [
        ("from users.models import User", "users.models.User", "models"),
        ("from users import models", "users.models", "models"),
        ("from users.models import LIMIT", "users.models.LIMIT", "models"),
        ("import users", "users", "public"),
        ("from users import register", "users.services.register", "public"),
        ("from users import services", "users.services", "internal"),
        ("from users.services import register", "users.services.register", "internal"),
        ("from users.contract import Users", "users.contract.Users", "public"),
        ("from shop.handy import User", "users.models.User", "models"),
        ("from shop.handy import register", "users.services.register", "internal"),
    ],
)
def test_an_import_is_told_by_what_it_reaches(statement: str, target: str, face: str) -> None:
    project = shop(
        {
            "users/models.py": "from django.db import models\nLIMIT = 3\n"
            "class User(models.Model): pass",
            "users/__init__.py": "from .services import register",
            "users/services.py": "def register(): pass",
            "users/contract.py": "class Users: pass",
            "shop/handy.py": "from users.models import User\nfrom users.services import register",
            "orders/views.py": statement,
        }
    )
    (found,) = (one for one in imports_of(project) if one.file == "orders/views.py")
    assert (found.to, found.target, found.face) == ("users", target, face)


def test_an_import_tells_where_it_stands() -> None:
    project = shop(
        {
            "orders/views.py": """
                from typing import TYPE_CHECKING
                if TYPE_CHECKING:
                    from users.models import User
                def late():
                    from users.models import User
            """,
            "orders/tests/test_views.py": "from users.models import User",
        }
    )
    assert [(one.file, one.place) for one in imports_of(project)] == [
        ("orders/tests/test_views.py", Place.TEST),
        ("orders/views.py", Place.TYPING),
        ("orders/views.py", Place.FUNCTION),
    ]


def test_shared_code_is_told_apart_by_what_it_imports_and_who_uses_it() -> None:
    project = shop(
        {
            "shop/money.py": "def euros(): pass",
            "shop/people.py": "from users import models",
            "orders/views.py": "from shop.money import euros\nfrom shop import people",
        }
    )
    outlines = list(project.outlines())
    found = shared_code(
        project.territory,
        {each.module.path: each.module.name for each in outlines},
        {
            each.module.path: reached(
                project.territory, each.module.path, reaches(project.names, each)
            )
            for each in outlines
        },
        {},
    )
    rows = {row.name: (row.imports, row.imports_models, row.used_by) for row in found}
    assert rows["shop.money"] == ((), False, ("orders",))
    assert rows["shop.people"] == (("users",), True, ("orders",))


def test_models_are_asked_for_by_name_in_several_ways() -> None:
    project = shop(
        {
            "orders/late.py": """
                from django.apps import apps
                from django.conf import settings
                A = apps.get_model("users", "User")
                B = apps.get_model("users.user")
                C = apps.get_model(app_label="users", model_name="User")
                D = apps.get_model(settings.AUTH_USER_MODEL)
                E = apps.get_app_config("users").get_model("User")
                F = apps.get_model("orders", "Order"), apps.get_model("auth", "Group")
                def unknown(label):
                    return apps.get_model(label)
                class Store:
                    def get_model(self, app, name): pass
                    def own(self):
                        return self.get_model("users", "User")
            """
        }
    )
    found = [
        one
        for each in project.outlines()
        for one in get_model(project.names, project.wording, project.territory, project.graph, each)
    ]
    assert told(found) == [
        *(f"orders->users {line} users.User" for line in (4, 5, 6, 7, 8)),
        "? 11 the model that is asked for by name is not told here",
    ]


def test_migrations_that_wait_for_others_are_told_on_the_pairs_line() -> None:
    project = shop(
        {
            "orders/migrations/0001_initial.py": """
                from django.conf import settings
                from django.db import migrations
                class Migration(migrations.Migration):
                    dependencies = [
                        ("users", "0001_initial"),
                        ("auth", "0001_initial"),
                        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
                    ]
                    run_before = [("orders", "0002"), ("users", "0002_more")]
            """
        }
    )
    found = [
        one
        for each in project.outlines()
        for one in migrations(project.wording, project.territory, each)
    ]
    assert told(found) == [
        "orders->users 6 users.0001_initial",
        "orders->users 8 users.__first__",
        "orders->users 10 users.0002_more",
    ]


def test_tasks_are_told_where_they_are_sent_or_signed_and_not_where_they_are_called() -> None:
    project = shop(
        {
            "users/tasks.py": """
                from celery import shared_task
                from huey.contrib.djhuey import db_task
                @shared_task
                def clean(): pass
                @shared_task(name="greet-all")
                def greet(): pass
                @db_task()
                def count(): pass
                def plain(): pass
            """,
            "orders/views.py": """
                from celery import chain, current_app
                from django.db import transaction
                from django_q.tasks import async_task
                from users.tasks import clean, count, greet, plain
                clean.delay()
                chain(greet.s(), clean.si())()
                current_app.send_task("greet-all")
                transaction.on_commit(clean.delay)
                count()
                async_task("users.tasks.plain")
                SCHEDULE = {"nightly": {"task": "users.tasks.clean", "schedule": 3}}
                clean(), plain(), greet.name
                def other(timer):
                    timer.delay()
                    timer.s()
            """,
        }
    )
    index = TaskIndex(
        (task for each in project.outlines() for task in declared_tasks(project.names, each)),
        project.codebase.consulted,
    )
    found = [
        one
        for each in project.outlines()
        for one in tasks(project.names, project.territory, index, each)
    ]
    assert sorted(told(found)) == sorted(
        f"orders->users {line} users.tasks.{name}"
        for line, name in (
            (6, "clean"),
            (7, "greet"),
            (7, "clean"),
            (8, "greet"),
            (9, "clean"),
            (10, "count"),
            (11, "plain"),
            (12, "clean"),
        )
    )


@pytest.mark.parametrize(
    ("call", "host", "timeout"),
    [
        ('requests.get("https://a.example/x")', "hard-coded", False),
        ('requests.get(f"https://{settings.HOST}/x", timeout=3)', "settings", True),
        ("requests.post(settings.URL + '/x', timeout=None)", "settings", False),
        ('requests.get(os.environ["URL"])', "environment", False),
        ("requests.get(unknown, **options)", "unknown", None),
        ('httpx.get("https://a.example")', "hard-coded", True),
        ('httpx.Client(base_url=settings.URL, timeout=None).get("/x")', "settings", False),
        ("requests.get(address())", "settings", False),
        ("self.session.get(self.url('x'), timeout=3)", "settings", True),
        ('urllib3.PoolManager().request("GET", "https://a.example")', "hard-coded", False),
    ],
)
def test_an_http_call_tells_how_its_host_is_known_and_whether_it_waits(
    call: str, host: str, timeout: bool | None
) -> None:
    project = shop(
        {
            "orders/calls.py": f"""
                import os, httpx, requests, urllib3
                from django.conf import settings
                from urllib.parse import urljoin
                def address():
                    return urljoin(settings.URL, "x")
                class Client:
                    def __init__(self):
                        self.session = requests.Session()
                    def url(self, path):
                        return "/".join([settings.URL, path])
                    def call(self, unknown, options):
                        return {call}
            """
        }
    )
    (found,) = (
        one
        for each in project.outlines()
        for one in http_calls(project.names, project.wording, project.territory, each)
    )
    assert (found.line, found.host, found.timeout) == (13, host, timeout)


def test_words_of_others_are_no_http_calls() -> None:
    project = shop(
        {
            "orders/calls.py": """
                import requests
                def view(request, cache):
                    answer = requests.get("https://a.example", timeout=3)
                    cache.get("https://a.example")
                    answer.json().get("https://a.example")
                    request.session.get("https://a.example")
            """
        }
    )
    found = [
        one.line
        for each in project.outlines()
        for one in http_calls(project.names, project.wording, project.territory, each)
    ]
    assert found == [4]


URLS = {
    "shop/urls.py": """
        from django.urls import include, path
        urlpatterns = [
            path("u/", include("users.urls")),
            path("s/", include("users.urls", namespace="staff")),
        ]
        urlpatterns += [path("o/", include(("orders.urls", "orders")))]
    """,
    "users/urls.py": """
        from django.urls import include, path
        from rest_framework.routers import DefaultRouter
        from users import views
        app_name = "users"
        router = DefaultRouter()
        router.register("teams", views.Teams, basename="team")
        urlpatterns = [path("", views.detail, name="detail"), path("api/", include(router.urls))]
    """,
    "users/views.py": """
        from rest_framework.decorators import action
        def detail(request): pass
        class Teams:
            @action(detail=True)
            def all_of_it(self): pass
    """,
    "users/apps.py": """
        from django.apps import AppConfig
        from django.urls import path
        class UsersConfig(AppConfig):
            name = "users"
            namespace = "board"
            def get_urls(self):
                return [path("", self.index, name="index")]
    """,
    "orders/urls.py": """
        from django.urls import path
        from orders import views
        urlpatterns = [path("", views.index, name="index")]
    """,
}


def test_reversed_urls_lead_to_the_module_of_the_view() -> None:
    project = shop(
        {
            **URLS,
            "orders/views.py": """
                from django.shortcuts import redirect
                from django.urls import reverse as url, reverse_lazy
                def index(request, name):
                    url("users:detail"), url("staff:detail"), url("users:team-all-of-it")
                    url("board:index"), url("admin:users_user_change")
                    redirect("users:detail"), redirect("/users:detail/"), redirect(name)
                    url("orders:index"), url("admin:index"), url("nobody:knows")
                    return url(name)
            """,
        }
    )
    routes = find_routes(project.names, project.territory, ["shop.urls"])
    found = [
        one
        for each in project.outlines()
        for one in urls(project.names, project.wording, project.territory, routes, each)
    ]
    assert told(found) == [
        "orders->users 5 users:detail",
        "orders->users 5 staff:detail",
        "orders->users 5 users:team-all-of-it",
        "orders->users 6 board:index",
        "orders->users 6 admin:users_user_change",
        "orders->users 7 users:detail",
        "? 9 the name of the URL that is reversed is not told here",
    ]


def test_templates_reverse_urls_too_but_not_in_comments() -> None:
    project = shop(URLS)
    routes = find_routes(project.names, project.territory, ["shop.urls"])
    text = (
        "{% url 'users:detail' 3 %}\n{# {% url 'users:detail' %} #}\n"
        "{% comment %}\n{% url 'users:detail' %}{% endcomment %}\n"
        "{{ url('users:detail') }} {% url 'orders:index' %} url 'users:detail'"
    )
    for path in ("orders/templates/orders/x.html", "templates/orders/x.html"):
        found = template_urls(project.territory, routes, path, text)
        assert told(found) == ["orders->users 1 users:detail", "orders->users 5 users:detail"]
    assert told(template_urls(project.territory, routes, "templates/x.html", text)) == []


@pytest.mark.parametrize(
    "statement",
    [
        'cursor.execute("SELECT * FROM users_user WHERE id IN %s", [ids])',
        'cursor.execute("UPDATE \\"users_user\\" SET email = %(email)s", {})',
        'cursor.execute(f"SELECT 1 FROM {User._meta.db_table}")',
        'cursor.execute("SELECT 1 FROM {}".format("users_user"))',
        'cursor.execute("SELECT 1 FROM %s" % TABLE)',
        'connection.cursor().execute("WITH x AS (SELECT * FROM public.users_user) SELECT 1")',
        'Order.objects.raw("SELECT o.* FROM orders_order o, users_user u")',
        'Order.objects.extra(tables=["users_user"])',
        'Order.objects.extra(where=["id IN (SELECT id FROM users_user)"])',
        'Order.objects.annotate(n=RawSQL("SELECT count(*) FROM users_user", ()))',
        'migrations.RunSQL(["SELECT 1", ("DELETE FROM users_user WHERE id = %s", [3])])',
        'run("DROP TRIGGER old ON users_user")',
    ],
)
def test_sql_is_told_where_it_runs(statement: str) -> None:
    assert sql_in(statement) == ["orders->users 9 users.User"]


@pytest.mark.parametrize(
    "statement",
    [
        "cursor.execute(\"SELECT 'users_user' FROM orders_order -- users_user\")",
        'cursor.execute("WITH users_user AS (SELECT 1) SELECT * FROM users_user")',
        'print("SELECT * FROM users_user")',
        'session.execute("SELECT * FROM users_user")',
        'cursor.execute("SELECT * FROM foreign_table")',
    ],
)
def test_sql_that_names_nothing_of_others_is_none_of_it(statement: str) -> None:
    assert sql_in(statement) == []


def test_a_text_that_is_made_of_itself_is_read_in_time() -> None:
    steps = "; ".join(f"q = q + p + ' {n}'; p = p + q" for n in range(30))
    text = "q = p = 'SELECT 1 FROM users_user'"
    found = sql_in(f"{text}; {steps}; cursor.execute(q)")
    assert found[0] == "orders->users 9 users.User"


def test_sql_with_a_table_that_is_not_known_is_unresolved() -> None:
    assert sql_in('cursor.execute(f"SELECT * FROM {ids}")') == [
        "? 9 the SQL names a table that is not told here"
    ]


def sql_in(statement: str, last: int = 12) -> list[str]:
    project = shop(
        {
            "orders/sql.py": f"""
                from django.db import connection, migrations
                from django.db.models.expressions import RawSQL
                from orders.models import Order
                from users.models import User
                TABLE = "users_user"
                def report(ids, session):
                    with connection.cursor() as cursor:
                        {statement}
                def run(sql):
                    with connection.cursor() as c:
                        c.execute(sql)
            """
        }
    )
    found = {one.target: one for each in project.outlines() for one in runners(project.names, each)}
    reader = SqlReader(
        project.names, project.wording, project.territory, project.graph, runners=found
    )
    found_in = told(one for each in project.outlines() for one in raw_sql(reader, each))
    # What a function is given to run is told of its callers; of itself only that it is not known.
    assert found_in.pop() == f"? {last} the SQL names a table that is not told here"
    return found_in


def test_sql_is_what_the_name_was_bound_to_above_the_use() -> None:
    line = "\n                        "
    steps = [
        "q = 'SELECT 1 FROM users_user'",
        "cursor.execute(q)",
        "q = 'SELECT 1 FROM orders_order'",
        "cursor.execute(q)",
        "q = 'SELECT 2 FROM users_user'",
        "q += ' WHERE id IN (SELECT user_id FROM orders_order)'",
        "cursor.execute(q)",
    ]
    assert sql_in(line.join(steps), last=18) == [
        "orders->users 10 users.User",
        "orders->users 15 users.User",
    ]


def test_a_url_is_told_on_its_own_line_of_a_long_tag() -> None:
    project = shop(URLS)
    routes = find_routes(project.names, project.territory, ["shop.urls"])
    text = "{{\n  button(\n    link=url('users:detail', 3))\n}}"
    found = template_urls(project.territory, routes, "orders/templates/orders/x.html", text)
    assert told(found) == ["orders->users 3 users:detail"]

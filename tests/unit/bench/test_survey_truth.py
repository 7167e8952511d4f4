"""The truth that surveys are measured against, on made-up projects with one trap each."""

from pathlib import Path
from textwrap import dedent

import pytest
from bench.survey_truth.declarations import made_by_libraries
from bench.survey_truth.relations import Truth, read_truth
from bench.survey_truth.sources import Sources

HEAD = """\
from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion

"""


class Project:
    """A project of migrations alone, made file by file."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def file(self, path: str, text: str) -> None:
        """Write a file, with the packages that it lies in."""
        file = self.root / path
        for folder in file.relative_to(self.root).parents:
            package = self.root / folder
            package.mkdir(parents=True, exist_ok=True)
            if folder != Path():
                (package / "__init__.py").touch()
        file.write_text(dedent(text), encoding="utf-8")

    def migration(
        self,
        app: str,
        name: str,
        body: str = "",
        *,
        after: list[tuple[str, str]] | None = None,
        before: str = "",
    ) -> None:
        """Write a migration: the body of its class, and what stands before the class."""
        indented = "".join(f"    {line}\n" for line in dedent(body).strip().splitlines())
        text = (
            f"{HEAD}{dedent(before)}\n"
            f"class Migration(migrations.Migration):\n"
            f"    dependencies = {after or []!r}\n{indented}"
        )
        self.file(f"{app.replace('.', '/')}/migrations/{name}.py", text)

    def truth(self, **settings: str) -> Truth:
        """Replay what is there."""
        return read_truth(self.root, dict(settings))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project."""
    return Project(tmp_path)


@pytest.fixture
def shop(project: Project) -> Project:
    """A project whose app `users` has made a model `User`."""
    project.migration("users", "0001_initial", f"operations = [{made('User')}]")
    return project


def made(name: str, *fields: str, more: str = "") -> str:
    """The operation that makes a model."""
    return f"migrations.CreateModel(name={name!r}, fields=[{', '.join(fields)}]{more})"


def key(name: str, to: str, more: str = "") -> str:
    """A foreign key in an operation that makes a model."""
    return f"({name!r}, models.ForeignKey(on_delete=models.CASCADE, to={to}{more}))"


def told(truth: Truth) -> set[str]:
    """The relations as short texts: ``foreign_key orders.Order.user users.User``."""
    return {
        f"{one.kind} {one.app}.{one.model}{'.' if one.field else ''}{one.field} "
        f"{one.target_app}.{one.target_model}"
        for one in truth.relations
    }


USER = [("users", "0001_initial")]


def test_a_made_models_relations_are_told_with_all_that_migrations_say(shop: Project) -> None:
    shop.migration(
        "orders",
        "0001_initial",
        """
        operations = [
            migrations.CreateModel("Order", [
                ("id", models.BigAutoField(primary_key=True)),
                ("user", models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.SET_NULL, to="users.user")),
                ("profile", models.OneToOneField("users.User", models.PROTECT)),
                ("others", models.ManyToManyField(through="orders.Link", to="users.User")),
                ("parent", models.ForeignKey(on_delete=models.CASCADE, to="self")),
            ]),
            migrations.CreateModel("Link", []),
        ]
        """,
        after=USER,
    )

    truth = shop.truth()

    assert told(truth) == {
        "foreign_key orders.Order.user users.User",
        "one_to_one orders.Order.profile users.User",
        "many_to_many orders.Order.others users.User",
        "foreign_key orders.Order.parent orders.Order",
    }
    by_field = {one.field: one for one in truth.relations}
    assert (by_field["user"].on_delete, by_field["user"].null) == ("SET_NULL", True)
    assert (by_field["profile"].on_delete, by_field["profile"].null) == ("PROTECT", False)
    assert by_field["others"].through == "orders.Link"
    assert by_field["user"].file == "orders/migrations/0001_initial.py"
    lines = (shop.root / by_field["user"].file).read_text().splitlines()
    assert '"user"' in lines[by_field["user"].line - 1]
    assert truth.losses == ()


def test_what_later_operations_change_is_told_as_they_leave_it(shop: Project) -> None:
    order = made("Order", key("a", "'users.User'"), key("b", "'users.User'"), key("c", "'self'"))
    shop.migration("orders", "0001_initial", f"operations = [{order}]", after=USER)
    shop.migration(
        "orders",
        "0002_change",
        """
        operations = [
            migrations.RemoveField("order", "a"),
            migrations.RenameField("order", "b", "buyer"),
            migrations.AlterField("order", "c", models.OneToOneField(
                on_delete=models.CASCADE, to="users.User")),
            migrations.AddField(model_name="order", name="d",
                field=models.ManyToManyField(to="users.User")),
            migrations.AlterModelOptions("order", {"ordering": ["buyer"]}),
            migrations.RunPython(migrations.RunPython.noop),
        ]
        """,
        after=[("orders", "0001_initial")],
    )

    assert told(shop.truth()) == {
        "foreign_key orders.Order.buyer users.User",
        "one_to_one orders.Order.c users.User",
        "many_to_many orders.Order.d users.User",
    }


def test_a_renamed_model_takes_along_the_keys_bases_and_tables_that_name_it(shop: Project) -> None:
    users = "('users', models.ManyToManyField(to='users.User', through='users.User'))"
    shop.migration(
        "orders",
        "0001_initial",
        f"""
        operations = [
            {made("Order", key("user", "'users.User'"))},
            {made("Child", more=", bases=('users.user',)")},
            {made("Tag", users)},
        ]
        """,
        after=USER,
    )
    shop.migration(
        "users",
        "0002_rename",
        "operations = [migrations.RenameModel('User', 'Person')]",
        after=[("users", "0001_initial"), ("orders", "0001_initial")],
    )

    truth = shop.truth()

    assert told(truth) == {
        "foreign_key orders.Order.user users.Person",
        "model_inheritance orders.Child users.Person",
        "many_to_many orders.Tag.users users.Person",
    }
    assert {one.through for one in truth.relations} == {None, "users.Person"}


def test_a_deleted_model_and_its_relations_are_gone(shop: Project) -> None:
    shop.migration(
        "orders",
        "0001_initial",
        f"operations = [{made('Order', key('user', repr('users.User')))}, "
        "migrations.DeleteModel('Order')]",
        after=USER,
    )

    assert told(shop.truth()) == set()


def test_the_link_that_django_makes_to_a_parent_is_the_inheritance_and_no_key(
    shop: Project,
) -> None:
    link = (
        "('user_ptr', models.OneToOneField(auto_created=True, parent_link=True, "
        "on_delete=models.CASCADE, to='users.User'))"
    )
    buyer = made("Buyer", link, more=", bases=(object, 'users.user')")
    shop.migration("orders", "0001_initial", f"operations = [{buyer}]", after=USER)

    assert told(shop.truth()) == {"model_inheritance orders.Buyer users.User"}


def test_a_proxy_is_told_as_one(shop: Project) -> None:
    proxy = made("Buyer", more=", options={'proxy': True}, bases=('users.user',)")
    shop.migration("orders", "0001_initial", f"operations = [{proxy}]", after=USER)

    assert [one.is_proxy for one in shop.truth().relations] == [True]


def test_only_the_state_counts_where_database_and_state_part(shop: Project) -> None:
    shop.migration(
        "orders",
        "0001_initial",
        f"""
        operations = [
            {made("Order")},
            migrations.SeparateDatabaseAndState(
                database_operations=[migrations.AddField("order", "unreal",
                    models.ForeignKey(on_delete=models.CASCADE, to="users.User"))],
                state_operations=[migrations.AddField("order", "real",
                    models.ForeignKey(on_delete=models.CASCADE, to="users.User"))],
            ),
            migrations.RunSQL("select 1", state_operations=[migrations.AddField("order", "also",
                models.ForeignKey(on_delete=models.CASCADE, to="users.User"))]),
        ]
        """,
        after=USER,
    )

    assert told(shop.truth()) == {
        "foreign_key orders.Order.real users.User",
        "foreign_key orders.Order.also users.User",
    }


def test_a_model_is_moved_between_apps_by_state_operations_held_in_class_level_lists(
    shop: Project,
) -> None:
    shop.migration(
        "orders",
        "0001_initial",
        f"operations = [{made('Address', key('user', repr('users.User')))}, "
        f"{made('Order', key('to', repr('orders.Address')))}]",
        after=USER,
    )
    shop.migration(
        "places",
        "0001_initial",
        f"""
        state_operations = [{made("Address", key("user", "'users.User'"))}]
        operations = [migrations.SeparateDatabaseAndState(state_operations=state_operations)]
        """,
        after=[("orders", "0001_initial")],
    )
    shop.migration(
        "orders",
        "0002_move",
        """
        state_operations = [
            migrations.AlterField("order", "to",
                models.ForeignKey(on_delete=models.CASCADE, to="places.Address")),
            migrations.DeleteModel("Address"),
        ]
        operations = [
            migrations.SeparateDatabaseAndState(
                database_operations=[migrations.AlterModelTable("address", "places_address")],
                state_operations=state_operations),
        ]
        """,
        after=[("orders", "0001_initial"), ("places", "0001_initial")],
    )

    truth = shop.truth()

    assert told(truth) == {
        "foreign_key places.Address.user users.User",
        "foreign_key orders.Order.to places.Address",
    }
    assert truth.losses == ()


def test_a_squash_of_squashes_is_replayed_once_and_stands_for_all_its_parts(shop: Project) -> None:
    order = made("Order", key("user", "'users.User'"))
    add = "migrations.AddField('order', {0!r}, models.ForeignKey(" + (
        "on_delete=models.CASCADE, to='users.User'))"
    )
    shop.migration("orders", "0001_initial", f"operations = [{order}]", after=USER)
    first = [("orders", "0001_initial")]
    shop.migration("orders", "0002_a", f"operations = [{add.format('a')}]", after=first)
    shop.migration(
        "orders",
        "0001_squashed_0002_a",
        f"""
        replaces = [("orders", "0001_initial"), ("orders", "0002_a")]
        operations = [{order}, {add.format("a")}]
        """,
        after=USER,
    )
    squashed = [("orders", "0001_squashed_0002_a")]
    shop.migration("orders", "0003_b", f"operations = [{add.format('b')}]", after=squashed)
    shop.migration(
        "orders",
        "0001_squashed_0003_b",
        f"""
        replaces = [("orders", "0001_squashed_0002_a"), ("orders", "0003_b")]
        operations = [{order}, {add.format("a")}, {add.format("b")}]
        """,
        after=USER,
    )
    shop.migration(
        "orders",
        "0004_c",
        f"operations = [{add.format('c')}, migrations.RemoveField('order', 'a')]",
        after=[("orders", "0002_a"), ("orders", "0003_b")],
    )

    truth = shop.truth()

    assert told(truth) == {
        f"foreign_key orders.Order.{name} users.User" for name in ("user", "b", "c")
    }
    assert truth.losses == ()


def test_a_squash_whose_parts_are_deleted_still_stands_for_them(shop: Project) -> None:
    shop.migration(
        "orders",
        "0001_squashed_0009_last",
        f"""
        replaces = [("orders", "0001_initial"), ("orders", "0009_last")]
        operations = [{made("Order")}]
        """,
        after=USER,
    )
    shop.migration(
        "bills",
        "0001_initial",
        f"operations = [{made('Bill', key('order', repr('orders.Order')))}]",
        after=[("orders", "0009_last")],
    )

    truth = shop.truth()

    assert told(truth) == {"foreign_key bills.Bill.order orders.Order"}
    assert truth.losses == ()


def test_migrations_run_in_the_order_of_their_dependencies_and_not_of_their_names(
    project: Project,
) -> None:
    order = made("Order", key("user", "'zebra.Z'"))
    project.migration("zebra", "0001_initial", f"operations = [{made('Z')}]")
    project.migration(
        "alpha", "0002_first", f"operations = [{order}]", after=[("zebra", "__latest__")]
    )
    project.migration(
        "alpha",
        "0001_second",
        "operations = [migrations.RemoveField('order', 'user')]",
        after=[("alpha", "0002_first")],
    )
    # It must come before what depends on the last of its app, and says so itself.
    project.migration(
        "middle",
        "0001_initial",
        f"run_before = [('alpha', '0001_second')]\noperations = [{made('M')}, "
        "migrations.RunSQL('')]",
        after=[("alpha", "0002_first"), ("zebra", "__first__")],
    )

    truth = project.truth()

    assert told(truth) == set()
    assert truth.losses == ()


def test_run_before_puts_a_migration_first(shop: Project) -> None:
    shop.migration("orders", "0001_initial", f"operations = [{made('Order')}]", after=USER)
    shop.migration(
        "aside",
        "0001_initial",
        f"""
        run_before = [("orders", "0002_key")]
        operations = [{made("Later")}]
        """,
        after=[("orders", "0001_initial")],
    )
    shop.migration(
        "orders",
        "0002_key",
        """
        operations = [migrations.AddField("order", "later",
            models.ForeignKey(on_delete=models.CASCADE, to="aside.Later"))]
        """,
        after=[("orders", "0001_initial")],
    )
    shop.migration(
        "aside",
        "0002_rename",
        "operations = [migrations.RenameModel('Later', 'Sooner')]",
        after=[("aside", "0001_initial"), ("orders", "0002_key")],
    )

    assert told(shop.truth()) == {"foreign_key orders.Order.later aside.Sooner"}


def test_a_missing_dependency_inside_the_project_and_a_circle_are_told(shop: Project) -> None:
    shop.migration("orders", "0001_initial", after=[("users", "0007_gone"), ("auth", "0001_x")])
    shop.migration("a", "0001_initial", after=[("b", "0001_initial")])
    shop.migration("b", "0001_initial", after=[("a", "0001_initial")])

    reasons = [loss.reason for loss in shop.truth().losses]

    assert reasons == [
        "it depends on users.0007_gone, which isn't there",
        "it depends on itself through other migrations",
    ]


SWAPPABLE = f"""
operations = [{made("Order", key("user", "settings.AUTH_USER_MODEL"))}]
"""


def test_the_user_model_is_the_one_of_the_settings_that_manage_py_names(shop: Project) -> None:
    shop.migration("orders", "0001_initial", SWAPPABLE)
    shop.file("manage.py", "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf.live')")
    shop.file("conf/live.py", "from .base import *\n")
    shop.file("conf/base.py", "AUTH_USER_MODEL = 'users.User'\n")
    shop.file("conf/other_settings.py", "AUTH_USER_MODEL = 'orders.Order'\n")

    assert told(shop.truth()) == {"foreign_key orders.Order.user users.User"}


def test_a_given_setting_wins_over_what_the_files_say(shop: Project) -> None:
    shop.migration("orders", "0001_initial", SWAPPABLE)
    shop.file("conf/settings.py", "AUTH_USER_MODEL = 'orders.Order'\n")

    truth = shop.truth(AUTH_USER_MODEL="users.User")

    assert told(truth) == {"foreign_key orders.Order.user users.User"}


def test_djangos_own_user_is_no_app_of_the_project(shop: Project) -> None:
    shop.migration("orders", "0001_initial", SWAPPABLE)

    truth = shop.truth()

    assert (told(truth), truth.losses) == (set(), ())


def test_a_swappable_user_model_comes_first_and_its_own_app_waits_for_nothing(
    shop: Project,
) -> None:
    shop.migration(
        "people",
        "0001_initial",
        f"""
        dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
        operations = [{made("Person")}]
        """,
    )
    shop.migration(
        "orders",
        "0001_initial",
        """
        dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
        """
        + SWAPPABLE,
    )

    truth = shop.truth(AUTH_USER_MODEL="people.Person")

    assert told(truth) == {"foreign_key orders.Order.user people.Person"}
    assert truth.losses == ()


def test_a_label_is_the_app_configs_own_or_the_one_it_inherits(project: Project) -> None:
    project.file(
        "site/orders/apps.py",
        """
        from django.apps import AppConfig

        class OrdersConfig(AppConfig):
            name = "site.orders"
            label = "shop_orders"
        """,
    )
    project.file(
        "fork/orders/apps.py",
        """
        from site.orders import apps

        class OrdersConfig(apps.OrdersConfig):
            name = "fork.orders"
            label = "fork_" + "orders"
        """,
    )
    project.migration("site.orders", "0001_initial", f"operations = [{made('Order')}]")
    bill = made("Bill", key("order", "'shop_orders.Order'"))
    project.migration("fork.orders", "0001_initial", f"operations = [{bill}]")

    assert told(project.truth()) == {"foreign_key fork_orders.Bill.order shop_orders.Order"}


def test_migrations_are_read_where_the_settings_put_them(shop: Project) -> None:
    order = made("Order", key("user", "'users.User'"))
    shop.file("conf/settings.py", "MIGRATION_MODULES = {'orders': 'orders.db_changes'}\n")
    shop.file(
        "orders/db_changes/0001_initial.py",
        f"{HEAD}\nclass Migration(migrations.Migration):\n    operations = [{order}]\n",
    )
    shop.migration("orders", "0001_initial", f"operations = [{made('Old')}]")

    assert told(shop.truth()) == {"foreign_key orders.Order.user users.User"}


def test_constants_loops_and_sums_are_read(shop: Project) -> None:
    shop.file("orders/names.py", "USER_MODEL = 'users.User'\n")
    shop.migration(
        "orders",
        "0001_initial",
        """
        operations = [MAKE] + [
            migrations.AddField("order", f"{one}_by", models.ForeignKey(
                on_delete=models.CASCADE, to=USER))
            for one in NAMES if one != "sold"
        ]
        operations += [added("checked_by")]
        for one in ("sent", "paid"):
            operations.append(added(one + "_by"))
        """,
        after=USER,
        before=f"""
        from orders.names import USER_MODEL as USER

        NAMES = ("made", "sold")
        MAKE = {made("Order")}

        def added(name, to=USER):
            return migrations.AddField("order", name, models.ForeignKey(
                on_delete=models.CASCADE, to=to))
        """,
    )

    truth = shop.truth()

    assert told(truth) == {
        f"foreign_key orders.Order.{name}_by users.User"
        for name in ("made", "checked", "sent", "paid")
    }
    assert truth.losses == ()


ADD_KEY = (
    "migrations.AddField('order', 'user', "
    "models.ForeignKey(on_delete=models.CASCADE, to='users.User'))"
)


def test_a_condition_that_matters_to_relations_is_told_and_not_guessed(shop: Project) -> None:
    shop.migration(
        "orders",
        "0001_initial",
        f"""
        operations = [{made("Order")}]
        if settings.WITH_USERS:
            operations += [{ADD_KEY}]
        """,
        after=USER,
    )
    shop.migration(
        "orders",
        "0002_other",
        f"operations = [*([{ADD_KEY}] if settings.MORE else [])]",
        after=[("orders", "0001_initial")],
    )
    shop.migration(
        "orders",
        "0003_all",
        "operations = [make(one) for one in everything()]",
        after=[("orders", "0002_other")],
    )

    truth = shop.truth()

    assert told(truth) == set()
    assert [(loss.file.split("/")[-1][:4], loss.reason) for loss in truth.losses] == [
        ("0001", "what is done depends on `settings.WITH_USERS`"),
        ("0002", "what is done depends on `settings.MORE`"),
        ("0003", "`[make(one) for one in everything()]` isn't read"),
    ]


def test_a_condition_that_makes_no_difference_to_relations_is_no_loss(shop: Project) -> None:
    shop.migration(
        "orders",
        "0001_initial",
        f"""
        if settings.VENDOR == "postgresql":
            operations = [{made("Order")}, migrations.AddField("order", "a", models.TextField())]
        else:
            operations = [{made("Order")}, migrations.AddField("order", "b", models.TextField())]
        """,
    )
    shop.migration(
        "orders",
        "0002_next",
        f"operations = [migrations.RemoveField('order', 'b'), {ADD_KEY}]",
        after=[("orders", "0001_initial"), *USER],
    )

    truth = shop.truth()

    assert told(truth) == {"foreign_key orders.Order.user users.User"}
    assert truth.losses == ()


def test_what_only_one_of_several_branches_makes_is_told(shop: Project) -> None:
    shop.migration(
        "orders",
        "0001_initial",
        f"""
        if settings.VENDOR == "postgresql":
            operations = [{made("Order")}]
        elif settings.VENDOR == "sqlite":
            operations = [{made("Order")}]
            if settings.FULL_TEXT:
                operations.append({ADD_KEY})
        else:
            operations = [{made("Order")}]
        """,
        after=USER,
    )

    truth = shop.truth()

    assert told(truth) == set()
    assert [loss.reason for loss in truth.losses] == [
        "what is done depends on `settings.FULL_TEXT`"
    ]


def test_a_variable_of_the_environment_is_not_set(shop: Project) -> None:
    shop.migration("orders", "0001_initial", SWAPPABLE)
    shop.file("manage.py", "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf')")
    shop.file(
        "conf.py",
        """
        import os

        if os.environ.get("OTHER_USER"):
            AUTH_USER_MODEL = "orders.Order"
        else:
            AUTH_USER_MODEL = os.getenv("USER_MODEL", "users.User")
        """,
    )

    assert told(shop.truth()) == {"foreign_key orders.Order.user users.User"}


def test_a_user_model_that_is_set_but_not_read_is_told_and_not_taken_for_djangos(
    shop: Project,
) -> None:
    shop.migration("orders", "0001_initial", SWAPPABLE)
    shop.file("manage.py", "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf')")
    shop.file("conf.py", "import odd\nAUTH_USER_MODEL = odd.model()\n")

    truth = shop.truth()

    assert told(truth) == set()
    (loss,) = truth.losses
    assert loss.reason.startswith("the target of Order.user isn't read")


def test_a_projects_own_fields_and_operations_are_what_they_derive_from(shop: Project) -> None:
    shop.file(
        "orders/fields.py",
        """
        from django.db import models

        class UserKey(models.ForeignKey):
            pass

        class Amount(models.DecimalField):
            pass
        """,
    )
    shop.migration(
        "orders",
        "0001_initial",
        """
        operations = [
            Make("Order", [
                ("user", orders.fields.UserKey(on_delete=models.CASCADE, to="users.User")),
                ("amount", orders.fields.Amount()),
                ("node", mptt.fields.TreeForeignKey(on_delete=models.CASCADE, to="users.User")),
                ("odd", odd.Field(to="users.User")),
            ]),
            Silent("Order"),
            Own("Order"),
        ]
        """,
        after=USER,
        before="""
        import mptt.fields
        import odd
        import orders.fields

        class Make(migrations.CreateModel):
            pass

        class Silent(migrations.DeleteModel):
            def state_forwards(self, app_label, state):
                pass

        class Own(migrations.DeleteModel):
            def state_forwards(self, app_label, state):
                state.models.clear()
        """,
    )

    truth = shop.truth()

    assert told(truth) == {
        "foreign_key orders.Order.user users.User",
        "foreign_key orders.Order.node users.User",
    }
    assert [loss.reason for loss in truth.losses] == [
        "the operation Own has its own state_forwards",
        "what kind of relation orders.Order.odd is",
    ]


def test_an_operation_of_a_library_that_is_not_known_is_told(shop: Project) -> None:
    shop.migration(
        "orders", "0001_initial", "operations = [odd.Operation()]", before="import odd\n"
    )

    assert [loss.reason for loss in shop.truth().losses] == [
        "the operation odd.Operation isn't known"
    ]


def test_an_operation_on_what_was_never_made_is_told(shop: Project) -> None:
    shop.migration("orders", "0001_initial", f"operations = [{ADD_KEY}]", after=USER)

    assert [loss.reason for loss in shop.truth().losses] == ["no model orders.order has been made"]


def test_a_file_that_does_not_parse_is_told_and_costs_no_other(shop: Project) -> None:
    shop.file("orders/migrations/0001_initial.py", "class Migration(\n")

    (loss,) = shop.truth().losses

    assert loss.file == "orders/migrations/0001_initial.py"
    assert loss.reason.startswith("the file doesn't parse")


def test_syntax_that_only_a_newer_python_reads_does_not_hide_a_migration(shop: Project) -> None:
    shop.migration(
        "orders",
        "0001_initial",
        f"operations = [{made('Order', key('user', repr('users.User')))}]",
        after=USER,
        before="""
        def forwards(apps, schema_editor):
            try:
                apps.clear()
            except KeyError, ValueError:
                pass
        """,
    )

    truth = shop.truth()

    assert told(truth) == {"foreign_key orders.Order.user users.User"}
    assert truth.losses == ()


def test_of_two_apps_with_one_label_the_other_is_told_unless_it_is_for_tests(
    shop: Project,
) -> None:
    shop.migration("deep.users", "0001_initial", f"operations = [{made('Other')}]")
    shop.migration("tests.users", "0001_initial", f"operations = [{made('Fake')}]")

    truth = shop.truth()

    assert truth.models == 1
    assert [(loss.file, loss.reason) for loss in truth.losses] == [
        ("deep/users/migrations", "its label users is that of users/migrations, which is read")
    ]


def test_what_a_librarys_class_declares_is_told_from_what_the_projects_own_classes_do(
    shop: Project,
) -> None:
    fields = [key(name, "'users.User'") for name in ("own", "mixed", "theirs")]
    shop.migration(
        "orders",
        "0001_initial",
        f"""operations = [
            {made("Order", *fields)},
            {made("HistoricalOrder", key("user", "'users.User'"))},
            {made("Plain", key("gone", "'users.User'"))},
        ]""",
        after=USER,
    )
    shop.file(
        "shared/mixins.py",
        """
        from library.models import Owned

        class Mixed(Owned):
            mixed = 1
        """,
    )
    shop.file(
        "orders/models.py",
        """
        from django.db import models
        from shared.mixins import Mixed

        class Order(Mixed):
            own = 1

        class Plain(models.Model):
            pass
        """,
    )
    shop.file("users/models.py", "theirs = creator = 1\nclass User: pass\n")

    found = made_by_libraries(Sources(shop.root), shop.truth())

    assert {key[1]: reason for key, reason in found.items()} == {
        "orders.order.theirs": "theirs comes from library.models.Owned",
        "orders.historicalorder.user": "no line of the project makes the model HistoricalOrder",
    }

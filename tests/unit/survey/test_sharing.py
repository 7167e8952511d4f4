"""Shared tables, what contracts lean on, and where shared code reaches modules are told by line."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from banyan.survey import survey
from banyan.survey.facts import Form, Survey

Reader = Callable[..., Survey]
HEAD = "from django.db import models\n"


@pytest.fixture
def surveyed(tmp_path: Path) -> Reader:
    def of(files: dict[str, str], settings: str = "") -> Survey:
        apps = sorted({path.partition("/")[0] for path in files if path.endswith("models.py")})
        all_files = {
            **{f"{app}/__init__.py": "" for app in apps},
            "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.conf")',
            "shop/__init__.py": "",
            "shop/conf.py": f"INSTALLED_APPS = {apps!r}\n{settings}",
            **files,
        }
        for path, text in all_files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(dedent(text))
        return survey(tmp_path, cache=tmp_path / ".cache")

    return of


def tables(found: Survey) -> list[tuple[str, list[tuple[str, Form]]]]:
    return [(one.name, [(each.model, each.form) for each in one.models]) for one in found.tables]


USERS = HEAD + "class User(models.Model): pass\n"
ROW = HEAD + "class Row(models.Model):\n    class Meta:\n        managed = False\n"


def test_who_makes_a_table_comes_first(surveyed: Reader) -> None:
    row = ROW + '        db_table = "Users_user"\n'
    found = surveyed({"accounts/models.py": row, "users/models.py": USERS})
    assert tables(found) == [
        ("users_user", [("users.User", Form.MANAGED), ("accounts.Row", Form.UNMANAGED)])
    ]
    assert [(each.file, each.line) for each in found.tables[0].models] == [
        ("users/models.py", 2),
        ("accounts/models.py", 2),
    ]


def test_a_proxy_has_the_table_of_what_it_stands_for(surveyed: Reader) -> None:
    meta = "    class Meta:\n        proxy = True\n"
    proxy = f"from users.models import User\nclass Staff(User):\n{meta}"
    further = f"from staff.models import Staff\nclass Boss(Staff):\n{meta}"
    found = surveyed(
        {"users/models.py": USERS, "staff/models.py": proxy, "bosses/models.py": further}
    )
    assert tables(found) == [
        (
            "users_user",
            [
                ("users.User", Form.MANAGED),
                ("bosses.Boss", Form.PROXY),
                ("staff.Staff", Form.PROXY),
            ],
        )
    ]


def test_a_table_of_pairs_may_be_shared_too(surveyed: Reader) -> None:
    orders = HEAD + 'class Order(models.Model):\n    tags = models.ManyToManyField("self")\n'
    row = ROW + '        db_table = "orders_order_tags"\n'
    found = surveyed({"orders/models.py": orders, "pairs/models.py": row})
    assert tables(found) == [
        ("orders_order_tags", [("orders.Order.tags", Form.PAIRS), ("pairs.Row", Form.UNMANAGED)])
    ]


def test_what_is_swapped_for_another_has_no_table(surveyed: Reader) -> None:
    meta = '    class Meta:\n        db_table = "people"\n        swappable = "AUTH_USER_MODEL"\n'
    files = {
        "one/models.py": HEAD + "class User(models.Model):\n" + meta,
        "two/models.py": HEAD + "class User(models.Model):\n" + meta,
    }
    assert surveyed(files, 'AUTH_USER_MODEL = "two.User"').tables == ()


def test_an_app_that_maps_its_own_table_twice_shares_nothing(surveyed: Reader) -> None:
    twice = USERS + ROW.replace(HEAD, "") + '        db_table = "users_user"\n'
    assert surveyed({"users/models.py": twice, "other/models.py": HEAD}).tables == ()


def test_a_file_called_contract_is_one_where_it_imports_banyan(surveyed: Reader) -> None:
    found = surveyed(
        {
            "users/models.py": USERS,
            "users/contract.py": """
                from decimal import Decimal
                from banyan import Message
                from users.models import User
                from shop.money import Money
                from lawyers.contract import Signed
            """,
            "shop/money.py": "class Money: pass",
            "lawyers/models.py": HEAD,
            "lawyers/contract.py": "from lawyers.models import models\nclass Signed: pass",
        }
    )
    (contract,) = found.contracts
    assert (contract.module, contract.name, contract.path) == (
        "users",
        "users.contract",
        "users/contract.py",
    )
    assert [(one.line, one.target, one.face, one.to) for one in contract.imports] == [
        (2, "decimal.Decimal", "external", ""),
        (3, "banyan.Message", "external", ""),
        (4, "users.models.User", "models", "users"),
        (5, "shop.money.Money", "shared", ""),
        (6, "lawyers.contract.Signed", "contract", "lawyers"),
    ]


def test_shared_code_tells_what_it_imports_of_modules(surveyed: Reader) -> None:
    found = surveyed(
        {
            "users/models.py": USERS,
            "users/services.py": "def register(): pass",
            "shop/mail.py": """
                from users.models import User
                def send():
                    from users.services import register
            """,
        }
    )
    (mail,) = [one for one in found.shared if one.name == "shop.mail"]
    assert [(one.line, one.source, one.target, one.face) for one in mail.reaches] == [
        (2, "shop.mail", "users.models.User", "models"),
        (4, "shop.mail.send", "users.services.register", "internal"),
    ]


def test_an_import_tells_the_name_by_which_another_file_passes_it_on(surveyed: Reader) -> None:
    found = surveyed(
        {
            "users/models.py": USERS,
            "users/inner.py": "def secret(): pass",
            "users/api.py": "from users.inner import secret",
            "orders/models.py": "from users.api import secret\nfrom users.inner import secret\n",
        }
    )
    assert [(one.line, one.target, one.via) for one in found.couplings] == [
        (1, "users.inner.secret", "users.api.secret"),
        (2, "users.inner.secret", ""),
    ]


def test_a_comment_that_allows_something_knows_whether_it_is_alone(surveyed: Reader) -> None:
    found = surveyed(
        {
            "orders/models.py": "# banyan: allow[E105] a\nx = 1  # banyan: allow[E106] b\n",
            "orders/migrations/0001_initial.py": "    # banyan: allow[E107] c\nx = 1\n",
            "orders/tests.py": "# banyan: allow[E105] d\n",
        }
    )
    assert [(one.file, one.text, one.is_alone) for one in found.allowances] == [
        ("orders/migrations/0001_initial.py", "allow[E107] c", True),
        ("orders/models.py", "allow[E105] a", True),
        ("orders/models.py", "allow[E106] b", False),
    ]

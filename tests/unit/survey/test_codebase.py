"""Names are looked up across files as Python's import would."""

import pytest
from tests.unit.survey.texts import codebase_of

from banyan.survey.codebase import Codebase
from banyan.survey.meanings import (
    ClassRef,
    External,
    FunctionRef,
    Meaning,
    ModuleRef,
    Unknown,
    ValueRef,
)
from banyan.survey.syntax import Name, Text


def meaning(codebase: Codebase, path: str, name: str) -> Meaning:
    return codebase.resolve(codebase.at(path), Name(1, name))


def shown(found: Meaning) -> str:
    """A meaning in a few words."""
    match found:
        case ClassRef() | FunctionRef() | External():
            return found.name
        case ModuleRef(module=module):
            return f"module {module.name}"
        case ValueRef(expression=Text(value=value)):
            return repr(value)
        case _:
            return type(found).__name__


ORDERS = {
    "orders/__init__.py": "from .models import Order as Purchase",
    "orders/models/__init__.py": "from .order import *\nfrom . import line",
    "orders/models/order.py": "from django.db import models\nclass Order(models.Model): pass",
    "orders/models/line.py": "__all__ = ['Line']\nclass Line: pass\nclass Hidden: pass",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from orders.models.order import Order as name", "orders.models.order.Order"),
        ("from orders.models import Order as name", "orders.models.order.Order"),
        ("from orders import Purchase as name", "orders.models.order.Order"),
        ("import orders.models.order as m\nname = m.Order", "orders.models.order.Order"),
        ("import orders.models.line\nname = orders.models.line.Line", "orders.models.line.Line"),
        ("from orders import models\nname = models.line.Line", "orders.models.line.Line"),
        ("from orders.models.line import *\nname = Line", "orders.models.line.Line"),
        ("from orders.models.line import *\nname = Hidden", "Unknown"),
        ("from ..orders.models import Order as name", "orders.models.order.Order"),
        ("from . import helper as name", "module shop.helper"),
        ("from .helper import name", "'hello'"),
        ("import shop as name", "module shop"),
        ("from django.db import models\nname = models.ForeignKey", "django.db.models.ForeignKey"),
        ("import django.db\nname = django.db.models.F", "django.db.models.F"),
        ("from orders.models import Nothing as name", "Unknown"),
        (
            "try:\n    from orders import Purchase as name\nexcept ImportError:\n    name = None",
            "orders.models.order.Order",
        ),
        ("if x:\n    from .helper import name\nelse:\n    from orders import name", "'hello'"),
        ("name, other = 'a', 'b'", "'a'"),
        ("other, name = ['a', 'b']", "'b'"),
        ("pair = 'a', 'b'\n_, name = pair", "'b'"),
        ("table = {'a': 'x', 'b': 'y'}\nname = table['b']", "'y'"),
        ("name = name", "Unknown"),
        ("def name(): pass", "shop.main.name"),
        ("name = other\nother = name", "Unknown"),
        ("from orders.models import Order\nname = Order or None", "orders.models.order.Order"),
        ("from typing import Generic\nname = Generic[int]", "typing.Generic"),
    ],
)
def test_a_name_means_what_it_was_bound_to(text: str, expected: str) -> None:
    codebase = codebase_of(
        {
            **ORDERS,
            "shop/__init__.py": "",
            "shop/helper.py": "name = 'hello'",
            "shop/main.py": text,
        }
    )
    assert shown(meaning(codebase, "shop/main.py", "name")) == expected


def test_two_modules_that_import_from_each_other_are_no_loop() -> None:
    codebase = codebase_of({"a.py": "from b import name", "b.py": "from a import name"})
    assert isinstance(meaning(codebase, "a.py", "name"), Unknown)


@pytest.mark.parametrize(
    ("files", "roots"),
    [
        ({"src/shop/__init__.py": "", "src/shop/models.py": "class Order: pass"}, ("", "src")),
        ({"src/shop/models.py": "class Order: pass"}, ("", "src")),
        ({"shop/models.py": "class Order: pass"}, ("",)),
        ({"back/end/shop/models.py": "class Order: pass"}, ("", "back", "back/end")),
    ],
    ids=["src layout", "src layout, namespace package", "namespace package", "nested roots"],
)
def test_a_module_is_named_from_the_deepest_root(
    files: dict[str, str], roots: tuple[str, ...]
) -> None:
    codebase = codebase_of({**files, "tool.py": "from shop.models import Order"}, *roots)
    found = meaning(codebase, "tool.py", "Order")
    assert isinstance(found, ClassRef)
    assert found.name == "shop.models.Order"


def test_a_folder_that_is_no_package_is_a_root_for_what_is_in_it() -> None:
    files = {
        "scripts/run.py": "import helper",
        "scripts/helper.py": "",
        "other.py": "import helper",
    }
    codebase = codebase_of(files)
    assert isinstance(meaning(codebase, "scripts/run.py", "helper"), ModuleRef)
    assert meaning(codebase, "other.py", "helper") == External("helper")


LINEAGE = """
class Root: pass
class Left(Root):
    name = 'left'
    def both(self): pass
class Right(Root):
    name = 'right'
    def right(self): pass
class Both(Left, Right): pass
class Loop(Loop): pass
"""


def test_a_class_inherits_in_pythons_order() -> None:
    codebase = codebase_of({"a.py": LINEAGE})
    both = meaning(codebase, "a.py", "Both")
    assert isinstance(both, ClassRef)
    assert [shown(one) for one in codebase.lineage(both)] == [
        "a.Both",
        "a.Left",
        "a.Right",
        "a.Root",
    ]
    assert shown(codebase.member(both, "name") or Unknown("")) == "'left'"
    assert shown(codebase.member(both, "right") or Unknown("")) == "a.Right.right"
    assert codebase.member(both, "nothing") is None


def test_a_class_that_inherits_from_itself_ends() -> None:
    codebase = codebase_of({"a.py": LINEAGE})
    loop = meaning(codebase, "a.py", "Loop")
    assert isinstance(loop, ClassRef)
    assert codebase.lineage(loop)[0] is loop


def test_a_class_is_one_value_wherever_it_is_imported() -> None:
    codebase = codebase_of(
        {
            **ORDERS,
            "a.py": "from orders import Purchase as One",
            "b.py": "from orders.models.order import Order as One",
        }
    )
    assert meaning(codebase, "a.py", "One") is meaning(codebase, "b.py", "One")

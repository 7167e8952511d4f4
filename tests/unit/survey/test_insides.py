"""What is inside of modules, counted."""

import pytest
from tests.unit.survey.projects import SHOP, Project, shop

from banyan.survey.facts import Inside
from banyan.survey.insides import counted, insides
from banyan.survey.kinds.imports import reaches
from banyan.survey.modelgraph import Model


def inside(files: dict[str, str], of: str = "orders") -> Inside:
    project: Project = shop(SHOP | files)
    territory = project.territory

    def home(model: Model) -> str | None:
        return territory.home(model.app, model.ref.module.path)

    counts = {
        each.module.path: counted(territory, each, reaches(project.names, each))
        for each in project.outlines()
        if each.module.place is None
    }
    return insides(territory, project.graph, home, counts)[of]


def test_models_that_relations_tie_are_counted_by_pairs() -> None:
    models = """
        from django.db import models
        class Timed(models.Model):
            class Meta:
                abstract = True
        class Order(Timed):
            user = models.ForeignKey("users.User", models.CASCADE)
            parent = models.ForeignKey("self", models.CASCADE)
        class Line(Timed):
            order = models.ForeignKey(Order, models.CASCADE)
            other = models.ForeignKey("orders.Order", models.CASCADE)
            tags = models.ManyToManyField("Tag")
        class Tag(models.Model):
            line = models.ForeignKey(Line, models.CASCADE)
        class Special(Order):
            pass
    """
    # Line and Order, Line and Tag, Special and Order.
    assert inside({"orders/models.py": models}).relations == 3


@pytest.mark.parametrize(
    "text",
    [
        "class A(ABC):\n    pass",
        "class A(abc.ABC):\n    pass",
        "class A(Protocol[T]):\n    pass",
        "class A(metaclass=ABCMeta):\n    pass",
        "class A:\n    @abstractmethod\n    def run(self): ...",
        "class A:\n    @property\n    @abc.abstractmethod\n    def name(self): ...",
        "class A(Model):\n    class Meta:\n        ordering = ['a']\n        abstract = True",
    ],
)
def test_an_abstract_class_says_so_itself(text: str) -> None:
    found = inside({"orders/bases.py": f"{text}\nclass B(A):\n    def run(self): ...\n"})
    assert (found.classes, found.abstract) == (3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "class A(Model):\n    class Meta:\n        abstract = False",
        "class A(AbstractUser):\n    abstract = True",
        "class A(Generic[T]):\n    @staticmethod\n    def run(): ...",
        "class A(metaclass=Other):\n    pass",
    ],
)
def test_other_classes_are_not_abstract(text: str) -> None:
    found = inside({"orders/bases.py": text})
    assert (found.classes, found.abstract) == (2, 0)


def test_names_that_files_of_a_module_import_from_each_other_are_counted() -> None:
    files = {
        "orders/views.py": """
            from orders.models import Order
            from .forms import OrderForm, LineForm
            from users.models import User
            from django.http import HttpResponse
            def view():
                from orders import forms
        """,
        "orders/forms.py": "class OrderForm: ...\nclass LineForm: ...\n",
        "orders/tests/test_views.py": "from orders.views import view\n",
    }
    assert inside(files).imports == 4
    assert inside(files, "users").imports == 0

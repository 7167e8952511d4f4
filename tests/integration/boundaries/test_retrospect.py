"""A repository with a cut that paid and one that did not, looked back at from its end."""

from pathlib import Path

import pytest
from tests.integration.boundaries.repositories import Repository

from banyan.boundaries.advice.adapters.git import GitFailed
from banyan.boundaries.advice.adapters.git_tree import write_tree
from banyan.boundaries.advice.aftermath import Aftermath, PairAftermath, lines
from banyan.boundaries.advice.outcomes import Outcome
from banyan.boundaries.advice.retrospect import look_back
from banyan.errors import ConfigurationError
from banyan.survey import survey
from banyan.survey.reports import json

APPS = ("billing", "catalogue", "orders", "users")
MODELS = {
    "users": "class User(models.Model):\n    email = models.CharField()\n",
    "catalogue": "class Product(models.Model):\n    price = models.IntegerField()\n",
    "orders": "class Order(models.Model):\n"
    '    user = models.ForeignKey("users.User", models.CASCADE)\n',
    "billing": "class Bill(models.Model):\n"
    '    product = models.ForeignKey("catalogue.Product", models.CASCADE)\n',
}
TANGLED = {
    "orders": "from orders.models import Order\nfrom users.models import User\n"
    "def one(key):\n    return User.objects.get(pk=key)\n"
    "def two(email):\n    return Order.objects.filter(user__email=email)\n"
    "def three(order):\n    return order.user.email\n"
    "def four():\n    return User.objects.all()\n",
    "billing": "from billing.models import Bill\nfrom catalogue.models import Product\n"
    "def one(key):\n    return Product.objects.get(pk=key)\n"
    "def two(price):\n    return Bill.objects.filter(product__price=price)\n"
    "def three():\n    return Product.objects.filter(price=0)\n"
    "def four():\n    return Product.objects.all()\n",
}


class Shop:
    """Orders hold on to users, and billing to the catalogue; each pair changes together."""

    def __init__(self, root: Path) -> None:
        self.repository = Repository(root)
        self.root = root
        self._number = 0
        self.write("shop/__init__.py", "")
        apps = [*APPS, "lookup"]
        self.write("shop/settings.py", f"INSTALLED_APPS = {apps}\n")
        self.write(
            "manage.py", 'import os\nos.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"\n'
        )
        for app in APPS:
            self.write(f"{app}/__init__.py", "")
            self.write(f"{app}/models.py", f"from django.db import models\n{MODELS[app]}")
            self.write(f"{app}/views.py", TANGLED.get(app, ""))
            self.write(f"{app}/forms.py", "")
        # All apps at once: of each pair one commit more that changed both.
        self.repository.commit()

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def change(self, *apps: str, times: int) -> str:
        commit = ""
        for _ in range(times):
            self._number += 1
            for app in apps:
                self.write(f"{app}/forms.py", f"NUMBER = {self._number}\n")
            commit = self.repository.commit()
        return commit


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shop, str, str]:
    """The shop, its survey from before the cuts, and the commit of that."""
    made = Shop(tmp_path_factory.mktemp("made") / "shop")
    for _ in range(5):
        made.change("orders", "users", times=4)
        made.change("billing", "catalogue", times=4)
        made.change("orders", times=1)
        made.change("billing", times=1)
    commit = made.repository.git("rev-parse", "HEAD")
    kept = made.root.parent / "then.json"
    kept.write_text(json.render(survey(made.root)))
    # A true cut: orders keep the key as a value, and ask nothing of users any more.
    made.write(
        "orders/models.py",
        "from django.db import models\nclass Order(models.Model):\n"
        "    user_id = models.BigIntegerField()\n",
    )
    made.write(
        "orders/views.py",
        "from orders.models import Order\ndef one(key):\n"
        "    return Order.objects.filter(user_id=key)\n",
    )
    # A false one: a module between billing and the catalogue that does the same for it.
    made.write("lookup/__init__.py", "")
    made.write("lookup/views.py", TANGLED["billing"])
    made.write(
        "billing/models.py",
        "from django.db import models\nclass Bill(models.Model):\n"
        "    product_id = models.BigIntegerField()\n",
    )
    made.write(
        "billing/views.py",
        "from lookup import views\ndef one(key):\n"
        "    return views.one(key)\ndef four():\n    return views.four()\n",
    )
    made.repository.commit()
    for _ in range(5):
        made.change("orders", times=4)
        made.change("users", times=3)
        made.change("billing", "catalogue", "lookup", times=3)
    return made, str(kept), commit


def told(shop: tuple[Shop, str, str], earlier: str) -> Aftermath:
    return look_back(shop[0].root, survey(shop[0].root), earlier)


def pair(found: Aftermath, first: str, second: str) -> PairAftermath:
    (one,) = [one for one in found.pairs if (one.first, one.second) == (first, second)]
    return one


def test_a_true_cut_paid_and_a_false_one_did_not(shop: tuple[Shop, str, str]) -> None:
    found = told(shop, shop[1])
    true = pair(found, "orders", "users")
    assert true.outcome is Outcome.PAID
    assert true.now == {}
    assert (true.together_before, true.together_after) == (21, 0)
    assert true.either_after >= 30
    false = pair(found, "billing", "catalogue")
    assert false.outcome is Outcome.MOVED
    assert false.moved_to == ("lookup",)
    # The history is a day longer after the cut than before it; the windows are equal.
    assert (false.together_before, false.together_after) == (21, 14)
    assert any("lookup is new" in one for one in false.way_back)
    assert found.unseen == ()
    text = "\n".join(lines(found))
    assert "1: it paid; 1: the coupling moved elsewhere" in text


def test_a_commit_is_as_good_as_a_survey_that_was_kept(shop: tuple[Shop, str, str]) -> None:
    assert told(shop, shop[2][:12]) == told(shop, shop[1])


def test_of_an_advice_the_survey_is_made_again(shop: tuple[Shop, str, str]) -> None:
    advice = shop[0].root.parent / "advice.json"
    advice.write_text(f'{{"schema": "banyan.advice/1", "commit": "{shop[2]}"}}')
    assert told(shop, str(advice)) == told(shop, shop[1])


def test_without_a_history_the_couplings_are_compared_and_the_rest_is_said(
    shop: tuple[Shop, str, str], tmp_path: Path
) -> None:
    root = tmp_path / "shop"
    write_tree(shop[0].root, shop[0].repository.git("rev-parse", "HEAD"), root)
    found = look_back(root, survey(root), shop[1])
    assert pair(found, "orders", "users").outcome is Outcome.OPEN
    assert pair(found, "billing", "catalogue").outcome is Outcome.MOVED
    assert any("no Git repository" in one for one in found.unseen)


@pytest.mark.parametrize("wrong", ["nowhere.json", "deadbeef", "--help", "HEAD~1", ""])
def test_what_is_no_snapshot_is_refused(shop: tuple[Shop, str, str], wrong: str) -> None:
    with pytest.raises(ConfigurationError):
        told(shop, wrong)


def test_a_tree_is_written_as_it_was_without_links_and_filters(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    mark = tmp_path / "it was run"
    for part in ("smudge", "clean"):
        repository.git("config", f"filter.trap.{part}", f"touch '{mark}'; cat")
    repository.git("config", "core.autocrlf", "true")
    (repository.root / "link").symlink_to("/etc/passwd")
    (repository.root / "a\nb.py").write_bytes(b"x = 1\ny = 2\n")
    (repository.root / "sub").mkdir()
    (repository.root / "sub/empty.py").write_bytes(b"")
    commit = repository.commit()
    (repository.root / ".gitattributes").write_text("*.py filter=trap export-ignore\n")
    later = repository.commit("sub/c.py")
    mark.unlink(missing_ok=True)
    assert write_tree(repository.root, commit, tmp_path / "then") == 2
    assert (tmp_path / "then/a\nb.py").read_bytes() == b"x = 1\ny = 2\n"
    assert not (tmp_path / "then/link").exists()
    assert write_tree(repository.root / "sub", later, tmp_path / "part") == 2
    assert sorted(one.name for one in (tmp_path / "part").iterdir()) == ["c.py", "empty.py"]
    assert not mark.exists()
    with pytest.raises(GitFailed):
        write_tree(repository.root, "0" * 40, tmp_path / "none")

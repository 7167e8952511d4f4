"""The recipes of docs/transactions.md for Django's admin, whose forms save in a transaction."""

from typing import Any

import pytest
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.test import Client
from django.urls import include, path
from pytest_django import Settings
from tests.in_django.apps.sales.models import SaleRecord
from tests.in_django.apps.stock.contract import Stock
from tests.in_django.apps.stock.models import Item
from tests.in_django.calls.conftest import Mode

from banyan.calls import Fault, inject
from banyan.errors import CallError, Misuse

stock = Stock.client()
site = admin.AdminSite("recipes")


@admin.register(SaleRecord, site=site)
class SaleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Takes what is sold out of stock, after the sale is saved."""

    actions = ("put_back",)

    def save_model(self, request: HttpRequest, obj: SaleRecord, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if request.GET.get("naively"):
            stock.take(obj.sku, 1)
        transaction.on_commit(lambda: self._take(request, obj.sku))

    def _take(self, request: HttpRequest, sku: str) -> None:
        # The sale is committed: what fails now is told, and no reason to answer "500".
        try:
            stock.take(sku, 1)
        except CallError as error:
            self.message_user(request, f"Not taken out of stock: {error.message}", messages.ERROR)

    @admin.action(description="Put back into stock")
    def put_back(self, request: HttpRequest, queryset: QuerySet[SaleRecord]) -> None:
        # Actions run outside of any transaction, so a command may be called as it is.
        for sale in queryset:
            stock.put(sale.sku, 1)


urlpatterns = [path("recipes/", site.urls), path("", include("tests.in_django.project.urls"))]

ADD, LIST = "/recipes/sales/salerecord/add/", "/recipes/sales/salerecord/"


@pytest.fixture
def staff(transactional_db: None, settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    # Who a person is elsewhere is a matter of its own; here they log in by the session.
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "identity" not in one]
    Item.objects.create(sku="tea", quantity=3)
    client = Client()
    client.force_login(User.objects.create_superuser("boss"))
    return client


def test_a_command_in_save_model_is_refused(mode: Mode, staff: Client) -> None:
    with pytest.raises(Misuse, match="for the admin see"):
        staff.post(f"{ADD}?naively=1", {"sku": "tea"})
    assert not SaleRecord.objects.exists()


def test_a_command_on_commit_runs_once_the_form_is_saved(mode: Mode, staff: Client) -> None:
    assert staff.post(ADD, {"sku": "tea"}).status_code == 302
    assert SaleRecord.objects.count() == 1
    assert Item.objects.get().quantity == 2


def test_a_command_that_fails_on_commit_is_told_and_the_form_stays_saved(
    staff: Client, settings: Settings
) -> None:
    settings.BANYAN = {"calls": {"mode": "strict"}}
    with inject(fault=Fault.NEVER_ARRIVES):
        page = staff.post(ADD, {"sku": "tea"}, follow=True)
    assert "Not taken out of stock" in page.content.decode()
    assert SaleRecord.objects.count() == 1


def test_an_action_calls_commands_as_it_likes(mode: Mode, staff: Client) -> None:
    sale = SaleRecord.objects.create(sku="tea")
    staff.post(LIST, {"action": "put_back", "_selected_action": [sale.pk]})
    assert Item.objects.get().quantity == 4

"""The outbox and the inbox in Django's admin: to see what is stuck, and to replay or discard it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from banyan.events.models import Bookmark, Delivery, EventRow, Publication, Rejection
from banyan.leases import State
from banyan.leases.models import Leased, give_up, set_free


class _WrittenByBanyan(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for checkers only
    """Rows that nobody edits by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


class _EventRowAdmin(_WrittenByBanyan):
    search_fields = ("event_id", "key")
    ordering = ("-id",)
    actions = ("replay", "discard")

    @admin.display(description="next attempt, or end of the lease")
    def due_at(self, row: Leased) -> datetime | None:
        return _moment(row.due) if row.state == State.OPEN else None

    @admin.display(description="finished")
    def finished_at(self, row: Leased) -> datetime | None:
        return _moment(row.finished) if row.finished else None

    def has_replay_permission(self, request: HttpRequest) -> bool:
        """Whoever may change the rows may set them free; nothing else can be changed."""
        return admin.ModelAdmin.has_change_permission(self, request)  # pyright: ignore

    @admin.action(description="Replay the dead ones among them", permissions=["replay"])
    def replay(self, request: HttpRequest, rows: QuerySet[EventRow]) -> None:
        count = set_free(rows)
        messages.success(request, f"{count} events are tried again.")

    @admin.action(description="Discard the dead ones among them", permissions=["replay"])
    def discard(self, request: HttpRequest, rows: QuerySet[EventRow]) -> None:
        count = give_up(rows)
        messages.success(request, f"{count} events were given up; what waited behind them goes on.")


@admin.register(Publication)
class PublicationAdmin(_EventRowAdmin):
    """What was published, until it is with the broker."""

    list_display = ("name", "key", "state", "attempts", "due_at", "finished_at", "created_at")
    list_filter = ("state", "name")


@admin.register(Delivery)
class DeliveryAdmin(_EventRowAdmin):
    """What arrived, for each handler."""

    list_display = ("name", "subscription", "key", "state", "attempts", "due_at", "finished_at")
    list_filter = ("state", "name", "subscription")


@admin.register(Bookmark)
class BookmarkAdmin(_WrittenByBanyan):
    """Up to where each module has read."""

    list_display = ("consumer", "project", "place", "owner")


@admin.register(Rejection)
class RejectionAdmin(_WrittenByBanyan):
    """What could not be read."""

    list_display = ("created_at", "consumer", "subject", "finding", "reason")
    exclude = ("body",)
    readonly_fields = ("shown_body",)

    @admin.display(description="body")
    def shown_body(self, row: Rejection) -> str:
        return bytes(row.body[:10_000]).decode(errors="backslashreplace")


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)

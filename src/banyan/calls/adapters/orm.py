"""The ledger of idempotency keys, on Django's ORM."""

from datetime import timedelta
from functools import cache
from typing import Any, cast

from django.db import connections, models, transaction
from django.db.models.constants import OnConflict
from django.utils import timezone

from banyan.calls.models import IdempotencyKey
from banyan.calls.outcomes import Outcome, Remembered

_FIELDS = ("method", "key", "fingerprint", "state", "declared_error", "created_at")


class OrmLedger:
    """Keeps each key as a row, whose unique constraint makes a second claimant wait its turn."""

    def claim(self, alias: str, method: str, key: str, fingerprint: bytes) -> Remembered | None:
        """Put a key on record as started; None when it is new, else what is known of it."""
        values: list[Any] = [
            method, key, fingerprint, IdempotencyKey.State.STARTED, "", timezone.now()
        ]  # fmt: skip
        connection = connections[alias]
        prepared = [
            field.get_db_prep_save(value, connection)
            for field, value in zip(_fields(), values, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(_insert_unless_there(alias), prepared)
            if cursor.rowcount == 1:
                return None
        # No row is visible when it was forgotten meanwhile, or when this transaction's snapshot is
        # older than the row: either way another claimed the key and nobody can say how it ended.
        row = (
            IdempotencyKey.objects.using(alias)
            .filter(method=method, key=key)
            .values_list("fingerprint", "state", "declared_error", "outcome")
            .first()
        )
        if row is None:
            return Remembered(fingerprint, None, is_done=False)
        known, state, error, body = row
        done = state == IdempotencyKey.State.DONE
        outcome = Outcome(bytes(body), error) if done and body is not None else None
        return Remembered(bytes(known), outcome, is_done=done)

    def remember(self, alias: str, method: str, key: str, outcome: Outcome | None) -> None:
        """Put on record that the command ended, and how, unless that is not to be kept."""
        IdempotencyKey.objects.using(alias).filter(method=method, key=key).update(
            state=IdempotencyKey.State.DONE,
            declared_error=outcome.error if outcome else "",
            outcome=outcome.body if outcome else None,
        )

    def forget(self, alias: str, older_than: float, limit: int) -> int:
        """Delete keys that were claimed so many seconds ago or earlier; returns how many."""
        before = timezone.now() - timedelta(seconds=older_than)
        rows = IdempotencyKey.objects.using(alias)
        with transaction.atomic(using=alias):
            old = rows.filter(created_at__lte=before).order_by("created_at")
            if connections[alias].features.has_select_for_update_skip_locked:
                # What another process is just deleting is left to it.
                old = old.select_for_update(skip_locked=True)
            found = list(old.values_list("pk", flat=True)[:limit])
            return rows.filter(pk__in=found).delete()[0] if found else 0


@cache
def _fields() -> "list[models.Field[Any, Any]]":
    return [cast("models.Field[Any, Any]", IdempotencyKey._meta.get_field(one)) for one in _FIELDS]


@cache
def _insert_unless_there(alias: str) -> str:
    """The statement that inserts a key, or nothing when it is there already.

    The ORM's ``bulk_create(ignore_conflicts=True)`` says the same but does not tell which of the
    two happened; catching the conflict would cost a savepoint each time.
    """
    operations = connections[alias].ops
    fields = _fields()
    columns = ", ".join(operations.quote_name(str(field.column)) for field in fields)
    conflict = operations.on_conflict_suffix_sql(fields, OnConflict.IGNORE, [], [])
    return (
        f"{operations.insert_statement(on_conflict=OnConflict.IGNORE)} "
        f"{operations.quote_name(IdempotencyKey._meta.db_table)} ({columns}) "
        f"VALUES ({', '.join(['%s'] * len(fields))}) {conflict}"
    )

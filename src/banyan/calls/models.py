"""The table of idempotency keys, in the database of every module that has commands."""

from datetime import datetime

from django.db import models
from django.utils import timezone


class IdempotencyKey(models.Model):
    """That a command was started under a key, and how it ended."""

    class State(models.TextChoices):
        """How far a command has come."""

        STARTED = "started"
        DONE = "done"

    method: "models.CharField[str, str]" = models.CharField(max_length=200)
    key: "models.CharField[str, str]" = models.CharField(max_length=200)
    fingerprint: "models.BinaryField[bytes, bytes]" = models.BinaryField(max_length=32)
    state: "models.CharField[str, str]" = models.CharField(
        max_length=7, choices=State.choices, default=State.STARTED
    )
    declared_error: "models.CharField[str, str]" = models.CharField(
        max_length=200, default="", blank=True
    )
    outcome: "models.BinaryField[bytes | None, bytes | None]" = models.BinaryField(null=True)
    created_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(
        default=timezone.now, db_index=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("method", "key"), name="banyan_calls_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.key}: {self.state}"

"""The outbox, the inbox, the place each module has read to, and what could not be read."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from banyan.events.cloudevents import (
    LONGEST_ID,
    LONGEST_KEY,
    LONGEST_NAME,
    LONGEST_SOURCE,
)
from banyan.leases.models import Leased, lease_indexes


class EventRow(Leased):
    """A leased row that holds an event."""

    event_id: "models.CharField[str, str]" = models.CharField(max_length=LONGEST_ID)
    name: "models.CharField[str, str]" = models.CharField(max_length=LONGEST_NAME)
    source: "models.CharField[str, str]" = models.CharField(max_length=LONGEST_SOURCE)
    key: "models.CharField[str, str]" = models.CharField(
        max_length=LONGEST_KEY, blank=True, default=""
    )
    # As text: what an event says of its time is the publisher's, and no query asks for it.
    time: "models.CharField[str, str]" = models.CharField(max_length=40, blank=True, default="")
    data: "models.TextField[str, str]" = models.TextField()
    traceparent: "models.CharField[str, str]" = models.CharField(
        max_length=100, blank=True, default=""
    )

    class Meta(Leased.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} {self.event_id}"


class Publication(EventRow):
    """The outbox: an event that was published, from its transaction until it is with the broker."""

    class Meta(EventRow.Meta):
        abstract = False
        indexes = lease_indexes("banyan_publication")
        constraints = [
            models.UniqueConstraint(fields=["event_id"], name="banyan_publication_event"),
        ]


class Delivery(EventRow):
    """The inbox: one event for one handler. Done, it is the memory that the handler has run."""

    subscription: "models.CharField[str, str]" = models.CharField(max_length=200)

    class Meta(EventRow.Meta):
        abstract = False
        verbose_name_plural = "deliveries"
        indexes = lease_indexes("banyan_delivery")
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "subscription"], name="banyan_delivery_event"
            ),
        ]


class Bookmark(Leased):
    """Up to where a module has taken the events of a project from the broker.

    Its lease says who reads: one process at a time, so that the order is kept.
    """

    consumer: "models.CharField[str, str]" = models.CharField(max_length=100)
    project: "models.CharField[str, str]" = models.CharField(max_length=100)
    place: "models.CharField[str, str]" = models.CharField(max_length=200, blank=True, default="")

    class Meta(Leased.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["consumer", "project"], name="banyan_bookmark_consumer")
        ]

    def __str__(self) -> str:
        return f"{self.consumer} reads {self.project}"


class Rejection(models.Model):
    """A message from the broker that is no event, kept as it came."""

    id: "models.BigAutoField[int, int]" = models.BigAutoField(primary_key=True)
    consumer: "models.CharField[str, str]" = models.CharField(max_length=100)
    place: "models.CharField[str, str]" = models.CharField(max_length=200)
    subject: "models.CharField[str, str]" = models.CharField(max_length=300)
    body: "models.BinaryField[bytes, bytes]" = models.BinaryField()
    finding: "models.CharField[str, str]" = models.CharField(max_length=20)
    reason: "models.TextField[str, str]" = models.TextField()
    created_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(
        default=timezone.now
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consumer", "place"], name="banyan_rejection_place")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.place}"

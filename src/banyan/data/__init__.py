"""Data that is owned: each service has its modules' tables, and none of the others'."""

from banyan.data.refusals import MigrationNeedsAnotherModule, NonResidentModel

__all__ = ["MigrationNeedsAnotherModule", "NonResidentModel"]

"""Paths and models that classes declare for a library: admins, forms, serializers, filters."""

from banyan.survey.following.frames import Frame


def declared(frame: Frame) -> None:
    """Tell what the classes of a module declare."""

"""Permissions from the token, for users who were made from one."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from banyan.identity.claims import Claims
from banyan.identity.installation import CLAIMS


class TokenBackend(ModelBackend):
    """Django's backend, except that a user made from a token may do what the token says.

    It is to replace ``ModelBackend``: where users do not live, the tables that one asks are empty.
    """

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """What the user may do by their own permissions; all of a token's count as these."""
        told = _told(user_obj, obj)
        return super().get_user_permissions(user_obj, obj) if told is None else told

    async def aget_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """The same, for async code."""
        told = _told(user_obj, obj)
        return await super().aget_user_permissions(user_obj, obj) if told is None else told

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """What the user may do by their groups; a token does not tell these apart."""
        told = _told(user_obj, obj)
        return super().get_group_permissions(user_obj, obj) if told is None else set()

    async def aget_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """The same, for async code."""
        told = _told(user_obj, obj)
        return await super().aget_group_permissions(user_obj, obj) if told is None else set()


def _told(user: Any, obj: Any) -> set[str] | None:
    """What a token lets its user do; None if there is no token, or a superuser's."""
    claims = getattr(user, CLAIMS, None)
    # A superuser's permissions are all that there are, and those are in every database.
    if not isinstance(claims, Claims) or claims.person.is_superuser:
        return None
    return set(claims.person.permissions) if obj is None else set()

"""People log in once, and every service knows them: signed tokens and published keys."""

from banyan.identity.claims import Claims, Login, Person
from banyan.identity.rejections import InvalidToken, KeysUnavailable

__all__ = ["Claims", "InvalidToken", "KeysUnavailable", "Login", "Person"]

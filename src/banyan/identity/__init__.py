"""People log in once, and every service knows them: signed tokens and published keys."""

from banyan.identity.claims import Claims, Login, Person
from banyan.identity.cookies import clear_token_cookie, set_token_cookie
from banyan.identity.logins import issue_token, log_out, renew_token
from banyan.identity.rejections import InvalidToken, IssuerUnreachable, KeysUnavailable, NotHere

__all__ = [
    "Claims",
    "InvalidToken",
    "IssuerUnreachable",
    "KeysUnavailable",
    "Login",
    "NotHere",
    "Person",
    "clear_token_cookie",
    "issue_token",
    "log_out",
    "renew_token",
    "set_token_cookie",
]

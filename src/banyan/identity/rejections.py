"""Why a token is not accepted, without a word of what stands in it."""

from enum import StrEnum

from banyan.errors import BanyanError


class Reason(StrEnum):
    """What to tell a client whose token is refused (RFC 6750's ``error_description``)."""

    TOO_LARGE = "the token is too large"
    MALFORMED = "the token is malformed"
    ALGORITHM = "the token's algorithm is not allowed"
    KEY = "the token's key is unknown"
    SIGNATURE = "the token's signature does not match"
    ISSUER = "the token comes from another issuer"
    AUDIENCE = "the token is meant for another audience"
    NOT_YET_VALID = "the token is not valid yet"
    EXPIRED = "the token has expired"
    PERSON = "the token's user does not exist or may not log in"
    LOGIN = "the login that the token belongs to has ended"


class InvalidToken(BanyanError):
    """A token is refused; the text says why, and nothing that the token contains."""

    code = "banyan.identity.invalid_token"

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{reason[0].upper()}{reason[1:]}.", hint="Log in again.")
        self.reason = reason


class KeysUnavailable(BanyanError):
    """No token can be judged: the issuer's keys were never fetched, or have become too old."""

    code = "banyan.identity.keys_unavailable"


class IssuerUnreachable(BanyanError):
    """The service that issues tokens does not answer; nobody can log in or out just now."""

    code = "banyan.identity.issuer_unreachable"


class NotHere(BanyanError):
    """Something of a user was asked for in a service where users do not live."""

    code = "banyan.identity.not_here"


class TokenTooLarge(BanyanError):
    """A token would be larger than browsers keep in a cookie."""

    code = "banyan.identity.token_too_large"

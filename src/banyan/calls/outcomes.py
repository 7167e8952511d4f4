"""How a call ended, in the form in which it is remembered and sent."""

from dataclasses import dataclass

from banyan.errors import Misuse, OutcomeUnknown, Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result or a declared error, encoded.

    Attributes:
        body: the response's or the error's fields, as JSON.
        error: the wire name of the declared error; empty for a result.
    """

    body: bytes
    error: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is on record about a key.

    Attributes:
        fingerprint: stands for the arguments it was first used with; empty for a secret command.
        outcome: None as long as the command is known to have started and not to have ended, and
            always for a secret one.
        is_done: whether it is known to have ended.
    """

    fingerprint: bytes
    outcome: Outcome | None
    is_done: bool


def recall(remembered: Remembered, fingerprint: bytes, method: str, key: str) -> Outcome:
    """The answer to a command whose key is on record already.

    Raises:
        Misuse: the key was used with other arguments.
        OutcomeUnknown: the command started under this key, and nobody knows how it ended; or it
            is secret, and nothing more is kept than that it ended.
    """
    if remembered.fingerprint != fingerprint:
        raise Misuse(
            f"The idempotency key {key!r} was used for {method} before, with other arguments.",
            hint="A key stands for one intention; take a new one when the arguments change.",
            code="banyan.call.key_reused",
        )
    if remembered.is_done and remembered.outcome is None:
        raise OutcomeUnknown(
            f"{method} was done before under the idempotency key {key!r}; it is declared secret, "
            "so its outcome is not kept.",
            status=Status.ABORTED,
            hint="If it does no harm to do it again, take a new key.",
            code="banyan.call.not_kept",
        )
    if remembered.outcome is None:
        raise OutcomeUnknown(
            f"{method} was started before under the idempotency key {key!r}, and its end is not "
            "on record: it is running still, or was cut off.",
            status=Status.ABORTED,
            hint="Find out from its effects. It owns no transaction, so they may be there in part.",
            code="banyan.call.started",
        )
    return remembered.outcome

"""What an exception means to the caller: a bug here is a failed call there."""

from banyan.errors import BanyanError, CallError, Misuse, NotExecuted, OutcomeUnknown, Status

# What a called service ran into on its own calls and what its caller may as well know.
_PASSED_ON = frozenset({Status.DEADLINE_EXCEEDED, Status.UNAVAILABLE})


def failed(method: str, error: Exception, *, rolled_back: bool) -> CallError:
    """The error of a call whose method raised what its contract does not declare.

    It did run. What it changed in its own transaction is undone, but it may have done more.
    """
    passed_on = isinstance(error, CallError) and error.status in _PASSED_ON
    undone = " Its transaction was rolled back." if rolled_back else ""
    return OutcomeUnknown(
        f"{method} failed with {type(error).__name__}: {error}.{undone}",
        status=error.status if isinstance(error, CallError) and passed_on else Status.INTERNAL,
        hint="The cause is attached. Name the error in raises= if callers should handle it.",
        code="banyan.call.failed",
    )


def undeclared(method: str, error: Exception) -> BanyanError:
    """What an undeclared exception of a method that owns no transaction means to its caller."""
    if isinstance(error, TypeError) and (mistake := mistaken_call(method, error)):
        return mistake
    return failed(method, error, rolled_back=False)


def could_not_begin(method: str, error: Exception) -> CallError:
    """The error of a call whose transaction could not be opened."""
    return NotExecuted(
        f"{method} could not begin: {type(error).__name__}: {error}",
        status=Status.UNAVAILABLE,
        code="banyan.call.could_not_begin",
    )


def too_late_to_begin(method: str) -> CallError:
    """The error of a call that is not even tried, since its deadline has passed."""
    return NotExecuted(
        f"{method} was not called: the deadline had passed.",
        status=Status.DEADLINE_EXCEEDED,
        code="banyan.call.deadline",
    )


def ended_too_late(method: str) -> CallError:
    """The error of a command that took so long that its caller has given up."""
    return OutcomeUnknown(
        f"{method} ended after its deadline, and its transaction was rolled back.",
        status=Status.DEADLINE_EXCEEDED,
        hint="Repeat it with the same idempotency key and a longer deadline.",
        code="banyan.call.deadline",
    )


def mistaken_call(method: str, error: TypeError) -> Misuse | None:
    """The caller's mistake, when the arguments did not fit and so nothing of the method ran."""
    trace = error.__traceback__
    if trace is not None and trace.tb_next is None:
        return Misuse(
            f"{method} cannot be called so: {error}.",
            hint="Compare the call with the contract.",
            code="banyan.call.arguments",
        )
    return None

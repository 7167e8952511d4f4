"""When a command may be called: it owns its transaction, so none may be open around it."""

from banyan.calls.context import command_around
from banyan.calls.ports import Transactions
from banyan.errors import Misuse

_INSTEAD = (
    "Call it after the commit (transaction.on_commit), publish an event in the transaction, or "
    "use a saga."
)


def refuse_inside_transaction(method: str, transactions: Transactions) -> None:
    """Refuse a command that would not own its transaction.

    Raises:
        Misuse: a transaction is open on any database, or another command is under way.
    """
    around = command_around.get()
    alias = transactions.open_alias()
    if around is not None:
        raise Misuse(
            f"The command {method} was called inside the command {around}, which owns the "
            "transaction that is open: the two could never commit together once one is remote.",
            hint="Publish an event and let the other module act on it, or use a saga. Inside one "
            "module call the function itself. A command that has to call out is declared "
            "@command(atomic=False).",
            code="banyan.call.in_command",
        )
    if alias is not None:
        raise Misuse(
            f"The command {method} was called inside an open transaction on the database "
            f"{alias!r}: it commits by itself, whatever becomes of that transaction.",
            hint=f"{_INSTEAD} Under ATOMIC_REQUESTS mark the view with "
            "@transaction.non_atomic_requests; for the admin see docs/transactions.md.",
            code="banyan.call.in_transaction",
        )


def refuse_to_join_elsewhere(method: str, alias: str, transactions: Transactions) -> None:
    """Refuse to join a transaction that is open on another database than the method's own.

    Raises:
        Misuse: the caller's transaction could not hold what the method does.
    """
    open_alias = transactions.open_alias()
    if open_alias is not None and not transactions.is_open(alias):
        raise Misuse(
            f"{method} joins its caller's transaction, but that is open on the database "
            f"{open_alias!r} and the method's module keeps its data in {alias!r}.",
            hint=f"Open the transaction with transaction.atomic(using={alias!r}).",
            code="banyan.call.joins_elsewhere",
        )


def refuse_remote_join(method: str, service: str) -> None:
    """Refuse to call a method that joins its caller's transaction over the network.

    Raises:
        Misuse: always.
    """
    raise Misuse(
        f"{method} is declared joins=True, so it runs in its caller's transaction; but its module "
        f"runs in the service {service!r}.",
        hint="Make the two modules resident in one service, or take joins=True off and let the "
        "caller do without the common transaction.",
        code="banyan.call.joins_remote",
    )

"""Histories to read, written by hand."""

from datetime import UTC, datetime

from banyan.boundaries.advice.changes import Change, Log

MODULES = ("orders", "users", "payments", "stock", "mail", "pages", "search")


def moment(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def change(
    *paths: str, day: str = "2026-08-01", author: str = "Ada", commit: str = "", bot: bool = False
) -> Change:
    """A change of files, or of the views of modules where only their names are given."""
    files = [path if "/" in path or "." in path else f"shop/{path}/views.py" for path in paths]
    return Change(
        commit=commit, moment=moment(day), author=author, is_bot=bot, paths=tuple(sorted(files))
    )


def log(*changes: Change, merges: int = 0, sweeps: tuple[str, ...] = (), owners: str = "") -> Log:
    newest = max((one.moment for one in changes), default=0)
    return Log(
        head="f" * 40,
        moment=newest,
        changes=changes,
        merges=merges,
        sweeps=frozenset(sweeps),
        owners=owners,
    )

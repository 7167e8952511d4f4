"""What a repository's history says, as values: who changed which files, when."""

from typing import Final

import msgspec

DAY: Final = 86_400
TWO_YEARS: Final = 730 * DAY
"""Seconds of history that are read unless more is asked for."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One commit that is no merge.

    Attributes:
        commit: its full hash.
        moment: when it was committed, in seconds since 1970.
        author: a name, after ``.mailmap``; addresses are not kept.
        is_bot: whether a program wrote it.
        paths: of the files that it changed, relative to the project, sorted, as they are called
            today where they have been renamed since.
    """

    commit: str
    moment: int
    author: str
    is_bot: bool = False
    paths: tuple[str, ...] = ()


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a repository's history, as far as the project's folder goes.

    Attributes:
        head: the newest commit; "" where there is none.
        moment: of that commit.
        since: no commit before this moment was looked for.
        changes: the newest first.
        merges: how many merges there were; they are left out, since they repeat what they merge.
        sweeps: commits that ``.git-blame-ignore-revs`` names: formatting and the like.
        owners: the text of CODEOWNERS; "" where there is none.
        owners_file: its path in the repository.
        prefix: the project's folder in the repository, with a slash at its end; "" for the whole.
        unseen: what could not be seen, a sentence each.
    """

    head: str = ""
    moment: int = 0
    since: int = 0
    changes: tuple[Change, ...] = ()
    merges: int = 0
    sweeps: frozenset[str] = frozenset()
    owners: str = ""
    owners_file: str = ""
    prefix: str = ""
    unseen: tuple[str, ...] = ()

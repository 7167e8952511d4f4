"""Django's system check of boundaries: what `banyan check` finds, as Django's messages.

It reads the whole project, which takes seconds where much has changed, and nothing that it finds
keeps a server from running. So it runs only where it is asked for: by `manage.py check --tag
boundaries`, or among the checks of a deployment; not with each runserver, test run and command.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from django.core import checks

from banyan.conf import find_project_file
from banyan.findings import Finding, FindingsError, Level

TAG: Final = "boundaries"
_LEVELS: Final = {
    Level.ERROR: checks.ERROR,
    Level.WARNING: checks.WARNING,
    Level.INFO: checks.INFO,
}


def register(asked_for: bool) -> None:
    """Register the check.

    Args:
        asked_for: whether this process is to run it; else it is among those of a deployment,
            which Django runs with ``--deploy`` alone.
    """
    checks.register(boundaries, TAG, deploy=not asked_for)


def is_asked_for(arguments: Sequence[str]) -> bool:
    """Whether a command line is that of Django's ``check`` and names the tag.

    A check isn't told by which tag it is run, so that this is known by the command line alone.
    """
    return "check" in arguments[1:2] and any(
        argument in (TAG, f"--tag={TAG}", f"-t{TAG}") for argument in arguments[2:]
    )


def boundaries(**_: Any) -> list[checks.CheckMessage]:
    """Nothing new breaks the rules of a modular monolith."""
    return [
        checks.CheckMessage(
            _LEVELS[one.level],
            one.message,
            hint=one.hint or None,
            obj=str(one.location) if one.location else None,
            id=one.id,
        )
        for one in _findings()
    ]


def _findings() -> Iterator[Finding]:
    # They load parsers: late, since most processes never run this.
    from banyan.boundaries.checking import check
    from banyan.survey import survey

    file = find_project_file()
    root = file.parent if file is not None else Path.cwd()
    try:
        yield from check(root, survey(root)).findings
    except FindingsError as error:
        yield from error.findings

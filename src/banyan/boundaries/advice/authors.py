"""Tells programs among the authors of commits from people."""

import re
from typing import Final

_NAME: Final = re.compile(r"\[bot\]|\(bot\)|(^|[-_. ])bot$|^bot[-_. ]", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"\[bot\]@|^(actions?@github\.com|bot@|[^@]*[-_.+]bot@|hosted@weblate\.org|noreply@weblate\.org)"
    r"|@(transifex|crowdin|pyup|renovateapp|dependabot)\.(com|io)$",
    re.IGNORECASE,
)
# Services that commit under their own names.
_SERVICES: Final = frozenset(
    {"crowdin", "dependabot", "dependabot-preview", "github actions", "github-actions"}
    | {"greenkeeper", "hosted weblate", "mergify", "pre-commit-ci", "pyup.io", "renovate"}
    | {"snyk", "transifex", "weblate"}
)


def is_bot(name: str, address: str = "") -> bool:
    """Whether an author is a program, by what such programs call themselves."""
    is_service = name.strip().lower() in _SERVICES
    return is_service or bool(_NAME.search(name) or _ADDRESS.search(address))

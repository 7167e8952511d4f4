"""What every report of a check says alike: where a finding stands, and where it is explained."""

import posixpath
from typing import Final

from banyan.boundaries.rules import (
    BAD_ALLOWANCE,
    BAD_BASELINE,
    FIXED,
    LAWS,
    STRICT,
    UNMATCHED_ALLOWANCE,
)
from banyan.findings import Location
from banyan.survey.reports.sarif_log import HOME

PAGES: Final = f"{HOME}/blob/main/docs/findings/"
# Of each finding that a check may have, what is wrong, without its ends.
TITLES: Final = {law.id: law.title for law in LAWS.values()} | {
    UNMATCHED_ALLOWANCE: "a comment allows what isn't there",
    BAD_ALLOWANCE: "a comment that allows nothing",
    FIXED: "the baseline lists what isn't there any more",
    STRICT: "a strict module has debt in the baseline",
    BAD_BASELINE: "the baseline can't be read",
}
HINTS: Final = {law.id: law.hint for law in LAWS.values()}


def page(id: str) -> str:
    """The address of the page that explains a finding."""
    return f"{PAGES}{id}.md"


def file_of(place: Location | None, within: str = "") -> str:
    """The file of a place, with forward slashes; "" where there is none.

    Args:
        within: the project's folder, where files are told relative to another one.
    """
    return posixpath.join(within, place.file.as_posix()) if place is not None else ""

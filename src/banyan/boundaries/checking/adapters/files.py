"""Reads and writes a baseline's file."""

import tempfile
from pathlib import Path

from banyan.boundaries.checking import baseline
from banyan.boundaries.checking.reading import parse
from banyan.boundaries.rules import BAD_BASELINE
from banyan.errors import ConfigurationError
from banyan.findings import Finding, FindingsError, Location


def read_baseline(file: Path) -> baseline.Baseline | None:
    """The baseline in a file; None where there is no such file.

    Raises:
        FindingsError: it can't be read, or is no baseline.
    """
    try:
        source = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"{file.name} cannot be read: {reason}"
        raise FindingsError([Finding(BAD_BASELINE, message, "", Location(file))]) from None
    return parse(source, file)


def write_baseline(file: Path, content: baseline.Baseline) -> None:
    """Write a baseline, whole or not at all.

    Raises:
        ConfigurationError: it can't be written.
    """
    try:
        write_whole(file, baseline.render(content))
    except OSError as error:
        raise ConfigurationError(
            f"The baseline can't be written to {file}: {error.strerror}.",
            hint="It stands beside banyan.toml, in a folder that must be writable.",
        ) from error


def write_description(file: Path, text: str) -> None:
    """Write a ``banyan.toml``, whole or not at all.

    Raises:
        ConfigurationError: it can't be written.
    """
    try:
        write_whole(file, text)
    except OSError as error:
        raise ConfigurationError(
            f"{file} can't be written: {error.strerror}.",
            hint="It stands in the project's own folder, which must be writable.",
        ) from error


def write_whole(file: Path, text: str) -> None:
    """Write a file so that it is never there in part; a link to it stays one."""
    file = file.resolve()
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=file.parent, delete=False
    ) as stream:
        written = Path(stream.name)
        try:
            stream.write(text)
            stream.close()
            written.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
            written.replace(file)
        except BaseException:
            written.unlink(missing_ok=True)
            raise

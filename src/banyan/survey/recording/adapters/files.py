"""Evidence in files."""

from pathlib import Path

from banyan.errors import ConfigurationError
from banyan.survey.recording.evidence import Evidence, decode, encode


def read_evidence(file: Path) -> Evidence:
    """Read an evidence file.

    Raises:
        ConfigurationError: it can't be read, or is no evidence of this format.
    """
    try:
        return decode(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(
            f"{file} can't be read: {error.strerror}",
            hint="Make one: banyan record -o evidence.json -- pytest",
            code="banyan.recording",
        ) from error
    except ValueError as error:
        raise ConfigurationError(
            f"{file} is no evidence that this version reads: {error}",
            hint="Record it anew, with this version: banyan record -o evidence.json -- pytest",
            code="banyan.recording",
        ) from error


def write_evidence(evidence: Evidence, file: Path) -> None:
    """Write an evidence file, whole or not at all.

    Raises:
        ConfigurationError: there is no such folder, or it can't be written to.
    """
    beside = file.with_name(f"{file.name}.tmp")
    try:
        beside.write_bytes(encode(evidence))
        beside.replace(file)
    except OSError as error:
        raise ConfigurationError(
            f"{file} can't be written: {error.strerror}",
            hint="Name another file: -o PATH",
            code="banyan.recording",
        ) from error

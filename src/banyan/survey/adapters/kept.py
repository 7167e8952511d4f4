"""Keeps what a survey has found, for as long as nothing changes that it depends on."""

import os
import sys
import tempfile
from contextlib import suppress
from functools import cache as once
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import Final

import msgspec

from banyan.survey.adapters.cache import SUFFIX, folder_of, make_room, name_of, versions
from banyan.survey.facts import Survey

_MAGIC: Final = b"banyan.kept\n"
_SIZE: Final = 16
_LIBRARIES: Final = ("sqlglot", "msgspec")

_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Survey).decode


@once
def surveyor() -> bytes:
    """What a survey depends on besides the project: the code that makes it, all of it.

    Raises:
        OSError: the code is nowhere that it can be read.
    """
    found = blake2b(digest_size=_SIZE)
    found.update(repr((versions(), sys.version_info[:3])).encode())
    for name in _LIBRARIES:
        found.update(metadata.version(name).encode() + b"\0")
    folder = Path(__file__).parents[2]
    for part in ("survey", "modules", "conf"):
        for file in sorted((folder / part).rglob("*.py")):
            found.update(os.fsencode(file.relative_to(folder)) + b"\0")
            found.update(blake2b(file.read_bytes(), digest_size=_SIZE).digest())
    return found.digest()


class KeptSurvey:
    """The last survey of a project. A file that is missing or damaged keeps none.

    Args:
        folder: where caches are; None for the user's own.
        content: what tells one content of the project from another.
    """

    def __init__(self, folder: Path | None, root: Path, content: bytes) -> None:
        folder = folder or folder_of(os.environ)
        self.file = folder / f"{name_of(root)}-found{SUFFIX}"
        self._key: bytes | None = None
        with suppress(OSError, metadata.PackageNotFoundError):
            self._key = blake2b(surveyor() + content, digest_size=_SIZE).digest()

    def take(self) -> Survey | None:
        """The survey of this very content; None where there is none."""
        if self._key is None:
            return None
        try:
            data = self.file.read_bytes()
            start = len(_MAGIC) + _SIZE
            head, check, packed = data[:start], data[start : start + _SIZE], data[start + _SIZE :]
            if head != _MAGIC + self._key or _check(packed) != check:
                return None
            return _decode(packed)
        except (OSError, ValueError, msgspec.MsgspecError):
            return None

    def keep(self, survey: Survey) -> None:
        """Keep a survey in place of the one before, at once; or not, where that can't be done."""
        if self._key is None:
            return
        packed = _encode(survey)
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            make_room(self.file.parent)
            with tempfile.NamedTemporaryFile(
                dir=self.file.parent, prefix="writing-", delete=False
            ) as file:
                try:
                    file.write(_MAGIC + self._key + _check(packed) + packed)
                    file.close()
                    os.replace(file.name, self.file)  # noqa: PTH105
                except BaseException:
                    file.close()
                    Path(file.name).unlink(missing_ok=True)
                    raise


def _check(packed: bytes) -> bytes:
    return blake2b(packed, digest_size=_SIZE).digest()

"""Keeps what was found of a project, for as long as nothing changes that it depends on."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache as once
from hashlib import blake2b
from pathlib import Path
from typing import Final, Generic, TypeVar
from zlib import crc32

import msgspec

from banyan.survey.adapters.cache import SUFFIX, folder_of, make_room, name_of, versions
from banyan.survey.adapters.versions import version_of

_MAGIC: Final = b"banyan.kept\n"
_SIZE: Final = 16
_CHECK: Final = 4
_LIBRARIES: Final = ("sqlglot", "msgspec")

_encode: Final = msgspec.msgpack.Encoder().encode

T = TypeVar("T")


@once
def surveyor() -> bytes:
    """What a survey depends on besides the project: the code that makes it, all of it.

    Raises:
        OSError: the code is nowhere that it can be read.
        PackageNotFoundError: a library is nowhere that it is known to be installed.
    """
    found = blake2b(digest_size=_SIZE)
    found.update(repr((versions(), sys.version_info[:3])).encode())
    for name in _LIBRARIES:
        found.update(version_of(name).encode() + b"\0")
    folder = str(Path(__file__).parents[2])
    for part in ("survey", "modules", "conf"):
        for file in sorted(_python_in(os.path.join(folder, part))):  # noqa: PTH118
            found.update(os.fsencode(file.removeprefix(folder)) + b"\0")
            with open(file, "rb", buffering=0) as code:  # noqa: PTH123
                found.update(blake2b(code.read(), digest_size=_SIZE).digest())
    return found.digest()


def _python_in(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.name.endswith(".py"):
            yield entry.path
        elif entry.is_dir(follow_symlinks=False):
            yield from _python_in(entry.path)


class Kept(Generic[T]):
    """What was found of a project the last time. A file that is missing or damaged keeps nothing.

    Args:
        folder: where caches are; None for the user's own.
        name: of what is kept.
        of: its type.
        content: what tells all that it depends on, in the project, from anything else.
    """

    def __init__(
        self, folder: Path | None, root: Path, name: str, of: type[T], content: bytes
    ) -> None:
        folder = folder or folder_of(os.environ)
        self.file = folder / f"{name_of(root)}-{name}{SUFFIX}"
        self._decode = msgspec.msgpack.Decoder(of).decode
        self._key: bytes | None = None
        # Python tells of a library that is not installed as of a module that is not there.
        with suppress(OSError, ModuleNotFoundError):
            self._key = blake2b(surveyor() + content, digest_size=_SIZE).digest()

    def take(self) -> T | None:
        """What was found in this very content; None where there is nothing."""
        if self._key is None:
            return None
        try:
            data = memoryview(self.file.read_bytes())
            head = _MAGIC + self._key
            check = len(head) + _CHECK
            packed = data[check:]
            if bytes(data[:check]) != head + _check(packed):
                return None
            return self._decode(packed)
        except (OSError, ValueError, msgspec.MsgspecError):
            return None

    def keep(self, found: T) -> None:
        """Keep it in place of the last, at once; or not, where that can't be done."""
        if self._key is None:
            return
        packed = _encode(found)
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            make_room(self.file.parent)
            with tempfile.NamedTemporaryFile(
                dir=self.file.parent, prefix="writing-", delete=False
            ) as file:
                try:
                    file.writelines((_MAGIC, self._key, _check(packed), packed))
                    file.close()
                    os.replace(file.name, self.file)  # noqa: PTH105
                except BaseException:
                    file.close()
                    Path(file.name).unlink(missing_ok=True)
                    raise


def _check(packed: bytes | memoryview) -> bytes:
    """What tells it from what was damaged, by chance and not on purpose."""
    return crc32(packed).to_bytes(_CHECK)

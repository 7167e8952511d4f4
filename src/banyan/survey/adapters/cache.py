"""Keeps what was read of a project in one file of the user's cache folder."""

import mmap
import os
import struct
import tempfile
import time
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from banyan.survey.adapters.versions import version_of
from banyan.survey.damage import Damage

READER: Final = 6
"""To be raised whenever the reader makes other trees, or the trees have other fields."""

LARGEST: Final = 1_000_000_000
"""How many bytes the caches of all projects may have together; the oldest go first."""

_PARSERS: Final = ("tree-sitter", "tree-sitter-python")
_MAGIC: Final = b"banyan.survey\n"
SUFFIX: Final = ".banyan-survey"
_END: Final = struct.Struct("<QQ16s")
_SETTLED: Final = 2_000_000_000
"""Nanoseconds. A file that changed so shortly before it was kept may have changed since,
without another time."""


class Entry(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What is kept of one file.

    Attributes:
        check: of the tree's bytes, which may have been damaged.
    """

    size: int
    modified: int
    inode: int
    digest: bytes
    tree: bytes
    is_whole: bool
    lines: int
    damages: tuple[Damage, ...]
    offset: int
    length: int
    check: int


class _Index(msgspec.Struct, array_like=True):
    versions: tuple[str, ...]
    written: int
    entries: dict[str, Entry]


_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(_Index).decode


def versions() -> tuple[str, ...]:
    """What a kept tree depends on besides its source."""
    return (str(READER), *map(version_of, _PARSERS))


def folder_of(environment: Mapping[str, str]) -> Path:
    """Where caches are, by the XDG Base Directory Specification."""
    given = environment.get("XDG_CACHE_HOME", "")
    # A relative path is to be ignored, as the specification says.
    folder = Path(given) if Path(given).is_absolute() else Path.home() / ".cache"
    return folder / "banyan"


def name_of(root: Path) -> str:
    """What the files begin with that are kept of a project."""
    return blake2b(os.fsencode(root.resolve()), digest_size=12).hexdigest()


class Cache:
    """What is kept of one project. A file that is missing or damaged is an empty cache."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.file = folder / f"{name_of(root)}{SUFFIX}"
        self.entries: dict[str, Entry] = {}
        self.written = 0
        self._data: mmap.mmap | bytes = b""
        # Whatever the file holds, it must not keep a project from being read.
        with suppress(OSError, ValueError, struct.error, msgspec.MsgspecError, RecursionError):
            self._load()

    def _load(self) -> None:
        with self.file.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if data[: len(_MAGIC)] != _MAGIC:
            return
        offset, length, check = _END.unpack(data[-_END.size :])
        if offset + length + _END.size != len(data):
            return
        packed = data[offset : offset + length]
        if blake2b(packed, digest_size=16).digest() != check:
            return
        index = _decode(packed)
        if index.versions != versions():
            return
        self.entries = index.entries
        self.written = index.written
        self._data = data

    def unchanged(self, path: str, size: int, modified: int, inode: int) -> Entry | None:
        """What is kept of a file that has not been touched since."""
        entry = self.entries.get(path)
        if (
            entry is None
            or (entry.size, entry.modified, entry.inode) != (size, modified, inode)
            or modified > self.written - _SETTLED
        ):
            return None
        return entry

    def by_content(self) -> dict[tuple[bytes, bool], Entry]:
        """All that is kept, by the digest of the source and whether it was read whole."""
        return {(entry.digest, entry.is_whole): entry for entry in self.entries.values()}

    def blob(self, entry: Entry) -> bytes | None:
        """A file's tree, encoded; None when it was damaged."""
        blob = self._data[entry.offset : entry.offset + entry.length]
        return blob if zlib.crc32(blob) == entry.check else None

    def keep(self, kept: Iterable[tuple[str, Entry, bytes]], now: int | None = None) -> bool:
        """Replace what is kept, at once, whatever another run does meanwhile.

        Returns:
            False when it could not be written; then what is read is not kept, and no more.
        """
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            make_room(self.file.parent)
            with tempfile.NamedTemporaryFile(
                dir=self.file.parent, prefix="writing-", delete=False
            ) as file:
                try:
                    file.write(_MAGIC)
                    entries: dict[str, Entry] = {}
                    for path, entry, blob in kept:
                        check = zlib.crc32(blob)
                        entries[path] = msgspec.structs.replace(
                            entry, offset=file.tell(), length=len(blob), check=check
                        )
                        file.write(blob)
                    offset = file.tell()
                    packed = _encode(_Index(versions(), now or time.time_ns(), entries))
                    check_of_all = blake2b(packed, digest_size=16).digest()
                    file.write(packed + _END.pack(offset, len(packed), check_of_all))
                    file.close()
                    os.replace(file.name, self.file)  # noqa: PTH105
                except BaseException:
                    file.close()
                    with suppress(OSError):
                        os.unlink(file.name)  # noqa: PTH108
                    raise
        except OSError:
            return False
        return True


def make_room(folder: Path, largest: int = LARGEST) -> None:
    """Drop the oldest caches until all together are small enough, and what a killed run left."""
    found: list[tuple[float, int, Path]] = []
    for file in folder.iterdir():
        with suppress(OSError):
            status = file.stat()
            if file.suffix == SUFFIX:
                found.append((status.st_mtime, status.st_size, file))
            elif file.name.startswith("writing-") and time.time() - status.st_mtime > 3_600:
                file.unlink()
    total = 0
    for _, size, file in sorted(found, reverse=True):
        total += size
        if total > largest:
            with suppress(OSError):
                file.unlink()

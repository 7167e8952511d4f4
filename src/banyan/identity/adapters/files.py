"""Keys in PEM files: one file, or a folder with ``current``, ``next`` and ``previous``."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from joserfc.jwk import RSAKey

from banyan.errors import ConfigurationError
from banyan.identity.keys import KeyRing, generate, read_document, read_private
from banyan.identity.rejections import KeysUnavailable

CURRENT, NEXT, PREVIOUS = "current.pem", "next.pem", "previous.pem"
# How long verifiers may go on without looking at the published keys again, with a margin.
SETTLING = 600.0

_Stamp = tuple[tuple[int, int, int] | None, ...]


class FileKeys:
    """An issuer's keys in files, read again when they change.

    Args:
        path: a PEM file, which can only be replaced; or a folder, in which keys are rotated.
        look_again: seconds between looks at the files.
        prepare: whether to make keys at the first need, where there are none.
        make: what makes a new key.
    """

    def __init__(
        self,
        path: Path,
        *,
        look_again: float = 1.0,
        prepare: bool = False,
        make: Callable[[], RSAKey] = generate,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self._prepare = prepare
        self._make = make
        self._look_again = look_again
        self._clock = clock
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._stamp: _Stamp = ()
        self._ring: KeyRing | None = None

    def ring(self) -> KeyRing:
        """The keys as they are now.

        Raises:
            ConfigurationError: there is no key that can be used.
        """
        if self._ring is None or self._clock() >= self._looked + self._look_again:
            with self._lock:
                if self._ring is None and self._prepare:
                    self.prepare()
                self._look()
        assert self._ring is not None  # noqa: S101 - _look raises instead
        return self._ring

    def find(self, kid: str) -> RSAKey | None:
        """The key with this id."""
        return self.ring().find(kid)

    def prepare(self) -> bool:
        """Make a current and a next key where there are none; whether this call made the first.

        It is safe when several processes start at once: the first one's keys count.
        """
        file = self._file(CURRENT)
        assert file is not None  # noqa: S101 - there is always a place for the current key
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = not file.exists() and _write(file, self._new(), replace=False)
        following = self._file(NEXT)
        if following and not following.exists():
            _write(following, self._new(), replace=False)
        return made

    def rotate(
        self, *, at_once: bool = False, forget: bool = False, now: float | None = None
    ) -> None:
        """Let the next key sign, keep the current one for verifying, and make a new next one.

        Args:
            at_once: even if the next key has not been published for long.
            forget: keep no previous key: every token that it signed is refused from now on.
            now: seconds since 1970.

        Raises:
            ConfigurationError: verifiers may not know the next key yet, or there is no folder.
        """
        current, following, previous = (self._file(name) for name in (CURRENT, NEXT, PREVIOUS))
        if current is None or following is None or previous is None:
            raise ConfigurationError(
                f"{self.path} is a single key, and keys are rotated in a folder.",
                hint="Move it into a folder of its own as current.pem, and name the folder.",
            )
        self.ring()
        if not following.exists():
            _write(following, self._new(), replace=False)
        age = (time.time() if now is None else now) - following.stat().st_mtime
        if age < SETTLING and not at_once:
            raise ConfigurationError(
                f"The next key was made {age:.0f} s ago, and services may not know it yet.",
                hint=f"Rotate again in {SETTLING - age:.0f} s; `--now` does not wait, and then "
                "some people have to log in again.",
            )
        # At every moment there is a current key, and verifiers know both sides of each step.
        if forget:
            previous.unlink(missing_ok=True)
        else:
            _write(previous, current.read_bytes(), replace=True)
        following.replace(current)
        _write(following, self._new(), replace=False)
        self._looked = float("-inf")

    def exposed(self) -> list[Path]:
        """The key files that other users of the machine may read."""
        files = [self._file(name) for name in (CURRENT, NEXT, PREVIOUS)]
        return [file for file in files if file and file.exists() and _is_readable_by_others(file)]

    def _look(self) -> None:
        files = [self._file(name) for name in (CURRENT, NEXT, PREVIOUS)]
        stamp = tuple(_stamp(file) for file in files)
        if self._ring is None or stamp != self._stamp:
            current, following, previous = (_read(file) for file in files)
            if current is None:
                raise ConfigurationError(
                    f"There is no private key in {files[0] or self.path}.",
                    hint="`manage.py banyan_keys generate` makes one.",
                )
            self._ring = KeyRing(current, following, previous)
            self._stamp = stamp
        self._looked = self._clock()

    def _new(self) -> bytes:
        return self._make().as_pem(private=True)

    def _file(self, name: str) -> Path | None:
        if self.path.is_dir() or self.path.suffix != ".pem":
            return self.path / name
        return self.path if name == CURRENT else None


def _is_readable_by_others(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


def _write(file: Path, pem: bytes, *, replace: bool) -> bool:
    """Write a key whole or not at all, readable by its owner only."""
    written = file.with_name(f".{file.name}.{os.getpid()}.{threading.get_ident()}")
    descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(pem)
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            written.replace(file)
        else:
            file.hardlink_to(written)  # unlike a rename, it does not replace
    except FileExistsError:
        return False
    finally:
        written.unlink(missing_ok=True)
    return True


def _read(file: Path | None) -> RSAKey | None:
    if file is None:
        return None
    try:
        return read_private(file.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigurationError(
            f"The private key {file} cannot be read: {error.strerror}.",
            hint="Let the server's user read it, and nobody else.",
        ) from None
    except ValueError as error:
        raise ConfigurationError(
            f"The private key {file} cannot be used: {error}.",
            hint="`manage.py banyan_keys generate` makes one.",
        ) from None


class PublishedFile:
    """The issuer's published keys in a JSON file, read again when it changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: _Stamp = ()
        self._known: Mapping[str, RSAKey] = {}

    def find(self, kid: str) -> RSAKey | None:
        """The key with this id, or None if the file has none."""
        stamp = (_stamp(self._path),)
        if stamp != self._stamp:
            try:
                self._known = read_document(self._path.read_bytes())
            except (OSError, ValueError) as error:
                raise KeysUnavailable(
                    f"The issuer's keys cannot be read from {self._path}: {error}.",
                    hint="`manage.py banyan_keys show` at the issuer writes them.",
                ) from None
            self._stamp = stamp
        return self._known.get(kid)


def _stamp(file: Path | None) -> tuple[int, int, int] | None:
    try:
        found = file.stat() if file else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if found else None

"""Keys in files: made once, rotated without a gap, and read again when they change."""

import itertools
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from joserfc.jwk import RSAKey
from tests.unit.identity.examples import Clock

from banyan.errors import ConfigurationError
from banyan.identity.adapters.files import SETTLING, FileKeys, PublishedFile
from banyan.identity.keys import KeyRing, key_id
from banyan.identity.rejections import KeysUnavailable

Make = Callable[..., FileKeys]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def in_files(private_keys: tuple[RSAKey, RSAKey, RSAKey]) -> Make:
    """Keys in files, where each new one is the next of three."""
    made = itertools.cycle(private_keys)
    return partial(FileKeys, make=lambda: next(made))


def ids(keys: FileKeys) -> list[str]:
    return [key["kid"] for key in keys.ring().document()["keys"]]


def test_keys_are_made_once_for_their_owner_alone_to_read(in_files: Make, folder: Path) -> None:
    keys = in_files(folder, look_again=0)
    assert keys.prepare()
    made = ids(keys)
    assert not keys.prepare()
    assert ids(keys) == made
    assert len(made) == 2
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert {file.name for file in folder.iterdir()} == {"current.pem", "next.pem"}


def test_processes_that_start_at_once_agree_on_the_key(in_files: Make, folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: ids(in_files(folder, prepare=True)), range(8)))
    assert len({ring[0] for ring in rings}) == 1
    assert not [file for file in folder.iterdir() if file.name.startswith(".")]


def test_without_a_key_it_says_what_to_do(in_files: Make, folder: Path) -> None:
    with pytest.raises(
        ConfigurationError, match=r"no private key in .*current\.pem\.\nHint: .*generate"
    ):
        in_files(folder).ring()


def test_a_single_file_is_a_key_that_can_only_be_replaced(
    in_files: Make, private_keys: tuple[RSAKey, RSAKey, RSAKey], tmp_path: Path
) -> None:
    file = tmp_path / "key.pem"
    keys = in_files(file, look_again=0)
    assert keys.prepare()
    before = ids(keys)
    with pytest.raises(ConfigurationError, match="single key"):
        keys.rotate()
    file.write_bytes(private_keys[2].as_pem(private=True))
    assert ids(keys) != before


def test_a_file_that_is_no_key_is_named_with_the_reason(in_files: Make, tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_text("hello")
    with pytest.raises(ConfigurationError, match=r"key\.pem cannot be used: it holds no RSA key"):
        in_files(file).ring()
    (tmp_path / "folder" / "current.pem").mkdir(parents=True)
    with pytest.raises(ConfigurationError, match=r"current\.pem cannot be read: Is a directory"):
        in_files(tmp_path / "folder").ring()


def test_a_rotation_keeps_verifiers_able_to_verify(in_files: Make, folder: Path) -> None:
    keys = in_files(folder, look_again=0)
    keys.prepare()
    current, following = ids(keys)
    keys.rotate(now=(folder / "next.pem").stat().st_mtime + SETTLING)
    assert ids(keys)[0] == following
    assert ids(keys)[2] == current
    assert len(set(ids(keys))) == 3


def test_a_rotation_waits_until_verifiers_know_the_next_key(in_files: Make, folder: Path) -> None:
    keys = in_files(folder, look_again=0)
    keys.prepare()
    before = ids(keys)
    with pytest.raises(ConfigurationError, match="may not know it yet"):
        keys.rotate()
    assert ids(keys) == before
    keys.rotate(at_once=True)
    assert ids(keys)[0] == before[1]


def test_a_leaked_key_is_forgotten(in_files: Make, folder: Path) -> None:
    keys = in_files(folder, look_again=0)
    keys.prepare()
    leaked = ids(keys)[0]
    keys.rotate(at_once=True, forget=True)
    assert leaked not in ids(keys)
    assert keys.find(leaked) is None


def test_files_are_looked_at_again_after_a_second(in_files: Make, folder: Path) -> None:
    clock = Clock()
    keys = in_files(folder, clock=clock)
    keys.prepare()
    before = ids(keys)
    in_files(folder).rotate(at_once=True)
    assert ids(keys) == before
    clock.now += 1
    assert ids(keys)[0] == before[1]


def test_a_key_that_others_may_read_is_named(in_files: Make, folder: Path) -> None:
    keys = in_files(folder)
    keys.prepare()
    assert keys.exposed() == []
    (folder / "next.pem").chmod(0o640)
    assert keys.exposed() == [folder / "next.pem"]


def test_published_keys_in_a_file_are_read_again_when_it_changes(
    tmp_path: Path, private_keys: tuple[RSAKey, RSAKey, RSAKey]
) -> None:
    file, (first, second, _) = tmp_path / "jwks.json", private_keys
    source = PublishedFile(file)
    with pytest.raises(KeysUnavailable, match=r"jwks\.json"):
        source.find("x")
    file.write_text(json.dumps(KeyRing(first).document()))
    assert source.find(key_id(first))
    assert source.find("x") is None
    other = tmp_path / "new.json"
    other.write_text(json.dumps(KeyRing(second).document()))
    os.replace(other, file)  # noqa: PTH105
    assert source.find(key_id(second))
    assert source.find(key_id(first)) is None

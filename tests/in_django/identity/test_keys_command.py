"""``manage.py banyan_keys`` makes, shows and rotates."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from tests.in_django.identity.conftest import Elsewhere

from banyan.identity import parts as identity_parts
from banyan.identity.keys import key_id, read_private


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.BANYAN = {"identity": {"private_key": str(tmp_path / "keys")}}
    yield tmp_path / "keys"
    identity_parts.forget()


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("banyan_keys", *arguments, stdout=out)
    return out.getvalue()


def current(folder: Path) -> str:
    return key_id(read_private((folder / "current.pem").read_bytes()))


def test_keys_are_made_once(folder: Path) -> None:
    assert said("generate") == f"Made {current(folder)} in {folder}.\n"
    assert said("generate") == f"Kept {current(folder)} in {folder}.\n"


def test_the_public_keys_are_shown_as_others_are_given_them(folder: Path) -> None:
    said("generate")
    shown = json.loads(said("show"))
    assert shown["keys"][0]["kid"] == current(folder)
    assert not any("d" in key for key in shown["keys"])


def test_a_rotation_lets_the_next_key_sign(folder: Path) -> None:
    said("generate")
    before = current(folder)
    with pytest.raises(CommandError, match="may not know it yet"):
        said("rotate")
    assert current(folder) == before
    assert said("rotate", "--now") == f"Tokens are now signed with {current(folder)}.\n"
    assert before in said("show")
    said("rotate", "--now", "--forget")
    assert before not in said("show")


def test_without_keys_it_says_what_to_do(folder: Path) -> None:
    with pytest.raises(CommandError, match="banyan_keys generate"):
        said("show")


def test_elsewhere_it_says_that_keys_are_not_here(elsewhere: Elsewhere) -> None:
    with pytest.raises(CommandError, match="another service"):
        said("show")


def test_keys_in_memory_cannot_be_rotated() -> None:
    with pytest.raises(CommandError, match="in memory only"):
        said("rotate")


def test_the_development_key_is_for_debug_only(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from banyan.identity import apps

    monkeypatch.setattr(apps, "_in_tests", lambda: False)
    monkeypatch.chdir(tmp_path)
    settings.DEBUG = False
    with pytest.raises(CommandError, match="BANYAN_IDENTITY_PRIVATE_KEY names no private key"):
        said("show")
    assert not (tmp_path / ".banyan").exists()
    settings.DEBUG = True
    assert json.loads(said("show"))["keys"]
    assert (tmp_path / ".banyan" / "keys" / "current.pem").stat().st_mode & 0o777 == 0o600
    identity_parts.forget()

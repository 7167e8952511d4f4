"""What runs after a change are looked at by."""

import pytest

from banyan.survey.following import Follower


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were followed anew, since it was cleared."""
    found: list[str] = []
    follow = Follower.follow

    def following(self: Follower, path: str) -> object:
        found.append(path)
        return follow(self, path)

    monkeypatch.setattr(Follower, "follow", following)
    return found

"""An app without tables that banyan.toml gives to no module: shared code."""

from users import who  # EXPECT: E116
from users.models import User  # EXPECT: E115


def letter():
    return who(User)

"""What each of Banyan's database engines adds to Django's."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from banyan.data.guard import TableGuard


class ResidentEngine(BaseDatabaseWrapper):
    """To be inherited from before a Django engine's ``DatabaseWrapper``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(TableGuard())

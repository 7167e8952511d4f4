"""What the kitchen hears."""

import os
import signal

from counter.contract import Poured

from banyan import subscribe
from kitchen.models import Washed


@subscribe(Poured)
def wash(event: Poured) -> None:
    """Wash the cup; at one cup, when the test says so, die with the water running."""
    Washed.objects.create(table=event.table, cup=event.cup)
    if os.environ.get("TEA_DIE_AT") == f"{event.table}/{event.cup}":
        os.kill(os.getpid(), signal.SIGKILL)

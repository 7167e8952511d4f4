"""What the counter tells the others."""

from banyan import Event


class Poured(Event):
    """A cup was poured at a table; cups of one table are counted from 0."""

    table: int
    cup: int

"""What is given to a call, when the call's arguments have been gone through."""

from banyan.survey.following.values import NOTHING, Value, Written


class Arguments:
    """What is given to a call, gone through.

    Attributes:
        positional: the values by position, up to the first ``*``.
        rest: of what comes by ``*``.
        named: the values by keyword.
        keywords: the keywords as paths, those in ``**`` dictionaries included.
        open_at: the lines on which keywords or texts are given that are not known.
    """

    __slots__ = ("keywords", "named", "open_at", "positional", "rest")

    def __init__(self) -> None:
        self.positional: list[Value] = []
        self.rest: Value = NOTHING
        self.named: dict[str, Value] = {}
        self.keywords: list[tuple[Written, Value]] = []
        self.open_at: list[int] = []

    @property
    def first(self) -> Value:
        """The first argument by position."""
        return self.positional[0] if self.positional else NOTHING

    @property
    def everything(self) -> list[Value]:
        """All values."""
        return [*self.positional, *self.named.values(), self.rest]

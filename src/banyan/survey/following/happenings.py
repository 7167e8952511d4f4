"""What happens to data at a place in the code, before it is asked whether it leaves the app."""

import msgspec

from banyan.survey.modelgraph import Model


class Access(msgspec.Struct, frozen=True, gc=False):
    """Rows of a model are read or written.

    Attributes:
        reverse: whether they were reached by a relation that is declared on them.
        by: as ``request.user`` where they were reached by what Django gives to each request.
    """

    line: int
    model: Model
    verb: str
    reverse: bool = False
    by: str = ""


class Lookup(msgspec.Struct, frozen=True, gc=False):
    """A path names a relation to a model."""

    line: int
    model: Model
    lookup: str


class Write(msgspec.Struct, frozen=True, gc=False):
    """A statement writes rows of a model: of one of several, where it can be any of them.

    Attributes:
        again: whether a loop does so, on this line.
        perhaps: whether it is one of several models that is written, those of the same place.
    """

    model: Model
    path: str
    line: int
    again: bool = False
    perhaps: bool = False


class Atomic(msgspec.Struct, frozen=True, gc=False):
    """A transaction, and the models that are written in it."""

    line: int
    models: tuple[Model, ...]


class Ending(msgspec.Struct, frozen=True, gc=False):
    """A place where following ended."""

    line: int
    reason: str


class Hearing(msgspec.Struct, frozen=True, gc=False):
    """A function is connected to a signal.

    Attributes:
        target: the model that sends it, or the signal's own dotted name.
        app: of the model; "" for a signal that the project makes itself.
        path: the file that makes the signal.
    """

    line: int
    target: str
    app: str = ""
    path: str = ""

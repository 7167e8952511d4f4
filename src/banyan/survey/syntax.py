"""Python source as small values: what a reader of files makes, and all that analysis looks at.

Lines count from 1 and are those of the name that an expression ends with, so that a chain of
calls over several lines has a line for each link.
"""

from typing import Final, TypeAlias

import msgspec

from banyan.survey.damage import Damage

# How deep expressions may nest before what is inside is left out.
DEEPEST: Final = 100


class Node(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A piece of source. Nodes are trees, so that the garbage collector may ignore them."""


# --- Expressions


class Name(Node, frozen=True, tag=1):
    line: int
    id: str


class Attribute(Node, frozen=True, tag=2):
    """``value.name``; the line is the name's."""

    line: int
    value: "Expression"
    name: str


class Keyword(Node, frozen=True, tag=3):
    """``name=value`` in a call or among a class's bases; ``**value`` has no name."""

    name: str | None
    value: "Expression"
    line: int = 0


class Call(Node, frozen=True, tag=4):
    """A call; the line is that of the called name."""

    line: int
    function: "Expression"
    arguments: tuple["Expression", ...] = ()
    keywords: tuple[Keyword, ...] = ()


class Text(Node, frozen=True, tag=5):
    """A string, its neighbours joined to it, escapes resolved."""

    line: int
    value: str


class Constant(Node, frozen=True, tag=6):
    """A number, a truth value, None; bytes and ``...`` count as None."""

    value: bool | int | float | None


class Format(Node, frozen=True, tag=7):
    """An f-string: texts and the expressions between them."""

    line: int
    parts: tuple["Expression", ...]


class Display(Node, frozen=True, tag=8):
    """A ``list``, ``tuple`` or ``set`` written out."""

    line: int
    form: str
    items: tuple["Expression", ...]


class Mapping(Node, frozen=True, tag=9):
    """A dictionary written out; the key of ``**value`` is None."""

    line: int
    items: tuple[tuple["Expression | None", "Expression"], ...]


class Subscript(Node, frozen=True, tag=10):
    line: int
    value: "Expression"
    index: "Expression"


class Slice(Node, frozen=True, tag=11):
    """``a:b:c``; its parts are evaluated."""

    parts: tuple["Expression", ...] = ()


class Operation(Node, frozen=True, tag=12):
    """``left operator right``, where the result may be either or made of both: ``+ | & % or``…"""

    line: int
    operator: str
    left: "Expression"
    right: "Expression"


class Conditional(Node, frozen=True, tag=13):
    test: "Expression"
    then: "Expression"
    otherwise: "Expression"


class Starred(Node, frozen=True, tag=14):
    value: "Expression"


class Parameter(Node, frozen=True, tag=15):
    """A parameter; the form is "", ``*``, ``**``, ``/`` (by position) or ``kw`` (by keyword)."""

    name: str
    annotation: "Expression | None" = None
    default: "Expression | None" = None
    form: str = ""


class Lambda(Node, frozen=True, tag=16):
    parameters: tuple[Parameter, ...]
    body: "Expression"


class Clause(Node, frozen=True, tag=17):
    """``for target in iterable if …``."""

    target: "Expression"
    iterable: "Expression"
    conditions: tuple["Expression", ...] = ()


class Comprehension(Node, frozen=True, tag=18):
    """The form is ``list``, ``set``, ``dict`` or ``generator``; a dict's element is a tuple."""

    line: int
    form: str
    element: "Expression"
    clauses: tuple[Clause, ...]


class Await(Node, frozen=True, tag=19):
    value: "Expression"


class Yield(Node, frozen=True, tag=20):
    value: "Expression | None"
    is_delegated: bool = False


class Walrus(Node, frozen=True, tag=21):
    target: Name
    value: "Expression"


class Parts(Node, frozen=True, tag=22):
    """Something whose own value tells nothing, as a comparison; its parts are evaluated."""

    parts: tuple["Expression", ...] = ()


Expression: TypeAlias = (
    Name
    | Attribute
    | Call
    | Text
    | Constant
    | Format
    | Display
    | Mapping
    | Subscript
    | Slice
    | Operation
    | Conditional
    | Starred
    | Lambda
    | Comprehension
    | Await
    | Yield
    | Walrus
    | Parts
)


# --- Statements


class Import(Node, frozen=True, tag=40):
    """One imported name.

    ``import a.b as c`` has the module ``a.b``, no name and the alias ``c``; ``from ..a import b``
    has the module ``a``, the level 2 and the name ``b``; ``from a import *`` has the name ``*``.

    Attributes:
        is_typing: whether it stands under ``if TYPE_CHECKING``.
        is_inner: whether it stands inside a function.
    """

    line: int
    module: str
    name: str | None = None
    alias: str | None = None
    level: int = 0
    is_typing: bool = False
    is_inner: bool = False


class Assign(Node, frozen=True, tag=41):
    """``targets = value``; with the operator ``+`` it is ``target += value``, and so on."""

    line: int
    targets: tuple[Expression, ...]
    value: Expression | None
    annotation: Expression | None = None
    operator: str = ""


class Evaluate(Node, frozen=True, tag=42):
    """An expression for its own sake, an assertion's test included."""

    value: Expression


class Return(Node, frozen=True, tag=43):
    value: Expression | None


class Raise(Node, frozen=True, tag=44):
    value: Expression | None


class Delete(Node, frozen=True, tag=45):
    targets: tuple[Expression, ...]


class If(Node, frozen=True, tag=46):
    """``elif`` is an If alone in ``otherwise``."""

    test: Expression
    body: tuple["Statement", ...]
    otherwise: tuple["Statement", ...] = ()


class While(Node, frozen=True, tag=47):
    test: Expression
    body: tuple["Statement", ...]
    otherwise: tuple["Statement", ...] = ()


class For(Node, frozen=True, tag=48):
    target: Expression
    iterable: Expression
    body: tuple["Statement", ...]
    otherwise: tuple["Statement", ...] = ()


class WithItem(Node, frozen=True, tag=49):
    value: Expression
    target: Expression | None = None


class With(Node, frozen=True, tag=50):
    line: int
    items: tuple[WithItem, ...]
    body: tuple["Statement", ...]


class Handler(Node, frozen=True, tag=51):
    exception: Expression | None
    name: str | None
    body: tuple["Statement", ...]


class Try(Node, frozen=True, tag=52):
    body: tuple["Statement", ...]
    handlers: tuple[Handler, ...] = ()
    otherwise: tuple["Statement", ...] = ()
    final: tuple["Statement", ...] = ()


class Match(Node, frozen=True, tag=53):
    """Each case is its body; before it what its pattern binds, as Assigns, and its guard.

    A subject that is no name gets one that only these assignments know.
    """

    subject: Expression
    cases: tuple[tuple["Statement", ...], ...]


class Class(Node, frozen=True, tag=54):
    """A class; ``bounds`` are its type parameters that have one, as ``class A[T: Order]``."""

    line: int
    end: int
    name: str
    bases: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]
    decorators: tuple[Expression, ...]
    body: tuple["Statement", ...]
    bounds: tuple[Parameter, ...] = ()


class Function(Node, frozen=True, tag=55):
    """A function; ``bounds`` are as a class's."""

    line: int
    end: int
    name: str
    parameters: tuple[Parameter, ...]
    returns: Expression | None
    decorators: tuple[Expression, ...]
    body: tuple["Statement", ...]
    is_async: bool = False
    bounds: tuple[Parameter, ...] = ()


Statement: TypeAlias = (
    Import
    | Assign
    | Evaluate
    | Return
    | Raise
    | Delete
    | If
    | While
    | For
    | With
    | Try
    | Match
    | Class
    | Function
)


class Source(Node, frozen=True, tag=61):
    """One Python file.

    Attributes:
        lines: how many the file has.
        is_whole: False for files of which only the imports were read, as of tests.
        damages: what could not be read in it.
        allows: ``# banyan: allow[…] …`` comments: their line and what follows the colon.
    """

    lines: int
    body: tuple[Statement, ...]
    is_whole: bool = True
    damages: tuple[Damage, ...] = ()
    allows: tuple[tuple[int, str], ...] = ()


encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Source).decode

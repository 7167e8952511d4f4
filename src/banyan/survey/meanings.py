"""What a name in the source can mean."""

from dataclasses import dataclass
from typing import TypeAlias

from banyan.survey.consulted import UNMARKED, Marks
from banyan.survey.facts import Place
from banyan.survey.syntax import Class, Constant, Display, Expression, Function, Mapping, Text


@dataclass(frozen=True, slots=True, eq=False)
class PythonModule:
    """A first-party Python file, or a folder without ``__init__.py`` that has some.

    Attributes:
        name: dotted, from the root that it is imported from.
        path: relative to the root of the project; of a folder, the folder's.
        folder: where its relative imports start from, "" for the root of the project.
        place: None for ordinary code.
        marks: that it was looked at.
    """

    name: str
    path: str
    folder: str
    is_package: bool
    place: Place | None = None
    marks: Marks = UNMARKED


@dataclass(frozen=True, slots=True, eq=False)
class ModuleRef:
    """A module, as ``import shop`` binds it."""

    module: PythonModule


@dataclass(frozen=True, slots=True, eq=False)
class ClassRef:
    """A class. There is one value for each class, so that identity tells them apart.

    Attributes:
        qualname: within the module, as ``Order.Meta``.
        marks: that it was looked at, but for what is in its body.
    """

    module: PythonModule
    node: Class
    qualname: str
    marks: Marks = UNMARKED

    @property
    def name(self) -> str:
        """Its full name, as ``orders.models.Order``."""
        return f"{self.module.name}.{self.qualname}"

    def __repr__(self) -> str:
        return f"<class {self.name}>"


@dataclass(frozen=True, slots=True, eq=False)
class FunctionRef:
    """A function or method; one value for each.

    Attributes:
        owner: the class whose body it stands in.
        marks: that it was looked at, but for what is in its body.
    """

    module: PythonModule
    node: Function
    qualname: str
    owner: ClassRef | None = None
    marks: Marks = UNMARKED

    @property
    def name(self) -> str:
        """Its full name, as ``orders.views.checkout``."""
        return f"{self.module.name}.{self.qualname}"

    def __repr__(self) -> str:
        return f"<function {self.name}>"


@dataclass(frozen=True, slots=True, eq=False)
class ValueRef:
    """What an assignment gave to a name: an expression, to be read in its module.

    Attributes:
        owner: the class whose body the assignment stands in.
    """

    module: PythonModule
    expression: Expression
    line: int
    owner: ClassRef | None = None


@dataclass(frozen=True, slots=True)
class External:
    """Something outside of the project, by the dotted name under which it was imported."""

    name: str

    @property
    def is_setting(self) -> bool:
        """Whether it is a value in Django's settings."""
        return self.name.startswith("django.conf.settings.")

    def is_from(self, package: str, *names: str) -> bool:
        """Whether it is one of these names from somewhere in a package.

        Libraries move things around inside: ``django.db.models.fields.related.ForeignKey`` is
        ``django.db.models.ForeignKey``.
        """
        return self.name.startswith(package + ".") and self.name.rpartition(".")[2] in names


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing that could be told, and why."""

    reason: str


Meaning: TypeAlias = ModuleRef | ClassRef | FunctionRef | ValueRef | External | Unknown


def is_none(meaning: Meaning) -> bool:
    """Whether it is the value None, written out."""
    match meaning:
        case ValueRef(expression=Constant(value=None)):
            return True
        case _:
            return False


def item_of(of: Meaning, index: Expression) -> tuple[PythonModule, Expression] | None:
    """The part of a literal that an index picks, and the module to read it in."""
    if not isinstance(of, ValueRef):
        return None
    match of.expression, index:
        case Display(items=items), Constant(value=int(at)) if -len(items) <= at < len(items):
            return of.module, items[at]
        case Mapping(items=pairs), Text(value=wanted):
            for key, value in pairs:
                if isinstance(key, Text) and key.value == wanted:
                    return of.module, value
            return None
        case _:
            return None

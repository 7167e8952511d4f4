"""The one value for each class and function of a project, and the marks of who looks at it."""

from collections.abc import Iterable, Mapping

from banyan.survey.consulted import BODY, CONTENTS, METHODS_OF, NAME, Marks, number
from banyan.survey.facts import Place
from banyan.survey.layout import Layout
from banyan.survey.meanings import ClassRef, FunctionRef, PythonModule
from banyan.survey.syntax import Class, Function


class References(Layout):
    """Gives classes and functions their one value.

    Args:
        paths: of the Python files, relative, with forward slashes; with their place.
        roots: folders that are on Python's path, "" for the project's own.
    """

    def __init__(self, paths: Mapping[str, Place | None], roots: Iterable[str]) -> None:
        super().__init__(paths, roots)
        self._refs: dict[int, tuple[object, ClassRef | FunctionRef]] = {}

    def class_ref(
        self, module: PythonModule, node: Class, owner: ClassRef | None = None, within: str = ""
    ) -> ClassRef:
        """The one value for a class.

        Args:
            within: the qualified name of the function that it is made in.
        """
        known = self._refs.get(id(node))
        if known is None:
            qualname = _within(owner.qualname if owner else within, node.name)
            known = self._refs[id(node)] = (
                node,
                ClassRef(module, node, qualname, _marks(module, qualname, owner)),
            )
        ref = known[1]
        assert isinstance(ref, ClassRef)  # noqa: S101
        return ref

    def function_ref(
        self, module: PythonModule, node: Function, owner: ClassRef | None = None, within: str = ""
    ) -> FunctionRef:
        """The one value for a function."""
        known = self._refs.get(id(node))
        if known is None:
            qualname = _within(owner.qualname if owner else within, node.name)
            known = self._refs[id(node)] = (
                node,
                FunctionRef(module, node, qualname, owner, _marks(module, qualname, owner)),
            )
        ref = known[1]
        assert isinstance(ref, FunctionRef)  # noqa: S101
        return ref

    # --- What is looked at

    def look_at(self, of: ClassRef, name: str) -> None:
        """Mark that it is looked at what a class binds to a name in its body."""
        self.consulted.take(of.marks)
        self.consulted.look(f"{NAME}{of.module.path} {of.qualname}.{name}")

    def look_through(self, of: ClassRef) -> None:
        """Mark that all that a class has in its body is looked at."""
        self.consulted.take(of.marks)
        self.consulted.look(f"{CONTENTS}{of.module.path} {of.qualname}")

    def look_into(self, of: FunctionRef) -> None:
        """Mark that a function's body is looked at."""
        self.consulted.take(of.marks)
        self.consulted.look(f"{BODY}{of.module.path} {of.qualname}")

    def look_into_methods(self, of: ClassRef) -> None:
        """Mark that it is looked at what a class's own methods assign to attributes."""
        self.consulted.take(of.marks)
        self.consulted.look(f"{METHODS_OF}{of.module.path} {of.qualname}")


def _marks(module: PythonModule, qualname: str, owner: ClassRef | None) -> Marks:
    around = module.marks if owner is None else owner.marks
    return Marks((number(f"{NAME}{module.path} {qualname}"), *around.names))


def _within(around: str, name: str) -> str:
    return f"{around}.{name}" if around else name

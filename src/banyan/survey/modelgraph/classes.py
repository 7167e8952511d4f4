"""Which classes are models, and what their ``Meta`` says."""

from collections.abc import Iterator

from banyan.survey.codebase import Codebase
from banyan.survey.meanings import ClassRef, External, PythonModule, ValueRef
from banyan.survey.namespaces import Assigned
from banyan.survey.syntax import Call, Class, Constant, Expression

# What models of other packages are called; of a base that is outside of the project no more than
# its name is known.
_PARTS = ("Field", "ForeignKey", "Manager", "QuerySet", "Form", "Serializer", "Choices", "Enum")
_BASES = frozenset({"Model", "MP_Node", "NS_Node", "AL_Node", "AbstractUser", "AbstractBaseUser"})


def model_classes(codebase: Codebase, module: PythonModule) -> Iterator[tuple[str, int]]:
    """The classes of a module that derive from Django's Model, abstract ones included.

    Yields:
        The name of each, and the how manieth it is of what is bound to that name, from 0.
    """
    for name, bindings in codebase.namespace(module).bindings.items():
        for number, binding in enumerate(bindings):
            if not isinstance(binding, Class) or binding.name != name:
                continue
            if is_model(codebase, codebase.class_ref(module, binding)):
                yield name, number


def class_at(codebase: Codebase, module: PythonModule, name: str, number: int) -> ClassRef:
    """The class that is the how manieth of what is bound to a name at the top of a module."""
    node = codebase.namespace(module).bindings[name][number]
    assert isinstance(node, Class)  # noqa: S101
    return codebase.class_ref(module, node)


def is_model(codebase: Codebase, ref: ClassRef) -> bool:
    """Whether a class derives from Django's Model, directly or by a base of another package.

    Of another package's class no more than the name is known, so there the class, or a base of
    it that can be read, has to look like a model too.
    """
    outside = [one for one in codebase.lineage(ref)[1:] if isinstance(one, External)]
    if any(is_djangos_model(one) for one in outside):
        return True
    if not any(_may_be_model(one) for one in outside):
        return False
    return any(
        _stands_among_models(one) or _looks_like_model(codebase, one)
        for one in codebase.lineage(ref)
        if isinstance(one, ClassRef)
    )


def _stands_among_models(ref: ClassRef) -> bool:
    return "models" in ref.module.name.split(".")


def is_djangos_model(base: External) -> bool:
    """Whether a class outside of the project is one of Django's models."""
    if not base.name.startswith("django."):
        return False
    path, _, name = base.name.rpartition(".")
    if name in _BASES or name == "PermissionsMixin":
        return ".models" in path or "base_user" in path
    is_models = path.startswith("django.contrib.") and path.endswith(".models")
    return is_models and not name.endswith(("Mixin", *_PARTS))


def _may_be_model(base: External) -> bool:
    path, _, name = base.name.rpartition(".")
    if base.name.startswith("django.") or name.endswith(_PARTS):
        return False
    is_called_so = name.endswith("Model") and not name.endswith("BaseModel")
    return name in _BASES or is_called_so or "models" in path.split(".")


def _looks_like_model(codebase: Codebase, ref: ClassRef) -> bool:
    names = codebase.class_namespace(ref)
    if isinstance(names.last("Meta"), Class):
        return True
    for bindings in names.bindings.values():
        binding = bindings[-1]
        if isinstance(binding, Assigned) and isinstance(binding.expression, Call):
            callee = codebase.resolve(ref.module, binding.expression.function)
            if isinstance(callee, External) and callee.name.startswith("django.db.models."):
                return True
    return False


def meta(codebase: Codebase, ref: ClassRef, name: str, *, inherited: bool = True) -> object:
    """What a model's ``Meta`` gives to a name: a text or truth value, None if it can't be told.

    Args:
        inherited: whether an abstract base's Meta counts; ``abstract`` itself is not inherited.
    """
    found = meta_expression(codebase, ref, name, inherited=inherited)
    match found:
        case ValueRef(expression=expression):
            return getattr(expression, "value", None)
        case _:
            return None


def meta_expression(
    codebase: Codebase, ref: ClassRef, name: str, *, inherited: bool = True
) -> ValueRef | None:
    """The value that a model's ``Meta`` gives to a name."""
    for one in codebase.lineage(ref) if inherited else (ref,):
        if not isinstance(one, ClassRef):
            continue
        inner = codebase.own(one, "Meta")
        if not isinstance(inner, Class):
            continue
        options = codebase.class_ref(one.module, inner, one)
        if one is ref and not inherited:
            binding = codebase.own(options, name)
            return _value(one, binding.expression) if isinstance(binding, Assigned) else None
        member = codebase.member(options, name)
        return member if isinstance(member, ValueRef) else None
    return None


def is_true(codebase: Codebase, ref: ClassRef, name: str) -> bool:
    """Whether a model's own ``Meta`` says ``name = True``."""
    found = meta_expression(codebase, ref, name, inherited=False)
    return found is not None and found.expression == Constant(value=True)


def _value(ref: ClassRef, expression: Expression) -> ValueRef:
    return ValueRef(ref.module, expression, 0, ref)

"""Which classes are models, and what their ``Meta`` says."""

from collections.abc import Iterator

from banyan.survey.codebase import Codebase
from banyan.survey.meanings import ClassRef, External, ValueRef
from banyan.survey.namespaces import Assigned
from banyan.survey.syntax import Class, Constant, Expression

# What models of other packages are called; of a base that is outside of the project no more than
# its name is known.
_BASES = frozenset({"Model", "MP_Node", "NS_Node", "AL_Node", "AbstractUser", "AbstractBaseUser"})
_NOT_MODELS = ("pydantic.", "rest_framework.", "factory.", "django.forms.", "django_filters.")


def model_classes(codebase: Codebase) -> Iterator[ClassRef]:
    """The classes in ordinary code that derive from Django's Model, abstract ones included."""
    for module in codebase.modules():
        if module.place is None and not _is_fixture(module.path):
            for name, bindings in codebase.namespace(module).bindings.items():
                for binding in bindings:
                    if isinstance(binding, Class) and binding.name == name:
                        ref = codebase.class_ref(module, binding)
                        if is_model(codebase, ref):
                            yield ref


def is_model(codebase: Codebase, ref: ClassRef) -> bool:
    """Whether a class derives from Django's Model, directly or by a base of another package."""
    return any(isinstance(one, External) and _is_model(one) for one in codebase.lineage(ref)[1:])


def _is_model(base: External) -> bool:
    if base.name.startswith(_NOT_MODELS):
        return False
    path, _, name = base.name.rpartition(".")
    if base.name.startswith("django."):
        is_field = name.endswith(("Field", "Key", "Manager", "QuerySet", "Mixin"))
        return (
            (".models" in path or "base_user" in path)
            and not is_field
            and (name in _BASES or path.startswith("django.contrib.") or name == "PermissionsMixin")
        )
    if name in _BASES:
        return True
    return name.endswith("Model") and ("models" in path.split(".") or "db" in path.split("."))


def _is_fixture(path: str) -> bool:
    return path.endswith("setup.py")


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
        inner = codebase.class_namespace(one).last("Meta")
        if not isinstance(inner, Class):
            continue
        options = codebase.class_ref(one.module, inner, one)
        if one is ref and not inherited:
            binding = codebase.class_namespace(options).last(name)
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

"""What names are known to be by annotations, and where a test holds."""

from typing import TypeAlias

from banyan.survey.following.annotations import Reader
from banyan.survey.following.frames import Frame
from banyan.survey.following.values import (
    NOTHING,
    ClassValue,
    Item,
    Object,
    Row,
    Truth,
    Value,
    all_joined,
)
from banyan.survey.meanings import ClassRef
from banyan.survey.syntax import Call, Display, Expression, Name, Operation

# What names are; None where the code is not reached.
Names: TypeAlias = dict[str, Value] | None


def narrow(frame: Frame, test: Expression) -> dict[str, Value]:
    """What names are known to be where a test holds: ``isinstance(name, Class)``."""
    return split(frame, test)[0] or {}


def split(frame: Frame, test: Expression) -> tuple[Names, Names]:
    """What names are known to be where a test holds, and where it doesn't.

    Only of what a call gives to a function it is told that a test never holds, or always.
    """
    match test:
        case Call(function=Name(id="isinstance"), arguments=(Name(id=name), classes)):
            return _of_class(frame, name, classes)
        case Name(id=name) if name in frame.given:
            match frame.names.get(name):
                case (Truth(holds=holds),):
                    return ({}, None) if holds else (None, {})
                case _:
                    return {}, {}
        case Operation(operator="and", left=left, right=right):
            one, other = split(frame, left), split(frame, right)
            if one[0] is None or other[0] is None:
                return None, {}
            return {**one[0], **other[0]}, {}
        case _:
            return {}, {}


def _of_class(frame: Frame, name: str, classes: Expression) -> tuple[Names, Names]:
    found = annotated_by_class(frame, classes)
    names = {name: found} if found else {}
    held = frame.names.get(name, NOTHING)
    refs = _classes(frame, classes)
    if not held or not refs:
        return names, {}
    fitting: list[Item] = []
    others: list[Item] = []
    for item in held:
        ref = _class_of(item)
        if ref is None:
            return names, {}
        if any(one in frame.world.codebase.lineage(ref) for one in refs):
            fitting.append(item)
        else:
            others.append(item)
            if any(ref in frame.world.codebase.lineage(one) for one in refs):
                # What is known to be an animal may be a bird.
                fitting.extend(found)
    is_given = name in frame.given
    then: Names = {name: tuple(fitting)} if fitting else (None if is_given else names)
    return then, ({name: tuple(others)} if others or not is_given else None)


def _class_of(item: Item) -> ClassRef | None:
    match item:
        case Row(model=model):
            return model.ref
        case Object(ref=ref):
            return ref
        case _:
            return None


def _classes(frame: Frame, node: Expression) -> list[ClassRef]:
    """The classes that a test names; none where one of them is not known."""
    found: list[ClassRef] = []
    for each in node.items if isinstance(node, Display) else (node,):
        match frame.world.interpreter.evaluated(frame, each):
            case (ClassValue(ref=ref),):
                found.append(ref)
            case _:
                return []
    return found


def annotated_by_class(frame: Frame, classes: Expression) -> Value:
    """Instances of a class, or of several in a tuple."""
    if isinstance(classes, Display):
        return all_joined(annotated(frame, item) for item in classes.items)
    return annotated(frame, classes)


def annotated(frame: Frame, annotation: Expression) -> Value:
    """What an annotation says, by the names of a frame."""
    reader = Reader(frame.world, frame.module, frame.me, frame.names.get, frame.bounds)
    return reader.value(annotation)

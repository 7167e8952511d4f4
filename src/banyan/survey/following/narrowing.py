"""What names are known to be by annotations, and where a test holds."""

from banyan.survey.following.annotations import Reader
from banyan.survey.following.frames import Frame
from banyan.survey.following.values import Value, all_joined
from banyan.survey.syntax import Call, Display, Expression, Name, Operation


def narrow(frame: Frame, test: Expression) -> dict[str, Value]:
    """What names are known to be where a test holds: ``isinstance(name, Class)``."""
    match test:
        case Call(function=Name(id="isinstance"), arguments=(Name(id=name), classes)):
            found = annotated_by_class(frame, classes)
            return {name: found} if found else {}
        case Operation(operator="and", left=left, right=right):
            return {**narrow(frame, left), **narrow(frame, right)}
        case _:
            return {}


def annotated_by_class(frame: Frame, classes: Expression) -> Value:
    """Instances of a class, or of several in a tuple."""
    if isinstance(classes, Display):
        return all_joined(annotated(frame, item) for item in classes.items)
    return annotated(frame, classes)


def annotated(frame: Frame, annotation: Expression) -> Value:
    """What an annotation says, by the names of a frame."""
    reader = Reader(frame.world, frame.module, frame.me, frame.names.get)
    return reader.value(annotation)

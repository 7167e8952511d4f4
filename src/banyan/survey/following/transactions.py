"""What opens a transaction: Django's ``atomic``, and a project's own functions around it."""

from banyan.survey.following.frames import Frame
from banyan.survey.following.values import FunctionValue, Outside
from banyan.survey.syntax import Attribute, Call, Expression, Function, Name, With


def is_atomic(frame: Frame, node: Expression) -> bool:
    """Whether an expression opens a transaction."""
    called = node.function if isinstance(node, Call) else node
    match called:
        case Attribute(name="method_decorator") | Name(id="method_decorator"):
            return isinstance(node, Call) and any(
                is_atomic(frame, each) for each in node.arguments[:1]
            )
        case Name() | Attribute():
            for item in frame.world.interpreter.evaluated(frame, called):
                if isinstance(item, Outside) and item.name.endswith("transaction.atomic"):
                    return True
                if isinstance(item, FunctionValue):
                    frame.world.codebase.look_into(item.ref)
                    if _opens_transaction(item):
                        return True
        case _:
            pass
    return False


def _opens_transaction(item: FunctionValue) -> bool:
    """Whether a project's own context manager does nothing but open a transaction."""
    node = item.ref.node
    if not has_decorator(node, "contextmanager"):
        return False
    return any(
        isinstance(each, With) and any("atomic" in repr(one.value) for one in each.items)
        for each in node.body
    )


def has_decorator(node: Function, *names: str) -> bool:
    """Whether a function has one of these decorators."""
    for decorator in node.decorators:
        each = decorator.function if isinstance(decorator, Call) else decorator
        match each:
            case Name(id=name) | Attribute(name=name) if name in names:
                return True
            case _:
                pass
    return False

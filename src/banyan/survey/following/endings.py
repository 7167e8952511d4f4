"""Where following ends, and what that is called in words."""

from banyan.survey.following.frames import Frame
from banyan.survey.following.queries import TELLING
from banyan.survey.syntax import Attribute, Call, Expression, Name, Subscript


def unresolved(frame: Frame, name: str, node: Call, receiver: Expression) -> None:
    """A method that hardly anything but a query has is called on something unknown."""
    if name in TELLING:
        shown = _shown(receiver)
        frame.end(node.line, f"`.{name}()` is called on {shown}, of which nothing is known")


def _shown(node: Expression) -> str:
    match node:
        case Name(id=name):
            return f"`{name}`"
        case Attribute(value=value, name=name):
            inner = _shown(value).strip("`")
            return f"`{inner}.{name}`" if inner else f"`.{name}`"
        case Call(function=function):
            inner = _shown(function).strip("`")
            return f"`{inner}()`" if inner else "what a call gives"
        case Subscript(value=value):
            inner = _shown(value).strip("`")
            return f"`{inner}[…]`"
        case _:
            return "an expression"

"""What a view starts from that names its model, where it asks for what Django would give it."""

import msgspec

from banyan.survey.following import frameworks
from banyan.survey.following.frames import Frame
from banyan.survey.following.values import ClassValue, Object, Row, Rows, Value
from banyan.survey.meanings import ClassRef, FunctionRef


def as_declared(frame: Frame, ref: ClassRef, name: str) -> Value:
    """What a view's own ``get_queryset`` starts from: the model that its class names."""
    world = frame.world
    rows = tuple(item for item in world.class_attribute(ref, "queryset") if isinstance(item, Rows))
    if not rows:
        for item in world.class_attribute(ref, "model"):
            model = world.graph.model_of(item.ref) if isinstance(item, ClassValue) else None
            if model is not None:
                rows = tuple(
                    msgspec.structs.replace(one, is_manager=False)
                    for one in world.manager(model, "_default_manager")
                    if isinstance(one, Rows)
                )
    if not rows:
        model = frameworks.of_meta(world, ref) or frameworks.registered(world, ref)
        rows = (Rows(model),) if model else ()
    if name == "get_object":
        getter = world.bound(ref, "get_queryset")
        if isinstance(getter, FunctionRef):
            rows = tuple(
                item
                for item in world.interpreter.summary(getter, Object(ref)).returns
                if isinstance(item, Rows)
            )
        return tuple(Row(item.model) for item in rows)
    return rows

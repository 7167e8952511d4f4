"""What saving a form of a model does to its row."""

from banyan.survey.following.frames import Frame
from banyan.survey.following.queries import UPDATE
from banyan.survey.following.values import Object, Row, Value
from banyan.survey.following.world import World
from banyan.survey.meanings import FunctionRef, Meaning
from banyan.survey.modelgraph import Model
from banyan.survey.syntax import Call, Constant


def form_saved(frame: Frame, model: Model, node: Call) -> Value:
    """What ``save()`` of a form gives: a row that is written, unless told to wait for more."""
    waits = any(
        one.name == "commit" and isinstance(one.value, Constant) and one.value.value is False
        for one in node.keywords
    )
    if not waits:
        frame.access(node, node.line, model, UPDATE)
    return (Row(model),)


def leads_to_save(world: World, own: Meaning | None, form: Object, model: Model) -> bool:
    """Whether a form's ``save()`` writes its row: one of its own may do something else."""
    if not isinstance(own, FunctionRef):
        return True
    writes = world.interpreter.summary(own, form).writes
    return any(one.model is world.concrete(model) for one in writes)

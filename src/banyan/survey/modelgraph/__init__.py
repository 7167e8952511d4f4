"""The models of a project, their fields, and the relations between them."""

from banyan.survey.modelgraph.building import ADDING, build
from banyan.survey.modelgraph.classes import class_at, model_classes
from banyan.survey.modelgraph.graph import Field, FieldKind, Model, ModelGraph
from banyan.survey.modelgraph.inner import WORDS, made_inside

__all__ = [
    "ADDING",
    "WORDS",
    "Field",
    "FieldKind",
    "Model",
    "ModelGraph",
    "build",
    "class_at",
    "made_inside",
    "model_classes",
]

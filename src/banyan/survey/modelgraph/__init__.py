"""The models of a project, their fields, and the relations between them."""

from banyan.survey.modelgraph.building import build
from banyan.survey.modelgraph.graph import Field, FieldKind, Model, ModelGraph

__all__ = ["Field", "FieldKind", "Model", "ModelGraph", "build"]

"""Looks up on a model the paths that are given to the methods of its queries."""

from banyan.survey.following.arguments import Arguments
from banyan.survey.following.frames import Frame
from banyan.survey.following.paths import is_field
from banyan.survey.following.queries import BY_KEYWORD, BY_TEXT, FIRST_TEXT, LOADING
from banyan.survey.following.values import (
    Entries,
    Many,
    Paths,
    Rows,
    Several,
    Value,
    Written,
    texts,
)
from banyan.survey.meanings import External
from banyan.survey.syntax import Call


def looked_up(frame: Frame, rows: Rows, name: str, arguments: Arguments, node: Call) -> None:
    """The paths that a method of a query names."""
    model, line = rows.model, node.line
    loading = name in LOADING
    if name in BY_KEYWORD:
        for key, _ in arguments.keywords:
            if key.text != "defaults":
                frame.lookup(model, key, line)
                if _is_unknown(frame, rows, key):
                    at = key.line if key.path == frame.path else line
                    frame.end(at, f"{model.label} has nothing by the path `{key.text}`")
    if name in BY_TEXT:
        given = arguments.positional[:1] if name in FIRST_TEXT else arguments.positional
        for value in (*given, arguments.rest):
            for text in texts(value):
                frame.lookup(model, text, line, is_loading=loading)
    if name in BY_KEYWORD or name in BY_TEXT:
        for at in arguments.open_at:
            frame.end(at, f"a path given to `.{name}()` is computed")
    everything = arguments.everything
    for path in paths_in([*everything, *(value for _, value in arguments.keywords)]):
        frame.lookup(model, path, line, is_loading=loading)


def paths_in(values: list[Value]) -> list[Written]:
    """The paths in conditions and expressions, those in lists of them included."""
    found: list[Written] = []
    for value in values:
        for item in value:
            match item:
                case Paths(paths=paths):
                    found.extend(path for path in paths if path not in found)
                case Many(items=items):
                    found.extend(paths_in([items]))
                case Several(parts=parts):
                    found.extend(paths_in(list(parts)))
                case Entries(known=known):
                    found.extend(paths_in([each for _, each in known]))
                case _:
                    pass
    return found


def _is_unknown(frame: Frame, rows: Rows, key: Written) -> bool:
    """Whether it is sure that a path leads nowhere: nothing could have given the name it has."""
    world, model = frame.world, rows.model
    if "__" not in key.text or not key.is_whole or rows.is_annotated or rows.classes:
        return False
    if is_field(world.graph, model, key.text):
        return False
    first = key.text.partition("__")[0]
    return (
        first.removesuffix("_id") not in ("pk", "id")
        and world.home(model) is not None
        and world.binding(model.ref, first) is None
        and all(
            not isinstance(one, External) or one.name == "django.db.models.Model"
            for one in world.codebase.lineage(model.ref)
        )
    )

"""What each file of a project declares for all others, known from an earlier run where it can be.

What is kept is told by names, and stands on what was looked at for it: where that is something
else now, the file is gone through anew.
"""

from collections.abc import Mapping

import msgspec

from banyan.survey.consulted import Changed
from banyan.survey.facts import Unresolved
from banyan.survey.following import Entries, entries
from banyan.survey.kinds.raw_sql import WORDS as SQL_WORDS
from banyan.survey.kinds.raw_sql import Runner, runners
from banyan.survey.kinds.tasks import WORDS as TASK_WORDS
from banyan.survey.kinds.tasks import DeclaredTask, declared_tasks
from banyan.survey.meanings import PythonModule
from banyan.survey.modelgraph import ADDING, made_inside, model_classes
from banyan.survey.modelgraph import WORDS as MODEL_WORDS
from banyan.survey.names import Names
from banyan.survey.outline import Outline
from banyan.survey.ports import Tree


class Declared(msgspec.Struct, array_like=True, gc=False):
    """What a file of ordinary code declares.

    Attributes:
        marks: of what was looked at for it.
        entries: under which names its classes and methods are known to all files.
        models: its classes that are models: the name, and the how manieth of that name.
        unresolved: the models that it makes inside of functions.
        is_adding: whether it may add fields to models from outside of their classes.
        tasks: what it declares to be sent to a queue.
        runners: its functions that run the SQL they are given.
    """

    marks: bytes
    entries: Entries
    models: list[tuple[str, int]]
    unresolved: list[Unresolved]
    is_adding: bool
    tasks: list[DeclaredTask]
    runners: list[Runner]


class Rooted(msgspec.Struct, array_like=True):
    """From which folders a project's modules are imported.

    Attributes:
        standing: what tells all that this stands on from anything else, beside Python files.
        marks: of what was looked at for it.
    """

    standing: bytes
    marks: bytes
    roots: tuple[str, ...]


class Declarations(msgspec.Struct, array_like=True):
    """What all files of ordinary code declare, in the order of their paths.

    Attributes:
        rooted: how the names of the files came to be known.
        standing: what tells all else that it stands on from anything else.
        settings: what tells each setting from anything else, as far as it is asked for.
        contents: what tells each file's content from any that says something else.
    """

    rooted: Rooted
    standing: bytes
    settings: dict[str, bytes]
    contents: dict[str, bytes]
    files: dict[str, Declared]


UNDECLARED = Declarations(Rooted(b"", b"", ()), b"", {}, {}, {})


def still_declared(earlier: Declarations, standing: bytes, changed: Changed) -> dict[str, Declared]:
    """What files declared in an earlier run and still do.

    Args:
        standing: what tells how modules are called, and whose they are.
        changed: what is other now than in that run.
    """
    if earlier.standing != standing:
        return {}
    files = earlier.files.items()
    return {path: one for path, one in files if not changed.has(one.marks)}


def declarations(
    tree: Tree, names: Names, outlines: Mapping[str, Outline], known: Mapping[str, Declared]
) -> dict[str, Declared]:
    """What the files of a project declare, in the order of their paths.

    Args:
        known: what some declare.
    """
    return {
        module.path: known.get(module.path) or _declared(tree, names, outlines, module)
        for module in names.codebase.modules()
        if module.place is None
    }


def _declared(
    tree: Tree, names: Names, outlines: Mapping[str, Outline], module: PythonModule
) -> Declared:
    codebase, path = names.codebase, module.path
    outer = codebase.consulted.begin()
    found = Declared(
        b"",
        entries(codebase.source(module).body),
        list(model_classes(codebase, module)),
        list(made_inside(codebase, module)) if tree.mentions(path, MODEL_WORDS) else [],
        tree.mentions(path, ADDING),
        list(declared_tasks(names, outlines[path])) if tree.mentions(path, *TASK_WORDS) else [],
        list(runners(names, outlines[path])) if tree.mentions(path, SQL_WORDS) else [],
    )
    found.marks = codebase.consulted.end(outer).packed()
    return found

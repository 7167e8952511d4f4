"""The weights: how much each part of the evidence counts; all of them are shown and can be set."""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from banyan.conf import nearest, read_document
from banyan.findings import Finding, FindingsError
from banyan.modules import Project

UNKNOWN_WEIGHT: Final = "banyan.E130"


class Weight(msgspec.Struct, frozen=True):
    """One weight.

    Attributes:
        default: what it is unless ``[advice.weights]`` says otherwise.
        about: what it says, in a sentence.
    """

    default: float
    about: str


# What grows with a count counts by the binary logarithm of one more: the twentieth foreign key is
# cut as the first was, so that twice as many are one step more, not twice the trouble.
WEIGHTS: Final[Mapping[str, Weight]] = {
    # Reasons for, as banyan.toml gives them.
    "scaling": Weight(10, "For: it needs other machines, or many more of them, than the rest."),
    "deployment": Weight(8, "For: it has to be released when the rest can't be."),
    "technology": Weight(8, "For: it needs what the rest can't run on."),
    "organisation": Weight(10, "For: a team of its own answers for it, and for nothing else."),
    "isolation": Weight(8, "For: its failure or its secrets must not be those of the rest."),
    "fashion": Weight(0, "No reason: others do it."),
    "curriculum_vitae": Weight(0, "No reason: somebody wants to have done it."),
    "cleanup": Weight(0, "No reason: the code is a mess, and would be one in two places."),
    "performance": Weight(0, "No reason: it should be faster, and a network makes it slower."),
    # What the survey shows, by kind and by direction.
    "relations_out": Weight(1, "Against: columns of its tables that point at others' rows."),
    "relations_in": Weight(1, "Against: columns of others' tables that point at its rows."),
    "joins_out": Weight(0.8, "Against: lookups and SQL of it that name others' tables."),
    "joins_in": Weight(0.8, "Against: lookups and SQL of others that name its tables."),
    "reads_out": Weight(0.4, "Against: places where it reads others' rows."),
    "reads_in": Weight(0.4, "Against: places where others read its rows."),
    "writes_out": Weight(0.8, "Against: places where it writes others' rows."),
    "writes_in": Weight(0.8, "Against: places where others write its rows."),
    "shared_tables": Weight(1.5, "Against: tables that models of it and of others have."),
    "calls_out": Weight(0.2, "Against: others' code that it imports, or whose tasks it sends."),
    "calls_in": Weight(0.2, "Against: its code that others import, or whose tasks they send."),
    "signals": Weight(0.4, "Against: signals between it and others, heard in the same moment."),
    "transactions": Weight(1.5, "Against: blocks that write its rows and others', all or nothing."),
    "cycle": Weight(3, "Against: it is in a cycle, so that it can't be changed alone."),
    "recorded_access": Weight(0.3, "Against: crossings that a run was seen to make."),
    # What the history shows.
    "change_coupling": Weight(
        6, "Against: by the degree, from 0 to 1, in which it changes together with another."
    ),
    "cohesion": Weight(2, "For: by how far, from 0 to 1, its models are related to each other."),
    "authorship": Weight(2, "For: those who change it are not those who change the rest."),
    # Figures that are compared or multiplied, and not added up.
    "small_team": Weight(9, "So many people, or fewer, are one team, which gains nothing."),
    "remote_call_ms": Weight(2, "Milliseconds that a remote call is taken to add."),
    "small_module": Weight(1000, "With fewer lines of Python a module is too small for a service."),
    "people_per_service": Weight(3, "So many people at least should answer for each service."),
    "chatty": Weight(8, "So many crossings in one function, or more, are too many."),
}


def weights(project: Project) -> dict[str, float]:
    """All weights of a project, by name.

    Raises:
        FindingsError: ``banyan.toml`` sets one that there is not.
    """
    chosen = project.advice.weights
    findings = list(_unknown(project, chosen))
    if findings:
        raise FindingsError(findings)
    return {name: float(chosen.get(name, weight.default)) for name, weight in WEIGHTS.items()}


def _unknown(project: Project, chosen: Mapping[str, float]) -> Iterator[Finding]:
    known = f"The weights are: {', '.join(WEIGHTS)}."
    for name in chosen:
        if name not in WEIGHTS:
            place = None
            if project.file is not None:
                place = read_document(project.file).locate("advice", "weights", name)
            yield Finding(
                UNKNOWN_WEIGHT,
                f"{name!r} is no weight of an advice",
                nearest(name, WEIGHTS, known),
                place,
            )

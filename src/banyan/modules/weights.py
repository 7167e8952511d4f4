"""The weights of an advice: how much each part of the evidence counts; each can be set."""

from typing import Annotated

from msgspec import Meta, Struct

_Weight = Annotated[float, Meta(ge=0)]


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """``[advice.weights]``: what counts, and how much where nothing else is said.

    Attributes:
        scaling: For: it needs other machines, or many more of them, than the rest.
        deployment: For: it has to be released when the rest can't be.
        technology: For: it needs what the rest can't run on.
        organisation: For: a team of its own answers for it, and for nothing else.
        isolation: For: its failure or its secrets must not be those of the rest.
        fashion: No reason: others do it.
        curriculum_vitae: No reason: somebody wants to have done it.
        cleanup: No reason: the code is a mess, and would be one in two places.
        performance: No reason: it should be faster, and a network makes it slower.
        relations_out: Against: columns of its tables that point at others' rows.
        relations_in: Against: columns of others' tables that point at its rows.
        joins_out: Against: lookups and SQL of it that name others' tables.
        joins_in: Against: lookups and SQL of others that name its tables.
        reads_out: Against: places where it reads others' rows.
        reads_in: Against: places where others read its rows.
        writes_out: Against: places where it writes others' rows.
        writes_in: Against: places where others write its rows.
        shared_tables: Against: tables that models of it and of others have.
        calls_out: Against: others' code that it imports, or whose tasks it sends.
        calls_in: Against: its code that others import, or whose tasks they send.
        signals: Against: signals between it and others, heard in the same moment.
        transactions: Against: blocks that write its rows and others', all or nothing.
        cycle: Against: it is in a cycle, so that it can't be changed alone.
        recorded_access: Against: crossings that a run was seen to make.
        change_coupling: Against: by the degree, from 0 to 1, in which it changes together with
            another.
        cohesion: For: by how far, from 0 to 1, its models are related to each other.
        authorship: For: those who change it are not those who change the rest.
        small_team: So many people, or fewer, are one team, which gains nothing.
        remote_call_ms: Milliseconds that a remote call is taken to add.
        small_module: With fewer lines of Python a module is too small for a service.
        people_per_service: So many people at least should answer for each service.
        chatty: So many crossings in one function, or more, are too many.
    """

    # What grows with a count counts by the binary logarithm of one more: the twentieth foreign key
    # is cut as the first was, so that twice as many are one step more, not twice the trouble.

    # Reasons for, as banyan.toml gives them.
    scaling: _Weight = 10.0
    deployment: _Weight = 8.0
    technology: _Weight = 8.0
    organisation: _Weight = 10.0
    isolation: _Weight = 8.0
    fashion: _Weight = 0.0
    curriculum_vitae: _Weight = 0.0
    cleanup: _Weight = 0.0
    performance: _Weight = 0.0

    # What the survey shows, by kind and by direction.
    relations_out: _Weight = 1.0
    relations_in: _Weight = 1.0
    joins_out: _Weight = 0.8
    joins_in: _Weight = 0.8
    reads_out: _Weight = 0.4
    reads_in: _Weight = 0.4
    writes_out: _Weight = 0.8
    writes_in: _Weight = 0.8
    shared_tables: _Weight = 1.5
    calls_out: _Weight = 0.2
    calls_in: _Weight = 0.2
    signals: _Weight = 0.4
    transactions: _Weight = 1.5
    cycle: _Weight = 3.0
    recorded_access: _Weight = 0.3

    # What the history shows.
    change_coupling: _Weight = 6.0
    cohesion: _Weight = 2.0
    authorship: _Weight = 2.0

    # Figures that are compared or multiplied, and not added up.
    small_team: _Weight = 9.0
    remote_call_ms: _Weight = 2.0
    small_module: _Weight = 1000.0
    people_per_service: _Weight = 3.0
    chatty: _Weight = 8.0

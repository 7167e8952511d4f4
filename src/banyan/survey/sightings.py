"""What a run has shown, as the couplings that a survey would tell of it."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from banyan.survey.facts import RELATIONS, Basis, Coupling, Kind, Module, Survey
from banyan.survey.places import place_of
from banyan.survey.recording import Evidence, observe
from banyan.survey.recording.observations import (
    Access,
    Joined,
    Owned,
    Place,
    Requested,
    Sent,
    TaskSent,
    Transaction,
)

_VERBS: Final = {"SELECT": "read", "INSERT": "create", "UPDATE": "update", "DELETE": "delete"}


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that happened between two modules.

    Attributes:
        coupling: as it would be told if nothing was read.
        function: the function that it happened in, as Python names its code.
        targets: the names of what may be held on to by a coupling that tells the same.
        perhaps: the names of what may be, of a coupling on the very line: of a table of pairs the
            far end isn't always known.
        is_of_pairs: whether it was a table of pairs, which stands between two models.
        is_inside: whether it stayed inside of the other module, as a join of two of its tables:
            then it says nothing that the accesses don't.
    """

    coupling: Coupling
    function: str
    targets: frozenset[str]
    perhaps: frozenset[str] = frozenset()
    is_of_pairs: bool = False
    is_inside: bool = False


def sightings(survey: Survey, evidence: Evidence) -> Iterator[Sighting]:
    """What the evidence shows between the survey's modules.

    What a line does with rows of its own module, of a library or of a table that no model
    declares is no coupling; what is in no module's folder has no module that could hold on.
    """
    grounds = _Grounds(survey, evidence)
    told = observe(evidence)
    for join in told.joins:
        yield from grounds.join(join)
    for access in told.accesses:
        yield from grounds.access(access)
    written = _written(told.accesses)
    for transaction in told.transactions:
        # What a single call does is its own affair, as a deletion with all that goes along.
        if not written.get(transaction.place, set[Owned]()).issuperset(transaction.wrote):
            yield from grounds.transaction(transaction)
    for sent in told.signals:
        yield from grounds.signal(sent)
    for task in told.tasks:
        yield from grounds.task(task)
    for request in told.requests:
        yield from grounds.request(request)


@dataclass(frozen=True, slots=True)
class _Held:
    """A table that is a module's.

    Attributes:
        model: whose table it is; of a table of pairs, the one that declares the relation.
        pairs: the name of the table, if it is one of pairs.
        far: of a table of pairs, the model at the other end, where the survey knows it.
    """

    module: str
    model: str
    pairs: str = ""
    far: "_Held | None" = None


class _Grounds:
    """Whose the files and the tables of a run are, by the modules of a survey."""

    def __init__(self, survey: Survey, evidence: Evidence) -> None:
        self._models = {one.name: one.models for one in survey.modules}
        self._labels = _labels(survey.modules, evidence)
        self._folders = {one.path: one.name for one in survey.modules if one.path}
        # Where a group's other apps are the survey doesn't say.
        groups = {one.name for one in survey.modules if len(one.apps) > 1}
        for app in evidence.apps:
            module = self._labels.get(app.label.lower())
            if app.path and module in groups:
                self._folders.setdefault(app.path, module)
        self._packages = {app.name: app.label for app in evidence.apps}
        self._names = {app.path: app.name for app in sorted(evidence.apps) if app.path}
        self._far = {
            one.source: _Held(one.to, one.target)
            for one in survey.couplings
            if one.kind is Kind.MANY_TO_MANY
        }
        self._relations = {
            (one.source.rpartition(".")[0], one.target)
            for one in survey.couplings
            if one.kind in RELATIONS
        }

    def access(self, seen: Access) -> Iterator[Sighting]:
        held = self._held(seen.of)
        ends = self._others(seen.place, held)
        if held and ends:
            yield from self._made(
                Kind.MODEL_ACCESS,
                seen.place,
                ends[0],
                {one.model for one in ends} | ({_label(seen.of)} if held.pairs else set()),
                perhaps=self._perhaps(held),
                pairs=bool(held.pairs),
                verb=_VERBS[seen.verb],
                table=held.pairs,
            )

    def join(self, seen: Joined) -> Iterator[Sighting]:
        left, right = self._held(seen.left), self._held(seen.right)
        if not left or not right:
            return
        here = self._module_at(seen.place.file)
        # The far end of a relation, else the other module's: a join itself has no direction.
        is_leftward = right.module == here or (right.model, left.model) in self._relations
        if is_leftward and left.module != here:
            target, joined = left, seen.right.table
        else:
            target, joined = right, seen.left.table
        ends = [*self._others(seen.place, left), *self._others(seen.place, right)]
        yield from self._made(
            Kind.ORM_LOOKUP,
            seen.place,
            target,
            {one.model for one in ends},
            pairs=bool(left.pairs or right.pairs),
            inside=left.module == right.module,
            table=joined,
        )

    def _others(self, place: Place, held: _Held | None) -> list[_Held]:
        """What a table is told by that is not the module's own."""
        here = self._module_at(place.file)
        ends = [held, held.far] if held else []
        return [one for one in ends if one and here and one.module != here]

    def transaction(self, seen: Transaction) -> Iterator[Sighting]:
        written: dict[str, set[str]] = {}
        for held in filter(None, map(self._held, seen.wrote)):
            written.setdefault(held.module, set()).add(held.model)
        if len(written) > 1:
            for there, models in sorted(written.items()):
                held = _Held(there, ", ".join(sorted(models)))
                yield from self._made(Kind.TRANSACTION, seen.place, held, models)

    def signal(self, seen: Sent) -> Iterator[Sighting]:
        """It is the receiver that holds on, to the module of the signal, or of who sent it."""
        app, _, name = seen.sender.rpartition(".")
        sender = self._held(Owned("", app, name)) if name and "." not in app else None
        there = self._module_of_dotted(seen.signal)
        held = _Held(there, seen.signal) if there is not None else sender
        if held is not None:
            targets = [seen.signal, *([sender.model] if sender else [])]
            yield from self._made(Kind.SIGNAL, seen.to, held, targets)

    def task(self, seen: TaskSent) -> Iterator[Sighting]:
        name = seen.task.name
        there = self._module_at(seen.task.file) if seen.task.file else None
        if there is not None:
            # What a task is called may be chosen; where it is defined may not.
            own = f"{self._dotted(seen.task.file)}.{name.rpartition('.')[2]}"
            yield from self._made(Kind.TASK, seen.place, _Held(there, name), {name, own})

    def request(self, seen: Requested) -> Iterator[Sighting]:
        held = _Held("", seen.request.host)
        timeout = seen.request.timeout
        yield from self._made(Kind.HTTP_CALL, seen.place, held, [held.model], timeout=timeout)

    def _made(
        self,
        kind: Kind,
        place: Place,
        held: _Held,
        targets: Iterable[str],
        *,
        perhaps: Iterable[str] = (),
        pairs: bool = False,
        inside: bool = False,
        verb: str = "",
        table: str = "",
        timeout: bool | None = None,
    ) -> Iterator[Sighting]:
        from_ = self._module_at(place.file)
        if from_ is None or from_ == held.module:
            return
        function = "" if place.function == "<module>" else f".{place.function}"
        coupling = Coupling(
            kind=kind,
            from_=from_,
            to=held.module,
            file=place.file,
            line=place.line,
            source=f"{self._dotted(place.file)}{function}",
            target=held.model,
            evidence=Basis.SEEN,
            verb=verb,
            table=table,
            place=place_of(place.file),
            timeout=timeout,
        )
        yield Sighting(
            coupling,
            place.function,
            frozenset(targets),
            frozenset(perhaps),
            is_of_pairs=pairs,
            is_inside=inside,
        )

    def _perhaps(self, held: _Held) -> Iterator[str]:
        """What may stand at the far end of a table of pairs: what the survey tells of no relation
        to another module leads to a model of the same one, or to a library's.
        """
        if held.pairs and held.far is None:
            app = held.model.partition(".")[0]
            yield from (f"{app}.{model}" for model in self._models[held.module])

    def _held(self, of: Owned) -> _Held | None:
        module = self._labels.get(of.app.lower())
        if module is None:
            return None
        if of.model not in self._models[module]:
            # Django names the model of a table of pairs by who declares it: `Product_watchers`.
            for owner in sorted(self._models[module], key=len, reverse=True):
                if of.model.startswith(f"{owner}_"):
                    field = of.model[len(owner) + 1 :]
                    model = f"{of.app}.{owner}"
                    return _Held(module, model, of.table, self._far.get(f"{model}.{field}"))
        return _Held(module, _label(of))

    def _module_at(self, file: str) -> str | None:
        return _nearest(self._folders, file)

    def _module_of_dotted(self, name: str) -> str | None:
        while name:
            if name in self._packages:
                return self._labels.get(self._packages[name].lower())
            name = name.rpartition(".")[0]
        return None

    def _dotted(self, file: str) -> str:
        """The name of a Python module: below its app's, else as its path says."""
        inside = file.removesuffix(".py").removesuffix("/__init__")
        for folder in _above(file):
            if folder in self._names:
                return self._names[folder] + inside[len(folder) :].replace("/", ".")
        return inside.replace("/", ".")


def _label(of: Owned) -> str:
    return f"{of.app}.{of.model}"


def _written(accesses: Iterable[Access]) -> dict[Place, set[Owned]]:
    found: dict[Place, set[Owned]] = {}
    for one in accesses:
        if one.verb != "SELECT":
            found.setdefault(one.place, set()).add(one.of)
    return found


def _labels(modules: Iterable[Module], evidence: Evidence) -> Mapping[str, str]:
    """The module of each app's label; of several projects in one tree, that of the one that ran."""
    claims: dict[str, list[Module]] = {}
    for module in modules:
        for label in module.apps:
            claims.setdefault(label.lower(), []).append(module)
    ran = {(app.label.lower(), app.path) for app in evidence.apps}
    found: dict[str, str] = {}
    for label, claiming in claims.items():
        fitting = claiming
        if len(claiming) > 1:
            fitting = [one for one in claiming if (label, one.path) in ran]
        if len(fitting) == 1:
            found[label] = fitting[0].name
    return found


def _nearest(folders: Mapping[str, str], file: str) -> str | None:
    return next((folders[one] for one in _above(file) if one in folders), None)


def _above(file: str) -> Iterator[str]:
    folder = posixpath.dirname(file)
    while folder:
        yield folder
        folder = posixpath.dirname(folder)

"""What ``banyan.toml`` permits: whose contracts a module may call, whose events it may hear."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from banyan.modules import Project
from banyan.survey.facts import Coupling, Kind
from banyan.survey.places import CONTRACT


@dataclass(frozen=True, slots=True)
class Permits:
    """What modules may do.

    Attributes:
        is_described: whether anything says which module may use which.
        public: the dotted names that each module offers.
    """

    is_described: bool = False
    calls: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    listens: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    public: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    packages: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def may_call(self, consumer: str, owner: str) -> bool:
        """Whether it is declared that one may call the other."""
        return owner in self.calls.get(consumer, ())

    def may_hear(self, consumer: str, owner: str) -> bool:
        """Whether it is declared that one may hear the other's events."""
        return owner in self.listens.get(consumer, ())

    def only_hears(self, coupling: Coupling) -> bool:
        """Whether it imports the contract of a module that may be heard and not be called."""
        return (
            coupling.kind is Kind.IMPORT
            and self.may_hear(coupling.from_, coupling.to)
            and not self.may_call(coupling.from_, coupling.to)
            and self.is_of_contract(coupling, coupling.to)
        )

    def is_passed_on(self, coupling: Coupling) -> bool:
        """Whether it imports what the contract of a module that may be called passes on."""
        return coupling.kind is Kind.IMPORT and any(
            self.is_of_contract(coupling, module)
            for module in self.calls.get(coupling.from_, ())
            if module != coupling.to
        )

    def is_public(self, coupling: Coupling) -> bool:
        """Whether an import takes a name that the other module offers."""
        if coupling.kind is Kind.IMPORT and coupling.face == "public":
            return True
        offered = self.public.get(coupling.to, ())
        names = (coupling.target, coupling.via)
        return any(name == one or name.startswith(f"{one}.") for one in offered for name in names)

    def is_of_contract(self, coupling: Coupling, module: str) -> bool:
        """Whether it imports from the contract of a module."""
        for package in self.packages.get(module, ()):
            for name in (coupling.via, coupling.target):
                within = name.removeprefix(f"{package}.")
                if within != name and within.partition(".")[0] in CONTRACT:
                    return True
        return False


def permits(project: Project | None) -> Permits:
    """What a project's ``banyan.toml`` permits; without one nothing is said of who uses whom."""
    if project is None:
        return Permits()
    modules = project.modules
    return Permits(
        is_described=bool(modules),
        calls={name: frozenset(one.calls) for name, one in modules.items()},
        listens={name: frozenset(one.listens) for name, one in modules.items()},
        public={name: one.public for name, one in modules.items()},
        # An app may be named by its configuration, as `users.apps.UsersConfig`.
        packages={
            name: tuple(app.partition(".apps.")[0] for app in one.apps)
            for name, one in modules.items()
        },
    )

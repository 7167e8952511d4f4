"""Violations and surveys, written in a line."""

from banyan.boundaries import Rule, Spot, Violation
from banyan.survey.facts import Coupling, Kind, Module, ProjectFacts, Survey


def violation(
    source: str = "orders.views.checkout",
    target: str = "users.User",
    rule: Rule = Rule.ACCESS,
    *,
    owner: str = "users",
    consumer: str = "orders",
    lines: tuple[int, ...] = (7,),
) -> Violation:
    return Violation(
        owner=owner,
        consumer=consumer,
        rule=rule,
        source="" if rule in (Rule.USE, Rule.CYCLE) else source,
        target="" if rule in (Rule.USE, Rule.CYCLE) else target,
        spots=tuple(Spot("orders/views.py", line) for line in lines),
        message="it does what it should not",
    )


def coupling(kind: Kind, line: int = 7, **more: object) -> Coupling:
    given: dict[str, object] = {
        "from_": "orders",
        "to": "users",
        "file": "orders/views.py",
        "source": "orders.views.checkout",
        "target": "users.User",
    }
    return Coupling(kind=kind, line=line, **(given | more))  # type: ignore[arg-type]


def survey_of(*couplings: Coupling, **more: object) -> Survey:
    names = ("orders", "payments", "users")
    modules = tuple(Module(name=name, label=name, path=name, apps=(name,)) for name in names)
    return Survey(
        project=ProjectFacts(name="shop"),
        modules=modules,
        couplings=couplings,
        **more,  # type: ignore[arg-type]
    )

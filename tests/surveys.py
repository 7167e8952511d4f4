"""Surveys to show: one of a small shop, written by hand, and big ones, made by rule."""

import random

from banyan.survey.facts import (
    Coupling,
    Kind,
    Module,
    Place,
    Problem,
    ProjectFacts,
    SharedCode,
    Survey,
    Unresolved,
)
from banyan.survey.figures import cycles

HOSTILE = "</script><img src=x onerror=alert(1)>"


def module(name: str, *models: str, lines: int = 1200) -> Module:
    return Module(
        name=name, label=name, path=f"shop/{name}", apps=(name,), models=models, lines=lines
    )


def survey_of(modules: list[Module], couplings: list[Coupling], name: str = "shop") -> Survey:
    """A survey with its cycles found."""
    return Survey(
        project=ProjectFacts(
            name=name,
            commit="4be7d1c0ffee5eed",
            files=len(modules) * 14,
            lines=sum(each.lines for each in modules),
            settings=(f"{name}.settings",),
        ),
        modules=tuple(modules),
        couplings=tuple(sorted(couplings, key=lambda each: (each.file, each.line, each.kind))),
        cycles=cycles([each.name for each in modules], couplings),
        shared=(
            SharedCode(
                name=f"{name}.money", path=f"{name}/money.py", lines=80, used_by=("orders",)
            ),
            SharedCode(
                name=f"{name}.mail",
                path=f"{name}/mail.py",
                lines=140,
                imports=("users",),
                imports_models=True,
                used_by=("orders", "shipping"),
            ),
        ),
        unresolved=(
            Unresolved(file="shop/orders/rules.py", line=31, reason="a model chosen at run time"),
            Unresolved(file="shop/orders/rules.py", line=44, reason="a model chosen at run time"),
            Unresolved(file="shop/users/export.py", line=7, reason="SQL put together from parts"),
        ),
        problems=(
            Problem(
                file="shop/legacy.py", line=3, id="syntax", message="print is no statement here"
            ),
        ),
    )


def shop() -> Survey:
    """Five modules: orders and users are tied most; shipping knows users by rows alone."""

    def at(kind: Kind, from_: str, to: str, line: int, **more: object) -> Coupling:
        file = str(more.pop("file", f"shop/{from_}/views.py"))
        source = str(more.pop("source", f"{from_}.views.checkout"))
        target = str(more.pop("target", f"{to}.{to.capitalize().removesuffix('s')}"))
        return Coupling(
            kind=kind,
            from_=from_,
            to=to,
            file=file,
            line=line,
            source=source,
            target=target,
            **more,  # type: ignore[arg-type]
        )

    orders = "shop/orders/models.py"
    return survey_of(
        [
            module("orders", "Order", "Line", lines=5120),
            module("users", "User", "Address", lines=2310),
            module("catalogue", "Product", "Category", lines=3890),
            module("payments", "Payment", lines=980),
            module("shipping", "Parcel", lines=1440),
        ],
        [
            at(
                Kind.FOREIGN_KEY,
                "orders",
                "users",
                12,
                file=orders,
                source="orders.Order.user",
                on_delete="CASCADE",
                null=False,
                related_name="orders",
            ),
            at(
                Kind.FOREIGN_KEY,
                "orders",
                "users",
                14,
                file=orders,
                source="orders.Order.address",
                target="users.Address",
                on_delete="PROTECT",
            ),
            at(
                Kind.FOREIGN_KEY,
                "orders",
                "catalogue",
                31,
                file=orders,
                source="orders.Line.product",
                target="catalogue.Product",
                on_delete="PROTECT",
            ),
            at(Kind.MODEL_IMPORT, "orders", "users", 3, face="models"),
            at(Kind.IMPORT, "orders", "catalogue", 4, face="internal", target="catalogue.stock"),
            at(Kind.IMPORT, "orders", "payments", 5, face="public", target="payments.pay"),
            at(Kind.ORM_LOOKUP, "orders", "users", 40, lookup="user__email"),
            at(Kind.ORM_LOOKUP, "orders", "users", 41, lookup="user__name"),
            at(Kind.MODEL_ACCESS, "orders", "users", 52, verb="read"),
            at(Kind.MODEL_ACCESS, "orders", "catalogue", 60, verb="update"),
            at(Kind.TRANSACTION, "orders", "catalogue", 58),
            at(
                Kind.FOREIGN_KEY,
                "payments",
                "orders",
                9,
                file="shop/payments/models.py",
                source="payments.Payment.order",
                target="orders.Order",
                on_delete="CASCADE",
            ),
            at(Kind.MODEL_ACCESS, "payments", "orders", 22, verb="update"),
            at(Kind.REVERSE_ACCESSOR, "users", "orders", 18, target="orders.Order"),
            at(Kind.MODEL_ACCESS, "shipping", "users", 20, verb="read"),
            at(Kind.RAW_SQL, "shipping", "orders", 77, table="orders_order"),
            at(Kind.SIGNAL, "shipping", "orders", 5, file="shop/shipping/signals.py"),
            at(Kind.TASK, "shipping", "orders", 88, target="orders.tasks.notify"),
            at(Kind.HTTP_CALL, "shipping", "", 99, host="hard-coded", timeout=False, target="POST"),
            at(Kind.URL_REVERSE, "catalogue", "orders", 15, target="orders:checkout"),
            at(
                Kind.MODEL_IMPORT,
                "users",
                "catalogue",
                2,
                file="shop/users/tests/test_views.py",
                place=Place.TEST,
            ),
            at(
                Kind.MIGRATION,
                "orders",
                "users",
                8,
                file="shop/orders/migrations/0001_initial.py",
                place=Place.MIGRATION,
            ),
        ],
    )


def made(modules: int, couplings: int, seed: int = 7) -> Survey:
    """A survey of any size, in rough layers, with a few couplings that go up."""
    chance = random.Random(seed)
    words = ["account", "billing", "catalogue", "delivery", "event", "forum", "gift", "help"]
    names = [
        words[number % 8] + ("" if number < 8 else f"_{words[number // 8 % 8]}_{number}")
        for number in range(modules)
    ]
    listed = [
        module(name, *(f"Model{n}" for n in range(chance.randint(0, 6))), lines=200 + 37 * n)
        for n, name in enumerate(names)
    ]
    kinds = list(Kind)
    weights = [9, 2, 2, 1, 1, 25, 12, 8, 1, 1, 2, 1, 20, 14, 2, 1, 3, 5]
    found: list[Coupling] = []
    for number in range(couplings):
        one, other = sorted(chance.sample(range(modules), 2)) if modules > 1 else (0, 0)
        # Those in the middle are popular, as a project's users and products are.
        if chance.random() < 0.5:
            other = min(modules - 1, modules * 3 // 4 + chance.randint(0, 4))
        if chance.random() < 0.04:
            one, other = other, one
        if one == other:
            continue
        kind = chance.choices(kinds, weights)[0]
        place = Place.MIGRATION if kind is Kind.MIGRATION else None
        if place is None and chance.random() < 0.15:
            place = Place.TEST
        from_, to = names[one], names[other]
        found.append(
            Coupling(
                kind=kind,
                from_=from_,
                to=to,
                file=f"shop/{from_}/{'tests' if place else 'part'}_{number % 9}.py",
                line=10 + number % 400,
                source=f"{from_}.{'Very' * (number % 9)}Long.function_{number % 300}",
                target=f"{to}.Model{number % 5}",
                on_delete="CASCADE" if kind is Kind.FOREIGN_KEY and number % 3 else "",
                verb=("read", "read", "update")[number % 3] if kind is Kind.MODEL_ACCESS else "",
                lookup=f"model{number % 7}__name" if kind is Kind.ORM_LOOKUP else "",
                place=place,
            )
        )
    return survey_of(listed, found)

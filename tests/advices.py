"""Advice to show: on the small shop of tests.surveys, on big ones, and with hostile names."""

import random

from msgspec.structs import replace
from tests.surveys import HOSTILE

from banyan.boundaries.advice.facts import (
    Advice,
    Argument,
    Basis,
    Grouping,
    Hold,
    Metric,
    ModuleAdvice,
    Price,
    Question,
    Rung,
    Step,
    Verdict,
    Warned,
)
from banyan.boundaries.advice.reports.html.words import TRAPS
from banyan.survey.cuts import CUTS
from banyan.survey.facts import Survey

REFERENCE = "a reference"
COMMAND = "a command of the other's contract"
ASSUMPTIONS = (
    "A request crosses each place that is outside of a loop once.",
    "A call in one data centre takes 2 ms.",
)


def price(**more: object) -> Price:
    said: dict[str, object] = {
        "calls_per_request": 2.5,
        "latency_ms": 5.0,
        "basis": Basis.ESTIMATED,
        "transactions": 1,
        "foreign_keys": 3,
        "joins": 2,
        "accesses": 1204,
        "owners": ("@shop/orders", "@shop/people"),
        "assumptions": ASSUMPTIONS,
    }
    return Price(**(said | more))  # type: ignore[arg-type]


def advised(name: str, rung: Rung, verdict: Verdict, **more: object) -> ModuleAdvice:
    said: dict[str, object] = {
        "why": f"What speaks for {name} is little.",
        "holds": (
            Hold(
                rung=Rung(min(rung + 1, 5)),
                what="2 foreign keys to users",
                other="users",
                count=2,
                place="shop/orders/models.py:12",
                cut=REFERENCE,
            ),
        ),
        "arguments": (
            Argument(
                name="small_team",
                text="4 people work on it: they can talk to each other",
                weight=-2.0,
                source="banyan.toml",
            ),
            Argument(
                name="scaling", text="sales on Fridays", weight=1.5, source="banyan.toml, reasons"
            ),
        ),
        "score": -0.5,
        "price": price(),
        "metrics": (Metric(name="instability", value=0.75, source="Martin (1994)"),),
        "steps": (step("orders", "users", REFERENCE, 2),),
    }
    return ModuleAdvice(name=name, rung=rung, verdict=verdict, **(said | more))  # type: ignore[arg-type]


def step(consumer: str, owner: str, cut: str, count: int, gain: str = "") -> Step:
    hint = next((one.hint for one in CUTS if one.name == cut), "Cut it.")
    places = tuple(f"shop/{consumer}/models.py:{12 + at}" for at in range(min(count, 3)))
    return Step(
        consumer=consumer,
        owner=owner,
        rung=Rung.BOUNDED,
        cut=cut,
        hint=hint,
        count=count,
        gain=gain,
        places=places,
    )


def shop_advice() -> Advice:
    """For payments, which could go first; orders has work before it, the rest stays."""
    return Advice(
        project="shop",
        commit="4be7d1c0ffee5eed",
        headline="Stay a monolith for now; if one module is to leave, payments is the one.",
        reasoning=(
            "4 people in 1 team work on it: a release of the whole is no bottleneck for them.",
            "3 of 5 modules are in one cycle, so no part could be changed without the others.",
            "Only payments has a reason that holds: card data under a stricter audit.",
        ),
        cleanup=(
            "End the cycle of orders, payments and users: each could then be tested alone.",
            "Give the call to the parcel service a timeout: without one it can hold a worker.",
        ),
        modules=(
            advised("catalogue", Rung.BOUNDED, Verdict.STAY, arguments=(), holds=(), steps=()),
            advised("orders", Rung.TANGLED, Verdict.BOUND_FIRST),
            advised(
                "payments",
                Rung.CONTRACTED,
                Verdict.CUT_DATA_NEXT,
                score=3.0,
                price=price(foreign_keys=1, accesses=1, seen=1, basis=Basis.SEEN),
            ),
            advised("shipping", Rung.DATA_OWNED, Verdict.READY, score=1.0),
            advised("users", Rung.TANGLED, Verdict.STAY),
        ),
        first="payments",
        order=(
            step("payments", "orders", COMMAND, 1, "ends the cycle with orders"),
            step("payments", "orders", REFERENCE, 1),
            step("orders", "payments", "a public face", 14),
        ),
        reach=0.6,
        cycles=(("orders", "payments", "users"),),
        warnings=(
            Warned(
                name="distributed monolith",
                modules=("orders", "users"),
                text="orders and users change together in 62 % of commits; apart, each change "
                "would be two releases. Keep them in one service.",
            ),
        ),
        groupings=(Grouping(modules=("orders", "users"), within=9, outward=4),),
        questions=(Question(text="How many people work on it?", lines=("[advice]", "people = 4")),),
        unseen=("The clone is shallow: how modules change together was not seen.",),
        weights={"small_team": -2.0, "scaling": 1.5},
    )


def hostile_advice() -> Advice:
    """All that is said comes from somebody who wants a script to run."""
    said = replace(
        shop_advice(),
        project=HOSTILE,
        headline=HOSTILE,
        reasoning=(HOSTILE,),
        cleanup=(HOSTILE,),
        first=HOSTILE,
        order=(step(HOSTILE, "users", HOSTILE, 2, HOSTILE),),
        warnings=(Warned(name=HOSTILE, modules=(HOSTILE,), text=HOSTILE),),
        groupings=(Grouping(modules=(HOSTILE, "users"), within=9, outward=4),),
        questions=(Question(text=HOSTILE, lines=(HOSTILE,)),),
        unseen=(HOSTILE,),
        weights={HOSTILE: 1.0},
    )
    module = advised(
        HOSTILE,
        Rung.TANGLED,
        Verdict.BOUND_FIRST,
        why=HOSTILE,
        holds=(
            Hold(
                rung=Rung.BOUNDED, what=HOSTILE, other=HOSTILE, count=1, place=HOSTILE, cut=HOSTILE
            ),
        ),
        arguments=(Argument(name=HOSTILE, text=HOSTILE, weight=1, source=HOSTILE),),
        price=price(owners=(HOSTILE,), assumptions=(HOSTILE,)),
        metrics=(Metric(name=HOSTILE, value=1, source=HOSTILE),),
        steps=(step(HOSTILE, "users", HOSTILE, 2),),
    )
    return replace(said, modules=(module, advised("users", Rung.TANGLED, Verdict.STAY)))


def made_advice(survey: Survey, seed: int = 3) -> Advice:
    """An advice of the survey's size, as full as one gets."""
    chance = random.Random(seed)
    names = [module.name for module in survey.modules]
    verdicts = chance.choices(list(Verdict), [12, 6, 3, 1], k=len(names))
    verdicts[0] = Verdict.CUT_DATA_NEXT
    rungs = {
        Verdict.STAY: Rung.TANGLED,
        Verdict.BOUND_FIRST: Rung.TANGLED,
        Verdict.CUT_DATA_NEXT: Rung.CONTRACTED,
        Verdict.READY: Rung.DATA_OWNED,
    }
    cuts = [cut.name for cut in CUTS]
    steps = tuple(
        step(names[0], chance.choice(names), cuts[at % len(cuts)], chance.randint(1, 90))
        for at in range(24)
    )
    sentence = (
        f"{names[-1]} holds on to {len(names) // 2} others by foreign keys and joins, most of them "
        "in code that nobody has changed for a year; to part it would cost more than it gives."
    )
    return replace(
        shop_advice(),
        project=survey.project.name,
        headline=f"Stay a monolith: no module of {len(names)} has a reason to leave.",
        reasoning=(sentence,) * 7,
        cleanup=(sentence,) * 7,
        modules=tuple(
            advised(name, rungs[verdict], verdict, steps=steps[: at % 9])
            for at, (name, verdict) in enumerate(zip(names, verdicts, strict=True))
        ),
        first=names[0],
        order=steps,
        warnings=tuple(replace(one, name=name) for one in shop_advice().warnings for name in TRAPS),
        unseen=(sentence,) * 4,
    )

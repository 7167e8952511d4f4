"""The reasons that people give for a service, good and bad, and what is to be said to each."""

from collections.abc import Iterator, Mapping
from typing import Final

from banyan.boundaries.advice.facts import Argument
from banyan.modules import Module, Project
from banyan.modules.project import Reason

SOURCE: Final = "banyan.toml"
GOOD: Final[Mapping[Reason, str]] = {
    "scaling": "it has to scale apart",
    "deployment": "it has to be deployed apart",
    "technology": "it needs another technology",
    "organisation": "a team of its own answers for it",
    "isolation": "it has to be isolated",
}
BAD: Final[Mapping[Reason, str]] = {
    "fashion": (
        "That others do it says nothing of this project: they answer for other loads with other "
        "numbers of people. Which figure of yours would be better?"
    ),
    "curriculum_vitae": (
        "It helps whoever writes it into a résumé, and is paid for by those who stay on call. A "
        "module with a clean edge is as good a thing to show."
    ),
    "cleanup": (
        "A network between two tangled modules cleans nothing up: what ties them stays, and fails "
        "in new ways. The cleanup below is done in process, and pays whether or not you split."
    ),
    "performance": (
        "A remote call takes {remote_call_ms:g} ms where a call in process takes a microsecond: "
        "what is slow together is slower apart. Profile first; if a part then needs machines of "
        "its own, that is scaling: say which figure shows it."
    ),
}


def good(project: Project, name: str) -> tuple[Reason, ...]:
    """The good reasons that are given for a module, each with something that shows it."""
    module = project.modules.get(name)
    given: Mapping[Reason, str] = module.reasons if module else {}
    return tuple(reason for reason in GOOD if given.get(reason, "").strip())


def given(module: Module | None, weights: Mapping[str, float]) -> Iterator[Argument]:
    """The arguments that are made of the reasons for one module; a bad one is answered."""
    reasons: Mapping[Reason, str] = module.reasons if module else {}
    for reason, said in sorted(reasons.items()):
        text = " ".join(said.split())
        if reason in BAD:
            answer = BAD[reason].format(**weights)
            yield _argument(reason, f"{_titled(reason)} is no reason. {answer}", weights[reason])
        elif text:
            yield _argument(reason, f"{_titled(reason)}: {text}", weights[reason])
        else:
            yield _argument(
                reason, f"{_titled(reason)}: nothing is said that shows it, so it counts for 0", 0.0
            )


def _argument(name: str, text: str, weight: float) -> Argument:
    return Argument(name=name, text=text, weight=weight, source=SOURCE)


def _titled(reason: str) -> str:
    return reason.replace("_", " ").capitalize()

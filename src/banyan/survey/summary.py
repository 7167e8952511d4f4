"""What a survey comes to, in a few sentences that each report shows in its own way."""

from collections import Counter
from shlex import quote

from banyan.survey.facts import SHOWN_BY_RUNS, Basis, Coupling, Survey
from banyan.survey.figures import Figures, Pair
from banyan.survey.words import WORDS, describe, number, share, some


def size(survey: Survey) -> str:
    """As ``5 modules in 412 files, 50,312 lines of Python``."""
    project = survey.project
    return (
        f"{number(len(survey.modules), 'module', 'modules')} in "
        f"{number(project.files, 'file', 'files')}, "
        f"{number(project.lines, 'line', 'lines')} of Python"
    )


def tangle(survey: Survey, found: Figures) -> str:
    """How tangled it is: how far a module holds on, and who is in a circle."""
    if len(survey.modules) < 2:
        return "There is nothing to be tangled with: Banyan looks between modules."
    held = f"on average {reach(found)} of the other modules are within a module's reach"
    if not found.cycles:
        return f"{held}; no module is in a cycle"
    groups = number(len(found.cycles), "cycle", "cycles")
    largest = some(found.cycles[0], 5)
    are = f"{found.in_cycles:,} of {len(survey.modules):,} modules are in {groups}"
    return f"{held}; {are}{', the largest' if len(found.cycles) > 1 else ''}: {largest}"


def data(found: Figures) -> str:
    """What carries data, and what an import graph shows of it."""
    if not found.counted:
        return "No module holds on to another."
    if not found.data:
        return f"None of {len(found.counted):,} couplings carries data."
    whole = number(len(found.counted), "coupling", "couplings")
    told = f"{found.data:,} of {whole} carry data"
    if not found.unseen:
        return f"{told}: an import graph shows no more of them than that there is an import"
    return (
        f"{told}: an import graph shows nothing of {found.unseen:,} "
        f"({share(found.unseen, found.data)}), and of {found.untold:,} no more than that there is "
        "an import"
    )


def worst(coupling: Coupling) -> str:
    """A coupling, with where it stands."""
    said = ", ".join(filter(None, [WORDS[coupling.kind].one, describe(coupling, most=3)]))
    return f"{place(coupling)}  {ends(coupling)} ({said})"


def place(coupling: Coupling) -> str:
    """As ``shop/orders/models.py:12``."""
    return f"{coupling.file}:{coupling.line}"


def ends(coupling: Coupling) -> str:
    """As ``orders.Order.user → users.User``."""
    return f"{coupling.source} → {coupling.target}"


def has_evidence(survey: Survey) -> bool:
    """Whether anything of it was seen, not only read."""
    return any(one.evidence is not Basis.READ for one in survey.couplings)


def seen(found: Figures) -> str:
    """How much of what a run can show it did show."""
    shown = [one for one in found.counted if one.kind in SHOWN_BY_RUNS]
    bases = Counter(one.evidence for one in shown)
    read = bases[Basis.READ] + bases[Basis.BOTH]
    return (
        f"{bases[Basis.BOTH]:,} of {read:,} accesses, joins, signals and tasks "
        f"were also seen running; {bases[Basis.SEEN]:,} were only seen"
    )


def not_told(survey: Survey) -> str:
    """What could not be told, or not be read."""
    said = number(len(survey.unresolved), "place", "places")
    text = f"{said} where following ended" if survey.unresolved else "nothing"
    if files := {problem.file for problem in survey.problems}:
        text += f"; {number(len(files), 'file', 'files')} that could not be read whole"
    return text


def explained(pair: Pair) -> str:
    """The command that shows a pair."""
    return f"banyan explain {quote(pair.first)} {quote(pair.second)}"


def reach(found: Figures) -> str:
    """To which share of the others a module holds on."""
    return share(round(found.reach * 1_000_000), 1_000_000)

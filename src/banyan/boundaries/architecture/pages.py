"""The page of a module, and the first page of all."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from banyan.boundaries.advice.facts import Advice, ModuleAdvice
from banyan.boundaries.architecture import mermaid
from banyan.boundaries.architecture.markdown import bullets, code, link, page, table, text
from banyan.boundaries.architecture.naming import WRITTEN
from banyan.boundaries.architecture.structure import Structure, Tie
from banyan.modules import Module as Declared
from banyan.survey.facts import Coupling, Offer, SharedCode
from banyan.survey.words import number

# A matrix of more columns is wider than a page.
WIDEST: Final = 16
MOST_NAMES: Final = 12
_LINES: Final = "A whole line carries data, a dotted one only code; ↻ marks what is in a cycle."


class Pages:
    """Writes the pages, which link to each other.

    Args:
        files: of the page of each module, relative to the first page's folder.
        declared: what ``banyan.toml`` says of each module.
        advice: where there is one.
    """

    def __init__(
        self,
        found: Structure,
        files: dict[str, str],
        declared: dict[str, Declared],
        advice: Advice | None = None,
    ) -> None:
        self.found = found
        self.files = files
        self.declared = declared
        self.advised = {one.name: one for one in advice.modules} if advice else {}

    # --- The first page

    def index(self, shared: Sequence[SharedCode]) -> str:
        """The whole: containers, modules, who holds on to whom."""
        found = self.found
        services = len(found.containers) > 1
        # Where each service has one module, the drawing of the services is that of the modules.
        is_drawn = any(len(one.modules) > 1 for one in found.containers)
        return page(
            [f"<!-- {WRITTEN} -->"],
            [f"# The architecture of {text(found.name)}"],
            [self._summary()],
            ["## Services"] if services else [],
            self._containers() if services else [],
            *_drawing(*mermaid.containers(found), is_shown=services),
            ["## Modules"],
            self._modules(),
            ["## Who holds on to whom"],
            self._matrix(),
            *_drawing(*mermaid.whole(found), is_shown=is_drawn),
            self._cycles(),
            *self._shared([one for one in shared if one.used_by]),
        )

    def _summary(self) -> str:
        found = self.found
        said = f"{number(len(found.modules), 'module', 'modules')} with "
        said += f"{number(len(found.ties), 'relationship', 'relationships')} between them"
        if found.topology:
            said += f", in the topology {code(found.topology)} of `banyan.toml`"
        return (
            f"{said}. Tests and migrations are left aside. [`workspace.dsl`](workspace.dsl) says "
            "the same in the Structurizr DSL."
        )

    def _containers(self) -> list[str]:
        def what(modules: Sequence[str], url: str) -> str:
            return ", ".join(map(self._link, modules)) or f"implemented elsewhere: {text(url)}"

        head = ("service", "modules", "routes")
        return table(
            head,
            (
                (text(one.name), what(one.modules, one.url), ", ".join(map(code, one.routes)))
                for one in self.found.containers
            ),
        )

    def _modules(self) -> list[str]:
        head = ["module", "models", "offers", "holds on to", "is held on to by", "cycle"]
        if self.advised:
            head += ["rung", "verdict"]
        circles = {name for group in self.found.cycles for name in group}
        rows: list[list[str]] = []
        for name in self.found.order:
            module = self.found.modules[name]
            out = sum(tie.source == name for tie in self.found.ties)
            into = sum(tie.target == name for tie in self.found.ties)
            row = [self._link(name), f"{len(module.models)}", f"{len(module.offers)}"]
            row += [f"{out}", f"{into}", "↻" if name in circles else ""]
            if self.advised:
                row += self._advice_cells(name)
            rows.append(row)
        return table(head, rows)

    def _advice_cells(self, name: str) -> tuple[str, str]:
        advised = self.advised.get(name)
        return (_rung(advised), str(advised.verdict)) if advised else ("", "")

    def _matrix(self) -> list[str]:
        """How often the row holds on to the column; of many modules a list in its place."""
        order = self.found.order
        weights = {(tie.source, tie.target): tie.weight for tie in self.found.ties}
        if len(order) > WIDEST:
            return self._lists()
        head = ["holds on to →", *(text(name) for name in order)]
        rows = [
            [
                self._link(name),
                *("·" if other == name else f"{weights.get((name, other), '')}" for other in order),
            ]
            for name in order
        ]
        return table(head, rows)

    def _lists(self) -> list[str]:
        rows: list[tuple[str, str]] = []
        for name in self.found.order:
            held = [tie for tie in self.found.ties if tie.source == name]
            rows.append(
                (
                    self._link(name),
                    ", ".join(f"{self._link(tie.target)} {tie.weight:,}" for tie in held),
                )
            )
        return table(("module", "holds on to, the most first"), rows)

    def _cycles(self) -> list[str]:
        if not self.found.cycles:
            return ["No module is in a cycle."]
        return [
            "In a cycle, so that none of them can be had without the others:",
            "",
            *bullets(", ".join(map(self._link, group)) for group in self.found.cycles),
        ]

    def _shared(self, shared: Sequence[SharedCode]) -> Iterable[list[str]]:
        """Code that belongs to no module, and that some module uses."""
        if not shared:
            return
        rows = [
            (
                code(one.name),
                ", ".join(map(text, one.imports)) + (" (models)" if one.imports_models else ""),
                ", ".join(map(text, one.used_by)),
            )
            for one in shared
        ]
        yield ["## Shared code"]
        yield table(("name", "holds on to", "used by"), rows)

    # --- The page of a module

    def module(self, name: str) -> str:
        """What it is, what it offers, who uses what of it, what it uses."""
        into = [tie for tie in self.found.ties if tie.target == name]
        out = [tie for tie in self.found.ties if tie.source == name]
        return page(
            [f"<!-- {WRITTEN} -->"],
            [f"# {text(name)}"],
            [f"A module of [{text(self.found.name)}](../index.md)."],
            self._facts(name),
            ["## What it offers"],
            *self._offers(name),
            ["## Who uses what of it"],
            self._uses(into, lambda tie: tie.source, "used by"),
            ["## What it uses"],
            self._uses(out, lambda tie: tie.target, "uses"),
            self._outside(name),
            ["## Around it"] if into or out else [],
            *_drawing(*mermaid.around(self.found, name), is_shown=bool(into or out)),
        )

    def _facts(self, name: str) -> list[str]:
        module, home = self.found.modules[name], self.found.home(name)
        facts = [
            ("Folder", code(module.path) if module.path else ""),
            ("Apps", ", ".join(map(code, module.apps))),
            ("Models", ", ".join(map(code, module.models)) or "none"),
            ("Lives in", f"{text(home.name)}" if self.found.topology else ""),
            ("Routes", ", ".join(map(code, home.routes)) if len(home.modules) == 1 else ""),
        ]
        for group in self.found.cycles:
            if name in group:
                others = [self._link(other, "") for other in group if other != name]
                facts.append(("In a cycle with", ", ".join(others)))
        advised = self.advised.get(name)
        if advised:
            facts.append(("Rung", _rung(advised)))
            facts.append(("Verdict", f"{advised.verdict}: {text(advised.why)}"))
            facts.append(("Holds it", "; ".join(text(hold.what) for hold in advised.holds)))
        return table(("", ""), [(f"**{what}**", said) for what, said in facts if said])

    def _offers(self, name: str) -> Iterable[list[str]]:
        module, declared = self.found.modules[name], self.declared.get(name)
        if module.offers:
            yield table(
                ("kind", "name", "used by"),
                ((one.kind, code(one.name), self._users(name, one)) for one in module.offers),
            )
        else:
            yield ["No contract and no event of Banyan's was seen in its public files."]
        if declared and declared.public:
            yield ["Public besides, by `banyan.toml`:", "", *bullets(map(code, declared.public))]
        if declared and (declared.calls or declared.listens):
            may = [f"may call {', '.join(map(text, declared.calls))}"] if declared.calls else []
            if declared.listens:
                may.append(f"may hear {', '.join(map(text, declared.listens))}")
            yield [f"By `banyan.toml` it {' and '.join(may)}."]

    def _users(self, name: str, offer: Offer) -> str:
        """Who imports an event, or the contract that a method is of."""
        imported = offer.name.partition(".")[0]
        users = {
            tie.source
            for tie in self.found.ties
            if tie.target == name
            for each in tie.couplings
            if each.target.rpartition(".")[2] == imported
        }
        return ", ".join(self._link(user, "") for user in sorted(users))

    def _uses(self, ties: Sequence[Tie], end: Callable[[Tie], str], title: str) -> list[str]:
        if not ties:
            return ["Nobody." if title == "used by" else "Nothing of the project's."]
        rows = [(self._link(end(tie), ""), text(tie.said), _targets(tie.couplings)) for tie in ties]
        return table((title, "how", "what"), rows)

    def _outside(self, name: str) -> list[str]:
        count = self.found.outside.get(name, 0)
        if not count:
            return []
        said = number(count, "HTTP call", "HTTP calls")
        return [f"It makes {said} to hosts outside of the project."]

    def _link(self, name: str, folder: str = "modules/") -> str:
        return link(name, f"{folder}{self.files[name]}")


def _rung(advised: ModuleAdvice) -> str:
    return f"{int(advised.rung)} {advised.rung.name.lower().replace('_', '-')}"


def _targets(couplings: Iterable[Coupling]) -> str:
    """What is held on to, the most first."""
    counts = Counter(each.target for each in couplings)
    listed = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    shown = [f"{code(name)}{f' ({count})' if count > 1 else ''}" for name, count in listed]
    if len(shown) > MOST_NAMES + 1:
        shown = [*shown[:MOST_NAMES], f"and {len(shown) - MOST_NAMES} more"]
    return ", ".join(shown)


def _drawing(drawn: str, left_out: str, *, is_shown: bool) -> Iterable[list[str]]:
    """A diagram, with how it is read and what it leaves out."""
    if is_shown:
        yield [f"{_LINES} {left_out}".rstrip()]
        yield ["```mermaid", drawn, "```"]

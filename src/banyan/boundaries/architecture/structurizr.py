"""The architecture as a workspace of the Structurizr DSL, from which C4 diagrams are drawn."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from banyan.boundaries.architecture.naming import WRITTEN, identifiers
from banyan.boundaries.architecture.structure import Container, Structure, Tie
from banyan.survey.facts import Module
from banyan.survey.words import number

# A drawing of more can't be read: of a container with more, the light ones have views of their own.
MOST_DRAWN: Final = 60
_LIGHT: Final = "Light"
_CODE: Final = "Code"
_STYLES: Final = """\
    styles {
      element "Element" {
        color #1f2328
        background #ffffff
        stroke #57606a
        strokeWidth 2
      }
      element "Person" {
        shape Person
      }
      element "Module" {
        shape Component
      }
      element "Elsewhere" {
        border Dashed
      }
      element "In a cycle" {
        strokeWidth 6
      }
      relationship "Relationship" {
        style Solid
        color #1f2328
      }
      relationship "Code" {
        style Dotted
      }
    }"""


def workspace(found: Structure) -> str:
    """The workspace: its model, and views that stay readable."""
    writer = _Writer(found)
    lines = [
        f"# {WRITTEN}",
        f"workspace {quoted(found.name)} {quoted(_about(found))} {{",
        "  !identifiers flat",
        "",
        "  model {",
        *writer.model(),
        "  }",
        "",
        "  views {",
        *writer.views(),
        _STYLES,
        "  }",
        "}",
    ]
    return "\n".join(lines) + "\n"


def quoted(said: str) -> str:
    """A text between double quotes: nothing in it ends it, or is filled in."""
    flat = re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", said)
    # A backslash can't be written but before a quote, and `${…}` is a variable.
    flat = flat.replace("\\", "/").replace("${", "$ {")
    # It wants a name for everything.
    return '"' + (flat.strip().replace('"', '\\"') or "?") + '"'


def _about(found: Structure) -> str:
    said = f"{number(len(found.modules), 'module', 'modules')}"
    if found.topology:
        said += f", in the topology {found.topology} of banyan.toml"
    return said


class _Writer:
    """Writes the parts, which name each other by identifiers."""

    def __init__(self, found: Structure) -> None:
        self.found = found
        self.of_module = identifiers(found.modules, "module_")
        self.of_container = identifiers([one.name for one in found.containers], "container_")
        self.circles = {name for group in found.cycles for name in group}
        self.ours = [one for one in found.containers if not one.url]

    def model(self) -> Iterator[str]:
        """Elements, then relationships from the heaviest to the lightest."""
        if any(one.routes for one in self.found.containers):
            yield '    people = person "People and other systems"'
        yield f"    system = softwareSystem {quoted(self.found.name)} {{"
        for one in self.ours:
            yield from self._container(one)
        yield "    }"
        for one in self.found.containers:
            if one.url:
                name = self.of_container[one.name]
                about = quoted(f"A contract implemented elsewhere: {one.url}")
                yield f'    {name} = softwareSystem {quoted(one.name)} {about} "Elsewhere"'
        if self.found.outside:
            yield '    outside = softwareSystem "Hosts outside" "Called by HTTP" "Elsewhere"'
        yield ""
        yield from self._relationships()

    def _container(self, one: Container) -> Iterator[str]:
        about = (
            f"{number(len(one.modules), 'module', 'modules')}"
            if one.is_placed
            else "What the topology gives to no service"
        )
        name = self.of_container[one.name]
        yield f'      {name} = container {quoted(one.name)} {quoted(about)} "Django" {{'
        for module in self.found.order:
            if module in one.modules:
                yield f"        {self._component(self.found.modules[module])}"
        yield "      }"

    def _component(self, module: Module) -> str:
        tags = "Module, In a cycle" if module.name in self.circles else "Module"
        about = f"{number(len(module.models), 'model', 'models')}"
        if module.offers:
            about += f", offers {number(len(module.offers), 'thing', 'things')}"
        apps = number(len(module.apps), "Django app", "Django apps")
        name = self.of_module[module.name]
        return f'{name} = component {quoted(module.name)} {quoted(about)} "{apps}" "{tags}"'

    def _relationships(self) -> Iterator[str]:
        for one in self.found.containers:
            if one.routes:
                yield f"    people -> {self.of_container[one.name]} {quoted(', '.join(one.routes))}"
        for tie in self.found.between_containers():
            yield self._relationship(self.of_container, tie, is_light=False)
        for place, tie in enumerate(self.found.ties):
            yield self._relationship(self.of_module, tie, is_light=place >= MOST_DRAWN)
        for name, count in sorted(self.found.outside.items()):
            said = number(count, "HTTP call", "HTTP calls")
            yield f'    {self.of_module[name]} -> outside "{said}" "HTTP"'

    def _relationship(self, names: dict[str, str], tie: Tie, *, is_light: bool) -> str:
        tags = [tag for tag, has in ((_CODE, not tie.carries_data), (_LIGHT, is_light)) if has]
        how = "data" if tie.carries_data else "code"
        said = f'    {names[tie.source]} -> {names[tie.target]} {quoted(tie.said)} "{how}"'
        return f'{said} "{", ".join(tags)}"' if tags else said

    def views(self) -> Iterator[str]:
        """A view of the system, of its containers, of each container, of each module."""
        yield from _view("systemContext", "system", "system", "The system and what is around it")
        yield from _view("container", "system", "containers", "The processes of the system")
        for one in self.ours:
            if one.modules:
                yield from self._container_view(one)
        homes = {name: one for one in self.ours for name in one.modules}
        for name in self.found.order:
            yield from self._module_view(name, homes[name])

    def _container_view(self, one: Container) -> Iterator[str]:
        ends = [(tie.source in one.modules, tie.target in one.modules) for tie in self.found.ties]
        touching = sum(map(any, ends))
        light = sum(map(any, ends[MOST_DRAWN:]))
        about = f"The modules in {one.name}"
        rules = ["include *"]
        if light:
            about += (
                f": the {touching - light} heaviest of {touching} relationships; "
                "all of a module are in the view of its own"
            )
            rules.append(f'exclude "relationship.tag=={_LIGHT}"')
        name = self.of_container[one.name]
        yield from _view("component", name, f"modules_of_{name}", about, rules)

    def _module_view(self, name: str, home: Container) -> Iterator[str]:
        module = self.of_module[name]
        near = {
            self.of_module[end]
            for tie in self.found.ties
            if name in (tie.source, tie.target)
            for end in (tie.source, tie.target)
        } | {module}
        rules = [f"include {each}" for each in sorted(near)]
        # What its neighbours have between them is in their own views.
        rules += ['exclude "* -> *"', f'include "{module} -> *"', f'include "* -> {module}"']
        about = f"{name}, what it holds on to, and what holds on to it"
        yield from _view("component", self.of_container[home.name], module, about, rules)


def _view(
    kind: str, of: str, key: str, about: str, rules: Iterable[str] = ("include *",)
) -> Iterator[str]:
    yield f"    {kind} {of} {quoted(key)} {quoted(about)} {{"
    yield from (f"      {rule}" for rule in rules)
    yield "      autoLayout lr"
    yield "    }"

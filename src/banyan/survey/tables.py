"""Tables that models of several modules have."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Final

from banyan.survey.facts import Form, Mapped, SharedTable
from banyan.survey.modelgraph import Model, ModelGraph

_FORMS: Final = tuple(Form)


def shared_tables(
    graph: ModelGraph,
    home: Callable[[Model], str | None],
    setting: Callable[[str], str | None],
) -> Iterator[SharedTable]:
    """The tables that models of more than one module have.

    Several projects in one tree have a database each: where two models have the same name, their
    tables are not one.

    Args:
        home: the module that a model belongs to.
        setting: what the settings say, for models that are swapped for others.
    """
    found: defaultdict[str, list[Mapped]] = defaultdict(list)
    for model in graph.models():
        module = home(model)
        if model.is_abstract or module is None or _is_swapped(model, setting):
            continue
        for table, one in _mapped(model, module):
            found[table.lower()].append(one)
    for name, models in sorted(found.items()):
        names = {one.model for one in models}
        if len({one.module for one in models}) > 1 and len(names) == len(models):
            yield SharedTable(name=name, models=tuple(sorted(models, key=_likely(name))))


def _mapped(model: Model, module: str) -> Iterator[tuple[str, Mapped]]:
    form, table = Form.MANAGED, model.table
    if model.is_proxy:
        form, table = Form.PROXY, _behind(model)
    elif not model.is_managed:
        form = Form.UNMANAGED
    if table:
        path, line = model.ref.module.path, model.ref.node.line
        yield table, Mapped(module=module, model=model.label, file=path, line=line, form=form)
    for field in model.fields.values():
        if field.table:
            named = f"{model.label}.{field.name}"
            yield (
                field.table,
                Mapped(
                    module=module, model=named, file=field.path, line=field.line, form=Form.PAIRS
                ),
            )


def _behind(proxy: Model) -> str:
    """The table of the model that a proxy stands for; "" where that is not the project's."""
    seen: set[Model] = set()
    model = proxy
    while model.is_proxy and model not in seen:
        seen.add(model)
        if not model.parents:
            return ""
        model = model.parents[0]
    return "" if model.is_proxy else model.table


def _is_swapped(model: Model, setting: Callable[[str], str | None]) -> bool:
    """Whether another model may stand in its place, so that it has no table."""
    if not model.swapped_by:
        return False
    chosen = setting(model.swapped_by)
    return chosen is None or chosen.lower() != model.label.lower()


def _likely(table: str) -> Callable[[Mapped], tuple[int, bool, str]]:
    """Whose table it is: of who makes it, then of who is called as it is."""

    def order(one: Mapped) -> tuple[int, bool, str]:
        app = one.model.partition(".")[0].lower()
        return _FORMS.index(one.form), not table.startswith(f"{app}_"), one.model

    return order

"""Contract types for import-linter that leave out packages which are not there yet."""

from collections.abc import Iterable
from typing import Any

from grimp import ImportGraph
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain.contract import ContractCheck
from importlinter.domain.imports import ModuleExpression


class ProtectedWherePresentContract(ProtectedContract):
    """As `protected`, for those of the named packages that are there."""

    type_name = "protected_where_present"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Drop what is not there, then check as `protected` does."""
        # import-linter's fields are typed as themselves, not as what they hold.
        options: Any = self
        options.protected_modules = _present(graph, options.protected_modules)
        options.allowed_importers = _present(graph, options.allowed_importers)
        return super().check(graph, verbose)


class ForbiddenWherePresentContract(ForbiddenContract):
    """As `forbidden`, for those of the source packages that are there."""

    type_name = "forbidden_where_present"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Drop what is not there, then check as `forbidden` does."""
        options: Any = self
        options.source_modules = set(_present(graph, options.source_modules))
        return super().check(graph, verbose)


def _present(graph: ImportGraph, expressions: Iterable[ModuleExpression]) -> list[ModuleExpression]:
    return [
        expression
        for expression in expressions
        if expression.has_wildcard_expression() or expression.expression in graph.modules
    ]
